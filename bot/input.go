package bot

import (
	"time"

	"summitquiz/bot/phrase"
)

// Input is one thing that a person did or that happened to a chat. Exactly one of its parts
// is set.
type Input struct {
	ID    InputID
	Place Place
	From  Person    // zero for what happened to a chat
	At    time.Time // when it was received, UTC
	Away  bool      // it was sent from another chat than Place, such as by a button about it

	Command *CommandCall
	Press   *Press
	Text    *Text
	Form    *FilledForm
	Vote    *Vote
	Upload  *Upload
	Link    *Link
	Remark  *Remark
	Event   *Event
}

// What names the part that is set, for counting: "command", "press", "typed", …
func (in *Input) What() string {
	switch {
	case in.Command != nil:
		return "command"
	case in.Press != nil:
		return "press"
	case in.Text != nil:
		return "typed"
	case in.Form != nil:
		return "form"
	case in.Vote != nil:
		return "vote"
	case in.Upload != nil:
		return "upload"
	case in.Link != nil:
		return "link"
	case in.Remark != nil:
		return "remark"
	default:
		return "event"
	}
}

// Typed returns what the person typed as an answer, by whatever way: a message, a form or the
// option text of a command; "" if nothing.
func (in *Input) Typed() string {
	switch {
	case in.Text != nil:
		return in.Text.Text
	case in.Form != nil:
		return in.Form.Values["text"]
	case in.Command != nil:
		return in.Command.Options["text"]
	default:
		return ""
	}
}

// Place is a chat as its platform knows it, with what it is called now.
type Place struct {
	Platform string // as Account.Platform
	Space    string // the server, group or lobby; equal to Chat where they are one
	Chat     string // the channel, group with topic, lobby or private chat
	Title    string // shown to admins; may be empty
	Private  bool   // a chat between one person and the bot
}

// Person is who sent an input, as their platform describes them now.
type Person struct {
	User   string // the platform's id
	Name   string // as others see it; hostile text
	Admin  bool   // the platform says that they may administer the space
	Host   bool   // the platform says that they are the host of a chat that nobody administers
	Owner  bool   // the platform itself knows them as an owner; OWNERS adds to it
	Locale string // IETF tag of their client; "" if unknown
	Zone   string // IANA time zone of their client; "" if unknown
	From   string // the address that they come from, for counting; "" if unknown
}

// CommandCall is a command with its options as text, as a person sent it; the service checks it
// against the registered Command of that name.
type CommandCall struct {
	Name    string            // "quiz", "pack load"
	Options map[string]string // option name to value
	File    *File             // of the option of type file
	Target  Slot              // for a command on a post, such as a report from a message menu
}

// Press is a pressed button.
type Press struct {
	Action string // Button.Action or Option.Action, as it came back; unverified
	Slot   Slot   // the post it was on, if the platform knows
}

// Text is free text that the platform takes for an answer: a private message, a reply to a
// question, a line in the lobby.
type Text struct {
	Text   string
	To     Slot      // the post that it replies to; zero if none
	Sent   time.Time // when it was first sent, to the second; zero if the platform does not say
	Edited bool      // it changes what was sent before
}

// FilledForm is a filled Form.
type FilledForm struct {
	Action string // Form.Action
	Values map[string]string
}

// Vote is a vote in a native poll.
type Vote struct {
	Slot    Slot  // the post that holds the poll
	Options []int // chosen options in the order of the poll; empty: taken back
}

// Upload is a file that was sent without a command.
type Upload struct {
	File   File
	Places []Place // others that the person administers now: they are asked for which one it is
}

// Link is a link that led somebody here.
type Link struct {
	To string // Post.Link, a link text that a feature made, or ""
}

// Remark is something that the platform has to tell a person about what they did. It goes
// through the service to be said once, in the person's language.
type Remark struct {
	ID   phrase.ID
	Args []phrase.Arg
}

// File is a named piece of data.
type File struct {
	Name string
	Type string // media type; "" if unknown
	Data []byte
	Alt  string `json:",omitempty"` // of a picture: the same in words
}

// Event is something that happened to a chat or a space.
type Event struct {
	Kind EventKind
	To   Place // Migrated: where the chat went
}

// EventKind says what happened.
type EventKind uint8

// The events.
const (
	Joined   EventKind = iota // the bot was added to the space
	Removed                   // the bot was removed from the space, or blocked
	ChatGone                  // one chat of the space was deleted
	Migrated                  // the chat has a new id
	Barred                    // the bot may not post in the chat any more
)
