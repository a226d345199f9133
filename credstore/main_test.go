package credstore_test

import (
	"fmt"
	"os"
	"strconv"
	"testing"

	"mimecred/credstore"
)

// updater makes this test binary a process that updates an index: the directory, a colon-free tag, and how often.
const updater = "CREDSTORE_TEST_UPDATER"

func TestMain(m *testing.M) {
	if tag := os.Getenv(updater); tag != "" {
		os.Exit(update(os.Args[1], tag, os.Args[2]))
	}
	if way := os.Getenv(moverVariable); way != "" {
		os.Exit(move(os.Args[1], way))
	}
	os.Exit(m.Run())
}

// update adds profiles of its own and counts up a profile that all processes share.
func update(dir, tag, times string) int {
	n, err := strconv.Atoi(times)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	index := credstore.NewIndex(dir)
	for i := range n {
		own := func(e *credstore.Entry) { e.Store, e.Identifier = "memory", tag }
		if err := index.Update(fmt.Sprintf("own-%s-%d", tag, i), own); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		count := func(e *credstore.Entry) {
			if e.LastCheck == nil {
				e.LastCheck = &credstore.CheckSummary{}
			}
			e.LastCheck.Passed++
		}
		if err := index.Update("shared", count); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	return 0
}
