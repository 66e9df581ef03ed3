package service

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// ownCommands are the commands of the service itself.
func (s *Service) ownCommands() []*bot.Command {
	return []*bot.Command{{Name: "help", Own: true, Order: 310, Run: s.help}}
}

// help lists the commands that a person can use here.
func (s *Service) help(_ context.Context, r *bot.Request) (bot.Reply, error) {
	p := r.Post(bot.CardPost, phrase.HelpTitle)
	p.Body = []bot.Line{{Text: r.Say(phrase.HelpIntro)}}
	for _, c := range s.offered(r) {
		line := r.Say(phrase.HelpLine, phrase.Name("command", "/"+c.Name), phrase.Text("does", c.Description(r.Local.Lang)))
		p.Body = append(p.Body, bot.Line{Text: line, Style: bot.Bullet})
	}
	p.After = []bot.Line{{Text: r.Say(phrase.HelpMore), Style: bot.Quiet}}
	return bot.Reply{Posts: []bot.Post{p}}, nil
}

// offered returns the commands that a person can use here.
func (s *Service) offered(r *bot.Request) bot.CommandList {
	var out bot.CommandList
	for _, c := range s.registry.commands {
		if r.Role >= c.Who && (c.Where == bot.Anywhere || !r.Input.Place.Private) {
			out = append(out, c)
		}
	}
	return out
}

// Accounts returns the accounts of a person's member; none where they are new.
func (s *Service) Accounts(ctx context.Context, p bot.Place, who bot.Person) ([]bot.Account, error) {
	r, err := s.look(ctx, p, who)
	if err != nil || r.Member.ID == 0 {
		return nil, err
	}
	return s.store.Accounts(ctx, r.Member.ID)
}

// View returns what a person finds in a chat, at most limit posts, and makes neither the chat nor
// the person where they are new. It is for platforms that keep no posts of their own.
func (s *Service) View(ctx context.Context, p bot.Place, who bot.Person, limit int) (bot.ChatView, error) {
	r, err := s.look(ctx, p, who)
	if err != nil {
		return bot.ChatView{}, fmt.Errorf("view %s %s: %w", p.Platform, p.Chat, err)
	}
	var sends []bot.Send
	if r.Chat.ID != 0 {
		if sends, err = s.store.Posts(ctx, r.Chat.ID, r.Member.ID, limit); err != nil {
			return bot.ChatView{}, fmt.Errorf("posts of chat %d: %w", r.Chat.ID, err)
		}
	}
	view := bot.ChatView{Menu: bot.Menu{Lang: r.Local.Lang, Commands: s.offered(r)}}
	at := make([]bot.Slot, len(sends))
	for i := range sends {
		at[i] = sends[i].Slot
	}
	mine, err := s.answered(ctx, at, []bot.MemberID{r.Member.ID})
	if err != nil {
		return bot.ChatView{}, err
	}
	for _, send := range sends {
		view.Posts = append(view.Posts, bot.ChatPost{Slot: send.Slot, Post: send.Post, Own: send.To != 0, At: send.Done})
		if a, ok := mine[send.Slot][r.Member.ID]; ok {
			view.Posts[len(view.Posts)-1].Mine = &a
		}
	}
	return view, nil
}

// OwnAnswers returns what people answered to the question in a slot, by user.
func (s *Service) OwnAnswers(ctx context.Context, p bot.Place, people []bot.Person, slot bot.Slot) (map[string]bot.Answer, error) {
	users := map[bot.MemberID]string{}
	var members []bot.MemberID
	for _, who := range people {
		r, err := s.look(ctx, p, who)
		if err != nil {
			return nil, fmt.Errorf("look who answered: %w", err)
		}
		users[r.Member.ID] = who.User
		members = append(members, r.Member.ID)
	}
	all, err := s.answered(ctx, []bot.Slot{slot}, members)
	if err != nil {
		return nil, err
	}
	out := map[string]bot.Answer{}
	for m, a := range all[slot] {
		out[users[m]] = a
	}
	return out, nil
}

// answered returns what members answered to the questions in slots.
func (s *Service) answered(ctx context.Context, at []bot.Slot, members []bot.MemberID) (map[bot.Slot]map[bot.MemberID]bot.Answer, error) {
	members = slices.DeleteFunc(members, func(m bot.MemberID) bool { return m == 0 })
	out := map[bot.Slot]map[bot.MemberID]bot.Answer{}
	if len(members) == 0 || len(at) == 0 {
		return out, nil
	}
	for _, f := range s.registry.answers {
		more, err := f.OwnAnswers(ctx, at, members)
		if err != nil {
			return nil, fmt.Errorf("what was answered: %w", err)
		}
		maps.Copy(out, more)
	}
	return out, nil
}

// Allowed says what a person may do in a chat as it is now, and whether the chat is there at all.
func (s *Service) Allowed(ctx context.Context, p bot.Place, who bot.Person) (role bot.Role, known bool, err error) {
	r, err := s.look(ctx, p, who)
	if err != nil {
		return 0, false, err
	}
	return r.Role, r.Chat.ID != 0, nil
}

// suggestLimit is how many suggestions are made at once: what Discord shows.
const suggestLimit = 25

// Suggest returns what an option of a command could be, given what was typed of it and of the other
// options. It returns none where nothing can be suggested, also when the store does not answer.
func (s *Service) Suggest(ctx context.Context, p bot.Place, who bot.Person, command, option string, typed bot.Values) []bot.Suggestion {
	c := s.registry.commands.Find(command)
	if c == nil || c.Option(option) == nil {
		return nil
	}
	r, err := s.look(ctx, p, who)
	if err != nil {
		return nil
	}
	r.Options = typed
	o := c.Option(option)
	var all []bot.Suggestion
	if o.Type == bot.ChoiceOption {
		for _, value := range o.Choices {
			all = append(all, bot.Suggestion{Label: o.ChoiceName(r.Local.Lang, value), Value: value})
		}
	}
	for _, f := range s.registry.suggest {
		more, err := f.Suggest(ctx, r, c, o)
		if err != nil {
			s.log.Warn("suggest values", "command", c.Name, "option", option, "err", err)
			continue
		}
		all = append(all, more...)
	}
	var out []bot.Suggestion
	low := strings.ToLower(typed[option])
	for _, x := range all {
		if strings.Contains(strings.ToLower(x.Label), low) || strings.Contains(strings.ToLower(x.Value), low) {
			out = append(out, bot.Suggestion{Label: language.Cut(x.Label, 100), Value: x.Value})
		}
	}
	return out[:min(len(out), suggestLimit)]
}
