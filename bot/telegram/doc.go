// Package telegram connects the service to Telegram: it receives commands, buttons, votes in native quiz
// polls and typed answers, and sends messages. It uses github.com/go-telegram-bot-api/telegram-bot-api/v5
// for the form of requests, and its own structs for newer parts of the Bot API.
//
// It promises that an update is confirmed only after it is stored and deleted only after it is handled, so
// that none is lost and, as the service counts input ids, none counts twice; that a message whose sending
// is in doubt is not sent again; that it stays below Telegram's rate limits, and those who are playing come
// before everybody else; that a private answer is seen by its person alone; that no markup in a text takes
// effect; and that no error or log line holds a token. It refuses to read what people say to each other: in
// groups only commands and replies to its own messages count.
//
// The faults of telegram-bot-api v5.5.1 are contained here: client.go gives every call a context, a timeout
// and errors without URLs, and decodes the responses itself; intake.go has a loop that loses no update;
// update.go and draw.go have the fields of today's Bot API.
package telegram
