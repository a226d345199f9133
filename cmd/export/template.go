package export

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// JSONTemplate is a format that writes a JSON document of an integration's own shape. The template is JSON in which a
// string that is nothing but a name in braces, such as "{client_id}", means that value; "{profile}" means the
// profile's name. A member or an element whose value the profile does not have is left out. Order is kept.
func JSONTemplate(name, about, template string) (Format, error) {
	d := json.NewDecoder(strings.NewReader(template))
	d.UseNumber()
	root, err := parseNode(d)
	if err == nil {
		err = atEnd(d)
	}
	if err != nil {
		return Format{}, fmt.Errorf("the template of the format %s: %w", name, err)
	}
	return Format{
		Name:  name,
		About: about,
		Encode: func(w io.Writer, d Document) error {
			values := map[string]string{"profile": d.Profile}
			for _, f := range d.Fields {
				values[f.Name] = f.Text
			}
			if !root.present(values) {
				return &Error{Text: "there is nothing to export as " + name + ": the profile has none of its values"}
			}
			root.write(w, values, "\n")
			fmt.Fprintln(w)
			return nil
		},
	}, nil
}

// node is a piece of the template: a scalar as JSON text, a value's name, or an object or array.
type node struct {
	key     string // of an object's member
	literal string
	value   string
	open    json.Delim
	inner   []node
}

func parseNode(d *json.Decoder) (node, error) {
	token, err := d.Token()
	if err != nil {
		return node{}, unexpectedEnd(err)
	}
	switch t := token.(type) {
	case json.Delim:
		return parseInner(d, t)
	case string:
		if name, ok := placeholder(t); ok {
			return node{value: name}, nil
		}
		return node{literal: quoteJSON(t)}, nil
	case nil:
		return node{literal: "null"}, nil
	default:
		return node{literal: fmt.Sprint(t)}, nil
	}
}

func parseInner(d *json.Decoder, open json.Delim) (node, error) {
	n := node{open: open}
	for d.More() {
		var key string
		if open == '{' {
			token, err := d.Token()
			if err != nil {
				return node{}, unexpectedEnd(err)
			}
			key = fmt.Sprint(token)
		}
		child, err := parseNode(d)
		if err != nil {
			return node{}, err
		}
		child.key = key
		n.inner = append(n.inner, child)
	}
	if _, err := d.Token(); err != nil {
		return node{}, unexpectedEnd(err)
	}
	return n, nil
}

func atEnd(d *json.Decoder) error {
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("there is more after the end of the document")
	}
	return nil
}

func unexpectedEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return fmt.Errorf("read JSON: %w", err)
}

func placeholder(text string) (string, bool) {
	name, ok := strings.CutPrefix(text, "{")
	if !ok {
		return "", false
	}
	name, ok = strings.CutSuffix(name, "}")
	return name, ok && isSnakeCase(name)
}

// present is false for a value that is not there, and for an object or array that was made of such values only.
func (n node) present(values map[string]string) bool {
	if n.value != "" {
		_, ok := values[n.value]
		return ok
	}
	for _, child := range n.inner {
		if child.present(values) {
			return true
		}
	}
	return len(n.inner) == 0
}

// write writes n, with line as the line break and indentation that it has.
func (n node) write(w io.Writer, values map[string]string, line string) {
	switch {
	case n.value != "":
		fmt.Fprint(w, quoteJSON(values[n.value]))
		return
	case n.open == 0:
		fmt.Fprint(w, n.literal)
		return
	}
	end := "}"
	if n.open == '[' {
		end = "]"
	}
	fmt.Fprint(w, n.open)
	comma := ""
	for _, child := range n.inner {
		if !child.present(values) {
			continue
		}
		fmt.Fprint(w, comma, line, "  ")
		comma = ","
		if n.open == '{' {
			fmt.Fprintf(w, "%s: ", quoteJSON(child.key))
		}
		child.write(w, values, line+"  ")
	}
	if comma != "" {
		fmt.Fprint(w, line)
	}
	fmt.Fprint(w, end)
}
