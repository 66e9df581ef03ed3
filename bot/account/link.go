package account

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/quiz"
)

// codeFor is how long a code that joins accounts is valid.
const codeFor = 10 * time.Minute

// A code is ten of these letters and digits, 50 bits: nobody guesses one in its ten minutes. Those
// that look like others are left out.
const (
	codeLetters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
	codeLength  = 10
)

// remove is the word that parts accounts, as an action and typed in the place of a code.
const remove = "remove"

// link gives a code that joins another account to this one, takes one, or parts accounts.
func (f *Feature) link(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	code := r.Options["code"]
	switch {
	case r.Options["action"] == remove || strings.EqualFold(code, remove):
		return f.askPart(ctx, r)
	case code != "":
		return f.takeCode(ctx, r, code)
	}
	return f.offerCode(ctx, r)
}

// offerCode gives a new code. What is kept of it is a hash that nobody can compute without the
// program's key.
func (f *Feature) offerCode(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	links, err := f.store.LinksOf(ctx, r.Member.ID)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("links of member %d: %w", r.Member.ID, err)
	}
	code := newCode()
	if err := f.store.OfferLink(ctx, f.hash(code), r.Member.ID, r.Now, r.Now.Add(codeFor)); err != nil {
		return bot.Reply{}, fmt.Errorf("offer a link to member %d: %w", r.Member.ID, err)
	}
	p := r.Post(bot.CardPost, phrase.LinkTitle)
	p.Body = []bot.Line{
		{Text: r.Say(phrase.LinkHow, phrase.Count("minutes", int(codeFor/time.Minute)))},
		{Text: "/link code:" + code[:codeLength/2] + "-" + code[codeLength/2:], Style: bot.Code},
		{Text: r.Say(phrase.LinkSecret), Style: bot.Strong},
	}
	for _, l := range links {
		p.After = append(p.After, bot.Line{Text: r.Say(phrase.LinkedNow, accounts(r, l.Accounts)), Style: bot.Bullet})
	}
	if len(links) > 0 {
		p.After = append(p.After, bot.Line{Text: r.Say(phrase.LinkPartHow), Style: bot.Quiet})
	}
	return bot.Reply{Posts: []bot.Post{p}}, nil
}

// newCode returns a code that nobody can foresee.
func newCode() string {
	var random [codeLength]byte
	rand.Read(random[:])
	for i, b := range random {
		random[i] = codeLetters[int(b)%len(codeLetters)] // 32 letters: each is as likely
	}
	return string(random[:])
}

// plainCode is a code as it was typed, without what people and keyboards add to it.
func plainCode(typed string) string {
	return strings.Map(func(c rune) rune {
		if c = unicode.ToUpper(c); strings.ContainsRune(codeLetters, c) {
			return c
		}
		return -1
	}, norm.NFKC.String(typed))
}

// hash is what is kept of a code.
func (f *Feature) hash(code string) []byte {
	sum := sha256.Sum256([]byte(code))
	signed := f.host.Sign("link", bot.Payload{Action: "code", Args: []uint64{binary.BigEndian.Uint64(sum[:])}})
	kept := sha256.Sum256([]byte(signed))
	return kept[:]
}

// linkRefusals are what people are told of codes that cannot be used.
var linkRefusals = []struct {
	err error
	id  phrase.ID
}{
	{bot.ErrNone, phrase.LinkWrong},
	{bot.ErrLinkOwn, phrase.LinkOwn},
	{bot.ErrLinkUsed, phrase.LinkUsed},
	{bot.ErrLinkOver, phrase.LinkCodeOver},
	{bot.ErrLinkPlaying, phrase.LinkPlaying},
}

// refusal returns what a person is told of an error; other errors as they are.
func refusal(err error) error {
	if errors.Is(err, bot.ErrLinkGuesses) {
		return bot.Refuse(phrase.LinkGuesses, phrase.Count("minutes", int(bot.LinkPause/time.Minute)))
	}
	for _, l := range linkRefusals {
		if errors.Is(err, l.err) {
			return bot.Refuse(l.id)
		}
	}
	return err
}

// takeCode uses a code, and shows what joining the two would bring before it happens.
func (f *Feature) takeCode(ctx context.Context, r *bot.Request, typed string) (bot.Reply, error) {
	offer, err := f.store.TakeLink(ctx, f.hash(plainCode(typed)), r.Member.ID, r.Now)
	if err != nil {
		return bot.Reply{}, refusal(err)
	}
	c, err := f.store.Compare(ctx, offer.Owner, offer.Taker)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("compare members %d and %d: %w", offer.Owner, offer.Taker, err)
	}
	p := r.Post(bot.CardPost, phrase.LinkAskTitle)
	add := func(style bot.LineStyle, id phrase.ID, args ...phrase.Arg) {
		p.Body = append(p.Body, bot.Line{Text: r.Say(id, args...), Style: style})
	}
	add(bot.Plain, phrase.LinkAsk)
	for _, b := range []bot.Belongings{c.Older, c.Newer} {
		days, _ := b.Streak.On(quiz.PersonalDay(r.Now, r.Zone()))
		add(bot.Bullet, phrase.LinkSide, accounts(r, b.Accounts), phrase.Count("answers", b.Answers), phrase.Count("cards", b.Cards),
			phrase.Count("days", days))
	}
	add(bot.Plain, phrase.LinkStays, phrase.Name("name", c.Older.Member.Name), accounts(r, c.Older.Accounts[:1]))
	if c.Both > 0 {
		add(bot.Plain, phrase.LinkBoth, phrase.Count("questions", c.Both))
	}
	if c.Playing {
		add(bot.Strong, phrase.LinkPlaying)
	}
	add(bot.Strong, phrase.LinkBeware)
	p.Buttons = [][]bot.Button{{
		{Label: r.Say(phrase.ButtonLink), Action: r.Sign("join", uint64(offer.ID)), Style: bot.MainButton},
		{Label: r.Say(phrase.ButtonCancel), Action: r.Sign("nojoin")},
	}}
	return bot.Reply{Posts: []bot.Post{p}}, nil
}

// accounts says which accounts somebody has.
func accounts(r *bot.Request, all []bot.Identity) phrase.Arg {
	var out []string
	for _, a := range all {
		out = append(out, r.Say(phrase.LinkAccount, phrase.Name("name", a.Name), phrase.Text("platform", platformName(r.Local, a.Platform))))
	}
	return phrase.List("accounts", out...)
}

// platformName is what people call a platform.
func platformName(local phrase.Localizer, platform string) string {
	if id := platformNames[platform]; id != "" {
		return local.Say(id)
	}
	return platform
}

var platformNames = map[string]phrase.ID{"web": phrase.PlatformWeb, "discord": phrase.PlatformDiscord, "telegram": phrase.PlatformTelegram}

// pressJoin joins the two members of an offer that this member took. The joining comes first: if
// the process ends before the input is claimed, it comes again and finds that all is done.
func (f *Feature) pressJoin(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	offer, err := f.store.LinkOffer(ctx, int64(r.Index(0)))
	if err != nil || offer.Taker != r.Member.ID {
		return bot.Reply{}, refusal(errors.Join(err, bot.ErrLinkOver))
	}
	stays, err := f.store.Join(ctx, offer.ID, r.Now)
	if err != nil {
		return bot.Reply{}, refusal(err)
	}
	f.host.ForgetPeople(offer.Owner)
	f.host.ForgetPeople(offer.Taker)
	r.Change = &bot.Change{Input: r.Input.ID, At: r.Now, From: stays}
	reply := r.Reply(phrase.LinkDone)
	reply.Update = true
	return reply, nil
}

// pressNoJoin leaves two members as they are.
func (f *Feature) pressNoJoin(_ context.Context, r *bot.Request) (bot.Reply, error) {
	reply := r.Reply(phrase.LinkNot)
	reply.Update = true
	return reply, nil
}

// askPart shows what is joined, each with a button that parts it.
func (f *Feature) askPart(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	links, err := f.store.LinksOf(ctx, r.Member.ID)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("links of member %d: %w", r.Member.ID, err)
	}
	if len(links) == 0 {
		return bot.Reply{}, bot.Refuse(phrase.LinkNone)
	}
	p := r.Post(bot.CardPost, phrase.LinkPartTitle)
	for _, l := range links {
		p.Body = append(p.Body, bot.Line{Text: r.Say(phrase.LinkPartAsk, accounts(r, l.Accounts),
			phrase.Date("date", bot.DateIn(l.At, r.Zone()))), Style: bot.Bullet})
		label := r.Say(phrase.ButtonPart)
		if len(links) > 1 && len(l.Accounts) > 0 {
			label = r.Say(phrase.ButtonPartOne, phrase.Name("name", l.Accounts[0].Name))
		}
		p.Buttons = append(p.Buttons, []bot.Button{{Label: label, Action: r.Sign("part", uint64(l.ID)), Style: bot.DangerButton}})
	}
	p.After = []bot.Line{{Text: r.Say(phrase.LinkPartKeeps, phrase.Name("name", r.Member.Name))}}
	return bot.Reply{Posts: []bot.Post{p}}, nil
}

// pressPart parts what a link joined.
func (f *Feature) pressPart(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	err := f.store.Part(ctx, r.Member.ID, int64(r.Index(0)))
	if bot.IsNone(err) {
		return bot.Reply{}, bot.Refuse(phrase.LinkNone)
	}
	if err != nil {
		return bot.Reply{}, fmt.Errorf("part member %d: %w", r.Member.ID, err)
	}
	f.host.ForgetPeople(r.Member.ID)
	reply := r.Reply(phrase.LinkParted, phrase.Name("name", r.Member.Name))
	reply.Update = true
	return reply, nil
}
