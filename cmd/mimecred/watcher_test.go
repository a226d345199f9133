package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"mimecred/client/simulator"
)

// watcher knows secrets and looks for them. As a server it learns those that come up on the way: what Mimecast answers with
// (tokens, created keys) and what callers bring.
type watcher struct {
	// home is that of the programs whose environments are looked at; empty looks at none.
	home string

	mu sync.Mutex
	// forms tell, for every form of a secret, whose it is; codes the same for one-time codes.
	forms map[string]string
	codes map[string]string
	n     int
}

// add makes secrets known, in all their forms.
func (w *watcher) add(owner string, secrets map[string]string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.forms == nil {
		w.forms = map[string]string{}
	}
	for what, form := range secretForms(secrets) {
		w.forms[form] = owner + "'s " + what
	}
}

// addCode makes a one-time code known. Six digits may stand in anything, so it is looked for as a word.
func (w *watcher) addCode(email, code string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.codes == nil {
		w.codes = map[string]string{}
	}
	w.codes[code] = "a code sent to " + email
}

// shown are the secrets that a text shows.
func (w *watcher) shown(text string) []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.shownHeld(text)
}

func (w *watcher) shownHeld(text string) []string {
	found := map[string]bool{}
	for form, what := range w.forms {
		if strings.Contains(text, form) {
			found[what] = true
		}
	}
	for code, what := range w.codes {
		if holdsWord(text, code) {
			found[what] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// holdsWord tells whether a number stands in a text by itself: not within a longer word, nor behind a decimal point.
func holdsWord(text, word string) bool {
	letter := func(c byte) bool { return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' }
	for at := 0; ; {
		i := strings.Index(text[at:], word)
		if i < 0 {
			return false
		}
		from, to := at+i, at+i+len(word)
		before := from > 0 && (letter(text[from-1]) || text[from-1] == '.')
		if !before && (to == len(text) || !letter(text[to])) {
			return true
		}
		at = to
	}
}

// knows counts the forms that are known of one owner.
func (w *watcher) knows(owner string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := 0
	for _, what := range w.forms {
		if strings.HasPrefix(what, owner+"'s ") {
			n++
		}
	}
	return n
}

func (w *watcher) looked() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.n
}

// look looks at the command lines of all processes, and at the environments of those that have the watcher's home.
func (w *watcher) look(t *testing.T) {
	lines, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Error(err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, path := range lines {
		// A process may end while it is looked at.
		line, _ := os.ReadFile(path)
		w.n++
		for _, what := range w.shownHeld(string(line)) {
			t.Errorf("the command line of a process shows %s", what)
		}
		if w.home == "" {
			continue
		}
		environment, _ := os.ReadFile(filepath.Join(filepath.Dir(path), "environ"))
		if !slices.Contains(strings.Split(string(environment), "\x00"), "HOME="+w.home) {
			continue
		}
		for _, what := range w.shownHeld(string(environment)) {
			t.Errorf("the environment of a process shows %s", what)
		}
	}
}

// simulator starts a simulator behind the watcher: at every call what comes up is learned, and processes are looked at.
func (w *watcher) simulator(t *testing.T) (*simulator.Server, string) {
	t.Helper()
	sim := simulator.New(simulator.WithCodeSent(w.addCode))
	server := httptest.NewServer(http.HandlerFunc(func(to http.ResponseWriter, r *http.Request) {
		answer := httptest.NewRecorder()
		sim.ServeHTTP(answer, r)
		w.learn(r.Header.Get("Authorization"), answer.Body.Bytes())
		w.look(t)
		maps.Copy(to.Header(), answer.Header())
		to.WriteHeader(answer.Code)
		_, _ = to.Write(answer.Body.Bytes())
	}))
	t.Cleanup(server.Close)
	return sim, server.URL
}

func (w *watcher) learn(authorization string, answer []byte) {
	if token, bearer := strings.CutPrefix(authorization, "Bearer "); bearer {
		w.add("a call", map[string]string{"token": token})
	}
	var value any
	if json.NewDecoder(bytes.NewReader(answer)).Decode(&value) == nil {
		w.learnIn(value)
	}
}

func (w *watcher) learnIn(value any) {
	switch value := value.(type) {
	case []any:
		for _, one := range value {
			w.learnIn(one)
		}
	case map[string]any:
		for key, one := range value {
			text, isText := one.(string)
			switch {
			case !isText:
				w.learnIn(one)
			case key == "access_token", key == "accessKey", key == "secretKey", key == "lastUserToken":
				w.add("an answer", map[string]string{key: text})
			}
		}
	}
}
