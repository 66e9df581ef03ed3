//go:build unix

package postgrestest

import (
	"errors"
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
)

// PostgreSQL refuses to run as root: there it runs as one of these users.
var humbleUsers = []string{"postgres", "nobody"}

// asOther returns the user to run as, where it is not this one.
func asOther() (uid, gid int, other bool) {
	if os.Getuid() != 0 {
		return 0, 0, false
	}
	for _, name := range humbleUsers {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.Atoi(u.Uid)
		gid, err2 := strconv.Atoi(u.Gid)
		if errors.Join(err1, err2) == nil {
			return uid, gid, true
		}
	}
	return 0, 0, false
}

// give lets the server's user have files.
func give(paths ...string) error {
	uid, gid, other := asOther()
	if !other {
		return nil
	}
	for _, path := range paths {
		if err := os.Chown(path, uid, gid); err != nil {
			return err
		}
	}
	return nil
}

// humble has a command run as the server's user.
func humble(c *exec.Cmd) {
	if uid, gid, other := asOther(); other {
		c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	}
}
