package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// asProgram makes the test binary behave as the program.
const asProgram = "SUMMITQUIZ_AS_PROGRAM"

// process is the program, running.
type process struct {
	url  string
	cmd  *exec.Cmd
	done chan error

	mu  sync.Mutex
	out bytes.Buffer
	log bytes.Buffer
}

// locked writes into one of a process's buffers.
type locked struct {
	mu *sync.Mutex
	b  *bytes.Buffer
}

func (l locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

// freeAddress is where nobody listens.
func freeAddress(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// begin starts the program in a folder with variables of the environment, and ends it with the
// test.
func begin(t testing.TB, folder, address string, env ...string) *process {
	t.Helper()
	p := &process{url: "http://" + address, cmd: exec.Command(os.Args[0]), done: make(chan error, 1)}
	p.cmd.Dir = folder
	p.cmd.Env = append(append(os.Environ(), asProgram+"=1", "HTTP_ADDR="+address), env...)
	p.cmd.Stdout, p.cmd.Stderr = locked{&p.mu, &p.out}, locked{&p.mu, &p.log}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { p.done <- p.cmd.Wait() }()
	t.Cleanup(p.kill)
	return p
}

// kill ends the process as a power cut would.
func (p *process) kill() {
	p.cmd.Process.Kill() // it may have ended
	p.wait()
}

// wait returns how the process ended.
func (p *process) wait() error {
	err := <-p.done
	p.done <- err
	return err
}

// stop asks the process to end and returns how it did.
func (p *process) stop(t testing.TB) error {
	t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	return p.wait()
}

func (p *process) said() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.out.String() + p.log.String()
}

// awaitReady waits until the process says that it is ready.
func (p *process) awaitReady(t testing.TB) {
	t.Helper()
	late := time.After(30 * time.Second)
	for {
		if status, _ := p.get("/readyz"); status == http.StatusOK {
			return
		}
		select {
		case err := <-p.done:
			p.done <- err
			t.Fatalf("the process ended, %v:\n%s", err, p.said())
		case <-late:
			t.Fatalf("the process does not become ready:\n%s", p.said())
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// awaitSaid waits until the process has said something.
func (p *process) awaitSaid(t testing.TB, text string) {
	t.Helper()
	late := time.After(30 * time.Second)
	for !strings.Contains(p.said(), text) {
		select {
		case <-late:
			t.Fatalf("the process never said %q:\n%s", text, p.said())
		case <-time.After(5 * time.Millisecond):
		}
	}
}

func (p *process) get(path string) (int, string) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, p.url+path, nil)
	if err != nil {
		return 0, err.Error()
	}
	r, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err.Error()
	}
	defer r.Body.Close()
	data, err := io.ReadAll(r.Body)
	if err != nil {
		return 0, err.Error()
	}
	return r.StatusCode, string(data)
}

// memory is what the process holds in memory, in MB.
func (p *process) memory(t testing.TB) float64 {
	t.Helper()
	f, err := os.Open(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		t.Skip("this machine does not tell what a process holds")
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var kb float64
		if n, _ := fmt.Sscanf(lines.Text(), "VmRSS: %f kB", &kb); n == 1 {
			return kb / 1024
		}
	}
	t.Fatal("there is no VmRSS")
	return 0
}
