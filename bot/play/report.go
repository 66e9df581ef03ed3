package play

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/quiz"
)

// reasons are what can be wrong with a question.
var reasons = []string{"wrong-key", "two-right", "unclear", "language", "outdated", "other"}

// reports takes what members say against questions.
type reports struct {
	store Store
	games *games
}

// report is /report: against the question that is open or was last asked here, or the one whose
// post the command was used on.
func (p *reports) report(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	id, n, ok := questionOf(r.Input.Command.Target)
	if !ok {
		var err error
		if id, n, err = p.lastAsked(ctx, r); err != nil {
			return bot.Reply{}, err
		}
	}
	if n < 0 {
		return bot.Reply{}, bot.Refuse(phrase.ReportWhat)
	}
	if r.Options.Has("reason") {
		return p.file(ctx, r, id, n, r.Options["reason"], r.Options["text"])
	}
	return reportCard(r, id, n), nil
}

// How long after its end a game's last question can be reported by command, and among how many
// posts of the chat it is looked for.
const (
	reportTime  = time.Hour
	reportPosts = 50
	reportDay   = 24 * time.Hour // for which the bounds of one person's reports hold
)

// lastAsked returns the question that is open in the game that is running here, else the last one
// that was asked here within reportTime; n is negative where there is none.
func (p *reports) lastAsked(ctx context.Context, r *bot.Request) (id bot.SessionID, n int, err error) {
	s, err := p.store.LiveAt(ctx, Kind, r.Chat.ID, r.Member.ID)
	if err == nil {
		l, err := p.games.stored(ctx, s.ID)
		if err != nil {
			return 0, -1, err
		}
		return s.ID, l.state.Current(), nil
	}
	if !bot.IsNone(err) {
		return 0, -1, err
	}
	posts, err := p.store.Posts(ctx, r.Chat.ID, r.Member.ID, reportPosts)
	if err != nil {
		return 0, -1, fmt.Errorf("posts of chat %d: %w", r.Chat.ID, err)
	}
	n = -1
	for _, post := range posts {
		game, question, ok := questionOf(post.Slot)
		if ok && r.Now.Sub(post.Done) <= reportTime && (n < 0 || game > id || game == id && question > n) {
			id, n = game, question
		}
	}
	return id, n, nil
}

// pressReport is the button under a reveal.
func (*reports) pressReport(_ context.Context, r *bot.Request) (bot.Reply, error) {
	return reportCard(r, bot.SessionID(r.Arg(0)), r.Index(1)), nil
}

// reportCard asks what is wrong with a question.
func reportCard(r *bot.Request, id bot.SessionID, n int) bot.Reply {
	p := r.Post(bot.CardPost, phrase.ReportTitle)
	p.Body = []bot.Line{{Text: r.Say(phrase.ReportAsk)}}
	for i, reason := range reasons {
		b := bot.Button{Label: r.Say(phrase.ID("choice-reason-" + reason)), Action: r.Sign("why", uint64(id), uint64(n), uint64(i))}
		if i%2 == 0 {
			p.Buttons = append(p.Buttons, nil)
		}
		last := len(p.Buttons) - 1
		p.Buttons[last] = append(p.Buttons[last], b)
	}
	return bot.Reply{Posts: []bot.Post{p}}
}

// pressReason files a report with a reason.
func (p *reports) pressReason(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	i := r.Index(2)
	if i >= len(reasons) {
		return bot.Reply{}, bot.Refuse(phrase.ButtonOver)
	}
	reply, err := p.file(ctx, r, bot.SessionID(r.Arg(0)), r.Index(1), reasons[i], "")
	reply.Update = true
	return reply, err
}

// full refuses a report, and says when there is room again: when the oldest of the reports that count is a day
// old, which is found to the minute. ofItem: there are too many about this one question.
func (p *reports) full(ctx context.Context, r *bot.Request, item quiz.ItemID, ofItem bool) error {
	bounds := p.games.host.Bounds()
	name, most, says := "reports", bounds.Reports, phrase.ReportsUsedUp
	if ofItem {
		name, most, says = "item-reports", bounds.ItemReports, phrase.ReportedEnough
	}
	p.games.host.Meter().Bounded(name)
	var fault error
	minutes := sort.Search(int(reportDay/time.Minute), func(n int) bool { // after so many, fewer reports count
		of, all, err := p.store.Reported(ctx, r.Member.ID, item, r.Now.Add(time.Duration(n)*time.Minute-reportDay))
		fault = errors.Join(fault, err)
		if ofItem {
			return of < most
		}
		return all < most
	})
	if fault != nil {
		return fault
	}
	again := r.Now.Add(time.Duration(minutes) * time.Minute)
	return bot.Refuse(says, phrase.Count("reports", most), phrase.Text("time", again.In(r.Zone()).Format("15:04 MST")))
}

// file saves a report.
func (p *reports) file(ctx context.Context, r *bot.Request, id bot.SessionID, n int, reason, text string) (bot.Reply, error) {
	l, err := p.games.stored(ctx, id)
	if bot.IsNone(err) || err == nil && (l.session.Chat != r.Chat.ID || n >= len(l.state.Questions)) {
		return bot.Reply{}, bot.Refuse(phrase.ReportWhat)
	}
	if err != nil {
		return bot.Reply{}, err
	}
	q, s := l.state.Questions[n], &l.session
	ofItem, ofAll, err := p.store.Reported(ctx, r.Member.ID, q.Item, r.Now.Add(-reportDay))
	switch {
	case err != nil:
		return bot.Reply{}, fmt.Errorf("count the reports of member %d: %w", r.Member.ID, err)
	case ofItem >= p.games.host.Bounds().ItemReports:
		return bot.Reply{}, p.full(ctx, r, q.Item, true)
	case ofAll >= p.games.host.Bounds().Reports:
		return bot.Reply{}, p.full(ctx, r, q.Item, false)
	}
	r.Change.Reports = append(r.Change.Reports, bot.Report{Space: r.Space.ID, Chat: r.Chat.ID, Member: r.Member.ID, Item: q.Item,
		Pack: s.Pack, Hash: s.Hash, Seed: q.Seed, Lang: s.Lang, Reason: reason, Text: text, At: r.Now})
	return r.Reply(phrase.ReportThanks), nil
}
