package sqlite

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
)

// Scripts are by far the largest rows of a game, and say the same words in several languages: they are
// kept compressed, at less than a third. Those from before migration 10 are JSON as it is.

// zlibMark is the first byte of what zlib writes, with which no JSON begins.
const zlibMark = 0x78

// compressor compresses scripts, one after the other.
type compressor struct {
	out bytes.Buffer
	zip *zlib.Writer
}

// compressed returns a script as it is kept. It is valid until the next call.
func (c *compressor) compressed(script []byte) ([]byte, error) {
	c.out.Reset()
	if c.zip == nil {
		c.zip = zlib.NewWriter(&c.out)
	} else {
		c.zip.Reset(&c.out)
	}
	if _, err := c.zip.Write(script); err != nil {
		return nil, err
	}
	if err := c.zip.Close(); err != nil {
		return nil, err
	}
	return c.out.Bytes(), nil
}

// scriptColumn scans a script.
type scriptColumn struct{ script *[]byte }

// Scan reads a script as it is kept.
func (s scriptColumn) Scan(v any) error {
	kept, ok := v.([]byte)
	if !ok {
		return fmt.Errorf("a script is kept as %T", v)
	}
	if len(kept) == 0 || kept[0] != zlibMark {
		*s.script = bytes.Clone(kept)
		return nil
	}
	r, err := zlib.NewReader(bytes.NewReader(kept))
	if err != nil {
		return fmt.Errorf("read a script: %w", err)
	}
	if *s.script, err = io.ReadAll(r); err != nil {
		return fmt.Errorf("read a script: %w", err)
	}
	return nil
}
