package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/client/simulator"
	"mimecred/credstore"
	"mimecred/credstore/storetest"
)

// The commands as processes that are interrupted at every point where something outlives them: each write of the store, each
// write of the list, the journal and the notes, each reply of Mimecast.

// What an interrupted process is told by its environment.
const (
	pointVariable = "MIMECRED_TEST_POINT"
	placeVariable = "MIMECRED_TEST_PLACE"
)

// doomed is the program mimecred-doomed: mimecred whose store lies in a folder, with something that goes wrong at one point.
func doomed() {
	ctx, stop := signal.NotifyContext(context.Background(), endings()...)
	place := os.Getenv(placeVariable)
	points, err := storetest.NewPoints(os.Getenv(pointVariable), filepath.Join(place, "points"))
	if err != nil {
		panic(err)
	}
	a := newApp(streams{in: os.Stdin, out: os.Stdout, err: os.Stderr}, os.Getenv)
	a.flags.config = place
	a.index = credstore.NewIndex(place, credstore.WithFiles(points.Files(credstore.OSFiles{})))
	a.vault = credstore.NewVault(a.index, a.now, points.Store(storetest.NewDisk(place, storeKeyring)))
	a.calling = []client.Option{client.WithTransport(points.Transport)}
	executeAndExit(ctx, a, stop)
}

// scripted commands that are interrupted, by what they do to acme.
func interruptions() []string {
	return []string{"set up 2.0", "set up 1.0", "rotate 2.0", "rotate 1.0", "renew 1.0", "roll back", "retire", "rename"}
}

// ruin is a place where a process was interrupted: its store, its files, and the Mimecast that it talks to.
type ruin struct {
	t                *testing.T
	what, place, url string
	sim              *simulator.Running
	before           int
	old              client.Credential
	// said is everything that any process printed here.
	said strings.Builder
}

func newRuin(t *testing.T, what string) *ruin {
	t.Helper()
	r := &ruin{t: t, what: what, place: t.TempDir(), sim: startedSimulator(t)}
	r.url = r.sim.URL
	pair := keyPair(r.sim.Server.Demo().ClientID, r.sim.Server.Demo().ClientSecret)
	switch what {
	case "set up 2.0", "set up 1.0":
	case "rotate 2.0", "rename":
		r.makeCurrent(pair)
	case "roll back":
		r.makeCurrent(pair)
		r.makeCurrent(r.another())
	default:
		r.makeCurrent(r.keys())
		if what == "retire" {
			r.makeCurrent(r.keys())
		}
		if what == "renew 1.0" {
			r.sim.Server.ExpireKeys(withoutCode)
		}
	}
	r.before = r.sim.Server.Keys(withoutCode)
	return r
}

func keyPair(id, text string) client.OAuth {
	return client.OAuth{ClientID: id, ClientSecret: secret.New(text)}
}

// another is a new pair with all permissions.
func (r *ruin) another() client.OAuth {
	all, _ := r.sim.Server.Application(r.sim.Server.Demo().ClientID)
	made := r.sim.Server.AddOAuth(simulator.OAuthApplication{Name: "another", Products: all.Products, Permissions: all.Permissions})
	return keyPair(made.ClientID, made.ClientSecret)
}

// keys are new keys of the user that needs no code.
func (r *ruin) keys() client.Legacy {
	d := r.sim.Server.Demo()
	b := r.sim.Server.Bind(d.ApplicationID, withoutCode, time.Time{})
	return client.Legacy{
		ApplicationID: d.ApplicationID, ApplicationKey: secret.New(d.ApplicationKey),
		AccessKey: secret.New(b.AccessKey), SecretKey: secret.New(b.SecretKey),
	}
}

func (r *ruin) vault() *credstore.Vault {
	v := credstore.NewVault(credstore.NewIndex(r.place), time.Now, storetest.NewDisk(r.place, storeKeyring))
	r.t.Cleanup(v.Close)
	return v
}

func (r *ruin) makeCurrent(c client.Credential) {
	r.t.Helper()
	v := r.vault()
	defer v.Close()
	p := credstore.Profile{Name: "acme", API: c.API(), Endpoint: client.Endpoint{BaseURL: r.url}}
	if c.API() == client.API10 {
		p.ServiceUser, p.SignIn = withoutCode, "cloud"
	}
	if _, err := v.Stage(r.t.Context(), storeKeyring, p, c, credstore.Pasted); err != nil {
		r.t.Fatal(err)
	}
	if _, err := v.Activate(r.t.Context(), "acme", credstore.CheckSummary{At: time.Now(), OK: true}); err != nil {
		r.t.Fatal(err)
	}
	if err := v.End(r.t.Context(), "acme", credstore.Finished); err != nil {
		r.t.Fatal(err)
	}
	r.old = c
}

// command is what is interrupted, and what it reads.
func (r *ruin) command() (args []string, in map[string]any) {
	d := r.sim.Server.Demo()
	create := map[string]any{"email": withoutCode, "type": "cloud", "password": d.Password}
	switch r.what {
	case "set up 2.0":
		return []string{"setup", "--from", "-"}, map[string]any{
			"profile": "acme", "api": "2.0", "base_url": r.url, "client_id": d.ClientID, "client_secret": d.ClientSecret,
		}
	case "set up 1.0":
		return []string{"setup", "--from", "-"}, map[string]any{
			"profile": "acme", "api": "1.0", "base_url": r.url, "application_id": d.ApplicationID, "application_key": d.ApplicationKey, "create_keys": create,
		}
	case "rotate 2.0":
		pair := r.another()
		return []string{"rotate", "acme", "--from", "-"}, map[string]any{"client_id": pair.ClientID, "client_secret": pair.ClientSecret.Reveal()}
	case "rotate 1.0":
		return []string{"rotate", "acme", "--from", "-", "--retire"}, map[string]any{"create_keys": create}
	case "renew 1.0":
		return []string{"rotate", "acme", "--from", "-"}, map[string]any{"renew_keys": create}
	case "roll back":
		return []string{"rollback", "acme"}, nil
	case "retire":
		return []string{"retire", "acme", "--yes"}, nil
	default:
		return []string{"rename", "acme", "beta"}, nil
	}
}

// run runs a command in a process of its own, with what is to go wrong there.
func (r *ruin) run(point string, in map[string]any, args ...string) (code int, said string) {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "mimecred-doomed", args...)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + r.place, "TMPDIR=" + r.place, "LC_ALL=C", "GORACE=" + withoutPause, pointVariable + "=" + point, placeVariable + "=" + r.place}
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if in != nil {
		raw, err := json.Marshal(in)
		if err != nil {
			r.t.Fatal(err)
		}
		cmd.Stdin = bytes.NewReader(raw)
	}
	err := cmd.Run()
	said = out.String()
	r.said.WriteString(said)
	switch {
	case err == nil:
		return exitDone, said
	case cmd.ProcessState != nil:
		return cmd.ProcessState.ExitCode(), said
	default:
		r.t.Fatal(err)
		return -1, ""
	}
}

// points counts what the command passes when nothing goes wrong.
func pointsIn(t *testing.T, what string) map[storetest.Place]int {
	t.Helper()
	r := newRuin(t, what)
	args, in := r.command()
	if code, said := r.run("", in, args...); code != exitDone {
		t.Fatalf("without an interruption: exit %d\n%s", code, said)
	}
	r.finished("without an interruption")
	text, err := os.ReadFile(filepath.Join(r.place, "points"))
	if err != nil {
		t.Fatal(err)
	}
	counts := map[storetest.Place]int{}
	for line := range strings.Lines(string(text)) {
		counts[storetest.Place(strings.TrimSpace(line))]++
	}
	return counts
}

// name is under which the profile is found now.
func (r *ruin) name() string {
	if r.what == "rename" {
		v := r.vault()
		defer v.Close()
		if _, err := v.Load(r.t.Context(), "acme"); credstore.KindOf(err) == credstore.NotFound {
			return "beta"
		}
	}
	return "acme"
}

// stands checks what must be so whatever happened.
func (r *ruin) stands(when string) {
	t := r.t
	t.Helper()
	v := r.vault()
	defer v.Close()
	record, noted, unfinished, err := v.Resume(t.Context(), r.name())
	if err != nil && credstore.KindOf(err) != credstore.NotFound {
		t.Fatalf("%s: the profile cannot be read: %v", when, err)
	}
	switch {
	case r.old != nil && record.Current == nil:
		t.Fatalf("%s: nothing is current any more", when)
	case record.Current != nil && r.what != "renew 1.0" && !r.works(record.ProfileOf(record.Current), record.Current.Credential):
		t.Fatalf("%s: the current version does not work", when)
	}
	if lost := r.lost(record); lost > len(noted.MayBeLost()) {
		t.Fatalf("%s: %d keys at Mimecast that nobody has, and %+v is told\n%s", when, lost, noted, r.said.String())
	}
	if record.Pending == nil && !unfinished {
		return
	}
	if _, said := r.run("", nil, "list"); !strings.Contains(said, "is not finished") && !strings.Contains(said, "there may be lost keys at Mimecast") || !strings.Contains(said, "mimecred ") {
		t.Fatalf("%s: %+v is unfinished, and nobody is told:\n%s", when, noted, said)
	}
}

// lost are keys of the user at Mimecast that are in no version.
func (r *ruin) lost(record credstore.Record) int {
	mine := r.sim.Server.Keys(withoutCode)
	if r.old == nil || r.old.API() != client.API10 {
		mine -= r.before
	}
	for _, version := range []*credstore.Version{record.Current, record.Pending, record.Previous} {
		if version == nil {
			continue
		}
		if keys, legacy := version.Credential.(client.Legacy); legacy && r.sim.Server.HasKey(keys.AccessKey.Reveal()) {
			mine--
		}
	}
	return mine
}

func (r *ruin) works(p credstore.Profile, c client.Credential) bool {
	m, err := client.New(p.Endpoint)
	if err != nil {
		r.t.Fatal(err)
	}
	defer m.Close()
	accepted := false
	for result := range m.Check(r.t.Context(), c, client.Plan{}) {
		accepted = accepted || result.ID == client.CheckCredentials && result.State == client.Passed
	}
	return accepted
}

// finished checks the end.
func (r *ruin) finished(when string) {
	t := r.t
	t.Helper()
	r.stands(when)
	v := r.vault()
	defer v.Close()
	record, err := v.Load(t.Context(), r.name())
	if err != nil || record.Current == nil || record.Pending != nil {
		t.Fatalf("%s: %+v, %v\n%s", when, record, err, r.said.String())
	}
	list, err := v.Unfinished()
	if err != nil || slices.ContainsFunc(list, func(s credstore.UnfinishedChange) bool { return !s.Reminds() }) {
		t.Fatalf("%s: still unfinished: %+v, %v\n%s", when, list, err, r.said.String())
	}
	if !r.works(record.ProfileOf(record.Current), record.Current.Credential) {
		t.Fatalf("%s: the current version does not work", when)
	}
	same := r.old != nil && client.Same(r.old, record.Current.Credential)
	switch r.what {
	case "retire":
		if record.Previous != nil || r.sim.Server.Keys(withoutCode) != r.before-1 {
			t.Fatalf("%s: the old key is still there: %d of %d", when, r.sim.Server.Keys(withoutCode), r.before)
		}
	case "rename", "renew 1.0":
		if !same || r.what == "rename" && r.name() != "beta" {
			t.Fatalf("%s: the profile is %s, its credential the same: %v", when, r.name(), same)
		}
	default:
		if same {
			t.Fatalf("%s: the credential is the one before", when)
		}
	}
}

// goOn does what the list says, and then the command itself once more where that is still to be done, as a person would who
// reads what is printed.
func (r *ruin) goOn(when string) {
	t := r.t
	t.Helper()
	args, in := r.command()
	for range 4 {
		v := r.vault()
		_, noted, unfinished, err := v.Resume(t.Context(), r.name())
		v.Close()
		if err != nil && credstore.KindOf(err) != credstore.NotFound {
			t.Fatalf("%s: %v", when, err)
		}
		var next []string
		switch {
		case (!unfinished || noted.Reminds()) && r.done():
			return
		case unfinished && noted.Kind == credstore.SetUp && (noted.Phase == credstore.Staged || noted.Phase == credstore.Activated):
			next = []string{"check", "acme"}
		case unfinished && (noted.Phase == credstore.Staged || noted.Phase == credstore.Activated || noted.Phase == credstore.Confirmed):
			next = []string{"rotate", "acme", "--resume"}
		case unfinished && noted.Phase == credstore.LoggingOut:
			next = []string{"retire", "acme", "--yes"}
		}
		if next != nil {
			if code, said := r.run("", nil, next...); code != exitDone {
				t.Fatalf("%s: mimecred %s: exit %d\n%s", when, strings.Join(next, " "), code, said)
			}
			continue
		}
		if code, said := r.run("", in, args...); code != exitDone {
			t.Fatalf("%s, once more: mimecred %s: exit %d\n%s", when, strings.Join(args, " "), code, said)
		}
	}
	t.Fatalf("%s: it does not come to its end\n%s", when, r.said.String())
}

// done tells whether what the command is for is so.
func (r *ruin) done() bool {
	v := r.vault()
	defer v.Close()
	record, err := v.Load(r.t.Context(), r.name())
	if err != nil || record.Current == nil {
		return false
	}
	switch r.what {
	case "retire":
		return record.Previous == nil
	case "rename":
		_, noted := v.Noted("acme")
		return r.name() == "beta" && !noted
	case "renew 1.0":
		return r.works(record.ProfileOf(record.Current), record.Current.Credential)
	default:
		return r.old == nil || !client.Same(r.old, record.Current.Credential)
	}
}

// TestCommandsKilledAtEveryPoint kills each command with SIGKILL after every write and after every reply, and goes on as it
// says.
func TestCommandsKilledAtEveryPoint(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("SKIP: a process for every point")
	}
	interruptAll(t, "counted: commands were killed at %d points", storetest.KillThere)
}

// TestCommandsFailingAtEveryPoint lets the store, the files and the network fail at every point, before and after the effect.
func TestCommandsFailingAtEveryPoint(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("SKIP: a process for every point")
	}
	interruptAll(t, "counted: something failed at %d points of the commands", storetest.FailBefore, storetest.FailAfterwards)
}

func interruptAll(t *testing.T, counted string, faults ...string) {
	var total atomic.Int64
	t.Run("each", func(t *testing.T) {
		for _, what := range interruptions() {
			t.Run(what, func(t *testing.T) {
				t.Parallel()
				for place, n := range pointsIn(t, what) {
					for i := range n {
						for _, fault := range faults {
							r := newRuin(t, what)
							point := fmt.Sprintf("%s:%s:%d", fault, place, i+1)
							args, in := r.command()
							code, said := r.run(point, in, args...)
							if fault == storetest.KillThere && code != -1 {
								t.Fatalf("%s did not happen: exit %d\n%s", point, code, said)
							}
							total.Add(1)
							r.stands("after " + point)
							r.goOn("after " + point)
							r.finished("gone on after " + point)
						}
					}
				}
			})
		}
	})
	t.Logf(counted, total.Load())
}
