// Package game holds a game as a value: Apply takes a state, what happened and the time, and
// returns the next state and what must be done about it.
//
// It promises that the same events at the same times give the same states on every machine;
// that an event which comes late, early or twice harms nothing; that each member has one
// counted answer for each question; and that a state which went through JSON, with the answers
// replayed that came after, is the state that was. It refuses to know a clock, dice, packs,
// sentences, platforms or rights: times are arguments, the one thing that is drawn (which
// option a hint drops) comes from the item's seed, typed answers arrive graded, and whether a
// member may stop a game is said with the event.
//
// # Rules of questions
//
// A question with options, or with one answer to be typed, counts the first answer of each member. Under
// the rule Closest the nearest numbers are right when the question closes; under Many each member names as
// many answers as they can. Both store one more record a member, which counts. A question with Clues
// earns a point less for each clue that the hint showed.
//
// # Storing a game
//
// A snapshot is the JSON of a State. It is stored whenever State.Turn has grown, in one write
// with the Records of the same call; all other events change nothing but the tries of the open
// question, each of which is one Record. After a crash, the newest snapshot is taken up, every
// Record of the game is applied as a Replay in the order of storing (those that the snapshot
// holds already change nothing), and then Restarted is applied.
//
// # Showing a game
//
// An effect names a post and its state says all that stands in it: Status tells whether a
// question is on its way, open, closed or void, Results and Board what came of it. What should
// be on the screen after a crash is therefore read from the state alone.
package game
