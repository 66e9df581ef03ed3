package bot

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"summitquiz/bot/phrase"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// Command is one command of a feature. What is registered feeds every platform's menus and /help.
// Its description is the phrase "cmd-" + Name, that of an option "opt-" + option name.
type Command struct {
	Name    string // Latin, lower case; of a subcommand "pack load"
	Options []OptionSpec
	Who     Role
	Where   Where
	Order   int  // its place in menus and help, ascending
	Own     bool // it is about the person, wherever they ask
	Answer  bool // where its feature has nothing open, its option text is an answer for another one
	Run     Handler
}

// Handler answers one request. What it puts into r.Change is written with the request's id, all
// at once, before the reply is given.
type Handler func(ctx context.Context, r *Request) (Reply, error)

// OptionSpec is one option of a command.
type OptionSpec struct {
	Name     string
	Type     OptionType
	Min, Max int      // Int: bounds; Text: Max UTF-16 code units
	Choices  []string // Choice: values; each is called by the phrase "choice-" + option + "-" + value
	Required bool
}

// OptionType is the type of an option.
type OptionType uint8

// The types of options.
const (
	TextOption    OptionType = iota
	IntOption                // within Min and Max
	ChoiceOption             // one of Choices
	PackOption               // a pack's name; suggestions come from the service
	VersionOption            // a version of the pack named by the option before it
	FileOption               // CommandCall.File
)

// Role says who may do something. Each role includes those before it.
type Role uint8

// The roles.
const (
	AnyMember Role = iota
	ChatAdmin      // who may administer the space
	PackOwner      // who may load packs for everybody
)

// Where says in which chats a command is offered.
type Where uint8

// The places.
const (
	Anywhere   Where = iota
	SharedOnly       // not in private chats
)

// Description says what the command does.
func (c *Command) Description(l language.Code) string {
	return phrase.Say(l, phrase.ID("cmd-"+strings.ReplaceAll(c.Name, " ", "-")))
}

// Option returns an option by name; nil if there is none.
func (c *Command) Option(name string) *OptionSpec {
	for i := range c.Options {
		if c.Options[i].Name == name {
			return &c.Options[i]
		}
	}
	return nil
}

// Description says what the option is for.
func (o *OptionSpec) Description(l language.Code) string {
	return phrase.Say(l, phrase.ID("opt-"+o.Name))
}

// ChoiceName is what people read for a choice.
func (o *OptionSpec) ChoiceName(l language.Code, value string) string {
	return phrase.Say(l, phrase.ID("choice-"+o.Name+"-"+value))
}

// Check returns the options of a call, or a Notice that names the first one that is wrong and
// what it takes.
func (c *Command) Check(call *CommandCall) (Values, error) {
	out := Values{}
	given := map[string]string{}
	for name, value := range call.Options {
		name = strings.ToLower(PlainText(name))
		if given[name] = value; c.Option(name) == nil {
			return nil, Refuse(phrase.UnknownOption, phrase.Name("option", language.Cut(CleanName(name), 40)), phrase.Name("command", "/"+c.Name))
		}
	}
	for i := range c.Options {
		o := &c.Options[i]
		value := o.plain(given[o.Name])
		if value == "" && o.Type != FileOption {
			if o.Required {
				return nil, Refuse(phrase.OptionMissing, phrase.Name("option", o.Name), phrase.Name("command", "/"+c.Name))
			}
			continue
		}
		if err := o.check(value, call.File); err != nil {
			return nil, err
		}
		out[o.Name] = value
	}
	return out, nil
}

func (o *OptionSpec) check(value string, file *File) error {
	switch o.Type {
	case IntOption:
		if n, err := strconv.Atoi(value); err != nil || n < o.Min || n > o.Max {
			return Refuse(phrase.OutOfRange, phrase.Name("option", o.Name), phrase.Count("min", o.Min), phrase.Count("max", o.Max))
		}
	case ChoiceOption:
		if slices.Contains(o.Choices, value) {
			return nil
		}
		return Refuse(phrase.NotAChoice, phrase.Name("option", o.Name), phrase.List("choices", o.Choices...))
	case FileOption:
		if o.Required && file == nil {
			return Refuse(phrase.FileMissing)
		}
	default:
		if language.Length(value) > o.Max {
			return Refuse(phrase.TextTooLong, phrase.Name("option", o.Name), phrase.Count("max", o.Max))
		}
	}
	return nil
}

// Values are the checked options of a command.
type Values map[string]string

// Has reports whether an option was given.
func (v Values) Has(name string) bool { return v[name] != "" }

// Menu is what a person can use in a chat.
type Menu struct {
	Lang     language.Code // in which they are spoken to
	Commands CommandList   // in the order of help
}

// CommandList holds commands in the order of menus and help.
type CommandList []*Command

// Find returns a command by name; nil if there is none.
func (l CommandList) Find(name string) *Command {
	for _, c := range l {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// Parse reads a command as people type it: a slash, its name, and options as name:value, in any
// order; a value goes on to the next option. What stands before all options is the value of the
// first one, so that /answer 70 trillion won and /language ko do what they look like. It reports
// false for a line that is no command; the service checks names and values.
func (l CommandList) Parse(line string) (CommandCall, bool) {
	line = PlainText(line)
	rest, ok := strings.CutPrefix(line, "/")
	if !ok {
		if rest, ok = strings.CutPrefix(line, "／"); !ok { // as Chinese and Korean keyboards write it
			return CommandCall{}, false
		}
	}
	words := strings.Fields(rest)
	if len(words) == 0 {
		return CommandCall{}, false
	}
	spec, used := l.longest(words)
	if spec == nil {
		return CommandCall{Name: strings.ToLower(words[0])}, true
	}
	call := CommandCall{Name: spec.Name, Options: map[string]string{}}
	name := ""
	for _, word := range words[used:] {
		if at := strings.IndexAny(word, ":："); at > 0 && spec.Option(strings.ToLower(word[:at])) != nil {
			name = strings.ToLower(word[:at])
			word = strings.TrimPrefix(strings.TrimPrefix(word[at:], ":"), "：")
			call.Options[name] = ""
		}
		if name == "" {
			name = cmp.Or(spec.first(), word)
		}
		call.Options[name] = strings.TrimSpace(call.Options[name] + " " + word)
	}
	return call, true
}

// longest returns the command that the most of the first words name, and how many they are.
func (l CommandList) longest(words []string) (*Command, int) {
	if c := l.Find(strings.ReplaceAll(strings.ToLower(words[0]), "_", " ")); c != nil && strings.Contains(words[0], "_") {
		return c, 1 // as platforms spell it whose commands are single words
	}
	for n := min(2, len(words)); n > 0; n-- {
		if c := l.Find(strings.ToLower(strings.Join(words[:n], " "))); c != nil {
			return c, n
		}
	}
	return nil, 0
}

// first is the option that a value without a name belongs to; "" if there is none.
func (c *Command) first() string {
	if len(c.Options) == 0 || c.Options[0].Type == FileOption {
		return ""
	}
	return c.Options[0].Name
}

// The bounds of a quiz.
const (
	MinQuestions, MaxQuestions = 1, 50
	MinSeconds, MaxSeconds     = 5, 300
	MaxTyped                   = 400 // UTF-16 code units of a typed answer that is read
)

// Options that several commands share.
var (
	OptionPack      = OptionSpec{Name: "pack", Type: PackOption, Max: 100}
	OptionQuestions = OptionSpec{Name: "questions", Type: IntOption, Min: MinQuestions, Max: MaxQuestions}
	OptionSeconds   = OptionSpec{Name: "seconds", Type: IntOption, Min: MinSeconds, Max: MaxSeconds}
	OptionMode      = OptionSpec{Name: "mode", Type: ChoiceOption, Choices: []string{"all", "race", "solo"}}
	OptionKind      = OptionSpec{Name: "kind", Type: ChoiceOption, Choices: append([]string{"mixed"}, kindNames()...)}
	OptionScoring   = OptionSpec{Name: "scoring", Type: ChoiceOption, Choices: []string{"accuracy", "speed"}}
	OptionLanguage  = OptionSpec{Name: "language", Type: ChoiceOption, Choices: languageTags()}
	OptionZone      = OptionSpec{Name: "zone", Type: TextOption, Max: 64}
	OptionDigits    = OptionSpec{Name: "digits", Type: ChoiceOption, Choices: []string{"european", "arabic-indic"}}
)

// Mandatory returns the option as one that has to be given.
func (o OptionSpec) Mandatory() OptionSpec {
	o.Required = true
	return o
}

func kindNames() []string {
	names := []string{}
	for k := range quiz.KindCount {
		names = append(names, quiz.Kind(k).String())
	}
	return names
}

func languageTags() []string {
	var tags []string
	for _, c := range language.Own() {
		tags = append(tags, c.String())
	}
	return tags
}
