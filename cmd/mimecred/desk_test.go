package main

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/simulator"
	"mimecred/credstore"
	"mimecred/credstore/storetest"
)

// desk is a person's machine in this process: a folder of settings, a store that stands for the keyring and can be made to
// fail, and a clock that can be moved. Each command line is run as by a program of its own.
type desk struct {
	t     *testing.T
	dir   string
	inner credstore.Store
	store *storetest.Faulty
	files credstore.Files
	later time.Duration
	sim   *simulator.Running
}

func newDesk(t *testing.T, opts ...simulator.Option) *desk {
	t.Helper()
	d := &desk{t: t, dir: t.TempDir(), inner: lastingStore{credstore.NewMemory()}, files: credstore.OSFiles{}}
	d.store = storetest.NewFaulty(d.inner)
	d.sim = startedSimulator(t, append([]simulator.Option{simulator.WithClock(d.now)}, opts...)...)
	return d
}

func (d *desk) now() time.Time { return time.Now().Add(d.later) }

// env is the environment of the commands.
func (d *desk) env(name string) string { return map[string]string{"MIMECRED_CONFIG": d.dir}[name] }

// program is an app as a new process has it.
func (d *desk) program(in string) (a *app, out, errs *bytes.Buffer) {
	out, errs = &bytes.Buffer{}, &bytes.Buffer{}
	a = newApp(streams{in: strings.NewReader(in), out: out, err: errs}, d.env)
	a.now = d.now
	a.index = credstore.NewIndex(d.dir, credstore.WithFiles(d.files))
	a.vault = credstore.NewVault(a.index, d.now, d.store)
	return a, out, errs
}

// run runs one command line.
func (d *desk) run(in string, args ...string) called {
	d.t.Helper()
	return d.runContext(d.t.Context(), in, args...)
}

func (d *desk) runContext(ctx context.Context, in string, args ...string) called {
	d.t.Helper()
	a, out, errs := d.program(in)
	defer a.close()
	root := newRootCmd(a)
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(errs)
	code := a.report(ctx, root.ExecuteContext(ctx))
	d.t.Logf("mimecred %s: exit %d\n%s%s", strings.Join(args, " "), code, out, errs)
	return called{code: code, out: out.String(), err: errs.String()}
}

// ends runs a command line that must end with a code, and gives what it printed.
func (d *desk) ends(code int, in string, args ...string) called {
	d.t.Helper()
	got := d.run(in, args...)
	if got.code != code {
		d.t.Fatalf("mimecred %s: exit %d, want %d\n%s%s", strings.Join(args, " "), got.code, code, got.out, got.err)
	}
	return got
}

// setUp saves one of the simulator's credentials as acme, with what is to differ.
func (d *desk) setUp(name string, with map[string]any) map[string]any {
	d.t.Helper()
	from := maps.Clone(readyNamed(d.t, d.sim, name).From)
	from["profile"] = "acme"
	maps.Copy(from, with)
	d.ends(exitDone, asJSON(d.t, from), "setup", "--from", "-", "-q")
	return from
}

// record is what the store has of acme.
func (d *desk) record() credstore.Record {
	d.t.Helper()
	a, _, _ := d.program("")
	defer a.close()
	r, err := a.vault.Load(d.t.Context(), "acme")
	if err != nil && credstore.KindOf(err) != credstore.NotFound {
		d.t.Fatal(err)
	}
	return r
}

// versions are the identifiers of acme's versions: current, pending, previous.
func (d *desk) versions() [3]string {
	d.t.Helper()
	r := d.record()
	var ids [3]string
	for i, v := range []*credstore.Version{r.Current, r.Pending, r.Previous} {
		if v != nil {
			ids[i] = shown(v.Credential)
		}
	}
	return ids
}

// shown tells credentials apart.
func shown(c client.Credential) string {
	if keys, is := c.(client.Legacy); is {
		return keys.AccessKey.Reveal()
	}
	return c.Identifier()
}

// wantVersions wants the current version, what waits and what was before.
func (d *desk) wantVersions(active, pending, previous string) {
	d.t.Helper()
	if got := d.versions(); got != [3]string{active, pending, previous} {
		d.t.Errorf("current, pending, previous: %q, want %q", got, [3]string{active, pending, previous})
	}
}

// wantFinished wants that nothing of acme is noted as unfinished, and that nobody has it.
func (d *desk) wantFinished() {
	d.t.Helper()
	a, _, _ := d.program("")
	defer a.close()
	if list, err := a.vault.Unfinished(); err != nil || len(list) > 0 {
		d.t.Errorf("unfinished: %+v, %v", list, err)
	}
	if a.vault.Busy("acme") {
		d.t.Error("somebody still has acme")
	}
}

// wantPhase wants acme to be unfinished, and where.
func (d *desk) wantPhase(kind credstore.ChangeKind, phase credstore.Phase) credstore.UnfinishedChange {
	d.t.Helper()
	a, _, _ := d.program("")
	defer a.close()
	list, err := a.vault.Unfinished()
	if err != nil || len(list) != 1 || list[0].Kind != kind || list[0].Phase != phase {
		d.t.Fatalf("unfinished: %+v, %v; want a %s that is %s", list, err, kind, phase)
	}
	return list[0]
}

// pair makes another application of the simulator, and gives what --from takes of it.
func (d *desk) pair(products, permissions []string) map[string]any {
	d.t.Helper()
	app := d.sim.Server.AddOAuth(simulator.OAuthApplication{Name: "Another", Products: products, Permissions: permissions})
	return map[string]any{"client_id": app.ClientID, "client_secret": app.ClientSecret}
}

// says wants words on standard error.
func (c called) says(t testing.TB, words ...string) {
	t.Helper()
	for _, word := range words {
		if !strings.Contains(c.err, word) {
			t.Errorf("%q is not said in %q", word, c.err)
		}
	}
}

// checked is the JSON of one profile.
func (c called) checked(t testing.TB) checkedJSON {
	t.Helper()
	var list []checkedJSON
	if err := json.Unmarshal([]byte(c.out), &list); err != nil || len(list) != 1 {
		t.Fatalf("the output is no array of one: %v\n%s", err, c.out)
	}
	return list[0]
}

// entry is what the list says of acme.
func (d *desk) entry() (credstore.Entry, bool, error) {
	d.t.Helper()
	a, _, _ := d.program("")
	defer a.close()
	return a.vault.Lookup("acme")
}

// at is a server that this desk's commands may call.
func (d *desk) at(handle http.HandlerFunc) string {
	d.t.Helper()
	server := httptest.NewServer(handle)
	d.t.Cleanup(server.Close)
	return server.URL
}

// between is a server before the desk's simulator that may change what passes.
func (d *desk) between(change http.HandlerFunc) string {
	d.t.Helper()
	return d.at(func(w http.ResponseWriter, r *http.Request) {
		change(w, r)
		d.sim.Server.ServeHTTP(w, r)
	})
}

// lastingStore is a memory that stands for the keyring.
type lastingStore struct{ *credstore.Memory }

func (lastingStore) Kind() string { return storeKeyring }
