package daily

import (
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"summitquiz/quiz"
)

// The most runs on one date.
const (
	MemberRuns = 1
	OwnerRuns  = 24
)

// Fault is what is wrong with an expression.
type Fault uint8

// The faults.
const (
	FaultFields   Fault = iota + 1 // not five fields
	FaultLong                      // too long to be meant
	FaultText                      // a part that is not *, a number, a range or a step
	FaultRange                     // a number that the field does not have
	FaultNever                     // a date that no year has
	FaultTooOften                  // more runs on one date than allowed
)

// ExpressionError says why an expression is not a schedule.
type ExpressionError struct {
	Fault Fault
	Field string // "minute", "hour", "day", "month" or "weekday"; "" where no field is meant
	Part  string // the part of the field, at most 20 letters of it
	Low   int    // FaultRange: the numbers that the field has
	High  int
	Runs  int // FaultTooOften: runs on one date
	Most  int // FaultTooOften: how many are allowed
}

func (e *ExpressionError) Error() string {
	switch e.Fault {
	case FaultFields:
		return "a schedule has five fields: minute, hour, day, month, weekday (example: 30 9 * * 1-5)"
	case FaultLong:
		return fmt.Sprintf("the schedule is longer than %d characters: write a shorter one (example: 30 9 * * 1-5)", maxExpression)
	case FaultText:
		return fmt.Sprintf("%s: %q is not a number, a range like 1-5, a list like 1,3 or a step like */2", e.Field, e.Part)
	case FaultRange:
		return fmt.Sprintf("%s: %q is not from %d to %d", e.Field, e.Part, e.Low, e.High)
	case FaultNever:
		return "no year has such a date: check day and month"
	}
	return fmt.Sprintf("the schedule runs %d times a day, at most %d are possible: use fewer minutes and hours", e.Runs, e.Most)
}

// maxExpression is the length of the longest expression that is read.
const maxExpression = 120

// field is one of the five fields of an expression.
type field struct {
	name      string
	low, high int
	names     []string // of the numbers from low on
}

var fields = [5]field{
	{"minute", 0, 59, nil},
	{"hour", 0, 23, nil},
	{"day", 1, 31, nil},
	{"month", 1, 12, strings.Fields("jan feb mar apr may jun jul aug sep oct nov dec")},
	{"weekday", 0, 7, strings.Fields("sun mon tue wed thu fri sat")}, // 7 is Sunday too
}

// Schedule says on which dates and at which times of day a daily runs. The zero Schedule never runs.
type Schedule struct {
	text string
	spec *cron.SpecSchedule
	runs int // on one date
}

// Parse reads a cron expression of five fields, with at most runs runs on one date. It returns an
// *ExpressionError for anything else, and for dates that no year has. What the cron parser would
// swallow, repair or panic on is refused before it sees it: descriptors, zones, empty parts,
// steps over the range. Where both day and weekday are given, either is enough, as with cron.
func Parse(expression string, runs int) (Schedule, error) {
	if len(expression) > maxExpression {
		return Schedule{}, &ExpressionError{Fault: FaultLong}
	}
	parts := strings.Fields(expression)
	if len(parts) != len(fields) {
		return Schedule{}, &ExpressionError{Fault: FaultFields}
	}
	for i := range parts {
		text, err := fields[i].read(parts[i])
		if err != nil {
			return Schedule{}, err
		}
		parts[i] = text
	}
	s := Schedule{text: strings.Join(parts, " ")}
	parsed, err := cron.ParseStandard(s.text)
	if err != nil {
		return Schedule{}, &ExpressionError{Fault: FaultFields} // nothing that read accepts
	}
	s.spec = parsed.(*cron.SpecSchedule)
	s.spec.Location = time.UTC
	const numbers = 1<<60 - 1 // without the bit that says the field was a star
	if s.runs = bits.OnesCount64(s.spec.Minute&numbers) * bits.OnesCount64(s.spec.Hour&numbers); s.runs > runs {
		return Schedule{}, &ExpressionError{Fault: FaultTooOften, Runs: s.runs, Most: runs}
	}
	// The parser looks five years ahead, which has a leap year in it from here.
	if s.spec.Next(time.Date(2024, time.January, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
		return Schedule{}, &ExpressionError{Fault: FaultNever}
	}
	return s, nil
}

// Weekly returns the schedule that runs at one time on some days of the week. No days are
// every day.
func Weekly(at TimeOfDay, days Weekdays) Schedule {
	if days &= EveryDay; days == 0 {
		days = EveryDay
	}
	at = min(max(at, 0), MinutesPerDay-1)
	s, err := Parse(fmt.Sprintf("%d %d * * %s", at.Minute(), at.Hour(), days.field()), MemberRuns)
	if err != nil {
		panic("daily: " + err.Error()) // every time and every set of days is a schedule, by test
	}
	return s
}

// String returns the expression, cleaned.
func (s Schedule) String() string { return s.text }

// Runs returns how often the schedule runs on a date on which it runs.
func (s Schedule) Runs() int { return s.runs }

// Weekly returns time and days of a schedule that Weekly may have made; false for others.
func (s Schedule) Weekly() (TimeOfDay, Weekdays, bool) {
	parts := strings.Fields(s.text)
	if s.runs != 1 || parts[2] != "*" || parts[3] != "*" {
		return 0, 0, false
	}
	at := At(bits.TrailingZeros64(s.spec.Hour), bits.TrailingZeros64(s.spec.Minute))
	return at, Weekdays(s.spec.Dow) & EveryDay, true
}

// next returns the first run after w on the calendar; false if there is none.
func (s Schedule) next(w Wall) (Wall, bool) {
	if s.spec == nil {
		return Wall{}, false
	}
	t := s.spec.Next(time.Unix(w.unix(), 0).UTC())
	if t.IsZero() {
		return Wall{}, false
	}
	return Wall{Day: quiz.DayOf(t.Date()), Time: At(t.Hour(), t.Minute())}, true
}

// read checks one field and returns it with names as numbers and 7 as Sunday.
func (f *field) read(text string) (string, error) {
	var out []string
	for part := range strings.SplitSeq(text, ",") {
		body, step, stepped := strings.Cut(part, "/")
		from, to, ranged := strings.Cut(body, "-")
		low, high, star := f.low, f.high, body == "*"
		if star {
			high = min(high, f.low+f.count()-1)
		} else {
			var err error
			if low, err = f.number(from, part); err != nil {
				return "", err
			}
			high = low
			if ranged {
				if high, err = f.number(to, part); err != nil {
					return "", err
				}
			}
			if high < low {
				return "", f.error(FaultRange, part)
			}
		}
		by := 1
		if stepped {
			n, err := strconv.Atoi(step)
			if err != nil || !star && !ranged || !digits(step) {
				return "", f.error(FaultText, part)
			}
			if by = n; by < 1 || by > f.high-f.low {
				return "", f.error(FaultRange, part)
			}
		}
		if star && by == 1 {
			out = append(out, "*")
			continue
		}
		for n := low; n <= high; n += by {
			if s := strconv.Itoa(n % (f.low + f.count())); !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	if slices.Contains(out, "*") {
		return "*", nil
	}
	return strings.Join(out, ","), nil
}

// count is how many different numbers the field has.
func (f *field) count() int {
	if f.names != nil {
		return len(f.names)
	}
	return f.high - f.low + 1
}

// number reads a number or a name of the field.
func (f *field) number(s, part string) (int, error) {
	if i := slices.Index(f.names, strings.ToLower(s)); i >= 0 {
		return f.low + i, nil
	}
	if !digits(s) {
		return 0, f.error(FaultText, part)
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < f.low || n > f.high {
		return 0, f.error(FaultRange, part)
	}
	return n, nil
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

func (f *field) error(fault Fault, part string) error {
	if letters := []rune(part); len(letters) > 20 {
		part = string(letters[:20]) + "…"
	}
	return &ExpressionError{Fault: fault, Field: f.name, Part: part, Low: f.low, High: f.high}
}
