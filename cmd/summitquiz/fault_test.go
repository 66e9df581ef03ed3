//go:build linux

package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"summitquiz/bot/store/sqlite"
)

// fault is something that is done to a process while people play.
type fault struct {
	name     string
	disk     bool // needs a disk of its own
	everyday bool // is done in each run of the tests
	do       func(t *testing.T, v *victim) *process
}

// victim is a process that something is done to; do returns the one that runs afterwards.
type victim struct {
	*process
	folder string
	again  func() *process
}

var faults = []fault{
	{"kill -9", false, true, func(_ *testing.T, v *victim) *process {
		v.kill()
		return v.again()
	}},
	{"SIGSTOP for a second", false, false, func(t *testing.T, v *victim) *process {
		v.halt(t, time.Second)
		return v.process
	}},
	{"a fifth of a processor for three seconds", false, false, slowed},
	{"eight more open files for a second", false, false, fewFiles},
	{"full disk for a second", true, true, fullDisk},
	{"disk that is read-only at a start", true, false, readOnlyDisk},
	{"database read-only for a second", false, false, func(t *testing.T, v *victim) *process {
		path := v.database()
		for _, mode := range []os.FileMode{0o400, 0o600} {
			if err := os.Chmod(path, mode); err != nil {
				t.Error(err)
			}
			<-time.After(time.Second)
		}
		return v.process
	}},
	{"database moved away for a second", false, false, func(t *testing.T, v *victim) *process {
		v.aside(t, func() { v.awaitUnready(t, "deleted or moved") })
		return v.process
	}},
	{"another database in its place", false, false, func(t *testing.T, v *victim) *process {
		v.aside(t, func() {
			if err := os.WriteFile(v.database(), []byte("another file"), 0o600); err != nil {
				t.Error(err)
			}
			v.awaitUnready(t, "another file is in the place")
			v.kill()
		})
		return v.again()
	}},
	{"database deleted, its copy restored", false, true, deleted},
}

// database is the path of the victim's.
func (v *victim) database() string { return filepath.Join(v.folder, "summitquiz.db") }

// halt stops the process for a time.
func (v *victim) halt(t *testing.T, lasts time.Duration) {
	t.Helper()
	for _, s := range []syscall.Signal{syscall.SIGSTOP, syscall.SIGCONT} {
		if err := v.cmd.Process.Signal(s); err != nil {
			t.Error(err)
		}
		if s == syscall.SIGSTOP {
			<-time.After(lasts)
		}
	}
}

// awaitUnready waits until the process says what is wrong.
func (v *victim) awaitUnready(t *testing.T, says string) {
	t.Helper()
	for late := time.Now().Add(30 * time.Second); time.Now().Before(late); <-time.After(20 * time.Millisecond) {
		if status, text := v.get("/readyz"); status == 503 && strings.Contains(text, says) {
			return
		}
	}
	t.Errorf("/readyz never says %q:\n%s", says, v.said())
}

// aside moves the database away while something is done, and puts it back.
func (v *victim) aside(t *testing.T, meanwhile func()) {
	t.Helper()
	away := v.database() + ".away"
	if err := os.Rename(v.database(), away); err != nil {
		t.Error(err)
	}
	meanwhile()
	if err := os.Rename(away, v.database()); err != nil {
		t.Error(err)
	}
}

// slowed gives the process a fifth of a processor. Where the kernel takes no quota it runs for 20 of each 100
// milliseconds, which is how a quota works.
func slowed(t *testing.T, v *victim) *process {
	lift, err := limitProcess(v.cmd.Process.Pid, "cpu", 20_000)
	if err == nil {
		<-time.After(3 * time.Second)
		if err := lift(); err != nil {
			t.Error(err)
		}
		return v.process
	}
	t.Logf("the kernel takes no quota (%v): it is stopped and continued", err)
	for range 30 {
		v.halt(t, 80*time.Millisecond)
		<-time.After(20 * time.Millisecond)
	}
	return v.process
}

// fewFiles leaves the process eight more open files than it has.
func fewFiles(t *testing.T, v *victim) *process {
	pid := v.cmd.Process.Pid
	open, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", pid))
	if err != nil {
		t.Error(err)
	}
	var usual unix.Rlimit
	few := unix.Rlimit{Cur: uint64(len(open) + 8)}
	if err := unix.Prlimit(pid, unix.RLIMIT_NOFILE, nil, &usual); err != nil {
		t.Error(err)
	}
	few.Max = usual.Max
	if err := unix.Prlimit(pid, unix.RLIMIT_NOFILE, &few, nil); err != nil {
		t.Error(err)
	}
	<-time.After(time.Second)
	if err := unix.Prlimit(pid, unix.RLIMIT_NOFILE, &usual, nil); err != nil {
		t.Error(err)
	}
	return v.process
}

// smallDisk mounts a small disk.
func smallDisk(t *testing.T, folder string) error {
	t.Helper()
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=64m"); err != nil {
		return err
	}
	t.Cleanup(func() { syscall.Unmount(folder, 0) })
	return nil
}

// fullDisk fills the disk for a second.
func fullDisk(t *testing.T, v *victim) *process {
	filler := filepath.Join(v.folder, "filler")
	f, err := os.Create(filler)
	if err != nil {
		t.Error(err)
		return v.process
	}
	for block := make([]byte, 64<<10); err == nil; {
		_, err = f.Write(block)
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Error(err)
	}
	<-time.After(time.Second)
	if err := errors.Join(f.Close(), os.Remove(filler)); err != nil {
		t.Error(err)
	}
	return v.process
}

// readOnlyDisk kills the process and starts it on a disk that cannot be written, where it says so and ends, and
// then on one that can.
func readOnlyDisk(t *testing.T, v *victim) *process {
	v.kill()
	remount := func(flags uintptr) {
		if err := syscall.Mount("tmpfs", v.folder, "tmpfs", syscall.MS_REMOUNT|flags, "size=64m"); err != nil {
			t.Error(err)
		}
	}
	remount(syscall.MS_RDONLY)
	refused := begin(t, v.folder, freeAddress(t))
	if err := refused.wait(); err == nil {
		t.Error("it started on a disk that cannot be written")
	}
	if !strings.Contains(refused.said(), "cannot be written") && !strings.Contains(refused.said(), "read-only") {
		t.Errorf("on a disk that cannot be written it says\n%s", refused.said())
	}
	remount(0)
	return v.again()
}

// deleted deletes all files of the database: the process writes what it still has to a copy, which is restored.
func deleted(t *testing.T, v *victim) *process {
	for _, end := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(v.database() + end); err != nil {
			t.Error(err)
		}
	}
	v.awaitUnready(t, "deleted or moved")
	v.kill()
	if _, err := sqlite.Restore(t.Context(), sqlite.RescuedPath(v.database()), v.database(), time.Now()); err != nil {
		t.Error(err)
	}
	return v.again()
}
