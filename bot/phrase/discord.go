package phrase

// Phrases that only Discord needs; the English file shows their placeholders.
const (
	RestInFile       ID = "rest-in-file"
	RestBehindButton ID = "rest-behind-button"
	ButtonRest       ID = "button-rest"
	SoonHere         ID = "soon-here"
	GrantThese       ID = "grant-these"

	ThreadNeeds ID = "thread-needs"
)
