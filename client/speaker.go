package client

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

// A reply proves something only when Mimecast gave it. Whatever is between this machine and Mimecast (a web gateway, a
// firewall, a sign-on page) answers in the same status codes, and often in JSON, so that the form decides who spoke.

// family is a group of calls whose replies have one form.
type family int

const (
	functions family = iota // /api/…, of both generations: meta, data, fail
	tokens                  // the token service of API 2.0
	resources               // the newer paths of API 2.0: each has a form of its own
)

// familyOf sorts the call that an Op names, such as "POST /oauth/token".
func familyOf(op string) family {
	switch path := pathOf(op); {
	case path == tokenPath:
		return tokens
	case strings.HasPrefix(path, "/api/"):
		return functions
	default:
		return resources
	}
}

// pathOf is the path of the call that an Op names.
func pathOf(op string) string {
	_, path, _ := strings.Cut(op, " ")
	return path
}

// listen reads a whole reply in JSON: its words, and whether Mimecast spoke them. It tells whether the reply names a failure
// whatever its status.
func (e *Error) listen(calls family, document any) bool {
	object, _ := document.(map[string]any)
	meta, ofFunction := functionForm(object)
	fails := failsWith(object["fail"]) || meta < 200 || meta > 299
	if !fails && (calls == tokens || e.HTTPStatus < 200 || e.HTTPStatus > 299) {
		ofFunction = false // Mimecast says neither success in a refusal, nor success without a token for one
	}
	switch {
	case e.readFail(object["fail"]):
		e.enveloped, e.codeInFail = true, e.Code != ""
		return true
	case ofFunction:
		e.enveloped = true
		e.Code, e.Message = foreignWords(object["fail"], 3)
		return fails
	case calls == tokens && e.readTokenError(object), calls == resources && e.readResourceError(object):
		e.mimecast = true
		return true
	default:
		e.readForeign(document)
		return false
	}
}

// functionForm tells whether an object has the form of a function's reply, and gives its meta.status: meta with a status, and
// beside it data, or fail where it is a failure (recordings of JupiterOne/graph-mimecast; both are there in each of them).
func functionForm(object map[string]any) (status int, ok bool) {
	status = metaStatus(object)
	_, ok = object["data"].([]any)
	if status < 200 || status > 299 {
		_, ok = object["fail"]
	}
	return status, ok && status != 0
}

// failsWith tells whether fail[] names anything at all.
func failsWith(fail any) bool {
	switch fail := fail.(type) {
	case nil:
		return false
	case []any:
		return len(fail) > 0
	case map[string]any:
		return len(fail) > 0
	default:
		return true
	}
}

// readTokenError reads the failures that only the token service has: those of OAuth (RFC 6749, section 5.2), and those of
// Apigee, on which Mimecast's gateway seems to be built, where they name the client.
func (e *Error) readTokenError(object map[string]any) bool {
	if code := words(object["error"]); isOAuthError(code) {
		e.Code, e.Message = code, words(object["error_description"])
		return true
	}
	var said Error
	said.readForeign(object)
	if !namesTheClient(said.Code) {
		return false
	}
	_, fault := object["fault"].(map[string]any)
	_, coded := object["ErrorCode"]
	if !fault && !coded {
		return false
	}
	e.Code, e.Message = said.Code, said.Message
	return true
}

// isOAuthError knows the codes that a token service may answer with, in the spelling of RFC 6749.
func isOAuthError(code string) bool {
	switch code {
	case "invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type", "invalid_scope":
		return true
	default:
		return false
	}
}

// namesTheClient knows Apigee's codes for a client ID or client secret that it refuses (its page "OAuth v2.0 errors"), such
// as oauth.v2.InvalidClientIdentifier.
func namesTheClient(code string) bool {
	code = strings.TrimPrefix(strings.ToLower(code), "oauth.v2.")
	code = strings.TrimPrefix(code, "keymanagement.service.")
	switch strings.ReplaceAll(code, "_", "") {
	case "invalidclient", "invalidclientidentifier", "invalidclientid", "invalidclientsecret", "invalidconsumerkey":
		return true
	default:
		return false
	}
}

// readResourceError reads error{} and errors[] of the newer paths. They count only with a code that Mimecast uses: the form
// alone is everybody's.
func (e *Error) readResourceError(object map[string]any) bool {
	var said Error
	found := said.readWords(object["error"])
	if list, ok := object["errors"].([]any); ok && !found {
		for _, one := range list {
			if found = said.readWords(one); found {
				break
			}
		}
	}
	if !found || !isMimecastCode(said.Code) {
		return false
	}
	e.Code, e.Message, e.Field = said.Code, said.Message, said.Field
	return true
}

// isMimecastCode tells whether a code is Mimecast's own rather than a word that any service might use.
func isMimecastCode(code string) bool {
	code = strings.ToLower(code)
	for _, prefix := range [...]string{"err_", "xdk_", "app_", "endpoint_evaluation_failed", "internal_server_error_"} {
		if strings.HasPrefix(code, prefix) {
			return true
		}
	}
	switch strings.ReplaceAll(code, "_", "") {
	case "appforbidden", "invalidclientidentifier", "invalidaccesstoken", "tokenverificationfailed", "tokenexpired",
		"request validation failed", "unauthorized request":
		return true
	default:
		return false
	}
}

// documented tells whether a 2xx has a form in which Mimecast answers the call.
func documented(op string, header http.Header, body []byte, document any, isJSON bool) bool {
	path := pathOf(op)
	object, _ := document.(map[string]any)
	meta, function := functionForm(object)
	function = function && meta >= 200 && meta <= 299
	switch familyOf(op) {
	case tokens:
		return words(object["access_token"]) != ""
	case functions:
		return function || isFile(path, header, body, object, isJSON)
	default:
		// A path whose own form is known answers in that of a function only in a whole one, if ever.
		key, _ := memberOf(path)
		return function && (key == "" || wholeFunction(object)) || isResource(op, header, body, document, isJSON)
	}
}

// wholeFunction tells whether the reply of a function lacks nothing: fail[] is there, and data[] holds objects.
func wholeFunction(object map[string]any) bool {
	_, fail := object["fail"].([]any)
	data, _ := object["data"].([]any)
	return fail && !slices.ContainsFunc(data, func(one any) bool {
		_, is := one.(map[string]any)
		return !is
	})
}

// givesFiles knows the calls that answer with a file: two of public clients, and those of Mimecast's catalogue that by their
// names read a file, a message or a report.
func givesFiles(path string) bool {
	return path == siemLogsPath || path == feedPath || strings.HasPrefix(path, "/api/archive/get-") || strings.HasSuffix(path, "-file") ||
		strings.HasSuffix(path, "/export") || strings.HasSuffix(path, "/download")
}

// isFile tells whether a function that gives files may have given this one. SIEM logs come packed or as an attachment, or
// not at all when there are none; a threat-intelligence feed comes as CSV or as a STIX bundle; an archived message as what
// it is.
func isFile(path string, header http.Header, body []byte, object map[string]any, isJSON bool) bool {
	if !givesFiles(path) {
		return false
	}
	switch {
	case len(body) == 0:
		return path == siemLogsPath || path == feedPath
	case strings.HasPrefix(strings.ToLower(header.Get("Content-Disposition")), "attachment"):
		return isJSON || !looksHTML(header, body)
	case path == feedPath && words(object["type"]) == "bundle", path == siemLogsPath && words(object["type"]) != "" && object["data"] != nil:
		return true
	}
	return isFileType(header, body)
}

// isFileType tells whether a reply says that it is neither JSON nor text for people.
func isFileType(header http.Header, body []byte) bool {
	switch mediaType(header) {
	case "", "text/plain", "text/html", "application/json", "application/problem+json":
		return false
	default:
		return !looksHTML(header, body)
	}
}

const (
	siemLogsPath = "/api/audit/get-siem-logs"
	feedPath     = "/api/ttp/threat-intel/get-feed"
)

// isResource tells whether a newer path may have answered so: in its own form where that is known, otherwise in anything that
// is neither a web page nor looks like a refusal.
func isResource(op string, header http.Header, body []byte, document any, isJSON bool) bool {
	object, isObject := document.(map[string]any)
	if key, kind := memberOf(pathOf(op)); key != "" {
		switch value := object[key].(type) {
		case []any:
			return kind == '['
		case map[string]any:
			return kind == '{' && len(value) > 0
		case nil:
			_, paged := object["isCaughtUp"].(bool)
			return value == nil && paged && key == "value"
		default:
			return false
		}
	}
	switch {
	case isObject:
		return !looksForeign(object)
	case isJSON:
		_, list := document.([]any)
		return list
	default:
		return len(body) == 0 || isFileType(header, body)
	}
}

// looksForeign tells whether an object is a refusal, or says no more than that something is well.
func looksForeign(object map[string]any) bool {
	only := len(object) > 0
	for key := range object {
		switch strings.ToLower(key) {
		case "error", "errors", "fault", "errorcode":
			return true
		case "message", "status", "statuscode", "success", "code", "result", "timestamp", "request_id", "requestid", "path":
		default:
			only = false // it tells of a thing, not of the call
		}
	}
	return only
}

// memberOf is the member that a path's reply has to have, and whether it is a list or an object; "" where nothing is known.
// The forms are those of Scriptception/terraform-provider-mimecast, and of gravwell and Elastic for the SIEM paths.
func memberOf(path string) (key string, kind byte) {
	switch {
	case path == whoamiPath:
		return "account-codes", '{'
	case strings.HasPrefix(path, "/siem/v1/"), strings.HasPrefix(path, "/threats/v1/stats/"):
		return "value", '['
	case path == "/role/cloud-gateway/v1/roles":
		return "roles", '['
	case path == "/user/cloud-gateway/v1/users":
		return "users", '['
	case path == "/directory/cloud-gateway/v1/groups":
		return "groups", '['
	case path == "/domain/cloud-gateway/v1/internal-domains", path == "/domain/cloud-gateway/v1/external-domains":
		return "domains", '['
	default:
		return "", 0
	}
}

// readForeign reads the words of a reply that has none of Mimecast's forms: those of API gateways (Apigee, AWS, Kong, Azure),
// of web application firewalls (Cloudflare), and of RFC 7807. They are shown; they decide nothing.
func (e *Error) readForeign(document any) { e.Code, e.Message = foreignWords(document, 4) }

// foreignWords looks for a code and a message, at most so many levels deep.
func foreignWords(v any, levels int) (code, message string) {
	if levels == 0 {
		return "", ""
	}
	switch v := v.(type) {
	case string, json.Number:
		return "", words(v)
	case []any:
		for _, one := range v {
			if code, message = foreignWords(one, levels-1); code+message != "" {
				return code, message
			}
		}
	case map[string]any:
		return foreignObject(v, levels)
	}
	return "", ""
}

func foreignObject(object map[string]any, levels int) (code, message string) {
	// Letter case and underscores differ from product to product.
	members := make(map[string]any, len(object))
	for key, value := range object {
		members[strings.ReplaceAll(strings.ToLower(key), "_", "")] = value
	}
	first := func(names ...string) string {
		for _, name := range names {
			if said := words(members[name]); said != "" {
				return said
			}
		}
		return ""
	}
	code, message = first("code", "errorcode"), first("message", "faultstring", "errordescription", "msg", "reason")
	title, detail := first("title", "errorname"), first("detail", "description")
	if message == "" {
		message = strings.Trim(title+": "+detail, ": ")
	}
	if said := first("error"); said != "" {
		switch {
		case message == "":
			message = said
		case code == "":
			code = said
		}
	}
	for _, name := range [...]string{"fault", "error", "errors", "detail"} {
		if code != "" && message != "" {
			break
		}
		inner, said := foreignWords(members[name], levels-1)
		if code == "" {
			code = inner
		}
		if message == "" {
			message = said
		}
	}
	return code, message
}

// words is a scalar of the document as printable text; numbers keep their digits.
func words(v any) string {
	switch v := v.(type) {
	case string:
		return plainText(v)
	case json.Number:
		return plainText(v.String())
	default:
		return ""
	}
}
