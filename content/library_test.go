package content

import "testing"

func TestLibraryHasNoProblems(t *testing.T) {
	for _, p := range builtIn().problems {
		t.Error(p)
	}
	if n := len(Library()); n < 30 {
		t.Errorf("the library has %d relations, want at least 30", n)
	}
}
