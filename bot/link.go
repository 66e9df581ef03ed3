package bot

import (
	"strconv"
	"strings"
)

// LinkToGreet leads to the bot without starting anything.
const LinkToGreet = "hello"

// What links begin with that lead to a pack and to a session.
const (
	packLink    = "p-"
	sessionLink = "g-"
)

// LinkToPack leads to a quiz of a pack.
func LinkToPack(name string) string { return packLink + name }

// LinkToSession leads to a session like one that was played.
func LinkToSession(id SessionID) string { return sessionLink + strconv.FormatInt(int64(id), 36) }

// LinkedPack returns the pack that a link leads to.
func LinkedPack(link string) (name string, ok bool) { return strings.CutPrefix(link, packLink) }

// LinkedSession returns the session that a link leads to; id is 0 where the link names none that
// can be.
func LinkedSession(link string) (id SessionID, ok bool) {
	text, ok := strings.CutPrefix(link, sessionLink)
	n, err := strconv.ParseInt(text, 36, 64)
	if err != nil || n < 0 {
		n = 0
	}
	return SessionID(n), ok
}
