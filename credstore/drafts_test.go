package credstore

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

type note struct {
	Step string `json:"step"`
}

func draftNames(t *testing.T, d *Drafts) string {
	t.Helper()
	all, err := d.All()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, one := range all {
		var n note
		if err := json.Unmarshal(one.Text, &n); err != nil {
			t.Fatal(err)
		}
		names = append(names, one.Name+"="+n.Step)
	}
	return strings.Join(names, " ")
}

func TestDrafts(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "config")
	d := NewDrafts(dir)
	if got := draftNames(t, d); got != "" {
		t.Errorf("before anything: %s", got)
	}
	if err := d.Forget("acme"); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("looking made a directory")
	}
	for _, step := range []string{"console", "wait"} {
		if err := d.Keep("acme", note{step}); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Keep("Acme-2", note{"keys"}); err != nil {
		t.Fatal(err)
	}
	if got := draftNames(t, NewDrafts(dir)); got != "Acme-2=keys acme=wait" {
		t.Errorf("another reader finds %s", got)
	}
	info, err := os.Stat(filepath.Join(dir, "unfinished.json"))
	if err != nil {
		t.Fatal(err)
	}
	if mode := info.Mode().Perm(); mode != 0o600 && runtime.GOOS != "windows" {
		t.Errorf("the file's mode is %v", mode)
	}
	if err := d.Forget("acme"); err != nil {
		t.Fatal(err)
	}
	if got := draftNames(t, d); got != "Acme-2=keys" {
		t.Errorf("after forgetting: %s", got)
	}
	if err := d.Keep("../x", note{"keys"}); err == nil {
		t.Error("a name that is none was taken")
	}
}

// TestDraftsTogether has many write at once: nothing is lost.
func TestDraftsTogether(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			if err := NewDrafts(dir).Keep(fmt.Sprintf("p%02d", i), note{"wait"}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if got := strings.Count(draftNames(t, NewDrafts(dir)), "=wait"); got != 20 {
		t.Errorf("%d of 20 are there", got)
	}
}

func TestDraftsOfADamagedOrNewerFile(t *testing.T) {
	t.Parallel()
	write := func(text string) *Drafts {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "unfinished.json"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return NewDrafts(dir)
	}
	for _, text := range []string{"", "{", "[]", `{"schema":0}`, `{"schema":1}`, `{"schema":1,"profiles":{"../up":{}}}`} {
		d := write(text)
		if got := draftNames(t, d); got != "" {
			t.Errorf("%q holds %s", text, got)
		}
		if err := d.Keep("acme", note{"wait"}); err != nil {
			t.Errorf("%q: %v", text, err)
		}
		if got := draftNames(t, d); got != "acme=wait" {
			t.Errorf("%q holds %s afterwards", text, got)
		}
	}
	newer := write(`{"schema":2,"profiles":{"acme":{}}}`)
	if _, err := newer.All(); err == nil {
		t.Error("a newer file was read")
	}
	if err := newer.Keep("acme", note{"wait"}); err == nil {
		t.Error("a newer file was replaced")
	}
}

// TestNoteOfDraftIsSafeToShow: the file can be changed by anybody who may write it.
func TestNoteOfDraftIsSafeToShow(t *testing.T) {
	dir := t.TempDir()
	text := `{"schema":1,"profiles":{"acme":{"n":12345678901234567890,"base_url":"a\u001b[2J\u009b\u202eb","list":["\u0007c"],"below":{"d":"\u2066d"}}}}`
	if err := os.WriteFile(filepath.Join(dir, "unfinished.json"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	list, err := NewDrafts(dir).All()
	if err != nil || len(list) != 1 {
		t.Fatalf("%v, %v", list, err)
	}
	const want = `{"base_url":"a[2Jb","below":{"d":"d"},"list":["c"],"n":12345678901234567890}`
	if got := string(list[0].Text); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
