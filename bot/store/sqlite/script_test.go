package sqlite

import (
	"bytes"
	"fmt"
	"testing"
)

// TestScriptsAreKeptSmall holds that scripts come back as they were, one after the other, also those that were kept
// as JSON, and that one takes less than a third of its size.
func TestScriptsAreKeptSmall(t *testing.T) {
	var c compressor
	for n, script := range [][]byte{[]byte("{}"), nil, bytes.Repeat([]byte(`{"stem":"Which lake is the deepest?","options":["Baikal","Ladoga"]},`), 100), []byte(`{"a":"ㄱ"}`)} {
		kept, err := c.compressed(script)
		if err != nil {
			t.Fatal(err)
		}
		if len(script) > 1000 && 3*len(kept) > len(script) {
			t.Errorf("%d bytes are kept as %d", len(script), len(kept))
		}
		for how, column := range map[string][]byte{"compressed": kept, "as JSON": script} {
			var got []byte
			if err := (scriptColumn{&got}).Scan(column); err != nil || !bytes.Equal(got, script) {
				t.Errorf("script %d, %s, comes back as %q, %v", n, how, got, err)
			}
		}
	}
	var got []byte
	for _, broken := range []any{[]byte{zlibMark, 1, 2}, "text", nil} {
		if err := (scriptColumn{&got}).Scan(broken); err == nil {
			t.Errorf("%s is read", fmt.Sprintf("%T %v", broken, broken))
		}
	}
}
