package daily

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"summitquiz/bot"
	"summitquiz/bot/catalog"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/daily"
	"summitquiz/quiz/grade"
)

// open is a session with all that is needed to draw it. It may be over.
type open struct {
	session bot.Session
	script  script
	day     *day
	chat    bot.Chat
	title   string // of the pack, in the language of the session
}

// load reads a session and its set; ErrNone if there is none.
func (f *Feature) load(ctx context.Context, id bot.SessionID) (*open, error) {
	s, err := f.store.Session(ctx, id)
	if err == nil && s.Kind != Kind {
		err = bot.ErrNone
	}
	if err != nil {
		return nil, fmt.Errorf("daily %d: %w", id, err)
	}
	o := &open{session: s}
	if err := json.Unmarshal(s.Script, &o.script); err != nil {
		return nil, fmt.Errorf("read daily %d: %w", id, err)
	}
	if o.day, err = f.days.get(ctx, dayKey{s.Pack, s.Hash, o.script.Date, o.script.Questions}); err != nil {
		return nil, fmt.Errorf("daily %d: %w", id, err)
	}
	if o.chat, err = f.store.Chat(ctx, s.Chat); err != nil {
		return nil, fmt.Errorf("daily %d: chat %d: %w", id, s.Chat, err)
	}
	v, err := f.packs.Version(ctx, s.Pack, s.Hash)
	if err != nil {
		return nil, fmt.Errorf("daily %d: %w", id, err)
	}
	o.title = catalog.TitleIn(v.Pack, s.Lang)
	return o, nil
}

// to is who alone gets the posts of the session; 0: everybody in the chat.
func (o *open) to() bot.MemberID {
	if o.chat.Address.Private {
		return 0
	}
	return o.session.Solo
}

// local is how the posts of the session speak.
func (o *open) local() phrase.Localizer {
	return phrase.Localizer{Lang: o.session.Lang, Style: language.Style{Digits: o.script.Digits}}
}

// player is a session as one member plays it.
type player struct {
	*open
	member  bot.MemberID
	local   phrase.Localizer // in a language of the pack
	views   []quiz.View
	answers []bot.Answer // to the set of the date, wherever
	limits  bot.Limits
}

// player reads how a member stands in a session. Where it is theirs alone, its posts are what they
// play in, so it speaks as these do.
func (f *Feature) player(ctx context.Context, o *open, m bot.MemberID, local phrase.Localizer) (*player, error) {
	if o.session.Solo != 0 {
		local = o.local()
	}
	p := &player{open: o, member: m, local: local, limits: f.host.Limits(o.chat.Address.Platform)}
	p.views, p.local.Lang = o.day.views(local.Lang, local.Style, o.session.Lang)
	var err error
	if p.answers, err = f.store.DailyAnswers(ctx, m, o.script.Date); err != nil {
		return nil, fmt.Errorf("answers of member %d to the daily of %s: %w", m, o.script.Date, err)
	}
	return p, nil
}

// answerTo returns what a member last answered to question n; false if they have not. It need not
// count yet: then they have another try.
func (p *player) answerTo(n int) (a bot.Answer, ok bool) {
	for _, x := range p.answers {
		if x.Item == p.day.Items[n].ID && (!ok || x.Try > a.Try) {
			a, ok = x, true
		}
	}
	return a, ok
}

// done reports whether question n is answered.
func (p *player) done(n int) bool {
	a, ok := p.answerTo(n)
	return ok && a.Final
}

// next is the first question that is not answered; false if there is none.
func (p *player) next() (int, bool) {
	for n := range p.day.Items {
		if !p.done(n) {
			return n, true
		}
	}
	return 0, false
}

// missed reports whether the player has answered something wrongly.
func (p *player) missed() bool { return slices.Contains(p.marks(), daily.MarkWrong) }

// marks are what came of each question.
func (p *player) marks() []daily.Mark {
	out := make([]daily.Mark, len(p.day.Items))
	for n := range out {
		switch a, _ := p.answerTo(n); {
		case !a.Final:
		case a.Mark == grade.Right:
			out[n] = daily.MarkRight
		default:
			out[n] = daily.MarkWrong
		}
	}
	return out
}
