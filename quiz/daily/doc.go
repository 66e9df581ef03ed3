// Package daily holds the daily quiz as values: when it comes, what it asks, and what a streak
// is.
//
// It promises that a schedule runs at most once on a date of the zone's calendar, whatever the
// clocks there do, and that the same arguments give the same moments, sets and streaks on every
// machine. It refuses to know a clock, dice, chats or sentences: moments and zones are
// arguments, and what people type wrongly comes back as a typed error with the facts for a
// sentence.
//
// # Wall-clock time
//
// A schedule is a cron expression that is read on wall-clock time in a calendar without
// daylight saving (github.com/robfig/cron/v3 does the calendar). Wall.In then finds the moment
// at which the clocks of a real zone show that time: the first moment after the gap where they
// skip it, the first of the two where they show it twice. So no day is lost and none is repeated
// where clocks change at midnight, as in Cairo and Beirut. A date that a zone does not have, as
// Apia had no 30 December 2011, has no run.
package daily
