//go:build !unix

package main

// onTerminals are the programs of the tests that need a terminal of Unix.
func onTerminals() map[string]func() { return nil }
