package bot

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"summitquiz/content/language"
)

// Post is what the bot says, in a chat or to one person. It is data: a platform gives it its form
// and escapes every text. Texts that come from packs and people are isolated already and hold no
// control characters. Posts are stored as JSON under these field names.
type Post struct {
	Kind    PostKind      `json:"kind"`
	Lang    language.Code `json:"lang"`
	Title   string        `json:"title,omitempty"` // one line
	Body    []Line        `json:"body,omitempty"`
	Options []Option      `json:"options,omitempty"` // of a question, in drawn order
	After   []Line        `json:"after,omitempty"`   // stands below the options
	Buttons [][]Button    `json:"buttons,omitempty"`

	// A question that is open: Open counts from the moment of delivery, Until is the end once
	// that moment is known. Both zero: no countdown.
	Open  time.Duration `json:"open,omitempty"`
	Until time.Time     `json:"until,omitzero"`

	Answerable bool   `json:"answerable,omitempty"` // a typed answer is expected
	Poll       *Poll  `json:"poll,omitempty"`       // only for platforms and chats with native polls
	File       *File  `json:"file,omitempty"`
	Link       string `json:"link,omitempty"` // Link.To for others to play the same, on platforms that have links

	// Where a platform has threads: Thread is the title of the one that opens below this post
	// or, with Under, below the post in that slot, and holds this one.
	Thread string `json:"thread,omitempty"`
	Under  Slot   `json:"under,omitzero"`

	TitleNames bool `json:"title-names,omitempty"` // its title names the chat that it is about

	Also []Post `json:"also,omitempty"` // the same in other languages, for platforms that can choose
}

// In returns the post in a language, where there is one.
func (p Post) In(c language.Code) Post {
	for _, other := range p.Also {
		if other.Lang == c {
			return other
		}
	}
	p.Also = nil
	return p
}

// FullText is the whole post as a text file, for what a platform's message cannot hold.
func (p Post) FullText() File {
	var b strings.Builder
	write := func(s string) {
		if s != "" {
			b.WriteString(language.StripIsolates(s) + "\n")
		}
	}
	write(p.Title)
	for _, l := range p.Body {
		write(l.Text)
	}
	for _, o := range p.Options {
		write(o.Label + " " + o.Text)
	}
	for _, l := range p.After {
		write(l.Text)
	}
	return File{Name: "full-text.txt", Type: "text/plain; charset=utf-8", Data: []byte(b.String())}
}

// PostKind is what a post is.
type PostKind string

// The kinds of posts.
const (
	NoticePost   PostKind = "notice"   // a sentence or two
	StartPost    PostKind = "start"    // the start card of a game
	QuestionPost PostKind = "question" // an open question
	RevealPost   PostKind = "reveal"   // the same question, closed and explained
	BoardPost    PostKind = "board"    // a board, or the end of a game
	CardPost     PostKind = "card"     // settings, help, packs, statistics: a titled list
)

// Line is one paragraph. Its text is one line; a platform breaks long ones.
type Line struct {
	Text  string    `json:"text"`
	Style LineStyle `json:"style,omitempty"`
	Who   []Mention `json:"who,omitempty"` // whom it names, in the order of their names
}

// Numbered reports whether the line begins with a number, which is bullet enough.
func (l Line) Numbered() bool {
	first, _ := utf8.DecodeRuneInString(language.StripIsolates(l.Text))
	return unicode.IsDigit(first)
}

// LineStyle is how a line stands out.
type LineStyle string

// The styles of lines. The zero style is plain.
const (
	Plain  LineStyle = ""
	Strong LineStyle = "strong" // the question, the answer
	Quiet  LineStyle = "quiet"  // sources, hints on use
	Quote  LineStyle = "quote"  // evidence
	Bullet LineStyle = "item"   // one of a list
	Code   LineStyle = "code"   // to be copied: the share line, a report of the linter; may hold line breaks
)

// Option is one option of a question.
type Option struct {
	Label  string      `json:"label"` // A, أ, 1
	Text   string      `json:"text"`
	Action string      `json:"action,omitempty"` // "" when it cannot be chosen
	State  OptionState `json:"state,omitempty"`
	Picks  int         `json:"picks,omitempty"` // how many chose it; only when closed
	Count  string      `json:"count,omitempty"` // the same as people read it
}

// OptionState is how an option is shown.
type OptionState string

// The states of options. The zero state is open.
const (
	OptionOpen   OptionState = ""
	OptionStruck OptionState = "struck" // taken away by a hint
	OptionKey    OptionState = "key"    // the right one, after the reveal
	OptionWrong  OptionState = "wrong"  // another one, after the reveal
)

// Button is one button.
type Button struct {
	Label  string      `json:"label"`
	Action string      `json:"action"` // at most 64 bytes of ASCII, signed
	Style  ButtonStyle `json:"style,omitempty"`
	At     *Place      `json:"at,omitempty"` // where it is pressed, whatever chat it stands in; nil: there
}

// ButtonStyle is how a button stands out.
type ButtonStyle string

// The styles of buttons.
const (
	PlainButton  ButtonStyle = ""
	MainButton   ButtonStyle = "main"
	DangerButton ButtonStyle = "danger"
)

// Poll is a question as a native quiz poll, which shows the key to whoever has voted.
type Poll struct {
	Question    string   `json:"question"`
	Options     []string `json:"options"`
	Key         int      `json:"key"`
	Explanation string   `json:"explanation"`

	// Open is how long it takes votes. The question is open for longer by what votes may be on
	// their way.
	Open   time.Duration `json:"open,omitempty"`
	Closed bool          `json:"closed,omitempty"` // in an edit: close the poll
	Quiet  bool          `json:"quiet,omitempty"`  // when it is closed, another post tells the result
}

// Form asks one person for text.
type Form struct {
	Action string
	Lang   language.Code
	Title  string
	Fields []Field
	Submit string // label of the button
}

// Field is one field of a form.
type Field struct {
	Name        string
	Label       string
	Placeholder string
	Max         int  // UTF-16 code units
	Long        bool // several lines
	Required    bool
}

// Reply is what one person gets in answer to an input, and nobody else. All parts may be
// empty: then the platform acknowledges silently.
type Reply struct {
	Posts  []Post
	Form   *Form // asks for text; Posts is empty then
	Update bool  // the first post replaces the private post whose button was pressed
	Brief  bool  // the first post is one short sentence that may be shown in passing
	Said   bool  // the whole chat reads it in a post that follows: said only where the input needs an answer
	To     Ref   // a post in the chat that the reply points at; "": none
	Gone   bool  // the person was deleted: the platform drops what it holds of them
}

// Say returns a reply of one sentence.
func Say(c language.Code, text string) Reply {
	return Reply{Posts: []Post{{Kind: NoticePost, Lang: c, Body: []Line{{Text: text}}}}, Brief: true}
}
