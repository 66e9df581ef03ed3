package daily_test

import (
	"testing"

	"summitquiz/quiz/daily"
)

// BenchmarkNewPool learns what can be asked of a built-in pack: once a version.
func BenchmarkNewPool(b *testing.B) {
	l := loadPack(b, "countries-of-the-world")
	for b.Loop() {
		daily.NewPool(l.pack, l.from)
	}
	b.ReportMetric(float64(len(l.pack.Facts)), "facts")
}

// BenchmarkSet draws the set of a Sunday, for which the days since Monday count.
func BenchmarkSet(b *testing.B) {
	x := builtIn(b, "countries-of-the-world")
	for b.Loop() {
		if _, err := x.Set(4+7*2900+6, 10); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkNext finds the next run of a daily.
func BenchmarkNext(b *testing.B) {
	zone := load(b, "Africa/Cairo")
	s := daily.Weekly(daily.At(9, 30), daily.EveryDay)
	for b.Loop() {
		s.Next(now, zone, daily.Occurrence{})
	}
}

// BenchmarkReadZone reads a misspelt city, for which all places are compared.
func BenchmarkReadZone(b *testing.B) {
	for b.Loop() {
		if _, err := daily.ReadZone("Bejing", 1, now); err == nil {
			b.Fatal("Bejing is a place")
		}
	}
}
