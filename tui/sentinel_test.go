package tui

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"mimecred/client/secret"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/step"
)

// The sentinel: every journey fails when a secret shows where none belongs, in any shape.

// all are the known secrets and those of the answers as they are now.
func (w *wizard) all() []string {
	a := w.app.answers
	all := slices.Clone(w.secrets)
	for _, v := range []secret.Value{a.ClientSecret, a.ApplicationKey, a.Password, a.AccessKey, a.SecretKey, a.Proxy.Password} {
		all = append(all, v.Reveal())
	}
	return all
}

// hidden are the secrets that no frame may show: all, except that the demo tells its made-up values.
func (w *wizard) hidden() []string {
	d := w.app.env.Demo
	if d == nil {
		return w.all()
	}
	told := []string{d.ClientSecret, d.ApplicationKey, d.Password, d.AccessKey, d.SecretKey}
	return slices.DeleteFunc(w.all(), func(s string) bool { return slices.Contains(told, s) })
}

// sentinel looks for secrets where a finished journey may have left them: the log, the index, the answers in any format,
// and the summary.
func (w *wizard) sentinel() {
	w.t.Helper()
	a := w.app.answers
	encoded, err := json.Marshal(a)
	if err != nil {
		encoded = []byte(err.Error())
	}
	places := map[string]string{
		"log": w.log.String(), "%v": fmt.Sprintf("%v", a), "%+v": fmt.Sprintf("%+v", a), "%#v": fmt.Sprintf("%#v", a),
		"%d": fmt.Sprintf("%d", a.ClientSecret), "JSON": string(encoded), "summary": Summary(Outcome{Answers: a}, w.app.env.Env, w.app.env.Theme.Glyphs.Dot),
		"unfinished": Summary(Outcome{Answers: a, Quit: true}, step.Env{Service: lifecycle.Service{Now: w.clock.Now}}, "-"),
	}
	files, err := os.ReadDir(w.dir)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, file := range files {
		if file.IsDir() {
			continue
		}
		text, err := os.ReadFile(filepath.Join(w.dir, file.Name()))
		if err != nil {
			w.t.Fatal(err)
		}
		places["file "+file.Name()] = string(text)
	}
	for where, text := range places {
		if found := leak(text, w.all()); found != "" {
			w.t.Errorf("a secret (%s) is in %s", found, where)
		}
	}
}

// buffer is a log that may be written by many.
type buffer struct {
	mu   sync.Mutex
	text strings.Builder
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

func (b *buffer) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(b, &slog.HandlerOptions{Level: slog.Level(-8)}))
}

// leak tells in which shape a secret is part of text; "" when none is. Borders and line breaks do not hide one.
func leak(text string, secrets []string) string {
	text = strings.NewReplacer("\n", "", " ", "", "│", "").Replace(text)
	for _, s := range secrets {
		if len(s) < 6 {
			continue
		}
		squeezed := strings.ReplaceAll(s, " ", "")
		for _, shape := range []struct{ how, text string }{
			{"raw", squeezed},
			{"base64", base64.StdEncoding.EncodeToString([]byte(s))},
			{"base64url", base64.RawURLEncoding.EncodeToString([]byte(s))},
			{"hex", hex.EncodeToString([]byte(s))},
			{"url", url.QueryEscape(s)},
		} {
			if strings.Contains(text, shape.text) {
				return shape.how
			}
		}
	}
	return ""
}

func TestLeakFindsEveryShape(t *testing.T) {
	t.Parallel()
	const s = "s3cret+/value=="
	for how, text := range map[string]string{
		"raw":    "│ s3cret+/v │\n│ alue== │",
		"base64": base64.StdEncoding.EncodeToString([]byte(s)),
		"hex":    hex.EncodeToString([]byte(s)),
		"url":    url.QueryEscape(s),
	} {
		if got := leak("before "+text+" after", []string{s}); got != how {
			t.Errorf("%s: found %q", how, got)
		}
	}
	if got := leak("nothing here", []string{s, ""}); got != "" {
		t.Errorf("found %q", got)
	}
}
