package export

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"mimecred/client/secret"
)

// DefaultPrefix begins the names of variables that the integration does not name itself.
const DefaultPrefix = "MIMECAST_"

// Value is one value of a profile, with its names.
type Value struct {
	// Name is the canonical name in lower snake case, such as "client_id", "base_url" or "access_key".
	Name string
	// Label is what the integration's form calls it; "" means Name.
	Label string
	// Env is the name of its variable; "" means the prefix and Name in upper case.
	Env string
	// Text is the value when it is no secret.
	Text string
	// Secret is the value when it is one; Text is then ignored.
	Secret secret.Value
}

// Set is what is exported: the values of one profile, in the order of the integration's form.
type Set struct {
	// Profile is the profile's name.
	Profile string
	// Integration is the ID of the integration whose names the values carry.
	Integration string
	Values      []Value
}

// Options are what a person may choose. The zero Options are good.
type Options struct {
	// Prefix begins the names of variables that the integration does not name; "" is DefaultPrefix.
	Prefix string
	// SecretName is the metadata.name of a Kubernetes Secret; "" is made of the profile's name.
	SecretName string
	// Namespace is the namespace of a Kubernetes Secret; "" leaves it out.
	Namespace string
}

// envName is the name of the variable that holds the value called name; prefix "" is DefaultPrefix.
func envName(prefix, name string) string {
	if prefix == "" {
		prefix = DefaultPrefix
	}
	return prefix + strings.ToUpper(name)
}

// check says what is wrong with the names of a set, before anything of it is opened. The names come from the catalogue
// and from options, so that these are the catalogue's mistakes or the person's, never the credential's.
func (s Set) check(o Options) error {
	if len(s.Values) == 0 {
		return &Error{Text: "there is nothing to export: the profile has no values"}
	}
	names, variables := map[string]bool{}, map[string]string{}
	for _, v := range s.Values {
		if !isSnakeCase(v.Name) {
			return &Error{Text: fmt.Sprintf("%q is no name of a value: lower-case letters, digits and '_' only", v.Name)}
		}
		if names[v.Name] {
			return &Error{Text: fmt.Sprintf("there are two values called %s", v.Name)}
		}
		names[v.Name] = true
		env := v.env(o)
		if !isVariable(env) {
			return &Error{Text: fmt.Sprintf("%q is no name of a variable (for %s): letters, digits and '_' only, no digit first",
				env, v.Name)}
		}
		if other, taken := variables[env]; taken {
			return &Error{Text: fmt.Sprintf("%s and %s would both become the variable %s", other, v.Name, env)}
		}
		variables[env] = v.Name
		if !utf8.ValidString(v.Label) || hasControl(v.Label) {
			return &Error{Text: fmt.Sprintf("the label of %s, %q, is not one line of text", v.Name, v.Label)}
		}
	}
	return nil
}

func (v Value) env(o Options) string {
	if v.Env != "" {
		return v.Env
	}
	return envName(o.Prefix, v.Name)
}

func (v Value) label() string {
	if v.Label != "" {
		return v.Label
	}
	return v.Name
}

func isSnakeCase(name string) bool {
	for i := range len(name) {
		c := name[i]
		if !isLower(c) && (i == 0 || c != '_' && !isDigit(c)) {
			return false
		}
	}
	return name != ""
}

// isVariable follows POSIX, which all shells and readers of dotenv agree on.
func isVariable(name string) bool {
	for i := range len(name) {
		c := name[i]
		if !isLetter(c) && c != '_' && (i == 0 || !isDigit(c)) {
			return false
		}
	}
	return name != ""
}

func isLower(c byte) bool  { return 'a' <= c && c <= 'z' }
func isLetter(c byte) bool { return isLower(c) || 'A' <= c && c <= 'Z' }
func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
