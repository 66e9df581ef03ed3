package discord

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// right is a permission that playing in a channel needs, by the name that Discord shows.
type right struct {
	bit  uint64
	name string
}

var (
	viewChannel   = right{1 << 10, "View Channel"}
	sendMessages  = right{1 << 11, "Send Messages"}
	sendInThreads = right{1 << 38, "Send Messages in Threads"}
	createThreads = right{1 << 35, "Create Public Threads"}
	embedLinks    = right{1 << 14, "Embed Links"}
)

// invited are the permissions that the invite link asks for: those that playing needs, Attach
// Files for what does not fit a message, and Read Message History to find an answer again
// after a crash.
const invited = 1<<10 | 1<<11 | 1<<38 | 1<<14 | 1<<15 | 1<<16

// inviteLink is where an admin of a server invites the bot.
func inviteLink(app string) string {
	return "https://discord.com/oauth2/authorize?client_id=" + app + "&scope=bot+applications.commands&permissions=" + strconv.Itoa(invited)
}

// playing are the commands after which posts go to the channel.
var playing = map[string]bool{"quiz": true}

// missing names the permissions that we lack for a command in its channel. Discord says with
// every interaction what we may.
func (a *Adapter) missing(x *exchange, command string) []string {
	if !playing[command] {
		return nil
	}
	return lacks(x)
}

func lacks(x *exchange) []string {
	if !x.server { // a private chat has none of these to grant
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
	for _, r := range []right{viewChannel, send, embedLinks} {
		if have&r.bit == 0 {
			need = append(need, r.name)
		}
	}
	return need
}

// lacking tells somebody which permissions to grant.
func lacking(c language.Code, need []string) bot.Reply {
	return bot.Say(c, phrase.Say(c, phrase.GrantThese, phrase.Text("permissions", strings.Join(need, ", "))))
}

// tellLack tells whoever caused a post that it may not be made here, once.
func (a *Adapter) tellLack(ctx context.Context, d bot.Delivery) {
	x := a.open.get(d.Cause)
	if x == nil {
		return
	}
	need := lacks(x)
	if need == nil { // they changed since, or were said to be there
		need = []string{viewChannel.name, sendMessages.name, sendInThreads.name, embedLinks.name}
	}
	a.tellMissing(ctx, x, lacking(tongue(x.locale), need))
}

// tellMissing tells a person in private what is missing, once, after their deed was answered.
func (a *Adapter) tellMissing(ctx context.Context, x *exchange, r bot.Reply) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.told || x.state != complete {
		return
	}
	x.told = true
	m := private(r.Posts[0], a.now())
	a.complain(x, "what is missing", a.client.do(ctx, request{method: http.MethodPost, path: "/webhooks/" + a.app + "/" + x.token, body: m, urgency: replying}, nil))
}
