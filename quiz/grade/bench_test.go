package grade

import (
	"encoding/json"
	"os"
	"testing"
)

// BenchmarkAnswer grades every case of the vectors in turn.
func BenchmarkAnswer(b *testing.B) {
	data, err := os.ReadFile("testdata/answers.json")
	if err != nil {
		b.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(data, &v); err != nil {
		b.Fatal(err)
	}
	for _, kind := range []string{"all", "amount", "date", "person", "place", "yesno"} {
		var keys []*Key
		var typed []string
		made := map[string]*Key{}
		for _, c := range v.Cases {
			it := v.Items[c.Item]
			if it.Kind == "choice" || kind != "all" && it.Kind != kind {
				continue
			}
			if made[c.Item] == nil {
				k := it.key(b)
				made[c.Item] = &k
			}
			keys, typed = append(keys, made[c.Item]), append(typed, c.Typed)
		}
		b.Run(kind, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				Answer(keys[i%len(keys)], typed[i%len(keys)])
			}
		})
	}
}
