// Package chart draws: one scene from one value, as SVG and as PNG, from right to left where the
// language is, with letters shaped and joined, light and dark, and with words that say the same.
//
// It promises that both pictures come from the same scene, and that no letter is drawn as an empty
// box: what the embedded fonts lack is named by a number that the words explain. It refuses to count:
// that is quiz/progress.
package chart

import (
	"summitquiz/bot/phrase"
	"summitquiz/content"
	"summitquiz/quiz/progress"
)

// Drawing is a drawing with what it says in words.
type Drawing struct {
	Words []string // one line each

	scene scene
	title string
	lang  string
}

// Sizes in pixels.
const (
	width   = 800
	margin  = 36
	inner   = width - 2*margin
	packsIn = 8 // packs that are drawn
)

// plan draws progress from the top down.
type plan struct {
	*Drawing
	p     *progress.Progress
	names map[content.PackID]string
	local phrase.Localizer
	y     float64 // where the next part begins
}

// Progress draws how somebody is getting on. names are the titles of packs.
func Progress(p *progress.Progress, names map[content.PackID]string, local phrase.Localizer) *Drawing {
	d := &Drawing{title: local.Say(phrase.ChartTitle), lang: local.Lang.String(), scene: scene{width: width, mirrored: local.Lang.RTL()}}
	l := &plan{d, p, names, local, margin}
	l.scene.text(margin, l.y+22, 26, begin, ink, d.title)
	l.y += 62
	l.forecast()
	l.year()
	top := l.y
	half := float64(inner-margin) / 2
	l.retention(margin, top, half)
	l.stability(margin+half+margin, top, half)
	l.y = top + 226
	l.packs()
	d.scene.height = l.y + margin - 18
	l.words()
	return d
}

func (l *plan) number(n int) string { return l.local.Say(phrase.ChartNumber, phrase.Count("count", n)) }

func (l *plan) percent(share float64) string {
	return l.local.Say(phrase.ChartPercent, phrase.Count("percent", int(share*100+0.5)))
}

// heading writes the title of a part.
func (l *plan) heading(x, y float64, text string) { l.scene.text(x, y+14, 16, begin, ink, text) }
