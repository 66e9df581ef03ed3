package telegramtest

import (
	"net/http"
	"strings"
	"time"
)

// Fault is a way to misbehave. do carries the request out; without it, nothing happens.
type Fault func(f *Telegram, do func() reply) reply

type fault struct {
	left   int
	method string
	f      Fault
}

// broken is the reply after which the connection is broken off.
var broken = reply{}

// Fail lets the next n requests of a method ("": of any but getUpdates; "download": of a file)
// misbehave.
func (f *Telegram) Fail(n int, method string, ft Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.faults = append(f.faults, &fault{n, method, ft})
}

// fault takes the fault for a request; the caller holds f.mu.
func (f *Telegram) fault(method string) Fault {
	for _, ft := range f.faults {
		if ft.left > 0 && (strings.EqualFold(ft.method, method) || ft.method == "" && !strings.EqualFold(method, "getUpdates")) {
			ft.left--
			return ft.f
		}
	}
	return nil
}

// Status answers with the page of a proxy that found nobody, and does nothing.
func Status(code int) Fault {
	return func(*Telegram, func() reply) reply { return page(code) }
}

func page(code int) reply {
	return reply{status: code, body: "<html>\r\n<head><title>" + http.StatusText(code) + "</title></head>\r\n" +
		"<body><center><h1>nginx</h1></center></body>\r\n</html>"}
}

// Lost does what was asked and answers with the page of a proxy.
func Lost(code int) Fault {
	return func(_ *Telegram, do func() reply) reply { do(); return page(code) }
}

// Internal answers with an error of the server as JSON, and does nothing.
func Internal(_ *Telegram, _ func() reply) reply {
	return reply{status: http.StatusInternalServerError, body: map[string]any{"ok": false, "error_code": 500, "description": "Internal Server Error"}}
}

// Page does nothing and answers with a page as if all were well.
func Page(*Telegram, func() reply) reply { return page(http.StatusOK) }

// Refuse answers with an error in Telegram's words, such as 403 and "bot was kicked from the
// group chat".
func Refuse(status int, description string) Fault {
	return func(*Telegram, func() reply) reply { return no(status, description) }
}

// DropBefore breaks the connection off, and does nothing.
func DropBefore(*Telegram, func() reply) reply { return broken }

// Drop does what was asked and breaks the connection off.
func Drop(_ *Telegram, do func() reply) reply { do(); return broken }

// Slow does what was asked after a while.
func Slow(d time.Duration) Fault {
	return func(_ *Telegram, do func() reply) reply { time.Sleep(d); return do() }
}

// Late does what was asked and answers after a while, so that people may already act on it.
func Late(d time.Duration) Fault {
	return func(_ *Telegram, do func() reply) reply {
		r := do()
		time.Sleep(d)
		return r
	}
}

// Limit refuses because there is too much of everything; the bot must be silent for as long.
func Limit(after time.Duration) Fault {
	return func(f *Telegram, _ func() reply) reply {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.rates.held = time.Now().Add(after)
		return limit(after)
	}
}
