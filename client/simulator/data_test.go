package simulator

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"mimecred/client/catalog/operation"
)

// argumentsOf are what some reads cannot do without.
func argumentsOf(path string) (query, body string) {
	values := url.Values{}
	for _, name := range requiredQuery(path) {
		values.Set(name, "2026-11-22")
	}
	if strings.HasPrefix(path, "/siem/v1/batch/") {
		values.Set("type", siemTypes(path[len(path)-2:])[0])
	}
	fields := map[string]any{}
	for _, name := range required(path) {
		fields[name] = "csv"
	}
	if path == "/api/message-finder/search" {
		fields["messageId"] = "x"
	}
	raw, _ := json.Marshal(map[string]any{"data": []any{fields}})
	if len(values) > 0 {
		query = "?" + values.Encode()
	}
	return query, string(raw)
}

// Every operation of the list is known, to an application that may do everything.
func TestEveryOperation(t *testing.T) {
	l := newLab(t)
	l.AddTenant(Tenant{
		Code: "CUSA00A000", Name: "Both", Region: "us", CloudGateway: true, CloudIntegrated: true,
		Packages: gatewayTenant().Packages, Domains: []string{"example.com"}, Addresses: []string{"a@example.com"},
	})
	token := l.bearerOf(l.seeded.all)
	for _, op := range operation.All() {
		query, body := argumentsOf(op.Path)
		want := 200
		switch {
		case !op.Read:
			want = 405
		case strings.Contains(op.Path, "{"):
			want = 404 // no object has an id that nobody gave out
		}
		path := strings.NewReplacer("{", "", "}", "").Replace(op.Path)
		var got []reply
		if op.Has("2.0") {
			got = append(got, l.call20(token, op.Method, path+query, body))
		}
		if op.Has("1.0") {
			got = append(got, l.call10(l.seeded.legacy, l.seeded.keys, path, body))
		}
		for _, r := range got {
			if r.status != want {
				t.Errorf("%s %s: %d %s", op.Method, op.Path, r.status, r.body)
			}
			if r.header.Get("Content-Type") != "text/csv" {
				r.valid(t)
			}
			if strings.Contains(r.body, `"{`) {
				t.Errorf("%s %s: a name in braces is left in %s", op.Method, op.Path, r.body)
			}
		}
	}
}

func TestArguments(t *testing.T) {
	l := newLab(t)
	token := l.bearerOf(l.seeded.all)
	for name, one := range map[string]struct {
		method, path, body string
		status             int
		words              string
	}{
		"data is null":      {"POST", accountPath, `{"data":null}`, 200, "err_deserialise"},
		"empty object":      {"POST", accountPath, `{}`, 200, "accountCode"},
		"nothing":           {"POST", accountPath, ``, 200, "accountCode"},
		"no JSON":           {"POST", accountPath, `{"data":[`, 400, ""},
		"data is no list":   {"POST", accountPath, `{"data":{}}`, 400, ""},
		"missing date":      {"POST", "/api/audit/get-audit-events", `{"data":[{"startDateTime":"x"}]}`, 200, `"field":"endDateTime","code":"err_validation_null"`},
		"nothing to find":   {"POST", "/api/message-finder/search", `{"data":[{}]}`, 200, "err_validation_at_least_one_not_null"},
		"too long ago":      {"POST", "/api/message-finder/search", `{"data":[{"messageId":"x","start":"2026-10-01T00:00:00+0000"}]}`, 200, "err_track_and_trace_invalid_start_date"},
		"found":             {"POST", "/api/message-finder/search", `{"data":[{"start":"2026-11-22T09:00:00Z","advancedTrackAndTraceOptions":{"from":"x"}}]}`, 200, "trackedEmails"},
		"other domain":      {"POST", "/api/user/get-internal-users", `{"data":[{"domain":"example.net"}]}`, 200, "0003 Forbidden To Perform Operation For Address"},
		"SIEM without type": {"GET", "/siem/v1/batch/events/cg", ``, 400, `{"error":{"code":"Request Validation Failed"`},
		"STIX":              {"POST", "/api/ttp/threat-intel/get-feed", `{"data":[{"feedType":"malware_customer","fileType":"stix"}]}`, 200, `"type":"bundle"`},
		"statistics":        {"GET", "/threats/v1/stats/phishing", ``, 400, "timestampRangeStartsAt"},
	} {
		t.Run(name, func(t *testing.T) {
			l.call20(token, one.method, one.path, one.body).want(t, one.status, one.words)
		})
	}
}

func TestPages(t *testing.T) {
	l := newLab(t)
	token := l.bearerOf(l.seeded.all)
	var in struct {
		Meta struct {
			Pagination struct {
				PageSize, TotalCount int
				Next                 string
			}
		}
		Data []struct {
			Users []struct{ EmailAddress string }
		}
	}
	seen, next := map[string]bool{}, ""
	for page := range 3 {
		in.Meta.Pagination.Next = ""
		got := l.call20(token, "POST", "/api/user/get-internal-users",
			`{"meta":{"pagination":{"pageSize":4,"pageToken":"`+next+`"}},"data":[{"domain":"EXAMPLE.com"}]}`)
		got.want(t, 200)
		if err := json.Unmarshal([]byte(got.body), &in); err != nil {
			t.Fatal(err)
		}
		for _, u := range in.Data[0].Users {
			seen[u.EmailAddress] = true
		}
		if in.Meta.Pagination.PageSize != len(in.Data[0].Users) || in.Meta.Pagination.TotalCount != 6 {
			t.Errorf("%+v", in)
		}
		if next = in.Meta.Pagination.Next; next == "" {
			if page != 1 {
				t.Errorf("the last page is number %d", page+1)
			}
			break
		}
	}
	if len(seen) != 6 {
		t.Errorf("%v", seen)
	}
	l.call20(token, "GET", "/domain/cloud-gateway/v1/internal-domains?pageSize=1", "").want(t, 200, `{"domains":[{`, `"nextPage":"`)
	l.call20(token, "GET", "/domain/cloud-gateway/v1/internal-domains", "").want(t, 200, `"meta":{}}`)
	l.call20(token, "GET", "/directory/cloud-gateway/v1/groups", "").want(t, 200, `{"groups":[],"meta":{}}`)
	if got := plural("{x}"); got != "value" {
		t.Error(got)
	}
}

func TestLicence(t *testing.T) {
	l := newLab(t, WithScenario("not-licensed"))
	token := l.bearerOf(l.seeded.all)
	l.call20(token, "POST", "/api/awareness-training/phishing/campaign/get-campaign", "").want(t, 403, "Forbidden to perform")
	got := l.call20(token, "POST", "/api/provisioning/get-packages", "")
	got.want(t, 200, `{"products":{"id":"1033","name":"Mimecast Platform"}}`)
	if strings.Contains(got.body, "1078") {
		t.Error(got.body)
	}
}

func TestPermitted(t *testing.T) {
	for _, one := range []struct {
		needed string
		has    []string
		want   bool
	}{
		{"", nil, true},
		{"A | Read", []string{"A | Read"}, true},
		{"A | Read", []string{"A | Edit"}, false},
		{"A | Read ; B | Read", []string{"A | Read"}, false},
		{"A | Read ; B | Read", []string{"B | Read", "A | Read"}, true},
		{"super-admin | full-admin", []string{"full-admin"}, true},
		{"super-admin | full-admin", nil, false},
	} {
		if got := permitted(one.needed, one.has); got != one.want {
			t.Errorf("%q of %q: %v", one.needed, one.has, got)
		}
	}
}
