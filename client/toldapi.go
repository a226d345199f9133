package client

import (
	"slices"
	"strings"
	"unicode"
)

// toldAPI is the API that a failure belongs to which was found in a text: by its code, its kind, or what the text speaks of. It is ""
// where nothing tells, and where the text speaks of both.
func toldAPI(e *Error, text string) API {
	if api := apiOfCode(e.Code); api != "" {
		return api
	}
	switch e.Kind {
	case ExpiredKeys, UnknownApplication:
		return API10 // only its keys expire, and only its calls name the application
	case MissingProduct:
		return API20 // applications of API 1.0 have no products
	default:
	}
	spoken := apisOfHosts(text)
	for api, phrases := range map[API][]string{
		API10: {"application key", "access key", "accesskey", "secret key", "app id", "application id", "invalid signature", "api login", "api 1 0"},
		API20: {
			"client id", "client secret", "client credentials", "client identifier", "clientid", "clientsecret", "access token", "bearer", "oauth", "o auth",
			"siem v1", "api 2 0",
		},
	} {
		if hasPhrase(spacedWords(text), phrases...) {
			spoken = append(spoken, api)
		}
	}
	if slices.Contains(spoken, API10) == slices.Contains(spoken, API20) {
		return ""
	}
	return spoken[0]
}

// apiOfCode is the API whose replies alone have a code; "" where both have it. Codes in err_xdk_ are those of signed calls, but for
// the one on addresses, which calls of both answer with (public code of rapid7, SEKOIA and others, see kindOfWords).
func apiOfCode(code string) API {
	code = strings.ToLower(code)
	switch {
	case code == "err_xdk_operation_forbidden_for_address":
		return ""
	case strings.HasPrefix(code, "err_xdk_"), code == "err_developer_key":
		return API10
	case strings.HasPrefix(code, "app_"), strings.HasPrefix(code, "token_"), isOAuthError(code), namesTheClient(code):
		return API20
	}
	return onlyOf(&Error{Code: code})
}

// apisOfHosts are the APIs whose hosts a text names.
func apisOfHosts(text string) []API {
	var list []API
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r != '.' && r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if api := apiOfHost(strings.Trim(word, ".-")); api != "" {
			list = append(list, api)
		}
	}
	return list
}
