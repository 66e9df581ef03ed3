package phrase

// Phrases about accounts that are joined; the English file shows their placeholders. Those that
// begin with "platform-" are what people call the platforms.
const (
	LinkTitle     ID = "link-title"
	LinkHow       ID = "link-how"
	LinkSecret    ID = "link-secret"
	LinkedNow     ID = "linked-now"
	LinkPartHow   ID = "link-part-how"
	LinkAccount   ID = "link-account"
	LinkWrong     ID = "link-wrong"
	LinkOwn       ID = "link-own"
	LinkUsed      ID = "link-used"
	LinkCodeOver  ID = "link-code-over"
	LinkGuesses   ID = "link-guesses"
	LinkPlaying   ID = "link-playing"
	LinkAskTitle  ID = "link-ask-title"
	LinkAsk       ID = "link-ask"
	LinkSide      ID = "link-side"
	LinkStays     ID = "link-stays"
	LinkBoth      ID = "link-both"
	LinkBeware    ID = "link-beware"
	LinkDone      ID = "link-done"
	LinkNot       ID = "link-not"
	LinkNone      ID = "link-none"
	LinkPartTitle ID = "link-part-title"
	LinkPartAsk   ID = "link-part-ask"
	LinkPartKeeps ID = "link-part-keeps"
	LinkParted    ID = "link-parted"
	ButtonLink    ID = "button-link"
	ButtonPart    ID = "button-part"
	ButtonPartOne ID = "button-part-one"
	ButtonCancel  ID = "button-cancel"

	PlatformWeb      ID = "platform-web"
	PlatformDiscord  ID = "platform-discord"
	PlatformTelegram ID = "platform-telegram"
)
