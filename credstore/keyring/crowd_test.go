package keyring_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/keyring"
	"mimecred/credstore/keyring/keyringtest"
)

// crowd is how many processes change profiles at the same time.
const crowd = 50

// rotator makes this test binary a process that rotates one profile once: the profile, the folder of the list, and a tag for
// the new credential.
const rotator = "KEYRING_TEST_ROTATOR"

// rotateOnce rotates a profile as a command does, waiting for its turn as long as it takes, and prints which version took the
// place of which.
func rotateOnce(name, dir, tag string) int {
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	v := credstore.NewVault(credstore.NewIndex(dir), time.Now, keyring.New(keyring.Options{}))
	defer v.Close()
	for {
		from, to, err := rotate(ctx, v, name, tag)
		switch {
		case err == nil:
			fmt.Printf("%s > %s\n", from, to)
			return 0
		case credstore.KindOf(err) == credstore.Conflict:
			if sentence, fix := credstore.Explain(err); !strings.Contains(sentence, "is changing it") || fix == "" {
				fmt.Printf("not a clear sentence: %q, %q\n", sentence, fix)
				return 1
			}
		default:
			fmt.Println("failed:", err)
			return 1
		}
	}
}

func rotate(ctx context.Context, v *credstore.Vault, name, tag string) (from, to string, err error) {
	defer func() { _ = v.End(context.WithoutCancel(ctx), name, credstore.Left) }()
	change := credstore.UnfinishedChange{Name: name, Kind: credstore.Rotation, Store: keyring.Kind, Keep: credstore.DefaultKeep}
	if _, err := v.Begin(ctx, change); err != nil {
		return "", "", err
	}
	staged, err := v.Stage(ctx, keyring.Kind, crowdProfile(name), crowdPair(tag), credstore.Pasted)
	if err != nil {
		return "", "", err
	}
	activated, err := v.Activate(ctx, name, credstore.CheckSummary{At: time.Now(), OK: true, Version: staged.Pending.ID})
	if err != nil {
		return "", "", err
	}
	if err := v.End(ctx, name, credstore.Finished); err != nil {
		return "", "", err
	}
	from = "nothing"
	if activated.Previous != nil {
		from = activated.Previous.Credential.Identifier()
	}
	return from, activated.Current.Credential.Identifier(), nil
}

func crowdProfile(name string) credstore.Profile {
	return credstore.Profile{Name: name, API: client.API20, Endpoint: client.Endpoint{BaseURL: "https://api.services.mimecast.com"}}
}

func crowdPair(tag string) client.OAuth {
	return client.OAuth{ClientID: "id-" + tag, ClientSecret: secret.New("SECRET-" + tag)}
}

// crowds starts one process for each of the names, all at once, and gives what they printed.
func crowds(t *testing.T, dir string, names []string) []string {
	t.Helper()
	keyringtest.Need(t)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	out := make([]bytes.Buffer, len(names))
	var done sync.WaitGroup
	for i, name := range names {
		cmd := exec.CommandContext(t.Context(), self, name, dir, fmt.Sprint(i))
		cmd.Env = append(os.Environ(), rotator+"=1", "GORACE=atexit_sleep_ms=0")
		cmd.Stdout, cmd.Stderr = &out[i], &out[i]
		done.Go(func() {
			if err := cmd.Run(); err != nil {
				t.Errorf("process %d: %v: %s", i, err, out[i].String())
			}
		})
	}
	done.Wait()
	said := make([]string, len(names))
	for i := range out {
		said[i] = strings.TrimSpace(out[i].String())
	}
	return said
}

// TestFiftyProcessesRotateOneProfile: every one has its turn, and each replaces what the one before it activated: no
// change is lost, and none is seen twice.
func TestFiftyProcessesRotateOneProfile(t *testing.T) {
	keyringtest.Need(t)
	dir := t.TempDir()
	v := credstore.NewVault(credstore.NewIndex(dir), time.Now, keyring.New(keyring.Options{}))
	defer v.Close()
	if _, _, err := rotate(t.Context(), v, "crowded", "first"); err != nil {
		t.Fatal(err)
	}
	names := slices.Repeat([]string{"crowded"}, crowd)
	replaced := map[string]string{}
	for _, line := range crowds(t, dir, names) {
		from, to, found := strings.Cut(line, " > ")
		if other, twice := replaced[from]; !found || twice {
			t.Fatalf("%q: %s was replaced by %s already", line, from, other)
		}
		replaced[from] = to
	}
	last, turns := "id-first", 0
	for replaced[last] != "" {
		last, turns = replaced[last], turns+1
	}
	r, err := v.Load(t.Context(), "crowded")
	if err != nil || turns != crowd || r.Current.Credential.Identifier() != last || r.Pending != nil {
		t.Fatalf("%d turns in a row end at %s; stored %+v, %v", turns, last, r, err)
	}
	if item, err := session.Lookup("crowded"); err != nil || !strings.Contains(item, last) {
		t.Errorf("another program reads: %v", err)
	}
	if e, known, err := v.Lookup("crowded"); err != nil || !known || e.Identifier != last {
		t.Errorf("the list says %+v, %v, %v", e, known, err)
	}
	if list, err := v.Unfinished(); err != nil || len(list) != 0 {
		t.Errorf("unfinished: %+v, %v", list, err)
	}
	if err := v.Delete(t.Context(), "crowded"); err != nil {
		t.Error(err)
	}
	t.Logf("counted: %d processes took turns at one profile", turns)
}

// TestFiftyProcessesRotateFiftyProfiles at the same time: each finds its own in the store and in the list.
func TestFiftyProcessesRotateFiftyProfiles(t *testing.T) {
	keyringtest.Need(t)
	dir := t.TempDir()
	v := credstore.NewVault(credstore.NewIndex(dir), time.Now, keyring.New(keyring.Options{}))
	defer v.Close()
	var names []string
	for i := range crowd {
		names = append(names, fmt.Sprintf("one-of-many-%d", i))
	}
	for i, line := range crowds(t, dir, names) {
		if want := fmt.Sprintf("nothing > id-%d", i); line != want {
			t.Errorf("process %d says %q, want %q", i, line, want)
		}
	}
	entries, err := v.Entries()
	if err != nil || len(entries) != crowd {
		t.Fatalf("%d profiles are listed, %v", len(entries), err)
	}
	for i, name := range names {
		r, err := v.Load(t.Context(), name)
		if err != nil || !client.Same(r.Current.Credential, crowdPair(fmt.Sprint(i))) || r.Pending != nil {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
		if err := v.Delete(t.Context(), name); err != nil {
			t.Error(err)
		}
	}
	if list, err := v.Unfinished(); err != nil || len(list) != 0 {
		t.Errorf("unfinished: %+v, %v", list, err)
	}
	t.Logf("counted: %d processes rotated a profile each", crowd)
}
