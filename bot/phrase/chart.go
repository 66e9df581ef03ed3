package phrase

import "strconv"

// Phrases of charts; the English file shows their placeholders.
const (
	ChartTitle         ID = "chart-title"
	ChartForecast      ID = "chart-forecast"
	ChartToday         ID = "chart-today"
	ChartYear          ID = "chart-year"
	ChartRetention     ID = "chart-retention"
	ChartAim           ID = "chart-aim"
	ChartStability     ID = "chart-stability"
	ChartPacks         ID = "chart-packs"
	ChartMastery       ID = "chart-mastery"
	ChartNumber        ID = "chart-number"
	ChartPercent       ID = "chart-percent"
	ChartSaysDue       ID = "chart-says-due"
	ChartSaysYear      ID = "chart-says-year"
	ChartSaysRetention ID = "chart-says-retention"
	ChartSaysMonth     ID = "chart-says-month"
	ChartSaysStability ID = "chart-says-stability"
	ChartSaysGroup     ID = "chart-says-group"
	ChartSaysPack      ID = "chart-says-pack"
	ChartSaysStanding  ID = "chart-says-standing"
	ChartKnown         ID = "chart-known"
	ChartMet           ID = "chart-met"
	ProgressEmpty      ID = "progress-empty"
	ButtonDark         ID = "button-dark"
	ButtonLight        ID = "button-light"
	ButtonPicture      ID = "button-picture"
)

// Month is the short name of a month, from 1.
func Month(m int) ID { return ID("month-" + strconv.Itoa(m)) }
