package daily

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"summitquiz/content/language"
)

// ZoneError says that a text names no zone, with the places that may have been meant.
type ZoneError struct {
	Text  string  // at most 40 letters of it
	Meant []Place // none or a few, the likeliest first
}

// Place is a place as it is called in some language, and its zone.
type Place struct {
	Name string
	Zone Zone
}

func (e *ZoneError) Error() string {
	if len(e.Meant) == 0 {
		return fmt.Sprintf("%q is not a place or a zone: write a large city near you, such as Riyadh", e.Text)
	}
	var names []string
	for _, p := range e.Meant {
		names = append(names, p.Name)
	}
	return fmt.Sprintf("%q is not a place or a zone: did you mean %s?", e.Text, strings.Join(names, " or "))
}

// mostZones is how many zones there are to choose from at most.
const mostZones = 8

// mostMeant is how many places a misspelt one is compared to at most.
const mostMeant = 3

// ReadZone reads a zone as people type it: a city or a country in any of the four languages, a
// name of the tz database, an abbreviation such as KST, or a distance from UTC such as GMT+3.
// One zone is sure; of several, the likeliest for the language first, the person has to choose:
// GMT+3 holds for a season in one place and for ever in another. It returns a *ZoneError for
// other texts.
func ReadZone(text string, c language.Code, now time.Time) ([]Zone, error) {
	wrong := &ZoneError{Text: shortened(strings.TrimSpace(text))}
	if len(text) > 200 {
		return nil, wrong
	}
	a := theAtlas()
	clean := language.Normalise(text)
	for _, filler := range language.WordsOf("times", "zone-after") {
		if filler[0] < utf8.RuneSelf {
			filler = " " + filler
		}
		clean = strings.TrimSpace(strings.TrimSuffix(clean, filler))
	}
	for _, filler := range language.WordsOf("times", "zone-before") {
		clean = strings.TrimPrefix(clean, language.Normalise(filler)+" ")
	}
	if minutes, ok := readOffset(clean); ok {
		if zones := a.at(now, minutes, c); len(zones) > 0 {
			return zones, nil
		}
		return nil, wrong
	}
	if zones := abbreviations[clean]; zones != "" {
		return a.choice(strings.Fields(zones), c), nil
	}
	if zones := a.places[placeKey(clean)]; zones != nil {
		return a.distinct(zones, now), nil
	}
	if z, ok := a.names[strings.ReplaceAll(strings.ToLower(strings.TrimSpace(text)), " ", "_")]; ok {
		return []Zone{z}, nil
	}
	if city, _, ok := strings.Cut(clean, ","); ok { // Paris, France
		if zones := a.places[placeKey(city)]; zones != nil {
			return a.distinct(zones, now), nil
		}
	}
	wrong.Meant = a.near(placeKey(clean), c)
	return nil, wrong
}

// abbreviations are those that people write. Where one stands for several places, they choose.
var abbreviations = map[string]string{
	"kst": "Asia/Seoul", "jst": "Asia/Tokyo", "hkt": "Asia/Hong_Kong", "sgt": "Asia/Singapore", "myt": "Asia/Kuala_Lumpur",
	"pht": "Asia/Manila", "ict": "Asia/Bangkok Asia/Ho_Chi_Minh", "wib": "Asia/Jakarta", "wita": "Asia/Makassar",
	"wit": "Asia/Jayapura", "cst": "America/Chicago Asia/Shanghai Asia/Taipei", "cdt": "America/Chicago", "ct": "America/Chicago",
	"est": "America/New_York", "edt": "America/New_York", "et": "America/New_York", "mst": "America/Denver America/Phoenix",
	"mdt": "America/Denver", "mt": "America/Denver", "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles",
	"pt": "America/Los_Angeles", "akst": "America/Anchorage", "akdt": "America/Anchorage", "hst": "Pacific/Honolulu",
	"ast": "Asia/Riyadh America/Halifax", "adt": "America/Halifax", "nst": "America/St_Johns", "ndt": "America/St_Johns",
	"ist": "Asia/Kolkata Asia/Jerusalem Europe/Dublin", "idt": "Asia/Jerusalem", "bst": "Europe/London Asia/Dhaka",
	"gst": "Asia/Dubai", "pkt": "Asia/Karachi", "npt": "Asia/Kathmandu", "irst": "Asia/Tehran", "trt": "Europe/Istanbul",
	"msk": "Europe/Moscow", "cet": "Europe/Berlin Europe/Paris Europe/Madrid Europe/Rome Africa/Algiers Africa/Tunis",
	"cest": "Europe/Berlin Europe/Paris Europe/Madrid Europe/Rome",
	"eet":  "Africa/Cairo Asia/Beirut Europe/Athens Europe/Kyiv Africa/Tripoli",
	"eest": "Africa/Cairo Asia/Beirut Europe/Athens Europe/Kyiv", "wet": "Europe/Lisbon", "west": "Europe/Lisbon",
	"eat": "Africa/Nairobi", "cat": "Africa/Maputo Africa/Khartoum", "wat": "Africa/Lagos", "sast": "Africa/Johannesburg",
	"brt": "America/Sao_Paulo", "art": "America/Argentina/Buenos_Aires", "aest": "Australia/Sydney Australia/Brisbane",
	"aedt": "Australia/Sydney", "acst": "Australia/Adelaide Australia/Darwin", "awst": "Australia/Perth",
	"nzst": "Pacific/Auckland", "nzdt": "Pacific/Auckland",
}

// offsets are the ways to write a distance from UTC.
var offsets = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:` + strings.Join(language.WordsOf("times", "greenwich"), "|") + `)? ?([+-]) ?(\d{1,2})(?:[:.]?(\d{2}))?$`)
})

// readOffset reads a distance from UTC in minutes. Of GMT alone it is none.
func readOffset(s string) (int, bool) {
	if s == "gmt" {
		return 0, true
	}
	for _, mark := range language.WordsOf("times", "zone-mark") {
		zone, ok := strings.CutSuffix(s, mark)
		for side, sign := range map[string]int{"east": 1, "west": -1} {
			for _, word := range language.WordsOf("times", side) {
				if hours, is := strings.CutPrefix(zone, word); ok && is { // 东八区
					n, size := eastNumber(hours)
					return 60 * sign * n, size > 0 && size == len(hours)
				}
			}
		}
	}
	m := offsets().FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	hours, _ := strconv.Atoi(m[2])
	minutes, _ := strconv.Atoi(cmp.Or(m[3], "0"))
	if minutes += hours * 60; m[1] == "-" {
		minutes = -minutes
	}
	return minutes, true
}

// at returns the zones that are some minutes from UTC at a moment, the likeliest first. Of
// those whose clocks will differ in half a year it has one each.
func (a *atlas) at(now time.Time, minutes int, c language.Code) []Zone {
	var all []Zone
	for _, z := range a.sort(a.zones, c) {
		if z.offset(now) == minutes {
			all = append(all, z)
		}
	}
	out := a.distinct(all, now)
	for _, z := range all {
		if len(out) < mostZones && !slices.Contains(out, z) {
			out = append(out, z)
		}
	}
	return a.sort(out, c)
}

// choice returns zones by their names, the likeliest for a language first.
func (a *atlas) choice(names []string, c language.Code) []Zone {
	var out []Zone
	for _, n := range names {
		out = append(out, Zone(n))
	}
	return a.sort(out, c)
}

// distinct returns the first of the zones whose clocks are the same now and in half a year.
func (a *atlas) distinct(zones []Zone, now time.Time) []Zone {
	type clocks struct{ now, later int }
	seen := map[clocks]bool{}
	var out []Zone
	for _, z := range zones {
		k := clocks{z.offset(now), z.offset(now.AddDate(0, 6, 0))}
		if !seen[k] && len(out) < mostZones {
			seen[k] = true
			out = append(out, z)
		}
	}
	return out
}

// near returns the places whose names are nearest to a misspelt one, one a zone.
func (a *atlas) near(key string, c language.Code) []Place {
	letters := language.Jamo(key)
	if len(letters) < 3 {
		return nil
	}
	limit := min(1+len(letters)/4, 3)
	type match struct {
		Place
		distance int
	}
	var found []match
	for _, w := range a.words {
		d := language.Distance(letters, language.Jamo(w), limit)
		if strings.HasPrefix(w, key) && len(letters) >= 4 {
			d = min(d, limit)
		}
		if d <= limit {
			found = append(found, match{Place{a.spelled[w], a.places[w][0]}, d})
		}
	}
	slices.SortStableFunc(found, func(x, y match) int {
		return cmp.Or(cmp.Compare(x.distance, y.distance), cmp.Compare(a.rank[c][x.Zone], a.rank[c][y.Zone]))
	})
	var out []Place
	for _, m := range found {
		if len(out) < mostMeant && !slices.ContainsFunc(out, func(p Place) bool { return p.Zone == m.Zone }) {
			out = append(out, m.Place)
		}
	}
	return out
}

// Clock is a time of day that clocks show now, and where.
type Clock struct {
	Time  TimeOfDay
	Zones []Zone // the likeliest first
}

// Clocks answers "What time is it where you are?": the times that clocks show at a moment, those
// of the likeliest places for a language first, and where each is shown.
func Clocks(now time.Time, c language.Code) []Clock {
	a := theAtlas()
	var out []Clock
	index := map[TimeOfDay]int{}
	for _, z := range a.sort(a.zones, c) {
		t := WallOf(now, now.UTC().Location()).Time
		t = TimeOfDay(floorMod(int64(t)+int64(z.offset(now)), MinutesPerDay))
		i, ok := index[t]
		if !ok {
			i = len(out)
			index[t] = i
			out = append(out, Clock{Time: t})
		}
		out[i].Zones = append(out[i].Zones, z)
	}
	return out
}

// ZonesAt returns where clocks show a time of day at a moment, the likeliest for a language
// first. It gives or takes seven minutes: people's clocks are not exact and typing takes time.
func ZonesAt(now time.Time, shown TimeOfDay, c language.Code) []Zone {
	var out []Zone
	best := 8
	for _, k := range Clocks(now, c) {
		away := abs(int(k.Time) - int(shown))
		if away = min(away, MinutesPerDay-away); away < best {
			best, out = away, k.Zones
		}
	}
	return out[:min(len(out), mostZones)]
}
