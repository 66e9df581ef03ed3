package discord

import (
	"context"
	"strconv"
	"strings"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// permission is a permission that playing in a channel needs, with the name that Discord shows.
type permission struct {
	bit  uint64
	name string
}

var (
	viewChannel   = permission{1 << 10, "View Channel"}
	sendMessages  = permission{1 << 11, "Send Messages"}
	sendInThreads = permission{1 << 38, "Send Messages in Threads"}
	createThreads = permission{1 << 35, "Create Public Threads"}
	embedLinks    = permission{1 << 14, "Embed Links"}
)

// invitePermissions are the permissions that the invite link asks for: those that playing needs, Attach Files
// for texts that do not fit a message, and Read Message History to find an answer again after a crash.
const invitePermissions = 1<<10 | 1<<11 | 1<<38 | 1<<14 | 1<<15 | 1<<16

// inviteLink is where an admin of a server adds the bot.
func inviteLink(app string) string {
	return "https://discord.com/oauth2/authorize?client_id=" + app + "&scope=bot+applications.commands&permissions=" + strconv.Itoa(invitePermissions)
}

// playCommands are the commands after which posts go to the channel.
var playCommands = map[string]bool{"quiz": true}

// missingFor names the permissions that a command needs in its channel and the bot does not have. Every
// interaction lists the bot's permissions.
func (h *handler) missingFor(x *exchange, command string) []string {
	if !playCommands[command] {
		return nil
	}
	return missingIn(x)
}

func missingIn(x *exchange) []string {
	if !x.server { // private chats have no permissions
		return nil
	}
	have, err := strconv.ParseUint(x.rights, 10, 64)
	if err != nil || have&mayAdminister != 0 {
		return nil
	}
	send := sendMessages
	if x.thread {
		send = sendInThreads
	}
	var need []string
	for _, r := range []permission{viewChannel, send, embedLinks} {
		if have&r.bit == 0 {
			need = append(need, r.name)
		}
	}
	return need
}

// askForPermissions tells a person which permissions to grant.
func askForPermissions(c language.Code, need []string) bot.Reply {
	return bot.Say(c, phrase.Say(c, phrase.GrantThese, phrase.Text("permissions", strings.Join(need, ", "))))
}

// reportMissing tells the person who caused a post that it is not allowed here, once.
func (p *poster) reportMissing(ctx context.Context, d bot.Delivery) {
	x := p.exchanges.get(d.Cause)
	if x == nil {
		return
	}
	need := missingIn(x)
	if need == nil { // they changed since
		need = []string{viewChannel.name, sendMessages.name, sendInThreads.name, embedLinks.name}
	}
	p.sendMissing(ctx, x, askForPermissions(languageOf(x.locale), need))
}
