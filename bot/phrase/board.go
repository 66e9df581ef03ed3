package phrase

// Phrases about boards and statistics; the English file shows their placeholders.
const (
	BoardRow   ID = "board-row"
	BoardTitle ID = "board-title"
	BoardPack  ID = "board-pack"
	BoardAbove ID = "board-above"
	BoardEmpty ID = "board-empty"

	MasteryTitle  ID = "mastery-title"
	MasteryAll    ID = "mastery-all"
	MasteryPack   ID = "mastery-pack"
	MasteryRow    ID = "mastery-row"
	MasteryEmpty  ID = "mastery-empty"
	MasteryHere   ID = "mastery-here"
	ButtonMastery ID = "button-mastery"
	ButtonPoints  ID = "button-points"
	ButtonBack    ID = "button-back"
	ButtonMore    ID = "button-more"
	StatsTitle    ID = "stats-title"
	StatsEmpty    ID = "stats-empty"
	StatsAll      ID = "stats-all"
	StatsRow      ID = "stats-row"
)
