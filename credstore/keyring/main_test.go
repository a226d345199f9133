package keyring_test

import (
	"context"
	"fmt"
	"os"
	"testing"

	"mimecred/credstore"
	"mimecred/credstore/keyring"
	"mimecred/credstore/keyring/keyringtest"
)

// session is the bus of this process and the gnome-keyring on it; nil where that cannot be had.
var session *keyringtest.Session

// child makes this test binary a program that tries every operation of the keyring once, on whatever session its
// environment leads to, and prints what became of it. godbus keeps one session bus for a process.
const child = "KEYRING_TEST_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(child) != "" {
		tryAll()
		os.Exit(0)
	}
	if os.Getenv(rotator) != "" {
		os.Exit(rotateOnce(os.Args[1], os.Args[2], os.Args[3]))
	}
	os.Exit(keyringtest.Main(m, func(s *keyringtest.Session) { session = s }))
}

func tryAll() {
	ctx, store := context.Background(), keyring.New(keyring.Options{})
	fmt.Println("available:", kind(store.Available(ctx)))
	fmt.Println("set:", kind(store.Set(ctx, "child", []byte("item"))))
	_, err := store.Get(ctx, "child")
	fmt.Println("get:", kind(err))
	fmt.Println("delete:", kind(store.Delete(ctx, "child")))
}

func kind(err error) string {
	if err == nil {
		return "ok"
	}
	return string(credstore.KindOf(err))
}
