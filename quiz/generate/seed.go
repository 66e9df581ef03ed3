package generate

import "math/bits"

// Everything that is drawn comes from the sub-seed hash(ItemID, seed) through splitmix64.
// Each purpose has its own stream, so that a further candidate of one purpose moves nothing
// of another. Neither language nor pack version enters.

// golden is the increment of splitmix64: 2^64 divided by the golden ratio.
const golden = 0x9e3779b97f4a7c15

// mix is the finaliser of splitmix64: every bit of x decides every bit of the result.
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// both mixes two numbers into one; the order counts.
func both(a, b uint64) uint64 { return mix(mix(a+golden) ^ b + golden) }

// hashed is the 64-bit FNV-1a hash of s, mixed.
func hashed[S ~string](s S) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return mix(h)
}

// The streams of one item.
const (
	forPosition uint64 = iota + 1
	forKey
	forTruth
	forNear
	forNumbers
	forRank
	forCandidates
	forRows
	forBlank
	forOrder
	forDeclared
)

// dice is a stream of random numbers. It is a value: a copy repeats what the original draws.
type dice struct{ state uint64 }

func newDice(sub, purpose uint64) dice { return dice{both(sub, purpose)} }

func (d *dice) next() uint64 {
	d.state += golden
	return mix(d.state)
}

// below returns a number from 0 to n-1, each as likely as the others. n is positive.
func (d *dice) below(n int) int {
	bound := uint64(n)
	hi, lo := bits.Mul64(d.next(), bound)
	if lo < bound {
		for floor := -bound % bound; lo < floor; {
			hi, lo = bits.Mul64(d.next(), bound)
		}
	}
	return int(hi)
}

// between returns a number from low to high, both included.
func (d *dice) between(low, high int64) int64 { return low + int64(d.below(int(high-low+1))) }

// shuffle puts n things in an order drawn from all orders alike.
func (d *dice) shuffle(n int, swap func(i, j int)) {
	for i := n - 1; i > 0; i-- {
		swap(i, d.below(i+1))
	}
}
