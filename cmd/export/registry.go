package export

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
)

// Registry is a list of formats by name. It never changes; With gives a longer one.
type Registry struct{ formats []Format }

// Standard has the formats that every integration can be written in, as they are on this system.
func Standard() Registry { return StandardOn(runtime.GOOS) }

// StandardOn is Standard on the system goos, as Go calls it: env is for PowerShell on Windows and for a POSIX shell elsewhere.
func StandardOn(goos string) Registry {
	return Registry{formats: []Format{
		envOn(goos), Dotenv(), JSON(), YAML(), TFVars(), KubernetesSecret(), Form(), AzureKeyVault(), Sh(), PowerShell(),
	}}
}

// With gives a registry that knows an integration's own formats too. A name that exists or that cannot be typed easily,
// or a format that does not encode, is an error.
func (r Registry) With(own ...Format) (Registry, error) {
	all := slices.Clone(r.formats)
	for _, f := range own {
		switch {
		case !isFormatName(f.Name):
			return Registry{}, &Error{Text: fmt.Sprintf("%q is no name of a format: lower-case letters, digits and '-' only", f.Name)}
		case slices.ContainsFunc(all, func(known Format) bool { return known.Name == f.Name }):
			return Registry{}, &Error{Text: fmt.Sprintf("there are two formats called %s", f.Name)}
		case f.Encode == nil:
			return Registry{}, &Error{Text: fmt.Sprintf("the format %s cannot encode anything", f.Name)}
		}
		all = append(all, f)
	}
	return Registry{formats: all}, nil
}

// All gives the formats, the common ones first.
func (r Registry) All() []Format { return slices.Clone(r.formats) }

// Names gives their names in the same order, for help and completion.
func (r Registry) Names() []string {
	names := make([]string, 0, len(r.formats))
	for _, f := range r.formats {
		names = append(names, f.Name)
	}
	return names
}

// Lookup gives the format of that name; the error of an unknown one is an *Error that lists them all.
func (r Registry) Lookup(name string) (Format, error) {
	for _, f := range r.formats {
		if f.Name == name {
			return f, nil
		}
	}
	return Format{}, &Error{
		Text: fmt.Sprintf("there is no format called %q", name),
		Fix:  "the formats are " + strings.Join(r.Names(), ", "),
	}
}

func isFormatName(name string) bool {
	for i := range len(name) {
		c := name[i]
		if !isLower(c) && (i == 0 || c != '-' && !isDigit(c)) {
			return false
		}
	}
	return name != ""
}
