// Package bottest is the suite that every platform's adapter must pass: whole games in all
// modes and languages, settings, privacy, reports and packs, played as people play them,
// through the platform's own wire.
//
// It promises that an adapter which passes shows people what the service says, brings back what
// they do exactly once, and keeps private what is private. It refuses to look behind the wall:
// it acts as members and reads what members see.
package bottest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// Stage is one platform with a service behind it and a chat in which people can act.
type Stage interface {
	// Enter brings a person into the shared chat. Their client speaks lang. An admin may
	// administer the space as far as the platform is concerned.
	Enter(t *testing.T, name string, lang language.Code, admin bool) Actor
	// Alone brings a person into a private chat with the bot, if the platform has such chats;
	// else it returns nil.
	Alone(t *testing.T, name string, lang language.Code) Actor
	// Limits are those of the platform.
	Limits() bot.Limits
	// Clock is the clock of the service.
	Clock() *Clock
	// Store is the store of the service, for looking at what was kept.
	Store() bot.Store
	// Restart ends the service and the adapter as a killed process would end, and starts new ones
	// on the same store and the same platform.
	Restart(t *testing.T)
}

// Actor is a person in a chat.
type Actor interface {
	// Command sends a command with its options and an attached file (nil: none).
	Command(name string, options map[string]string, file *bot.File)
	// Click presses the newest button that carries the label and is on the screen, or chooses
	// the option that has this label. It waits for it as a person would, and fails the test if it
	// does not come.
	Click(label string)
	// Repeat sends the last thing the person did once more, as platforms do: the same event with
	// the same id.
	Repeat()
	// Again does the last thing once more, as a new event: a button is pressed again even if it is
	// gone from the screen since, as happens when somebody is slow.
	Again()
	// Type answers the open question with a text, in the way the platform has for it.
	Type(text string)
	// Screen returns what the person sees now, oldest first.
	Screen() []Card
	// Changed returns a channel that is closed when the screen may have changed since the call.
	Changed() <-chan struct{}
}

// Card is one post as a person sees it: the text that is shown, without markup and without
// direction marks.
type Card struct {
	Private bool     // only this person sees it
	Text    string   // title, lines, options and what stands below them, a line each
	Options []string // labels of options that can be chosen
	Buttons []string // labels of other buttons
	File    *bot.File
}

// Await waits until the screen of a person fulfils a condition and returns the newest card that
// made it true. The wait is for the service to do its work; time on its clock does not pass.
func Await(t *testing.T, a Actor, what string, is func(Card) bool) Card {
	t.Helper()
	deadline := time.After(20 * time.Second)
	for {
		changed := a.Changed()
		screen := a.Screen()
		for i := len(screen) - 1; i >= 0; i-- {
			if is(screen[i]) {
				return screen[i]
			}
		}
		select {
		case <-changed:
		case <-deadline:
			t.Fatalf("waited in vain for %s; the screen is:\n%s", what, show(screen))
		}
	}
}

// Shows is the condition that a card holds all these texts.
func Shows(texts ...string) func(Card) bool {
	return func(c Card) bool {
		for _, s := range texts {
			if !strings.Contains(c.Text, s) {
				return false
			}
		}
		return true
	}
}

// Unanswered is the condition that a card is question n, counted from 0, and open.
func Unanswered(c language.Code, n, total int) func(Card) bool {
	return func(card Card) bool {
		return strings.HasPrefix(card.Text, questionTitle(c, n, total)) && slices.Contains(card.Buttons, says(c, phrase.ButtonSkip))
	}
}

// Revealed is the condition that a card is question n and over.
func Revealed(c language.Code, n, total int) func(Card) bool {
	return func(card Card) bool {
		return strings.HasPrefix(card.Text, questionTitle(c, n, total)) && slices.Contains(card.Buttons, says(c, phrase.ButtonReport))
	}
}

// Unmarked returns a text as a person sees it, without isolates and marks of direction. It panics if
// an isolate stands within another: what was said once was said again as if it were a name.
func Unmarked(s string) string {
	depth := 0
	for _, r := range s {
		switch r {
		case '\u2068':
			depth++
		case '\u2069':
			depth--
		}
		if depth > 1 {
			panic(fmt.Sprintf("an isolate within another: %q", s))
		}
	}
	return language.StripIsolates(s)
}

// Transcript is the screen of a person as text.
func Transcript(a Actor) string { return show(a.Screen()) }

func show(cards []Card) string {
	var b strings.Builder
	for _, c := range cards {
		b.WriteString("────\n")
		if c.Private {
			b.WriteString("(only you)\n")
		}
		b.WriteString(c.Text)
		b.WriteByte('\n')
		for _, o := range c.Options {
			b.WriteString("(" + o + ") ")
		}
		for _, o := range c.Buttons {
			b.WriteString("[" + o + "] ")
		}
		b.WriteByte('\n')
	}
	return b.String()
}
