package main

import (
	"encoding/json"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"mimecred/client"
	"mimecred/client/simulator"
	"mimecred/credstore/keyring/keyringtest"
)

// patient is what doctor says with -o json, by id.
type patient struct {
	called
	doctorJSON
}

func examined(t *testing.T, p program, args ...string) patient {
	t.Helper()
	got := patient{called: p.run(t, "", append([]string{"doctor", "-o", "json"}, args...)...)}
	if err := json.Unmarshal([]byte(got.out), &got.doctorJSON); err != nil || got.Schema != 1 || got.OK != (got.code == exitDone) {
		t.Fatalf("exit %d, %v\n%s%s", got.code, err, got.out, got.err)
	}
	return got
}

// is the finding with an id; the zero finding where there is none.
func (p patient) is(id string) finding {
	if i := slices.IndexFunc(p.Findings, func(f finding) bool { return f.ID == id }); i >= 0 {
		return p.Findings[i]
	}
	return finding{}
}

func (p patient) wants(t *testing.T, code int, states map[string]client.State) {
	t.Helper()
	if p.code != code {
		t.Errorf("exit %d, want %d", p.code, code)
	}
	for id, state := range states {
		if got := p.is(id); got.State != state || got.Detail == "" && state != "" {
			t.Errorf("%s is %+v, want %q", id, got, state)
		}
	}
	if t.Failed() {
		t.Fatalf("%s%s", p.out, p.err)
	}
}

// listed writes a list with a profile at each base URL, without a store that has it.
func (p program) listed(t *testing.T, store string, bases ...string) {
	t.Helper()
	var entries []map[string]string
	for i, base := range bases {
		entries = append(entries, map[string]string{"name": "acme-" + string(rune('a'+i)), "api": "2.0", "base_url": base, "store": store})
	}
	dir := filepath.Join(p.home, "config", "mimecred")
	text, err := json.Marshal(map[string]any{"schema": 1, "profiles": entries})
	if err == nil {
		err = os.MkdirAll(dir, 0o700)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "index.json"), text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestDoctorWithAKeyring: unlocked it is tested and nothing is left in it; locked, stopped or without a service it is a finding, and stays
// as it is.
func TestDoctorWithAKeyring(t *testing.T) {
	t.Parallel()
	session := keyringtest.New(t)
	sim := simulator.New()
	server := httptest.NewServer(sim)
	t.Cleanup(server.Close)
	p := newProgram(t, "DBUS_SESSION_BUS_ADDRESS="+session.Address(), "HTTPS_PROXY=http://somebody:sentinel-of-the-proxy@proxy.invalid:3128")
	from := readyFrom(t, sim, server.URL, "oauth-ok")
	if got := p.run(t, asJSON(t, from), "setup", "--from", "-", "-q"); got.code != exitDone {
		t.Fatalf("setup: exit %d\n%s", got.code, got.err)
	}
	fine := map[string]client.State{
		"version": client.Passed, "terminal": client.Passed, "clipboard": client.Skipped, "store.keyring": client.Passed, "store.file": client.Skipped,
		"list": client.Passed, "unfinished": client.Passed, "network.proxy": client.Passed, "network.dns": client.Passed, "network.reach": client.Passed,
		"network.clock": client.Passed,
	}
	got := examined(t, p)
	got.wants(t, exitDone, fine)
	shown := got.out + got.err
	text := p.run(t, "", "doctor")
	for _, words := range []string{"✓ Store keyring", "written, read, compared and deleted", "1 profile in ~", "✓ Clock"} {
		if !strings.Contains(text.out, words) {
			t.Errorf("%q is not in\n%s", words, text.out)
		}
	}
	cmd := exec.CommandContext(t.Context(), "secret-tool", "search", "--all", "service", "mimecred")
	cmd.Env = append(session.Env(), "DBUS_SESSION_BUS_ADDRESS="+session.Address())
	if out, err := cmd.CombinedOutput(); err != nil || strings.Count(string(out), "attribute.username") != 1 {
		t.Errorf("other items than that of the profile are in the keyring (%v):\n%s", err, out)
	}

	if err := session.Lock(); err != nil {
		t.Fatal(err)
	}
	got = examined(t, p)
	got.wants(t, exitStore, map[string]client.State{"store.keyring": client.Failed, "network.reach": client.Passed})
	if f := got.is("store.keyring"); f.Kind != "locked" || !strings.Contains(f.Detail, "locked") || f.Fix == "" {
		t.Errorf("a locked keyring is %+v", f)
	}
	for _, secret := range append([]string{"sentinel-of-the-proxy", "somebody"}, secretValues(from)...) {
		if strings.Contains(shown+text.out+text.err+got.out+got.err, secret) {
			t.Errorf("%d characters that are nobody's business are in the output", len(secret))
		}
	}
	if err := session.Stop(); err != nil {
		t.Fatal(err)
	}
	got = examined(t, p, "--offline")
	_ = session.Continue()
	got.wants(t, exitStore, map[string]client.State{"store.keyring": client.Failed, "network.reach": ""})
	if f := got.is("store.keyring"); f.Kind != "timed_out" || !strings.Contains(f.Detail, "does not answer") {
		t.Errorf("a keyring that is stopped is %+v", f)
	}
}

func secretValues(from map[string]any) []string {
	var all []string
	for _, v := range secretsIn(from) {
		all = append(all, v)
	}
	return all
}

// TestDoctorWithoutAKeyring: that is a failure where profiles go there, and a warning where the encrypted files are used.
func TestDoctorWithoutAKeyring(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	got := examined(t, p, "--offline")
	got.wants(t, exitStore, map[string]client.State{"store.keyring": client.Failed, "store.file": client.Skipped, "list": client.Passed})
	if f := got.is("store.keyring"); f.Kind != "unavailable" || !strings.Contains(f.Fix, "--store file") {
		t.Errorf("no keyring is %+v", f)
	}
	if files, _ := filepath.Glob(filepath.Join(p.home, "config", "mimecred", "*")); len(files) > 0 {
		t.Errorf("it leaves %v", files)
	}

	secret := filepath.Join(p.home, "passphrase")
	if err := os.WriteFile(secret, []byte("sentinel of the files\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p.env = append(p.env, "MIMECRED_STORE=file", "MIMECRED_PASSPHRASE_FILE="+secret)
	sim := simulator.New()
	server := httptest.NewServer(sim)
	t.Cleanup(server.Close)
	cmd := exec.CommandContext(t.Context(), "mimecred-quick", "setup", "--from", "-", "-q")
	cmd.Env, cmd.Dir, cmd.Stdin = p.env, p.home, strings.NewReader(asJSON(t, readyFrom(t, sim, server.URL, "oauth-ok")))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	before, _ := filepath.Glob(filepath.Join(p.home, "config", "mimecred", "credentials", "*"))
	got = examined(t, p)
	got.wants(t, exitDone, map[string]client.State{"store.keyring": client.Warning, "store.file": client.Passed})
	if after, _ := filepath.Glob(filepath.Join(p.home, "config", "mimecred", "credentials", "*")); !slices.Equal(before, after) {
		t.Errorf("it leaves %v beside %v", after, before)
	}
	if strings.Contains(got.out+got.err, "sentinel of") {
		t.Error("the passphrase is in the output")
	}
	p.env = append(p.env, "MIMECRED_PASSPHRASE_FILE=") // the later one counts
	examined(t, p, "--offline").wants(t, exitDone, map[string]client.State{"store.file": client.Skipped})
}

// TestDoctorOnTheNetwork: what does not answer is 4, below a store that fails; a host that Mimecast does not list is never called.
func TestDoctorOnTheNetwork(t *testing.T) {
	t.Parallel()
	var visits atomic.Int64
	proxy := count(t, "tcp", "127.0.0.1:0", &visits)
	p := newProgram(t, "MIMECRED_STORE=file", "HTTPS_PROXY=http://"+proxy)
	p.listed(t, "file", "https://gateway.example.org", "http://127.0.0.1:1", "http://127.0.0.1:1")
	if got := examined(t, p, "--offline"); got.is("network.reach").ID != "" || visits.Load() != 0 {
		t.Errorf("--offline calls somebody, %d times\n%s", visits.Load(), got.out)
	}
	got := examined(t, p)
	got.wants(t, exitUnjudged, map[string]client.State{"list": client.Passed})
	called := 0
	for _, f := range got.Findings {
		switch {
		case f.Host == "gateway.example.org" && f.State != client.Skipped:
			t.Errorf("a host that is not listed: %+v", f)
		case f.Host == "127.0.0.1:1" && f.ID == "network.reach":
			if called++; f.State != client.Failed || f.Kind != "network" || f.Fix == "" {
				t.Errorf("a port where nobody listens: %+v", f)
			}
		}
	}
	if called != 1 || visits.Load() != 0 {
		t.Errorf("one host is called %d times, the proxy %d times", called, visits.Load())
	}
	p.listed(t, "file") // without a profile, that of API 2.0 is called
	got = examined(t, p)
	if f := got.is("network.reach"); f.Host != "api.services.mimecast.com" || f.State != client.Failed || visits.Load() == 0 {
		t.Errorf("%+v, the proxy was called %d times", f, visits.Load())
	}
	p.listed(t, "keyring", "http://127.0.0.1:1")
	examined(t, p).wants(t, exitStore, map[string]client.State{"store.keyring": client.Failed})
}

// TestDoctorOfTheList: what others may write to is a warning, what cannot be read a failure.
func TestDoctorOfTheList(t *testing.T) {
	t.Parallel()
	p := newProgram(t, "MIMECRED_STORE=file")
	p.listed(t, "file", "http://127.0.0.1:1")
	path := filepath.Join(p.home, "config", "mimecred", "index.json")
	if err := os.Chmod(filepath.Dir(path), 0o770); err != nil {
		t.Fatal(err)
	}
	got := examined(t, p, "--offline")
	got.wants(t, exitDone, map[string]client.State{"list": client.Warning})
	if f := got.is("list"); f.Fix != "chmod 700 ~/config/mimecred ends that." {
		t.Errorf("%+v", f)
	}
	if err := os.WriteFile(path, []byte(`{"schema":99}`), 0o600); err != nil {
		t.Fatal(err)
	}
	examined(t, p, "--offline").wants(t, exitStore, map[string]client.State{"list": client.Failed})
}
