package client_test

import (
	"fmt"
	"slices"

	"mimecred/client"
)

// said is one answer of a server.
type said struct {
	status int
	body   string
	header [2]string
}

// reported is what a server answered in a public report, or in a mock that somebody else wrote, and what it has to come to. What
// is not public is invented, and its source says so.
type reported struct {
	name, source string
	api          client.API
	product      string // of the catalogue
	// everything is the answer to each call that has none in at; without it the calls are answered as they should be.
	everything *said
	at         map[string]said
	// id is the check that tells it, and kind what it tells; exit is the exit code of a test.
	id   string
	kind client.Kind
	exit int
	// has are words of the meaning, the remedy and Mimecast's answer; never are words that none of the checks may say.
	has, never []string
}

const (
	tokenAt   = "/oauth/token"
	accountAt = "/api/account/get-account"
	batchAt   = "/siem/v1/batch/events/cg"
	auditAt   = "/api/audit/get-audit-events"
	feedAt    = "/api/ttp/threat-intel/get-feed"
	logsAt    = "/api/audit/get-siem-logs"

	goodToken   = `{"access_token":"RPjLow4SKlsPLycjML3dqvIxzi7B","token_type":"Bearer","expires_in":1799,"scope":""}`
	goodWhoami  = `{"version":"1","type":"account","account-codes":{"cg":"CUSA00A000"}}`
	goodAccount = `{"meta":{"status":200},"data":[{"region":"us","accountCode":"CUSA00A000","accountName":"Example Corp"}],"fail":[]}`
	goodEvents  = `{"value":[],"@nextPage":"NDU1NA==","isCaughtUp":true}`
	good        = `{"meta":{"status":200},"data":[],"fail":[]}`

	forbidden = `{"fail":[{"code":"app_forbidden","message":"Forbidden to perform the requested operation"}]}`
	noneSuch  = `{"fail":[{"code":"app_forbidden","message":"Resource or method requested does not exist in any product assigned to the application"}]}`
)

// failed is the envelope of a function with one failure.
func failed(status int, code, message string) string {
	return fmt.Sprintf(`{"meta":{"status":%d},"data":[],"fail":[{"errors":[{"code":%q,"message":%q,"retryable":false}]}]}`, status, code, message)
}

// roleOrDomain are words of advice about what the token service never judges.
func roleOrDomain() []string { return []string{"role", "internal domain", "product"} }

func reports() []reported {
	return slices.Concat(reportsOfTokens(), reportsOfGateways(), reportsOfEveryCall(), reportsOfCalls(), reportsOfKeys())
}

func reportsOfTokens() []reported {
	const sekoia, axonius = "sekoia-mimecast", "axonius-mimecast-v2"
	return []reported{
		{
			name: "Apigee's refusal of a client", source: "Apigee, OAuth v2.0 error reference; Mimecast's gateway seems to be built on it", api: client.API20, product: sekoia,
			at: map[string]said{tokenAt: {status: 401, body: `{"fault":{"faultstring":"Invalid client identifier {0}","detail":{"errorcode":"oauth.v2.InvalidClientIdentifier"}}}`}},
			id: client.CheckCredentials, kind: client.InvalidCredentials, exit: 3,
			has: []string{"oauth.v2.InvalidClientIdentifier", "Invalid client identifier {0}", "same dialog"}, never: []string{"role"},
		},
		{
			name: "Apigee's other refusal of a client", source: "the same", api: client.API20, product: sekoia,
			at: map[string]said{tokenAt: {status: 401, body: `{"ErrorCode":"invalid_client","Error":"ClientId is Invalid"}`}},
			id: client.CheckCredentials, kind: client.InvalidCredentials, exit: 3, has: []string{"invalid_client", "ClientId is Invalid"},
		},
		{
			name: "an empty 400", source: "github.com/gravwell/gravwell, mock of the token service", api: client.API20, product: sekoia,
			at: map[string]said{tokenAt: {status: 400}},
			id: client.CheckCredentials, kind: client.BadResponse, exit: 4, has: []string{"wrong client ID or client secret"}, never: roleOrDomain(),
		},
		{
			name: "an empty 404", source: "invented: a base URL without a token service", api: client.API20, product: axonius,
			at: map[string]said{tokenAt: {status: 404}},
			id: client.CheckCredentials, kind: client.BadResponse, exit: 4, has: []string{"base URL"}, never: roleOrDomain(),
		},
		{
			name: "a 404 of Mimecast's", source: "the same", api: client.API20, product: axonius,
			at: map[string]said{tokenAt: {status: 404, body: `{"fail":[{"code":"endpoint_evaluation_failed_1","message":"Endpoint cannot be found"}]}`}},
			id: client.CheckCredentials, kind: client.BadResponse, exit: 4, has: []string{"base URL", "Endpoint cannot be found"}, never: roleOrDomain(),
		},
		{
			name: "a limit", source: "Mimecast, \"Rate limiting\": X-RateLimit-Reset is in milliseconds", api: client.API20, product: axonius,
			at: map[string]said{tokenAt: {status: 429, body: `{"fail":[{"code":"too_many_requests","message":"Quota exceeded"}]}`, header: [2]string{"X-RateLimit-Reset", "90000"}}},
			id: client.CheckCredentials, kind: client.RateLimited, exit: 4, has: []string{"90 seconds", "Quota exceeded"}, never: roleOrDomain()[:2],
		},
		{
			name: "an address", source: "invented: Admin IP Ranges refuse everything", api: client.API20, product: axonius,
			everything: &said{status: 403, body: failed(403, "err_xdk_ip_restricted", "0020 Access from this IP address is not permitted")},
			id:         client.CheckCredentials, kind: client.Unknown, exit: 1,
			has: []string{"address", "Admin IP Ranges", "Permitted Application Login IP Ranges"}, never: []string{"role", "internal domain"},
		},
		{
			name: "forbidden", source: "invented: the gateway's refusal of a call, at the token service", api: client.API20, product: axonius,
			at: map[string]said{tokenAt: {status: 403, body: forbidden}},
			id: client.CheckCredentials, kind: client.InvalidCredentials, exit: 3, has: []string{"Forbidden to perform the requested operation"}, never: roleOrDomain()[:2],
		},
		{
			name: "a refused value", source: "invented: 400 in Mimecast's words", api: client.API20, product: axonius,
			at: map[string]said{tokenAt: {status: 400, body: `{"fail":[{"code":"bad_request","message":"Request is not valid"}]}`}},
			id: client.CheckCredentials, kind: client.InvalidCredentials, exit: 3, has: []string{"Request is not valid"}, never: roleOrDomain()[:2],
		},
		{
			name: "an unusable token", source: "invented: a gateway that rewrites answers", api: client.API20, product: axonius,
			at: map[string]said{tokenAt: {status: 200, body: `{"access_token":"a\u0007b c","token_type":"Bearer"}`}},
			id: client.CheckCredentials, kind: client.BadResponse, exit: 4,
		},
		{
			name: "an empty token", source: "the same", api: client.API20, product: axonius,
			at: map[string]said{tokenAt: {status: 200, body: `{"access_token":"","token_type":"Bearer"}`}},
			id: client.CheckCredentials, kind: client.BadResponse, exit: 4,
		},
	}
}

// reportsOfGateways are what something in between answers to everything.
func reportsOfGateways() []reported {
	var list []reported
	for _, api := range []client.API{client.API20, client.API10} {
		for _, product := range productsOf(api) {
			for _, one := range []struct {
				name, source string
				said         said
				id           string
				kind         client.Kind
				has          []string
			}{
				{"Forbidden", "AWS WAF and API gateways", said{status: 403, body: `{"message":"Forbidden"}`}, client.CheckReach, client.ProxyFailed, []string{"between this machine and Mimecast", "Forbidden"}},
				{"Unauthorized", "AWS WAF and API gateways", said{status: 401, body: `{"message":"Unauthorized"}`}, client.CheckReach, client.ProxyFailed, []string{"between this machine and Mimecast", "Unauthorized"}},
				{"a problem", "RFC 7807", said{status: 403, body: `{"title":"Blocked","detail":"by policy 7"}`}, client.CheckReach, client.ProxyFailed, []string{"Blocked: by policy 7"}},
				{"a page", "captive portals", said{status: 200, body: `<html><title>Sign in to Corporate WiFi</title></html>`}, client.CheckReach, client.BadResponse, []string{"web page"}},
				{"a health check", "any web service", said{status: 200, body: `{"status":"UP"}`}, client.CheckCredentials, client.BadResponse, nil},
				{"bare data", "invented", said{status: 200, body: `{"data":"x"}`}, client.CheckCredentials, client.BadResponse, nil},
				{"a limit", "github.com/elastic/integrations issue 11460", said{status: 429, body: `{"detail":"Over throttling limit (10000/hour)"}`}, client.CheckCredentials, client.RateLimited, []string{"Over throttling limit", "does not say when"}},
			} {
				list = append(list, reported{
					name: one.name + " to everything, " + product, source: one.source, api: api, product: product, everything: &one.said,
					id: one.id, kind: one.kind, exit: 4, has: one.has, never: []string{"role", "was accepted"},
				})
			}
		}
	}
	return list
}

// productsOf are products of each sort: with the account, without it, and with nothing but calls that may fail.
func productsOf(api client.API) []string {
	if api == client.API20 {
		return []string{"axonius-mimecast-v2", "netskope-cte-v2", "pondurance-scope"}
	}
	return []string{"axonius-mimecast-v1", "netskope-cte-v1", "jupiterone"}
}

// reportsOfEveryCall are answers to every call after the token.
func reportsOfEveryCall() []reported {
	var list []reported
	for _, one := range []struct {
		name, source string
		said         said
		kind         client.Kind
		exit         int
	}{
		{"no permission", "github.com/DataDog/integrations-core pull request 18614; KB 49448509755795", said{status: 403, body: forbidden}, client.MissingPermission, 1},
		{"no product", "field notes on applications without a product", said{status: 403, body: noneSuch}, client.MissingProduct, 1},
		{"no such endpoint", "github.com/refractionPOINT/usp-adapters, mock", said{status: 404, body: `{"fail":[{"code":"endpoint_evaluation_failed_1","message":"Endpoint cannot be found"}]}`}, client.Unknown, 1},
		{"nothing but 404", "Apigee's default", said{status: 404}, client.BadResponse, 4},
		{"404 in text", "Apigee's default", said{status: 404, body: "Not Found", header: [2]string{"Content-Type", "text/plain"}}, client.BadResponse, 4},
		{"a limit", "github.com/elastic/integrations issue 11460", said{status: 429, body: `{"detail":"Over throttling limit (10000/hour)"}`}, client.RateLimited, 4},
		{"a fault", "Mimecast's own", said{status: 501, body: failed(501, "internal_server_error_1", "x")}, client.Server, 4},
		{"a gateway's refusal", "AWS API gateway", said{status: 403, body: `{"Message":"no"}`}, client.ProxyFailed, 4},
		{"a gateway's 401", "Kong", said{status: 401, body: `{"message":"Unauthorized","request_id":"x"}`}, client.ProxyFailed, 4},
		{"refused after a token", "github.com/SEKOIA-IO/automation-library issue 1263", said{status: 401, body: `{"fail":[{"code":"InvalidClientIdentifier","message":"Client credentials are invalid"}]}`}, client.InvalidCredentials, 3},
		{"a token that cannot be verified", "github.com/rapid7/insightconnect-plugins pull request 3412", said{status: 401, body: `{"fail":[{"code":"token_verification_failed"}]}`}, client.Server, 4},
	} {
		for _, product := range productsOf(client.API20) {
			list = append(list, reported{
				name: one.name + " from every call, " + product, source: one.source, api: client.API20, product: product,
				everything: &one.said, at: map[string]said{tokenAt: {status: 200, body: goodToken}},
				kind: one.kind, exit: one.exit,
			})
		}
	}
	return list
}
