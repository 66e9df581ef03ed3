package summitquiz_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"
)

// TestProxyExamples has Caddy and nginx check the examples in docs/proxy.
func TestProxyExamples(t *testing.T) {
	folder := t.TempDir()
	certificate(t, folder)
	conf, err := os.ReadFile("docs/proxy/nginx.conf")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(string(conf), "/etc/ssl/quiz.example.org", folder)
	nginx := filepath.Join(folder, "nginx.conf")
	if err := os.WriteFile(nginx, []byte("pid "+folder+"/pid;\n"+text), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, args := range map[string][]string{
		"caddy":             {"validate", "--adapter", "caddyfile", "--config", "docs/proxy/Caddyfile"},
		"caddy of replicas": {"validate", "--adapter", "caddyfile", "--config", "docs/proxy/Caddyfile.replicas"},
		"nginx":             {"-t", "-e", filepath.Join(folder, "error.log"), "-c", nginx},
	} {
		t.Run(name, func(t *testing.T) {
			name, _, _ := strings.Cut(name, " ")
			program, err := exec.LookPath(name)
			if err != nil && os.Getenv("CI") == "true" {
				t.Fatal(name, "is missing: .ci/setup installs it")
			}
			if err != nil {
				t.Skip(name, "is not installed")
			}
			run := exec.Command(program, args...)
			run.Env = append(os.Environ(), "XDG_DATA_HOME="+folder, "XDG_CONFIG_HOME="+folder)
			if out, err := run.CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
}

// TestCompose holds that docker compose starts the bot alone, and with its profile what many bots need.
func TestCompose(t *testing.T) {
	text, err := os.ReadFile("docker-compose.yml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Services map[string]struct {
			Profiles    []string
			Image       string
			Environment map[string]string
			Volumes     []string
			Deploy      struct{ Replicas int }
		}
		Volumes map[string]any
	}
	if err := yaml.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	for name, s := range file.Services {
		if alone := name == "bot"; alone != (len(s.Profiles) == 0) {
			t.Errorf("%s has the profiles %v", name, s.Profiles)
		}
		for _, v := range s.Volumes {
			from, _, _ := strings.Cut(v, ":")
			_, declared := file.Volumes[from]
			if _, err := os.Stat(from); !declared && err != nil {
				t.Errorf("%s uses %s, which is not there", name, from)
			}
		}
	}
	if s := file.Services["replica"]; s.Deploy.Replicas != 3 || !strings.HasPrefix(s.Environment["DATABASE_URL"], "postgres://") {
		t.Errorf("the replicas are %+v", s)
	}
	if s := file.Services["postgres"]; s.Image != "postgres:17" {
		t.Errorf("the server is %s", s.Image)
	}
}

// certificate writes a certificate that nobody trusts, and its key.
func certificate(t *testing.T, folder string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{"quiz.example.org"}, NotAfter: time.Now().Add(time.Hour)}
	cert, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string]pem.Block{"fullchain.pem": {Type: "CERTIFICATE", Bytes: cert}, "key.pem": {Type: "PRIVATE KEY", Bytes: private}} {
		if err := os.WriteFile(filepath.Join(folder, name), pem.EncodeToMemory(&b), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
