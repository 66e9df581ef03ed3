// Command summitquiz is the door of the product: commands, flags, exit codes.
//
// It promises that what is asked for goes to standard output and every complaint to standard
// error, that a complaint says what to do next, and that the exit code is 0 when all is well,
// 1 when a pack has problems and 2 when the command or a file cannot be used. It refuses to
// think: what a pack means is content's work, what is asked of it quiz/generate's.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
