package grade

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"summitquiz/content/language"
)

// demonyms are what people of a country are called beside a title: the South Korean president.
// The key is the country's English name, normalised.
var demonyms = map[string]string{
	"south korea":    "korean|south korean|korea's|south korea's|of korea|of south korea|of the republic of korea|الكوري|الكورية|الكوري الجنوبي|الكورية الجنوبية|كوريا الجنوبية|لكوريا الجنوبية|한국|한국의|대한민국|韩国|韩国的|大韩民国",
	"north korea":    "north korean|north korea's|of north korea|الكوري الشمالي|الكورية الشمالية|كوريا الشمالية|북한|북한의|조선|朝鲜|北韩",
	"china":          "chinese|china's|of china|of the people's republic of china|الصيني|الصينية|الصين|للصين|중국|중국의|中国|中国的",
	"united states":  "american|us|u.s|america's|of the united states|of america|الأمريكي|الأميركي|الأمريكية|الأميركية|الولايات المتحدة|미국|미국의|美国|美国的",
	"japan":          "japanese|japan's|of japan|الياباني|اليابانية|اليابان|일본|일본의|日本|日本的",
	"russia":         "russian|russia's|of russia|الروسي|الروسية|روسيا|러시아|俄罗斯",
	"france":         "french|france's|of france|الفرنسي|الفرنسية|فرنسا|프랑스|法国",
	"germany":        "german|germany's|of germany|الألماني|الألمانية|ألمانيا|독일|德国",
	"united kingdom": "british|britain's|uk|of the united kingdom|البريطاني|البريطانية|بريطانيا|영국|英国",
	"india":          "indian|india's|of india|الهندي|الهندية|الهند|인도|印度",
	"egypt":          "egyptian|egypt's|of egypt|المصري|المصرية|مصر|이집트|埃及",
	"saudi arabia":   "saudi|saudi arabia's|of saudi arabia|السعودي|السعودية|사우디|沙特",
	"turkey":         "turkish|turkey's|of turkey|التركي|التركية|تركيا|튀르키예|土耳其",
}

// demonymIndex holds the words ready for use; "" has those of every country.
var demonymIndex = sync.OnceValue(func() map[string][]affix {
	m := map[string][]affix{"": parse(strings.Join(slices.Sorted(maps.Values(demonyms)), "|"))}
	for country, bars := range demonyms {
		m[country] = parse(bars)
	}
	return m
})

// demonymsOf returns the words for people of a country, by its English name; of every country
// where the name is empty because nobody knows which one somebody is of.
func demonymsOf(country string) []affix { return demonymIndex()[language.Normalise(country)] }
