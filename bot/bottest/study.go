package bottest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/catalog"
	"summitquiz/bot/phrase"
	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// learner is a person who studies.
type learner struct {
	Actor
	t    *testing.T
	s    Stage
	lang language.Code
	told strings.Builder // what they did and saw
}

// newLearner brings a person into a private chat, or where there is none into the shared one.
func newLearner(t *testing.T, s Stage, name string, lang language.Code) *learner {
	a := s.Alone(t, name, lang)
	if a == nil {
		a = s.Enter(t, name, lang, false)
	}
	return &learner{Actor: a, t: t, s: s, lang: lang}
}

func (l *learner) say(id phrase.ID, args ...phrase.Arg) string { return says(l.lang, id, args...) }

// does does something and waits until the newest post is another one and shows some texts or buttons;
// what it shows is noted.
func (l *learner) does(what string, do func(), want ...string) {
	l.t.Helper()
	l.until(what+": "+strings.Join(want, ", "), what, do, func(c Card) bool {
		return !slices.ContainsFunc(want, func(w string) bool { return !c.has(w) })
	})
}

// has reports whether a card shows a text or a button.
func (c *Card) has(want string) bool {
	return strings.Contains(c.Text, want) || slices.Contains(c.Buttons, want)
}

// until does something and waits until the newest post with which something can be done is another one, or has
// changed, and is as it should be.
func (l *learner) until(waits, what string, do func(), is func(Card) bool) {
	l.t.Helper()
	posts, before := len(l.Screen()), show([]Card{l.newest()})
	do()
	c := Await(l.t, l, waits, func(c Card) bool {
		text := show([]Card{c})
		return text == show([]Card{l.newest()}) && (text != before || len(l.Screen()) != posts) && is(c)
	})
	fmt.Fprintf(&l.told, "» %s\n\n%s\n────\n", what, show([]Card{c}))
}

// newest is the newest post on the screen with which something can be done.
func (l *learner) newest() Card {
	for _, c := range slices.Backward(l.Screen()) {
		if len(c.Buttons) > 0 {
			return c
		}
	}
	return Card{}
}

// presses presses the button whose label begins with a text.
func (l *learner) presses(label string, want ...string) {
	l.t.Helper()
	l.does("["+label+"]", func() { l.Click(l.whole(label)) }, want...)
}

// whole is the label on the newest post that begins with a text.
func (l *learner) whole(label string) string {
	c := l.newest()
	for _, b := range append(slices.Clone(c.Options), c.Buttons...) {
		if b == label || strings.HasPrefix(language.StripIsolates(b), label+" ·") {
			return b
		}
	}
	return label
}

// commands sends a command.
func (l *learner) commands(name string, o options, want ...string) {
	l.t.Helper()
	l.does(fmt.Sprint("/", name, " ", o), command(l, name, o), want...)
}

// asked is the question that a learner has in hand.
func (l *learner) asked() quiz.View {
	l.t.Helper()
	var session struct {
		Card *struct {
			Fact content.FactID
			Hash string
			Item quiz.ItemID
			Seed uint64
		}
	}
	for id := bot.MemberID(1); id < 20 && session.Card == nil; id++ {
		learner, err := l.s.Store().Learner(l.t.Context(), id)
		if err != nil {
			l.t.Fatal(err)
		}
		if len(learner.Session) > 0 {
			if err := json.Unmarshal(learner.Session, &session); err != nil {
				l.t.Fatal(err)
			}
		}
	}
	if session.Card == nil {
		l.t.Fatal("no card is asked")
	}
	c := session.Card
	v, err := catalog.New(l.s.Store(), versions).Version(l.t.Context(), bot.PackOf(c.Fact), c.Hash)
	if err != nil {
		l.t.Fatal(err)
	}
	it, err := v.Generator.Draw(c.Item, c.Seed)
	if err != nil {
		l.t.Fatal(err)
	}
	return v.Generator.Render(it, l.lang, language.Style{})
}

// answers answers the question in hand, rightly or not.
func (l *learner) answers(right bool) {
	l.t.Helper()
	v := l.asked()
	want := l.say(phrase.AnswerIs, phrase.Text("answer", ""))
	if len(v.Options) == 0 {
		text := language.StripIsolates(v.Accepts[0])
		if !right {
			text = "?"
		}
		l.does("« "+text+" »", func() { l.types(text) }, strings.TrimSpace(want))
		return
	}
	i := v.Key
	if !right {
		i = (v.Key + 1) % len(v.Options)
	}
	l.presses(v.Labels[i], strings.TrimSpace(want))
}

// types types an answer, as the platform has it for cards: in the form behind the button, else as a
// message.
func (l *learner) types(text string) { l.Type(text) }

// Study studies for two days a good week apart and returns what the person did and saw: a choice that is
// wrong and one that is right, ratings, undo, a card that is put off, the end, a typed answer, the deck
// and the settings.
func Study(t *testing.T, s Stage, name string, lang language.Code) string {
	l := newLearner(t, s, name, lang)
	l.commands("review", options{"pack": summit, "count": "3"}, l.say(phrase.ButtonShow))
	l.answers(false)
	l.presses(l.say(phrase.RateAgain), l.say(phrase.ButtonShow))
	l.answers(true)
	l.presses(l.say(phrase.RateGood), l.say(phrase.ButtonShow))
	l.presses(l.say(phrase.ButtonUndo), l.say(phrase.StudyUndone))
	l.presses(l.say(phrase.RateEasy), l.say(phrase.ButtonShow))
	l.presses(l.say(phrase.ButtonBury), l.say(phrase.StudyBuriedNow))
	l.presses(l.say(phrase.ButtonShow), l.say(phrase.StudyShown))
	l.presses(l.say(phrase.RateEasy), l.say(phrase.StudyEnd))
	l.commands("cards", nil, l.say(phrase.DeckTitle))
	l.presses(l.say(phrase.ButtonSettings), l.say(phrase.CardsSettings))
	l.presses(l.say("opt-buttons"), l.say("choice-buttons-two"))
	s.Clock().Advance(9 * 24 * time.Hour)
	l.commands("review", options{"new": "0"}, l.say(phrase.ButtonShow))
	for range 3 {
		l.answers(true)
		knew := l.say(phrase.RateKnew)
		l.until("the next card or the end", "["+knew+"]", func() { l.Click(l.whole(knew)) }, func(c Card) bool {
			return c.has(l.say(phrase.ButtonShow)) || c.has(l.say(phrase.StudyEnd))
		})
		if strings.Contains(l.newest().Text, l.say(phrase.StudyEnd)) {
			break
		}
	}
	return l.told.String()
}

// flashcards is about flashcards.
func flashcards(t *testing.T, open func(*testing.T) Stage) {
	each(t, open, []scene{
		{"a session is studied to its end", func(t *testing.T, s Stage) {
			if got := Study(t, s, "Ada", en); !strings.Contains(got, says(en, phrase.StudyEnd)) {
				t.Errorf("it does not end:\n%s", got)
			}
		}},
		{"a rating counts once, also after a restart", func(t *testing.T, s Stage) {
			l := newLearner(t, s, "Ada", en)
			l.commands("review", options{"pack": summit}, "Show answer")
			l.answers(true)
			l.presses("Good", "Show answer")
			told(t, l, says(en, phrase.StudyMovedOn), l.Again)
			l.Repeat()
			l.answers(true)
			Restarted(t, s)
			l.commands("review", nil, "Answer: ")
			l.presses("Hard", "Show answer")
			log, err := s.Store().CardReviews(t.Context(), 1, 0, 9)
			if err != nil || len(log) != 2 {
				t.Errorf("the log is %+v, %v, want two ratings", log, err)
			}
		}},
	})
}
