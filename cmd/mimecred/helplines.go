package main

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// hung breaks a line of a table, or of an example, between words at a width; 0 is no limit. What follows hangs below the second column
// where there is one, and a command line goes on behind a backslash, so that it can be copied.
func hung(line string, width int) []string {
	if width <= 0 || utf8.RuneCountInString(line) <= width {
		return []string{line}
	}
	body := strings.TrimLeft(line, " ")
	margin := strings.Repeat(" ", len(line)-len(body))
	if gap := regexp.MustCompile(`  +`).FindStringIndex(body); gap != nil {
		first, column := margin+body[:gap[0]], len(margin)+gap[1]
		if column <= width/2 {
			return behind(first+strings.Repeat(" ", gap[1]-gap[0]), strings.Repeat(" ", column), words(body[gap[1]:], width-column))
		}
		return append(behind(margin, margin+"  ", words(strings.TrimLeft(first, " "), width-len(margin)-2)), behind(margin+"    ", margin+"    ", words(body[gap[1]:], width-len(margin)-4))...)
	}
	if posix := strings.Contains(body, "mimecred ") || strings.Contains(body, "curl "); !posix || strings.Contains(body, "Out-String") {
		return behind(margin, margin+"  ", words(body, width-len(margin)-2))
	}
	const goesOn = ` \`
	lines := behind(margin, margin+"  ", words(body, width-len(margin)-len("  "+goesOn)))
	for i := range lines[:len(lines)-1] {
		lines[i] += goesOn
	}
	return lines
}

// behind puts what stands before a text before its first line, and a margin before the rest.
func behind(first, margin string, lines []string) []string {
	for i := range lines {
		lines[i] = margin + lines[i]
	}
	lines[0] = first + strings.TrimPrefix(lines[0], margin)
	return lines
}

// words breaks a text into lines of a width, never within quotes.
func words(text string, width int) []string {
	var lines []string
	line := ""
	for _, word := range regexp.MustCompile(`(?:'[^']*'|"[^"]*"|[^ '"]|['"])+`).FindAllString(text, -1) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			lines = append(lines, line)
			line = ""
		}
		line = strings.TrimPrefix(line+" "+word, " ")
	}
	return append(lines, line)
}
