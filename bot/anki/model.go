package anki

import (
	"fmt"
	"time"

	"summitquiz/bot/phrase"
)

// model is the number of the note type: one for each language, the same in every export, so that
// notes of two exports share it.
func (c *Collection) model() int64 { return 1_700_000_000_000 + int64(c.Lang) }

// noteType is the note type as Anki keeps it. Where the language reads from right to left, so do its
// cards and the fields in the editor.
func (c *Collection) noteType() map[string]any {
	direction := "ltr"
	if c.Lang.RTL() {
		direction = "rtl"
	}
	css := fmt.Sprintf(".card { font-family: sans-serif; font-size: 20px; text-align: center; direction: %s; color: black; background-color: white; }\n"+
		".nightMode.card { color: #eee; background-color: #2f2f31; }\n.more { font-size: 15px; opacity: .75; margin-top: 1em; }\n", direction)
	var fields []any
	for i, id := range []phrase.ID{phrase.AnkiFront, phrase.AnkiBack, phrase.AnkiMore} {
		fields = append(fields, map[string]any{"name": phrase.Say(c.Lang, id), "ord": i, "font": "Arial", "size": 20, "rtl": c.Lang.RTL(), "sticky": false,
			"media": []any{}})
	}
	name := func(id phrase.ID) string { return "{{" + phrase.Say(c.Lang, id) + "}}" }
	back := "{{FrontSide}}\n<hr id=answer>\n" + name(phrase.AnkiBack) + "\n<div class=more>" + name(phrase.AnkiMore) + "</div>"
	return map[string]any{
		"id": c.model(), "name": "Summit Quiz (" + c.Lang.String() + ")", "type": 0, "mod": c.Now.Unix(), "usn": -1, "sortf": 0, "did": 1,
		"css": css, "flds": fields, "tags": []any{}, "vers": []any{}, "req": []any{[]any{0, "any", []any{0}}},
		"latexPre":  "\\documentclass[12pt]{article}\n\\special{papersize=3in,5in}\n\\usepackage{amssymb,amsmath}\n\\pagestyle{empty}\n\\begin{document}\n",
		"latexPost": "\\end{document}",
		"tmpls":     []any{map[string]any{"name": "1", "ord": 0, "qfmt": name(phrase.AnkiFront), "afmt": back, "bqfmt": "", "bafmt": "", "did": nil}},
	}
}

// deckList are the decks as Anki keeps them: its own default one, and one for each pack.
func (f *filler) deckList() map[string]any {
	deck := func(id int64, name string) map[string]any {
		return map[string]any{"id": id, "name": name, "mod": f.Now.Unix(), "usn": -1, "desc": "", "dyn": 0, "conf": 1, "extendNew": 0, "extendRev": 0,
			"collapsed": false, "browserCollapsed": false, "newToday": []int{0, 0}, "revToday": []int{0, 0}, "lrnToday": []int{0, 0}, "timeToday": []int{0, 0}}
	}
	out := map[string]any{"1": deck(1, "Default")}
	for _, title := range f.titles() {
		out[fmt.Sprint(f.decks[title])] = deck(f.decks[title], f.Title+"::"+title)
	}
	return out
}

// conf is what Anki keeps of the collection as a whole.
func (f *filler) conf() map[string]any {
	return map[string]any{"nextPos": len(f.Cards) + 1, "estTimes": true, "activeDecks": []int{1}, "sortType": "noteFld", "timeLim": 0, "sortBackwards": false,
		"addToCur": true, "curDeck": 1, "newSpread": 0, "dueCounts": true, "curModel": f.model(), "collapseTime": 1200, "schedVer": 2, "fsrs": true,
		"creationOffset": -f.zoneMinutes()}
}

// zoneMinutes is how far the learner's zone is ahead of UTC.
func (f *filler) zoneMinutes() int {
	_, seconds := f.Now.In(f.Zone).Zone()
	return seconds / 60
}

// options are the options of the decks: the learner's steps, limits and aim.
func (f *filler) options() map[string]any {
	return map[string]any{"id": 1, "name": "Default", "mod": f.Now.Unix(), "usn": -1, "maxTaken": 60, "autoplay": true, "timer": 0, "replayq": true, "dyn": false,
		"new":              map[string]any{"bury": true, "delays": minutes(f.Settings.Steps), "initialFactor": 2500, "ints": []int{1, 4, 0}, "order": 1, "perDay": 20},
		"lapse":            map[string]any{"delays": minutes(f.Settings.Relearning), "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0.0},
		"rev":              map[string]any{"bury": true, "ease4": 1.3, "hardFactor": 1.2, "ivlFct": 1.0, "maxIvl": f.Settings.Maximum, "perDay": 200},
		"desiredRetention": f.Settings.Retention, "fsrsParams6": f.Settings.Parameters.W[:]}
}

func minutes(steps []time.Duration) []float64 {
	out := []float64{}
	for _, s := range steps {
		out = append(out, s.Minutes())
	}
	return out
}
