package content

import "testing"

func TestJSONPairsOfEscapesAreOneCharacter(t *testing.T) {
	for in, want := range map[string]string{
		`{"a": "\ud83d\ude00b", "c": 1}`:       `{"a": "\U0001F600b"  , "c": 1}`,
		`{"a": "\ud83d\ude00\ud83d\ude01"}`:    `{"a": "\U0001F600\U0001F601"    }`,
		`{"a": "\\ud83d\\ude00"}`:              `{"a": "\\ud83d\\ude00"}`,
		`{"a": "\ud83d alone"}`:                `{"a": "\ud83d alone"}`,
		`{"a": "\ude00\ud83d"}`:                `{"a": "\ude00\ud83d"}`,
		`{"a": "\u00e9"}`:                      `{"a": "\u00e9"}`,
		`a: "\ud83d\ude00"`:                    `a: "\ud83d\ude00"`,
		`{"a": "quote \" and \ud83d\ude00 b"}`: `{"a": "quote \" and \U0001F600 b"  }`,
	} {
		if got := string(joinSurrogates([]byte(in))); got != want {
			t.Errorf("%s\ngot  %s\nwant %s", in, got, want)
		}
	}
}

func TestAPackFromPythonsJSONLoads(t *testing.T) {
	p, err := Parse([]byte(`{"pack": "j", "languages": ["en"], "title": "Smile \ud83d\ude00 a\/b", "cards": [{"ask": "What?", "answer": "caf\u00e9"}]}`), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Title[1]; got != "Smile 😀 a/b" {
		t.Errorf("title %q", got)
	}
}
