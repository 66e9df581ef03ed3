package study_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/catalog"
	"summitquiz/bot/phrase"
	"summitquiz/content"
	"summitquiz/quiz"
	"summitquiz/quiz/flashcard"
	"summitquiz/quiz/grade"
)

// pack is the active version of a pack.
func (s *school) pack(t *testing.T, id content.PackID) *content.Pack {
	t.Helper()
	c := catalog.New(s.db, catalog.NewVersions())
	row, err := c.Find(context.Background(), 0, string(id))
	if err != nil {
		t.Fatal(err)
	}
	v, err := c.Version(context.Background(), row.Pack, row.Hash)
	if err != nil {
		t.Fatal(err)
	}
	return v.Pack
}

// played writes an answer of a game.
func (p *student) played(fact string, right bool, session bot.SessionID, more ...func(*bot.Answer)) {
	p.t.Helper()
	a := bot.Answer{Session: session, Question: int(p.event.Add(1)), Member: p.member(), Platform: "plain", Pack: bot.PackOf(content.FactID(fact)),
		Item: quiz.ItemID(fact + "/choice/answer"), Options: 4, Final: true, At: p.clock.Now(), Day: int(p.today()), Took: time.Second}
	if right {
		a.Mark = grade.Right
	}
	for _, f := range more {
		f(&a)
	}
	if err := p.db.Write(&bot.Change{At: a.At, Answers: []bot.Answer{a}})(context.Background()); err != nil {
		p.t.Fatal(err)
	}
}

// TestAnswersFeedMemoryOnceAgreed plays before and after consent.
func TestAnswersFeedMemoryOnceAgreed(t *testing.T) {
	s := open(t)
	s.load(rivers(20))
	p := s.student("Ada", en)
	p.played("rivers/r0", false, 1)
	p.command("cards")
	if len(p.cards()) != 0 {
		t.Fatal("answers fed memory without consent")
	}
	p.command("cards", "games", "yes")
	p.command("cards")
	if len(p.cards()) != 0 {
		t.Fatal("answers from before the consent were taken")
	}
	p.played("rivers/r1", false, 1)
	p.played("rivers/r2", true, 1)
	p.played("rivers/r3", true, 1, func(a *bot.Answer) { a.Hinted = true })
	p.played("rivers/r4", true, 1, func(a *bot.Answer) { a.Try = 1 })
	p.played("rivers/r5", true, 5, func(a *bot.Answer) { a.Question = 1 })
	if err := s.db.Write(&bot.Change{At: morning, Void: []bot.Void{{Session: 5, Question: 1}}})(context.Background()); err != nil {
		t.Fatal(err)
	}
	p.played("rivers/r6", true, 1, func(a *bot.Answer) { a.Final = false })
	p.played("rivers/r1", true, 1) // the second one of that day
	p.command("cards")
	p.shows("New today: 10") // met in a game, they use up none
	got := map[content.FactID]flashcard.Rating{}
	for _, r := range p.log() {
		if got[r.Before.Fact] != 0 {
			t.Errorf("%s was rated twice on a day", r.Before.Fact)
		}
		got[r.Before.Fact] = r.Review.Rating
	}
	want := map[content.FactID]flashcard.Rating{"rivers/r1": flashcard.Again, "rivers/r2": flashcard.Good, "rivers/r3": flashcard.Hard, "rivers/r4": flashcard.Hard}
	for f, r := range want {
		if got[f] != r {
			t.Errorf("%s was rated %v, want %v", f, got[f], r)
		}
	}
	if len(got) != len(want) {
		t.Errorf("the ratings are %v", got)
	}
	p.command("cards")
	if len(p.log()) != len(want) {
		t.Error("answers were taken twice")
	}
	s.clock.Advance(24 * time.Hour)
	p.played("rivers/r1", true, 2)
	p.command("cards")
	if log := p.log(); len(log) != len(want)+1 || log[len(want)].Review.Rating != flashcard.Good || log[len(want)].Answer == 0 {
		t.Errorf("on the next day the log is %+v", log)
	}
	p.command("cards", "games", "no")
	p.played("rivers/r9", true, 2)
	p.command("cards")
	if len(p.cards()) != len(want) {
		t.Error("answers fed memory after the consent was taken back")
	}
}

// TestAGameInPrivateAsksOnce plays two games and looks at what the bot posts.
func TestAGameInPrivateAsksOnce(t *testing.T) {
	s := open(t)
	s.load(rivers(8))
	p := s.student("Ada", en)
	p.game(1)
	p.await(func() bool { return len(p.asked()) == 1 }, "being asked")
	p.post = p.asked()[0]
	p.press("Yes")
	p.shows(say(phrase.ConsentYes))
	p.game(1)
	p.await(func() bool { return len(p.log()) == 1 }, "the game's answer to be taken in by itself")
	if ask := p.asked(); len(ask) != 1 {
		t.Errorf("they were asked %d times", len(ask))
	}
}

// lasting is a platform without private chats that shows things to one person that stay.
type lasting struct{ plain }

func (lasting) Limits() bot.Limits {
	l := plain{}.Limits()
	l.Personal, l.Lasting = false, true
	return l
}

// TestAGameInARoomAsksItsPlayerAlone plays where there are no private chats.
func TestAGameInARoomAsksItsPlayerAlone(t *testing.T) {
	s := open(t)
	s.close()
	s.platform = lasting{}
	s.start()
	s.load(rivers(8))
	p, ben := s.student("Ada", en).at("lobby"), s.student("Ben", en).at("lobby")
	p.game(1)
	p.await(func() bool { return len(p.asked()) == 1 }, "being asked")
	if ask := ben.asked(); len(ask) != 0 {
		t.Errorf("somebody else is asked too: %+v", ask)
	}
	p.post = p.asked()[0]
	p.press("Yes")
	p.shows(say(phrase.ConsentYes))
}

// await waits for the service to do its work.
func (p *student) await(is func() bool, what string) {
	p.t.Helper()
	late := time.After(20 * time.Second)
	for !is() {
		select {
		case <-late:
			p.t.Fatalf("waited in vain for %s", what)
		case <-time.After(time.Millisecond):
		}
	}
}

// posts are the public posts of the person's chat.
func (p *student) posts() []bot.Send {
	p.t.Helper()
	_, chat, m, err := p.db.Enter(context.Background(), p.place, p.who, p.clock.Now())
	if err != nil {
		p.t.Fatal(err)
	}
	out, err := p.db.Posts(context.Background(), chat.ID, m.ID, 100)
	if err != nil {
		p.t.Fatal(err)
	}
	return out
}

func (p *student) asked() (out []bot.Post) {
	for _, s := range p.posts() {
		if s.Slot.Part == "ask" {
			out = append(out, s.Post)
		}
	}
	return out
}

// game plays a game of one question, by whoever answers first, and waits until its answers were looked at.
func (p *student) game(questions int) bot.Post {
	p.t.Helper()
	p.command("quiz", "questions", "1", "kind", "choice")
	n := 0
	for _, s := range p.posts() {
		if s.Slot.Part == "end" {
			n++
		}
	}
	var end bot.Post
	p.await(func() bool {
		ends := 0
		for _, s := range p.posts() {
			if s.Slot.Part == "question" && len(s.Post.Options) > 0 && s.Post.Options[0].Action != "" && s.State == bot.SendDone {
				p.send(s.Post.Options[0].Action)
			}
			if s.Slot.Part == "end" {
				end = s.Post
				ends++
			}
		}
		p.clock.Advance(time.Second)
		return ends > n
	}, "a game")
	return end
}

// TestMissesAreReviewed presses the button under the end of a game.
func TestMissesAreReviewed(t *testing.T) {
	s := open(t)
	s.load(rivers(8))
	p := s.student("Ada", en)
	for {
		p.post = p.game(1)
		if strings.Contains(text(p.post), "0 of 1 right") {
			break
		}
		p.press(say(phrase.ButtonMisses))
		p.shows(say(phrase.StudyNoMisses))
	}
	if !strings.Contains(text(p.post), say(phrase.ButtonMisses)) {
		t.Fatalf("there is no button under\n%s", text(p.post))
	}
	missed := ""
	for _, l := range p.post.After {
		if strings.HasPrefix(l.Text, "Which river") {
			missed = l.Text
		}
	}
	ben := s.student("Ben", en)
	ben.place = p.place
	ben.post = p.post
	ben.press(say(phrase.ButtonMisses))
	ben.shows(say(phrase.DidNotPlay))
	p.press(say(phrase.ButtonMisses))
	p.shows(missed)
}

// TestAFactThatVanishedOrChanged loads a new version of a pack.
func TestAFactThatVanishedOrChanged(t *testing.T) {
	s := open(t)
	s.load(rivers(3))
	p := s.student("Ada", en)
	p.command("review")
	p.learn(3, "Easy")
	before := p.cards()
	changed := strings.Replace(rivers(2), "River xx,", "River xxq,", 1)
	s.load(strings.Replace(changed, "1.0.0", "1.1.0", 1))
	p.command("cards")
	p.shows("Due now: 1 card", "No longer in their packs: 1")
	p.press("Review")
	p.shows(say(phrase.StudyChanged), "Which river is number 1?")
	p.answer(true)
	p.shows("River xxq")
	p.press("Good")
	p.shows(say(phrase.StudyEnd))
	after := p.cards()
	if after[0].Memory != before[0].Memory || after[0].Changed || after[1].Changed || !after[2].Retired {
		t.Errorf("the cards are %+v", after)
	}
	s.load(strings.Replace(rivers(3), "1.0.0", "1.2.0", 1))
	p.command("cards")
	if after := p.cards(); after[2].Retired || after[2].Changed {
		t.Errorf("the fact came back, and the card is %+v", after[2])
	}
}

// TestAReminderComesOnlyIfSomethingIsDue lets days pass.
func TestAReminderComesOnlyIfSomethingIsDue(t *testing.T) {
	s := open(t)
	s.load(rivers(3))
	p := s.student("Ada", en)
	reminders := func() (n int) {
		for _, s := range p.posts() {
			if s.Slot.Part == "remind" {
				n++
			}
		}
		return n
	}
	p.at("group").command("cards", "remind", "07:30")
	p.command("cards", "remind", "07:30")
	p.shows("07:30")
	due := func() time.Time {
		at, ok, err := s.db.Next(context.Background(), []bot.Kind{"study"})
		if err != nil || !ok {
			t.Fatal("no reminder is planned")
		}
		return at
	}
	if want := morning.Add(23*time.Hour + 30*time.Minute); !due().Equal(want) {
		t.Fatalf("the reminder is planned for %v, want %v", due(), want)
	}
	next := due()
	s.clock.Advance(24 * time.Hour)
	p.await(func() bool { return due().After(next) && due().Sub(s.clock.Now()) <= 24*time.Hour }, "the next reminder")
	if reminders() != 0 {
		t.Error("a reminder came with nothing due")
	}
	p.command("review")
	p.learn(3, "Good")
	s.clock.Advance(48 * time.Hour)
	p.await(func() bool { return reminders() == 1 }, "a reminder")
	p.command("cards", "remind", "off")
	if _, ok, _ := s.db.Next(context.Background(), []bot.Kind{"study"}); ok {
		t.Error("a reminder is planned that was switched off")
	}
}

func TestSettingsRefuseWhatCannotBe(t *testing.T) {
	s := open(t)
	s.load(rivers(3))
	p := s.student("Ada", en)
	for _, tc := range []struct{ option, value, want string }{
		{"retention", "0.5", "70 to 97"}, {"retention", "50", "70 to 97"}, {"retention", "98", "70 to 97"}, {"new", "-1", "0 to 200"},
		{"steps", "24h", say(phrase.StepsBad)}, {"steps", "1d", say(phrase.StepsBad)}, {"steps", "1m 1440m", say(phrase.StepsBad)}, {"steps", "0s", say(phrase.StepsBad)},
		{"retention", "0,5", "70 to 97"}, {"retention", "69", "70 to 97"}, {"steps", "x", say(phrase.StepsBad)}, {"steps", "1m 1m 1m 1m 1m 1m 1m 1m 1m 1m 1m", say(phrase.StepsBad)},
		{"remind", "25:00", say(phrase.RemindBad)}, {"remind", "soon", say(phrase.RemindBad)},
	} {
		p.command("cards", tc.option, tc.value)
		p.shows(tc.want)
	}
	l, err := s.db.Learner(context.Background(), p.member())
	if err != nil || l.Version != 0 {
		t.Errorf("a refusal changed %+v, %v", l, err)
	}
	p.command("cards", "retention", "97")
	p.shows("97%", "the reviews pile up")
	p.command("cards", "retention", "70")
	p.shows("70%", "much is forgotten")
	p.command("cards", "buttons", "two")
	p.command("review")
	p.answer(true)
	p.shows("[Forgot · 1 min] [[Knew · 10 min]]")
	p.press("Knew")
	if p.log()[0].Review.Rating != flashcard.Good {
		t.Errorf("the log is %+v", p.log())
	}
}

// TestAllPacksCanBeSwitchedOff turns the pages of the settings and switches off a pack on the second.
func TestAllPacksCanBeSwitchedOff(t *testing.T) {
	s := open(t)
	for i := range 8 {
		name, title := fmt.Sprintf("pack: rivers-%d\n", i), fmt.Sprintf("title: Rivers %d\n", i)
		s.load(strings.Replace(strings.Replace(rivers(3), "pack: rivers\n", name, 1), "title: Rivers\n", title, 1))
	}
	p := s.student("Ada", en)
	p.command("cards")
	p.press("Settings")
	p.shows("[Rivers 0: on] [Rivers 1: on]", "[Rivers 4: on] [Rivers 5: on]\n[More packs] [My cards]")
	p.press("More packs")
	p.shows("[Rivers 6: on] [Rivers 7: on]\n[Back] [My cards]")
	p.press("Rivers 7")
	p.shows("Rivers 7: off", "[Rivers 6: on] [Rivers 7: off]\n[Back]")
	p.press("Back")
	p.shows("Rivers 7: off", "[Rivers 0: on]", "[More packs] [My cards]")
	p.press("More packs")
	p.press("Rivers 7")
	p.shows("[Rivers 6: on] [Rivers 7: on]")
}
