package storetest

import (
	"errors"
	"testing"

	"summitquiz/bot"
	"summitquiz/content"
)

// projections folds the answers of a pack while they change.
func projections(t *testing.T, s bot.Store) {
	ada, ben := come(t, s, at("a"), person("Ada")), come(t, s, at("a"), person("Ben"))
	other := answer(ada, 2, 0, 1)
	other.Pack = "q"
	c := &bot.Change{At: noon, Answers: []bot.Answer{answer(ada, 1, 0, 1), answer(ben, 1, 1, 1), other}}
	write(t, s, c)
	fresh := func(pack content.PackID) bot.Projection {
		t.Helper()
		p, err := s.Projection(t.Context(), "sum/1", pack)
		if !errors.Is(err, bot.ErrNone) || p.Upto != 0 || p.Data != nil {
			t.Errorf("a fold that was not saved is %+v, %v", p, err)
		}
		return p
	}
	save := func(p bot.Projection, upto int64, data string, want error) bot.Projection {
		t.Helper()
		p.Upto, p.Data = upto, []byte(data)
		if err := s.SaveProjection(t.Context(), p); !errors.Is(err, want) {
			t.Errorf("saved up to %d: %v, want %v", upto, err, want)
		}
		return p
	}
	same := func(want bot.Projection) {
		t.Helper()
		got := must[bot.Projection](t)(s.Projection(t.Context(), want.Name, want.Pack))
		if got.Upto != want.Upto || got.Edits != want.Edits || string(got.Data) != string(want.Data) || got.Name != want.Name || got.Pack != want.Pack {
			t.Errorf("the fold is kept as %+v, want %+v", got, want)
		}
	}
	p, q := fresh("p"), fresh("q")
	one := save(p, c.Answers[0].ID, `{"sum":1}`, nil)
	inQ := save(q, c.Answers[2].ID, `{"sum":"٧٠"}`, nil)
	same(one)
	two := save(one, c.Answers[1].ID, `{"sum":2}`, nil) // continued
	same(two)
	save(p, c.Answers[0].ID, `{"sum":1}`, bot.ErrConflict) // one that goes further is there
	write(t, s, &bot.Change{At: noon, Answers: []bot.Answer{answer(ada, 1, 2, 1)}})
	same(two) // a new answer changes none of those before it
	if _, err := s.Projection(t.Context(), "sum/2", p.Pack); !errors.Is(err, bot.ErrNone) {
		t.Errorf("another fold: %v", err)
	}

	write(t, s, &bot.Change{At: noon, Void: []bot.Void{{Session: 1, Question: 0}}})
	again := fresh("p")
	same(inQ)
	save(two, c.Answers[1].ID+10, `{"sum":9}`, bot.ErrConflict) // it holds what was void meanwhile
	third := save(again, c.Answers[0].ID, `{"sum":0}`, nil)
	same(third)

	if err := s.Forget(t.Context(), ada.member.ID, noon); err != nil {
		t.Fatal(err)
	}
	save(third, c.Answers[1].ID, `{"sum":0}`, bot.ErrConflict)
	save(inQ, c.Answers[2].ID, `{"sum":7}`, bot.ErrConflict)
	save(fresh("p"), c.Answers[1].ID, `{"sum":0}`, nil)
	save(fresh("q"), c.Answers[2].ID, `{"sum":0}`, nil)
}
