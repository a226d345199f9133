package credstore_test

import (
	"strings"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/storetest"
)

func TestSetUpAndRotate(t *testing.T) {
	b := newBench(t, credstore.NewMemory())
	if err := b.vault.Preflight(t.Context(), "memory", profile("acme")); err != nil {
		t.Fatalf("Preflight: %v", err)
	}
	if _, known, err := b.vault.Lookup("acme"); known || err != nil {
		t.Fatalf("Preflight left an entry: %v, %v", known, err)
	}

	staged := b.stage("acme", "one")
	wantTags(t, staged, "pending=one")
	if staged.Pending.ID == "" || !staged.Pending.CreatedAt.Equal(morning) || staged.Pending.Source != credstore.Pasted {
		t.Errorf("pending version is %+v", staged.Pending)
	}
	if e := b.entry("acme"); !e.Pending || !e.CurrentSince.IsZero() || e.Identifier != "" || e.Store != "memory" {
		t.Errorf("entry while pending: %+v", e)
	}

	first := b.activate("acme")
	wantTags(t, first, "active=one")
	if first.Current.ID != staged.Pending.ID || !first.Current.CheckedAt.Equal(passed().At) {
		t.Errorf("active version is %+v", first.Current)
	}
	e := b.entry("acme")
	if e.Pending || !e.CurrentSince.Equal(morning) || e.Account == nil || e.Account.Code != "CUSA00A000" || e.LastCheck.Passed != 5 {
		t.Errorf("entry once active: %+v", e)
	}

	wantTags(t, b.stage("acme", "two"), "active=one pending=two")
	if e := b.entry("acme"); !e.Pending || e.Identifier != "id-one" || e.CurrentSince.IsZero() {
		t.Errorf("entry while rotating: %+v", e)
	}
	wantTags(t, b.activate("acme"), "active=two previous=one")
	r, err := b.vault.Rollback(t.Context(), "acme", credstore.CheckSummary{})
	if err != nil {
		t.Fatal(err)
	}
	wantTags(t, r, "active=one previous=two")
	if e := b.entry("acme"); e.Identifier != "id-one" || !e.Previous {
		t.Errorf("entry after going back: %+v", e)
	}
	if r, err = b.vault.Retire(t.Context(), "acme", r.Previous.ID); err != nil {
		t.Fatal(err)
	}
	wantTags(t, r, "active=one")
	wantTags(t, b.load("acme"), "active=one")

	entries, err := b.vault.Entries()
	if err != nil || len(entries) != 1 || entries[0].Previous {
		t.Errorf("Entries() = %+v, %v", entries, err)
	}
	if err := b.vault.Delete(t.Context(), "acme"); err != nil {
		t.Fatal(err)
	}
	if _, err := b.vault.Load(t.Context(), "acme"); credstore.KindOf(err) != credstore.NotFound {
		t.Errorf("Load after Delete: %v", err)
	}
	if entries, err := b.vault.Entries(); err != nil || len(entries) != 0 {
		t.Errorf("Entries() after Delete = %+v, %v", entries, err)
	}
}

func TestActiveKeepsItsEndpointWhileAnotherIsPending(t *testing.T) {
	b := newBench(t, credstore.NewMemory())
	b.setUp("acme", "one")
	moved := profile("acme")
	moved.Region, moved.Endpoint.BaseURL = "uk", "https://uk-api.services.mimecast.com"
	moved.Endpoint.Proxy = client.Proxy{URL: "http://proxy:3128", Username: "u", Password: secret.New("SECRET-proxy")}
	if _, err := b.vault.Stage(t.Context(), "memory", moved, oauth("two"), credstore.Pasted); err != nil {
		t.Fatal(err)
	}
	r := b.load("acme")
	if r.Profile.Region != "us" || r.ProfileOf(r.Current).Region != "us" || r.ProfileOf(r.Pending).Region != "uk" {
		t.Fatalf("profiles: record %s, active %s, pending %s", r.Profile.Region, r.ProfileOf(r.Current).Region, r.ProfileOf(r.Pending).Region)
	}
	if e := b.entry("acme"); e.Region != "us" {
		t.Errorf("the index says %s while us is current", e.Region)
	}
	r = b.activate("acme")
	if r.Profile.Region != "uk" || r.ProfileOf(r.Previous).Region != "us" || !r.Profile.Endpoint.Proxy.Password.Equal(secret.New("SECRET-proxy")) {
		t.Fatalf("profiles once activated: record %s, previous %s", r.Profile.Region, r.ProfileOf(r.Previous).Region)
	}
	r, err := b.vault.Rollback(t.Context(), "acme", credstore.CheckSummary{})
	if err != nil || r.Profile.Region != "us" || r.ProfileOf(r.Previous).Region != "uk" || !r.Profile.Endpoint.Proxy.Password.IsZero() {
		t.Fatalf("profiles after going back: record %s, previous %s, %v", r.Profile.Region, r.ProfileOf(r.Previous).Region, err)
	}
}

func TestDiscard(t *testing.T) {
	b := newBench(t, credstore.NewMemory())
	b.stage("acme", "one")
	if err := b.vault.End(t.Context(), "acme", credstore.Discarded); err != nil {
		t.Fatal(err)
	}
	if _, err := b.store.Get(t.Context(), "acme"); credstore.KindOf(err) != credstore.NotFound {
		t.Errorf("the item is still there: %v", err)
	}
	if _, known, _ := b.vault.Lookup("acme"); known {
		t.Error("the entry is still there")
	}
	b.setUp("acme", "one")
	b.stage("acme", "two")
	for range 2 { // the second time there is nothing to discard
		if err := b.vault.End(t.Context(), "acme", credstore.Discarded); err != nil {
			t.Fatal(err)
		}
		wantTags(t, b.load("acme"), "active=one")
	}
	if err := b.vault.End(t.Context(), "nobody", credstore.Discarded); err != nil {
		t.Errorf("Discard of nothing: %v", err)
	}
}

func TestStagingAgain(t *testing.T) {
	b := newBench(t, credstore.NewMemory())
	one := b.stage("acme", "one")
	same := b.stage("acme", "one")
	if one.Pending.ID != same.Pending.ID {
		t.Error("the same credential staged again became another version")
	}
	other := b.stage("acme", "two")
	if other.Pending.ID == one.Pending.ID {
		t.Error("another credential kept the version's id")
	}
	wantTags(t, b.activate("acme"), "active=two")
}

func TestPromoteTwiceIsOnce(t *testing.T) {
	b := newBench(t, credstore.NewMemory())
	b.setUp("acme", "one")
	b.stage("acme", "two")
	b.activate("acme")
	_, err := b.vault.Activate(t.Context(), "acme", passed())
	wantKind(t, err, credstore.NotFound)
	wantTags(t, b.load("acme"), "active=two previous=one")
}

func TestPromoteWithFailedChecksIsRecordedAsSuch(t *testing.T) {
	b := newBench(t, credstore.NewMemory())
	b.stage("acme", "one")
	sum := passed()
	sum.OK, sum.Failed = false, 1
	r, err := b.vault.Activate(t.Context(), "acme", sum)
	if err != nil {
		t.Fatal(err)
	}
	if !r.Current.CheckedAt.IsZero() || b.entry("acme").LastCheck.OK {
		t.Errorf("a failed check was recorded as passed: %+v", r.Current)
	}
}

func TestRecordCheckTouchesNoStore(t *testing.T) {
	faulty := storetest.NewFaulty(credstore.NewMemory())
	b := newBench(t, faulty)
	b.setUp("acme", "one")
	before := faulty.Count(storetest.Any)
	sum := credstore.CheckSummary{At: morning.Add(time.Hour), Failed: 2}
	if err := b.vault.RecordCheck("acme", sum); err != nil {
		t.Fatal(err)
	}
	e := b.entry("acme")
	if e.LastCheck.Failed != 2 || e.Account == nil || e.Account.Name != "Example Corp" {
		t.Errorf("entry: %+v", e)
	}
	if _, err := b.vault.Entries(); err != nil {
		t.Fatal(err)
	}
	if got := faulty.Count(storetest.Any); got != before {
		t.Errorf("the store was touched %d times", got-before)
	}
	wantKind(t, b.vault.RecordCheck("nobody", sum), credstore.NotFound)
}

func TestRefusals(t *testing.T) {
	b := newBench(t, credstore.NewMemory())
	b.setUp("acme", "one")
	long := profile("long")
	long.InternalDomain = strings.Repeat("x", 3000)
	upper := profile("ACME")
	noAPI := profile("acme")
	noAPI.API = "3.0"
	half := client.OAuth{ClientID: "id"}
	for _, test := range []struct {
		name  string
		store string
		p     credstore.Profile
		c     client.Credential
		want  credstore.Kind
	}{
		{"too big", "memory", long, oauth("x"), credstore.TooBig},
		{"differs in capitals", "memory", upper, oauth("x"), credstore.Conflict},
		{"bad name", "memory", profile("-x"), oauth("x"), credstore.Broken},
		{"unknown API", "memory", noAPI, oauth("x"), credstore.Broken},
		{"other API", "memory", profile("acme"), legacy("x"), credstore.Broken},
		{"incomplete", "memory", profile("acme"), half, credstore.Broken},
		{"no identifier", "memory", profile("acme"), client.OAuth{ClientSecret: secret.New("x")}, credstore.Broken},
		{"no credential", "memory", profile("acme"), nil, credstore.Broken},
		{"no such store", "keyring", profile("acme"), oauth("x"), credstore.Unavailable},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := b.vault.Stage(t.Context(), test.store, test.p, test.c, credstore.Pasted)
			wantKind(t, err, test.want)
			if strings.Contains(err.Error(), "SECRET") {
				t.Errorf("the error shows a secret: %v", err)
			}
			if entries, err := b.vault.Entries(); err != nil || len(entries) != 1 {
				t.Errorf("entries after a refusal: %+v, %v", entries, err)
			}
		})
		if test.c == nil || test.name == "other API" || test.name == "incomplete" || test.name == "no identifier" {
			continue
		}
		t.Run("preflight "+test.name, func(t *testing.T) {
			wantKind(t, b.vault.Preflight(t.Context(), test.store, test.p), test.want)
		})
	}
	_, err := b.vault.Rollback(t.Context(), "acme", credstore.CheckSummary{})
	wantKind(t, err, credstore.NotFound)
	_, err = b.vault.Activate(t.Context(), "acme", passed())
	wantKind(t, err, credstore.NotFound)
	_, err = b.vault.Activate(t.Context(), "nobody", passed())
	wantKind(t, err, credstore.NotFound)
	wantKind(t, b.vault.Delete(t.Context(), "nobody"), credstore.NotFound)
	wantKind(t, b.vault.Delete(t.Context(), "../x"), credstore.NotFound)
	_, err = b.vault.Load(t.Context(), "../x")
	wantKind(t, err, credstore.NotFound)
	_, err = credstore.NewVault(b.index, clock).Load(t.Context(), "acme")
	wantKind(t, err, credstore.Unavailable)
	_, err = credstore.NewVault(credstore.NewMemoryIndex(), clock).Load(t.Context(), "acme")
	wantKind(t, err, credstore.Unavailable)
	wantTags(t, b.load("acme"), "active=one")
}

func TestPreflightReckonsWithKeysThatDoNotExistYet(t *testing.T) {
	b := newBench(t, credstore.NewMemory())
	p := profile("acme")
	p.API = client.API10
	p.Endpoint.CAFile = "/" + strings.Repeat("x", 1600)
	wantKind(t, b.vault.Preflight(t.Context(), "memory", p), credstore.TooBig)
	p.Endpoint.CAFile = "/etc/ssl/corp.pem"
	if err := b.vault.Preflight(t.Context(), "memory", p); err != nil {
		t.Fatalf("Preflight: %v", err)
	}
	full := client.Legacy{
		ApplicationID: strings.Repeat("a", 36), ApplicationKey: secret.New(strings.Repeat("b", 36)),
		AccessKey: secret.New(strings.Repeat("c", 150)), SecretKey: secret.New(strings.Repeat("d", 88)),
	}
	for range 3 { // three versions as long as samples show, all of which must fit
		full.ApplicationID = full.ApplicationID[1:] + "z"
		if err := b.vault.Preflight(t.Context(), "memory", p); err != nil {
			t.Fatalf("Preflight: %v", err)
		}
		if _, err := b.vault.Stage(t.Context(), "memory", p, full, credstore.Created); err != nil {
			t.Fatalf("Stage: %v", err)
		}
		b.activate("acme")
	}
}

func TestPreflightFindsAStoreThatDoesNotKeep(t *testing.T) {
	for _, test := range []struct {
		name  string
		fault func(*storetest.Faulty)
		want  credstore.Kind
	}{
		{"not there", func(f *storetest.Faulty) { f.On(storetest.Available, 1, storetest.Fail(credstore.Unavailable)) }, credstore.Unavailable},
		{"locked", func(f *storetest.Faulty) { f.On(storetest.Get, 1, storetest.Fail(credstore.Locked)) }, credstore.Locked},
		{"refuses to write", func(f *storetest.Faulty) { f.On(storetest.Set, 1, storetest.Fail(credstore.Denied)) }, credstore.Denied},
		{"only says that it wrote", func(f *storetest.Faulty) { f.On(storetest.Set, 1, storetest.Lie()) }, credstore.Mismatch},
		{"changes what it keeps", func(f *storetest.Faulty) {
			f.On(storetest.Get, 2, storetest.Damage(func(item []byte) []byte { return item[1:] }))
		}, credstore.Mismatch},
		{"only says that it deleted", func(f *storetest.Faulty) { f.On(storetest.Delete, 1, storetest.Lie()) }, credstore.Mismatch},
		{"refuses to delete", func(f *storetest.Faulty) { f.On(storetest.Delete, 1, storetest.Fail(credstore.Denied)) }, credstore.Denied},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := storetest.NewFaulty(credstore.NewMemory())
			test.fault(f)
			b := newBench(t, f)
			wantKind(t, b.vault.Preflight(t.Context(), "memory", profile("acme")), test.want)
			if entries, err := b.vault.Entries(); err != nil || len(entries) != 0 {
				t.Errorf("entries after Preflight: %+v, %v", entries, err)
			}
		})
	}
}
