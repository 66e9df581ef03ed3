package main

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestLicencesOfAllModules holds that every module in the program has its text, in its version.
func TestLicencesOfAllModules(t *testing.T) {
	list := exec.CommandContext(t.Context(), "go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}{{end}}{{end}}", ".")
	list.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	var printed, complaints bytes.Buffer
	if code := run(t.Context(), []string{"licences"}, &printed, &complaints); code != exitClean {
		t.Fatalf("exit code %d: %s", code, complaints.String())
	}
	for module := range strings.FieldsFuncSeq(string(out), func(r rune) bool { return r == '\n' }) {
		if !strings.Contains(printed.String(), "==== "+module+"\n") {
			t.Errorf("the licence of %s is missing: run make licences", module)
		}
	}
}
