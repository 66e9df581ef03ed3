//go:build linux || darwin

package sqlite

import "golang.org/x/sys/unix"

// space returns how many bytes are free for this user on the disk of a folder.
func space(folder string) (free uint64, known bool) {
	var s unix.Statfs_t
	if err := unix.Statfs(folder, &s); err != nil {
		return 0, false
	}
	return uint64(s.Bavail) * uint64(s.Bsize), true
}
