package client_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/secret"
)

// reportsOfCalls are answers to one call of several.
func reportsOfCalls() []reported {
	const sekoia, datadog, sumo = "sekoia-mimecast", "datadog-mimecast", "sumologic-c2c-mimecast-v1"
	const batch, audit, logs, feed = "siem.batch-events-cg", "audit.get-audit-events", "audit.get-siem-logs", "threat-intel.get-feed"
	never := []string{"internal domain above all", "If every call is refused"}
	return []reported{
		{name: "an empty 404", source: "Apigee's default", api: client.API20, product: sekoia, at: map[string]said{batchAt: {status: 404}}, id: batch, kind: client.BadResponse, exit: 4, never: never},
		{
			name: "a 404 in text", source: "the same", api: client.API20, product: sekoia,
			at: map[string]said{batchAt: {status: 404, body: "404 page not found", header: [2]string{"Content-Type", "text/plain"}}}, id: batch, kind: client.BadResponse, exit: 4, has: []string{"404 page not found"}, never: never,
		},
		{name: "an empty 405", source: "github.com/demisto/content issue 2661", api: client.API20, product: datadog, at: map[string]said{auditAt: {status: 405}}, id: audit, kind: client.BadResponse, exit: 4, has: []string{"Other calls of this test reached Mimecast"}, never: append(never, "role", "base URL")},
		{name: "a conflict", source: "invented", api: client.API20, product: datadog, at: map[string]said{auditAt: {status: 409, body: failed(409, "err_conflict", "Conflict")}}, id: audit, kind: client.Unknown, exit: 1, has: []string{"Conflict"}, never: never},
		{
			name: "a limit of one call", source: "github.com/elastic/integrations issue 11460", api: client.API20, product: sekoia,
			at: map[string]said{batchAt: {status: 429, body: `{"detail":"Over throttling limit (10000/hour)"}`}}, id: batch, kind: client.RateLimited, exit: 4, has: []string{"Over throttling limit", "does not say when"},
		},
		{
			name: "a limit with its end", source: "github.com/JoshuaSmeda/mimecast_log_collector issue 1", api: client.API10, product: sumo,
			at: map[string]said{logsAt: {status: 429, header: [2]string{"X-RateLimit-Reset", "840000"}}}, id: logs, kind: client.RateLimited, exit: 4, has: []string{"14 minutes"},
		},
		{
			name: "a token that cannot be verified once", source: "github.com/rapid7/insightconnect-plugins pull request 3412", api: client.API20, product: sekoia,
			at: map[string]said{batchAt: {status: 401, body: `{"fail":[{"code":"token_verification_failed"}]}`}}, id: batch, kind: client.Server, exit: 4, has: []string{"token_verification_failed", "few minutes"}, never: never,
		},
		{
			name: "a client that no call of the integration knows", source: "github.com/SEKOIA-IO/automation-library issue 1263", api: client.API20, product: sekoia,
			at: map[string]said{batchAt: {status: 401, body: `{"fail":[{"code":"InvalidClientIdentifier","message":"Client credentials are invalid"}]}`}},
			id: batch, kind: client.InvalidCredentials, exit: 3, has: []string{"every call that the integration makes"}, never: never,
		},
		{
			name: "words on SIEM paths", source: "github.com/gravwell/gravwell, mock", api: client.API20, product: sekoia,
			at: map[string]said{batchAt: {status: 400, body: `{"error":{"code":"Request Validation Failed","message":"Invalid date range: 'from' must be within the 7-day retention period"}}`}},
			id: batch, kind: client.Validation, exit: 1, has: []string{"7-day retention period"}, never: never,
		},
		{
			name: "words of somebody else on SIEM paths", source: "Google's error model", api: client.API20, product: sekoia,
			at: map[string]said{batchAt: {status: 403, body: `{"error":{"code":403,"message":"The caller does not have permission"}}`}},
			id: batch, kind: client.ProxyFailed, exit: 4, has: []string{"The caller does not have permission"}, never: []string{"role"},
		},
		{
			name: "a foreign success on SIEM paths", source: "any web service", api: client.API20, product: sekoia,
			at: map[string]said{batchAt: {status: 200, body: `{"status":"UP"}`}}, id: batch, kind: client.BadResponse, exit: 4,
		},
		{
			name: "a feed without results", source: "Mimecast's own TIRegional client for Microsoft Sentinel; the code is not public", api: client.API20, product: "netskope-cte-v2",
			at: map[string]said{feedAt: {status: 200, body: failed(200, "err_no_results", "No results found for threat intel feed.")}}, id: feed, exit: 0, has: []string{"No results found"},
		},
		{
			name: "a feed that cannot be packed", source: "mimecast-humio-middleware", api: client.API10, product: "netskope-cte-v1",
			at: map[string]said{feedAt: {status: 200, body: failed(200, "err_other", "Unable to compress feeds.")}}, id: feed, exit: 0,
		},
		{
			name: "a feed that is not licensed", source: "invented after KB articles on packages", api: client.API20, product: "netskope-cte-v2",
			at: map[string]said{feedAt: {status: 403, body: failed(403, "err_package_not_enabled", "Account package not enabled for this operation")}}, id: feed, kind: client.NotLicensed, exit: 1, has: []string{"package"},
		},
		{
			name: "logs that end in their middle", source: "github.com/elastic/integrations issue 5053", api: client.API10, product: sumo,
			at: map[string]said{logsAt: {status: 200, body: `{ "type" : "MTA", "data" : `, header: [2]string{"Content-Type", "application/octet-stream"}}}, id: logs, exit: 0,
		},
		{
			name: "no logs yet", source: "github.com/SumoLogic/sumologic-documentation pull request 3396", api: client.API10, product: sumo,
			at: map[string]said{logsAt: {status: 200, body: `{"meta":{"isLastToken":true,"status":200},"data":[],"fail":[]}`}}, id: logs, exit: 0,
		},
		{
			name: "an account without a name", source: "invented", api: client.API10, product: "netskope-cte-v1",
			at: map[string]said{accountAt: {status: 200, body: `{"meta":{"status":200},"data":[{}],"fail":[]}`}}, id: client.CheckAccount, kind: client.BadResponse, exit: 4,
		},
		{
			name: "an account without a name, of API 2.0", source: "invented", api: client.API20, product: "netskope-cte-v2",
			at: map[string]said{accountAt: {status: 200, body: `{"meta":{"status":200},"data":[{"region":"us"}],"fail":[]}`}}, id: client.CheckAccount, kind: client.BadResponse, exit: 4,
		},
	}
}

// reportsOfKeys are answers to every call with keys of API 1.0.
func reportsOfKeys() []reported {
	const product = "netskope-cte-v1"
	one := func(name, source string, status int, code, message string, id string, kind client.Kind, exit int, has, never []string) reported {
		return reported{
			name: name, source: source, api: client.API10, product: product,
			everything: &said{status: status, body: failed(status, code, message)}, id: id, kind: kind, exit: exit, has: has, never: never,
		}
	}
	const kb = "invented after Mimecast KB 34000328220691"
	return []reported{
		one("expired keys", "Mimecast KB 49448509755795", 418, "err_xdk_binding_expired", "AccessKey Has Expired", client.CheckCredentials, client.ExpiredKeys, 3, []string{"expired"}, nil),
		one("a disabled user", kb, 401, "err_xdk_user_disabled", "0005 User account is disabled", client.CheckCredentials, client.InvalidCredentials, 3, []string{"disabled"}, nil),
		one("no role", kb, 403, "err_xdk_forbidden", "0001 Forbidden", client.CheckAccount, client.MissingPermission, 1, []string{"role"}, nil),
		one("an address", kb, 403, "err_xdk_ip_restricted", "0020 Access from this IP address is not permitted", client.CheckCredentials, client.Unknown, 1, []string{"Admin IP Ranges", "Permitted Application Login IP Ranges"}, []string{"role"}),
		one("a wrong clock", "github.com/netskopeoss/ta_cloud_exchange_plugins", 401, "err_xdk_date_skewed", "0003 Date Header Too Skewed", client.CheckClock, client.ClockSkew, 3, []string{"clock"}, nil),
		one("the end of API 1.0", "invented after Mimecast KB 39704312201235", 410, "err_api_retired", "Mimecast API 1.0 has been retired. Use API 2.0.", client.CheckCredentials, client.WrongAPI, 3, []string{"API 2.0"}, nil),
	}
}

// server answers a report's calls.
func (c reported) server(t *testing.T) string {
	t.Helper()
	answers := map[string]said{
		tokenAt: {body: goodToken}, "/identity/whoami": {body: goodWhoami}, accountAt: {body: goodAccount},
		batchAt: {body: goodEvents}, "/siem/v1/events/cg": {body: goodEvents},
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer, known := c.at[r.URL.Path]
		switch {
		case known:
		case c.everything != nil:
			answer = *c.everything
		case answers[r.URL.Path].body != "":
			answer = answers[r.URL.Path]
		default:
			answer.body = good
		}
		w.Header().Set("Content-Type", "application/json")
		if answer.header[0] != "" {
			w.Header().Set(answer.header[0], answer.header[1])
		}
		w.WriteHeader(max(answer.status, http.StatusOK))
		_, _ = w.Write([]byte(answer.body))
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// exitOf is the command line's exit code of a test.
func exitOf(results []client.Result) int {
	switch v := client.Judge(results); {
	case v.Unjudged:
		return 4
	case v.Refused:
		return 3
	case !v.OK:
		return 1
	default:
		return 0
	}
}

func TestReportedReplies(t *testing.T) {
	t.Parallel()
	for _, c := range reports() {
		t.Run(string(c.api)+" "+c.name, func(t *testing.T) {
			t.Parallel()
			p, err := catalog.Plan(c.product, c.api, "example.com")
			if err != nil {
				t.Fatal(err)
			}
			mimecast, err := client.New(client.Endpoint{BaseURL: c.server(t)})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(mimecast.Close)
			c.judge(t, slices.Collect(mimecast.Check(deadline(t), madeUp(c.api), p)))
		})
	}
}

// madeUp is a credential that nobody has.
func madeUp(api client.API) client.Credential {
	if api == client.API20 {
		return client.OAuth{
			ClientID:     "ZA7vkbu7NqcfBcGrXyWW8Rzk2sv2un2DCY7GGCX4BFWgJBZM",
			ClientSecret: secret.New(strings.Repeat("zqS3", 16)),
		}
	}
	return client.Legacy{
		ApplicationID: "22222222-3333-4444-8555-666666666666", ApplicationKey: secret.New("8578fcfc-a305-4d9a-99cb-f4d5ecefe297"),
		AccessKey: secret.New(strings.Repeat("a", 150)), SecretKey: secret.New(strings.Repeat("eHh4", 21) + "eHg="),
	}
}

// judge compares what came of a report with what it has to come to.
func (c reported) judge(t *testing.T, results []client.Result) {
	t.Helper()
	if c.source == "" {
		t.Error("it names no source")
	}
	if got := exitOf(results); got != c.exit {
		t.Errorf("exit %d, want %d", got, c.exit)
	}
	told := client.Result{}
	var everything strings.Builder
	for _, r := range results {
		if r.ID == c.id || c.id == "" && r.Kind == c.kind {
			told = r
		}
		everything.WriteString(r.Detail + " " + r.Meaning + " " + r.Fix + "\n")
		if c.exit == 4 && r.ID == client.CheckCredentials && r.State == client.Passed && c.everything != nil && c.at == nil {
			t.Error("the credentials count as accepted")
		}
	}
	if told.Kind != c.kind || told.ID == "" {
		t.Errorf("%s tells %q, want %q: %+v", c.id, told.Kind, c.kind, results)
	}
	text := strings.Join([]string{told.Code, told.Message, told.Detail, told.Meaning, told.Fix}, " ")
	for _, want := range c.has {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in %q", want, text)
		}
	}
	for _, never := range c.never {
		if strings.Contains(everything.String(), never) {
			t.Errorf("%q is said in %q", never, everything.String())
		}
	}
}
