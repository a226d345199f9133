package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"mimecred/client"
	"mimecred/credstore"
)

type apiOptions struct {
	name, method, path string
	// data is what -d says; given tells that it was there at all.
	data  string
	given bool
	// include prints the status and the headers first.
	include  bool
	allPages bool
	maxPages int
	// wait waits for a rate limit.
	wait func(context.Context, time.Duration) error
}

func newAPICmd(a *app) *cobra.Command {
	o := apiOptions{wait: sleep}
	cmd := &cobra.Command{
		Use:        "api NAME METHOD PATH",
		SuggestFor: []string{"call", "request", "curl"},
		Short:      "Make any call of the API and print what comes back",
		Long: `Make any call of the profile's API, with its token (API 2.0) or signature (API 1.0). Print the body of the reply as it comes, also that of a refusal. PATH may carry a query. It may be a whole URL on the profile's host: a credential is sent nowhere else.

-d gives the body as JSON: itself, or @FILE, or @- for standard input. A POST to /api/... without -d sends {"data":[]}, which functions without arguments expect.

--all-pages asks for page after page and prints each as one line of JSON. It is for calls that read. When Mimecast limits the rate, the call waits for as long as it says.

Exit codes:
  0  the call succeeded
  1  Mimecast refused the call for another reason
  3  Mimecast refused the credentials
  4  Mimecast could not be reached or did not answer properly`,
		Example: `  mimecred api acme GET /identity/whoami
  mimecred api acme POST /api/user/get-internal-users -d '{"data":[{"domain":"example.com"}]}' --all-pages
  mimecred api acme POST /api/ttp/url/get-logs -d @request.json | jq .data`,
		RunE: func(cmd *cobra.Command, given []string) error {
			o.name, o.method, o.path = given[0], given[1], given[2]
			o.given = cmd.Flags().Changed("data")
			return runAPI(cmd.Context(), a, o)
		},
		ValidArgsFunction: a.completeCall,
	}
	f := cmd.Flags()
	f.StringVarP(&o.data, "data", "d", "", "send this `BODY` as JSON, or @FILE, or @- for standard input")
	f.BoolVarP(&o.include, "include", "i", false, "print the status and the headers first")
	f.BoolVar(&o.allPages, "all-pages", false, "ask for all pages and print each as one line of JSON")
	f.IntVar(&o.maxPages, "max-pages", 1000, "stop after this `NUMBER` of pages, with exit code 1 when there are more")
	completesFiles(cmd, "data")
	completes(cmd, "max-pages", "10", "100", "1000")
	return cmd
}

func runAPI(ctx context.Context, a *app, o apiOptions) error {
	if _, err := a.format("api"); err != nil {
		return err
	}
	entry, err := a.find(ctx, o.name)
	if err != nil {
		return err
	}
	request, err := a.request(ctx, entry, o)
	if err != nil {
		return err
	}
	record, err := a.current(ctx, o.name)
	if err != nil {
		return err
	}
	c, err := a.dialSaved(record.ProfileOf(record.Current))
	if err != nil {
		return err
	}
	defer c.Close()
	s := caller{a: a, name: entry.Name, client: c, credential: record.Current.Credential, baseURL: entry.BaseURL, wait: o.wait}
	if o.allPages {
		return s.pages(ctx, request, o.maxPages)
	}
	return s.once(ctx, request, o.include)
}

// apiMethods are the methods of calls, the common ones first.
func apiMethods() []string {
	return []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodHead}
}

// request makes the call of a command line, and refuses one that cannot be meant before the store is asked for anything.
func (a *app) request(ctx context.Context, e credstore.Entry, o apiOptions) (client.Request, error) {
	r := client.Request{Method: strings.ToUpper(o.method)}
	if !slices.Contains(apiMethods(), r.Method) {
		if method := strings.ToUpper(o.path); slices.Contains(apiMethods(), method) {
			return r, usage(errors.New("the method comes before the path"), "did you mean: mimecred api "+o.name+" "+method+" "+o.method)
		}
		return r, usage(fmt.Errorf("there is no method %q", o.method), oneOf(o.method, "the methods are: ", apiMethods())...)
	}
	var err error
	if r.Path, err = pathOn(o.path, e.BaseURL); err != nil {
		return r, err
	}
	op, found := operationOf(e.API, r)
	r.ReadOnly = found && op.Read
	switch {
	case o.given && (r.Method == http.MethodGet || r.Method == http.MethodHead):
		return r, usage(fmt.Errorf("%s has no body", r.Method), "put what it asks for into the path: "+o.path+"?name=value")
	case o.given:
		if r.Body, err = a.body(ctx, o.data); err != nil {
			return r, err
		}
	case r.Method == http.MethodPost && strings.HasPrefix(r.Path, "/api/"):
		r.Body = []byte(`{"data":[]}`)
	}
	if !o.allPages {
		return r, nil
	}
	switch {
	case o.include:
		return r, usagef("-i shows one reply and --all-pages prints several; give one of them")
	case o.maxPages < 1:
		return r, usagef("--max-pages must be at least 1")
	case found && !op.Read, !found && r.Method != http.MethodGet && r.Method != http.MethodPost:
		return r, usage(fmt.Errorf("%s %s changes something, and --all-pages repeats the call", r.Method, o.path),
			"--all-pages is for calls that read")
	}
	return r, nil
}

// sleep waits until the time is over or ctx ends.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait for the rate limit: %w", ctx.Err())
	}
}

// caller makes calls with one credential.
type caller struct {
	a          *app
	name       string
	client     *client.Client
	credential client.Credential
	baseURL    string
	wait       func(context.Context, time.Duration) error
}

// mostWaits is how often one call waits for a rate limit. Mimecast's windows last minutes at most, so that a call that is
// still refused after so many is not going to be answered.
const mostWaits = 5

const (
	// longestPause is the longest wait before a call is tried again, whatever Mimecast names.
	longestPause = 5 * time.Minute
	// usualPause is made where Mimecast does not say how long to wait.
	usualPause = time.Minute
)

// call makes a call, and waits and repeats it when the rate is limited. Short waits are the client's own; a call that was
// refused for its rate has changed nothing.
func (s caller) call(ctx context.Context, r client.Request) (*client.Reply, error) {
	for waits := 0; ; waits++ {
		reply, err := s.client.Call(ctx, s.credential, r)
		var e *client.Error
		if !errors.As(err, &e) || e.Kind != client.RateLimited || waits == mostWaits || ctx.Err() != nil {
			return reply, err
		}
		pause := min(e.RetryAfter, longestPause)
		if pause == 0 {
			pause = usualPause
		}
		s.a.note("Mimecast limits the rate of calls: waiting %s (ctrl+c stops)", pause.Round(time.Second))
		if err := s.wait(ctx, pause); err != nil {
			return nil, interruption(ctx)
		}
	}
}

// once makes one call and prints its reply.
func (s caller) once(ctx context.Context, r client.Request, include bool) error {
	reply, err := s.call(ctx, r)
	if reply != nil {
		if err := s.a.printReply(reply, include); err != nil {
			return err
		}
	}
	if err != nil {
		return ownCall(err, s.name, s.credential.API(), r)
	}
	return nil
}
