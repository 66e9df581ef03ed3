//go:build linux && container

package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"
)

// composed is what docker-compose.yml says of the bot.
type composed struct {
	Environment map[string]string `yaml:"environment"`
	ReadOnly    bool              `yaml:"read_only"`
	Memory      string            `yaml:"mem_limit"`
	Pids        int               `yaml:"pids_limit"`
	Grace       string            `yaml:"stop_grace_period"`
}

// TestInAContainer runs the program as the image and docker-compose.yml have it run: the static binary alone on a
// disk that cannot be written, beside a folder for data, as the same user, without any rights, within the same
// limits of memory and processes and with the same variables. It needs root:
//
//	make container
func TestInAContainer(t *testing.T) {
	text, err := os.ReadFile("../../docker-compose.yml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Services map[string]composed }
	if err := yaml.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	s := file.Services["bot"]
	var megabytes int
	if n, err := fmt.Sscanf(s.Memory, "%dm", &megabytes); n != 1 || !s.ReadOnly || s.Pids == 0 {
		t.Fatalf("docker-compose.yml has a bot %+v, %v", s, err)
	}
	image, user := t.TempDir(), imageUser(t)
	mount(t, "tmpfs", image, 0, "size=128m")
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", filepath.Join(image, "summitquiz"), ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, folder := range []string{"data", "etc"} {
		if err := os.Mkdir(filepath.Join(image, folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(image, "etc", "hosts"), []byte("127.0.0.1 localhost\n"), 0o644); err != nil { // Docker adds it
		t.Fatal(err)
	}
	mount(t, "tmpfs", image, syscall.MS_REMOUNT|syscall.MS_RDONLY, "")
	mount(t, "tmpfs", filepath.Join(image, "data"), 0, fmt.Sprintf("size=64m,uid=%d,gid=%d,mode=0755", user, user))

	address := freeAddress(t)
	_, port, _ := net.SplitHostPort(address)
	command := func(args ...string) *exec.Cmd {
		c := exec.CommandContext(t.Context(), "/summitquiz", args...)
		c.Dir = "/"
		c.Env = []string{"DATABASE_URL=sqlite:/data/summitquiz.db", "HTTP_ADDR=:" + port, "TMPDIR=/data"}
		for name, value := range s.Environment {
			c.Env = append(c.Env, name+"="+value)
		}
		c.SysProcAttr = &syscall.SysProcAttr{Chroot: image, Credential: &syscall.Credential{Uid: user, Gid: user}}
		return c
	}
	p := &process{url: "http://" + address, cmd: command(), done: make(chan error, 1)}
	p.cmd.Stdout, p.cmd.Stderr = locked{&p.mu, &p.out}, locked{&p.mu, &p.log}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { p.done <- p.cmd.Wait() }()
	t.Cleanup(p.kill)
	for controller, amount := range map[string]int{"memory": megabytes << 20, "pids": s.Pids} {
		if _, err := limitProcess(p.cmd.Process.Pid, controller, amount); err != nil {
			t.Logf("the kernel takes no limit of %s: %v", controller, err)
		}
	}
	p.awaitReady(t)
	for _, args := range [][]string{{"healthcheck", "--deep"}, {"owner-link", "--http-addr", "localhost:8080"}, {"backup", "/data/copy.db"}, {"licences"}} {
		if out, err := command(args...).CombinedOutput(); err != nil {
			t.Errorf("%v: %v: %s", args, err, out)
		}
	}
	if out, err := command("backup", "/copy.db").CombinedOutput(); err == nil || !strings.Contains(string(out), "read-only") {
		t.Errorf("a backup to the image's own disk: %v: %s", err, out)
	}
	playInContainer(t, p)
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{fmt.Sprintf("Uid:\t%d\t%d", user, user), "CapEff:\t0000000000000000"} {
		if !strings.Contains(string(status), want) {
			t.Errorf("the process has not %q:\n%s", want, status)
		}
	}
	t.Logf("as user %d on a read-only disk: ready, a quiz played, %.0f MB of %d at most", user, p.peak(t), megabytes)
	grace, err := time.ParseDuration(s.Grace)
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if err := p.stop(t); err != nil || time.Since(began) > grace {
		t.Errorf("it ended after %s with %v:\n%s", time.Since(began), err, p.said())
	}
}

// imageUser is the user of the Dockerfile.
func imageUser(t *testing.T) uint32 {
	t.Helper()
	text, err := os.ReadFile("../../Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		var user uint32
		if n, _ := fmt.Sscanf(line, "USER %d:", &user); n == 1 && user > 0 {
			return user
		}
	}
	t.Fatal("the Dockerfile names no user")
	return 0
}

func mount(t *testing.T, kind, at string, flags uintptr, options string) {
	t.Helper()
	if err := syscall.Mount(kind, at, kind, flags, options); err != nil {
		t.Fatalf("mount %s: %v", at, err)
	}
	if flags&syscall.MS_REMOUNT == 0 {
		t.Cleanup(func() { syscall.Unmount(at, syscall.MNT_DETACH) })
	}
}

// playInContainer plays a quiz.
func playInContainer(t *testing.T, p *process) {
	t.Helper()
	c := &crowd{url: p.url, acks: make(chan struct{}, 100)}
	c.last.Store(true)
	lobby := newCrashTable(t, c, 0)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	lobby.play(ctx)
	if c.answered.Load() == 0 {
		t.Error("nobody could answer")
	}
}
