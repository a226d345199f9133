package simulator

import (
	"slices"
	"strings"
	"time"
)

// dates in the bodies of functions (documented): no colon in the offset. RFC 3339 is accepted too (one client sends it).
const (
	bodyDate = "2006-01-02T15:04:05-0700"
	// trackingDays is how far back message-finder looks (one source: "about 30 days").
	trackingDays = 30
)

// required lists the fields that a read cannot do without (documented on the pages of each function).
func required(path string) []string {
	switch path {
	case "/api/audit/get-audit-events":
		return []string{"startDateTime", "endDateTime"}
	case "/api/message-finder/get-message-info", "/api/directory/get-group-members",
		"/api/awareness-training/phishing/campaign/get-user-data", "/api/awareness-training/campaign/get-user-data":
		return []string{"id"}
	case "/api/ttp/url/decode-url":
		return []string{"url"}
	case "/api/ttp/threat-intel/get-feed":
		return []string{"feedType", "fileType"}
	case "/api/audit/get-siem-logs":
		return []string{"type"}
	default:
		return nil
	}
}

// requiredQuery is the same for reads whose arguments are in the query.
func requiredQuery(path string) []string {
	switch {
	case strings.HasPrefix(path, "/threats/v1/stats/"):
		return []string{"timestampRangeStartsAt"}
	default:
		return nil
	}
}

// invalid finds what is wrong with the arguments of a call.
func invalid(c *call, a asked) (fault, bool) {
	query := c.r.URL.Query()
	if a.in.badCursor {
		return invalidToken(), true
	}
	if _, ok := parseCursor(query.Get("pageToken")); !ok {
		return fault{Code: requestInvalid, Message: "Invalid page token: 'pageToken' is not valid"}, true
	}
	for _, name := range requiredQuery(a.op.Path) {
		if query.Get(name) == "" {
			return fault{Field: name, Code: "err_validation_null", Message: "Field is required"}, true
		}
	}
	for _, name := range required(a.op.Path) {
		if a.in.text(name) == "" {
			return fault{Field: name, Code: "err_validation_null", Message: "Field is required"}, true
		}
	}
	if a.op.Path == "/api/message-finder/search" {
		return invalidSearch(c, a)
	}
	return invalidValue(a)
}

// invalidToken is the refusal of a page token that is none of Mimecast's (one source).
func invalidToken() fault { return fault{Code: "xdk_failure", Message: "0007 Invalid token"} }

// invalidValue finds a date that is none, and a word that is none of those that a field accepts. The code and its words
// are known from one source; that a date is refused with them is assumed.
func invalidValue(a asked) (fault, bool) {
	for _, name := range append(startNames(), endNames()...) {
		text := a.in.text(name)
		if _, ok := parseDate(text); text != "" && !ok && dated(a.op.Path) {
			return notAllowed(name, "a date such as 2011-12-03T10:15:30+0000"), true
		}
	}
	if a.op.Path != "/api/ttp/threat-intel/get-feed" {
		return fault{}, false
	}
	for name, words := range map[string][]string{"feedType": {"malware_customer", "malware_grid"}, "fileType": {"csv", "stix"}} {
		if !slices.Contains(words, strings.ToLower(a.in.text(name))) {
			return notAllowed(name, "one of ["+strings.Join(words, ",")+"]"), true
		}
	}
	return fault{}, false
}

// dated tells which functions read a log of a range; "from" and "to" mean other things elsewhere.
func dated(path string) bool {
	switch path {
	case "/api/audit/get-audit-events", "/api/dlp/get-logs", "/api/gateway/get-hold-message-list",
		"/api/gateway/get-held-release-logs", "/api/ttp/threat-intel/get-feed", "/api/ttp/remediation/find-incidents":
		return true
	default:
		return strings.HasPrefix(path, "/api/ttp/") && strings.HasSuffix(path, "/get-logs")
	}
}

func notAllowed(field, what string) fault {
	return fault{Field: field, Code: "err_validation_value_not_allowed", Message: "Field must be " + what}
}

// invalidSearch wants a message id or something to look for, and a start that is not too long ago.
func invalidSearch(c *call, a asked) (fault, bool) {
	options, _ := a.in.fields["advancedTrackAndTraceOptions"].(map[string]any)
	if a.in.text("messageId") == "" && len(options) == 0 {
		return fault{
			Code: "err_validation_at_least_one_not_null", Message: "At least one of the fields is required",
		}, true
	}
	if start := a.in.text("start"); start != "" {
		at, ok := parseDate(start)
		if !ok || c.now.Sub(at) > trackingDays*24*time.Hour {
			return fault{
				Field: "start", Code: "err_track_and_trace_invalid_start_date", Message: "Start date is not valid",
			}, true
		}
	}
	return fault{}, false
}

func parseDate(text string) (time.Time, bool) {
	// No source says that the last three are refused.
	for _, layout := range []string{bodyDate, time.RFC3339, "2006-01-02T15:04:05.000-0700", "2006-01-02T15:04:05", time.DateOnly} {
		if at, err := time.Parse(layout, text); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}
