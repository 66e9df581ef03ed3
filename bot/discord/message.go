package discord

import "summitquiz/bot"

// The JSON that is sent and read. It has only the fields that are used here.

// message is a message to send, new or edited. Lists are never nil: in an edit, null keeps the old list and
// an empty list removes it.
type message struct {
	Content      string          `json:"content"`
	Embeds       []embed         `json:"embeds"`
	Components   []component     `json:"components"`
	Mentions     mentions        `json:"allowed_mentions"`
	Attachments  []attachmentRef `json:"attachments"`
	Flags        int             `json:"flags,omitempty"`
	Nonce        string          `json:"nonce,omitempty"`
	EnforceNonce bool            `json:"enforce_nonce,omitempty"`

	files []bot.File // in the order of Attached
}

// Flags of messages.
const (
	ephemeral = 1 << 6 // only one person sees it
	loading   = 1 << 7 // "thinking"
)

// mentions lists who is pinged: nobody.
type mentions struct {
	Parse []string `json:"parse"`
}

type embed struct {
	Title       string `json:"title,omitempty"`
	Description string `json:"description,omitempty"`
	Color       int    `json:"color,omitempty"`
}

type attachmentRef struct {
	ID       string `json:"id"` // index of the file in the request
	Filename string `json:"filename"`
	Says     string `json:"description,omitempty"` // of a picture, in words
}

// component is a row, a button, a label or a text input.
type component struct {
	Type        int         `json:"type"`
	CustomID    string      `json:"custom_id,omitempty"`
	Label       string      `json:"label,omitempty"`
	Style       int         `json:"style,omitempty"`
	Disabled    bool        `json:"disabled,omitempty"`
	Placeholder string      `json:"placeholder,omitempty"`
	MaxLength   int         `json:"max_length,omitempty"`
	Required    *bool       `json:"required,omitempty"`
	Components  []component `json:"components,omitempty"`
	Component   *component  `json:"component,omitempty"`
}

// The types of components that are sent.
const (
	rowComponent    = 1
	buttonComponent = 2
	inputComponent  = 4
	labelComponent  = 18
)

// The styles of buttons.
const (
	primary   = 1
	secondary = 2
	danger    = 4
)

// modal is a form.
type modal struct {
	CustomID   string      `json:"custom_id"`
	Title      string      `json:"title"`
	Components []component `json:"components"`
}

// callback is the first answer to an interaction.
type callback struct {
	Type int `json:"type"`
	Data any `json:"data,omitempty"`
}

// The types of callbacks.
const (
	pongCallback     = 1
	messageCallback  = 4
	deferredCallback = 5
	silentCallback   = 6
	updateCallback   = 7
	choicesCallback  = 8
	modalCallback    = 9
)

// deferredData is the data of deferredCallback, which may have no flag but that of ephemeral messages.
type deferredData struct {
	Flags int `json:"flags"`
}

type choices struct {
	Choices []choice `json:"choices"`
}

type choice struct {
	Name  string            `json:"name"`
	Names map[string]string `json:"name_localizations,omitempty"`
	Value string            `json:"value"`
}

// sentMessage is the part of a message from Discord that is used here.
type sentMessage struct {
	ID      string `json:"id"`
	Channel string `json:"channel_id"`
	Flags   int    `json:"flags"`
	Author  struct {
		ID string `json:"id"`
	} `json:"author"`
	From *struct {
		ID string `json:"id"`
	} `json:"interaction_metadata"`
	Content    string      `json:"content"`
	Embeds     []embed     `json:"embeds"`
	Components []component `json:"components"`
}

// callbackResult is what ?with_response=true returns.
type callbackResult struct {
	Resource struct {
		Message sentMessage `json:"message"`
	} `json:"resource"`
}
