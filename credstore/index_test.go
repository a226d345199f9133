package credstore_test

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mimecred/client"
	"mimecred/credstore"
)

func TestIndexKeepsEverything(t *testing.T) {
	for _, test := range []struct {
		name  string
		index *credstore.Index
	}{{"file", credstore.NewIndex(filepath.Join(t.TempDir(), "not", "there", "yet"))}, {"memory", credstore.NewMemoryIndex()}} {
		t.Run(test.name, func(t *testing.T) {
			index := test.index
			if all, err := index.All(); err != nil || len(all) != 0 {
				t.Fatalf("All() of nothing = %v, %v", all, err)
			}
			want := credstore.Entry{
				Name: "acme", Integration: "axonius-mimecast-v2", API: client.API20, Region: "us", Store: "keyring",
				BaseURL: "https://us-api.services.mimecast.com", Identifier: "id <&>", CurrentSince: morning, Pending: true, Previous: true,
				Account:   &credstore.AccountName{Name: "Example & Söhne", Code: "CUSA00A000", Region: "us"},
				LastCheck: &credstore.CheckSummary{At: morning, OK: true, Passed: 3, Warnings: 2, Failed: 1, Skipped: 4},
			}
			if err := index.Update("acme", func(e *credstore.Entry) { *e = want; e.Name = "ignored" }); err != nil {
				t.Fatal(err)
			}
			for _, name := range []string{"zeta", "beta", "Acme"} {
				if err := index.Update(name, func(e *credstore.Entry) { e.Store = "memory" }); err != nil {
					t.Fatal(err)
				}
			}
			got, found, err := index.Get("acme")
			if err != nil || !found {
				t.Fatalf("Get = %v, %v", found, err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("Get:\n%s", diff)
			}
			if err := index.Remove("beta"); err != nil {
				t.Fatal(err)
			}
			if err := index.Remove("nobody"); err != nil {
				t.Fatal(err)
			}
			all, err := index.All()
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]string{"Acme", "acme", "zeta"}, names(all)); diff != "" {
				t.Errorf("All():\n%s", diff)
			}
			wantKind(t, index.Update("no/name", func(*credstore.Entry) {}), credstore.Broken)
			if _, found, err := index.Get("nobody"); found || err != nil {
				t.Errorf("Get(nobody) = %v, %v", found, err)
			}
		})
	}
}

func names(entries []credstore.Entry) []string {
	var all []string
	for _, e := range entries {
		all = append(all, e.Name)
	}
	return all
}

func TestIndexIsForItsOwnerAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("SKIP: Windows has no permission bits")
	}
	dir := filepath.Join(t.TempDir(), "mimecred")
	v := credstore.NewVault(credstore.NewIndex(dir), clock, credstore.NewMemory())
	t.Cleanup(v.Close)
	if _, err := v.Stage(t.Context(), "memory", profile("acme"), oauth("one"), credstore.Pasted); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		want := fs.FileMode(0o600)
		if d.IsDir() {
			want = 0o700
		}
		if info.Mode().Perm() != want {
			t.Errorf("%s has mode %v, want %v", path, info.Mode().Perm(), want)
		}
		if text, err := os.ReadFile(path); !d.IsDir() && (err != nil || strings.Contains(string(text), "SECRET")) {
			t.Errorf("%s holds a secret (or cannot be read: %v)", path, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	v.Close()
	left, err := os.ReadDir(filepath.Join(dir, "locks"))
	if err != nil || len(left) != 0 {
		t.Errorf("locks left behind: %v, %v", left, err)
	}
}

func TestProcessesUpdateOneIndexAtOnce(t *testing.T) {
	dir := t.TempDir()
	const processes, times = 6, 10
	var running []*exec.Cmd
	for p := range processes {
		cmd := exec.Command(os.Args[0], dir, fmt.Sprint(times))
		cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%d", updater, p))
		cmd.Stderr = os.Stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		running = append(running, cmd)
	}
	for _, cmd := range running {
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	}
	index := credstore.NewIndex(dir)
	all, err := index.All()
	if err != nil || len(all) != processes*times+1 {
		t.Errorf("%d entries, %v, want %d", len(all), err, processes*times+1)
	}
	shared, _, err := index.Get("shared")
	if err != nil || shared.LastCheck == nil || shared.LastCheck.Passed != processes*times {
		t.Errorf("the shared entry counted %+v, %v, want %d", shared.LastCheck, err, processes*times)
	}
}

func TestDamagedIndexIsSetAsideAndRebuilt(t *testing.T) {
	for _, test := range []struct {
		name   string
		damage func(string) string
		want   []string
	}{
		{"cut off", func(text string) string { return text[:len(text)-20] }, []string{"a", "b"}},
		{"a line of noise", func(text string) string {
			lines := strings.Split(text, "\n")
			lines[2] = lines[2][:20] + "\x00{{\"\"{garbage"
			return strings.Join(lines, "\n")
		}, []string{"a", "c"}},
		{"not JSON at all", func(string) string { return "hello {world}" }, nil},
		{"another kind of JSON", func(string) string { return `{"profiles":"none"}` }, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			index := credstore.NewIndex(dir)
			for _, name := range []string{"a", "b", "c"} {
				add := func(e *credstore.Entry) {
					e.Store, e.Account = "memory", &credstore.AccountName{Name: "Example {Corp}"}
				}
				if err := index.Update(name, add); err != nil {
					t.Fatal(err)
				}
			}
			file := filepath.Join(dir, "index.json")
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			bad := test.damage(string(text))
			if err := os.WriteFile(file, []byte(bad), 0o600); err != nil {
				t.Fatal(err)
			}
			if _, found, err := index.Get("a"); err != nil || found != (len(test.want) > 0) {
				t.Errorf("Get(a) of the damaged list = %v, %v", found, err)
			}

			all, err := index.All()
			wantKind(t, err, credstore.Damaged)
			if diff := cmp.Diff(test.want, names(all)); diff != "" {
				t.Errorf("rescued:\n%s", diff)
			}
			aside := filepath.Join(dir, "index.damaged-1.json")
			if sentence, fix := credstore.Explain(err); !strings.Contains(sentence, aside) || !strings.Contains(fix, "mimecred check NAME") {
				t.Errorf("Explain: %q, %q", sentence, fix)
			}
			if kept, err := os.ReadFile(aside); err != nil || string(kept) != bad {
				t.Errorf("set aside: %q, %v", kept, err)
			}
			again, err := index.All()
			if diff := cmp.Diff(test.want, names(again)); err != nil || diff != "" {
				t.Errorf("the second time: %v\n%s", err, diff)
			}
		})
	}
}

func TestDamagedIndexDoesNotStopAChange(t *testing.T) {
	dir := t.TempDir()
	for i := range 2 {
		if err := os.WriteFile(filepath.Join(dir, "index.json"), []byte("{"), 0o600); err != nil {
			t.Fatal(err)
		}
		index := credstore.NewIndex(dir)
		v := credstore.NewVault(index, clock, credstore.NewMemory())
		t.Cleanup(v.Close)
		if _, err := v.Stage(t.Context(), "memory", profile("acme"), oauth("one"), credstore.Pasted); err != nil {
			t.Fatal(err)
		}
		all, err := v.Entries()
		wantKind(t, err, credstore.Damaged) // it is still told
		if len(all) != 1 {
			t.Errorf("entries: %+v", all)
		}
		if _, err := os.Stat(filepath.Join(dir, fmt.Sprintf("index.damaged-%d.json", i+1))); err != nil {
			t.Error(err)
		}
		v.Close()
	}
}

func TestNewerIndexIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "index.json")
	if err := os.WriteFile(file, []byte(`{"schema":2,"profiles":[]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	index := credstore.NewIndex(dir)
	_, err := index.All()
	wantKind(t, err, credstore.Damaged)
	if !strings.Contains(err.Error(), "newer mimecred") {
		t.Errorf("the error does not say why: %v", err)
	}
	wantKind(t, index.Update("acme", func(*credstore.Entry) {}), credstore.Damaged)
	if text, err := os.ReadFile(file); err != nil || string(text) != `{"schema":2,"profiles":[]}` {
		t.Errorf("the file became %q, %v", text, err)
	}
}

func TestIndexThatCannotBeWritten(t *testing.T) {
	base := t.TempDir()
	file := filepath.Join(base, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	index := credstore.NewIndex(filepath.Join(file, "below")) // a directory below a file cannot be made
	err := index.Update("acme", func(*credstore.Entry) {})
	wantKind(t, err, credstore.Broken)
	if sentence, fix := credstore.Explain(err); !strings.Contains(sentence, "list of profiles") || !strings.Contains(fix, "--config") {
		t.Errorf("Explain: %q, %q", sentence, fix)
	}
	v := credstore.NewVault(index, clock, credstore.NewMemory())
	_, err = v.Stage(t.Context(), "memory", profile("acme"), oauth("one"), credstore.Pasted)
	wantKind(t, err, credstore.Broken)
}

func BenchmarkEntriesOfAThousand(b *testing.B) {
	index := thousand(b)
	v := credstore.NewVault(index, clock)
	b.ReportAllocs()
	for b.Loop() {
		if all, err := v.Entries(); err != nil || len(all) != 1000 {
			b.Fatal(len(all), err)
		}
	}
}

func BenchmarkLookupInAThousand(b *testing.B) {
	v := credstore.NewVault(thousand(b), clock)
	for b.Loop() {
		if _, found, err := v.Lookup("profile-500"); err != nil || !found {
			b.Fatal(found, err)
		}
	}
}

func BenchmarkUpdateInAThousand(b *testing.B) {
	index := thousand(b)
	for b.Loop() {
		if err := index.Update("profile-500", func(e *credstore.Entry) { e.Pending = !e.Pending }); err != nil {
			b.Fatal(err)
		}
	}
}

// thousand is an index file with a thousand entries as long as real ones.
func thousand(b *testing.B) *credstore.Index {
	b.Helper()
	var lines []string
	for i := range 1000 {
		lines = append(lines, fmt.Sprintf(`{"name":"profile-%03d","integration":"axonius-mimecast-v2","api":"2.0","region":"us",`+
			`"base_url":"https://us-api.services.mimecast.com","store":"keyring","identifier":"ZA7vkbu7NqcfBcGrXyWW8Rzk2sv2un2DCY7GGCX4BFWgJB",`+
			`"account":{"name":"Example Corp","code":"CUSA00A000","region":"us"},"active_since":"2026-11-22T10:00:00Z",`+
			`"last_check":{"at":"2026-11-22T10:00:00Z","ok":true,"passed":8,"warnings":0,"failed":0,"skipped":1}}`, i))
	}
	dir := b.TempDir()
	text := `{"schema":1,"profiles":[` + strings.Join(lines, ",\n") + `]}`
	if err := os.WriteFile(filepath.Join(dir, "index.json"), []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
	return credstore.NewIndex(dir)
}
