// Package flashcard schedules what a person learns: a card holds what one member remembers of
// one fact, a rating changes it, and the scheduler says when to ask again and in which form.
//
// It promises that the same reviews give the same card, bit for bit, on every machine; that a
// preview is what the rating then does; that undoing a review restores the card exactly; that
// replaying a log gives the card that the live reviews gave; that a card never falls due before
// its review; and that in state review Hard ≤ Good < Easy within the maximum interval. It
// refuses to know a clock, dice or zones: moments and the learner's own day numbers are
// arguments, and fuzz comes from the card's key and its number of reviews alone. It does not
// fit parameters to a learner: they are a value with a version, so that fitted ones can come.
//
// # Algorithm
//
// FSRS-6, from the formulas that its authors publish:
// https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm. Where implementations
// differ:
//
//   - Elapsed days are days of the learner's own calendar, as with Anki.
//   - A review on the same day with Hard or better never lowers stability.
//   - Hard on the first step waits the mean of the first two steps (half again as long as a single
//     one); on a later step it repeats the step, as with Anki.
//   - The order Hard ≤ Good < Easy never pushes an interval past the maximum.
//   - A first stability below 0.1 days is raised to 0.1.
//   - Nothing is rounded but intervals, to whole days, half up.
//   - Steps are shorter than a day, and there are at most two relearning steps.
//
// When a card leaves its learning steps, Good and Easy may both give one day.
package flashcard
