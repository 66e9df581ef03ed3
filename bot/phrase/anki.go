package phrase

// Phrases about cards that are taken away and brought in; the English file shows their placeholders.
const (
	AnkiFront     ID = "anki-front"
	AnkiBack      ID = "anki-back"
	AnkiMore      ID = "anki-more"
	ExportCards   ID = "export-cards"
	ExportReviews ID = "export-reviews"
	ExportAnki    ID = "export-anki"
	ExportLeft    ID = "export-left"
	ExportNone    ID = "export-none"
	ImportTitle   ID = "import-title"
	ImportDone    ID = "import-done"
	ImportHow     ID = "import-how"
	ImportRow     ID = "import-row"
	ImportLeft    ID = "import-left"
	ImportMedia   ID = "import-media"
	ImportNothing ID = "import-nothing"
	ImportBad     ID = "import-bad"
	ImportLarge   ID = "import-large"
	ImportPrivate ID = "import-private"
	ImportMany    ID = "import-many"
)
