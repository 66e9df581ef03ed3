package chart

import (
	"slices"

	"summitquiz/bot/phrase"
	"summitquiz/quiz"
	"summitquiz/quiz/progress"
)

// bars draws columns in a frame: their base, a line at the height of the highest one with its number,
// and, where wanted, the number of each.
func (l *plan) bars(x, y, w, h float64, values []int, gap float64, numbers bool) {
	most := max(1, slices.Max(values))
	if !numbers {
		l.scene.line(x, y, x+w, y, 1, grid, false)
		l.scene.text(x+w, y-5, 12, end, quiet, l.number(most))
	}
	l.scene.line(x, y+h, x+w, y+h, 1, grid, false)
	step := w / float64(len(values))
	for i, v := range values {
		high := h * float64(v) / float64(most)
		if v > 0 {
			high = max(high, 2)
			l.scene.box(x+float64(i)*step+gap/2, y+h-high, step-gap, high, 3, accent)
		}
		if numbers {
			l.scene.text(x+(float64(i)+0.5)*step, y+h-high-6, 12, middle, quiet, l.number(v))
		}
	}
}

// forecast draws what falls due.
func (l *plan) forecast() {
	const high = 110
	l.heading(margin, l.y, l.local.Say(phrase.ChartForecast))
	l.bars(margin, l.y+38, inner, high, l.p.Forecast[:], 5, false)
	step := float64(inner) / progress.ForecastDays
	l.scene.text(margin, l.y+38+high+18, 12, begin, quiet, l.local.Say(phrase.ChartToday))
	for _, in := range []int{7, 14, 21, 28} {
		l.scene.text(margin+(float64(in)+0.5)*step, l.y+38+high+18, 12, middle, quiet, l.local.Say(phrase.WaitDays, phrase.Count("count", in)))
	}
	l.y += 38 + high + 48
}

// heats are the colours of days by reviews: from how many on each begins.
var heats = []struct {
	from  int
	color role
}{{0, heat0}, {1, heat1}, {10, heat2}, {25, heat3}, {60, heat4}}

func heat(reviews int) role {
	c := heat0
	for _, h := range heats {
		if reviews >= h.from {
			c = h.color
		}
	}
	return c
}

// year draws the calendar of the last year: a column a week, which begins on the first day of the
// week as calendars in all four languages show it, Sunday.
func (l *plan) year() {
	const rows, gap = 7, 3.0
	l.heading(margin, l.y, l.local.Say(phrase.ChartYear, phrase.Count("reviews", l.p.Reviews), phrase.Count("days", l.p.Studied)))
	first := l.p.Today - progress.YearDays + 1
	shift := int(first.Weekday())
	columns := (progress.YearDays + shift + rows - 1) / rows
	cell := (float64(inner)+gap)/float64(columns) - gap
	top := l.y + 34
	last := 0 // the column of the last month that was named
	for i, n := range l.p.Year {
		day := first + quiz.Day(i)
		column, row := (i+shift)/rows, (i+shift)%rows
		x := margin + float64(column)*(cell+gap)
		l.scene.box(x, top+float64(row)*(cell+gap), cell, cell, 2.5, heat(n))
		if _, m, date := day.Date(); date == 1 && (last == 0 || column-last >= 3) && column < columns-1 {
			l.scene.text(x, top+rows*(cell+gap)+14, 12, begin, quiet, l.month(int(m)))
			last = column
		}
	}
	l.y = top + rows*(cell+gap) + 44
}

func (l *plan) month(m int) string { return l.local.Say(phrase.Month(m)) }

// retention draws what was remembered by month, against the aim.
func (l *plan) retention(x, y, w float64) {
	const high, least = 120.0, 0.5 // the scale begins at 50 %
	l.heading(x, y, l.local.Say(phrase.ChartRetention))
	top := y + 44
	at := func(share float64) float64 { return top + high*(1-max(0, share-least)/(1-least)) }
	for _, share := range []float64{0.5, 0.75, 1} {
		l.scene.line(x, at(share), x+w, at(share), 1, grid, false)
		l.scene.text(x, at(share)-4, 11, begin, quiet, l.percent(share))
	}
	l.scene.line(x, at(l.p.Desired), x+w, at(l.p.Desired), 1.5, second, true)
	l.scene.text(x+w, at(l.p.Desired)-5, 12, end, second, l.local.Say(phrase.ChartAim, phrase.Count("percent", int(l.p.Desired*100+0.5))))
	left := x + 40
	step := (w - 40) / progress.Months
	before := -1
	for i, m := range l.p.Months {
		cx := left + (float64(i)+0.5)*step
		if i%3 == 2 {
			l.scene.text(cx, top+high+18, 12, middle, quiet, l.month(int(m.Month)))
		}
		share, ok := m.Retention()
		if !ok {
			continue
		}
		if before >= 0 {
			old, _ := l.p.Months[before].Retention()
			l.scene.line(left+(float64(before)+0.5)*step, at(old), cx, at(share), 2, accent, false)
		}
		l.scene.dot(cx, at(share), 4, accent)
		before = i
	}
}

// stability draws how long memory lasts.
func (l *plan) stability(x, y, w float64) {
	const high = 110
	l.heading(x, y, l.local.Say(phrase.ChartStability))
	l.bars(x, y+54, w, high, l.p.Stability[:], 14, true)
	step := w / float64(len(l.p.Stability))
	for i := range l.p.Stability {
		l.scene.text(x+(float64(i)+0.5)*step, y+54+high+18, 12, middle, quiet, l.group(i))
	}
}

// group is what a group of stability is called: 7–30, and the last one 365+.
func (l *plan) group(i int) string {
	from := int(progress.StabilityFrom[i])
	switch {
	case i == 0:
		return l.number(0) + "–" + l.number(int(progress.StabilityFrom[1]))
	case i == len(progress.StabilityFrom)-1:
		return l.number(from) + "+"
	}
	return l.number(from) + "–" + l.number(int(progress.StabilityFrom[i+1]))
}

// packs draws how much of each pack is known, and of the rest what was met.
func (l *plan) packs() {
	if len(l.p.Packs) == 0 {
		return
	}
	l.heading(margin, l.y, l.local.Say(phrase.ChartPacks))
	l.y += 30
	l.legend()
	for i, m := range l.p.Packs[:min(len(l.p.Packs), packsIn)] {
		name := l.names[m.Pack]
		if !covers(name) {
			name = l.number(i + 1)
		}
		l.known(l.fit(name, 14, inner/2), m)
	}
}

// known draws how much of something is known, and of the rest what was met.
func (l *plan) known(name string, m progress.Mastery) {
	l.scene.text(margin, l.y+12, 14, begin, ink, name)
	l.scene.text(margin+inner, l.y+12, 13, end, quiet, l.mastery(m))
	l.scene.box(margin, l.y+20, inner, 8, 4, heat0)
	if m.Facts > 0 {
		if met := inner * min(1, float64(m.Met)/float64(m.Facts)); met > 0 {
			l.scene.box(margin, l.y+20, max(met, 8), 8, 4, heat2)
		}
		if known := inner * min(1, float64(m.Known)/float64(m.Facts)); known > 0 {
			l.scene.box(margin, l.y+20, max(known, 8), 8, 4, heat4)
		}
	}
	l.y += 46
}

func (l *plan) mastery(m progress.Mastery) string {
	return l.local.Say(phrase.ChartMastery, phrase.Count("known", m.Known), phrase.Count("facts", m.Facts))
}

// fit cuts a text to a width.
func (l *plan) fit(text string, size, width float64) string {
	letters := []rune(text)
	for {
		if _, w := shapeText(string(letters), size, l.scene.mirrored); w <= width || len(letters) < 2 {
			return string(letters)
		}
		letters = append(letters[:len(letters)-2], '…')
	}
}

// words says in sentences what is drawn.
func (l *plan) words() {
	say := func(id phrase.ID, args ...phrase.Arg) { l.Words = append(l.Words, l.local.Say(id, args...)) }
	sum := func(days int) (n int) {
		for _, v := range l.p.Forecast[:days] {
			n += v
		}
		return n
	}
	say(phrase.ChartSaysDue, phrase.Count("today", l.p.Forecast[0]), phrase.Count("week", sum(7)), phrase.Count("month", sum(progress.ForecastDays)))
	say(phrase.ChartSaysYear, phrase.Count("reviews", l.p.Reviews), phrase.Count("days", l.p.Studied))
	var months []string
	for _, m := range l.p.Months {
		if share, ok := m.Retention(); ok {
			months = append(months, l.local.Say(phrase.ChartSaysMonth, phrase.Text("month", l.month(int(m.Month))), phrase.Text("share", l.percent(share))))
		}
	}
	if len(months) > 0 {
		say(phrase.ChartSaysRetention, phrase.List("months", months...), phrase.Count("percent", int(l.p.Desired*100+0.5)))
	}
	var groups []string
	for i, n := range l.p.Stability {
		if n > 0 {
			groups = append(groups, l.local.Say(phrase.ChartSaysGroup, phrase.Text("days", l.group(i)), phrase.Count("cards", n)))
		}
	}
	if len(groups) > 0 {
		say(phrase.ChartSaysStability, phrase.List("groups", groups...))
	}
	for i, m := range l.p.Packs[:min(len(l.p.Packs), packsIn)] {
		say(phrase.ChartSaysPack, phrase.Count("number", i+1), phrase.Text("pack", l.names[m.Pack]), phrase.Text("known", l.mastery(m)), phrase.Count("met", m.Met))
	}
}
