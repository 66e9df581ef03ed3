// Command testsummary reads what `go test -json` prints and shows what a person wants to see
// of it: the closing line of every package, the whole output of every test that failed, and
// last one plain line with the numbers. It promises to end with exit code 1 if anything failed
// or nothing ran, and, with CI=true in the environment, if a test was skipped that may not be.
// It refuses to run tests itself.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
)

func main() {
	allow := flag.String("allow", "^$", "tests that may be skipped in CI: a regular expression over package.Test")
	flag.Parse()
	may, err := regexp.Compile(*allow)
	if err != nil {
		fmt.Fprintln(os.Stderr, "testsummary: -allow:", err)
		os.Exit(2)
	}
	s := summary{out: os.Stdout, output: map[test][]string{}}
	s.read(os.Stdin)
	if !s.close(os.Getenv("CI") == "true", may) {
		os.Exit(1)
	}
}

// event is one line of go test -json.
type event struct {
	Action, Package, Test, Output string
}

type test struct{ pkg, name string }

// summary is what has been seen so far.
type summary struct {
	out              io.Writer
	output           map[test][]string // of tests that have not ended
	skipped          []string
	passed, failed   int
	packages, broken int
}

// read takes events until r ends. A line that is no event, such as one of the Go command
// itself, is shown as it is.
func (s *summary) read(r io.Reader) {
	in := bufio.NewReader(r)
	for {
		line, err := in.ReadBytes('\n')
		if len(line) > 0 {
			var e event
			if json.Unmarshal(line, &e) != nil || e.Action == "" {
				fmt.Fprint(s.out, string(line))
			} else {
				s.take(e)
			}
		}
		if err != nil {
			return
		}
	}
}

func (s *summary) take(e event) {
	key := test{e.Package, e.Test}
	switch e.Action {
	case "build-output":
		fmt.Fprint(s.out, e.Output)
	case "output":
		switch {
		case e.Test != "":
			s.output[key] = append(s.output[key], e.Output)
		case e.Output != "PASS\n" && e.Output != "FAIL\n":
			fmt.Fprint(s.out, e.Output)
		}
	case "pass", "fail", "skip":
		s.end(e, key)
	}
}

// end counts a test or a package that has ended.
func (s *summary) end(e event, key test) {
	switch {
	case e.Test == "" && e.Action == "fail":
		s.packages++
		s.broken++
		for k, lines := range s.output { // a panic ends the package in the middle of a test
			if k.pkg == e.Package {
				fmt.Fprint(s.out, strings.Join(lines, ""))
			}
		}
	case e.Test == "":
		s.packages++
	case e.Action == "pass":
		s.passed++
	case e.Action == "skip":
		s.skipped = append(s.skipped, e.Package+"."+e.Test)
	default:
		s.failed++
		fmt.Fprint(s.out, strings.Join(s.output[key], ""))
	}
	delete(s.output, key)
}

// close prints the last lines and reports whether all is well.
func (s *summary) close(ci bool, may *regexp.Regexp) bool {
	slices.Sort(s.skipped)
	good := s.failed == 0 && s.broken == 0 && s.passed > 0
	for _, name := range s.skipped {
		switch {
		case !ci || seed.MatchString(name) || may.MatchString(name):
			fmt.Fprintln(s.out, "skipped:", name)
		default:
			fmt.Fprintln(s.out, "FAIL: skipped, which no test may be here:", name)
			good = false
		}
	}
	if s.broken > 0 {
		fmt.Fprintf(s.out, "%d of %d packages failed\n", s.broken, s.packages)
	}
	fmt.Fprintf(s.out, "%d passed, %d failed, %d skipped\n", s.passed, s.failed, len(s.skipped))
	return good
}

// seed is an input of a fuzz target: targets skip inputs that are not about what they test.
var seed = regexp.MustCompile(`\.Fuzz\w+/`)
