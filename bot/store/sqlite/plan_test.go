package sqlite

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestNoQueryReadsAllThereEverWas asks SQLite how it would run the queries whose tables grow for
// ever. Each has to look things up in an index.
func TestNoQueryReadsAllThereEverWas(t *testing.T) {
	db := openAt(t, filepath.Join(t.TempDir(), "quiz.db"))
	for name, tc := range map[string]struct {
		query string
		args  []any
	}{
		"the board of a space":  {boardRows(inOne), []any{7, "", 1, 9, 10, 0}},
		"its length":            {boardTotal(inOne), []any{7, "", 1, 9}},
		"the board everywhere":  {boardRows(inAll), []any{0, "", 1, 9, 10, 0}},
		"games that run":        {liveQuery, nil},
		"chats with many posts": {crowdedQuery, []any{200}},
		"a post by its id":      {postOfQuery, []any{"telegram", "p1.", "p1/"}},
		"posts to be pruned":    {stalePosts, []any{1, 199, 5, 500}},
	} {
		plan, err := list(t.Context(), db.read, func(s *string) []any {
			var id, parent, unused int
			return []any{&id, &parent, &unused, s}
		}, "EXPLAIN QUERY PLAN "+tc.query, tc.args...)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, step := range plan {
			if goes := strings.HasPrefix(step, "SCAN "); goes && !strings.Contains(step, "COVERING INDEX") && !strings.Contains(step, "games_live") && !made.MatchString(step) {
				t.Errorf("%s: %s, in\n%s", name, step, strings.Join(plan, "\n"))
			}
		}
	}
}

// made are the results of subqueries, which are as long as what was found.
var made = regexp.MustCompile(`^SCAN (b|every|\(subquery-\d+\))$`)
