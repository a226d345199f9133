// Command bare is the least that a Go program can do and still print a version: what --version is measured against.
package main

import "os"

func main() { _, _ = os.Stdout.WriteString("bare 1.0\n") }
