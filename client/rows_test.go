package client

import (
	"bytes"
	"compress/gzip"
	"testing"
)

func gzipped(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestCountRows has every shape of an answer that a probe reads.
func TestCountRows(t *testing.T) {
	const none = -1
	for _, c := range []struct {
		name, at, body string
		want           int
	}{
		{"list", "data", `{"meta":{"status":200},"data":[{},{}],"fail":[]}`, 2},
		{"empty list", "data", `{"meta":{"status":200},"data":[],"fail":[]}`, 0},
		{"list is null", "data", `{"data":null,"fail":[]}`, 0},
		{"list left out", "data", `{"meta":{"status":200},"fail":[]}`, 0},
		{"nothing found, as a failure", "objects", `{"meta":{"status":200},"data":[],"fail":[{"errors":[{"message":"No results found for threat intel feed."}]}]}`, 0},
		{"nested", "data[0].clickLogs", `{"data":[{"clickLogs":[{},{},{}]}]}`, 3},
		{"nested, empty", "data[0].clickLogs", `{"data":[{"clickLogs":[]}]}`, 0},
		{"nested, left out", "data[0].clickLogs", `{"data":[{}]}`, 0},
		{"nested, no item", "data[0].clickLogs", `{"data":[]}`, 0},
		{"nested under another name", "data[0].clickLogs", `{"data":[{"logs":[{}]}]}`, none},
		{"item is no object", "data[0].clickLogs", `{"data":[1]}`, none},
		{"SIEM batch", "value", `{"value":[{"url":"x"}],"@nextPage":"t","isCaughtUp":true}`, 1},
		{"SIEM batch, empty", "value", `{"value":[],"@nextPage":"t","isCaughtUp":true}`, 0},
		{"SIEM batch, only caught up", "value", `{"isCaughtUp":true}`, 0},
		{"value is no list", "value", `{"value":7}`, none},
		{"STIX", "objects", `{"type":"bundle","objects":[{"id":"x"}]}`, 1},
		{"STIX without objects", "objects", `{"type":"bundle","id":"x"}`, 0},
		{"CSV where JSON was asked for", "objects", "Timestamp,Hash\n1,2\n", none},
		{"no body", "data", "", none},
		{"file: envelope, last token", "", `{"meta":{"isLastToken":true,"status":200},"data":[],"fail":[]}`, 0},
		{"file: empty", "", "", 0},
		{"file: events in data", "", `{"type":"MTA","data":[{"a":1},{"a":2}]}`, 2},
		{"file: ends before its data", "", `{ "type" : "MTA", "data" : `, 0},
		{"file: ends in its first event", "", `{"type":"MTA","data":[{"a":`, 0},
		{"file: ends in its second event", "", `{"type":"MTA","data":[{"a":1},{"a`, 1},
		{"file: ends before data is named", "", `{"type":"MT`, none},
		{"file: one object a line", "", "{\"a\":1}\n{\"a\":2}\n", 2},
		{"file: one line", "", "{\"datetime\":1}\n", 1},
		{"file: one object a line, cut", "", "{\"a\":1}\n{\"a", 1},
		{"file: lines of text", "", "datetime=1|acc=C\n\ndatetime=2|acc=C\n", 2},
		{"file: gzip", "", gzipped(t, "{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n"), 3},
		{"file: gzip, cut", "", gzipped(t, "{\"a\":1}\n{\"a\":2}\n")[:20], none},
		{"file: several files in one", "", "PK\x03\x04rest", none},
	} {
		t.Run(c.name, func(t *testing.T) {
			n, known := countRows([]byte(c.body), c.at)
			if known != (c.want != none) || known && n != c.want {
				t.Errorf("got %d, %t; want %d", n, known, c.want)
			}
		})
	}
}

// FuzzCountRows holds that no answer panics or has a negative count.
func FuzzCountRows(f *testing.F) {
	for _, body := range []string{`{"data":[{"a":[1]}]}`, `{"data":[`, "a\nb", `[1]`, gzipped(f, "x")} {
		f.Add([]byte(body), "data[0].a")
		f.Add([]byte(body), "")
		f.Add([]byte(body), "a[x].b")
	}
	f.Fuzz(func(t *testing.T, body []byte, at string) {
		if n, known := countRows(body, at); n < 0 || !known && n != 0 {
			t.Errorf("%d, %t", n, known)
		}
	})
}
