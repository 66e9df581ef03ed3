package postgrestest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
)

// Standby starts a copy of the server that follows it and takes no writes, and ends it with the test.
func (s *Server) Standby(tb testing.TB) *Server {
	tb.Helper()
	bin, err := programs()
	if err != nil {
		tb.Fatal(err)
	}
	folder, err := os.MkdirTemp("", "summitquiz-standby-")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { os.RemoveAll(folder) })
	if err := give(folder); err != nil {
		tb.Fatal(err)
	}
	take := exec.Command(filepath.Join(bin, "pg_basebackup"), "-h", "127.0.0.1", "-p", strconv.Itoa(s.port), "-U", owner, "-D", filepath.Join(folder, "data"),
		"--write-recovery-conf", "--wal-method=stream", "--checkpoint=fast", "--no-sync")
	take.Dir, take.Env = folder, append(os.Environ(), "PGPASSWORD="+password)
	humble(take)
	if said, err := take.CombinedOutput(); err != nil {
		tb.Fatalf("pg_basebackup: %v: %s", err, said)
	}
	copied, err := serve(bin, folder, nil)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(copied.Stop)
	return copied
}
