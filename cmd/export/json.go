package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// JSON writes one flat object, name to text, in the order of the form; every value is a string.
func JSON() Format {
	return Format{
		Name:  "json",
		About: "one JSON object",
		Encode: func(w io.Writer, d Document) error {
			return writeObject(w, d.Fields, func(f Field) string { return f.Name })
		},
	}
}

func writeObject(w io.Writer, fields []Field, key func(Field) string) error {
	fmt.Fprint(w, "{")
	for i, f := range fields {
		if i > 0 {
			fmt.Fprint(w, ",")
		}
		fmt.Fprintf(w, "\n  %s: %s", quoteJSON(key(f)), quoteJSON(f.Text))
	}
	fmt.Fprint(w, "\n}\n")
	return nil
}

// quoteJSON leaves < > & as they are: nobody puts this into a web page, and a person may read it.
func quoteJSON(text string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		return `""` // a string always encodes
	}
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}
