// Package webtest reads the protocol of the web platform, for tests of the platform or of the program
// that serves it.
//
// It promises that an event is handed on when it is whole and not before, as a stream may break
// off anywhere. It refuses to know what events mean.
package webtest

import (
	"bufio"
	"io"
	"strings"
)

// longest is the size of an event in bytes.
const longest = 1 << 20

// Events hands on the server-sent events of a stream, by name and data, until see returns false
// or the stream ends. It reports whether see ended it.
func Events(stream io.Reader, see func(name, data string) bool) bool {
	lines := bufio.NewScanner(stream)
	lines.Buffer(nil, longest)
	name, data := "", ""
	for lines.Scan() {
		line := lines.Text()
		if n, ok := strings.CutPrefix(line, "event: "); ok {
			name = n
		} else if d, ok := strings.CutPrefix(line, "data: "); ok {
			data = d
		}
		if line != "" || data == "" {
			continue // only a blank line makes an event whole
		}
		if !see(name, data) {
			return true
		}
		name, data = "", ""
	}
	return false
}
