package daily

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/quiz"
	"summitquiz/quiz/daily"
)

// ReminderKind is the kind of the due work of reminders, by member, and of the reminders themselves.
const ReminderKind bot.Kind = "daily-reminder"

// remindPart is the slot of a reminder; Slot.N is the member's day.
const remindPart = "remind"

// setReminders switches on or off that a member is reminded, before their day ends, of a daily that
// they have not answered. Reminders come where only they see them. set is the zone that comes with them,
// if any.
func (f *Feature) setReminders(ctx context.Context, r *bot.Request, x *bot.MemberStreak, on bool, set daily.Zone) (string, error) {
	key := bot.DueKey{Kind: ReminderKind, ID: int64(r.Member.ID)}
	if !on {
		x.Remind = 0
		r.Change.Undue = append(r.Change.Undue, key)
		return r.Say(phrase.DailyRemindersOff), nil
	}
	chat := r.Chat
	if !r.Input.Place.Private && !ownHere(&r.Limits) {
		var err error
		if chat, err = f.store.PrivateChat(ctx, r.Member.ID, r.Chat.Address.Platform); bot.IsNone(err) {
			return "", bot.Refuse(phrase.RemindPrivate)
		} else if err != nil {
			return "", fmt.Errorf("private chat of member %d: %w", r.Member.ID, err)
		}
	}
	name := cmp.Or(daily.Zone(r.Member.Zone), set, knownZone(r, true))
	if name == "" {
		return "", bot.Refuse(phrase.DailyRemindZone)
	}
	zone, err := name.Location()
	if err != nil {
		return "", fmt.Errorf("zone of member %d: %w", r.Member.ID, err)
	}
	if r.Member.Zone == "" {
		m := r.Member
		m.Zone = string(name)
		r.Change.Member = &m
	}
	x.Remind = chat.ID
	at := daily.ReminderAt(r.Now, zone)
	r.Change.Due = append(r.Change.Due, bot.Due{Key: key, At: at})
	return r.Say(phrase.DailyRemindersOn, timeArg(r.Local, daily.WallOf(at, zone).Time)), nil
}

// remind reminds a member whose day ends soon of what they have not answered, and plans the next time.
func (f *Feature) remind(ctx context.Context, key bot.DueKey) (*bot.Change, error) {
	now, id := f.host.Now(), bot.MemberID(key.ID)
	c := &bot.Change{At: now, Undue: []bot.DueKey{key}}
	x, err := f.memberStreak(ctx, id)
	if err != nil || x.Remind == 0 {
		return c, err
	}
	who, err := f.store.Member(ctx, id)
	if bot.IsNone(err) {
		return c, nil
	}
	if err != nil {
		return nil, fmt.Errorf("member %d: %w", id, err)
	}
	chat, err := f.store.Chat(ctx, x.Remind)
	if bot.IsNone(err) {
		return c, nil
	}
	if err != nil {
		return nil, fmt.Errorf("chat %d: %w", x.Remind, err)
	}
	zone, err := daily.Zone(who.Zone).Location()
	if err != nil {
		return c, nil // a zone that this program does not know any more
	}
	c.Undue, c.Due = nil, []bot.Due{{Key: key, At: daily.ReminderAt(now, zone)}}
	today := quiz.PersonalDay(now, zone)
	if daily.ReminderAt(now.Add(-daily.RemindBefore), zone).After(now) || x.Streak.Played > 0 && x.Streak.Last >= today {
		return c, nil // the day ends later, as they have moved, or has ended while nothing ran; or they have answered
	}
	space, err := f.store.Space(ctx, chat.Space)
	if err != nil {
		return nil, fmt.Errorf("space %d: %w", chat.Space, err)
	}
	o, spoken, err := f.unfinished(ctx, &x, now)
	if err != nil || o == nil || !space.Gone.IsZero() {
		return c, err
	}
	local := phrase.Localizer{Lang: bot.LanguageOf(who, space, spoken), Style: bot.StyleOf(who, space)}
	p, err := f.reminder(ctx, &x, local, today)
	if err != nil {
		return nil, err
	}
	play := bot.Payload{Action: "dplay", Args: []uint64{uint64(o.session.ID)}}
	p.Buttons = [][]bot.Button{{{Label: local.Say(phrase.ButtonDailyPlay), Style: bot.MainButton, Action: f.host.Sign(chat.Audience(), play)}}}
	send := bot.Send{Op: bot.New, Slot: reminderSlot(id, today), Chat: chat.ID, Post: p, Class: bot.BulkClass}
	if !chat.Address.Private {
		send.To = id
	}
	c.Sends = []bot.Send{send}
	return c, nil
}

func reminderSlot(m bot.MemberID, day quiz.Day) bot.Slot {
	return bot.Slot{Kind: ReminderKind, ID: int64(m), Part: remindPart, N: int(day)}
}

// reminderOf is the reminder that a member got today, or yesterday of a daily that they still play,
// where it stands in the chat of their session: it shows them what the day's post does.
func (f *Feature) reminderOf(ctx context.Context, r *bot.Request, p *player) (bot.Slot, bool, error) {
	today, began := quiz.PersonalDay(r.Now, r.Zone()), quiz.PersonalDay(p.session.Started, r.Zone())
	for day := today; day >= max(began, today-1); day-- {
		at := reminderSlot(p.member, day)
		switch _, err := f.store.RefOf(ctx, at); {
		case bot.IsNone(err):
		case err != nil:
			return at, false, fmt.Errorf("reminder of member %d: %w", p.member, err)
		default:
			x, err := f.memberStreak(ctx, p.member)
			return at, x.Remind == p.session.Chat, err
		}
	}
	return bot.Slot{}, false, nil
}

// unfinished is a daily that is open for a member and has questions that they have not answered: one of
// their own, or one in a chat where they are reminded or answered when they last played; nil: none. It
// tells in which language they did, as far as it knows.
func (f *Feature) unfinished(ctx context.Context, x *bot.MemberStreak, now time.Time) (o *open, spoken string, err error) {
	chats := []bot.ChatID{x.Remind}
	own, err := f.store.OwnSubscriptions(ctx, x.Member)
	if err != nil {
		return nil, "", fmt.Errorf("dailies of member %d: %w", x.Member, err)
	}
	for i := range own {
		chats, spoken = append(chats, own[i].Chat), own[i].Wish.Hint
	}
	for day := x.Streak.Last - 1; x.Streak.Played > 0 && day <= x.Streak.Last+1; day++ { // dates differ by a day at most from somebody's own
		answers, err := f.store.DailyAnswers(ctx, x.Member, day)
		if err != nil {
			return nil, "", fmt.Errorf("answers of member %d: %w", x.Member, err)
		}
		for i := range answers {
			if chats = append(chats, answers[i].Chat); spoken == "" {
				spoken = answers[i].Lang.String()
			}
		}
	}
	slices.Sort(chats)
	for _, chat := range slices.Compact(chats) {
		live, err := f.store.LiveFor(ctx, Kind, chat, x.Member)
		if err != nil {
			return nil, "", fmt.Errorf("dailies open in chat %d: %w", chat, err)
		}
		for i := range live {
			o, err := f.load(ctx, live[i].ID)
			if err != nil {
				return nil, "", err
			}
			p, err := f.player(ctx, o, x.Member, o.local())
			if err != nil {
				return nil, "", err
			}
			if _, some := p.next(); some && now.Before(o.script.Closes) {
				return o, spoken, nil
			}
		}
	}
	return nil, spoken, nil
}

// reminder says until when the day can still be answered, and which streak goes on with that. It does
// not say what is lost without.
func (f *Feature) reminder(ctx context.Context, x *bot.MemberStreak, local phrase.Localizer, today quiz.Day) (bot.Post, error) {
	var body lines
	body.add(local.Say(phrase.DailyReminder, timeArg(local, daily.At(quiz.Rollover, 0))), bot.Plain)
	shown, err := f.shows(ctx, x, false)
	if err != nil {
		return bot.Post{}, err
	}
	if days, _ := x.Streak.On(today); shown && days > 0 {
		body.add(local.Say(phrase.DailyReminderStreak, count("days", days+1)), bot.Plain)
	}
	body.add(local.Say(phrase.DailyReminderHow), bot.Quiet)
	return bot.Post{Kind: bot.NoticePost, Lang: local.Lang, Body: body}, nil
}
