package telegram

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"summitquiz/bot"
	"summitquiz/bot/adapter"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// The JSON that is sent, by the current Bot API.

type keyboard struct {
	Rows [][]button `json:"inline_keyboard"` // never nil: an empty list removes the buttons
}

type button struct {
	Text  string `json:"text"`
	Data  string `json:"callback_data,omitempty"`
	URL   string `json:"url,omitempty"`
	Style string `json:"style,omitempty"`
}

type pollOption struct {
	Text string `json:"text"`
}

type replyTo struct {
	Message int64 `json:"message_id"`
	Anyway  bool  `json:"allow_sending_without_reply"`
}

type preview struct {
	Off bool `json:"is_disabled"`
}

// asJSON encodes an object as a parameter.
func asJSON(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // impossible: only plain values are encoded
	}
	return string(data)
}

// renderer draws posts.
type renderer struct {
	signer signer
	name   string // the bot's user name, for links
}

// text draws a post as a message: a text with markup and its buttons. o is where its buttons act if that is not
// the chat of the message; rest says where the rest of a long one is ("": nowhere).
func (r renderer) text(p bot.Post, o *origin, now time.Time, rest string) (out params, complete bool) {
	text, complete := page(p, now, rest)
	if text == "" {
		text = "…" // Telegram refuses empty messages
	}
	out = params{"text": text, "parse_mode": "HTML", "link_preview_options": asJSON(preview{Off: true})}
	if k := r.keyboard(p, o); len(k.Rows) > 0 {
		out["reply_markup"] = asJSON(k)
	}
	return out, complete
}

// edit draws a post in place of another message, whose buttons are removed if there are no new ones.
func (r renderer) edit(p bot.Post, o *origin, now time.Time, rest string, at destination, message int64) (out params, complete bool) {
	out, complete = r.text(p, o, now, rest)
	if out["reply_markup"] == "" {
		out["reply_markup"] = asJSON(keyboard{Rows: [][]button{}})
	}
	out["chat_id"], out["message_id"] = decimal(at.chat), decimal(message)
	return out, complete
}

// poll draws a post as a native quiz poll. It is not anonymous, because the votes count, and cannot be
// forwarded, because strangers could vote unseen.
func (r renderer) poll(p bot.Post, o *origin) params {
	var options []pollOption
	for i, text := range p.Poll.Options {
		if i < len(p.Options) {
			text = labelled(p.Options[i].Label, text)
		}
		options = append(options, pollOption{language.Cut(text, pollOptionLimit)})
	}
	seconds := min(max(p.Poll.Open, minPollOpen), maxPollOpen).Seconds()
	out := params{
		"question": adapter.Directed(p.Lang, language.Cut(p.Poll.Question, pollTextLimit-1)), "options": asJSON(options),
		"type": "quiz", "is_anonymous": "false",
		"correct_option_ids": asJSON([]int{p.Poll.Key}), "open_period": decimal(int64(seconds)), "protect_content": "true",
		"reply_markup": asJSON(r.pollKeyboard(p, o)),
	}
	if p.Poll.Explanation != "" {
		out["explanation"] = adapter.Directed(p.Lang, language.Cut(oneLine(p.Poll.Explanation), pollWhyLimit-1))
	}
	return out
}

// labelled puts its label before an option of a poll: a hint and the result refer to the option by it.
func labelled(label, text string) string {
	if first, _ := utf8.DecodeRuneInString(label); unicode.IsLetter(first) {
		label += ")"
	}
	return label + " " + text
}

// labelRoom is the most that labelled adds.
const labelRoom = 4

// The shortest and the longest time that a poll may be open.
const (
	minPollOpen = 5 * time.Second
	maxPollOpen = 2_628_000 * time.Second
)

// oneLine is a text without line breaks: explanations may have at most two.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// keyboard are the buttons under a post: the options that can be chosen, then the post's own buttons.
func (r renderer) keyboard(p bot.Post, o *origin) keyboard {
	var options []bot.Button
	for _, option := range p.Options {
		if option.Action != "" {
			options = append(options, bot.Button{Label: option.Label, Action: option.Action})
		}
	}
	lines := append([][]button{r.line(options, o)}, r.lines(p.Buttons, o)...)
	if p.Link != "" {
		lines = append(lines, []button{{Text: phrase.Say(p.Lang, phrase.ButtonSendOn), URL: r.shareLink(p)}})
	}
	return newKeyboard(p.Lang, lines)
}

// pollKeyboard are the buttons under a poll. A poll cannot be edited, so later lines below the question, a
// hint or votes to skip, are the labels of buttons that do nothing.
func (r renderer) pollKeyboard(p bot.Post, o *origin) keyboard {
	var lines [][]button
	for _, l := range p.After {
		lines = append(lines, []button{{Text: language.Cut(language.StripIsolates(l.Text), labelLimit), Data: noteData}})
	}
	return newKeyboard(p.Lang, append(lines, r.lines(p.Buttons, o)...))
}

func newKeyboard(c language.Code, lines [][]button) keyboard {
	return keyboard{Rows: append([][]button{}, adapter.Rows(c, lines, rowButtons, messageRows)...)}
}

func (r renderer) lines(in [][]bot.Button, o *origin) [][]button {
	var out [][]button
	for _, line := range in {
		out = append(out, r.line(line, o))
	}
	return out
}

// line draws buttons and leaves out those whose data does not fit.
func (r renderer) line(in []bot.Button, o *origin) []button {
	var out []button
	for _, b := range in {
		at := o
		if b.At != nil {
			at = &origin{at: destinationOf(b.At.Chat)}
		}
		data, ok := r.signer.sign(b.Action, at)
		if !ok {
			continue
		}
		label := language.Cut(b.Label, labelLimit)
		if label == "" {
			label = "…"
		}
		out = append(out, button{Text: label, Data: data, Style: styleOf(b.Style)})
	}
	return out
}

func styleOf(s bot.ButtonStyle) string {
	switch s {
	case bot.MainButton:
		return "primary"
	case bot.DangerButton:
		return "danger"
	}
	return ""
}

// link is a link to the bot's private chat.
func (r renderer) link(to string) string {
	return "https://t.me/" + r.name + "?start=" + url.QueryEscape(to)
}

// openFirst tells a person in a group that the answer is in their private chat.
func (r renderer) openFirst(c language.Code) params {
	p := bot.Say(c, phrase.Say(c, phrase.OpenChatFirst)).Posts[0]
	q, _ := r.text(p, nil, time.Time{}, "")
	q["reply_markup"] = asJSON(keyboard{[][]button{{{Text: phrase.Say(c, phrase.ButtonOpenChat), URL: r.link(bot.LinkToGreet)}}}})
	return q
}

// shareLink is a link that offers a choice of chats to which a result is sent, with a link to play the same quiz.
func (r renderer) shareLink(p bot.Post) string {
	line := ""
	for _, l := range append(slices.Clone(p.Body), p.After...) {
		if l.Style == bot.Code {
			line = language.StripIsolates(l.Text)
		}
	}
	return "https://t.me/share/url?url=" + url.QueryEscape(r.link(p.Link)) + "&text=" + url.QueryEscape(line)
}
