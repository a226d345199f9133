package main

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"mimecred/client"
	"mimecred/client/showable"
)

// printReply prints a reply's body as it came. Only a terminal gets a line break at its end, and none of the control
// characters by which text could steer it; JSON has none.
func (a *app) printReply(reply *client.Reply, include bool) error {
	text := string(reply.Body)
	if include {
		text = head(reply) + text
	}
	if isTerminal(a.std.out) {
		text = harmless(text)
		if text != "" && !strings.HasSuffix(text, "\n") {
			text += "\n"
		}
	}
	return a.print(text)
}

// head is the status and the headers, by name.
func head(reply *client.Reply) string {
	var b strings.Builder
	fmt.Fprintf(&b, "HTTP %s\n", strings.TrimSpace(fmt.Sprintf("%d %s", reply.HTTPStatus, http.StatusText(reply.HTTPStatus))))
	for _, name := range slices.Sorted(maps.Keys(reply.Header)) {
		for _, value := range reply.Header[name] {
			fmt.Fprintf(&b, "%s: %s\n", name, value)
		}
	}
	return b.String() + "\n"
}

// harmless removes what a terminal would obey.
func harmless(text string) string { return showable.Lines(text) }
