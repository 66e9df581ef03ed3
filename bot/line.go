package bot

import (
	"cmp"
	"slices"
	"strings"
)

// ParseLine reads a command as people type it: a slash, its name, and options as name:value, in
// any order; a value goes on to the next option. What stands before all options is the value of
// the first one, so that /answer 70 trillion won and /language ko do what they look like. It
// reports false for a line that is no command; names and values are checked by Handle.
func ParseLine(line string) (Command, bool) {
	line = strings.TrimSpace(line)
	rest, ok := strings.CutPrefix(line, "/")
	if !ok {
		if rest, ok = strings.CutPrefix(line, "／"); !ok { // as Chinese and Korean keyboards write it
			return Command{}, false
		}
	}
	words := strings.Fields(rest)
	if len(words) == 0 {
		return Command{}, false
	}
	spec, used := longest(words)
	if spec == nil {
		return Command{Name: strings.ToLower(words[0])}, true
	}
	c := Command{Name: spec.Name, Options: map[string]string{}}
	name := ""
	for _, word := range words[used:] {
		if at := strings.IndexAny(word, ":："); at > 0 && spec.option(strings.ToLower(word[:at])) != nil {
			name = strings.ToLower(word[:at])
			word = strings.TrimPrefix(strings.TrimPrefix(word[at:], ":"), "：")
			c.Options[name] = ""
		}
		if name == "" {
			name = cmp.Or(spec.first(), word)
		}
		c.Options[name] = strings.TrimSpace(c.Options[name] + " " + word)
	}
	return c, true
}

// longest returns the command that the most of the first words name, and how many they are.
func longest(words []string) (*CommandSpec, int) {
	table := Commands()
	for n := min(2, len(words)); n > 0; n-- {
		name := strings.ToLower(strings.Join(words[:n], " "))
		if at := slices.IndexFunc(table, func(c *CommandSpec) bool { return c.Name == name }); at >= 0 {
			return table[at], n
		}
	}
	return nil, 0
}

// first is the option that a value without a name belongs to; "" if there is none.
func (c *CommandSpec) first() string {
	if len(c.Options) == 0 || c.Options[0].Type == FileOption {
		return ""
	}
	return c.Options[0].Name
}
