// Package telegram brings the service to Telegram: commands, buttons, native quiz polls and typed
// answers in, messages out, on github.com/go-telegram-bot-api/telegram-bot-api/v5 for the form
// of requests and on structs of its own for what is newer than that.
//
// It promises that an update is confirmed only once it is kept in the store and dropped only
// once it is handled, so that none is lost and, as the service counts inputs by their ids, none
// counts twice; that a message whose sending is in doubt is not sent again; that it stays below
// Telegram's limits, those who are playing before everybody else; that what one person is told
// is seen by them alone; that no markup breaks out; and that no token stands in an error or a
// log line. It refuses to read what people say to each other: in groups only commands and
// replies to its own messages count.
//
// The traps of telegram-bot-api v5.5.1 are cured here and not spread further: client.go gives
// every call a context, a time limit and errors without addresses, and reads the answers
// itself; intake.go has the loop that loses nothing; update.go and draw.go have the fields of
// today's Bot API.
package telegram
