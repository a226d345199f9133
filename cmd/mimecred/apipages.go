package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"mimecred/client"
)

// Mimecast pages in three ways. Functions (/api/...) tell the next page in meta.pagination.next and want it in the body, as
// meta.pagination.pageToken. The newer endpoints tell it in meta.nextPage (nextPageToken, or within pagination, in some
// replies) and want it in the query, as pageToken. Security events tell it in @nextPage, also when there is nothing more,
// which isCaughtUp says; they want it in the query, as nextPage.

// pages makes a call page by page and prints each as one line of JSON, as soon as it is there.
func (s caller) pages(ctx context.Context, r client.Request, most int) error {
	seen := map[string]bool{}
	for n := 1; ; n++ {
		reply, err := s.call(ctx, r)
		if err != nil {
			return ownCall(err, s.name, s.credential.API(), r)
		}
		line, err := oneJSON(reply.Body)
		if err != nil {
			return err
		}
		if err := s.a.print(line); err != nil {
			return err
		}
		token, more := nextPage(reply.Body)
		switch {
		case !more:
			return nil
		case seen[token.key()]:
			return &failure{
				code: exitUnjudged, err: fmt.Errorf("after page %d Mimecast named a page that was there before; stopped", n),
				hints: []string{"the pages printed so far are complete; more cannot be had in this way"},
			}
		case n == most:
			return &failure{
				code: exitCheckFailed, err: fmt.Errorf("there are more than %d pages; stopped", most),
				hints: []string{fmt.Sprintf("--max-pages %d asks for more, and a larger page size for fewer", most*10)},
			}
		}
		seen[token.key()] = true
		if r, err = s.onto(r, token); err != nil {
			return err
		}
	}
}

// oneJSON is a reply as one line.
func oneJSON(body []byte) (string, error) {
	body = bytes.TrimSpace(bytes.TrimPrefix(bytes.TrimSpace(body), []byte("\ufeff")))
	if len(body) == 0 {
		return "", nil
	}
	var line bytes.Buffer
	if json.Compact(&line, body) != nil {
		return "", &failure{
			code: exitCheckFailed, err: errors.New("the reply is not JSON, so that it has no pages"),
			hints: []string{"without --all-pages it is printed as it comes"},
		}
	}
	return line.String() + "\n", nil
}

// pageToken names the next page: a value for a parameter, or a link.
type pageToken struct {
	value, parameter, link string
}

func (t pageToken) key() string { return t.parameter + " " + t.value + " " + t.link }

// nextPage finds the token of the page after a reply.
func nextPage(body []byte) (pageToken, bool) {
	decoder := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(body, []byte("\ufeff"))))
	decoder.UseNumber()
	var reply map[string]any
	if decoder.Decode(&reply) != nil {
		return pageToken{}, false
	}
	if caughtUp, _ := reply["isCaughtUp"].(bool); caughtUp {
		return pageToken{}, false
	}
	if value := scalar(reply["@nextPage"]); value != "" {
		return pageToken{value: value, parameter: "nextPage"}, true
	}
	if link := scalar(reply["@nextLink"]); link != "" {
		return pageToken{link: link}, true
	}
	meta, _ := reply["meta"].(map[string]any)
	pagination, _ := meta["pagination"].(map[string]any)
	for _, value := range []any{
		pagination["next"], meta["nextPage"], meta["nextPageToken"], pagination["nextPage"], pagination["nextPageToken"],
	} {
		if value := scalar(value); value != "" {
			return pageToken{value: value, parameter: "pageToken"}, true
		}
	}
	return pageToken{}, false
}

// scalar is a text or a number as text.
func scalar(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	default:
		return ""
	}
}

// onto makes the request of the next page: in the body where the call pages there, in the query otherwise.
func (s caller) onto(r client.Request, t pageToken) (client.Request, error) {
	op, known := operationOf(s.credential.API(), r)
	inBody := r.Method == http.MethodPost && strings.HasPrefix(r.Path, "/api/")
	if known && op.Paging != "" {
		inBody = op.Paging == "body"
	}
	switch {
	case t.link != "":
		var err error
		r.Path, err = s.linked(r, t.link)
		return r, err
	case inBody:
		var err error
		r.Body, err = withPageToken(r.Body, t.value)
		return r, err
	}
	path, query, _ := strings.Cut(r.Path, "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		return r, usagef("the query of the path cannot be read: %w", err)
	}
	values.Set(t.parameter, t.value)
	r.Path = path + "?" + values.Encode()
	return r, nil
}

// linked follows a link to the next page, which must be the same call on the same host.
func (s caller) linked(r client.Request, link string) (string, error) {
	path, _, _ := strings.Cut(r.Path, "?")
	if strings.HasPrefix(link, "?") {
		return path + link, nil
	}
	next, err := pathOn(link, s.baseURL)
	if nextPath, _, _ := strings.Cut(next, "?"); err != nil || nextPath != path {
		return "", &failure{
			code: exitUnjudged, err: errors.New("the reply links to a next page that is not of this call; stopped"),
			hints: []string{"the pages printed so far are complete; more cannot be had in this way"},
		}
	}
	return next, nil
}

// withPageToken puts a token into a body and leaves everything else in it as it is.
func withPageToken(body []byte, token string) ([]byte, error) {
	if len(body) == 0 {
		body = []byte("{}")
	}
	quoted, err := json.Marshal(token)
	if err != nil {
		return nil, fmt.Errorf("write the page token: %w", err)
	}
	changed, err := within(body, []string{"meta", "pagination"}, "pageToken", quoted)
	if err != nil {
		return nil, usage(errors.New("the body of -d is not of the kind that pages: "+err.Error()),
			`it is like {"meta":{"pagination":{"pageSize":100}},"data":[{}]}`)
	}
	return changed, nil
}

// within sets a member of an object that lies below others; those that are missing are made.
func within(raw json.RawMessage, path []string, key string, value json.RawMessage) (json.RawMessage, error) {
	object := map[string]json.RawMessage{}
	if raw != nil && string(raw) != "null" {
		if json.Unmarshal(raw, &object) != nil {
			return nil, errors.New("what should be an object is none")
		}
	}
	if len(path) > 0 {
		inner, err := within(object[path[0]], path[1:], key, value)
		if err != nil {
			return nil, err
		}
		key, value = path[0], inner
	}
	object[key] = value
	changed, err := json.Marshal(object)
	if err != nil {
		return nil, fmt.Errorf("write the body of the next page: %w", err)
	}
	return changed, nil
}
