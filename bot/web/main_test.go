package web_test

import (
	"testing"

	"go.uber.org/goleak"
)

// TestMain holds that nothing runs on when all is over.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
