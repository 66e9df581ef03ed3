package postgres

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jackc/pgx/v5/pgtype"
)

// Values stand in PostgreSQL as they stand in SQLite, so that rows can be copied from one to the
// other: a time is a number of microseconds, a flag is 0 or 1, a number without a sign is the signed
// one of the same bits, and a text is any text. PostgreSQL itself keeps neither a zero byte nor what is
// no UTF-8: such bytes are written as escapeMark with two hexadecimal digits, and so is the mark itself.
const escapeMark = "\U0010FFFD"

// escaped is a text as PostgreSQL can keep it.
func escaped(s string) string {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 && !strings.Contains(s, escapeMark) {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		part := s[i : i+size]
		i += size
		if r != 0 && (r != utf8.RuneError || size > 1) && part != escapeMark {
			out.WriteString(part)
			continue
		}
		for j := range size {
			fmt.Fprintf(&out, "%s%02x", escapeMark, part[j])
		}
	}
	return out.String()
}

// unescaped is the text of what escaped wrote.
func unescaped(s string) string {
	if !strings.Contains(s, escapeMark) {
		return s
	}
	parts := strings.Split(s, escapeMark)
	var out strings.Builder
	out.WriteString(parts[0])
	for _, part := range parts[1:] {
		n, err := strconv.ParseUint(part[:min(2, len(part))], 16, 8)
		if err != nil || len(part) < 2 {
			out.WriteString(escapeMark + part) // nothing that escaped wrote
			continue
		}
		out.WriteByte(byte(n))
		out.WriteString(part[2:])
	}
	return out.String()
}

// outgoing returns arguments as they are kept. The slice is the caller's own.
func outgoing(args []any) []any {
	out := make([]any, len(args))
	for i, a := range args {
		out[i] = kept(a)
	}
	return out
}

func kept(a any) any {
	switch a := a.(type) {
	case nil, int64, int, float64, []byte, []int64:
		return a
	case string:
		return escaped(a)
	case bool:
		return flag(a)
	case []string:
		out := make([]string, len(a))
		for i, s := range a {
			out[i] = escaped(s)
		}
		return out
	}
	switch v := reflect.ValueOf(a); v.Kind() {
	case reflect.String:
		return escaped(v.String())
	case reflect.Bool:
		return flag(v.Bool())
	case reflect.Int, reflect.Int64, reflect.Int32, reflect.Int16, reflect.Int8:
		return v.Int()
	case reflect.Uint8, reflect.Uint16, reflect.Uint32:
		return int64(v.Uint())
	}
	return a
}

func flag(is bool) int64 {
	if is {
		return 1
	}
	return 0
}

// incoming returns where a row is read into.
func incoming(dest []any) []any {
	out := make([]any, len(dest))
	for i, d := range dest {
		switch d := d.(type) {
		case *string:
			out[i] = (*textIn)(d)
		case *bool:
			out[i] = (*flagIn)(d)
		case *int64, *int, *[]byte, moment, seed:
			out[i] = d
		default:
			out[i] = d
			if v := reflect.ValueOf(d); v.Kind() == reflect.Pointer && v.Elem().Kind() == reflect.String {
				out[i] = (*textIn)(v.Convert(reflect.TypeFor[*string]()).Interface().(*string))
			}
		}
	}
	return out
}

// textIn reads a text that was escaped.
type textIn string

// ScanText reads a text.
func (t *textIn) ScanText(v pgtype.Text) error {
	*t = textIn(unescaped(v.String))
	return nil
}

// flagIn reads a flag: a number, or a truth value that a query found.
type flagIn bool

// ScanInt64 reads a number.
func (f *flagIn) ScanInt64(v pgtype.Int8) error {
	*f = v.Int64 != 0
	return nil
}

// ScanBool reads a truth value.
func (f *flagIn) ScanBool(v pgtype.Bool) error {
	*f = flagIn(v.Bool)
	return nil
}

// micros is a time as it is kept; zero times are 0.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func timeOf(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.UnixMicro(n).UTC()
}

// moment reads a time.
type moment struct{ t *time.Time }

// ScanInt64 reads microseconds.
func (m moment) ScanInt64(v pgtype.Int8) error {
	*m.t = timeOf(v.Int64)
	return nil
}

// seed reads a number that is kept signed.
type seed struct{ n *uint64 }

// ScanInt64 reads a number.
func (s seed) ScanInt64(v pgtype.Int8) error {
	*s.n = uint64(v.Int64)
	return nil
}

// texts are names as they are kept.
func texts[T ~string](names []T) []string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = string(name)
	}
	return out
}

// numbers are ids as they are kept.
func numbers[T ~int64](ids []T) []int64 {
	out := make([]int64, len(ids))
	for i, id := range ids {
		out[i] = int64(id)
	}
	return out
}
