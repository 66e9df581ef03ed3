package language

import (
	"fmt"
	"strings"
	"testing"
)

// TestParticlesAfterEverySound is the golden sample of the reviewers' rubric: a number ending
// in each digit, and names ending in a vowel, a consonant, ㄹ, a Latin acronym and the rest.
func TestParticlesAfterEverySound(t *testing.T) {
	names := []string{"subject"}
	var particles []*Message
	for _, p := range []string{"은/는", "이/가", "을/를", "과/와", "으로/로", "아/야", "이라/라", "이라고/라고", "이었습니다/였습니다", "이에요/예요", "으로서/로서"} {
		m, err := Compile(Korean, "{subject}{"+p+"}", names)
		if err != nil {
			t.Fatal(err)
		}
		particles = append(particles, m)
	}
	words := []string{"시진핑", "이재명", "경주", "서울", "한화오션", "7건", "70조 원", "489억 달러",
		"APEC", "MOU", "FTA", "UN", "NATO", "ASEAN", "GDP", "WHO", "LG", "URL", "Xiaomi", "Google", "Facebook", "Nike", "iPhone", "Microsoft",
		"12.5%", "25°C", "643,801km²", "5kg", "李在明", "韓國", "日本", "金大中", "國家", "十七", "①", "70韓元", "€", "아시아태평양경제협력체(APEC)", "(경주)", "‘백도어’", "“바둑”", "《삼국지》", "____"}
	for _, n := range []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 21, 100, 1000, 10000} {
		words = append(words, fmt.Sprint(n))
	}
	var b strings.Builder
	for _, w := range words {
		arg := Arg{Text: w}
		if w == blank {
			arg = Arg{Kind: Gap}
		}
		for i, m := range particles {
			if i > 0 {
				b.WriteString(" | ")
			}
			plain := m.Append(nil, []Arg{arg}, plainStyle)
			b.Write(plain)
			if got := StripIsolates(string(m.Append(nil, []Arg{arg}, Style{}))); got != string(plain) {
				t.Errorf("isolates change the particle: %q and %q", got, plain)
			}
		}
		b.WriteByte('\n')
	}
	golden(t, "particles.golden", b.String())
}

func TestParticlesKoreansWouldWrite(t *testing.T) {
	for _, c := range []struct{ word, pair, want string }{
		{"시진핑", "은/는", "시진핑은"},
		{"경주", "은/는", "경주는"},
		{"서울", "으로/로", "서울로"},
		{"한국", "으로/로", "한국으로"},
		{"서울", "을/를", "서울을"},
		{"APEC", "이/가", "APEC이"},
		{"MOU", "이/가", "MOU가"},
		{"7", "은/는", "7은"},
		{"3", "은/는", "3은"},
		{"2", "으로/로", "2로"},
		{"1", "으로/로", "1로"},
		{"10", "으로/로", "10으로"},
		{"12.5%", "을/를", "12.5%를"},
		{"70조 원", "을/를", "70조 원을"},
		{"70조 원", "이었습니다/였습니다", "70조 원이었습니다"},
		{"‘백도어’", "을/를", "‘백도어’를"},
		{"李在明", "이/가", "李在明이"},
		{"____", "을/를", "____을/를"},
		{"____", "으로/로", "____(으)로"},
		{"____", "으로서/로서", "____(으)로서"},
	} {
		p, _, ok := parseParticle(c.pair)
		if !ok {
			t.Fatalf("{%s} is refused", c.pair)
		}
		if got := string(appendParticle([]byte(c.word), &p)); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestParticlesThatDoNotExist(t *testing.T) {
	for _, s := range []string{"는/은", "을/은", "로/으로", "은", "은/", "/는", "a/b", "은/는/이"} {
		if _, _, ok := parseParticle(s); ok {
			t.Errorf("{%s} is accepted", s)
		}
	}
	if _, hint, _ := parseParticle("는/은"); !strings.Contains(hint, "{은/는}") {
		t.Errorf("the hint for {는/은} is %q", hint)
	}
}
