// Package postgrestest starts PostgreSQL for tests: a real server on a free port, in a folder of its
// own, once for each test program. It promises that every test gets a database of its own, and that
// server and folder are gone with the test program, even if that is killed. It knows nothing of what
// is kept there.
package postgrestest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"go.uber.org/goleak"
)

// Who may do everything on the server, and how they say so.
const (
	owner    = "summit"
	password = "a-word-for-tests"
)

// Server is a running PostgreSQL.
type Server struct {
	folder string
	port   int
	ask    sync.Mutex // one database is made at a time
	conn   *pgx.Conn
	child  *exec.Cmd
	leash  io.WriteCloser // the server ends when it is closed
	log    *bytes.Buffer
}

var (
	once    sync.Once
	running *Server
	failure error
	count   atomic.Int64
)

// errMissing means that there is no PostgreSQL on the machine.
var errMissing = errors.New("PostgreSQL is not installed: .ci/setup installs it on Debian as root, else install postgresql")

// Start returns the server of this test program. Where PostgreSQL is not installed the test is
// skipped, which a run of make test does not allow.
func Start(tb testing.TB) *Server {
	tb.Helper()
	once.Do(func() { running, failure = start() })
	switch {
	case errors.Is(failure, errMissing):
		tb.Skip(failure)
	case failure != nil:
		tb.Fatal(failure)
	}
	return running
}

// Own starts a server for one test alone, which may crash it, with settings such as fsync=on that are off
// else, and ends it with the test.
func Own(tb testing.TB, settings ...string) *Server {
	tb.Helper()
	s, err := start(settings...)
	switch {
	case errors.Is(err, errMissing):
		tb.Skip(err)
	case err != nil:
		tb.Fatal(err)
	}
	tb.Cleanup(s.Stop)
	return s
}

// Main runs the tests of a program and ends its server; it returns the exit code.
func Main(m *testing.M) int {
	code := m.Run()
	if running != nil {
		running.Stop()
	}
	return code
}

// Clean is Main for a program in which nothing may run on when all is over.
func Clean(m *testing.M) int {
	code := Main(m)
	if err := goleak.Find(); err != nil && code == 0 {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	return code
}

// programs finds the folder of PostgreSQL's programs: that of the newest version where Debian puts it,
// else the one of the path.
func programs() (string, error) {
	for version := 30; version >= 14; version-- {
		folder := fmt.Sprintf("/usr/lib/postgresql/%d/bin", version)
		if _, err := os.Stat(filepath.Join(folder, "initdb")); err == nil {
			return folder, nil
		}
	}
	found, err := exec.LookPath("initdb")
	if err != nil {
		return "", errMissing
	}
	if found, err = filepath.EvalSymlinks(found); err != nil {
		return "", err
	}
	return filepath.Dir(found), nil
}

// start makes a server and waits until it answers.
func start(settings ...string) (s *Server, err error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "summitquiz-postgres-")
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			os.RemoveAll(folder)
		}
	}()
	secret := filepath.Join(folder, "password")
	if err := os.WriteFile(secret, []byte(password), 0o600); err != nil {
		return nil, err
	}
	if err := give(folder, secret); err != nil {
		return nil, err
	}
	data := filepath.Join(folder, "data")
	initialize := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", owner, "--pwfile="+secret, "--auth=scram-sha-256", "-E", "UTF8",
		"--locale=C", "--no-sync", "--no-instructions")
	initialize.Dir = folder
	humble(initialize)
	if said, err := initialize.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w: %s", err, said)
	}
	for range 3 { // another program may take the port first
		if s, err = serve(bin, folder, settings); err == nil {
			return s, nil
		}
	}
	return nil, err
}

// leashed runs a program that ends when nobody holds the other end of its input any more, and then
// empties a folder (1). Where the folder holds a file "again" the program is begun anew when it ends.
const leashed = `folder=$1; shift
(while "$@" </dev/null & echo $! >"$folder/pid"; wait $!; [ -e "$folder/again" ]; do rm "$folder/again"; done) & loop=$!
cat >/dev/null; kill -QUIT $(cat "$folder/pid"); wait $loop; rm -rf "$folder"/*`

func serve(bin, folder string, settings []string) (*Server, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	s := &Server{folder: folder, port: port, log: &bytes.Buffer{}}
	args := []string{"-c", leashed, "sh", folder, filepath.Join(bin, "postgres"), "-D", filepath.Join(folder, "data"), "-p", strconv.Itoa(port)}
	for _, s := range slices.Concat([]string{"listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200", "shared_buffers=32MB",
		"fsync=off", "full_page_writes=off", "autovacuum=off", "log_checkpoints=off"}, settings) { // the last one counts
		args = append(args, "-c", s)
	}
	s.child = exec.Command("/bin/sh", args...)
	s.child.Dir, s.child.Stdout, s.child.Stderr = folder, s.log, s.log
	humble(s.child)
	if s.leash, err = s.child.StdinPipe(); err != nil {
		return nil, err
	}
	if err := s.child.Start(); err != nil {
		return nil, err
	}
	for pause := time.Millisecond; ; pause = min(2*pause, 200*time.Millisecond) {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		s.conn, err = pgx.Connect(ctx, s.URL("postgres"))
		cancel()
		if err == nil {
			return s, nil
		}
		if s.child.ProcessState != nil || time.Since(begun) > startWithin {
			s.end()
			return nil, fmt.Errorf("PostgreSQL did not start: %w: %s", err, s.log)
		}
		time.Sleep(pause)
	}
}

// begun is when the program began, and startWithin how long the server may take from then on.
var begun = time.Now()

const startWithin = 10 * time.Minute

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return l.Addr().(*net.TCPAddr).Port, l.Close()
}

// URL is the address of a database of the server for its owner.
func (s *Server) URL(database string) string { return s.URLFor(owner, password, database) }

// URLFor is the address of a database for a user.
func (s *Server) URLFor(user, word, database string) string {
	u := url.URL{Scheme: "postgres", User: url.UserPassword(user, word), Host: net.JoinHostPort("127.0.0.1", strconv.Itoa(s.port)), Path: "/" + database}
	return u.String()
}

// Do runs statements as the owner of the server.
func (s *Server) Do(tb testing.TB, statements ...string) {
	tb.Helper()
	s.ask.Lock()
	defer s.ask.Unlock()
	for _, statement := range statements {
		if _, err := s.conn.Exec(context.Background(), statement); err != nil {
			tb.Fatalf("%s: %v", statement, err)
		}
	}
}

// Database makes an empty database and returns its address. It is dropped when the test ends.
func (s *Server) Database(tb testing.TB) string { return s.copied(tb, "template0") }

// copied makes a database like another one.
func (s *Server) copied(tb testing.TB, template string) string {
	tb.Helper()
	name := fmt.Sprintf("test%d", count.Add(1))
	s.Do(tb, `CREATE DATABASE `+name+` TEMPLATE `+template)
	tb.Cleanup(func() { s.Do(tb, `DROP DATABASE IF EXISTS `+name+` WITH (FORCE)`) })
	return s.URL(name)
}

// Template makes a database for prepare to fill and returns what copies it: each test gets one of its own.
func (s *Server) Template(tb testing.TB, name string, prepare func(url string) error) (copied func(testing.TB) string) {
	tb.Helper()
	s.Do(tb, `CREATE DATABASE `+name+` TEMPLATE template0`)
	if err := prepare(s.URL(name)); err != nil {
		tb.Fatalf("prepare %s: %v", name, err)
	}
	return func(tb testing.TB) string { return s.copied(tb, name) }
}

// Crash kills the server and begins it anew: what was committed is there again, and every connection is broken. It
// returns once the server answers.
func (s *Server) Crash(tb testing.TB) {
	tb.Helper()
	s.ask.Lock()
	defer s.ask.Unlock()
	text, err := os.ReadFile(filepath.Join(s.folder, "pid"))
	if err != nil {
		tb.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(s.folder, "again"), nil, 0o600); err != nil {
		tb.Fatal(err)
	}
	postmaster, err := os.FindProcess(pid)
	if err != nil {
		tb.Fatal(err)
	}
	if err := postmaster.Signal(syscall.SIGQUIT); err != nil {
		tb.Fatal(err)
	}
	s.conn.Close(context.Background())
	for until := time.Now().Add(time.Minute); ; {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		s.conn, err = pgx.Connect(ctx, s.URL("postgres"))
		cancel()
		switch {
		case err == nil:
			return
		case time.Now().After(until):
			tb.Fatalf("PostgreSQL did not come back: %v: %s", err, s.log)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// Stop ends the server and removes its folder.
func (s *Server) Stop() {
	s.conn.Close(context.Background())
	s.end()
	os.RemoveAll(s.folder)
}

func (s *Server) end() {
	s.leash.Close()
	s.child.Wait() // it was told to end at once, which is no success
}
