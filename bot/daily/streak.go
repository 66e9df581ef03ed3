package daily

import (
	"context"
	"fmt"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/quiz"
	"summitquiz/quiz/daily"
)

// outcome is what a member is told of their answer besides its verdict.
type outcome struct {
	elsewhere bool // it was given in another place
	shown     bool // their streak
	progress  daily.Progress
	streak    daily.Streak
}

// lines says what became of the streak. One that is over is not mentioned, the best one is.
func (o outcome) lines(local phrase.Localizer) []bot.Line {
	if !o.shown || !o.progress.Counted {
		return nil
	}
	var out lines
	if n := o.progress.Spent; n > 0 {
		out.add(local.Say(phrase.StreakFrozen, count("count", n)), bot.Plain)
	}
	switch {
	case o.progress.Milestone > 0:
		out.add(local.Say(phrase.StreakMilestone, count("days", o.progress.Milestone)), bot.Strong)
	case o.progress.Began && o.streak.Best > 1:
		out.add(local.Say(phrase.StreakBest, count("best", o.streak.Best)), bot.Quiet)
	case o.streak.Days > 1:
		out.add(local.Say(phrase.StreakDays, count("days", o.streak.Days)), bot.Plain)
	}
	if o.progress.Earned {
		out.add(local.Say(phrase.StreakEarned, count("count", o.streak.Freezes)), bot.Quiet)
	}
	return out
}

// memberStreak reads a streak; of a member who has none it is the zero one.
func (f *Feature) memberStreak(ctx context.Context, m bot.MemberID) (bot.MemberStreak, error) {
	s, err := f.store.MemberStreak(ctx, m)
	if err != nil && !bot.IsNone(err) {
		return s, fmt.Errorf("streak of member %d: %w", m, err)
	}
	return s, nil
}

// count counts the day of an answer for its member's streak.
func (f *Feature) count(ctx context.Context, r *bot.Request, s *bot.Session) (outcome, error) {
	x, err := f.memberStreak(ctx, r.Member.ID)
	if err != nil {
		return outcome{}, err
	}
	zone := r.Zone()
	today := quiz.PersonalDay(r.Now, zone)
	before := x.Streak
	if before.Played > 0 && today > before.Last+1 {
		if before, err = f.excused(ctx, r.Member.ID, before, r.Now, zone); err != nil {
			return outcome{}, err
		}
	}
	var p daily.Progress
	if x.Streak, p = before.Play(today); !p.Counted {
		return outcome{}, nil
	}
	x.Version++
	r.Change.Streak = &x
	shown, err := f.shows(ctx, &x, s.Solo == r.Member.ID)
	return outcome{shown: shown, progress: p, streak: x.Streak}, err
}

// placesFor is for how many days before their last one the chats count in which a member played.
const placesFor = 30

// excused makes the days not count as missed on which the member could not play, and those that a
// change of zone took.
func (f *Feature) excused(ctx context.Context, m bot.MemberID, s daily.Streak, now time.Time, zone *time.Location) (daily.Streak, error) {
	y, mon, d := s.Last.Date()
	from := time.Date(y, mon, d, 0, 0, 0, 0, time.UTC).Add(-24 * time.Hour)
	skips, err := f.store.Skips(ctx, m, from, now, s.Last-placesFor)
	if err != nil {
		return s, fmt.Errorf("skipped dailies of member %d: %w", m, err)
	}
	for _, t := range skips {
		day := quiz.PersonalDay(t, zone)
		s = s.Excuse(day, day)
	}
	moves, err := f.store.ZoneMoves(ctx, m, from)
	if err != nil {
		return s, fmt.Errorf("zones of member %d: %w", m, err)
	}
	for _, z := range moves {
		old, err := daily.Zone(z.From).Location()
		if err != nil {
			continue // a zone that this program does not know any more
		}
		to, err := daily.Zone(z.To).Location()
		if err != nil {
			continue
		}
		if first, last, lost := daily.ChangeOfZone(z.At, old, to); lost {
			s = s.Excuse(first, last)
		}
	}
	return s, nil
}

// shows reports whether a member sees their streak: where they asked for it, or have a daily of
// their own.
func (f *Feature) shows(ctx context.Context, x *bot.MemberStreak, own bool) (bool, error) {
	if own || x.Shown != bot.ShownWithDaily {
		return x.Sees(1), nil
	}
	all, err := f.store.OwnSubscriptions(ctx, x.Member)
	return x.Sees(len(all)), err
}

// shownStreak is the length of a member's streak, and whether they see it.
func (f *Feature) shownStreak(ctx context.Context, m bot.MemberID) (days int, shown bool, err error) {
	x, err := f.memberStreak(ctx, m)
	if err != nil {
		return 0, false, err
	}
	shown, err = f.shows(ctx, &x, false)
	return x.Streak.Days, shown, err
}

// pressShow switches on or off whether a member sees their streak.
func (f *Feature) pressShow(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	return f.setShown(ctx, r, r.Arg(0) == 1)
}

func (f *Feature) setShown(ctx context.Context, r *bot.Request, shown bool) (bot.Reply, error) {
	x, err := f.memberStreak(ctx, r.Member.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	x.Version++
	r.Change.Streak = &x
	return bot.Say(r.Local.Lang, showStreak(r, &x, shown)), nil
}

// showStreak says what a member sees of their streak from now on.
func showStreak(r *bot.Request, x *bot.MemberStreak, shown bool) string {
	id := phrase.StreakHidden
	if x.Shown = bot.ShownNever; shown {
		x.Shown, id = bot.ShownAlways, phrase.StreakShown
	}
	days, _ := x.Streak.On(quiz.PersonalDay(r.Now, r.Zone()))
	return r.Say(id, count("days", days), count("best", x.Streak.Best))
}

// ownOnly reports whether options ask only for what is a member's own whatever daily is meant.
func ownOnly(o bot.Values) bool {
	n := 0
	for _, name := range []string{"streak", "reminders"} {
		if o[name] != "" {
			n++
		}
	}
	return n > 0 && n == len(o)
}

// setOwn does what options ask for that is a member's own, and says what came of it. zone is that of
// the daily that is changed along with it; "": none of their own is.
func (f *Feature) setOwn(ctx context.Context, r *bot.Request, zone daily.Zone) (said []string, err error) {
	streak, reminders := r.Options["streak"], r.Options["reminders"]
	if streak == "" && reminders == "" {
		return nil, nil
	}
	x, err := f.memberStreak(ctx, r.Member.ID)
	if err != nil {
		return nil, err
	}
	x.Version++
	r.Change.Streak = &x
	if streak != "" {
		said = append(said, showStreak(r, &x, streak == "shown"))
	}
	if reminders != "" {
		text, err := f.setReminders(ctx, r, &x, reminders == "on", zone)
		if err != nil {
			return nil, err
		}
		said = append(said, text)
	}
	return said, nil
}
