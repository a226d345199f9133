package simulator

import (
	"strings"
	"time"
)

// dates in the bodies of functions (documented): no colon in the offset. RFC 3339 is taken too (one client sends it).
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
	case strings.HasPrefix(path, "/siem/v1/batch/"):
		return []string{"type", "dateRangeStartsAt", "dateRangeEndsAt"}
	case strings.HasPrefix(path, "/siem/v1/events/"):
		return []string{"dateRangeStartsAt"} // one client sends nothing else but a page size
	case strings.HasPrefix(path, "/threats/v1/stats/"):
		return []string{"timestampRangeStartsAt"}
	default:
		return nil
	}
}

// invalid finds what is wrong with the arguments of a call.
func invalid(c *call, a asked) (fault, bool) {
	query := c.r.URL.Query()
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
	return fault{}, false
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
	for _, layout := range []string{bodyDate, time.RFC3339} {
		if at, err := time.Parse(layout, text); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}
