package plain

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// atHome is the list of profiles over one profile with a current credential.
func atHome(t *testing.T) *stage {
	t.Helper()
	st := newStage(t)
	st.env.Profiles = st.vault
	st.makeCurrent(t, credstore.Profile{Integration: "axonius-mimecast-v2", InternalDomain: "example.com"}, st.oauth())
	return st
}

func (st *stage) visit(t *testing.T, answers ...any) *talk {
	t.Helper()
	c, a, err := st.run(t, flow.Answers{Change: lifecycle.Change{Purpose: flow.AtHome, Store: "memory"}}, script(answers...))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	if a.Purpose != flow.AtHome {
		t.Errorf("left with the answers of %v", a.Purpose)
	}
	return c
}

func TestHomeTests(t *testing.T) {
	st := atHome(t)
	c := st.visit(t, "<", "acme", "test", "test", "quit")
	has(t, c, "1) acme", "Axonius Mimecast V2, API 2.0, last test: passed, just now", "Set up a new profile", "What to do with acme", "Testing acme.", "ok: Credentials",
		"Which profile", "Testing acme.", "Which profile")
	e, _, err := st.vault.Lookup("acme")
	if err != nil || e.LastCheck == nil || !e.LastCheck.OK || len(e.LastCheck.Checks) < 2 {
		t.Errorf("%v; the list has %+v", err, e.LastCheck)
	}
}

func TestHomeRotatesAndRollsBack(t *testing.T) {
	st := atHome(t)
	fresh := st.another("")
	c := st.visit(t, "acme", "rotate", "", "", "", fresh.ClientID, hidden(fresh.ClientSecret.Reveal()), "", "done", "", "acme", "roll back", "", "quit")
	has(t, c, "acme has its new credential", "Which profile", "Roll back to the previous version", "is current again", "Which profile")
	if r := st.stored(t); !client.Same(r.Current.Credential, st.oauth()) || r.Previous == nil || !client.Same(r.Previous.Credential, fresh) {
		t.Errorf("stored %+v", r)
	}
}

// TestHomeComesBack: whatever is left leads to the list, and the profile is as it was.
func TestHomeComesBack(t *testing.T) {
	st := atHome(t)
	for name, answers := range map[string][]line{
		"before the first question": script("acme", "rotate", "", "<", "quit"),
		"left":                      script("acme", "rotate", "", "", "", "q", "leave", "quit"),
		"menu":                      script("acme", "<", "acme", "list", "quit"),
		"edit":                      script("acme", "edit", "<", "quit"),
		"edit, not saved":           script("acme", "edit", "other.example.org", "q", "leave", "quit"),
		"set-up":                    script("new", "<", "quit"),
		"rename":                    script("acme", "rename", "<", "quit"),
		"deletion refused":          script("acme", "delete", "no", "quit"),
		"the input ends":            script("acme", "<"),
	} {
		t.Run(name, func(t *testing.T) {
			c := st.visit(t, answers)
			if n := strings.Count(c.output.String(), "Which profile"); n < 2 {
				t.Errorf("the list was shown %d times:\n%s", n, c.transcript.String())
			}
			st.wantActive(t, st.oauth())
		})
	}
}

func TestHomeSetsUpAnother(t *testing.T) {
	st := atHome(t)
	d := st.sim.Demo()
	c := st.visit(t, "new", "", "2.0", "!", "profile", "beta", "", d.ClientID, hidden(d.ClientSecret), "", "quit")
	has(t, c, "beta", "2) beta", "3) Set up")
	if e, _, err := st.vault.Lookup("beta"); err != nil || e.CurrentSince.IsZero() {
		t.Errorf("%v: %+v", err, e)
	}
}

// TestHomeRenameMovesDrafts: a set-up that was left goes along, and its name is nobody else's.
func TestHomeRenameMovesDrafts(t *testing.T) {
	st := atHome(t)
	kept := &shelf{kept: map[string]flow.State{}}
	st.env.Unfinished = kept
	var left []flow.State
	for _, name := range []string{"acme", "later"} {
		left = append(left, flow.State{Name: name, Step: "application", SavedAt: st.env.Now(), API: client.API20})
	}
	c, _, err := st.run(t, flow.Answers{Change: lifecycle.Change{Purpose: flow.AtHome, Store: "memory"}, Unfinished: left}, script("acme", "rename", "later", "acme", "rename", "zenith", "quit"))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	has(t, c, `A set-up of "later" was left unfinished.`, "mimecred setup later goes on with it.", "acme is called zenith now.", "Continue: zenith, set-up")
	if _, old := kept.kept["acme"]; old || kept.kept["zenith"].Name != "zenith" {
		t.Errorf("kept: %+v", kept.kept)
	}
}

func TestHomeRenamesAndDeletes(t *testing.T) {
	st := atHome(t)
	c := st.visit(t, "acme", "rename", "a b", "zenith", "zenith", "delete", "yes", "quit")
	has(t, c, "acme is called zenith now", "1) zenith", "stay valid", "Delete zenith?", "zenith is deleted", "Still to be done")
	if list, err := st.vault.Entries(); err != nil || len(list) > 0 {
		t.Errorf("%v: left %+v", err, list)
	}
}

// TestHomeAsksTwiceBeforeKeysAreLost: keys that wait exist nowhere else.
func TestHomeAsksTwiceBeforeKeysAreLost(t *testing.T) {
	st := atHome(t)
	p := credstore.Profile{Name: "waits", API: client.API10, Endpoint: client.Endpoint{BaseURL: st.url}}
	if _, err := st.vault.Stage(t.Context(), "memory", p, st.keys(), credstore.Created); err != nil {
		t.Fatal(err)
	}
	c := st.visit(t, "waits", "delete", "yes", "no", "quit")
	has(t, c, "The pending version holds access keys created at Mimecast", "Lose the keys?", "Which profile")
	if r, err := st.vault.Load(t.Context(), "waits"); err != nil || r.Pending == nil {
		t.Fatalf("%v: the keys are gone", err)
	}
	st.visit(t, "waits", "delete", "yes", "yes", "quit")
	if _, err := st.vault.Load(t.Context(), "waits"); credstore.KindOf(err) != credstore.NotFound {
		t.Errorf("still there (%v)", err)
	}
}

// TestHomeGoesOn: what an earlier run left is the first thing to choose.
func TestHomeGoesOn(t *testing.T) {
	for name, tt := range map[string]struct {
		leave   func(*testing.T, *stage)
		answers []line
		has     []string
	}{
		"a rotation": {
			func(t *testing.T, st *stage) {
				if _, err := st.vault.Begin(t.Context(), credstore.UnfinishedChange{Name: "acme", Kind: credstore.Rotation, Store: "memory"}); err != nil {
					t.Fatal(err)
				}
			},
			script("1", "", "discard", "quit"),
			[]string{"1) Continue: acme: rotation begun", "the current version stays current"},
		},
		"a set-up that waits": {
			func(t *testing.T, st *stage) {
				p := credstore.Profile{Name: "acme", API: client.API20, Endpoint: client.Endpoint{BaseURL: st.url}}
				if _, err := st.vault.Begin(t.Context(), credstore.UnfinishedChange{Name: "acme", Kind: credstore.SetUp, Store: "memory"}); err != nil {
					t.Fatal(err)
				}
				if _, err := st.vault.Stage(t.Context(), "memory", p, st.another(""), credstore.Pasted); err != nil {
					t.Fatal(err)
				}
			},
			script("1", "", "", "quit"),
			[]string{"1) Continue: acme: the pending version is not tested yet", "Checking what the store gave back", "Which profile"},
		},
		"a draft": {
			func(*testing.T, *stage) {},
			script("1", "<", "q", "leave", "quit"),
			[]string{"Continue: draft, set-up", "Which profile", "Continue: draft, set-up"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			st := atHome(t)
			tt.leave(t, st)
			a := flow.Answers{Change: lifecycle.Change{Purpose: flow.AtHome, Store: "memory"}}
			if name == "a draft" {
				a.Unfinished = []flow.State{{Name: "draft", Step: "application", API: client.API20}}
			}
			c, _, err := st.run(t, a, tt.answers)
			if err != nil {
				t.Fatalf("%v\n%s", err, c.transcript.String())
			}
			has(t, c, tt.has...)
			if s, ok := st.vault.Noted("acme"); ok {
				t.Errorf("still noted: %+v", s)
			}
		})
	}
}

// TestHomeKeepsKeysWhenTheInputEnds: keys that were created within a path from the list are stored, whatever ends it.
func TestHomeKeepsKeysWhenTheInputEnds(t *testing.T) {
	st := newStage(t)
	st.env.Profiles = st.vault
	d := st.sim.Demo()
	old := st.keys()
	st.makeCurrent(t, credstore.Profile{ServiceUser: d.Email, SignIn: "cloud"}, old)
	c, _, err := st.run(t, flow.Answers{Change: lifecycle.Change{Purpose: flow.AtHome, Store: "memory"}},
		script("acme", "rotate", "", "new", "", "here", "", "", hidden(d.Password), func() string { return st.sim.Code(d.Email) }))
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	r := st.stored(t)
	newKeys := r.Pending
	if newKeys == nil && !client.Same(r.Current.Credential, old) {
		newKeys = r.Current
	}
	if newKeys == nil {
		t.Errorf("the new keys are nowhere: %v\n%s", err, c.transcript.String())
	}
}

// TestHomeRetires logs the previous key out from the list.
func TestHomeRetires(t *testing.T) {
	st := newStage(t)
	st.env.Profiles = st.vault
	d := st.sim.Demo()
	old := st.keys()
	st.makeCurrent(t, credstore.Profile{ServiceUser: d.Email, SignIn: "cloud"}, old)
	b := st.sim.Bind(d.ApplicationID, d.Email, time.Time{})
	st.secrets = append(st.secrets, b.AccessKey, b.SecretKey)
	fresh := st.keys()
	fresh.AccessKey, fresh.SecretKey = secret.New(b.AccessKey), secret.New(b.SecretKey)
	st.makeCurrent(t, credstore.Profile{ServiceUser: d.Email, SignIn: "cloud"}, fresh)
	c := st.visit(t, "acme", "retire", "log", "quit")
	has(t, c, "Retire the previous version", "Log the previous key out at Mimecast", "The previous key is logged out at Mimecast, and deleted here")
	if r := st.stored(t); r.Previous != nil || st.sim.HasKey(old.AccessKey.Reveal()) || !st.sim.HasKey(b.AccessKey) {
		t.Errorf("stored %+v", r)
	}
}
