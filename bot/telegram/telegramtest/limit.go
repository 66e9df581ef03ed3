package telegramtest

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// rated is how a method counts for the rate limits.
type rated int

const (
	unrated rated = iota
	sends
	edits
)

// The rates that Telegram allows. It documents about 30 messages a second for a bot, one a second for a chat
// with short bursts, and 20 a minute for a group; edits are reported to have separate limits of the same
// size. The length of bursts is not documented. Here edits count for the bot as messages do, which is the
// stricter way.
const (
	overall   = 30 // in any second
	group     = 20 // in any minute
	burst     = 6  // in one chat at once
	refill    = time.Second
	botPause  = 5 * time.Second // retry_after of the bot
	chatPause = 3 * time.Second // retry_after of a chat
)

// rates counts the messages that were sent.
type rates struct {
	recent  []time.Time // in the last second
	held    time.Time   // until when the bot must be silent
	chats   map[rateKey]*chatRate
	limited int
}

// rateKey is what has a counter of its own: the messages sent to a chat, or the edits in it.
type rateKey struct {
	chat int64
	kind rated
}

type chatRate struct {
	tokens float64
	at     time.Time // when tokens was counted
	held   time.Time // until when the chat must be left alone
	minute []time.Time
}

// limit is the refusal of a request as one too many.
func limit(after time.Duration) reply {
	seconds := int((after + time.Second - 1) / time.Second)
	r := refusal(http.StatusTooManyRequests, fmt.Sprintf("retry after %d", seconds))
	r.body.(map[string]any)["parameters"] = map[string]any{"retry_after": seconds}
	r.header = http.Header{"Retry-After": {strconv.Itoa(seconds)}}
	return r
}

// older drops the times outside a window.
func older(times []time.Time, now time.Time, window time.Duration) []time.Time {
	return slices.DeleteFunc(times, func(t time.Time) bool { return now.Sub(t) >= window })
}

// admit counts a request or refuses it. The caller holds f.mu.
func (f *Telegram) admit(c *call, kind rated) *reply {
	now := time.Now()
	refuse := func(after time.Duration) *reply {
		f.rates.limited++
		r := limit(after)
		return &r
	}
	if now.Before(f.rates.held) {
		return refuse(f.rates.held.Sub(now))
	}
	l := rateKey{c.number("chat_id"), kind}
	r := f.rates.chats[l]
	if r == nil {
		r = &chatRate{tokens: burst, at: now}
		f.rates.chats[l] = r
	}
	if now.Before(r.held) {
		return refuse(r.held.Sub(now))
	}
	r.tokens = min(burst, r.tokens+float64(now.Sub(r.at))/float64(refill))
	r.at = now
	f.rates.recent = older(f.rates.recent, now, time.Second)
	if len(f.rates.recent) >= overall {
		f.rates.held = now.Add(botPause)
		return refuse(botPause)
	}
	if r.tokens < 1 {
		r.held = now.Add(chatPause)
		return refuse(chatPause)
	}
	if l.chat < 0 {
		r.minute = older(r.minute, now, time.Minute)
		if len(r.minute) >= group {
			after := time.Minute - now.Sub(r.minute[0])
			r.held = now.Add(after)
			return refuse(after)
		}
		r.minute = append(r.minute, now)
	}
	r.tokens--
	f.rates.recent = append(f.rates.recent, now)
	return nil
}
