package phrase

// Phrases that only Telegram needs; the English file shows their placeholders.
const (
	OpenChatFirst  ID = "open-chat-first"
	ButtonOpenChat ID = "button-open-chat"
	ButtonSendOn   ID = "button-send-on"
	AsYourself     ID = "as-yourself"
	WasAway        ID = "was-away"
	NoWords        ID = "no-words"
	RestBelow      ID = "rest-below"
	BotAbout       ID = "bot-about"
	BotDescription ID = "bot-description"
)
