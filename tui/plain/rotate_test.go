package plain

import (
	"errors"
	"strings"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/client/simulator"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// makeCurrent stores a current credential under the name acme, as an earlier run would have.
func (st *stage) makeCurrent(t *testing.T, p credstore.Profile, c client.Credential) {
	t.Helper()
	p.Name, p.API, p.Endpoint.BaseURL = "acme", c.API(), st.url
	if _, err := st.vault.Stage(t.Context(), "memory", p, c, credstore.Pasted); err != nil {
		t.Fatal(err)
	}
	sum := lifecycle.Summary([]client.Result{{ID: client.CheckCredentials, State: client.Passed}}, st.env.Now())
	if _, err := st.vault.Activate(t.Context(), "acme", sum); err != nil {
		t.Fatal(err)
	}
	if err := st.vault.End(t.Context(), "acme", credstore.Finished); err != nil {
		t.Fatal(err)
	}
}

func (st *stage) keys() client.Legacy {
	d := st.sim.Demo()
	return client.Legacy{
		ApplicationID: d.ApplicationID, ApplicationKey: secret.New(d.ApplicationKey),
		AccessKey: secret.New(d.AccessKey), SecretKey: secret.New(d.SecretKey),
	}
}

// another is a new pair with what is left of the demo's permissions.
func (st *stage) another(without string) client.OAuth {
	all, _ := st.sim.Application(st.sim.Demo().ClientID)
	var permissions []string
	for _, p := range all.Permissions {
		if without == "" || !strings.Contains(p, without) {
			permissions = append(permissions, p)
		}
	}
	made := st.sim.AddOAuth(simulator.OAuthApplication{Name: "another", Products: all.Products, Permissions: permissions})
	st.secrets = append(st.secrets, made.ClientSecret)
	return client.OAuth{ClientID: made.ClientID, ClientSecret: secret.New(made.ClientSecret)}
}

func rotation(api client.API) flow.Answers {
	return flow.Rotation(flow.Answers{Change: lifecycle.Change{Name: "acme", Store: "memory", API: api}})
}

func TestRotateAPI20(t *testing.T) {
	st := newStage(t)
	st.makeCurrent(t, credstore.Profile{}, st.oauth())
	fresh := st.another("")
	c, a, err := st.run(t, rotation(client.API20), script("", "", "", fresh.ClientID, hidden(fresh.ClientSecret.Reveal()), "", "?", ""))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	has(t, c, "It works: 5 passed", "The current ones may stop at once", "Manage API 2.0 credentials", "Is this your tenant",
		"Previous version:", "Keep it until 29 November 2026", "has its new credential; the previous version is kept for 7 days")
	r := st.stored(t)
	if !client.Same(r.Current.Credential, fresh) || r.Previous == nil || !a.Confirmed || a.Retired != lifecycle.Kept {
		t.Errorf("stored %+v; confirmed %v, %q", r, a.Confirmed, a.Retired)
	}
	if s, ok := st.vault.Noted("acme"); ok {
		t.Errorf("still noted: %+v", s)
	}
}

func TestRotateIntoLess(t *testing.T) {
	st := newStage(t)
	st.makeCurrent(t, credstore.Profile{Integration: "axonius-mimecast-v2", InternalDomain: "example.com"}, st.oauth())
	poor := st.another("Directories | Internal | Read")
	c, _, err := st.run(t, rotation(client.API20), script("", "", "", poor.ClientID, hidden(poor.ClientSecret.Reveal()), "quit", "remove"))
	if !errors.Is(err, ErrQuit) {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	has(t, c, "The new credential lacks what the current one passes", ": passed, now failed: ", "HTTP 403", "; needs ")
	if r := st.stored(t); !client.Same(r.Current.Credential, st.oauth()) || r.Pending != nil {
		t.Errorf("stored %+v", r)
	}
}

func TestRotateAPI10AndLogOut(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	st.makeCurrent(t, credstore.Profile{ServiceUser: d.Email, SignIn: "cloud"}, st.keys())
	before := st.sim.Keys(d.Email)
	c, _, err := st.run(t, rotation(client.API10), script("", "new", "", "here", "", "", hidden(d.Password), func() string { return st.sim.Code(d.Email) },
		"", "log", ""))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	has(t, c, "New keys", "Mimecast created the keys", "Log the previous key out at Mimecast", "the previous key is logged out")
	if r := st.stored(t); r.Previous != nil || client.Same(r.Current.Credential, st.keys()) || st.sim.Keys(d.Email) != before {
		t.Errorf("stored %+v; %d keys at Mimecast, want %d", r, st.sim.Keys(d.Email), before)
	}
}

func TestRenew(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	st.makeCurrent(t, credstore.Profile{ServiceUser: d.Email, SignIn: "cloud"}, st.keys())
	st.sim.ExpireKeys(d.Email)
	c, _, err := st.run(t, rotation(client.API10), script("", "", "", "", "", hidden(d.Password), func() string { return st.sim.Code(d.Email) }, "", ""))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	has(t, c, "have expired", "Renew the same keys", "Never Expires", "The current keys are valid again.")
	if r := st.stored(t); !client.Same(r.Current.Credential, st.keys()) || r.Previous != nil {
		t.Errorf("stored %+v", r)
	}
}

func TestRollback(t *testing.T) {
	st := newStage(t)
	fresh := st.another("")
	st.makeCurrent(t, credstore.Profile{}, st.oauth())
	st.makeCurrent(t, credstore.Profile{}, fresh)
	back := flow.Answers{Change: lifecycle.Change{Purpose: lifecycle.RollingBack, Name: "acme", Store: "memory", API: client.API20}}
	c, _, err := st.run(t, back, script(""))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	has(t, c, "Reading the previous version from the store", "is current again")
	if r := st.stored(t); !client.Same(r.Current.Credential, st.oauth()) || !client.Same(r.Previous.Credential, fresh) {
		t.Errorf("stored %+v", r)
	}
	if _, err := st.vault.Retire(t.Context(), "acme", st.stored(t).Previous.ID); err != nil {
		t.Fatal(err)
	}
	c, _, err = st.run(t, back, nil)
	if !errors.Is(err, ErrQuit) {
		t.Fatal(err)
	}
	has(t, c, "so you cannot roll back")
}

func TestEdit(t *testing.T) {
	st := newStage(t)
	st.makeCurrent(t, credstore.Profile{Integration: "axonius-mimecast-v2"}, st.oauth())
	edit := flow.Answers{Change: lifecycle.Change{Purpose: lifecycle.Changing, Name: "acme", Store: "memory", API: client.API20}}
	c, _, err := st.run(t, edit, script("example.org", "soon", "30d", "", "", ""))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	has(t, c, "no length of time", "its credential is the same")
	r := st.stored(t)
	if r.Profile.RotateAfter != 30*credstore.Day || r.Profile.InternalDomain != "example.org" || r.Previous != nil {
		t.Errorf("stored %+v", r)
	}
}

// TestResumeRotation goes on where an earlier run stood.
func TestResumeRotation(t *testing.T) {
	for name, tt := range map[string]struct {
		left    func(*testing.T, *stage, client.Credential)
		answers []line
		has     []string
	}{
		"begun, given up": {
			func(*testing.T, *stage, client.Credential) {},
			script("", "discard"),
			[]string{"nothing was stored", "is discarded; the current version stays current"},
		},
		"staged": {
			func(t *testing.T, st *stage, c client.Credential) { st.left(t, c, false) },
			script("", "", "", ""),
			[]string{"The pending version is not tested yet, since", "Is this your tenant", "has its new credential"},
		},
		"promoted": {
			func(t *testing.T, st *stage, c client.Credential) { st.left(t, c, true) },
			script("", "", ""),
			[]string{"not confirmed", "has its new credential"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			st := newStage(t)
			st.makeCurrent(t, credstore.Profile{}, st.oauth())
			swap := credstore.UnfinishedChange{Name: "acme", Kind: credstore.Rotation, Store: "memory", Keep: credstore.DefaultKeep}
			if _, err := st.vault.Begin(t.Context(), swap); err != nil {
				t.Fatal(err)
			}
			tt.left(t, st, st.another(""))
			c, _, err := st.run(t, rotation(client.API20), tt.answers)
			if err != nil && !errors.Is(err, ErrQuit) {
				t.Fatalf("%v\n%s", err, c.transcript.String())
			}
			has(t, c, tt.has...)
			if s, ok := st.vault.Noted("acme"); ok {
				t.Errorf("still noted: %+v", s)
			}
		})
	}
}

func (st *stage) left(t *testing.T, c client.Credential, activated bool) {
	t.Helper()
	p := credstore.Profile{Name: "acme", API: c.API(), Endpoint: client.Endpoint{BaseURL: st.url}}
	if _, err := st.vault.Stage(t.Context(), "memory", p, c, credstore.Pasted); err != nil {
		t.Fatal(err)
	}
	if !activated {
		return
	}
	if _, err := st.vault.Activate(t.Context(), "acme", credstore.CheckSummary{At: st.env.Now().Add(-time.Hour), OK: true}); err != nil {
		t.Fatal(err)
	}
}

// TestLostKeysAreTold: before more keys are created, a sign-in of an earlier run is told of.
func TestLostKeysAreTold(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	st.makeCurrent(t, credstore.Profile{ServiceUser: d.Email, SignIn: "cloud"}, st.keys())
	if err := st.vault.Note(t.Context(), credstore.UnfinishedChange{Phase: credstore.Creating, Name: "acme", User: d.Email, Application: d.ApplicationID}); err != nil {
		t.Fatal(err)
	}
	c, _, err := st.run(t, rotation(client.API10), script("", "new", "", "here", "", "", hidden(d.Password), func() string { return st.sim.Code(d.Email) }, "", "", ""))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	has(t, c, "A sign-in as svc-otp@example.com for", "may have created keys that nobody has")
	if st.signIns() != 2 {
		t.Errorf("%d sign-ins", st.signIns())
	}
}
