package language

import "testing"

func TestArticlesBySound(t *testing.T) {
	for _, want := range []string{
		"an MOU", "a memorandum", "a university", "an hour", "an honest answer", "an heir", "a house", "an 11-year gap", "an 8", "an 80th", "an 18 million",
		"an 11,000", "a 1,100", "an 1819 treaty", "a 7", "a 70 trillion", "a 100", "a 12", "an apple", "an Arab", "a European", "a Uruguayan", "a Ukrainian",
		"a UN body", "a US firm", "an FTA", "an APEC summit", "a NATO summit", "a UNESCO site", "an X-ray", "a U-turn", "an SOS", "a one-off", "a once",
		"an onion", "an umbrella", "an uninvited guest", "an unidentified object", "a unique gift", "a union", "a unit", "a useful tool", "an usher",
		"an ugly one", "an urban area", "a uranium mine", "an utter", "a utility", "an Élysée", "a Xiaomi phone", "an iPhone", "a “won”", "a euro", "an Indian rupee",
	} {
		article, rest, _ := cutArticle(want)
		got := "a"
		if takesAn(" " + rest) {
			got = "an"
		}
		if got != article {
			t.Errorf("got %q, want %q", got+" "+rest, want)
		}
	}
}

func cutArticle(s string) (article, rest string, ok bool) {
	if s[1] == 'n' {
		return "an", s[3:], true
	}
	return "a", s[2:], true
}
