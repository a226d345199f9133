package plain

import (
	"errors"
	"io"
	"strings"
	"testing"

	"mimecred/client/secret"
)

// pieces gives one piece a read, as a terminal does; more is true while the next one follows at once.
type pieces struct {
	list []string
	// gaps are the pieces after which the person pauses.
	gaps map[int]bool
	at   int
	err  error
}

func (p *pieces) read(b []byte) (int, error) {
	if p.at == len(p.list) {
		return 0, p.err
	}
	n := copy(b, p.list[p.at])
	p.list[p.at] = p.list[p.at][n:]
	if p.list[p.at] == "" {
		p.at++
	}
	return n, nil
}

func (p *pieces) more() bool { return p.at < len(p.list) && !p.gaps[p.at-1] }

func TestReadBurst(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", maxLine)
	for name, tt := range map[string]struct {
		pieces []string
		gaps   map[int]bool
		err    error
		want   string
		fails  error
		// rest is what must be left for the next question.
		rest string
	}{
		"typed":                     {pieces: []string{"a", "b", "\r"}, want: "ab"},
		"line feed":                 {pieces: []string{"ab\n"}, want: "ab"},
		"wrapped over three lines":  {pieces: []string{"abc\rdef\rghi\r"}, want: "abc\ndef\nghi"},
		"last line without a break": {pieces: []string{"abc\rdef", "\r"}, gaps: map[int]bool{0: true}, want: "abc\ndef"},
		"in pieces":                 {pieces: []string{"abc\r", "def\r", "ghi\r"}, want: "abc\ndef\nghi"},
		"windows line breaks":       {pieces: []string{"abc\r\ndef\r\n"}, want: "abc\ndef"},
		"empty lines between":       {pieces: []string{"abc\r\rdef\r\r"}, want: "abc\n\ndef"},
		"a pause ends it":           {pieces: []string{"abc\r", "next\r"}, gaps: map[int]bool{0: true}, want: "abc", rest: "next\r"},
		"empty":                     {pieces: []string{"\r"}, want: ""},
		"backspace":                 {pieces: []string{"ab\x7f\x7f\x7fcö\x08d\r"}, want: "cd"},
		"ctrl+u":                    {pieces: []string{"wrong\x15right\r"}, want: "right"},
		"ctrl+w":                    {pieces: []string{"one two  \x17three\r"}, want: "one three"},
		"arrows":                    {pieces: []string{"a\x1b[Db\x1bOCc\x1b[1;5Dd\x1bxe\r"}, want: "abcde"},
		"ctrl+d alone":              {pieces: []string{"\x04"}, fails: io.EOF},
		"ctrl+d after text":         {pieces: []string{"a", "\x04", "b\r"}, want: "ab"},
		"end without text":          {err: io.EOF, fails: io.EOF},
		"hang-up without error":     {fails: io.EOF},
		"end after text":            {pieces: []string{"abc"}, err: io.EOF, want: "abc"},
		"broken":                    {pieces: []string{"abc"}, err: errBroken, fails: errBroken},
		"longest":                   {pieces: []string{long, "\r"}, want: long},
		"too long":                  {pieces: []string{long, "y\r"}, fails: errTooLong},
		"too long and cleared":      {pieces: []string{long, "y\x15ok\r"}, want: "ok"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := &pieces{list: tt.pieces, gaps: tt.gaps, err: tt.err}
			got, err := readBurst(p.read, p.more)
			if !errors.Is(err, tt.fails) || got != tt.want {
				t.Fatalf("%q, %v", got, err)
			}
			if rest := strings.Join(p.list[p.at:], ""); rest != tt.rest {
				t.Fatalf("left: %q", rest)
			}
		})
	}
}

func TestWrappedKeyIsOneSecret(t *testing.T) {
	t.Parallel()
	key := strings.Repeat("k", 150)
	p := &pieces{list: []string{key[:76] + "\r" + key[76:] + "\r"}}
	raw, err := readBurst(p.read, p.more)
	if err != nil {
		t.Fatal(err)
	}
	cleaned, removed := secret.Clean(raw)
	if cleaned != key || removed.String() != "1 line break removed" {
		t.Fatalf("%d characters, %s", len(cleaned), removed)
	}
}

func FuzzReadBurst(f *testing.F) {
	f.Add([]byte("abc\rdef\r"), true)
	f.Add([]byte("a\x1b[200~b\x1b\x1b\x7f\x15\x17\x04\n"), false)
	f.Fuzz(func(t *testing.T, typed []byte, more bool) {
		p := &pieces{list: []string{string(typed)}, err: io.EOF}
		got, err := readBurst(p.read, func() bool { return more && p.at < len(p.list) })
		if err != nil && got != "" {
			t.Fatal("text beside an error")
		}
		if strings.ContainsRune(got, '\x1b') {
			t.Fatal("an escape sequence is part of the secret")
		}
	})
}

func TestWrapped(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ first, behind, want, rest string }{
		"two lines":            {"abcd", "efgh\nnext\n", "abcd\nefgh", "next\n"},
		"three lines, Windows": {"abc", "def\r\ngh\r\nnext\n", "abc\ndef\ngh", "next\n"},
		"whole already":        {"abcdefgh", "ijkl\n", "abcdefgh", "ijkl\n"},
		"longer already":       {"abcdefghi", "j\n", "abcdefghi", "j\n"},
		"would be too long":    {"abcd", "efghi\n", "abcd", "efghi\n"},
		"too short in all":     {"abcd", "ef\n", "abcd", "ef\n"},
		"an empty line":        {"abcd", "\nefgh\n", "abcd", "\nefgh\n"},
		"half a line":          {"abcd", "efgh", "abcd", "efgh"},
		"nothing behind":       {"abcd", "", "abcd", ""},
		"nothing at all":       {"", "abcdefgh\n", "", "abcdefgh\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := newInput(strings.NewReader("first\n" + tt.behind))
			if _, err := in.line(); err != nil {
				t.Fatal(err)
			}
			if got := in.wrapped(tt.first, 8); got != tt.want {
				t.Fatalf("%q", got)
			}
			rest, err := io.ReadAll(in.r)
			if err != nil || string(rest) != tt.rest {
				t.Fatalf("left: %q, %v", rest, err)
			}
		})
	}
}

// TestWrappedKeyThroughAPipe pastes both keys with line breaks in them where there is no terminal.
func TestWrappedKeyThroughAPipe(t *testing.T) {
	t.Parallel()
	st := newStage(t)
	d := st.sim.Demo()
	var out strings.Builder
	in := strings.Join([]string{
		"", "1.0", "yes", st.url, "", d.ApplicationID, d.ApplicationKey, "console",
		d.AccessKey[:76], d.AccessKey[76:], d.SecretKey[:40], d.SecretKey[40:80], d.SecretKey[80:], "yes", "",
	}, "\n")
	_, err := Run(t.Context(), Options{Env: st.env, Answers: acme(), In: strings.NewReader(in), Out: &out})
	st.clean(t, out.String(), err)
	if err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	st.wantActive(t, st.legacy(d.AccessKey, d.SecretKey))
	if !strings.Contains(out.String(), "150 characters, 1 line break removed.") || !strings.Contains(out.String(), "88 characters, 2 line breaks removed.") {
		t.Fatal(out.String())
	}
}
