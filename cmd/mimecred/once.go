package main

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// onlyOnce makes a flag that is given twice an error: which of the two was meant, nobody can tell. Flags that collect several
// values are excepted, and --help, which is help however often.
func onlyOnce(root *cobra.Command) {
	each := func(f *pflag.Flag) {
		if _, is := f.Value.(*onceValue); is || f.Name == helpFlag || strings.HasSuffix(f.Value.Type(), "Array") || strings.HasSuffix(f.Value.Type(), "Slice") {
			return
		}
		f.Value = &onceValue{Value: f.Value}
		if f.DefValue == "0s" {
			f.DefValue = "" // it was no default to tell of, until the value was wrapped
		}
	}
	for _, cmd := range append(root.Commands(), root) {
		cmd.Flags().VisitAll(each)
		cmd.PersistentFlags().VisitAll(each)
		if cmd != root && cmd.HasSubCommands() {
			onlyOnce(cmd)
		}
	}
}

// errTwice is the error of a flag that is given a second time.
var errTwice = errors.New("it is given twice")

// onceValue is a value that can be set once.
type onceValue struct {
	pflag.Value
	set bool
}

// Set implements pflag.Value.
func (v *onceValue) Set(text string) error {
	if v.set {
		return errTwice
	}
	v.set = true
	return v.Value.Set(text) //nolint:wrapcheck // pflag names the flag
}
