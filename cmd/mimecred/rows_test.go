package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/client/simulator"
)

// TestCheckTellsRows: a check that passes without data says so, with what that may mean, in text and in JSON; one with data
// tells how much. A file that ends before its first event is what github.com/elastic/integrations issue 5053 reports; the
// envelope with the last token is that of Sumo Logic's collector.
func TestCheckTellsRows(t *testing.T) {
	t.Parallel()
	const logging = "Enhanced Logging"
	file := http.Header{"Content-Type": {"application/octet-stream"}, "Content-Disposition": {`attachment; filename="x.json"`}}
	for name, c := range map[string]struct {
		header http.Header
		body   string
		rows   int
	}{
		"cut file":   {file, `{ "type" : "MTA", "data" : `, 0},
		"last token": {nil, `{"meta":{"isLastToken":true,"status":200},"data":[],"fail":[]}`, 0},
		"events":     {file, `{"type":"MTA","data":[{"acc":"C"},{"acc":"C"}]}`, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := simulator.New()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path != "/api/audit/get-siem-logs" {
					sim.ServeHTTP(w, r)
					return
				}
				for key, values := range c.header {
					w.Header()[key] = values
				}
				fmt.Fprint(w, c.body)
			}))
			t.Cleanup(server.Close)
			p := newProgram(t)
			from := readyFrom(t, sim, server.URL, "legacy-ok")
			from["integration"] = "elastic-mimecast-v1"
			given := asJSON(t, from)

			text := p.run(t, given, "check", "--from", "-")
			if text.code != exitDone || strings.Contains(text.out, logging) != (c.rows == 0) {
				t.Errorf("exit %d\n%s%s", text.code, text.out, text.err)
			}
			if words := fmt.Sprintf("%d rows", c.rows); !strings.Contains(text.out, words) {
				t.Errorf("no %q in\n%s", words, text.out)
			}
			var list []checkedJSON
			if got := p.run(t, given, "check", "--from", "-", "-o", "json"); json.Unmarshal([]byte(got.out), &list) != nil {
				t.Fatalf("exit %d\n%s%s", got.code, got.out, got.err)
			}
			for _, r := range list[0].Checks {
				if r.ID != "audit.get-siem-logs" {
					continue
				}
				if r.State != client.Passed || r.Rows == nil || *r.Rows != c.rows || strings.Contains(r.Empty, logging) != (c.rows == 0) {
					t.Errorf("%+v", r)
				}
				return
			}
			t.Error("the check is missing")
		})
	}
}
