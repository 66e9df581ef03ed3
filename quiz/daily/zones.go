package daily

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // zones are known wherever the program runs

	"summitquiz/content/language"
)

// Zone is a zone of the tz database, by its name, such as Asia/Riyadh.
type Zone string

//go:embed zones.tsv
var zonesFile string

//go:embed cities.tsv
var citiesFile string

// atlas is what is known of zones.
type atlas struct {
	zones   []Zone                       // those that are offered: one or more a country, in the order of their countries
	names   map[string]Zone              // every name of the tz database in lower case
	city    map[Zone]language.Text       // the city that a zone is named after
	places  map[string][]Zone            // what people call places, folded
	words   []string                     // the keys of places, sorted
	spelled map[string]string            // the keys of places, as they are written
	rank    [language.Count]map[Zone]int // how likely somebody who speaks the language lives there
	loaded  sync.Map                     // Zone to *time.Location: reading one takes longer than all else
}

// theAtlas is read on first use.
var theAtlas = sync.OnceValue(func() *atlas {
	a := &atlas{names: map[string]Zone{}, city: map[Zone]language.Text{}, places: map[string][]Zone{}, spelled: map[string]string{}}
	var countries, towns [][]string
	for line := range strings.Lines(zonesFile) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		switch f[0] {
		case "zone":
			z := Zone(f[1])
			a.zones = append(a.zones, z)
			a.names[strings.ToLower(f[1])] = z
			var city language.Text
			copy(city[:], f[3:])
			a.city[z] = city
			for _, name := range city {
				a.call(name, z)
			}
		case "alias":
			a.names[strings.ToLower(f[1])] = Zone(f[1])
		case "country":
			countries = append(countries, f)
		case "towns":
			towns = append(towns, f)
		}
	}
	for line := range strings.Lines(citiesFile) {
		if f := strings.Split(strings.TrimSuffix(line, "\n"), "\t"); line[0] != '#' {
			var zones []Zone
			for z := range strings.SplitSeq(f[0], ",") {
				zones = append(zones, Zone(z))
			}
			for _, names := range f[1:] {
				for name := range strings.SplitSeq(names, "/") {
					a.call(name, zones...)
				}
			}
		}
	}
	// The first to be called so stays: a capital before its country, a large city before a town.
	for _, f := range countries {
		var zones []Zone
		for z := range strings.SplitSeq(f[len(f)-1], ",") {
			zones = append(zones, Zone(z))
		}
		for _, name := range f[2 : len(f)-1] {
			a.call(name, zones...)
		}
	}
	for _, f := range towns {
		for name := range strings.SplitSeq(f[2], ",") {
			a.call(name, Zone(f[1]))
		}
	}
	for w := range a.places {
		a.words = append(a.words, w)
	}
	slices.Sort(a.words)
	a.order()
	return a
})

// call says that a place is called so, unless another place is already.
func (a *atlas) call(name string, zones ...Zone) {
	key := placeKey(name)
	if key == "" {
		return
	}
	if a.places[key] == nil {
		a.places[key], a.spelled[key] = zones, name
	}
}

// placeKey folds the name of a place: as answers are folded, without blanks, the Arabic article,
// and the word for a city in Korean and Chinese.
func placeKey(s string) string {
	s = language.Compact(strings.ReplaceAll(language.Normalise(s), "_", " "))
	for _, article := range language.WordsOf("times", "article") {
		s = strings.TrimPrefix(s, article)
	}
	for _, suffix := range language.WordsOf("times", "city-after") {
		if rest, ok := strings.CutSuffix(s, suffix); ok && rest != "" {
			return rest
		}
	}
	return s
}

// likely lists where people who speak a language live, the likeliest first.
var likely = [language.Count]string{
	language.Arabic: "Asia/Riyadh Africa/Cairo Asia/Dubai Asia/Baghdad Africa/Casablanca Africa/Algiers Africa/Tunis Asia/Amman Asia/Beirut " +
		"Asia/Damascus Asia/Kuwait Asia/Qatar Africa/Khartoum Africa/Tripoli Asia/Aden Asia/Muscat Asia/Bahrain Asia/Hebron " +
		"Asia/Gaza Africa/Nouakchott",
	language.English: "America/New_York Europe/London America/Los_Angeles America/Chicago Asia/Kolkata America/Toronto Australia/Sydney " +
		"America/Denver Africa/Lagos Asia/Manila Europe/Dublin Africa/Johannesburg Asia/Singapore Pacific/Auckland Africa/Nairobi " +
		"Asia/Karachi America/Halifax Australia/Perth",
	language.Korean: "Asia/Seoul America/Los_Angeles America/New_York Asia/Tokyo Asia/Shanghai Australia/Sydney Asia/Ho_Chi_Minh",
	language.Chinese: "Asia/Shanghai Asia/Taipei Asia/Hong_Kong Asia/Singapore Asia/Kuala_Lumpur Asia/Macau America/Los_Angeles " +
		"America/New_York America/Vancouver Australia/Sydney",
}

// everywhere lists well-known zones at all distances from UTC. They follow the likely ones.
const everywhere = "Europe/London Europe/Paris Europe/Berlin Europe/Istanbul Europe/Moscow Asia/Riyadh Africa/Cairo Asia/Dubai Asia/Tehran " +
	"Asia/Kabul Asia/Karachi Asia/Kolkata Asia/Kathmandu Asia/Dhaka Asia/Yangon Asia/Bangkok Asia/Jakarta Asia/Shanghai " +
	"Asia/Singapore Asia/Tokyo Asia/Seoul Australia/Adelaide Australia/Darwin Australia/Brisbane Australia/Sydney " +
	"Pacific/Noumea Pacific/Auckland Pacific/Chatham Pacific/Apia Pacific/Kiritimati Atlantic/Azores Atlantic/Cape_Verde " +
	"America/Noronha America/Sao_Paulo America/Argentina/Buenos_Aires America/St_Johns America/Halifax America/New_York " +
	"America/Chicago America/Mexico_City America/Denver America/Phoenix America/Los_Angeles America/Anchorage " +
	"Pacific/Marquesas Pacific/Honolulu Pacific/Pago_Pago Australia/Eucla Australia/Lord_Howe"

// order ranks the zones for each language.
func (a *atlas) order() {
	for c := range a.rank {
		a.rank[c] = map[Zone]int{}
		for _, z := range strings.Fields(likely[c] + " " + everywhere) {
			if _, ok := a.rank[c][Zone(z)]; !ok {
				a.rank[c][Zone(z)] = len(a.rank[c])
			}
		}
		for _, z := range a.zones {
			if _, ok := a.rank[c][z]; !ok {
				a.rank[c][z] = len(a.rank[c])
			}
		}
	}
}

// sort puts zones in the order in which somebody who speaks a language likely lives there.
func (a *atlas) sort(zones []Zone, c language.Code) []Zone {
	out := slices.Clone(zones)
	slices.SortStableFunc(out, func(x, y Zone) int { return a.rank[c][x] - a.rank[c][y] })
	return out
}

// Zones returns the zones that are offered to people, the likeliest for a language first.
func Zones(c language.Code) []Zone {
	a := theAtlas()
	return a.sort(a.zones, c)
}

// City returns the city that a zone is named after, in a language, or else the name of the zone.
func (z Zone) City(c language.Code) string {
	city := theAtlas().city[z]
	if s := city[c]; s != "" {
		return s
	}
	return string(z)
}

// Location returns the zone with its clocks. It returns a *ZoneError for what is no zone of the
// tz database, such as Local, a path, or nothing.
func (z Zone) Location() (*time.Location, error) {
	a := theAtlas()
	if l, ok := a.loaded.Load(z); ok {
		return l.(*time.Location), nil
	}
	if z == "" || a.names[strings.ToLower(string(z))] != z {
		return nil, &ZoneError{Text: shortened(string(z))}
	}
	l, err := time.LoadLocation(string(z))
	if err != nil {
		return nil, fmt.Errorf("zone %s: %w", z, err) // the tz database that is built in has it
	}
	a.loaded.Store(z, l)
	return l, nil
}

// offset is how far clocks in the zone are from UTC at a moment, in minutes.
func (z Zone) offset(at time.Time) int {
	l, err := z.Location()
	if err != nil {
		return 0
	}
	_, seconds := at.In(l).Zone()
	return seconds / 60
}
