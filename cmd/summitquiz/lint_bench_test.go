package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// BenchmarkLint lints a pack of cards as the command does.
func BenchmarkLint(b *testing.B) {
	for _, n := range []int{2_000, 20_000, 200_000} {
		b.Run(fmt.Sprintf("cards=%d", n), func(b *testing.B) {
			var pack bytes.Buffer
			pack.WriteString("pack: long\nversion: 1.0.0\nlanguages: [en]\ntitle: Long\ncards:\n")
			for i := range n {
				fmt.Fprintf(&pack, "  - {ask: \"Which word stands in row %d of the long list?\", answer: \"word %d\"}\n", i, i)
			}
			path := filepath.Join(b.TempDir(), "long.yaml")
			if err := os.WriteFile(path, pack.Bytes(), 0o600); err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if err := (lintCommand{Lang: "en", Files: []string{path}}).Run(streams{out: io.Discard, err: io.Discard}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/card")
		})
	}
}
