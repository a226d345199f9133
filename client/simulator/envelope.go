package simulator

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
)

// The reply shapes. Which one a client meets depends on what answered: the function, the gateway in front of it, or
// something in between.

// fault is one error as it is in a reply.
type fault struct {
	Field     string `json:"field,omitempty"`
	Code      string `json:"code"`
	Message   string `json:"message"`
	Retryable bool   `json:"retryable"`
}

// json sends a body as it is.
func (c *call) json(status int, body string) {
	h := c.w.Header()
	if h.Get("Content-Type") == "" {
		h.Set("Content-Type", "application/json")
	}
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	c.w.WriteHeader(status)
	_, _ = c.w.Write([]byte(body))
}

// data sends a success of a function: recorded headers, "fail" present and empty. data is the JSON of the list.
func (c *call) data(data string) { c.page(data, "") }

// page is data with the JSON of meta.pagination.
func (c *call) page(data, pagination string) {
	c.w.Header().Set("Pragma", "no-cache")
	c.w.Header().Set("X-Robots-Tag", "noindex, nofollow")
	meta := `{"status":200}`
	if pagination != "" {
		meta = `{"status":200,"pagination":` + pagination + `}`
	}
	c.json(http.StatusOK, `{"meta":`+meta+`,"data":`+data+`,"fail":[]}`)
}

// failed sends a failure of a function. The HTTP status and meta.status need not agree (recorded: both ways).
func (c *call) failed(httpStatus, metaStatus int, f fault) {
	c.failedFor(httpStatus, metaStatus, nil, f)
}

// failedFor is failed with an echo of the item that failed.
func (c *call) failedFor(httpStatus, metaStatus int, key map[string]string, f fault) {
	fail := struct {
		Key    map[string]string `json:"key,omitempty"`
		Errors []fault           `json:"errors"`
	}{key, []fault{f}}
	c.json(httpStatus, `{"meta":{"status":`+strconv.Itoa(metaStatus)+`},"data":[],"fail":[`+encode(fail)+`]}`)
}

// flat sends a refusal of the API 2.0 gateway (agreed by four clients).
func (c *call) flat(status int, code, message string) {
	c.json(status, `{"fail":[{"code":`+encode(code)+`,"message":`+encode(message)+`}]}`)
}

// requestInvalid is the code of the newer endpoints for arguments that make no sense (the mock server of gravwell/gravwell).
const requestInvalid = "Request Validation Failed"

// object sends an error of the newer endpoints (agreed by two clients).
func (c *call) object(status int, code, message string) {
	c.json(status, `{"error":{"code":`+encode(code)+`,"message":`+encode(message)+`}}`)
}

// encode gives a value as compact JSON, with the markup characters escaped as in recordings.
func encode(v any) string {
	var b bytes.Buffer
	if err := json.NewEncoder(&b).Encode(v); err != nil {
		return "null"
	}
	return string(bytes.TrimSpace(b.Bytes()))
}

// item is the first element of "data" in a request, and what else the request says.
type item struct {
	fields   map[string]any
	pageSize int
	// cursor is the page that is asked for; badCursor is set when the token is none of ours.
	cursor    cursor
	badCursor bool
	// null is set when data is null instead of a list (refused with err_deserialise).
	null bool
}

// text gives a field, whatever its letter case: working clients differ in that.
func (i item) text(names ...string) string {
	for _, name := range names {
		if v, ok := i.fields[name].(string); ok {
			return v
		}
	}
	return ""
}

// pageSize is a number, or a number in quotes: no source says that Mimecast refuses that.
type pageSize int

// UnmarshalJSON implements json.Unmarshaler.
func (p *pageSize) UnmarshalJSON(raw []byte) error {
	text := string(bytes.Trim(raw, `"`))
	if text == "null" || text == "" {
		return nil
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return fmt.Errorf("page size: %w", err)
	}
	*p = pageSize(n)
	return nil
}

// parse reads a request body: {"meta":{"pagination":{…}},"data":[{…}]}, "{}" or nothing at all.
func parse(body []byte) (item, bool) {
	if len(bytes.TrimSpace(body)) == 0 {
		return item{}, true
	}
	var in struct {
		Meta struct {
			Pagination struct {
				PageSize  pageSize `json:"pageSize"`
				PageToken string   `json:"pageToken"`
			} `json:"pagination"`
		} `json:"meta"`
		Data *json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal(body, &in); err != nil {
		return item{}, false
	}
	at, ok := parseCursor(in.Meta.Pagination.PageToken)
	out := item{pageSize: int(in.Meta.Pagination.PageSize), cursor: at, badCursor: !ok}
	if in.Data == nil {
		// encoding/json makes a null a nil pointer too: tell "no data" from "data is null".
		out.null = bytes.Contains(body, []byte(`"data"`))
		return out, true
	}
	var list []map[string]any
	if err := json.Unmarshal(*in.Data, &list); err != nil {
		return item{}, false
	}
	if len(list) > 0 {
		out.fields = list[0]
	}
	return out, true
}
