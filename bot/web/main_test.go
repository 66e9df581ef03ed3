package web_test

import (
	"fmt"
	"os"
	"testing"

	"go.uber.org/goleak"

	"summitquiz/bot/store/postgres/postgrestest"
)

// TestMain holds that nothing runs on when all is over.
func TestMain(m *testing.M) {
	code := postgrestest.Main(m)
	if err := goleak.Find(); err != nil && code == 0 {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}
