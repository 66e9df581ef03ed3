package account

import (
	"context"
	"fmt"
	"slices"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
)

// privacy says what is kept about a person, gives it out, and deletes it.
func (f *Feature) privacy(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	switch r.Options["action"] {
	case "export":
		return f.export(ctx, r)
	case "delete":
		return askForget(r), nil
	}
	p := r.Post(bot.CardPost, phrase.PrivacyTitle)
	for _, id := range []phrase.ID{phrase.PrivacyKept, phrase.PrivacyWhy, phrase.PrivacyDelete} {
		p.Body = append(p.Body, bot.Line{Text: r.Say(id)})
	}
	p.Buttons = [][]bot.Button{{
		{Label: r.Say(phrase.ButtonExport), Action: r.Sign("export")},
		{Label: r.Say(phrase.ButtonDelete), Action: r.Sign("forget", 0), Style: bot.DangerButton},
	}}
	web, err := f.webAccounts(ctx, r.Member.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	if len(web) > 0 {
		p.Buttons = append(p.Buttons, []bot.Button{{Label: r.Say(phrase.ButtonEndLogins), Action: r.Sign("logout", 0)}})
	}
	return bot.Reply{Posts: []bot.Post{p}}, nil
}

// webAccounts are the accounts of a member that browsers log in to.
func (f *Feature) webAccounts(ctx context.Context, m bot.MemberID) ([]bot.Account, error) {
	all, err := f.store.Accounts(ctx, m)
	if err != nil {
		return nil, fmt.Errorf("accounts of member %d: %w", m, err)
	}
	return slices.DeleteFunc(all, func(a bot.Account) bool { return a.Platform != "web" }), nil
}

// endLogins ends all logins of accounts that were given until now.
func (f *Feature) endLogins(ctx context.Context, accounts []bot.Account, now time.Time) error {
	for _, a := range accounts {
		if err := bot.EndLogins(ctx, f.store, a, now); err != nil {
			return err
		}
	}
	return nil
}

// pressEndLogins ends the logins of a person in all browsers, if they were asked a moment ago.
func (f *Feature) pressEndLogins(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	if !askedNow(r) {
		p := r.Post(bot.CardPost, phrase.LoginsTitle)
		p.Body = []bot.Line{{Text: r.Say(phrase.LoginsAsk)}}
		p.Buttons = [][]bot.Button{{{Label: r.Say(phrase.ButtonEndLogins), Action: r.Sign("logout", uint64(r.Now.Unix())), Style: bot.DangerButton}}}
		return bot.Reply{Posts: []bot.Post{p}, Update: true}, nil
	}
	web, err := f.webAccounts(ctx, r.Member.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	if err := f.endLogins(ctx, web, r.Now); err != nil {
		return bot.Reply{}, err
	}
	reply := r.Reply(phrase.LoginsDone)
	reply.Update = true
	reply.Gone = r.Input.Place.Platform == "web" // this browser's is among them
	return reply, nil
}

// export gives a person all that is kept about them.
func (f *Feature) export(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	data, err := f.store.Export(ctx, r.Member.ID)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("export of member %d: %w", r.Member.ID, err)
	}
	p := r.Post(bot.NoticePost, "")
	p.Body = []bot.Line{{Text: r.Say(phrase.ExportHere)}}
	p.File = &bot.File{Name: "summitquiz-export.json", Type: "application/json", Data: data}
	return bot.Reply{Posts: []bot.Post{p}}, nil
}

// forgetFor is how long a confirmation of a deletion is valid.
const forgetFor = time.Minute

// askForget asks for a confirmation: its button carries the time of the asking.
func askForget(r *bot.Request) bot.Reply {
	p := r.Post(bot.CardPost, phrase.ForgetTitle)
	p.Body = []bot.Line{{Text: r.Say(phrase.ForgetAsk)}}
	p.Buttons = [][]bot.Button{{{Label: r.Say(phrase.ButtonForget), Action: r.Sign("forget", uint64(r.Now.Unix())), Style: bot.DangerButton}}}
	return bot.Reply{Posts: []bot.Post{p}}
}

// askedNow reports whether the button that was pressed asked for a confirmation a moment ago.
func askedNow(r *bot.Request) bool {
	return r.Now.Sub(time.Unix(int64(min(r.Arg(0), 1<<40)), 0)) <= forgetFor
}

// pressForget deletes a person, if they were asked a moment ago.
func (f *Feature) pressForget(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	if !askedNow(r) {
		reply := askForget(r)
		reply.Update = true
		return reply, nil
	}
	web, err := f.webAccounts(ctx, r.Member.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	// The deletion comes first: if the process ends before the input is claimed, it comes again
	// and finds that all is done.
	if err := f.store.Forget(ctx, r.Member.ID, r.Now); err != nil {
		return bot.Reply{}, fmt.Errorf("forget member %d: %w", r.Member.ID, err)
	}
	f.host.ForgetPeople(r.Member.ID)
	if err := f.endLogins(ctx, web, r.Now); err != nil { // else another browser would bring them back
		return bot.Reply{}, err
	}
	r.Change = &bot.Change{Input: r.Input.ID, At: r.Now} // nothing else is noted of a deleted member
	reply := r.Reply(phrase.ForgetDone)
	reply.Update, reply.Gone = true, true
	return reply, nil
}
