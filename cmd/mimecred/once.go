package main

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// onlyOnce makes a flag that is given twice an error: which of the two was meant, nobody can tell. Flags that collect several
// values are excepted.
func onlyOnce(root *cobra.Command) {
	each := func(f *pflag.Flag) {
		if _, is := f.Value.(*onceValue); is || strings.HasSuffix(f.Value.Type(), "Array") || strings.HasSuffix(f.Value.Type(), "Slice") {
			return
		}
		f.Value = &onceValue{Value: f.Value}
	}
	for _, cmd := range append(root.Commands(), root) {
		cmd.Flags().VisitAll(each)
		cmd.PersistentFlags().VisitAll(each)
		if cmd != root && cmd.HasSubCommands() {
			onlyOnce(cmd)
		}
	}
}

// onceValue is a value that can be set once.
type onceValue struct {
	pflag.Value
	set bool
}

// Set implements pflag.Value.
func (v *onceValue) Set(text string) error {
	if v.set {
		return errors.New("it is given twice")
	}
	v.set = true
	return v.Value.Set(text) //nolint:wrapcheck // pflag names the flag
}
