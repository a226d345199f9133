package secret_test

import (
	"fmt"

	"mimecred/client/secret"
)

// Clean removes what a copy brings along and says what it was, so that the person can be told.
func ExampleClean() {
	clean, removed := secret.Clean(" \"AbC123\"\u200b\n")
	fmt.Printf("%q %v\n", clean, removed != secret.Removed{})
	// Output: "AbC123" true
}

// A Value does not show itself, whatever prints it.
func ExampleValue() {
	v := secret.New("s3cret")
	fmt.Printf("%v %+v %q %s\n", v, v, v, v)
	fmt.Println(v.Equal(secret.New("s3cret")))
	// Output:
	// [redacted] [redacted] [redacted] [redacted]
	// true
}
