package client

import (
	"io"
	"log"
	"os"
	"testing"
)

// TestMain keeps quiet what net/http has to say about servers that break the rules.
func TestMain(m *testing.M) {
	log.SetOutput(io.Discard)
	os.Exit(m.Run())
}
