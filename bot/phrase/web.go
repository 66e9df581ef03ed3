package phrase

// Phrases that the web room's code says; its pages name the others by id.
const (
	WebForeign     ID = "web-foreign"
	WebTooFast     ID = "web-too-fast"
	WebEnterFirst  ID = "web-enter-first"
	WebFull        ID = "web-full"
	WebBusy        ID = "web-busy"
	WebTabs        ID = "web-tabs"
	WebLobbies     ID = "web-lobbies"
	WebTooLarge    ID = "web-too-large"
	WebUnreadable  ID = "web-unreadable"
	WebNotFound    ID = "web-not-found"
	WebNameMissing ID = "web-name-missing"
	WebLoginsEnded ID = "web-logins-ended"
	WebPicks       ID = "web-picks"
	WebYouChose    ID = "web-you-chose" // label: of the option
	WebYouTyped    ID = "web-you-typed" // text: as it was typed
	WebYouRight    ID = "web-you-right" // points: that it earned
	WebYouWrong    ID = "web-you-wrong"
)
