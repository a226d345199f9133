//go:build !unix

package main

// keepPrivate has nothing to do: Windows writes a dump only where Windows Error Reporting was told to, and another program of the
// same user may always look.
func keepPrivate() {}
