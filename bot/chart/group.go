package chart

import (
	"summitquiz/bot/phrase"
	"summitquiz/quiz/progress"
)

// Place is which place somebody has in a group, and how much they know.
type Place struct {
	Rank    int
	Mastery progress.Mastery
}

// Group draws how much each in a group knows, with a title and a line about what. People are named by
// their places only: who stands there is said beside the picture, where a name can be taken back.
func Group(rows []Place, title, about string, local phrase.Localizer) *Drawing {
	d := &Drawing{title: title, lang: local.Lang.String(), scene: scene{width: width, mirrored: local.Lang.RTL()}}
	l := &plan{Drawing: d, local: local, y: margin}
	l.scene.text(margin, l.y+22, 26, begin, ink, l.fit(title, 26, inner))
	if covers(about) {
		l.scene.text(margin, l.y+52, 14, begin, quiet, l.fit(about, 14, inner))
	}
	l.y += 72
	l.legend()
	d.Words = append(d.Words, about)
	for _, r := range rows {
		l.known(l.number(r.Rank), r.Mastery)
		d.Words = append(d.Words, local.Say(phrase.ChartSaysStanding, phrase.Count("rank", r.Rank), phrase.Text("known", l.mastery(r.Mastery)),
			phrase.Count("met", r.Mastery.Met)))
	}
	d.scene.height = l.y + margin - 18
	return d
}

// legend says what the colours of known mean.
func (l *plan) legend() {
	x := float64(margin)
	for _, part := range []struct {
		color role
		name  phrase.ID
	}{{heat4, phrase.ChartKnown}, {heat2, phrase.ChartMet}} {
		l.scene.box(x, l.y+2, 12, 12, 3, part.color)
		x += 20 + l.scene.text(x+20, l.y+13, 13, begin, quiet, l.local.Say(part.name)) + 24
	}
	l.y += 38
}
