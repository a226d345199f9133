package client

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
)

const (
	accountPath = "/api/account/get-account"
	whoamiPath  = "/identity/whoami"
)

func accountRequest() Request {
	return Request{Method: http.MethodPost, Path: accountPath, Body: []byte(`{"data":[]}`), ReadOnly: true}
}

func whoamiRequest() Request { return Request{Method: http.MethodGet, Path: whoamiPath} }

// Account asks which tenant the credential belongs to. The application's role needs Account | Dashboard | Read, and on
// API 2.0 the product Account Management. The error is an *Error.
func (c *Client) Account(ctx context.Context, credential Credential) (Account, error) {
	reply, failure := c.call(ctx, credential, accountRequest())
	if failure != nil {
		return Account{}, failure
	}
	account, failure := readAccount(reply)
	if failure != nil {
		return Account{}, failure
	}
	return account, nil
}

// readAccount reads only what Account has: the reply also holds a passphrase, a support code, names and telephone numbers.
func readAccount(reply *Reply) (Account, *Error) {
	var answer struct {
		Data []struct {
			AccountName string            `json:"accountName"`
			AccountCode string            `json:"accountCode"`
			Region      string            `json:"region"`
			Packages    []json.RawMessage `json:"packages"`
		} `json:"data"`
	}
	unnamed := reply.lacking("POST "+accountPath, "the reply names no account")
	if err := json.Unmarshal(trimBody(reply.Body), &answer); err != nil || len(answer.Data) == 0 {
		return Account{}, unnamed
	}
	data := answer.Data[0]
	account := Account{
		Name:   reply.words(data.AccountName),
		Code:   reply.words(data.AccountCode),
		Region: reply.words(data.Region),
	}
	if account.Name+account.Code == "" {
		return Account{}, unnamed
	}
	for _, raw := range data.Packages {
		if name := reply.words(packageName(raw)); name != "" {
			account.Packages = append(account.Packages, name)
		}
	}
	return account, nil
}

// packageName reads a package, which is a text or an object with a name and a number.
func packageName(raw json.RawMessage) string {
	var name string
	if json.Unmarshal(raw, &name) == nil {
		return plainText(name)
	}
	var object map[string]any
	if json.Unmarshal(raw, &object) != nil {
		return ""
	}
	name = words(object["name"])
	number := ""
	for _, key := range []string{"code", "id"} {
		if number = strings.Trim(scalar(object[key]), "[]"); number != "" {
			break
		}
	}
	if name == "" || number == "" || strings.Contains(name, "[") {
		return name
	}
	return name + " [" + number + "]"
}

// scalar is a text or a whole number of a document that was read without UseNumber.
func scalar(v any) string {
	switch v := v.(type) {
	case float64:
		text, err := json.Marshal(v)
		if err != nil {
			return ""
		}
		return string(text)
	default:
		return words(v)
	}
}

// licensed tells whether the account has a package. Packages are compared by their number in brackets where both have
// one: their names change. An account that lists no package at all tells nothing.
func (a Account) licensed(name string) bool {
	if name == "" || len(a.Packages) == 0 {
		return true
	}
	for _, has := range a.Packages {
		x, y := packageNumber(name), packageNumber(has)
		if x != "" && x == y || (x == "" || y == "") && strings.EqualFold(name, has) {
			return true
		}
	}
	return false
}

func packageNumber(name string) string {
	_, after, ok := strings.Cut(name, "[")
	if !ok {
		return ""
	}
	number, _, ok := strings.Cut(after, "]")
	if !ok {
		return ""
	}
	return strings.TrimSpace(number)
}

// Identity is what API 2.0 tells about the caller without any permission of a role.
type Identity struct {
	Version, Type string
	// CloudGateway and CloudIntegrated are account codes on the two platforms; "" where the tenant has none.
	CloudGateway, CloudIntegrated string
}

// CloudIntegratedOnly tells that the tenant has no Cloud Gateway, so that calls for it are answered with 404.
func (i Identity) CloudIntegratedOnly() bool { return i.CloudIntegrated != "" && i.CloudGateway == "" }

// Whoami asks API 2.0 who the application is. It needs the product Account Management and no permission of a role. The
// error is an *Error.
func (c *Client) Whoami(ctx context.Context, pair OAuth) (Identity, error) {
	reply, failure := c.call(ctx, pair, whoamiRequest())
	if failure != nil {
		return Identity{}, failure
	}
	identity, failure := readIdentity(reply)
	if failure != nil {
		return Identity{}, failure
	}
	return identity, nil
}

func readIdentity(reply *Reply) (Identity, *Error) {
	var answer struct {
		Version string         `json:"version"`
		Type    string         `json:"type"`
		Codes   map[string]any `json:"account-codes"`
	}
	if err := json.Unmarshal(trimBody(reply.Body), &answer); err != nil || answer.Codes == nil {
		return Identity{}, reply.lacking("GET "+whoamiPath, "the reply names no account codes")
	}
	return Identity{
		Version:         reply.words(answer.Version),
		Type:            reply.words(answer.Type),
		CloudGateway:    reply.words(words(answer.Codes["cg"])),
		CloudIntegrated: reply.words(words(answer.Codes["ci"])),
	}, nil
}
