package discordtest

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

// name is the form of the name of a command or an option.
var name = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

// commandLimit is the length of all texts of a command together, each counted in its longest language.
const commandLimit = 8000

// checkCommands returns the first violation of Discord's rules of commands; "": none.
func checkCommands(all []map[string]any) string {
	seen := map[string]bool{}
	for i, c := range all {
		where := fmt.Sprint(i)
		kind, _ := c["type"].(float64)
		key := fmt.Sprint(kind, c["name"])
		if seen[key] {
			return where + ".name"
		}
		seen[key] = true
		if kind != 1 {
			if text, _ := c["name"].(string); text == "" || units(text) > 32 || c["description"] != nil {
				return where
			}
			continue
		}
		size := 0
		if bad := checkOption(c, &size); bad != "" {
			return where + "." + bad
		}
		if size > commandLimit {
			return where
		}
	}
	return ""
}

// checkOption checks a command, a subcommand or an option and adds up the lengths of its texts.
func checkOption(o map[string]any, size *int) string {
	own, _ := o["name"].(string)
	if bad := checkText(o, "name", 32, size); bad != "" || !named(own) {
		return "name"
	}
	localized, _ := o["name_localizations"].(map[string]any)
	for l, v := range localized {
		if v, _ := v.(string); !named(v) {
			return "name_localizations." + l
		}
	}
	if bad := checkText(o, "description", 100, size); bad != "" {
		return bad
	}
	options, _ := o["options"].([]any)
	if len(options) > 25 {
		return "options"
	}
	optional := false
	taken := map[string]bool{}
	for i, p := range options {
		p, _ := p.(map[string]any)
		if bad := checkOption(p, size); bad != "" {
			return fmt.Sprintf("options.%d.%s", i, bad)
		}
		required := p["required"] == true
		if required && optional {
			return fmt.Sprintf("options.%d.required", i)
		}
		optional = optional || !required
		localized, _ := p["name_localizations"].(map[string]any)
		for l, v := range localized {
			key := fmt.Sprint(l, v)
			if taken[key] {
				return fmt.Sprintf("options.%d.name_localizations.%s", i, l)
			}
			taken[key] = true
		}
	}
	choices, _ := o["choices"].([]any)
	if len(choices) > 25 || len(choices) > 0 && o["autocomplete"] == true {
		return "choices"
	}
	for i, c := range choices {
		c, _ := c.(map[string]any)
		if bad := checkText(c, "name", 100, size); bad != "" {
			return fmt.Sprintf("choices.%d.%s", i, bad)
		}
		value, _ := c["value"].(string)
		*size += units(value)
	}
	return ""
}

// checkText checks a text and its translations and adds the longest to size.
func checkText(o map[string]any, field string, limit int, size *int) string {
	text, _ := o[field].(string)
	longest := units(text)
	if longest == 0 || longest > limit {
		return field
	}
	localized, _ := o[field+"_localizations"].(map[string]any)
	for l, v := range localized {
		v, _ := v.(string)
		if n := units(v); n == 0 || n > limit {
			return field + "_localizations." + l
		}
		longest = max(longest, units(v))
	}
	*size += longest
	return ""
}

func named(s string) bool {
	return name.MatchString(s) && !strings.ContainsFunc(s, unicode.IsUpper)
}
