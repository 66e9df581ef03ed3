package study_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"go.uber.org/goleak"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/service"
	"summitquiz/bot/store/sqlite"
	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var morning = time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC)

// school is a service with a store and a clock.
type school struct {
	t     testing.TB
	app   *bottest.App
	db    *sqlite.DB
	clock *bottest.Clock
	file  string

	platform bot.Platform
	stop     func()
	event    atomic.Int64
}

func open(t testing.TB) *school {
	s := &school{t: t, clock: bottest.NewClock(morning), file: filepath.Join(t.TempDir(), "quiz.db"), platform: plain{}}
	s.start()
	t.Cleanup(s.close)
	return s
}

func (s *school) start() {
	db, err := sqlite.Open(context.Background(), s.file, sqlite.Options{})
	if err != nil {
		s.t.Fatal(err)
	}
	s.db = db
	seed := uint64(0)
	s.app = bottest.New(s.t, service.Options{Store: db, Clock: s.clock, Key: []byte("key")}, func() uint64 { seed++; return seed })
	s.app.Attach(s.platform)
	s.stop = bottest.Run(s.t, s.app.Service)
}

func (s *school) close() {
	s.stop()
	s.db.Close()
}

// plain is a platform whose posts arrive at once and are read from the store.
type plain struct{}

func (plain) Name() string { return "plain" }
func (plain) Limits() bot.Limits {
	return bot.Limits{Text: 4000, Buttons: 5, Rows: 10, Label: 80, Private: true, Personal: true}
}
func (plain) Deliver(_ context.Context, d bot.Delivery) (bot.Ref, error) {
	return bot.Ref(d.Slot.String()), nil
}

// load loads a pack for everybody.
func (s *school) load(text string) {
	s.t.Helper()
	_, c, err := s.app.Library.Provide(context.Background(), bot.Operator, fstest.MapFS{content.PackFile: {Data: []byte(text)}}, s.clock.Now())
	if err != nil {
		s.t.Fatal(err)
	}
	if err := bot.Write(context.Background(), s.app, c); err != nil {
		s.t.Fatal(err)
	}
}

// student is a person in a private chat.
type student struct {
	*school
	place bot.Place
	who   bot.Person
	post  bot.Post // the private post that they see
	said  string   // the last short sentence
	form  *bot.Form
}

func (s *school) student(name string, lang language.Code) *student {
	user := strings.ToLower(name)
	return &student{school: s, place: bot.Place{Platform: "plain", Space: "dm-" + user, Chat: "dm-" + user, Private: true},
		who: bot.Person{User: user, Name: name, Locale: lang.String()}}
}

// at is the same person in another chat.
func (p *student) at(chat string) *student {
	q := *p
	q.place = bot.Place{Platform: "plain", Space: chat, Chat: chat, Title: chat}
	return &q
}

func (p *student) do(in bot.Input) bot.Reply {
	p.t.Helper()
	in.ID = bot.InputID(fmt.Sprintf("plain:%d", p.event.Add(1)))
	in.Place, in.From, in.At = p.place, p.who, p.clock.Now()
	r, err := p.app.Handle(context.Background(), in)
	if err != nil {
		p.t.Fatalf("%s: %v", p.who.Name, err)
	}
	switch {
	case r.Brief:
		p.said = text(r.Posts[0])
	case len(r.Posts) > 0:
		p.post, p.said = r.Posts[0], ""
	}
	if r.Form != nil {
		p.form = r.Form
	}
	return r
}

func (p *student) command(name string, options ...string) bot.Reply {
	p.t.Helper()
	call := bot.CommandCall{Name: name, Options: map[string]string{}}
	for i := 0; i+1 < len(options); i += 2 {
		call.Options[options[i]] = options[i+1]
	}
	return p.do(bot.Input{Command: &call})
}

// action is what an option or a button does whose label begins with a text.
func (p *student) action(label string) string {
	p.t.Helper()
	for _, o := range p.post.Options {
		if o.Label == label {
			return o.Action
		}
	}
	for _, row := range p.post.Buttons {
		for _, b := range row {
			if strings.HasPrefix(language.StripIsolates(b.Label), label) {
				return b.Action
			}
		}
	}
	p.t.Fatalf("nothing is called %q in\n%s", label, text(p.post))
	return ""
}

func (p *student) press(label string) { p.t.Helper(); p.send(p.action(label)) }

func (p *student) send(action string) {
	p.t.Helper()
	p.do(bot.Input{Press: &bot.Press{Action: action}})
}

func (p *student) write(s string) { p.t.Helper(); p.do(bot.Input{Text: &bot.Text{Text: s}}) }

// member is the person's id.
func (p *student) member() bot.MemberID {
	p.t.Helper()
	_, _, m, err := p.db.Enter(context.Background(), p.place, p.who, p.clock.Now())
	if err != nil {
		p.t.Fatal(err)
	}
	return m.ID
}

func (p *student) log() []bot.CardReview {
	p.t.Helper()
	log, err := p.db.CardReviews(context.Background(), p.member(), 0, 10_000)
	if err != nil {
		p.t.Fatal(err)
	}
	return log
}

func (p *student) cards() []bot.Card {
	p.t.Helper()
	cards, err := p.db.Cards(context.Background(), p.member(), "")
	if err != nil {
		p.t.Fatal(err)
	}
	return cards
}

func (p *student) today() quiz.Day { return quiz.PersonalDay(p.clock.Now(), time.UTC) }

// shows fails the test unless the post, or the last short sentence, holds a text.
func (p *student) shows(wants ...string) {
	p.t.Helper()
	for _, want := range wants {
		if all := text(p.post) + "\n" + p.said; !strings.Contains(all, want) {
			p.t.Errorf("%q is missing in\n%s", want, all)
		}
	}
}

// text is a post as it is read.
func text(p bot.Post) string {
	var b strings.Builder
	b.WriteString(p.Title + "\n")
	for _, l := range p.Body {
		b.WriteString(l.Text + "\n")
	}
	for _, o := range p.Options {
		fmt.Fprintf(&b, "%s %s", o.Label, o.Text)
		if o.State == bot.OptionKey {
			b.WriteString(" ✓")
		}
		b.WriteString("\n")
	}
	for _, l := range p.After {
		b.WriteString(l.Text + "\n")
	}
	for _, row := range p.Buttons {
		for i, x := range row {
			if i > 0 {
				b.WriteString(" ")
			}
			if x.Style == bot.MainButton {
				b.WriteString("[[" + x.Label + "]]")
			} else {
				b.WriteString("[" + x.Label + "]")
			}
		}
		b.WriteString("\n")
	}
	return language.StripIsolates(b.String())
}

// rivers is a pack of cards.
func rivers(n int) string {
	var b strings.Builder
	b.WriteString("pack: rivers\nversion: 1.0.0\nlanguages: [en]\ntitle: Rivers\ncards:\n")
	for i := range n {
		fmt.Fprintf(&b, "  - {id: r%d, ask: Which river is number %d?, answer: River %s, not: [River Alpha, River Beta, River Gamma]}\n",
			i, i, strings.Repeat("x", i+1))
	}
	return b.String()
}
