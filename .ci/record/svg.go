package main

import (
	"fmt"
	"html"
	"strings"
	"time"

	"github.com/hinshun/vt10x"
)

// A cell of the picture in pixels, and the empty border around it.
const (
	cellWidth  = 8.4
	cellHeight = 17
	border     = 12
	fontSize   = 14
)

// The bits of a glyph's mode, which vt10x does not export.
const (
	reversed   = 1
	underlined = 2
	bold       = 4
)

// frame is what a terminal showed for a while.
type frame struct {
	rows   [][]vt10x.Glyph
	cursor bool
	x, y   int
	name   string
	hold   time.Duration
}

// look is a terminal that the demo is shown on.
type look struct {
	ink, paper  string
	answer      string // to the question for the background
	environment []string
}

// looks are the terminals by name. The 16 colours are those of VGA text mode, which the Linux console has.
func looks() map[string]look {
	const black, white = "rgb:0000/0000/0000", "rgb:ffff/ffff/ffff"
	many := []string{"TERM=xterm-256color", "COLORTERM=truecolor"}
	few := []string{"TERM=xterm-16color"}
	return map[string]look{
		"dark":    {ink: "#e6edf3", paper: "#0d1117", answer: black, environment: many},
		"light":   {ink: "#1f2328", paper: "#ffffff", answer: white, environment: many},
		"16":      {ink: "#aaaaaa", paper: "#000000", answer: black, environment: few},
		"16light": {ink: "#000000", paper: "#ffffff", answer: white, environment: few},
		"none":    {ink: "#e6edf3", paper: "#000000", answer: black, environment: append(many, "NO_COLOR=1")},
	}
}

// vga are the first 16 colours as VGA text mode shows them.
func vga() []string {
	return []string{
		"#000000", "#aa0000", "#00aa00", "#aa5500", "#0000aa", "#aa00aa", "#00aaaa", "#aaaaaa",
		"#555555", "#ff5555", "#55ff55", "#ffff55", "#5555ff", "#ff55ff", "#55ffff", "#ffffff",
	}
}

// colour is a colour of a cell in CSS; other is what the default colour is.
func colour(c vt10x.Color, other string) string {
	switch {
	case c >= vt10x.DefaultFG:
		return other
	case c.ANSI():
		return vga()[c]
	default:
		return fmt.Sprintf("#%06x", uint32(c))
	}
}

// head begins a picture of so many cells.
func head(b *strings.Builder, f frame, l look) (width, height float64) {
	width, height = float64(len(f.rows[0]))*cellWidth+2*border, float64(len(f.rows)*cellHeight+2*border)
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="%.0f" height="%.0f" viewBox="0 0 %.1f %.1f" font-family="ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="%d">`+"\n",
		width, height, width, height, fontSize)
	fmt.Fprintf(b, `<rect width="100%%" height="100%%" rx="8" fill="%s"/>`+"\n", l.paper)
	return width, height
}

// still is one frame as a picture.
func still(f frame, l look) string {
	var b strings.Builder
	head(&b, f, l)
	fmt.Fprintf(&b, `<g transform="translate(%d,%d)">`+"\n", border, border)
	for y, row := range f.rows {
		if drawn := line(row, l); drawn != "" {
			fmt.Fprintf(&b, `<g transform="translate(0,%d)">%s</g>`+"\n", y*cellHeight, drawn)
		}
	}
	b.WriteString(pointer(f, l) + "</g>\n</svg>\n")
	return b.String()
}

// moving is all frames as one picture that moves: they stand side by side, and the strip jumps from one to the next. A line
// that several frames show is in the picture once.
func moving(frames []frame, l look) string {
	var b strings.Builder
	width, height := head(&b, frames[0], l)
	var total, at time.Duration
	for _, f := range frames {
		total += f.hold
	}
	b.WriteString("<style>@keyframes m{")
	for i, f := range frames {
		fmt.Fprintf(&b, "%.3f%%{transform:translateX(%.1fpx)}", 100*at.Seconds()/total.Seconds(), -float64(i)*width)
		at += f.hold
	}
	fmt.Fprintf(&b, "}#strip{animation:m %.2fs step-end infinite}</style>\n", total.Seconds())
	ids := map[string]int{}
	var defs, strip strings.Builder
	for i, f := range frames {
		fmt.Fprintf(&strip, `<g transform="translate(%.1f,0)">`, float64(i)*width)
		for y, row := range f.rows {
			drawn := line(row, l)
			if drawn == "" {
				continue
			}
			id, known := ids[drawn]
			if !known {
				id = len(ids)
				ids[drawn] = id
				fmt.Fprintf(&defs, `<g id="l%d">%s</g>`+"\n", id, drawn)
			}
			fmt.Fprintf(&strip, `<use xlink:href="#l%d" y="%d"/>`, id, y*cellHeight)
		}
		strip.WriteString(pointer(f, l) + "</g>\n")
	}
	fmt.Fprintf(&b, "<defs>\n%s</defs>\n", defs.String())
	fmt.Fprintf(&b, `<svg width="%.1f" height="%.1f"><g transform="translate(%d,%d)"><g id="strip">`+"\n%s</g></g></svg>\n</svg>\n", width, height, border, border, strip.String())
	return b.String()
}

// pointer is the cursor.
func pointer(f frame, l look) string {
	if !f.cursor {
		return ""
	}
	return fmt.Sprintf(`<rect x="%.1f" y="%d" width="2" height="%d" fill="%s"/>`, float64(f.x)*cellWidth, f.y*cellHeight+1, cellHeight-2, l.ink)
}

// line is one row: neighbours that look alike are one text, as long as they are wide.
func line(row []vt10x.Glyph, l look) string {
	var b strings.Builder
	for from := 0; from < len(row); {
		to := from + 1
		for to < len(row) && alike(row[from], row[to]) {
			to++
		}
		piece(&b, row[from:to], from, l)
		from = to
	}
	return b.String()
}

func alike(a, b vt10x.Glyph) bool {
	return a.FG == b.FG && a.BG == b.BG && a.Mode&(reversed|underlined|bold) == b.Mode&(reversed|underlined|bold)
}

// piece draws cells that look alike.
func piece(b *strings.Builder, cells []vt10x.Glyph, at int, l look) {
	runes := make([]rune, 0, len(cells))
	for _, c := range cells {
		if c.Char == 0 {
			c.Char = ' '
		}
		runes = append(runes, c.Char)
	}
	ink, paper := inks(cells[0], l)
	x, wide := float64(at)*cellWidth, float64(len(cells))*cellWidth
	if paper != l.paper {
		fmt.Fprintf(b, `<rect x="%.1f" width="%.1f" height="%d" fill="%s"/>`, x, wide, cellHeight, paper)
	}
	text := string(runes)
	blank := len(runes) - len([]rune(strings.TrimLeft(text, " ")))
	text = strings.Trim(text, " ")
	if text == "" {
		return
	}
	more := ""
	if cells[0].Mode&bold != 0 {
		more += ` font-weight="bold"`
	}
	if cells[0].Mode&underlined != 0 {
		more += ` text-decoration="underline"`
	}
	fmt.Fprintf(b, `<text x="%.1f" y="%d" fill="%s"%s textLength="%.1f" lengthAdjust="spacingAndGlyphs" xml:space="preserve">%s</text>`,
		x+float64(blank)*cellWidth, cellHeight-5, ink, more, float64(len([]rune(text)))*cellWidth, html.EscapeString(text))
}

// inks are the colours of a cell. vt10x has exchanged those of a reversed one, and leaves the defaults to be told apart.
func inks(c vt10x.Glyph, l look) (ink, paper string) {
	ink, paper = colour(c.FG, l.ink), colour(c.BG, l.paper)
	if c.FG == vt10x.DefaultBG {
		ink = l.paper
	}
	if c.BG == vt10x.DefaultFG {
		paper = l.ink
	}
	return ink, paper
}
