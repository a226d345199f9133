package main

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"mimecred/client"
	"mimecred/client/catalog/operation"
	"mimecred/client/typo"
	"mimecred/credstore/lifecycle"
)

// callFailure is a failed call in plain words, with what Mimecast said, and what to do about it. The products and the
// permission that the call needs are named where they are known. name is the profile whose credential was used.
func callFailure(err error, name string, api client.API, r client.Request) error {
	d := client.Diagnose(err, api)
	var e *client.Error
	if !errors.As(err, &e) {
		return err
	}
	fix := lifecycle.ProfileRemedy(d.Fix, d.Where, name)
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

// ownCall is callFailure for a call that the person wrote, so that it may be the call itself that is wrong.
func ownCall(err error, name string, api client.API, r client.Request) error {
	err = callFailure(err, name, api, r)
	var f *failure
	var e *client.Error
	if !errors.As(err, &f) || !errors.As(err, &e) {
		return err
	}
	path, _, _ := strings.Cut(r.Path, "?")
	_, known := operationOf(api, r)
	switch {
	case e.Kind == client.Validation && e.Field != "":
		f.hints[0] = fmt.Sprintf("look at %q in the body or the query", e.Field)
	case e.Kind == client.Validation && len(f.hints) > 0:
		f.hints[0] = "look at the body and the query: something that the call needs is missing or misspelt there"
	case !known && (e.Kind == client.MissingProduct || e.HTTPStatus == http.StatusNotFound || e.HTTPStatus == http.StatusMethodNotAllowed):
		f.hints = append([]string{fmt.Sprintf("mimecred knows no %s %s of API %s: look at the method and the path%s", r.Method, path, api, near(api, r.Method, path))},
			f.hints...)
	case !known && !e.Kind.Refused() && e.HTTPStatus != 0 && near(api, r.Method, path) != "":
		f.hints = append([]string{fmt.Sprintf("mimecred knows no %s %s of API %s%s", r.Method, path, api, near(api, r.Method, path))}, f.hints...)
	}
	return f
}

// near names calls that look like one that is not known: the same path with other methods, or of another API, or paths that are spelt
// like it.
func near(api client.API, method, path string) string {
	var methods []string
	for _, other := range apiMethods() {
		if _, ok := operation.Find(string(api), other, path); ok && other != method {
			methods = append(methods, other+" "+path)
		}
	}
	if len(methods) > 0 {
		return "; there is " + strings.Join(methods, ", ")
	}
	for _, other := range []client.API{client.API10, client.API20} {
		if _, ok := operation.Find(string(other), method, path); ok && other != api {
			return "; API " + string(other) + " has it"
		}
	}
	var paths []string
	for _, one := range callPaths(string(api), "", "") {
		one, _, _ = strings.Cut(one, "\t")
		paths = append(paths, one)
	}
	if meant := typo.Near(path, paths); len(meant) > 0 {
		return "; did you mean " + strings.Join(meant, ", ")
	}
	return ""
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
