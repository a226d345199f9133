package export

import (
	"strings"
	"unicode/utf8"
)

// open is the one place where the secrets of a set become text.
func open(s Set, o Options) (Document, error) {
	if err := s.check(o); err != nil {
		return Document{}, err
	}
	d := Document{Profile: s.Profile, Integration: s.Integration, Options: o, Fields: make([]Field, 0, len(s.Values))}
	for _, v := range s.Values {
		f := Field{Name: v.Name, Label: v.label(), Env: v.env(o), Text: v.Text}
		if !v.Secret.IsZero() {
			f.Text, f.Secret = v.Secret.Reveal(), true
		}
		if !utf8.ValidString(f.Text) {
			return Document{}, &Error{
				Text: "the value of " + f.Name + " is no text: it holds bytes that are not valid UTF-8",
				Fix:  "paste it again; no key of Mimecast holds such bytes",
			}
		}
		d.Fields = append(d.Fields, f)
	}
	return d, nil
}

// Environ is s as NAME=value pairs for the environment of a child process, with the same names and refusals as the env
// format.
func Environ(s Set, o Options) ([]string, error) {
	d, err := open(s, o)
	if err != nil {
		return nil, err
	}
	pairs := make([]string, 0, len(d.Fields))
	for _, f := range d.Fields {
		if strings.Contains(f.Text, "\x00") {
			return nil, refused("an environment", f, reasonNUL, "")
		}
		pairs = append(pairs, f.Env+"="+f.Text)
	}
	return pairs, nil
}
