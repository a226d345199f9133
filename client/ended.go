package client

import "net/http"

// saysEnded tells whether Mimecast says, in its own envelope, that API 1.0 has ended: with the status 410, or in words (Mimecast
// KB 39704312201235 announces the end of API 1.0; the reply itself is not public).
func saysEnded(e *Error) bool {
	if !e.enveloped || kindOfWords(e.Code, e.Message) != "" {
		return false
	}
	if e.HTTPStatus == http.StatusGone {
		return true
	}
	said := plainWords(e.Code + " " + e.Message)
	for _, words := range [...][]string{
		{"retired"},
		{"end", "life"},
		{"decommissioned"},
		{"discontinued"},
		{"sunset"},
		{"deprecated", "removed"},
		{"no", "longer", "available"},
		{"no", "longer", "supported"},
		{"has", "ended"},
	} {
		if hasInOrder(said, words) {
			return true
		}
	}
	return false
}
