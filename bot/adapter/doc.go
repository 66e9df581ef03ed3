// Package adapter holds what every chat platform's adapter needs: a queue that keeps the order within
// a chat, the layout of a post cut to fit a message, rows of buttons, waits between attempts,
// registering what a platform shows of the bot only when it changed, and HTTP requests whose errors
// show no URL.
//
// It promises that jobs with one key run one after another in the order in which they were added, that
// queues and downloads are bounded, that cutting a post never drops an option, and that a panic in a
// job does not end the process. It refuses to know any platform: markup, limits and units of length are
// arguments.
package adapter
