package daily

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
	"summitquiz/quiz/daily"
)

// target says whose daily is meant.
type target struct {
	own bool                 // the member's, else the chat's
	id  daily.SubscriptionID // which; 0: one that is not there yet
}

// command is /daily: bare, it shows what is set; with options it changes that.
func (f *Feature) command(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	if ownOnly(r.Options) {
		said, err := f.setOwn(ctx, r, "")
		reply := bot.Say(r.Local.Lang, "")
		reply.Posts[0].Body = nil
		for _, text := range said {
			reply.Posts[0].Body = append(reply.Posts[0].Body, bot.Line{Text: text})
		}
		return reply, err
	}
	t, err := f.aim(ctx, r)
	if err != nil {
		return bot.Reply{}, err
	}
	if len(r.Options) == 0 {
		return f.cardOf(ctx, r, t)
	}
	wishes, err := f.readOptions(ctx, r)
	var choice *zoneChoice
	if errors.As(err, &choice) {
		return f.zonePage(r, t, choice.zones, false), nil
	}
	if err != nil {
		return bot.Reply{}, err
	}
	return f.change(ctx, r, t, wishes)
}

// ownHere reports whether people have dailies of their own in shared chats: where they have no private
// ones, and what only they see reaches them there.
func ownHere(l *bot.Limits) bool { return !l.Personal && l.Lasting }

// aim finds the daily that a command is about: in a private chat the member's first, elsewhere the
// chat's. Where people have no private chats, those who may not change the chat's mean their own.
func (f *Feature) aim(ctx context.Context, r *bot.Request) (target, error) {
	own := r.Input.Place.Private || ownHere(&r.Limits) && r.Role < bot.ChatAdmin
	if !own {
		x, err := f.store.ChatSubscription(ctx, r.Chat.ID)
		if err != nil && !bot.IsNone(err) {
			return target{}, fmt.Errorf("daily of chat %d: %w", r.Chat.ID, err)
		}
		return target{id: x.ID}, nil
	}
	all, err := f.store.OwnSubscriptions(ctx, r.Member.ID)
	if err != nil {
		return target{}, fmt.Errorf("dailies of member %d: %w", r.Member.ID, err)
	}
	return target{own: true, id: firstOf(all, r.Chat.ID)}, nil
}

// firstOf is which of a member's dailies is meant where they name none: the first in a chat, else the
// first of all; 0: they have none.
func firstOf(all []bot.Subscription, chat bot.ChatID) daily.SubscriptionID {
	for i := range all {
		if all[i].Chat == chat {
			return all[i].ID
		}
	}
	if len(all) > 0 {
		return all[0].ID
	}
	return 0
}

// edit changes one thing of what a daily asks for.
type edit func(*bot.DailyWish) error

// zoneChoice is the error of a text that names several zones: the person has to choose.
type zoneChoice struct{ zones []daily.Zone }

func (*zoneChoice) Error() string { return "the text names several zones" }

// readOptions reads what the options of /daily ask for.
func (f *Feature) readOptions(ctx context.Context, r *bot.Request) ([]edit, error) {
	var out []edit
	if text := r.Options["time"]; text != "" {
		at, err := daily.ReadTime(text)
		if err != nil {
			return nil, timeNotice(err)
		}
		out = append(out, func(w *bot.DailyWish) error { setTime(w, at); return nil })
	}
	if text := r.Options["days"]; text != "" {
		days, err := daily.ReadWeekdays(text)
		if err != nil {
			return nil, bot.Refuse(phrase.DailyBadDays, phrase.Name("text", shortened(text)))
		}
		out = append(out, func(w *bot.DailyWish) error { setDays(w, days); return nil })
	}
	if text := r.Options["zone"]; text != "" {
		zones, err := daily.ReadZone(text, r.Local.Lang, r.Now)
		switch {
		case err != nil:
			return nil, zoneNotice(err)
		case len(zones) > 1:
			return nil, &zoneChoice{zones}
		}
		out = append(out, func(w *bot.DailyWish) error { w.Zone = zones[0]; return nil })
	}
	if name := r.Options["pack"]; name != "" {
		row, err := f.packs.Find(ctx, r.Space.ID, name)
		if err != nil {
			return nil, err
		}
		out = append(out, func(w *bot.DailyWish) error { w.Pack = row.Pack; return nil })
	}
	number := func(name string, set func(*bot.DailyWish, int)) {
		if n, err := strconv.Atoi(r.Options[name]); err == nil {
			out = append(out, func(w *bot.DailyWish) error { set(w, n); return nil })
		}
	}
	number("questions", func(w *bot.DailyWish, n int) { w.Questions = n })
	number("window", func(w *bot.DailyWish, n int) { w.Minutes = n })
	if tag := r.Options["language"]; tag != "" {
		out = append(out, func(w *bot.DailyWish) error { w.Lang = tag; return nil })
	}
	if board := r.Options["board"]; board != "" {
		out = append(out, func(w *bot.DailyWish) error { w.Everywhere = board == "everywhere"; return nil })
	}
	if text := r.Options["cron"]; text != "" {
		if r.Role < bot.PackOwner {
			return nil, bot.Refuse(phrase.DailyOwnersOnly)
		}
		s, err := daily.Parse(text, daily.OwnerRuns)
		if err != nil {
			return nil, cronNotice(err)
		}
		out = append(out, func(w *bot.DailyWish) error { w.Schedule, w.Runs = s.String(), s.Runs(); return nil })
	}
	return out, nil
}

// setTime and setDays change a weekly schedule; one that is not weekly becomes so.
func setTime(w *bot.DailyWish, at daily.TimeOfDay) {
	_, days := weekly(w)
	w.Schedule, w.Runs = daily.Weekly(at, days).String(), 0
}

func setDays(w *bot.DailyWish, days daily.Weekdays) {
	at, _ := weekly(w)
	w.Schedule, w.Runs = daily.Weekly(at, days).String(), 0
}

// usualTime is when a daily comes where nobody chose a time.
var usualTime = daily.At(9, 0)

func weekly(w *bot.DailyWish) (daily.TimeOfDay, daily.Weekdays) {
	s, err := daily.Parse(w.Schedule, max(w.Runs, daily.MemberRuns))
	if err != nil {
		return usualTime, daily.EveryDay
	}
	if at, days, ok := s.Weekly(); ok {
		return at, days
	}
	return usualTime, daily.EveryDay
}

// change changes a daily, which is made where it is not there, and shows it. It is decided anew
// where another writer was first, so that of two admins neither undoes what the other did.
func (f *Feature) change(ctx context.Context, r *bot.Request, t target, edits []edit) (bot.Reply, error) {
	for range tryLimit {
		reply, err := f.changeOnce(ctx, r, t, edits)
		if !errors.Is(err, bot.ErrConflict) {
			return reply, err
		}
		f.host.Meter().Conflicted()
		r.Reset()
	}
	return bot.Reply{}, errContention(fmt.Sprintf("subscription %d", t.id))
}

func (f *Feature) changeOnce(ctx context.Context, r *bot.Request, t target, edits []edit) (bot.Reply, error) {
	x, err := f.subscription(ctx, r, t)
	if err != nil {
		return bot.Reply{}, err
	}
	if x.ID == 0 {
		if err := f.newSubscription(ctx, r, t, &x); err != nil {
			return bot.Reply{}, err
		}
	}
	for _, e := range edits {
		if err := e(&x.Wish); err != nil {
			return bot.Reply{}, err
		}
	}
	x.Version++
	x.By, x.Wish.Hint, x.Wish.Told = r.Member.ID, r.Local.Lang.String(), ""
	if x.State == bot.SubscriptionRests {
		x.State = bot.SubscriptionOn
	}
	zone := x.Wish.Zone
	if x.Member == 0 {
		zone = ""
	}
	said, err := f.setOwn(ctx, r, zone)
	if err != nil {
		return bot.Reply{}, err
	}
	if err := f.save(ctx, r, &x); err != nil {
		return bot.Reply{}, err
	}
	reply, err := f.card1(ctx, r, &x, true)
	if err == nil {
		for _, text := range said {
			reply.Posts[0].After = append(reply.Posts[0].After, bot.Line{Text: text})
		}
	}
	return reply, err
}

// save plans a subscription anew and writes it.
func (f *Feature) save(ctx context.Context, r *bot.Request, x *bot.Subscription) error {
	if err := plan(r.Change, x, r.Now); err != nil {
		return err
	}
	r.Change.Subscription = x
	if x.Member == 0 {
		r.Audit(r.Space.ID, "daily", "")
	} else if r.Member.Zone == "" && r.Change.Member == nil && x.Member == r.Member.ID && x.Wish.Zone != "" {
		m := r.Member
		m.Zone = string(x.Wish.Zone)
		r.Change.Member = &m
	}
	if err := bot.Write(ctx, f.host, r.Change); err != nil {
		return err
	}
	r.Saved = true
	return nil
}

// subscription reads the daily that is meant, and checks that this person may change it. It has no
// id where it is not there yet.
func (f *Feature) subscription(ctx context.Context, r *bot.Request, t target) (bot.Subscription, error) {
	if !t.own && r.Role < bot.ChatAdmin {
		return bot.Subscription{}, bot.Refuse(phrase.AdminsOnly)
	}
	if t.id == 0 {
		return bot.Subscription{}, nil
	}
	x, err := f.store.Subscription(ctx, t.id)
	switch {
	case bot.IsNone(err):
		return x, bot.Refuse(phrase.ButtonOver)
	case err != nil:
		return x, fmt.Errorf("subscription %d: %w", t.id, err)
	case x.Member != 0 && x.Member != r.Member.ID, x.Member == 0 && (t.own || x.Chat != r.Chat.ID):
		return x, bot.Refuse(phrase.ButtonOver)
	}
	return x, nil
}

// newSubscription fills in a daily that is not there yet, with the defaults of the place.
func (f *Feature) newSubscription(ctx context.Context, r *bot.Request, t target, x *bot.Subscription) error {
	all, err := f.store.OwnSubscriptions(ctx, r.Member.ID)
	if err != nil {
		return fmt.Errorf("dailies of member %d: %w", r.Member.ID, err)
	}
	if most := f.host.Bounds().Dailies; t.own && len(all) >= most {
		f.host.Meter().Bounded("dailies")
		return bot.Refuse(phrase.DailyTooMany, count("count", most))
	}
	chat, usual := r.Chat, r.Space.Settings.Pack
	if t.own {
		if chat, err = f.ownChat(ctx, r); err != nil {
			return err
		}
	}
	if chat.Space != r.Space.ID {
		usual = "" // of another place
	}
	row, err := f.packs.Find(ctx, chat.Space, usual)
	if err != nil {
		return err
	}
	id, err := f.store.NextID(ctx)
	if err != nil {
		return fmt.Errorf("a number for a daily: %w", err)
	}
	*x = bot.Subscription{ID: daily.SubscriptionID(id), Chat: chat.ID, Space: chat.Space, State: bot.SubscriptionOn}
	x.Wish = bot.DailyWish{Schedule: daily.Weekly(usualTime, daily.EveryDay).String(), Zone: knownZone(r, t.own), Pack: row.Pack, Questions: usualQuestions}
	if t.own {
		x.Member = r.Member.ID
	}
	return nil
}

// ownChat is where a daily of a person's own is posted: in their private chat where the platform has
// those, which they have to open first, else here.
func (f *Feature) ownChat(ctx context.Context, r *bot.Request) (bot.Chat, error) {
	if r.Input.Place.Private || !r.Limits.Personal {
		return r.Chat, nil
	}
	c, err := f.store.PrivateChat(ctx, r.Member.ID, r.Chat.Address.Platform)
	if bot.IsNone(err) {
		return c, bot.Refuse(phrase.DailyInPrivate)
	}
	if err != nil {
		return c, fmt.Errorf("private chat of member %d: %w", r.Member.ID, err)
	}
	return c, nil
}

// usualQuestions is how many questions a day has where nobody chose.
const usualQuestions = 3

// knownZone is the zone of a person or a place, "" where nobody said: it is asked for then, and
// never UTC in silence.
func knownZone(r *bot.Request, own bool) daily.Zone {
	names := []string{r.Space.Settings.Zone, r.Member.Zone, r.Input.From.Zone}
	if own {
		names = []string{r.Member.Zone, r.Input.From.Zone, r.Space.Settings.Zone}
	}
	for _, name := range names {
		if _, err := daily.Zone(name).Location(); err == nil {
			return daily.Zone(name)
		}
	}
	return ""
}

// timeNotice, zoneNotice and cronNotice say what is wrong with what somebody typed, and what to
// type instead.
func timeNotice(err error) error {
	var e *daily.TimeError
	if !errors.As(err, &e) {
		return err
	}
	id := phrase.DailyBadTime
	if e.NoSuch {
		id = phrase.DailyNoSuchTime
	}
	return bot.Refuse(id, phrase.Name("text", shortened(e.Text)))
}

func zoneNotice(err error) error {
	var e *daily.ZoneError
	if !errors.As(err, &e) {
		return err
	}
	if len(e.Meant) > 0 {
		var names []string
		for _, p := range e.Meant {
			names = append(names, p.Name)
		}
		return bot.Refuse(phrase.DailyZoneMeant, phrase.Name("text", shortened(e.Text)), phrase.List("places", names...))
	}
	return bot.Refuse(phrase.DailyBadZone, phrase.Name("text", shortened(e.Text)))
}

func cronNotice(err error) error {
	var e *daily.ExpressionError
	if !errors.As(err, &e) {
		return err
	}
	switch e.Fault {
	case daily.FaultRange:
		return bot.Refuse(phrase.CronRange, phrase.Name("part", shortened(e.Part)), count("low", e.Low), count("high", e.High))
	case daily.FaultTooOften:
		return bot.Refuse(phrase.CronTooOften, count("runs", e.Runs), count("most", e.Most))
	case daily.FaultText:
		return bot.Refuse(phrase.CronText, phrase.Name("part", shortened(e.Part)))
	case daily.FaultNever:
		return bot.Refuse(phrase.CronNever)
	}
	return bot.Refuse(phrase.CronFields)
}

// shortened is a text as it is told back.
func shortened(text string) string { return language.Cut(bot.CleanName(text), 40) }
