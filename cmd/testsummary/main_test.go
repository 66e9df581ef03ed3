package main

import (
	"regexp"
	"strings"
	"testing"
)

func summarise(events string, ci bool, allow string) (string, bool) {
	var out strings.Builder
	s := summary{out: &out, output: map[test][]string{}}
	s.read(strings.NewReader(events))
	good := s.close(ci, regexp.MustCompile(allow))
	return out.String(), good
}

const passing = `{"Action":"output","Package":"p","Test":"TestA","Output":"=== RUN TestA\n"}
{"Action":"pass","Package":"p","Test":"TestA"}
{"Action":"output","Package":"p","Output":"PASS\n"}
{"Action":"output","Package":"p","Output":"ok  \tp\t0.1s\n"}
{"Action":"pass","Package":"p"}
`

func TestSummary(t *testing.T) {
	for name, c := range map[string]struct {
		events string
		ci     bool
		allow  string
		want   string
		good   bool
	}{
		"all is well": {passing, true, "^$", "ok  \tp\t0.1s\n1 passed, 0 failed, 0 skipped\n", true},
		"nothing ran": {"", true, "^$", "0 passed, 0 failed, 0 skipped\n", false},
		"a test failed": {passing + `{"Action":"output","Package":"p","Test":"TestB","Output":"b_test.go:1: wrong\n"}
{"Action":"fail","Package":"p","Test":"TestB"}
`, false, "^$", "ok  \tp\t0.1s\nb_test.go:1: wrong\n1 passed, 1 failed, 0 skipped\n", false},
		"a package does not build": {passing + `{"Action":"build-output","ImportPath":"q","Output":"q.go:1: no\n"}
{"Action":"build-fail","ImportPath":"q"}
{"Action":"output","Package":"q","Output":"FAIL\tq [build failed]\n"}
{"Action":"fail","Package":"q"}
`, false, "^$", "ok  \tp\t0.1s\nq.go:1: no\nFAIL\tq [build failed]\n1 of 2 packages failed\n1 passed, 0 failed, 0 skipped\n", false},
		"a panic in a test": {passing + `{"Action":"output","Package":"q","Test":"TestC","Output":"panic: no\n"}
{"Action":"fail","Package":"q"}
`, false, "^$", "ok  \tp\t0.1s\npanic: no\n1 of 2 packages failed\n1 passed, 0 failed, 0 skipped\n", false},
		"a skip at home": {passing + `{"Action":"skip","Package":"p","Test":"TestD"}` + "\n", false, "^$",
			"ok  \tp\t0.1s\nskipped: p.TestD\n1 passed, 0 failed, 1 skipped\n", true},
		"a skip in CI": {passing + `{"Action":"skip","Package":"p","Test":"TestD"}` + "\n", true, "^$",
			"ok  \tp\t0.1s\nFAIL: skipped, which no test may be here: p.TestD\n1 passed, 0 failed, 1 skipped\n", false},
		"an allowed skip in CI": {passing + `{"Action":"skip","Package":"p","Test":"TestSpec"}` + "\n", true, `\.TestSpec$`,
			"ok  \tp\t0.1s\nskipped: p.TestSpec\n1 passed, 0 failed, 1 skipped\n", true},
		"a fuzz seed that is not about it": {passing + `{"Action":"skip","Package":"p","Test":"FuzzRead/seed#3"}` + "\n", true, "^$",
			"ok  \tp\t0.1s\nskipped: p.FuzzRead/seed#3\n1 passed, 0 failed, 1 skipped\n", true},
		"a package without tests": {passing + `{"Action":"output","Package":"q","Output":"?   \tq\t[no test files]\n"}
{"Action":"skip","Package":"q"}
`, true, "^$", "ok  \tp\t0.1s\n?   \tq\t[no test files]\n1 passed, 0 failed, 0 skipped\n", true},
		"a line of the Go command": {"go: cannot load module\n", true, "^$", "go: cannot load module\n0 passed, 0 failed, 0 skipped\n", false},
	} {
		t.Run(name, func(t *testing.T) {
			got, good := summarise(c.events, c.ci, c.allow)
			if got != c.want || good != c.good {
				t.Errorf("summary = %q, %v, want %q, %v", got, good, c.want, c.good)
			}
		})
	}
}
