package flow

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore/lifecycle"
)

func noon() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }

// waiting is a set-up of API 1.0 that waits for its application.
func waiting() Answers {
	return Answers{
		Change: lifecycle.Change{
			Name: "acme", Store: "keyring", API: client.API10, Integration: "jupiterone", Region: "us", Also: []string{"netskope-cte-v1"},
			Features: map[string][]string{"jupiterone": {"users"}, "netskope-cte-v1": {}},
			BaseURL:  "https://us-api.mimecast.com", CAFile: "/etc/ca.pem", InternalDomain: "example.com",
			ApplicationID:  "8578fcfc",
			ApplicationKey: secret.New("application-key"), AccessKey: secret.New("access-key"), SecretKey: secret.New("secret-key"),
			Password: secret.New("password"), Email: "svc@example.com", SignIn: client.SignInCloud,
		},
		ConsoleWay: "new", NewApplication: true, ApplicationMadeAt: noon(), KeysWay: CreateHere, Ticked: map[string]bool{"b": true, "a": true, "c": false},
	}
}

func TestWaitLeft(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		change func(*Answers)
		after  time.Duration
		want   time.Duration
	}{
		"just created":      {nil, 0, 30 * time.Minute},
		"a while ago":       {nil, 18 * time.Minute, 12 * time.Minute},
		"over":              {nil, 31 * time.Minute, 0},
		"skipped":           {func(a *Answers) { a.WaitSkipped = true }, 0, 0},
		"exists already":    {func(a *Answers) { a.NewApplication = false }, 0, 0},
		"creation not seen": {func(a *Answers) { a.ApplicationMadeAt = time.Time{} }, 0, 0},
	} {
		a := waiting()
		if tt.change != nil {
			tt.change(&a)
		}
		if got := a.WaitLeft(noon().Add(tt.after)); got != tt.want {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}

func TestWaitIsForNewApplications(t *testing.T) {
	t.Parallel()
	a := waiting()
	if Next(Application, a) != Wait || Previous(Keys, a) != Wait || Next(Wait, a) != Keys {
		t.Errorf("the path is %v", Path(a))
	}
	a.NewApplication = false
	if slices.Contains(Path(a), Wait) {
		t.Error("an application that exists is waited for")
	}
	a.NewApplication, a.API = true, client.API20
	if slices.Contains(Path(a), Wait) {
		t.Error("API 2.0 has no such wait")
	}
}

// TestStateGoesRound keeps a state as JSON and takes it up again: nothing that is no secret is lost, and no secret is kept.
func TestStateGoesRound(t *testing.T) {
	t.Parallel()
	a := waiting()
	state, ok := StateOf(Wait, a, noon().Add(time.Hour))
	if !ok {
		t.Fatal("it is not worth keeping")
	}
	text, err := json.Marshal(state)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range []string{"application-key", "access-key", "secret-key", "password", secret.Redacted} {
		if strings.Contains(string(text), v) {
			t.Errorf("%s is kept: %s", v, text)
		}
	}
	var read State
	if err := json.Unmarshal(text, &read); err != nil {
		t.Fatal(err)
	}
	got, at := read.Resume(Answers{Unfinished: []State{read}, Ticked: map[string]bool{"z": true}})
	if at != Application {
		t.Errorf("it goes on at %v, and the application key is missing", at)
	}
	want := a
	want.ApplicationID = ""
	want.ApplicationKey, want.AccessKey, want.SecretKey, want.Password = secret.Value{}, secret.Value{}, secret.Value{}, secret.Value{}
	want.Ticked = map[string]bool{"a": true, "b": true, "z": true}
	want.Settled = map[Step]bool{Profile: true}
	if diff := cmp.Diff(want, got, cmp.Comparer(func(x, y secret.Value) bool { return x.Equal(y) })); diff != "" {
		t.Errorf("lost or added:\n%s", diff)
	}
	if read.At() != Wait || read.WaitLeft(noon().Add(10*time.Minute)) != 20*time.Minute {
		t.Errorf("at %v, %v left", read.At(), read.WaitLeft(noon().Add(10*time.Minute)))
	}
}

func TestStateWorthKeeping(t *testing.T) {
	t.Parallel()
	activated, nameless := waiting(), waiting()
	activated.Activated, nameless.Name = true, ""
	for name, tt := range map[string]struct {
		step    Step
		answers Answers
		want    bool
	}{
		"first questions":  {Connection, waiting(), false},
		"the walk-through": {Console, waiting(), true},
		"the keys":         {Keys, waiting(), true},
		"the check":        {Check, waiting(), true},
		"finished":         {Done, activated, false},
		"activated":        {Check, activated, false},
		"no name":          {Console, nameless, false},
	} {
		if _, ok := StateOf(tt.step, tt.answers, noon()); ok != tt.want {
			t.Errorf("%s: %v", name, ok)
		}
	}
}

func TestResumeOfAState(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		state State
		given map[Step]bool
		want  Step
	}{
		"walk-through":                  {State{Step: "console", API: client.API20}, nil, Console},
		"a host that was not kept":      {State{Step: "keys", API: client.API10}, nil, Region},
		"keys":                          {State{Step: "keys", API: client.API10}, nil, Application},
		"a proxy with a password":       {State{Step: "keys", API: client.API10, ProxyLogin: true}, nil, Connection},
		"a word of another version":     {State{Step: "dance", API: client.API20}, nil, Integration},
		"a step that is given":          {State{Step: "console", API: client.API20}, map[Step]bool{Console: true}, Application},
		"a step that is given, proxied": {State{Step: "check", API: client.API20, ProxyLogin: true}, map[Step]bool{Connection: true}, Console},
	} {
		if name != "a host that was not kept" {
			tt.state.BaseURL = "https://api.services.mimecast.com"
			tt.state.Name, tt.state.Store = "acme", "keyring"
		}
		if _, at := tt.state.Resume(Answers{Given: tt.given}); at != tt.want {
			t.Errorf("%s: %v, want %v", name, at, tt.want)
		}
	}
}

func TestEveryStepHasAWord(t *testing.T) {
	t.Parallel()
	for step, word := range words() {
		if (State{Step: word}).At() != step {
			t.Errorf("%s is not %v", word, step)
		}
	}
	for _, step := range []Step{Console, Application, Wait, Keys, Check} {
		if words()[step] == "" {
			t.Errorf("%v has no word", step)
		}
	}
}

func TestStatesExpire(t *testing.T) {
	t.Parallel()
	s := State{SavedAt: noon()}
	if s.Expired(noon().Add(29*24*time.Hour)) || !s.Expired(noon().Add(31*24*time.Hour)) {
		t.Error("a state lives 30 days")
	}
}

func TestContinueComesFirst(t *testing.T) {
	t.Parallel()
	a := Answers{Change: lifecycle.Change{API: client.API20}, Unfinished: []State{{Name: "acme"}}}
	if Next(None, a) != Continue || Next(Continue, a) != Integration {
		t.Errorf("the path is %v", Path(a))
	}
}

// TestStateKeepsNothingPastedIntoTheWrongField: a secret may have ended up in any field, also in one that is no secret's.
func TestStateKeepsNothingPastedIntoTheWrongField(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"c2VjcmV0LXZhbHVlLW9mLTY0LWNoYXJhY3RlcnM=", "/9cVjcmV0LXZhbHVlLXRoYXQtYmVnaW5zLXdpdGgtYS1zbGFzaA==", "s3cretvalueofhexdigits0123"} {
		a := Answers{
			Change: lifecycle.Change{
				Name: "acme", API: client.API20, ClientID: s, ApplicationID: s, BaseURL: s, CAFile: s, Email: s, InternalDomain: s,
				Proxy: client.Proxy{URL: "http://me:" + s + "@proxy:3128", Username: s},
			},
		}
		state, ok := StateOf(Application, a, noon())
		text, err := json.Marshal(state)
		if err != nil || !ok {
			t.Fatalf("kept %v: %v", ok, err)
		}
		if strings.Contains(string(text), s) {
			t.Errorf("what was pasted is kept: %s", text)
		}
		if !state.ProxyLogin {
			t.Error("it is not kept that the proxy wants a login")
		}
	}
	for _, s := range []string{"c2Vj.cmV0.LXZhbHVl", "Summer.2026!", "../c2VjcmV0"} {
		if state, _ := StateOf(Application, Answers{Change: lifecycle.Change{Name: "acme", CAFile: s}}, noon()); state.CAFile != "" {
			t.Errorf("%q is kept as a CA file: %q", s, state.CAFile)
		}
	}
	for text, want := range map[string]string{"svc@example.com": "svc@example.com", "svc@mail.example.co.uk": "svc@mail.example.co.uk", "a b@example.com": "", "svc@example": "", "@example.com": "", "svc@exam ple.com": ""} {
		if got := safeAddress(text); got != want {
			t.Errorf("%q is kept as %q", text, got)
		}
	}
}

// TestCAFileOfAStateIsKeptByItsWholePath: the set-up may be gone on with from another folder.
func TestCAFileOfAStateIsKeptByItsWholePath(t *testing.T) {
	there := filepath.Join(t.TempDir(), "authorities")
	if err := os.WriteFile(there, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Chdir(filepath.Dir(there))
	for _, path := range []string{"corp.pem", "./corp.CRT", "../corp.cer", "certs/corp.pem", "authorities", there, filepath.Join(filepath.Dir(there), "corp.pem")} {
		want, err := filepath.Abs(path)
		if err != nil {
			t.Fatal(err)
		}
		state, ok := StateOf(Application, Answers{Change: lifecycle.Change{Name: "acme", CAFile: path}}, noon())
		if a, _ := state.Resume(Answers{}); !ok || a.CAFile != want {
			t.Errorf("%q is gone on with as %q, want %q", path, a.CAFile, want)
		}
	}
}
