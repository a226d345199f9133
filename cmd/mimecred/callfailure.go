package main

import (
	"errors"
	"fmt"
	"strings"

	"mimecred/client"
	"mimecred/client/catalog/operation"
)

// callFailure is a failed call in plain words, with what Mimecast said, and what to do about it. The products and the
// permission that the call needs are named where they are known.
func callFailure(err error, api client.API, r client.Request) error {
	d := client.Diagnose(err, api)
	var e *client.Error
	if !errors.As(err, &e) {
		return err
	}
	fix := d.Fix
	if op, known := operationOf(api, r); known && e.HTTPStatus != 0 {
		if named := client.FixFor(d.Kind, api, op.Products, op.Permission); named != "" &&
			(d.Kind == client.MissingProduct || d.Kind == client.MissingPermission) {
			fix = named
		}
	}
	meaning := strings.TrimSuffix(d.Meaning, ".")
	if said := said(e); said != "" {
		meaning += " (" + said + ")"
	}
	f := &failure{code: exitForKind(d.Kind), err: sentence(meaning, err), hints: hints(fix)}
	if e.RequestID != "" {
		f.hints = append(f.hints, "the request id for a support ticket is "+e.RequestID)
	}
	return f
}

// said is what Mimecast answered, such as "HTTP 403 app_forbidden: Forbidden".
func said(e *client.Error) string {
	if e.HTTPStatus == 0 {
		return ""
	}
	words := fmt.Sprintf("HTTP %d", e.HTTPStatus)
	switch {
	case e.Code != "" && e.Message != "":
		words += " " + e.Code + ": " + e.Message
	case e.Code+e.Message != "":
		words += " " + e.Code + e.Message
	}
	return words
}

// operationOf is what the catalogue knows of a call.
func operationOf(api client.API, r client.Request) (operation.Operation, bool) {
	path, _, _ := strings.Cut(r.Path, "?")
	return operation.Find(string(api), r.Method, path)
}
