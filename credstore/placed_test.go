package credstore_test

import (
	"path/filepath"
	"testing"

	"mimecred/credstore"
)

// TestCAFileIsKeptByItsWholePath writes a relative CA file in every way that a profile comes to the vault, and reads it from
// the store in every state that a version can be in: a later command may be called from another folder.
func TestCAFileIsKeptByItsWholePath(t *testing.T) {
	for _, path := range []string{"corp.pem", "./corp.pem", "../corp.pem", "certs/corp", filepath.Join(t.TempDir(), "corp.pem"), ""} {
		want := path
		if path != "" {
			var err error
			if want, err = filepath.Abs(path); err != nil {
				t.Fatal(err)
			}
		}
		with := func(p credstore.Profile) credstore.Profile {
			p.Endpoint.CAFile = path
			return p
		}
		stage := func(b bench, p credstore.Profile, tag string) {
			if _, err := b.vault.Stage(b.Context(), "memory", p, oauth(tag), credstore.Pasted); err != nil {
				b.Fatal(err)
			}
		}
		for name, write := range map[string]func(b bench){
			"a first version": func(b bench) { stage(b, with(profile("acme")), "one") },
			"one current":     func(b bench) { stage(b, with(profile("acme")), "one"); b.activate("acme") },
			"one that follows": func(b bench) {
				stage(b, profile("acme"), "one")
				b.activate("acme")
				stage(b, with(profile("acme")), "two")
			},
			"a change": func(b bench) {
				stage(b, profile("acme"), "one")
				b.activate("acme")
				b.update(func(p *credstore.Profile) { p.Endpoint.CAFile = path })
			},
			"a change while one waits": func(b bench) {
				stage(b, profile("acme"), "one")
				b.activate("acme")
				stage(b, profile("acme"), "two")
				b.update(func(p *credstore.Profile) { p.Endpoint.CAFile = path })
			},
			"a change of something else": func(b bench) {
				stage(b, with(profile("acme")), "one")
				b.update(func(p *credstore.Profile) { p.InternalDomain = "example.com" })
			},
			"another name": func(b bench) {
				stage(b, with(profile("other")), "one")
				b.activate("other")
				if err := b.vault.End(t.Context(), "other", credstore.Finished); err != nil {
					b.Fatal(err)
				}
				if _, err := b.vault.Rename(b.Context(), "other", "acme"); err != nil {
					b.Fatal(err)
				}
			},
		} {
			t.Run(name+" "+path, func(t *testing.T) {
				b := quickBench(t, credstore.NewMemory())
				write(b)
				r := b.load("acme")
				newest := r.Pending
				if newest == nil {
					newest = r.Current
				}
				if got := r.ProfileOf(newest).Endpoint.CAFile; got != want {
					t.Errorf("kept as %q, want %q", got, want)
				}
			})
		}
	}
}

func (b bench) update(change func(*credstore.Profile)) {
	b.Helper()
	if _, err := b.vault.Update(b.Context(), "acme", change); err != nil {
		b.Fatal(err)
	}
}

// TestUnchangedCAFileIsNotPlaced: a relative path that is stored already was meant from another folder, perhaps.
func TestUnchangedCAFileIsNotPlaced(t *testing.T) {
	store := credstore.NewMemory()
	b := quickBench(t, store)
	p := profile("acme")
	p.Endpoint.CAFile = "corp.pem"
	item, err := credstore.Encode(credstore.Record{Profile: p, Current: &credstore.Version{ID: "one", Credential: oauth("one"), Source: credstore.Pasted, CreatedAt: morning}})
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Set(t.Context(), "acme", item); err != nil {
		t.Fatal(err)
	}
	b.load("acme")
	b.update(func(p *credstore.Profile) { p.RotateAfter = credstore.Never })
	if got := b.load("acme").Profile.Endpoint; got.CAFile != "corp.pem" {
		t.Errorf("%+v", got)
	}
}
