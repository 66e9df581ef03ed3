package phrase

// Phrases about boards and statistics; the English file shows their placeholders.
const (
	BoardRow   ID = "board-row"
	BoardTitle ID = "board-title"
	BoardPack  ID = "board-pack"
	BoardAbove ID = "board-above"
	BoardEmpty ID = "board-empty"
	ButtonBack ID = "button-back"
	ButtonMore ID = "button-more"
	StatsTitle ID = "stats-title"
	StatsEmpty ID = "stats-empty"
	StatsAll   ID = "stats-all"
	StatsRow   ID = "stats-row"
)
