package play

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"summitquiz/bot"
)

// OwnAnswers returns what members answered to the questions in slots: of several tries the last, with
// what was typed.
func (f *Feature) OwnAnswers(ctx context.Context, slots []bot.Slot, members []bot.MemberID) (map[bot.Slot]map[bot.MemberID]bot.Answer, error) {
	out := map[bot.Slot]map[bot.MemberID]bot.Answer{}
	read := map[bot.SessionID][]bot.Answer{}
	for _, at := range slots {
		id, n, ok := questionOf(at)
		if !ok {
			continue
		}
		if _, ok := read[id]; !ok {
			all, err := f.store.Answers(ctx, id)
			if err != nil {
				return nil, fmt.Errorf("answers of game %d: %w", id, err)
			}
			read[id] = all
		}
		for _, a := range read[id] {
			if a.Question != n || !slices.Contains(members, a.Member) {
				continue
			}
			if out[at] == nil {
				out[at] = map[bot.MemberID]bot.Answer{}
			}
			a.Text = cmp.Or(a.Text, out[at][a.Member].Text)
			out[at][a.Member] = a
		}
	}
	return out, nil
}
