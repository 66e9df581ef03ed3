package web_test

import (
	"os"
	"testing"

	"summitquiz/bot/store/postgres/postgrestest"
)

// TestMain holds that nothing runs on when all is over.
func TestMain(m *testing.M) {
	os.Exit(postgrestest.Clean(m))
}
