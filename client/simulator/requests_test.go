package simulator

import (
	"bytes"
	"encoding/json"
	"net/http"
	"testing"
)

// What public clients really send, and what Mimecast answers them. Each line names the client whose code it was read in;
// expiring values are in braces. Dates are those of the laboratory's clock: 2026-11-22, 10:00.
func TestRequestsOfPublicClients(t *testing.T) {
	l := newLab(t)
	token := l.bearerOf(l.seeded.all)
	const (
		batch, stream = "/siem/v1/batch/events/cg", "/siem/v1/events/cg"
		caughtUp      = `"isCaughtUp":true`
		unknownToken  = `{"value":[],"@nextPage":"NDU1NA==","isCaughtUp":true}`
		invalid       = `{"error":{"code":"Request Validation Failed","message":"`
		tooOld        = invalid + `Invalid date range: 'from' must be within the 7-day retention period"}}`
	)
	for _, one := range []struct {
		name, method, path, body string
		status                   int
		words                    []string
	}{
		// SEKOIA-IO/automation-library, Mimecast/mimecast_modules/connector_mimecast_siem.py
		{"batch, start only", "GET", batch + "?pageSize=100&type=receipt&dateRangeStartsAt=2026-11-22", "", 200, []string{l.url, caughtUp}},
		{"batch, token only", "GET", batch + "?pageSize=100&type=receipt&nextPage=NDU1NA==", "", 200, []string{unknownToken}},
		// Azure/Azure-Sentinel, Mimecast SEG: no dates, a list of types
		{"batch, list and no dates", "GET", batch + "?type=receipt,process,av&pageSize=100", "", 200, []string{"/av/", caughtUp[:len(`"isCaughtUp":`)]}},
		{"batch, types with blanks", "GET", batch + "?type=url%20protect,%20attachment%20protect", "", 200, []string{"/url_protect/", "/attachment_protect/"}},
		// rapid7/insightconnect-plugins, mimecast_v2: dates beside the token
		{"batch, token and dates", "GET", batch + "?type=receipt&dateRangeStartsAt=2026-11-22&dateRangeEndsAt=2026-11-22&nextPage=NDU1NA==", "", 200, []string{unknownToken}},
		// elastic/integrations, packages/mimecast: its mock's token for the last page
		{"batch of today", "GET", batch + "?type=process&dateRangeStartsAt=2026-11-22&dateRangeEndsAt=2026-11-22", "", 200, []string{`"expiry":"2026-11-22T11:00:00.000Z"`}},
		// Cortex XSIAM (demisto/content, MimecastEventCollectorV2)
		{"stream, token and page size", "GET", stream + "?nextPage=NDU1NA==&pageSize=50", "", 200, []string{unknownToken}},
		{"stream, nothing", "GET", stream, "", 200, []string{`"type":"receipt"`, `"isCaughtUp":false`}},
		// TrendAndrew/mimecastlogging
		{"stream, type and no date", "GET", stream + "?types=receipt&pageSize=50", "", 200, []string{`"type":"receipt"`, `"isCaughtUp":false`}},
		{"stream, milliseconds", "GET", stream + "?types=process&dateRangeStartsAt=2026-11-22T09:30:00.000Z&dateRangeEndsAt=2026-11-22T10:00:00.000Z", "", 200, []string{"1795339800000", caughtUp}},
		// gravwell/gravwell, the words of its mock server
		{"too old", "GET", batch + "?type=receipt&dateRangeStartsAt=1999-01-01", "", 400, []string{tooOld}},
		{"seven days", "GET", batch + "?type=receipt&dateRangeStartsAt=2026-11-15&pageSize=1", "", 200, []string{`"value":[{`}},
		{"a type of nobody", "GET", batch + "?type=receipt,bogus", "", 400, []string{invalid, "bogus"}},
		{"a type of the other platform", "GET", stream + "?types=entities", "", 400, []string{invalid}},
		{"no type", "GET", batch, "", 400, []string{invalid}},
		{"no date", "GET", batch + "?type=receipt&dateRangeStartsAt=nonsense", "", 400, []string{invalid}},
		{"no end", "GET", stream + "?dateRangeEndsAt=later", "", 400, []string{invalid}},
		{"ends too early", "GET", stream + "?dateRangeEndsAt=1999-01-01", "", 400, []string{invalid}},
		{"backwards", "GET", batch + "?type=receipt&dateRangeStartsAt=2026-11-22&dateRangeEndsAt=2026-11-20", "", 400, []string{invalid}},
		{"page too big", "GET", batch + "?type=receipt&pageSize=101", "", 400, []string{invalid}},
		{"page of nothing", "GET", stream + "?pageSize=0", "", 400, []string{invalid}},
		{"page of words", "GET", stream + "?pageSize=many", "", 400, []string{invalid}},
		{"token of nobody", "GET", batch + "?type=receipt&nextPage=garbage", "", 400, []string{invalid}},
		{"token of a list of nobody", "GET", "/user/cloud-gateway/v1/users?pageToken=garbage", "", 400, []string{invalid}},

		// Writes: sequoiacapital-oss/go-mimecast and Splunk SOAR read a reply without fail[] as done
		{"managed URL", "POST", "/api/ttp/url/create-managed-url", `{"data":[{"url":"https://example.com","action":"block"}]}`, 405, []string{`{"meta":{"status":405},"data":[],"fail":[{"errors":[{"code":"`}},
		{"write of the newer sort", "PATCH", "/account/cloud-gateway/v1/emergency-contact", "", 405, []string{`{"error":{"code":"`}},

		// Lists (JupiterOne/graph-mimecast, rapid7: meta.pagination is there although nothing is)
		{"groups", "POST", "/api/directory/find-groups", `{"meta":{"pagination":{"pageSize":1}},"data":[]}`, 200, []string{`"pagination":{"pageSize":1,"totalCount":12,"next":"`}},
		{"no audit event", "POST", "/api/audit/get-audit-events", `{"data":[{"startDateTime":"2027-01-01T00:00:00+0000","endDateTime":"2027-01-02T00:00:00+0000"}]}`, 200, []string{`{"meta":{"status":200,"pagination":{"pageSize":0}},"data":[],"fail":[]}`}},
		{"no click", "POST", "/api/ttp/url/get-logs", `{"data":[{"from":"2026-11-22T10:00:00+00:00","to":"2026-11-22T10:00:00+00:00","oldestFirst":true}]}`, 200, []string{`"pagination":{"pageSize":0}},"data":[{"clickLogs":[]}]`}},
		{"no search of the archive", "POST", "/api/archive/search", `{"data":[{}]}`, 200, []string{`"pagination":{"pageSize":0}`}},
		{"no batch of intelligence", "POST", "/api/byo-threat-intelligence/get-batches", ``, 200, []string{`"pagination":{"pageSize":0}`}},
		{"a page token of nobody", "POST", "/api/audit/get-audit-events", `{"meta":{"pagination":{"pageToken":"garbage"}},"data":[{"startDateTime":"2026-11-22T00:00:00+0000","endDateTime":"2026-11-22T01:00:00+0000"}]}`, 200, []string{`"code":"xdk_failure","message":"0007 Invalid token"`}},
		{"a date of nobody", "POST", "/api/audit/get-audit-events", `{"data":[{"startDateTime":"yesterday","endDateTime":"2026-11-22T01:00:00+0000"}]}`, 200, []string{`"field":"startDateTime","code":"err_validation_value_not_allowed"`}},
		{"a feed of nobody", "POST", "/api/ttp/threat-intel/get-feed", `{"data":[{"feedType":"malsite","fileType":"csv"}]}`, 200, []string{`"field":"feedType"`, "Field must be one of [malware_customer,malware_grid]"}},

		// Single objects, and the second place of DMARC Analyzer
		{"emergency contact", "GET", "/account/cloud-gateway/v1/emergency-contact", "", 200, []string{`{"name":"`}},
		{"outbound addresses", "GET", "/email/cloud-gateway/v1/outbound-ip-addresses", "", 200, []string{`{"outboundIpAddresses":[{`}},
		{"unknown domain", "GET", "/domain/cloud-gateway/v1/external-domains/no-such-id", "", 404, []string{`{"error":{`}},
		{"one object that nobody described", "GET", "/tasks/summary", "", 200, []string{"{}"}},
		{"DMARC at the root", "GET", "/domains", "", 200, []string{`{"domains":[],"meta":{}}`}},
		{"DMARC below its name", "GET", "/dmarc-analyzer/v1/domains", "", 200, []string{`{"domains":[],"meta":{}}`}},
		{"nothing else below that", "GET", "/dmarc-analyzer/v1/identity/whoami", "", 403, []string{"does not exist in any product"}},
	} {
		t.Run(one.name, func(t *testing.T) {
			got := l.call20(token, one.method, one.path, one.body)
			got.want(t, one.status, one.words...)
			got.valid(t)
		})
	}
}

// A domain that is listed can be asked for by its id.
func TestSingleObjectByID(t *testing.T) {
	l := newLab(t)
	token := l.bearerOf(l.seeded.all)
	var list struct {
		Domains []struct{ ID, Domain string }
	}
	const path = "/domain/cloud-gateway/v1/internal-domains"
	if err := json.Unmarshal([]byte(l.call20(token, "GET", path, "").body), &list); err != nil || len(list.Domains) < 2 {
		t.Fatalf("%v %+v", err, list)
	}
	l.call20(token, "GET", path+"/"+list.Domains[1].ID, "").want(t, 200, `"domain":"`+list.Domains[1].Domain+`"`)
	l.call20(token, "GET", path+"/"+list.Domains[1].ID[:20], "").want(t, 404)
}

// The recorded types of a training campaign (JupiterOne/graph-mimecast): objects where one expects numbers, no pagination.
func TestCampaignShape(t *testing.T) {
	l := newLab(t)
	got := l.call10(l.seeded.legacy, l.seeded.keys, "/api/awareness-training/campaign/get-campaigns", `{"data":[]}`)
	var in struct {
		Meta map[string]any
		Data []struct {
			Campaigns []struct {
				ID                string
				NumCorrectAnswers map[string]any
				Title             struct {
					TitleForCustomModule        bool
					CorrectAnswers, DefaultGifs map[string]any
				}
			}
		}
	}
	decoder := json.NewDecoder(bytes.NewReader([]byte(got.body)))
	if err := decoder.Decode(&in); err != nil {
		t.Fatal(err)
	}
	if _, paged := in.Meta["pagination"]; paged || len(in.Data) != 1 || len(in.Data[0].Campaigns) < 2 {
		t.Fatal(got.body)
	}
	for _, one := range in.Data[0].Campaigns {
		if one.ID == "" || one.NumCorrectAnswers == nil || one.Title.CorrectAnswers == nil || one.Title.DefaultGifs == nil {
			t.Errorf("%+v", one)
		}
	}
}

// Mimecast takes what these requests do differently; so does the simulator.
func TestNotStricterThanMimecast(t *testing.T) {
	l := newLab(t)
	app := l.seeded.all
	form := "grant_type=client_credentials&scope=&client_id=" + app.ClientID + "&client_secret=" + app.ClientSecret + "&more=1"
	for _, kind := range []string{
		"application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=UTF-8",
		"application/x-www-form-urlencoded;charset=utf-8", "Application/X-WWW-Form-Urlencoded", "application/x-www-form-urlencoded;",
	} {
		l.send("POST", "/oauth/token", form, map[string]string{"content-type": kind}).want(t, 200, "access_token")
	}
	l.send("POST", "/oauth/token/", form, map[string]string{"Content-Type": "application/x-www-form-urlencoded"}).want(t, 200)

	token := l.bearerOf(app)
	for name, one := range map[string]struct {
		method, path, body string
		header             map[string]string
	}{
		"nothing in the body":    {"POST", accountPath, "", nil},
		"no meta":                {"POST", accountPath, `{"data":[]}`, nil},
		"only meta":              {"POST", accountPath, `{"meta":{}}`, nil},
		"more fields":            {"POST", accountPath, `{"meta":{"more":1,"pagination":{"pageSize":5,"more":[]}},"data":[{"more":{}}],"more":null}`, nil},
		"page size as text":      {"POST", "/api/ttp/url/get-all-managed-urls", `{"meta":{"pagination":{"pageSize":"5"}},"data":[{}]}`, nil},
		"empty page token":       {"POST", accountPath, `{"meta":{"pagination":{"pageToken":""}}}`, nil},
		"null page token":        {"POST", accountPath, `{"meta":{"pagination":{"pageToken":null}}}`, nil},
		"a slash at the end":     {"POST", accountPath + "/", `{"data":[]}`, nil},
		"a slash and a query":    {"GET", "/identity/whoami/?more=1", "", nil},
		"small letters":          {"POST", accountPath, `{"data":[]}`, map[string]string{"authorization": "bearer " + token, "content-type": "application/json"}},
		"charset":                {"POST", accountPath, `{"data":[]}`, map[string]string{"Content-Type": "application/json; charset=utf-8"}},
		"no content type":        {"POST", accountPath, `{"data":[]}`, map[string]string{"Content-Type": ""}},
		"another content type":   {"POST", accountPath, `{"data":[]}`, map[string]string{"Content-Type": "text/plain"}},
		"accepts anything":       {"POST", accountPath, `{"data":[]}`, map[string]string{"Accept": "*/*", "X-More": "1"}},
		"GET with a body":        {"GET", "/identity/whoami", `{"data":[]}`, nil},
		"GET with another body":  {"GET", "/siem/v1/events/cg?types=av", "grant_type=client_credentials", nil},
		"a byte order mark":      {"POST", accountPath, "\xef\xbb\xbf" + `{"data":[]}`, nil},
		"dates with a colon":     {"POST", "/api/ttp/url/get-logs", `{"data":[{"from":"2026-11-22T08:00:00+00:00","to":"2026-11-22T09:00:00Z"}]}`, nil},
		"dates with a fraction":  {"POST", "/api/ttp/url/get-logs", `{"data":[{"from":"2026-11-22T08:00:00.123+0000"}]}`, nil},
		"dates without a time":   {"POST", "/api/ttp/url/get-logs", `{"data":[{"from":"2026-11-22"}]}`, nil},
		"from that is no date":   {"POST", "/api/gateway/find-processing-messages", `{"data":[{"from":"a@example.com"}]}`, nil},
		"parameters of no one":   {"GET", "/siem/v1/batch/events/cg?type=av&fileFormat=json&more=", "", nil},
		"fields in another case": {"POST", accountPath, `{"Data":[],"Meta":{}}`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			header := map[string]string{"Authorization": "Bearer " + token, "Content-Type": "application/json"}
			for key, value := range one.header {
				header[key] = value
			}
			got := l.send(one.method, one.path, one.body, header)
			got.want(t, http.StatusOK)
			if bytes.Contains([]byte(got.body), []byte(`"errors"`)) {
				t.Error(got.body)
			}
		})
	}
}
