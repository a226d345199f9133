package plain

import (
	"context"
	"strings"
	"testing"

	"mimecred/client/catalog"
	"mimecred/client/catalog/form"
	"mimecred/client/secret"
	"mimecred/tui/clipboard"
	"mimecred/tui/step"
)

// holding is a clipboard that can be read back.
type holding struct{ held, before secret.Value }

func (h *holding) Copy(_ context.Context, v secret.Value) clipboard.Copied {
	h.held, h.before = v, v
	return clipboard.Copied{Place: clipboard.InNative}
}

func (h *holding) Empty(_ context.Context, v secret.Value) clipboard.Gone {
	if h.held.Equal(v) {
		h.held = secret.Value{}
	}
	return clipboard.Gone{Left: clipboard.Emptied}
}

// TestSecretsThatNothingKeeps: the hand-off of a session-only profile shows a secret once, after a yes, and copies it; no command is
// advised that cannot work.
func TestSecretsThatNothingKeeps(t *testing.T) {
	for name, tt := range map[string]struct {
		asked []any
		// times is how often the secret is printed, copied whether it was.
		times  int
		copied bool
		says   []string
	}{
		"explained":         {[]any{"?"}, 0, false, []string{"No later command can print", "s and the number", "c and the number"}},
		"not without a yes": {[]any{"s 3", "", "s 3", "no"}, 0, false, []string{"Everybody who sees this screen", "Show it once?"}},
		"back from the yes": {[]any{"s 3", "<"}, 0, false, []string{"Show it once?"}},
		"once":              {[]any{"S 3", "yes", "s 3"}, 1, false, []string{"It was shown once. c 3 copies it."}},
		"no secret":         {[]any{"s 2"}, 0, false, []string{"Client ID is no secret"}},
		"no number":         {[]any{"s", "c", "s 0", "c 99", "s x"}, 0, false, []string{"such as s 3.", "such as c 3.", "such as s 3.", "such as c 3.", "such as s 3."}},
		"copied":            {[]any{"c 3", "C 3"}, 0, true, []string{"Client Secret copied, cleared after 45 seconds."}},
		"nothing to copy":   {[]any{"c 5"}, 0, false, []string{"has no value to paste"}},
	} {
		t.Run(name, func(t *testing.T) {
			st := newStage(t)
			st.env.Stores = []step.StoreChoice{{Kind: "memory", Title: "This session only", Passing: true}}
			d, board := st.sim.Demo(), &holding{}
			lines := script("axonius-mimecast-v2", "", "", "", d.ClientID, hidden(d.ClientSecret), "example.com", "yes")
			c := &talk{lines: append(append(lines, script(tt.asked...)...), script("yes")...)}
			if _, err := Run(t.Context(), Options{Env: st.env, Answers: acme(), In: c, Out: c, Board: board}); err != nil {
				t.Fatalf("%v\n%s", err, c.transcript.String())
			}
			out := c.output.String()
			if got := strings.Count(out, d.ClientSecret); got != tt.times {
				t.Errorf("the secret is printed %d times, not %d", got, tt.times)
			}
			if board.before.IsZero() == tt.copied || !board.held.IsZero() {
				t.Errorf("copied %v, left in the clipboard %v", !board.before.IsZero(), !board.held.IsZero())
			}
			if strings.Contains(out, "mimecred get acme") {
				t.Error("a command is advised that finds no profile")
			}
			has(t, c, "3. Client Secret: a secret of", "s 3 shows it, c 3 copies it.", "Leave now?")
			has(t, c, tt.says...)
		})
	}
}

// TestNoClipboard: without one that can be reached nothing is said to be copied, and nothing but text is printed.
func TestNoClipboard(t *testing.T) {
	st := newStage(t)
	st.env.Stores = []step.StoreChoice{{Kind: "memory", Title: "This session only", Passing: true}}
	d := st.sim.Demo()
	c, _, err := st.run(t, acme(), script("axonius-mimecast-v2", "", "", "", d.ClientID, hidden(d.ClientSecret), "example.com", "yes", "c 3", "yes"))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	has(t, c, "No clipboard can be reached from here.")
}

// TestWhereAStoreKeepsItNothingIsShown: s and c are words of a profile that nothing keeps.
func TestWhereAStoreKeepsItNothingIsShown(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	c, _, err := st.run(t, acme(), script("axonius-mimecast-v2", "", "", "", d.ClientID, hidden(d.ClientSecret), "example.com", "yes"))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	if has(t, c, "mimecred get acme client_secret prints it."); strings.Contains(c.output.String(), "s 3 shows it") {
		t.Error("s is offered")
	}
}

// TestTheTerminalsClipboard gets a value where the output is a terminal, and is emptied at the end.
func TestTheTerminalsClipboard(t *testing.T) {
	st := newStage(t)
	var out, escapes strings.Builder
	s := &session{ctx: t.Context(), env: st.env, out: newPrinter(&out, false), board: clipboard.Of(nil, nil), escapes: &escapes}
	g := s.newGivenOut()
	g.copy(form.Entry{Field: catalog.Field{Label: "Secret Key"}, Value: secret.New("a-key")})
	if want := "\x1b]52;c;YS1rZXk=\a"; escapes.String() != want || !strings.Contains(out.String(), "Secret Key sent to the terminal, cleared after 45 seconds.") {
		t.Errorf("sent %q, said %q", escapes.String(), out.String())
	}
	escapes.Reset()
	if g.end(); escapes.String() != "\x1b]52;c;IA==\a" {
		t.Errorf("emptied with %q", escapes.String())
	}
}

// TestLeavingWhatNothingKeeps: without a product's form the question is the same, and so is how a secret is shown.
func TestLeavingWhatNothingKeeps(t *testing.T) {
	for _, passing := range []bool{true, false} {
		st := newStage(t)
		st.env.Stores = []step.StoreChoice{{Kind: "memory", Title: "This session only", Passing: passing}}
		d := st.sim.Demo()
		lines := script("", "2.0", "", d.ClientID, hidden(d.ClientSecret), "yes")
		if passing {
			lines = append(lines, script("no", "yes")...)
		}
		c := &talk{lines: lines}
		if _, err := Run(t.Context(), Options{Env: st.env, Answers: acme(), In: c, Out: c, Board: &holding{}}); err != nil {
			t.Fatalf("passing %v: %v\n%s", passing, err, c.transcript.String())
		}
		want := 0
		if passing {
			want = 2
		}
		if got := strings.Count(c.output.String(), "The credential is only in memory. Leave now?"); got != want {
			t.Errorf("passing %v: it is asked %d times:\n%s", passing, got, c.transcript.String())
		}
	}
}
