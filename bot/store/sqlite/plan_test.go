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
		"live sessions":         {liveQuery, []any{"game"}},
		"a live session":        {liveAtQuery, []any{"game", 1, 2}},
		"sessions of a space":   {liveInQuery, []any{"game", 1, 0}},
		"what is adopted":       {adoptQuery, []any{`["game"]`, "main", 1, 2}},
		"due work":              {claimQuery, []any{`["game"]`, 1, 9, 5}},
		"the next due work":     {nextQuery, []any{`["game"]`}},
		"kinds of due work":     {dueKindsQuery, nil},
		"posts on their way":    {waitingQuery, []any{1, `["game"]`, 9}},
		"chats with such posts": {backlogQuery, []any{`["game"]`}},
		"a post by its slot":    {refOfQuery, []any{"game", 1, "end", 0}},
		"posts of a chat":       {postsQuery, []any{1, 2, 20}},
		"a post that is begun":  {startQuery, []any{1, 2, "main", 1}},
		"edits that are over":   {replacedQuery, []any{1}},
		"posts that are over":   {emptiedQuery, []any{1}},
		"slots that are pruned": {dropSlots, []any{"[1]"}},
		"who enters":            {enteredQuery, []any{"test", "a", "a", "", "u", "n"}},
		"chats with many posts": {crowdedQuery, []any{200}},
		"a post by its id":      {postOfQuery, []any{"telegram", "p1.", "p1/"}},
		"cards of a member":     {cardsQuery, []any{1, "p/", "p0"}},
		"cards that are due":    {dueCardsQuery, []any{1, 20000, 9, 5}},
		"cards that are new":    {newCardsQuery, []any{1, 5}},
		"reviews of a member":   {reviewsQuery, []any{1, 0, 5}},
		"reviews of a day":      {reviewsOnQuery, []any{1, 20000}},
		"reviews of a card":     {reviewsOfQuery, []any{1}},
		"answers of a member":   {memberAnswersQuery, []any{1, 0, 5}},
		"who plays":             {livesQuery, []any{1}},
		"what both answered":    {bothQuery, []any{1, 2}},
		"names":                 {namesQuery, []any{"[1]"}},
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
			if goes := strings.HasPrefix(step, "SCAN "); goes && !small.MatchString(step) && !made.MatchString(step) {
				t.Errorf("%s: %s, in\n%s", name, step, strings.Join(plan, "\n"))
			}
		}
	}
}

// small are indexes that may be gone through: of live sessions, of posts on their way, and of posts
// where all chats are asked for.
var small = regexp.MustCompile(`INDEX (sessions_live|sends_of_chat|sends_waiting)\b`)

// made are the results of subqueries and the arguments, which are as long as what was found or asked.
var made = regexp.MustCompile(`^SCAN (b|every|CONSTANT ROW|(j|k|json_each) VIRTUAL TABLE INDEX 1:|\(subquery-\d+\))$`)
