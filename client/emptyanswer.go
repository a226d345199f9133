package client

import "strings"

// emptyWords are failures that a function answers with when it is allowed and has nothing to give.
type emptyWords struct{ path, message string }

// emptyAnswers lists them. Both clients of Mimecast's own that read the feed (TIRegional of its Microsoft Sentinel solution,
// and mimecast-humio-middleware) read these messages of HTTP 200 as an empty feed; the code beside them is not public.
func emptyAnswers() []emptyWords {
	return []emptyWords{
		{feedPath, "no results found for threat intel feed"},
		{feedPath, "unable to compress feeds"},
	}
}

// emptyAnswer tells whether a failure of the call to path says no more than that there is nothing to give.
func emptyAnswer(path string, e *Error) bool {
	path, _, _ = strings.Cut(path, "?")
	said := strings.ToLower(e.Message)
	for _, one := range emptyAnswers() {
		if e.enveloped && path == one.path && strings.Contains(said, one.message) {
			return true
		}
	}
	return false
}
