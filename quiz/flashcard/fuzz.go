package flashcard

import "math/bits"

// FuzzRange returns the shortest and the longest interval, in days, that fuzz may make of an
// interval when elapsed days have passed since the review before. Intervals under 2.5 days stay.
func FuzzRange(interval, elapsed, maximum int) (low, high int) {
	interval = min(interval, maximum)
	if interval < 3 {
		return interval, interval
	}
	i := float64(interval)
	delta := 1.0
	for _, band := range [...]struct{ from, to, share float64 }{{2.5, 7, 0.15}, {7, 20, 0.1}, {20, MaxInterval + 1, 0.05}} {
		delta += float64(band.share * max(min(i, band.to)-band.from, 0))
	}
	low = max(2, int(round(i-delta)))
	high = min(int(round(i+delta)), maximum)
	if interval > elapsed {
		low = max(low, elapsed+1)
	}
	return min(low, high), high
}

// fuzzed returns an interval from the fuzz range. It is drawn from the card and its number of reviews
// alone, so the four ratings of one review move together and an undone review comes out the same.
func fuzzed(interval, elapsed, maximum int, key uint64, reps int) int {
	low, high := FuzzRange(interval, elapsed, maximum)
	hi, _ := bits.Mul64(mix(key^mix(uint64(reps)+golden)), uint64(high-low+1))
	return low + int(hi)
}

// golden is the increment of splitmix64: 2^64 divided by the golden ratio.
const golden = 0x9e3779b97f4a7c15

// mix is the finaliser of splitmix64: every bit of x decides every bit of the result.
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
