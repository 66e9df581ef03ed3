package adapter_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"summitquiz/bot/adapter"
)

func TestWaitsGrowUpToTheirLimit(t *testing.T) {
	b := adapter.Backoff{First: time.Second, Max: 5 * time.Second}
	step := func(want time.Duration, got time.Duration) {
		t.Helper()
		if got != want {
			t.Errorf("waits %v, want %v", got, want)
		}
	}
	for _, want := range []time.Duration{1, 2, 4, 5, 5} {
		step(want*time.Second, b.Next())
	}
	b.Reset()
	step(time.Second, b.Next())
	step(3*time.Second, b.AtLeast(3*time.Second))
	step(5*time.Second, b.Next())
	b.Reset()
	step(time.Minute, b.AtLeast(time.Minute)) // what a platform demands may exceed the limit
	step(5*time.Second, b.Next())
}

func TestAPanicIsAnError(t *testing.T) {
	err := adapter.Protect(func() error { panic("bad input") })
	var p *adapter.PanicError
	if !errors.As(err, &p) || p.Value != "bad input" || !strings.Contains(string(p.Stack), "wait_test.go") {
		t.Errorf("Protect = %v, want a *PanicError that says where", err)
	}
	want := errors.New("an error")
	if err := adapter.Protect(func() error { return want }); !errors.Is(err, want) {
		t.Errorf("Protect = %v, want the job's error", err)
	}
}
