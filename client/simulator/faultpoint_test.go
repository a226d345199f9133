package simulator

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// patience is for what never takes long unless it is broken.
const patience = 10 * time.Second

// fails sends a request that gets no reply.
func (l *lab) fails(path, body string, header map[string]string) {
	l.t.Helper()
	r, err := http.NewRequestWithContext(l.t.Context(), http.MethodPost, l.url+path, strings.NewReader(body))
	if err != nil {
		l.t.Fatal(err)
	}
	for name, value := range header {
		r.Header.Set(name, value)
	}
	res, err := l.http.Do(r)
	if err == nil {
		res.Body.Close()
		l.t.Fatalf("%s was answered with %d", path, res.StatusCode)
	}
}

func (l *lab) signInHeader() map[string]string {
	return map[string]string{
		"Authorization": "Basic-Cloud c3ZjQGV4YW1wbGUuY29tOk1hZGUtdXAtcGFzc3dvcmQtMQ==",
		"x-mc-app-id":   l.seeded.legacy.ApplicationID,
	}
}

// The n-th request fails, with and without having its effect, and the ones around it do not.
func TestFaults(t *testing.T) {
	const login = "/api/login/login"
	for fault, keys := range map[Fault]int{NoFault: 3, Refuse: 2, LoseReply: 3} {
		var asked []string
		l := newLab(t, WithFault(func(n int, r *http.Request) Fault {
			body, err := io.ReadAll(r.Body)
			asked = append(asked, fmt.Sprint(n, " ", r.Method, " ", r.URL.Path, " ", string(body), " ", err))
			if n == 2 {
				return fault
			}
			return NoFault
		}))
		for n := 1; n <= 3; n++ {
			if n == 2 && fault != NoFault {
				l.fails(login, `{"data":[{}]}`, l.signInHeader())
				continue
			}
			l.send("POST", login, `{"data":[{}]}`, l.signInHeader()).want(t, 200, "secretKey")
		}
		if got := l.Keys(userWithoutCode); got != keys {
			t.Errorf("fault %d: %d keys instead of %d", fault, got, keys)
		}
		var statuses []int
		for _, r := range l.Requests() {
			statuses = append(statuses, r.Status)
		}
		want := []int{200, 0, 200}
		if fault == NoFault {
			want[1] = 200
		}
		if !slices.Equal(statuses, want) {
			t.Errorf("fault %d: %v", fault, statuses)
		}
		if len(asked) != 3 || asked[1] != `2 POST /api/login/login {"data":[{}]} <nil>` {
			t.Errorf("asked about %q", asked)
		}
	}
}

// A logout whose reply is lost has logged the key out; one that was refused has not.
func TestFaultsOfALogout(t *testing.T) {
	for fault, keys := range map[Fault]int{Refuse: 1, LoseReply: 0} {
		l := newLab(t, WithFault(func(int, *http.Request) Fault { return fault }))
		b := l.bindFor(userWithoutCode)
		// The signature is that of call10: what it sends is taken from a request that does get through.
		header := map[string]string{}
		watched := newLab(t, WithFault(func(_ int, r *http.Request) Fault {
			for _, name := range []string{"Authorization", "X-Mc-App-Id", "X-Mc-Date", "X-Mc-Req-Id"} {
				header[name] = r.Header.Get(name)
			}
			return NoFault
		}))
		watched.call10(l.seeded.legacy, b, logoutPath, `{"data":[`+keyItem(b)+`]}`)
		l.fails(logoutPath, `{"data":[`+keyItem(b)+`]}`, header)
		if got := l.Keys(userWithoutCode); got != keys {
			t.Errorf("fault %d: %d keys instead of %d", fault, got, keys)
		}
	}
}

// When it is told, every kind of reply has arrived whole, although its connection is still held.
func TestRepliedComesAfterTheWholeReply(t *testing.T) {
	arrived := make(chan string, 8)
	var told []Request
	var missing []string
	l := newLab(t, WithReplied(func(r Request) {
		told = append(told, r)
		select {
		case <-arrived:
		case <-time.After(patience):
			missing = append(missing, r.Path)
		}
	}))
	read := func(scenario string, ask func() reply) {
		t.Helper()
		if err := l.SetScenario(scenario); err != nil {
			t.Fatal(err)
		}
		ask()
		arrived <- scenario
	}
	token := ""
	read("none", func() reply { token = l.bearerOf(l.seeded.all); return reply{} })
	for _, scenario := range []string{"none", "html-502", "empty-400", "truncated-json", "body-too-big", "redirect-other-host"} {
		read(scenario, func() reply { return l.call20(token, "POST", accountPath, "") })
	}
	read("none", func() reply { return l.send("POST", "/oauth/token", strings.Repeat("x", maxRequest+1), nil) })
	l.stopped()
	slices.SortFunc(told, func(a, b Request) int { return a.Number - b.Number }) // they came over two connections
	if len(missing) > 0 {
		t.Errorf("not flushed: %q", missing)
	}
	var statuses []int
	for _, r := range told {
		statuses = append(statuses, r.Status)
	}
	if !slices.Equal(statuses, []int{200, 200, 502, 400, 200, 200, 302, 413}) || told[1].Path != accountPath || told[1].Number != 2 {
		t.Errorf("told %v, the second one %+v", statuses, told[1])
	}
}

// The next request of the same connection is read only when the call has ended.
func TestRepliedComesBeforeTheNextRequest(t *testing.T) {
	written := make(chan struct{})
	var begun []int
	var l *lab
	l = newLab(t, WithReplied(func(r Request) {
		if r.Number == 1 {
			select {
			case <-written:
			case <-time.After(patience):
				t.Error("the second request was never written")
			}
		}
		begun = append(begun, len(l.Requests()))
	}))
	l.mintToken("nobody", "x").want(t, 401)
	reused := false
	trace := &httptrace.ClientTrace{
		GotConn:      func(info httptrace.GotConnInfo) { reused = info.Reused },
		WroteRequest: func(httptrace.WroteRequestInfo) { close(written) },
	}
	r, err := http.NewRequestWithContext(httptrace.WithClientTrace(t.Context(), trace), http.MethodPost, l.url+"/oauth/token", strings.NewReader("x"))
	if err != nil {
		t.Fatal(err)
	}
	res, err := l.http.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	l.http.CloseIdleConnections()
	l.stopped()
	if !reused || !slices.Equal(begun, []int{1, 2}) {
		t.Errorf("same connection: %v; requests begun when the replies were told: %v", reused, begun)
	}
}

// Requests of many connections are asked about and told one at a time: neither function needs a lock. Each may use the
// server. A request without a reply is not told.
func TestHooksOfManyConnections(t *testing.T) {
	asked, told := map[int]bool{}, map[int]bool{}
	var l *lab
	l = newLab(t,
		WithFault(func(n int, _ *http.Request) Fault {
			asked[n] = true
			l.Keys(userWithCode)
			return []Fault{NoFault, Refuse, LoseReply}[n%3]
		}),
		WithReplied(func(r Request) {
			told[r.Number] = true
			l.RemovePermission(l.seeded.all.ClientID, fmt.Sprint(r.Number))
		}))
	const requests = 30
	var all sync.WaitGroup
	for range requests {
		all.Go(func() {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, l.url+"/oauth/token", strings.NewReader("x"))
			if err != nil {
				t.Error(err)
				return
			}
			if res, err := l.http.Do(r); err == nil {
				res.Body.Close()
			}
		})
	}
	all.Wait()
	l.stopped()
	if len(asked) != requests || len(told) != requests/3 {
		t.Errorf("asked about %d, told %d", len(asked), len(told))
	}
	for n := range told {
		if n%3 != 0 {
			t.Errorf("request %d had no reply and was told", n)
		}
	}
}
