package discord

import "summitquiz/bot"

// What is sent and read, as Discord writes it. Only what is used here has a field.

// message is a message on its way, new or edited. Lists are never nil: in an edit null leaves
// what is there, and an empty list removes it.
type message struct {
	Content    string     `json:"content"`
	Embeds     []embed    `json:"embeds"`
	Components []part     `json:"components"`
	Mentions   mentions   `json:"allowed_mentions"`
	Attached   []attached `json:"attachments"`
	Flags      int        `json:"flags,omitempty"`
	Nonce      string     `json:"nonce,omitempty"`
	Enforce    bool       `json:"enforce_nonce,omitempty"`

	files []bot.File // in the order of Attached
}

// Flags of messages.
const (
	ephemeral = 1 << 6 // only one person sees it
	loading   = 1 << 7 // «thinking»
)

// mentions says who is pinged: nobody.
type mentions struct {
	Parse []string `json:"parse"`
}

type embed struct {
	Title       string `json:"title,omitempty"`
	Description string `json:"description,omitempty"`
	Color       int    `json:"color,omitempty"`
}

type attached struct {
	ID       string `json:"id"` // index of the file in the request
	Filename string `json:"filename"`
}

// part is a component: a row, a button, a label, a text input.
type part struct {
	Type        int    `json:"type"`
	CustomID    string `json:"custom_id,omitempty"`
	Label       string `json:"label,omitempty"`
	Style       int    `json:"style,omitempty"`
	Disabled    bool   `json:"disabled,omitempty"`
	Placeholder string `json:"placeholder,omitempty"`
	MaxLength   int    `json:"max_length,omitempty"`
	Required    *bool  `json:"required,omitempty"`
	Components  []part `json:"components,omitempty"`
	Component   *part  `json:"component,omitempty"`
}

// The types of components that are sent.
const (
	rowPart    = 1
	buttonPart = 2
	inputPart  = 4
	labelPart  = 18
)

// The styles of buttons.
const (
	primary   = 1
	secondary = 2
	danger    = 4
)

// modal is a form.
type modal struct {
	CustomID   string `json:"custom_id"`
	Title      string `json:"title"`
	Components []part `json:"components"`
}

// callback is the first answer to an interaction.
type callback struct {
	Type int `json:"type"`
	Data any `json:"data,omitempty"`
}

// The types of callbacks.
const (
	answerPong    = 1
	answerMessage = 4
	answerLater   = 5
	answerNothing = 6
	answerUpdate  = 7
	answerChoices = 8
	answerForm    = 9
)

// later is the data of answerLater, on which only the flag of ephemeral messages may stand.
type later struct {
	Flags int `json:"flags"`
}

type choices struct {
	Choices []choice `json:"choices"`
}

type choice struct {
	Name  string            `json:"name"`
	Named map[string]string `json:"name_localizations,omitempty"`
	Value string            `json:"value"`
}

// created is what is read of a message that was made.
type created struct {
	ID      string `json:"id"`
	Channel string `json:"channel_id"`
	Flags   int    `json:"flags"`
	Author  struct {
		ID string `json:"id"`
	} `json:"author"`
	From *struct {
		ID string `json:"id"`
	} `json:"interaction_metadata"`
	Content    string  `json:"content"`
	Embeds     []embed `json:"embeds"`
	Components []part  `json:"components"`
}

// answered is what ?with_response=true returns.
type answered struct {
	Resource struct {
		Message created `json:"message"`
	} `json:"resource"`
}
