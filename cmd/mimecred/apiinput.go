package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"mimecred/client/localfile"
)

// pathOn makes a path, with its query, of what was given for PATH. A whole URL must be on the profile's own host. The
// slash at the beginning may be left out, since shells of Windows make a folder's name of it.
func pathOn(given, baseURL string) (string, error) {
	base, err := url.Parse(baseURL)
	if err != nil {
		return "", usagef("the base URL of the profile is no URL")
	}
	if strings.Contains(strings.SplitN(given, "?", 2)[0], "://") || strings.HasPrefix(given, "//") {
		whole, err := url.Parse(given)
		if err != nil {
			return "", usagef("%q is no URL", given)
		}
		if !strings.EqualFold(whole.Scheme, base.Scheme) || !strings.EqualFold(whole.Host, base.Host) || whole.User != nil {
			return "", usage(errors.New("the URL is not on the profile's host"),
				"the profile's credentials are sent to "+baseURL+" only; give the path alone")
		}
		given = strings.TrimPrefix(whole.RequestURI(), "//")
	}
	path := "/" + strings.TrimPrefix(given, "/")
	path, _, _ = strings.Cut(path, "#")
	// A blank would end the line of the request; in a query people type it for %20.
	path = strings.ReplaceAll(path, " ", "%20")
	u, err := url.Parse(baseURL + path)
	if err != nil || path == "/" || u.Host != base.Host {
		return "", usage(fmt.Errorf("%q is no path", given), "a path is like /api/account/get-account")
	}
	return path, nil
}

// largestBody is the most that is read for a body.
const largestBody = 10 << 20

// body reads what -d names and makes sure that it is JSON.
func (a *app) body(ctx context.Context, data string) ([]byte, error) {
	label, raw := "the body of -d", []byte(data)
	if file, ok := strings.CutPrefix(data, "@"); ok {
		var err error
		if label, raw, err = a.bodyFrom(ctx, file); err != nil {
			return nil, err
		}
	}
	switch {
	case len(raw) > largestBody:
		return nil, usagef("%s is larger than %d MiB", label, largestBody>>20)
	case len(raw) == 0:
		return nil, usage(fmt.Errorf("%s is empty", label), "leave -d out to send no body")
	case !json.Valid(raw):
		return nil, usage(fmt.Errorf("%s is no valid JSON%s", label, where(raw)), "Mimecast accepts JSON; @FILE reads it from a file")
	}
	return raw, nil
}

func (a *app) bodyFrom(ctx context.Context, file string) (label string, raw []byte, err error) {
	if label = "standard input"; file != "-" {
		label = file
		raw, err = localfile.ReadNamed(ctx, file, largestBody, nil)
	} else {
		raw, err = awaited(ctx, func() ([]byte, error) { return io.ReadAll(io.LimitReader(a.std.in, largestBody+1)) })
	}
	var large *localfile.TooLargeError
	switch {
	case ctx.Err() != nil:
		return label, nil, interruption(ctx)
	case errors.As(err, &large):
		return label, nil, usagef("%s is larger than %s", label, localfile.Size(largestBody))
	case err != nil && file != "-":
		return label, nil, usagef("open the file of -d: %w", err)
	case err != nil:
		return label, nil, usagef("%s cannot be read: %w", label, err)
	}
	// Editors on Windows put a byte order mark first.
	return label, []byte(strings.TrimPrefix(string(raw), "\ufeff")), nil
}
