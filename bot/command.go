package bot

import (
	"context"
	"strings"

	"summitquiz/bot/phrase"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// CommandSpec is one command of the table that feeds every platform's menus and /help. Its
// description is the phrase "cmd-" + Name, that of an option "opt-" + option name.
type CommandSpec struct {
	Name    string // Latin, lower case; of a subcommand "pack load"
	Options []OptionSpec
	Who     Role
	Where   Where
	run     func(*visit, context.Context) (Reply, error)
}

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
	PackOption               // a pack's name; suggestions come from Hall.Suggest
	VersionOption            // a version of the pack named by the option before it
	FileOption               // Command.File
)

// Role says who may do something. Each role includes those before it.
type Role uint8

// The roles.
const (
	AnyMember   Role = iota
	GameStarter      // who started the running game
	ChatAdmin        // who may administer the space
	PackOwner        // who may load packs for everybody
)

// Where says in which chats a command is offered.
type Where uint8

// The places.
const (
	Anywhere   Where = iota
	SharedOnly       // not in private chats
)

// Description says what the command does.
func (c *CommandSpec) Description(l language.Code) string {
	return phrase.Say(l, phrase.ID("cmd-"+strings.ReplaceAll(c.Name, " ", "-")))
}

// Description says what the option is for.
func (o *OptionSpec) Description(l language.Code) string {
	return phrase.Say(l, phrase.ID("opt-"+o.Name))
}

// ChoiceName is what people read for a choice.
func (o *OptionSpec) ChoiceName(l language.Code, value string) string {
	return phrase.Say(l, phrase.ID("choice-"+o.Name+"-"+value))
}

// Commands returns the table in the order in which help lists it.
func Commands() []*CommandSpec {
	return []*CommandSpec{
		{Name: "quiz", Options: []OptionSpec{packOption, questionOption, secondsOption, modeOption, kindOption, scoringOption, languageOption}, run: (*visit).quiz},
		{Name: "answer", Options: []OptionSpec{required(OptionSpec{Name: "text", Type: TextOption, Max: maxTyped})}, run: (*visit).answer},
		{Name: "hint", run: (*visit).hint},
		{Name: "skip", run: (*visit).skip},
		{Name: "pause", run: (*visit).pause},
		{Name: "resume", run: (*visit).resume},
		{Name: "stop", run: (*visit).stop},
		{Name: "leaderboard", Options: []OptionSpec{scopeOption, periodOption, packOption}, run: (*visit).leaderboard},
		{Name: "stats", run: (*visit).stats},
		{Name: "packs", run: (*visit).packs},
		{Name: "language", Options: []OptionSpec{languageOption, zoneOption, digitsOption}, run: (*visit).language},
		{Name: "report", Options: []OptionSpec{{Name: "reason", Type: ChoiceOption, Choices: reasons}, {Name: "text", Type: TextOption, Max: 500}}, run: (*visit).report},
		{Name: "settings", Options: []OptionSpec{languageOption, zoneOption, digitsOption, packOption, questionOption, secondsOption, modeOption, kindOption, scoringOption, threadOption, revealOption}, Who: ChatAdmin, run: (*visit).settings},
		{Name: "pack load", Options: []OptionSpec{required(OptionSpec{Name: "file", Type: FileOption})}, Who: ChatAdmin, run: (*visit).packLoad},
		{Name: "pack list", Who: ChatAdmin, run: (*visit).packList},
		{Name: "pack versions", Options: []OptionSpec{required(packOption)}, Who: ChatAdmin, run: (*visit).packVersions},
		{Name: "pack rollback", Options: []OptionSpec{required(packOption), required(OptionSpec{Name: "version", Type: VersionOption, Max: 100})}, Who: ChatAdmin, run: (*visit).packRollback},
		{Name: "pack enable", Options: []OptionSpec{required(packOption)}, Who: ChatAdmin, run: (*visit).packEnable},
		{Name: "pack disable", Options: []OptionSpec{required(packOption)}, Who: ChatAdmin, run: (*visit).packDisable},
		{Name: "pack items", Options: []OptionSpec{required(packOption)}, Who: ChatAdmin, run: (*visit).packItems},
		{Name: "privacy", Options: []OptionSpec{{Name: "action", Type: ChoiceOption, Choices: []string{"show", "export", "delete"}}}, run: (*visit).privacy},
		{Name: "help", run: (*visit).help},
	}
}

// The choices of options.
var (
	modes    = []string{"all", "race", "solo"}
	kinds    = append([]string{"mixed"}, kindNames()...)
	scorings = []string{"accuracy", "speed"}
	tongues  = languageTags()
	reveals  = []string{"at-once", "at-end"}
	threads  = []string{"none", "each-game"}
	digits   = []string{"european", "arabic-indic"}
	scopes   = []string{"chat", "everywhere"}
	periods  = []string{"today", "week", "season", "all"}
	reasons  = []string{"wrong-key", "two-right", "unclear", "language", "outdated", "other"}
)

func kindNames() []string {
	names := []string{}
	for k := range quiz.KindCount {
		names = append(names, quiz.Kind(k).String())
	}
	return names
}

func languageTags() []string {
	var tags []string
	for _, c := range language.All() {
		tags = append(tags, c.String())
	}
	return tags
}

// The bounds of a quiz.
const (
	minQuestions, maxQuestions = 1, 50
	minSeconds, maxSeconds     = 5, 300
	maxTyped                   = 400 // UTF-16 code units of a typed answer that is read
)

var (
	packOption     = OptionSpec{Name: "pack", Type: PackOption, Max: 100}
	questionOption = OptionSpec{Name: "questions", Type: IntOption, Min: minQuestions, Max: maxQuestions}
	secondsOption  = OptionSpec{Name: "seconds", Type: IntOption, Min: minSeconds, Max: maxSeconds}
	modeOption     = OptionSpec{Name: "mode", Type: ChoiceOption, Choices: modes}
	kindOption     = OptionSpec{Name: "kind", Type: ChoiceOption, Choices: kinds}
	scoringOption  = OptionSpec{Name: "scoring", Type: ChoiceOption, Choices: scorings}
	languageOption = OptionSpec{Name: "language", Type: ChoiceOption, Choices: tongues}
	zoneOption     = OptionSpec{Name: "zone", Type: TextOption, Max: 64}
	revealOption   = OptionSpec{Name: "reveal", Type: ChoiceOption, Choices: reveals}
	threadOption   = OptionSpec{Name: "thread", Type: ChoiceOption, Choices: threads}
	scopeOption    = OptionSpec{Name: "scope", Type: ChoiceOption, Choices: scopes}
	periodOption   = OptionSpec{Name: "period", Type: ChoiceOption, Choices: periods}
	digitsOption   = OptionSpec{Name: "digits", Type: ChoiceOption, Choices: digits}
)

func required(o OptionSpec) OptionSpec {
	o.Required = true
	return o
}

// values are the checked options of a command.
type values map[string]string

func (v values) has(name string) bool { return v[name] != "" }
