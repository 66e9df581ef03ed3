package telegramtest

import (
	"net/http"
	"strings"
	"time"
)

// Fault is a way to fail. do carries out the request; a fault need not call it.
type Fault func(f *Telegram, do func() reply) reply

type fault struct {
	left   int
	method string
	f      Fault
}

// broken is the reply for which the connection is closed without a response.
var broken = reply{}

// Fail makes the next n requests of a method fail ("": of any but getUpdates; "download": of a file).
func (f *Telegram) Fail(n int, method string, ft Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.faults = append(f.faults, &fault{n, method, ft})
}

// fault returns the fault of a request, once. The caller holds f.mu.
func (f *Telegram) fault(method string) Fault {
	for _, ft := range f.faults {
		if ft.left > 0 && (strings.EqualFold(ft.method, method) || ft.method == "" && !strings.EqualFold(method, "getUpdates")) {
			ft.left--
			return ft.f
		}
	}
	return nil
}

// Status answers with the page of a proxy and does nothing.
func Status(code int) Fault {
	return func(*Telegram, func() reply) reply { return page(code) }
}

func page(code int) reply {
	return reply{status: code, body: "<html>\r\n<head><title>" + http.StatusText(code) + "</title></head>\r\n" +
		"<body><center><h1>nginx</h1></center></body>\r\n</html>"}
}

// Lost carries out the request and answers with the page of a proxy.
func Lost(code int) Fault {
	return func(_ *Telegram, do func() reply) reply { do(); return page(code) }
}

// Internal answers with a server error as JSON and does nothing.
func Internal(_ *Telegram, _ func() reply) reply {
	return reply{status: http.StatusInternalServerError, body: map[string]any{"ok": false, "error_code": 500, "description": "Internal Server Error"}}
}

// Page answers with a page and status 200 and does nothing.
func Page(*Telegram, func() reply) reply { return page(http.StatusOK) }

// Refuse answers with an error of Telegram, such as 403 and "bot was kicked from the group chat".
func Refuse(status int, description string) Fault {
	return func(*Telegram, func() reply) reply { return refusal(status, description) }
}

// DropBefore closes the connection and does nothing.
func DropBefore(*Telegram, func() reply) reply { return broken }

// Drop carries out the request and closes the connection without a response.
func Drop(_ *Telegram, do func() reply) reply { do(); return broken }

// Slow carries out the request after a while.
func Slow(d time.Duration) Fault {
	return func(_ *Telegram, do func() reply) reply { time.Sleep(d); return do() }
}

// Late carries out the request and answers after a while, so that people may act before.
func Late(d time.Duration) Fault {
	return func(_ *Telegram, do func() reply) reply {
		r := do()
		time.Sleep(d)
		return r
	}
}

// Limit refuses a request as one too many; the bot must send nothing for that time.
func Limit(after time.Duration) Fault {
	return func(f *Telegram, _ func() reply) reply {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.rates.held = time.Now().Add(after)
		return limit(after)
	}
}
