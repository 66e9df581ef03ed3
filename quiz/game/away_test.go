package game

import (
	"testing"
	"time"
)

// TestWhoMayGoOn holds who may resume, skip and stop in the place of the starter, mina.
func TestWhoMayGoOn(t *testing.T) {
	steps := []step{
		{0, Start{}, "start card; timer 5"},
		{5, Tick{}, "timer 605; post 0"},
		{5, Delivered{0}, "timer 25; countdown 0; seen 0"},
		{6, chose(omar, 0, 1), "2 right 1"},
		{7, chose(mina, 0, 2), "1 wrong 0"},
		{25, Tick{}, "reveal 0; timer 29"},
		{29, Tick{}, "timer 629; post 1"},
		{29, Delivered{1}, "timer 49; countdown 1; seen 1"},
		{30, chose(jun, 1, 1), "3 right 1"},
	}
	open := run(t, made(t, 5, nil), steps)
	paused := run(t, open, []step{
		{31, Pause{mina, true}, "say will-pause"},
		{49, Tick{}, "reveal 1; timer 649; say paused"},
	})
	later := run(t, paused, []step{
		{60, Resume{mina, true}, "timer 64; say goes-on"},
		{64, Tick{}, "timer 664; post 2"},
		{64, Delivered{2}, "timer 84; countdown 2; seen 2"},
		{84, Tick{}, "reveal 2; timer 88"},
		{88, Tick{}, "timer 688; post 3"},
		{88, Delivered{3}, "timer 108; countdown 3; seen 3"},
	})
	alone := run(t, made(t, 2, solo), []step{{0, Start{}, "start card; timer 600; post 0"}, {0, Delivered{0}, "timer 20; countdown 0; seen 0"}})
	for name, c := range map[string]struct {
		s    State
		who  Member
		left bool
		at   float64
		want bool
	}{
		"an active player, at once":                     {open, omar, false, 30, false},
		"an active player, just before a minute":        {open, omar, false, 66.9, false},
		"an active player, a minute after her answer":   {open, omar, false, 67, true},
		"an active player, when she has left":           {open, omar, true, 30, true},
		"who tries the open question":                   {open, jun, true, 30, true},
		"who does not play":                             {open, lena, true, 300, false},
		"in a pause, a minute after it was asked for":   {paused, omar, false, 91, true},
		"in a pause, before that":                       {paused, omar, false, 90.9, false},
		"in a pause, who does not play":                 {paused, lena, false, 300, false},
		"who answered the first question, at the third": {later, jun, true, 90, true},
		"who answered neither of the last two":          {later, omar, true, 90, false},
		"nobody in a game of one person":                {alone, omar, true, 300, false},
	} {
		if got := c.s.MayGoOn(c.who, c.left, evening.Add(time.Duration(c.at*float64(time.Second)))); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
