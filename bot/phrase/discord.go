package phrase

// Phrases that only Discord needs; the English file shows their placeholders.
const (
	RestInFile ID = "rest-in-file"
	SoonHere   ID = "soon-here"
	GrantThese ID = "grant-these"

	ThreadNeeds ID = "thread-needs"
)
