package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// TestAFileWithoutPermissionIsRefused holds that its name is said. It asks as a user without rights,
// since the superuser may read everything.
func TestAFileWithoutPermissionIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secret.csv")
	if err := os.WriteFile(path, []byte("question,answer\nWho?,Ada\n"), 0); err != nil {
		t.Fatal(err)
	}
	if me := os.Getuid(); me == 0 {
		const nobody = 65534
		runtime.LockOSThread() // the file system's user is one of a thread
		defer runtime.UnlockOSThread()
		if err := syscall.Setfsuid(nobody); err != nil {
			t.Fatal(err)
		}
		defer func() { _ = syscall.Setfsuid(me) }()
	}
	_, err := readInput(path)
	if err == nil || !strings.Contains(plainly(err), path) || !strings.Contains(plainly(err), "permission") {
		t.Errorf("readInput = %v", err)
	}
}
