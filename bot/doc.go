// Package bot is the hall: the one room in which Discord, Telegram and the browser meet. It
// turns an Input into replies to the person and posts to the chat, runs the games, decides who
// may do what, and names what it needs of a store and of a platform.
//
// It promises that every input is handled exactly once, also when it comes twice or late; that
// a reply which says «saved» is given after the saving; that every post has a slot, so that
// after a crash none is lost and none is made twice knowingly; and that people read phrases
// while operators read errors. It refuses to know a platform: what one can carry is data
// (Limits), its library, escaping, retries and sleeps stay behind its own wall.
package bot
