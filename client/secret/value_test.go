package secret_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"mimecred/client/secret"
)

const hidden = "s3cr3t-Pässword\nwith line"

// leaks tells whether any part of the secret shows, also as %x or %q would print it.
func leaks(s string) bool {
	for _, form := range []string{
		"s3cr3t", "with line", fmt.Sprintf("%x", "s3cr3t"), fmt.Sprintf("%X", "s3cr3t"),
		fmt.Sprintf("% x", "s3cr3t"), "115 51 99", "0x73",
	} {
		if strings.Contains(s, form) {
			return true
		}
	}
	return false
}

func odd(format string) string { return strings.Clone(format) }

type named secret.Value

type holder struct {
	Name   string
	Secret secret.Value
	unseen secret.Value
	Inner  struct{ Deep secret.Value }
	Ptr    *secret.Value
	List   []secret.Value
	Map    map[string]secret.Value
	Any    any
}

type one struct{ Secret secret.Value }

func newHolder() holder {
	v := secret.New(hidden)
	h := holder{
		Name: "visible", Secret: v, unseen: v, Ptr: &v, List: []secret.Value{v},
		Map: map[string]secret.Value{"k": v}, Any: v,
	}
	h.Inner.Deep = v
	return h
}

func TestNoVerbShowsASecret(t *testing.T) {
	t.Parallel()
	v := secret.New(hidden)
	h := newHolder()
	subjects := map[string]any{
		"value": v, "pointer": &v, "struct": h, "pointer to struct": &h, "slice": []secret.Value{v},
		"array": [1]secret.Value{v}, "map": map[string]secret.Value{"k": v}, "map key": map[any]int{&v: 1},
		"named": named(v), "slice of structs": []holder{h}, "interface": []any{v, &v, h},
	}
	var verbs []string
	for c := 'A'; c <= 'z'; c++ {
		verbs = append(verbs, "%"+string(c), "%+"+string(c), "%#"+string(c), "% "+string(c), "%010.3"+string(c), "%-20"+string(c))
	}
	verbs = append(verbs, "%!", "%é", "%")
	for name, subject := range subjects {
		for _, verb := range verbs {
			if got := fmt.Sprintf(verb, subject); leaks(got) {
				t.Errorf("%s with %s shows the secret: %q", name, verb, got)
			}
		}
		for _, got := range []string{
			fmt.Sprint(subject), fmt.Sprintln(subject),
			// What fmt calls %!d(BADINDEX), %!(BADWIDTH) and %!(EXTRA …). The formats are not constants so that vet lets them be.
			fmt.Sprintf(odd("%[2]d"), subject), fmt.Sprintf(odd("%*d"), subject, subject), fmt.Sprintf(odd("x"), subject),
			fmt.Errorf("wrapped: %w", fmt.Errorf("%v", subject)).Error(),
		} {
			if leaks(got) {
				t.Errorf("%s shows the secret: %q", name, got)
			}
		}
	}
	if h.unseen.Reveal() != hidden {
		t.Error("the unexported field lost its secret")
	}
}

func TestEncodersRedact(t *testing.T) {
	t.Parallel()
	h := newHolder()
	asJSON, err := json.Marshal(newHolder())
	if err != nil {
		t.Fatal(err)
	}
	asXML, err := xml.Marshal(one{h.Secret})
	if err != nil {
		t.Fatal(err)
	}
	var logged bytes.Buffer
	for _, handler := range []slog.Handler{slog.NewTextHandler(&logged, nil), slog.NewJSONHandler(&logged, nil)} {
		slog.New(handler).With("with", h.Secret).Info("m", "v", h.Secret, "p", &h.Secret, "h", h, "hp", &h,
			slog.Group("g", "v", h.Secret), "list", h.List)
	}
	for name, text := range map[string]string{"json": string(asJSON), "xml": string(asXML), "slog": logged.String()} {
		if leaks(text) {
			t.Errorf("%s shows the secret: %s", name, text)
		}
		if !strings.Contains(text, secret.Redacted) {
			t.Errorf("%s does not say that something is redacted: %s", name, text)
		}
	}
	panicked := func() (text string) {
		defer func() { text = fmt.Sprint(recover()) }()
		panic(h.Secret)
	}()
	if leaks(panicked) {
		t.Errorf("a panic shows the secret: %s", panicked)
	}
}

func TestValue(t *testing.T) {
	t.Parallel()
	v, zero := secret.New(hidden), secret.Value{}
	if v.Reveal() != hidden || v.Len() != len(hidden) || v.IsZero() {
		t.Error("the value does not hold what it was given")
	}
	if zero.Reveal() != "" || zero.Len() != 0 || !zero.IsZero() || !secret.New("").IsZero() || zero.String() != "" {
		t.Error("the zero value is not empty")
	}
	if !v.Equal(secret.New(hidden)) || v.Equal(secret.New("other")) || v.Equal(zero) || !zero.Equal(secret.New("")) {
		t.Error("Equal is wrong")
	}
	if got := fmt.Sprintf("%v %s", v, zero); got != "[redacted] " {
		t.Errorf("got %q", got)
	}
	if got := v.GoString(); got != "secret.Value{[redacted]}" {
		t.Errorf("GoString gives %q", got)
	}
}
