package keyring_test

import (
	"os"
	"testing"

	"mimecred/credstore/keyring/keyringtest"
)

// session is the bus of this process and the gnome-keyring on it; nil where that cannot be had.
var session *keyringtest.Session

func TestMain(m *testing.M) {
	os.Exit(keyringtest.Main(m, func(s *keyringtest.Session) { session = s }))
}
