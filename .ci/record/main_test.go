package main

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hinshun/vt10x"
)

// TestRecordTheDemo: the real program is played from its start to its end, in both looks, and the pictures are SVG with its words.
func TestRecordTheDemo(t *testing.T) {
	t.Chdir("../..")
	o := options{out: t.TempDir(), looks: "dark,light", width: 80, height: 24}
	if err := run(o); err != nil {
		t.Fatal(err)
	}
	papers := map[string]string{}
	for _, file := range []string{"demo-dark.svg", "demo-light.svg", "check-dark.svg", "handoff-light.svg", "home-dark.svg", "home-light.svg"} {
		picture, err := os.ReadFile(filepath.Join(o.out, file))
		if err != nil {
			t.Fatal(err)
		}
		text := words(t, string(picture))
		want := []string{"mimecred", "Example Corp", "Is this your tenant?"}
		switch {
		case strings.HasPrefix(file, "home"):
			want = []string{"mimecred", "1 profile", "Example Corp"}
		case strings.HasPrefix(file, "handoff"):
			want = []string{"mimecred", "Client Secret", "64 characters"}
		case strings.HasPrefix(file, "demo"):
			want = append(want, "Axonius", "1 profile")
		}
		for _, one := range want {
			if !strings.Contains(text, one) {
				t.Errorf("%s does not show %q", file, one)
			}
		}
		papers[file] = regexp.MustCompile(`<rect width="100%"[^>]*fill="([^"]*)"`).FindStringSubmatch(string(picture))[1]
		if moves := strings.Contains(string(picture), "@keyframes"); moves != strings.HasPrefix(file, "demo") {
			t.Errorf("%s moves: %v", file, moves)
		}
	}
	if papers["demo-dark.svg"] == papers["demo-light.svg"] || papers["check-dark.svg"] != papers["demo-dark.svg"] {
		t.Errorf("the backgrounds are %v", papers)
	}
}

// words are the texts of a picture, which is well formed and of one piece.
func words(t *testing.T, picture string) string {
	t.Helper()
	var text strings.Builder
	inText, roots, depth := false, 0, 0
	for d := xml.NewDecoder(strings.NewReader(picture)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("it is no XML: %v", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if depth == 0 {
				roots++
				if token.Name.Space != "http://www.w3.org/2000/svg" || token.Name.Local != "svg" {
					t.Errorf("it begins with %v", token.Name)
				}
			}
			depth++
			inText = token.Name.Local == "text"
		case xml.EndElement:
			depth--
			inText = false
		case xml.CharData:
			if inText {
				text.Write(token)
				text.WriteByte(' ')
			}
		}
	}
	if roots != 1 {
		t.Errorf("it has %d roots", roots)
	}
	return text.String()
}

// TestCommittedRecordingIsWhole: what the README shows is there, and is a picture.
func TestCommittedRecordingIsWhole(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	shown := regexp.MustCompile(`docs/recording/[a-z-]+\.svg`).FindAllString(string(readme), -1)
	if len(shown) < 2 {
		t.Errorf("the README shows %v", shown)
	}
	for _, file := range shown {
		picture, err := os.ReadFile(filepath.Join("../..", file))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(words(t, string(picture)), "mimecred") {
			t.Errorf("%s shows no mimecred", file)
		}
	}
}

// TestLineOfACrowd draws cells of every kind: neighbours that look alike are one text, and what XML has marks for is written with them.
func TestLineOfACrowd(t *testing.T) {
	t.Parallel()
	screen := vt10x.New(vt10x.WithSize(20, 1))
	_, _ = screen.Write([]byte("a<b \x1b[1;31mred\x1b[m \x1b[7mback\x1b[m \x1b[38;2;1;2;200mx\x1b[m"))
	var row []vt10x.Glyph
	for x := range 20 {
		row = append(row, screen.Cell(x, 0))
	}
	got := line(row, looks()["dark"])
	for _, want := range []string{
		`fill="#e6edf3" textLength="25.2" lengthAdjust="spacingAndGlyphs" xml:space="preserve">a&lt;b</text>`,
		`fill="#ff5555" font-weight="bold"`, `<rect x="67.2" width="33.6" height="17" fill="#e6edf3"/>`, `fill="#0d1117"`, `fill="#0102c8"`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is missing in %s", want, got)
		}
	}
}
