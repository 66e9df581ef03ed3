//go:build linux

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
)

// limitFiles are where the kernel takes a limit, in the first and the second version of its control groups, and
// what lifts it again.
var limitFiles = map[string]struct{ first, second, lifted string }{
	"cpu":    {"cpu.cfs_quota_us", "cpu.max", "-1"}, // microseconds in each tenth of a second
	"memory": {"memory.limit_in_bytes", "memory.max", "-1"},
	"pids":   {"pids.max", "pids.max", "max"},
}

// limitProcess limits what a process may use, in a control group of its own, where the machine allows it.
func limitProcess(pid int, controller string, amount int) (lift func() error, err error) {
	const root = "/sys/fs/cgroup"
	files := limitFiles[controller]
	group := filepath.Join(root, controller, fmt.Sprint("summitquiz-test-", pid))
	file, lifted := files.first, files.lifted
	if _, err := os.Stat(filepath.Join(root, "cgroup.controllers")); err == nil {
		group, file, lifted = filepath.Join(root, fmt.Sprint("summitquiz-test-", pid)), files.second, "max"
	}
	if err := os.Mkdir(group, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	set := func(name, value string) error { return os.WriteFile(filepath.Join(group, name), []byte(value), 0o600) }
	if err := errors.Join(set(file, strconv.Itoa(amount)), set("cgroup.procs", strconv.Itoa(pid))); err != nil {
		return nil, errors.Join(err, os.Remove(group))
	}
	return func() error { return set(file, lifted) }, nil
}
