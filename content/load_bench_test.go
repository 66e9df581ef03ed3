package content_test

import (
	"fmt"
	"runtime"
	"sync"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"

	"summitquiz/content"
	"summitquiz/content/contenttest"
)

// sizes are the packs of the benchmarks; growth from one to the next shows whether loading is
// linear in facts.
var sizes = []int{1_000, 10_000, 100_000}

var formats = []struct {
	name string
	make func(facts int, seed uint64) []byte
}{{"yaml", contenttest.Generate}, {"json", contenttest.GenerateJSON}}

var cachedPacks sync.Map // name → []byte, made once for all benchmarks

func packOf(format, facts int) []byte {
	key := fmt.Sprint(format, facts)
	if data, ok := cachedPacks.Load(key); ok {
		return data.([]byte)
	}
	data := formats[format].make(facts, 1)
	cachedPacks.Store(key, data)
	return data
}

// BenchmarkParserAlone decodes the same packs to yaml.Node and does nothing with them.
func BenchmarkParserAlone(b *testing.B) {
	each(b, func(b *testing.B, data []byte, facts int) {
		for b.Loop() {
			parseAlone(b, data)
		}
	})
}

// BenchmarkLoad loads, checks and indexes packs. It reports how many times as long that takes
// as the YAML parser alone, timed in turn within the same run, and what one pack keeps.
func BenchmarkLoad(b *testing.B) {
	each(b, func(b *testing.B, data []byte, facts int) {
		var whole, alone time.Duration
		for b.Loop() {
			b.StopTimer()
			runtime.GC()
			start := time.Now()
			parseAlone(b, data)
			alone += time.Since(start)
			runtime.GC()
			b.StartTimer()
			start = time.Now()
			load(b, data)
			whole += time.Since(start)
		}
		b.ReportMetric(float64(whole)/float64(alone), "x-parser")
		b.ReportMetric(float64(whole.Nanoseconds())/float64(b.N)/float64(facts), "ns/fact")
		b.ReportMetric(retained(b, data)/(1<<20), "retained-MiB")
	})
}

func each(b *testing.B, run func(b *testing.B, data []byte, facts int)) {
	for i, format := range formats {
		for _, facts := range sizes {
			b.Run(fmt.Sprintf("%s/facts=%d", format.name, facts), func(b *testing.B) {
				data := packOf(i, facts)
				b.SetBytes(int64(len(data)))
				b.ReportAllocs()
				run(b, data, facts)
			})
		}
	}
}

func parseAlone(b *testing.B, data []byte) {
	var doc yaml.Node
	if err := yaml.Load(data, &doc); err != nil {
		b.Fatal(err)
	}
}

func load(b *testing.B, data []byte) *content.Pack {
	p, err := content.Parse(data, content.Options{MaxBytes: content.FileLimit})
	if err != nil {
		b.Fatal(err)
	}
	return p
}

// retained is how many bytes a loaded pack keeps, its file not counted.
func retained(b *testing.B, data []byte) float64 {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&before)
	p := load(b, data)
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(p)
	return float64(after.HeapAlloc) - float64(before.HeapAlloc)
}

// BenchmarkFalse asks of one value after another whether it is certainly false of a fact, as
// the choice of wrong options does. It must not grow with the pack.
func BenchmarkFalse(b *testing.B) {
	for _, facts := range sizes {
		b.Run(fmt.Sprintf("facts=%d", facts), func(b *testing.B) {
			p := load(b, packOf(0, facts))
			capitals := p.FactsOf(p.Relation("capital"))
			cities := p.EntitiesOf("city")
			i := 0
			for b.Loop() {
				i++
				p.False(capitals[i%len(capitals)], 1, content.Value{Type: content.EntityValue, Entity: cities[(i*7)%len(cities)]})
			}
		})
	}
}
