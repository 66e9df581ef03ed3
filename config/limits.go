package config

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Limits says how much room there is for each.
type Limits struct {
	Limits string `env:"LIMITS" placeholder:"LIST" help:"How much one person or address may hold, such as games=5,streams=100; docs/operating.md lists all (env LIMITS)."`
}

// Limit is one of the bounds that LIMITS can change.
type Limit struct {
	Name     string
	Usual    int
	Min, Max int
	Does     string // what it bounds
}

// AllLimits are the bounds that LIMITS can change, with the usual values.
var AllLimits = []Limit{
	{"games", 3, 1, 1000, "quizzes that one person has running"},
	{"address-games", 20, 1, 10000, "quizzes that run and were started from one address in the web room"},
	{"process-games", 5000, 1, 1000000, "quizzes that run and were started in this process"},
	{"game-memory", 48, 1, 65536, "MiB of quizzes in memory; others are read when they are needed"},
	{"drafts", 5, 1, 1000, "packs that one person uploaded and has neither published nor discarded; they expire after a day"},
	{"dailies", 5, 1, 1000, "dailies of their own that one person has"},
	{"item-reports", 3, 1, 1000, "reports of one person about one question within a day"},
	{"reports", 30, 1, 10000, "reports of one person within a day"},
	{"uploads", 2, 1, 100, "files that are read and checked at once"},
	{"check-memory", 0, 0, 65536, "MiB that checking one file may take; 0 is half of GOMEMLIMIT, where that is set"},
	{"streams", 50, 1, 100000, "pages of the web room that one address has open"},
	{"tabs", 6, 1, 1000, "browsers that one person has open in the web room"},
	{"pages", 2000, 1, 1000000, "pages of the web room that are open in all"},
	{"lobbies", 500, 1, 1000000, "lobbies with an open page"},
	{"lobby-members", 200, 1, 10000, "open pages in one lobby"},
	{"new-lobbies", 20, 1, 10000, "lobbies that one address makes in an hour"},
	{"rate", 20, 1, 100000, "requests of one address in a second, after a burst"},
	{"burst", 120, 1, 100000, "requests of one address at once"},
}

// Values returns the bounds by name, the usual ones where LIMITS names no other.
func (l Limits) Values() (map[string]int, error) {
	out := map[string]int{}
	for _, limit := range AllLimits {
		out[limit.Name] = limit.Usual
	}
	for item := range strings.SplitSeq(l.Limits, ",") {
		if item = strings.TrimSpace(item); item == "" {
			continue
		}
		name, value, _ := strings.Cut(item, "=")
		i := slices.IndexFunc(AllLimits, func(limit Limit) bool { return limit.Name == strings.TrimSpace(name) })
		if i < 0 {
			var names []string
			for _, limit := range AllLimits {
				names = append(names, limit.Name)
			}
			return nil, wrong("LIMITS", item, "write name=number with commas between; the names are "+strings.Join(names, ", "))
		}
		n, err := strconv.Atoi(strings.TrimSpace(value))
		if limit := AllLimits[i]; err != nil || n < limit.Min || n > limit.Max {
			return nil, wrong("LIMITS", item, fmt.Sprintf("%s takes a number from %d to %d", limit.Name, limit.Min, limit.Max))
		}
		out[AllLimits[i].Name] = n
	}
	return out, nil
}
