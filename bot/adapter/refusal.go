package adapter

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"
)

// Refusal is why a platform refuses the bot, for as long as it does.
type Refusal struct{ why atomic.Pointer[error] }

// Why returns the reason; nil while the platform is not known to refuse the bot.
func (r *Refusal) Why() error {
	if e := r.why.Load(); e != nil {
		return *e
	}
	return nil
}

// Lift notes that the platform takes the bot.
func (r *Refusal) Lift() { r.why.Store(nil) }

// RefusedPause is how long a platform that refuses the bot is left alone.
const RefusedPause = time.Hour

// Run runs a session with a platform until ctx ends. A session that ends before that was refused, such as
// for a revoked token: that is logged, and the next one begins after RefusedPause. A session lifts the
// refusal when the platform takes the bot.
func (r *Refusal) Run(ctx context.Context, log *slog.Logger, session func(context.Context) error) {
	for {
		err := session(ctx)
		if err == nil || ctx.Err() != nil {
			return
		}
		r.why.Store(&err)
		log.Error("the platform refuses the bot: what plays elsewhere goes on; a restart tries again at once", "again", RefusedPause, "err", err)
		if Sleep(ctx, RefusedPause) != nil {
			return
		}
	}
}
