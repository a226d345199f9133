//go:build unix

package plain

import (
	"errors"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/creack/pty"
	"github.com/hinshun/vt10x"

	"mimecred/client"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// drawn is what a terminal of a size shows after everything that was written to it.
func drawn(raw string, columns, rows int) string {
	screen := vt10x.New(vt10x.WithSize(columns, rows))
	_, _ = screen.Write([]byte(raw))
	return screen.String()
}

// dense is text without white space, so that a value is found over the end of a row.
func dense(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

// applicationOn asks for the application on a terminal of a size; what comes before it is answered.
func applicationOn(t *testing.T, st *stage, columns, rows int, dumb bool) (ours *os.File, s *screenOf, ended chan error) {
	t.Helper()
	ours, theirs := openTerminal(t)
	if err := pty.Setsize(ours, &pty.Winsize{Cols: uint16(columns), Rows: uint16(rows)}); err != nil {
		t.Fatal(err)
	}
	s = watch(t, ours)
	ended = make(chan error, 1)
	a := flow.Answers{Change: lifecycle.Change{Name: "acme", Store: "memory", API: client.API20, BaseURL: st.url}}
	a.Given = map[flow.Step]bool{flow.Profile: true, flow.Integration: true, flow.API: true, flow.Region: true, flow.Connection: true, flow.Console: true}
	go func() {
		_, err := Run(t.Context(), Options{Env: st.env, In: theirs, Out: theirs, Answers: a, Dumb: dumb})
		ended <- err
	}()
	s.wait(t, "Client ID: ")
	return ours, s, ended
}

func typeIn(t *testing.T, terminal io.Writer, text string) {
	t.Helper()
	if _, err := io.WriteString(terminal, text); err != nil {
		t.Fatal(err)
	}
}

// TestPasteOnATerminal pastes both values at once on a terminal, which has shown them by the time they are read: they are erased,
// however many rows they filled, and nothing else is.
func TestPasteOnATerminal(t *testing.T) {
	d := newStage(t).sim.Demo()
	shapes := severalLines(d.ClientID, d.ClientSecret)
	shapes["bare lines"] = d.ClientID + "\n" + d.ClientSecret
	shapes["one line"] = "Client ID " + d.ClientID + " Client Secret " + d.ClientSecret
	shapes["bracketed"] = "\x1b[200~" + shapes["own JSON"] + "\x1b[201~"
	for name, text := range shapes {
		for _, size := range [][2]int{{80, 24}, {37, 30}} {
			for _, end := range []string{"\n", ""} {
				t.Run(name+end, func(t *testing.T) {
					t.Parallel()
					st := newStage(t)
					ours, s, ended := applicationOn(t, st, size[0], size[1], false)
					typeIn(t, ours, strings.ReplaceAll(text, "\r", "")+end)
					if end == "" {
						s.wait(t, strings.ReplaceAll(text[strings.LastIndex(text, "\n")+1:], "\x1b", "^["))
						typeIn(t, ours, "\r")
					}
					s.wait(t, "[yes]: ")
					typeIn(t, ours, "yes\n")
					if err := <-ended; err != nil {
						t.Fatalf("%v\n%s", err, s)
					}
					st.wantActive(t, st.oauth())
					raw := s.String()
					asked := regexp.MustCompile(`Yes\s+activates\s+the\s+credential\.`).FindAllStringIndex(raw, -1) // wherever its line is broken
					at := asked[len(asked)-1][0]
					early := raw
					if said := regexp.MustCompile(`were\s+both\s+in\s+what\s+was\s+pasted\.`).FindStringIndex(raw); said != nil { // wherever its line is broken
						early = raw[:said[0]]
					}
					early = drawn(early, size[0], size[1])
					late := dense(drawn(raw[:at], size[0], size[1]))
					if strings.Contains(dense(early), d.ClientSecret[:20]) || strings.Contains(late, d.ClientSecret[20:40]) {
						t.Errorf("the secret is on the screen:\n%s", early)
					}
					if !strings.Contains(dense(early), "Pastethemherebeforeyoucloseit.1.1ClientID:(erased:asecretwasinit)TheClientID") {
						t.Errorf("more was erased, or it is not said:\n%s", early)
					}
					if strings.Contains(raw, "Clear the terminal") {
						t.Error("it still asks to clear the terminal")
					}
				})
			}
		}
	}
}

// TestSecretAtAnotherQuestion types a secret where a name is asked for: it is erased, on a terminal that can do that.
func TestSecretAtAnotherQuestion(t *testing.T) {
	d := newStage(t).sim.Demo()
	for name, dumb := range map[string]bool{"terminal": false, "dumb": true} {
		t.Run(name, func(t *testing.T) {
			st := newStage(t)
			ours, s, ended := applicationOn(t, st, 80, 24, dumb)
			typeIn(t, ours, "Client Secret: "+d.ClientSecret+"\n")
			s.wait(t, "only what is asked for.\r\n1.1 Client ID: ")
			text := dense(drawn(s.String(), 80, 24))
			if strings.Contains(text, d.ClientSecret) != dumb || strings.Contains(text, "Cleartheterminal") != dumb || strings.Contains(s.String(), "\x1b") == dumb {
				t.Errorf("the screen:\n%s", drawn(s.String(), 80, 24))
			}
			typeIn(t, ours, "q\n")
			if err := <-ended; !errors.Is(err, ErrQuit) {
				t.Error(err)
			}
		})
	}
}

// TestLinesBehindAnID are no paste with it that can be told: they answer the next question, which asks for a secret, so that they
// are erased and the ID is shown again.
func TestLinesBehindAnID(t *testing.T) {
	st := newStage(t)
	ours, s, ended := applicationOn(t, st, 80, 24, false)
	typeIn(t, ours, "made-up-id\nhunter2\n")
	s.wait(t, "Answer [1]: ")
	text := drawn(s.String(), 80, 24)
	if strings.Contains(text, "hunter2") {
		t.Errorf("the secret is on the screen:\n%s", text)
	}
	typeIn(t, ours, "q\n")
	s.wait(t, "]: ")
	typeIn(t, ours, "2\n")
	if err := <-ended; !errors.Is(err, ErrQuit) {
		t.Error(err)
	}
}

func TestRowsOf(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		line  string
		width int
		want  int
	}{
		{"", 80, 1},
		{"a", 80, 1},
		{strings.Repeat("a", 80), 80, 1},
		{strings.Repeat("a", 81), 80, 2},
		{strings.Repeat("a", 160), 80, 2},
		{"\ta", 8, 2},
		{"\x1b[200~", 7, 1},
		{"\x1b[200~", 6, 2},
		{"日本", 4, 1},
		{"日本語", 4, 2},
		{"é", 1, 1},
		{"abc", 1, 3},
	} {
		if got := rowsOf(tt.line, tt.width); got != tt.want {
			t.Errorf("%q in %d columns: %d, want %d", tt.line, tt.width, got, tt.want)
		}
	}
}
