package postgres

import (
	"context"
	"encoding/json"
	"fmt"

	"summitquiz/quiz"
	"summitquiz/quiz/daily"
)

// mergeStreaks joins the streaks of two members. Their answers are the older one's already.
func mergeStreaks(ctx context.Context, s *statements, newer, older record) (record, error) {
	a, err := streakOf(older)
	if err != nil {
		return nil, err
	}
	b, err := streakOf(newer)
	if err != nil {
		return nil, err
	}
	played, err := s.ids(ctx, `SELECT DISTINCT day FROM answers WHERE member = $1 AND daily <> 0 ORDER BY day`, older["member"])
	if err != nil {
		return nil, err
	}
	days := make([]quiz.Day, len(played))
	for i, day := range played {
		days[i] = quiz.Day(day)
	}
	both := daily.Merge(a, b, days)
	excused, err := json.Marshal(both.Excused)
	if err != nil {
		return nil, err
	}
	older["version"] = max(number(older["version"]), number(newer["version"])) + 1
	older["days"], older["best"], older["freezes"] = int64(both.Days), int64(both.Best), int64(both.Freezes)
	older["played"], older["last"], older["excused"] = int64(both.Played), int64(both.Last), string(excused)
	if number(older["reminders"]) == 0 {
		older["reminders"] = newer["reminders"]
	}
	return older, nil
}

func streakOf(r record) (daily.Streak, error) {
	s := daily.Streak{Days: int(number(r["days"])), Best: int(number(r["best"])), Freezes: int(number(r["freezes"])), Played: int(number(r["played"])),
		Last: quiz.Day(number(r["last"]))}
	if err := json.Unmarshal([]byte(r["excused"].(string)), &s.Excused); err != nil {
		return s, fmt.Errorf("excused days: %w", err)
	}
	return s, nil
}
