package bot

// What one person may hold at a time, so that there is room for all.
const (
	MaxGames       = 3  // running, that they started
	MaxDrafts      = 5  // the oldest gives way to a new one
	MaxItemReports = 3  // of one question, within a day
	MaxReports     = 30 // within a day
	MaxUploads     = 2  // files that are read and checked at once, of all people together
)
