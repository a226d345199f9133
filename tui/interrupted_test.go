package tui

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
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
	"mimecred/credstore/lifecycle"
	"mimecred/credstore/storetest"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
)

// The wizard as a process that is interrupted at every point where something outlives it: each write of the store, each
// write of the list, the journal and the notes, each reply of Mimecast. The process is the test binary, which walks through
// the screens with the driver of the journeys.

// What an interrupted process is told by its environment.
const (
	walkVariable  = "MIMECRED_TEST_WALK"
	pointVariable = "MIMECRED_TEST_POINT"
	placeVariable = "MIMECRED_TEST_PLACE"
	urlVariable   = "MIMECRED_TEST_URL"
)

// walks are what is interrupted.
func walks() []string {
	return []string{"set up 2.0", "set up 1.0", "rotate 2.0", "rotate 1.0", "renew 1.0", "roll back"}
}

// walkUser needs no one-time code, so that a process alone can sign in.
const walkUser = "svc@example.com"

// TestWalk is a walk without an interruption and, as a process, one of the walks that the next test interrupts.
func TestWalk(t *testing.T) {
	if name := os.Getenv(walkVariable); name != "" {
		points, err := storetest.NewPoints(os.Getenv(pointVariable), filepath.Join(os.Getenv(placeVariable), "points"))
		if err != nil {
			t.Fatal(err)
		}
		walkOnce(t, name, os.Getenv(placeVariable), os.Getenv(urlVariable), points)
		return
	}
	for _, name := range walks() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScene(t, name)
			points, err := storetest.NewPoints("", "")
			if err != nil {
				t.Fatal(err)
			}
			walkOnce(t, name, s.place, s.url, points)
			s.finished(t, "without an interruption")
		})
	}
}

// walkOnce walks from the first step to the last, doing at each what a person would.
func walkOnce(t *testing.T, name, place, url string, points *storetest.Points) {
	t.Helper()
	index := credstore.NewIndex(place, credstore.WithFiles(points.Files(credstore.OSFiles{})))
	store := points.Store(storetest.NewDisk(place, "keyring"))
	notes := draftNotes{credstore.NewDrafts(place, credstore.WithFiles(points.Files(credstore.OSFiles{})))}
	answers := walkAnswers(name, url)
	if answers.Purpose == lifecycle.SettingUp {
		answers.Unfinished = notes.all(t)
	}
	w := start(t, setting{
		store:   store,
		answers: answers,
		dial: func(e client.Endpoint) (lifecycle.Mimecast, error) {
			return client.New(e, client.WithTransport(points.Transport))
		},
		change: func(env *screen.Env) {
			vault := credstore.NewVault(index, time.Now, store)
			env.Vault, env.Profiles, env.Unfinished = vault, vault, notes
		},
	})
	t.Cleanup(func() {
		if v, ok := w.app.env.Vault.(*credstore.Vault); ok {
			v.Close()
		}
	})
	fresh := w.fullPair() // as the scene has made it at its own simulator
	w.secrets = append(w.secrets, fresh.ClientSecret)
	walker := &walker{wizard: w, place: place, url: url, id: fresh.ClientID, key: fresh.ClientSecret, walk: name}
	if strings.HasPrefix(name, "set up") {
		d := w.sim.Demo()
		walker.id, walker.key = d.ClientID, d.ClientSecret
		if name == "set up 1.0" {
			walker.id, walker.key = d.ApplicationID, d.ApplicationKey
		}
	}
	walker.toTheEnd()
}

// draftNotes keep set-ups that were left, as the command does.
type draftNotes struct{ drafts *credstore.Drafts }

// Keep implements step.Unfinished.
func (n draftNotes) Keep(s flow.State) error { return n.drafts.Keep(s.Name, s) }

// Forget implements step.Unfinished.
func (n draftNotes) Forget(name string) error { return n.drafts.Forget(name) }

func (n draftNotes) all(t *testing.T) []flow.State {
	t.Helper()
	drafts, err := n.drafts.All()
	if err != nil {
		t.Fatal(err)
	}
	var list []flow.State
	for _, d := range drafts {
		var s flow.State
		if err := json.Unmarshal(d.Text, &s); err != nil {
			t.Fatal(err)
		}
		list = append(list, s)
	}
	return list
}

func walkAnswers(name, url string) flow.Answers {
	switch name {
	case "set up 2.0", "set up 1.0":
		a := flow.Answers{Change: lifecycle.Change{API: client.API20, BaseURL: url}, Given: map[flow.Step]bool{}}
		if name == "set up 1.0" {
			a.API, a.HasApplication = client.API10, true
		}
		for s := flow.Integration; s <= flow.Console; s++ {
			a.Given[s] = s != flow.Profile
		}
		return a
	case "roll back":
		return flow.Answers{Change: lifecycle.Change{Purpose: lifecycle.RollingBack, Name: "acme", Store: "keyring", API: client.API20}}
	case "rotate 2.0":
		return flow.Rotation(flow.Answers{Change: lifecycle.Change{Name: "acme", Store: "keyring", API: client.API20}})
	default:
		return flow.Rotation(flow.Answers{Change: lifecycle.Change{Name: "acme", Store: "keyring", API: client.API10}})
	}
}

// walker goes on at every step as somebody does who wants to get to the end.
type walker struct {
	*wizard
	place, url, id, key, walk string
	tries                     int
}

func (w *walker) toTheEnd() {
	w.t.Helper()
	for presses := 0; !w.quit; presses++ {
		if presses > 120 {
			w.t.Fatalf("it does not come to an end; at %s:\n%s", w.app.step, w.Frame())
		}
		w.until("something to do", func() bool { return w.quit || w.idle() })
		if w.quit {
			return
		}
		w.once()
	}
}

// idle tells whether the screen waits for the person.
func (w *walker) idle() bool {
	if w.app.done || w.app.step == flow.HandOff && strings.Contains(w.Body(), "Copying ") {
		return false
	}
	able := false
	for _, b := range w.app.screen.Keys() {
		switch b.Help().Desc {
		case "stop", "stop and go back", "skip the test":
			return false
		}
		able = able || slices.Contains([]string{"enter", "r", "c"}, b.Help().Key)
	}
	return able
}

// offers tells whether the screen offers something under a key.
func (w *walker) offers(key, desc string) bool {
	for _, b := range w.app.screen.Keys() {
		if b.Help().Key == key && (desc == "" || b.Help().Desc == desc) {
			return true
		}
	}
	return false
}

func (w *walker) once() {
	w.t.Helper()
	switch w.app.step {
	case flow.Profile:
		if w.Answers().Name != "acme" {
			w.Press("ctrl+u").Type("acme")
		}
		waits := strings.Contains(w.Body(), "Continue with it")
		w.Press("enter").until("what is known of acme", func() bool {
			return w.app.step != flow.Profile || !waits && strings.Contains(w.Body(), "Continue with it")
		})
	case flow.Application:
		if a := w.Answers(); a.ClientID+a.ApplicationID == "" {
			w.Paste(w.id).Press("tab").Paste(w.key)
		} else {
			w.Press("tab")
		}
		w.Press("enter")
	case flow.Keys:
		w.keys()
	case flow.Check, flow.Rollback:
		switch {
		case w.offers("enter", "yes, save it"), w.offers("enter", "yes, roll back"), w.tries > 6:
			w.Press("enter")
		case w.offers("r", ""):
			w.tries++
			w.Press("r")
		default:
			w.Press("enter")
		}
	case flow.Continue:
		w.Press("enter").until("what was left", func() bool { return w.app.step != flow.Continue })
	case flow.Done:
		w.Press("enter").Left()
	case flow.Retire:
		if w.walk == "rotate 1.0" && !strings.Contains(w.Body(), "● Log the previous key out") {
			w.Press("down")
		}
		w.Press("enter")
	default:
		if !w.offers("enter", "") && w.offers("r", "") {
			w.Press("r")
			return
		}
		w.Press("enter")
	}
}

func (w *walker) keys() {
	w.t.Helper()
	body := w.Body()
	switch {
	case strings.Contains(body, "only this program has them"):
		w.Press("r")
	case strings.Contains(body, "Who creates the keys"), strings.Contains(body, "They are saved on trial"):
		w.Press("enter")
	default:
		if w.Answers().Email != walkUser {
			w.Type(walkUser).Press("tab", "tab")
		}
		if w.Answers().Password.IsZero() {
			w.Paste(w.sim.Demo().Password)
		}
		w.Press("enter")
	}
}

// scene is a store, a Mimecast, and what there is before a walk.
type scene struct {
	name, place, url string
	sim              *simulator.Server
	// before is how many keys of the user Mimecast had.
	before int
	old    client.Credential
}

func newScene(t *testing.T, name string) *scene {
	t.Helper()
	s := &scene{name: name, place: t.TempDir(), sim: simulator.New()}
	server := httptest.NewServer(http.HandlerFunc(s.sim.ServeHTTP))
	t.Cleanup(server.Close)
	s.url = server.URL
	all, _ := s.sim.Application(s.sim.Demo().ClientID)
	fresh := s.sim.AddOAuth(simulator.OAuthApplication{Name: "new", Products: all.Products, Permissions: all.Permissions})
	d := s.sim.Demo()
	pair := client.OAuth{ClientID: d.ClientID, ClientSecret: secret.New(d.ClientSecret)}
	switch name {
	case "rotate 2.0":
		s.makeCurrent(t, pair)
	case "roll back":
		s.makeCurrent(t, pair)
		s.makeCurrent(t, client.OAuth{ClientID: fresh.ClientID, ClientSecret: secret.New(fresh.ClientSecret)})
	case "rotate 1.0", "renew 1.0":
		b := s.sim.Bind(d.ApplicationID, walkUser, time.Time{})
		s.makeCurrent(t, client.Legacy{
			ApplicationID: d.ApplicationID, ApplicationKey: secret.New(d.ApplicationKey),
			AccessKey: secret.New(b.AccessKey), SecretKey: secret.New(b.SecretKey),
		})
		if name == "renew 1.0" {
			s.sim.ExpireKeys(walkUser)
		}
	}
	s.before = s.sim.Keys(walkUser)
	return s
}

func (s *scene) vault(t *testing.T) *credstore.Vault {
	t.Helper()
	v := credstore.NewVault(credstore.NewIndex(s.place), time.Now, storetest.NewDisk(s.place, "keyring"))
	t.Cleanup(v.Close)
	return v
}

func (s *scene) makeCurrent(t *testing.T, c client.Credential) {
	t.Helper()
	v := s.vault(t)
	p := credstore.Profile{Name: "acme", API: c.API(), Endpoint: client.Endpoint{BaseURL: s.url}}
	if c.API() == client.API10 {
		p.ServiceUser, p.SignIn = walkUser, "cloud"
	}
	if _, err := v.Stage(t.Context(), "keyring", p, c, credstore.Pasted); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Activate(t.Context(), "acme", credstore.CheckSummary{At: time.Now(), OK: true}); err != nil {
		t.Fatal(err)
	}
	if err := v.End(t.Context(), "acme", credstore.Finished); err != nil {
		t.Fatal(err)
	}
	v.Close()
	s.old = c
}

// process walks in a process of its own, with what is to go wrong, and gives what it printed and whether it came to its end.
func (s *scene) process(t *testing.T, point string) (out string, ended bool) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, self, "-test.run=^TestWalk$", "-test.timeout=100s")
	cmd.Env = append(os.Environ(), walkVariable+"="+s.name, pointVariable+"="+point, placeVariable+"="+s.place, urlVariable+"="+s.url,
		"TMPDIR="+t.TempDir(), // a process that is killed leaves its own there
		"DBUS_SESSION_BUS_ADDRESS=", "GORACE=atexit_sleep_ms=0", childVariable+"=walk")
	text, err := cmd.CombinedOutput()
	return string(text), err == nil
}

// passed are how many points a walk has, by place.
func (s *scene) passed(t *testing.T) map[storetest.Place]int {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(s.place, "points"))
	if err != nil {
		t.Fatal(err)
	}
	counts := map[storetest.Place]int{}
	for line := range strings.Lines(string(text)) {
		counts[storetest.Place(strings.TrimSpace(line))]++
	}
	return counts
}

// stands checks what must be so whatever happened: the current version works, the pending one is offered, keys that nobody has are
// told of, and somebody who looks is told where the profile stands.
func (s *scene) stands(t *testing.T, when string) {
	t.Helper()
	v := s.vault(t)
	defer v.Close()
	r, swap, unfinished, err := v.Resume(t.Context(), "acme")
	if err != nil && credstore.KindOf(err) != credstore.NotFound {
		t.Fatalf("%s: the profile cannot be read: %v", when, err)
	}
	switch {
	case s.old != nil && r.Current == nil:
		t.Fatalf("%s: nothing is current any more", when)
	case r.Current != nil && s.name != "renew 1.0":
		s.works(t, when, r.ProfileOf(r.Current), r.Current.Credential)
	}
	list, err := v.Unfinished()
	if err != nil {
		t.Fatalf("%s: %v", when, err)
	}
	if told := len(list) == 1 && list[0].Name == "acme"; told != unfinished && r.Pending != nil {
		t.Fatalf("%s: unfinished %v (%+v), and the list says %+v", when, unfinished, swap, list)
	}
	if lost := s.lost(r); lost > len(swap.MayBeLost()) {
		t.Fatalf("%s: %d keys at Mimecast that nobody has, and %d are told of (%+v)", when, lost, len(swap.MayBeLost()), swap)
	}
	entry, known, err := v.Lookup("acme")
	if err != nil || r.Current != nil && (!known || entry.CurrentSince.IsZero()) {
		t.Fatalf("%s: the list says %+v, %v, %v", when, entry, known, err)
	}
}

// over tells whether nothing is left to be done.
func (s *scene) over(t *testing.T) bool {
	t.Helper()
	v := s.vault(t)
	defer v.Close()
	r, swap, unfinished, err := v.Resume(t.Context(), "acme")
	if err != nil || unfinished && !swap.Reminds() || r.Current == nil {
		return false
	}
	if s.name == "renew 1.0" {
		return client.Judge(s.check(t, r.ProfileOf(r.Current), r.Current.Credential)).Accepted
	}
	return !client.Same(s.old, r.Current.Credential)
}

// lost are the keys of the user at Mimecast that are in no version.
func (s *scene) lost(r credstore.Record) int {
	known := 0
	for _, v := range []*credstore.Version{r.Current, r.Pending, r.Previous} {
		if v == nil {
			continue
		}
		if keys, ok := v.Credential.(client.Legacy); ok && s.sim.HasKey(keys.AccessKey.Reveal()) {
			known++
		}
	}
	mine := s.sim.Keys(walkUser)
	if s.old == nil || s.old.API() != client.API10 {
		mine -= s.before
	}
	return mine - known
}

func (s *scene) works(t *testing.T, when string, p credstore.Profile, c client.Credential) {
	t.Helper()
	if results := s.check(t, p, c); !client.Judge(results).Accepted {
		t.Fatalf("%s: the current version does not work: %+v", when, results)
	}
}

func (s *scene) check(t *testing.T, p credstore.Profile, c client.Credential) []client.Result {
	t.Helper()
	mimecast, err := client.New(p.Endpoint)
	if err != nil {
		t.Fatal(err)
	}
	defer mimecast.Close()
	return slices.Collect(mimecast.Check(t.Context(), c, client.Plan{}))
}

// finished checks the end of a walk that came to it.
func (s *scene) finished(t *testing.T, when string) {
	t.Helper()
	s.stands(t, when)
	v := s.vault(t)
	defer v.Close()
	r, err := v.Load(t.Context(), "acme")
	if err != nil || r.Current == nil || r.Pending != nil {
		t.Fatalf("%s: %+v, %v", when, r, err)
	}
	list, err := v.Unfinished()
	if err != nil || slices.ContainsFunc(list, func(swap credstore.UnfinishedChange) bool { return !swap.Reminds() }) {
		t.Fatalf("%s: still unfinished: %+v, %v", when, list, err)
	}
	same := s.old != nil && client.Same(s.old, r.Current.Credential)
	if want := s.name == "renew 1.0"; same != want {
		t.Fatalf("%s: the credential is the one before: %v", when, same)
	}
	s.works(t, when, r.ProfileOf(r.Current), r.Current.Credential)
}

// TestKilledAtEveryPoint kills the wizard with SIGKILL after every write of the store and of every file, and after every
// reply of Mimecast, and then walks once more, to the end.
func TestKilledAtEveryPoint(t *testing.T) {
	if testing.Short() {
		t.Skip("a process for every point")
	}
	var total atomic.Int64
	t.Run("walks", func(t *testing.T) {
		for _, name := range walks() {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				counts := pointsOf(t, name)
				for place, n := range counts {
					for i := 1; i <= n; i++ {
						s := newScene(t, name)
						point := fmt.Sprintf("%s:%s:%d", storetest.KillThere, place, i)
						out, ended := s.process(t, point)
						if ended && place == storetest.AtFile {
							// Of the notes about a set-up that come at once only the last is written: there may be one less.
							s.finished(t, "where "+point+" did not happen")
							continue
						}
						if ended {
							t.Fatalf("%s did not happen\n%s", point, out)
						}
						total.Add(1)
						if s.stands(t, "after "+point); s.over(t) {
							continue // it was killed after its end
						}
						if out, ended := s.process(t, ""); !ended {
							t.Fatalf("after %s it cannot be gone on:\n%s", point, out)
						}
						s.finished(t, "gone on after "+point)
					}
				}
			})
		}
	})
	t.Logf("counted: the wizard was killed at %d points", total.Load())
}

// pointsOf counts the points of a walk.
func pointsOf(t *testing.T, name string) map[storetest.Place]int {
	t.Helper()
	s := newScene(t, name)
	if out, ended := s.process(t, ""); !ended {
		t.Fatalf("%s", out)
	}
	s.finished(t, "without an interruption")
	return s.passed(t)
}

// TestFailingAtEveryPoint lets the store, the files and the network fail at every point, before and after the effect: the
// wizard lives on, and comes to its end.
func TestFailingAtEveryPoint(t *testing.T) {
	if testing.Short() {
		t.Skip("a process for every point")
	}
	var total atomic.Int64
	t.Run("walks", func(t *testing.T) {
		for _, name := range walks() {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				for place, n := range pointsOf(t, name) {
					for i := 1; i <= n; i++ {
						for _, fault := range []string{storetest.FailBefore, storetest.FailAfterwards} {
							s := newScene(t, name)
							point := fmt.Sprintf("%s:%s:%d", fault, place, i)
							out, ended := s.process(t, point)
							s.stands(t, "after "+point)
							if !ended {
								t.Fatalf("%s: it did not come to its end\n%s", point, out)
							}
							total.Add(1)
						}
					}
				}
			})
		}
	})
	t.Logf("counted: something failed at %d points", total.Load())
}
