package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/client/simulator"
)

// called is what one command line did.
type called struct {
	code     int
	out, err string
}

// call runs one command line in this process, with an environment of its own.
func call(t testing.TB, env map[string]string, in string, args ...string) called {
	t.Helper()
	return callContext(t.Context(), env, in, args...)
}

func callContext(ctx context.Context, env map[string]string, in string, args ...string) called {
	var out, errs bytes.Buffer
	code := run(ctx, args, streams{in: strings.NewReader(in), out: &out, err: &errs}, func(name string) string { return env[name] })
	return called{code: code, out: out.String(), err: errs.String()}
}

// startedSimulator runs a simulator until the test ends.
func startedSimulator(t testing.TB, opts ...simulator.Option) *simulator.Running {
	t.Helper()
	running, err := simulator.Start(t.Context(), "127.0.0.1:0", opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = running.Close() })
	return running
}

func asJSON(t testing.TB, value any) string {
	t.Helper()
	raw, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// failedKinds are the kinds of the failed checks of one profile.
func failedKinds(o checkedJSON) []client.Kind {
	var kinds []client.Kind
	for _, c := range o.Checks {
		if c.State == client.Failed {
			kinds = append(kinds, c.Kind)
		}
	}
	return kinds
}

// TestCheckOfReadyCredentials: what simulate prints, one by one, gives the kind and the exit code that it promises.
func TestCheckOfReadyCredentials(t *testing.T) {
	t.Parallel()
	running := startedSimulator(t)
	list := append(running.Server.Credentials(running.URL), running.Server.IntegrationCredentials(running.URL)...)
	if len(list) < 8 {
		t.Fatalf("the simulator has only %d credentials", len(list))
	}
	for _, ready := range list {
		t.Run(ready.Name, func(t *testing.T) {
			t.Parallel()
			got := call(t, nil, asJSON(t, ready.From), "check", "--from", "-", "-o", "json")
			if got.code != ready.Exit {
				t.Errorf("exit %d, want %d\n%s%s", got.code, ready.Exit, got.out, got.err)
			}
			var list []checkedJSON
			if err := json.Unmarshal([]byte(got.out), &list); err != nil || len(list) != 1 {
				t.Fatalf("the output is no array of one: %v\n%s", err, got.out)
			}
			if list[0].OK != (ready.Exit == 0) || list[0].Profile != ready.Name {
				t.Errorf("ok is %v for %q", list[0].OK, list[0].Profile)
			}
			kinds := failedKinds(list[0])
			if ready.Kind == "" && len(kinds) > 0 || ready.Kind != "" && (len(kinds) == 0 || kinds[0] != client.Kind(ready.Kind)) {
				t.Errorf("failed with %v, want %q\n%s", kinds, ready.Kind, got.out)
			}
			for i, id := range []string{client.CheckReach, client.CheckClock, client.CheckCredentials, client.CheckAccount} {
				if i >= len(list[0].Checks) || list[0].Checks[i].ID != id && ready.Exit == 0 {
					t.Errorf("check %d is not %q\n%s", i, id, got.out)
				}
			}
		})
	}
}

// TestCheckWithOneTimeCode: the code that was sent after a try without one makes the same credential pass, and the key
// that was created for the test is gone afterwards.
func TestCheckWithOneTimeCode(t *testing.T) {
	t.Parallel()
	running := startedSimulator(t)
	from := readyNamed(t, running, "legacy-otp").From
	create, _ := from["create_keys"].(map[string]any)
	email, _ := create["email"].(string)
	if got := call(t, nil, asJSON(t, from), "check", "--from", "-"); got.code != exitRefused ||
		!strings.Contains(got.out, "one-time code") {
		t.Fatalf("without a code: exit %d\n%s%s", got.code, got.out, got.err)
	}
	create["otp"] = running.Server.Code(email)
	got := call(t, nil, asJSON(t, from), "check", "--from", "-")
	if got.code != exitDone {
		t.Fatalf("with the code: exit %d\n%s%s", got.code, got.out, got.err)
	}
	if !strings.Contains(got.err, "logged out again") {
		t.Errorf("nothing is said of the key that was created:\n%s", got.err)
	}
	if n := countPath(running, "/api/login/logout"); n != 1 {
		t.Errorf("%d calls logged out, want 1", n)
	}
	if n := countPath(running, signInPath); n != 2 {
		t.Errorf("%d sign-ins, want 2: one a try", n)
	}
	create["otp"] = "000000"
	if got := call(t, nil, asJSON(t, from), "check", "--from", "-"); got.code != exitRefused {
		t.Errorf("with a wrong code: exit %d\n%s", got.code, got.out)
	}
}

func countPath(running *simulator.Running, path string) int {
	n := 0
	for _, r := range running.Server.Requests() {
		if r.Path == path {
			n++
		}
	}
	return n
}

func readyNamed(t testing.TB, running *simulator.Running, name string) simulator.Ready {
	t.Helper()
	for _, r := range running.Server.Credentials(running.URL) {
		if r.Name == name {
			return r
		}
	}
	t.Fatalf("the simulator has no credential %q", name)
	return simulator.Ready{}
}

// TestCheckOfAll: all at once, in their order, and the highest exit code.
func TestCheckOfAll(t *testing.T) {
	t.Parallel()
	running := startedSimulator(t)
	var list []any
	highest := 0
	for _, r := range running.Server.Credentials(running.URL) {
		list = append(list, map[string]any{"name": r.Name, "from": r.From})
		highest = max(highest, r.Exit)
	}
	got := call(t, nil, asJSON(t, list), "check", "--from", "-", "-o", "json", "--concurrency", "3")
	var checked []checkedJSON
	if err := json.Unmarshal([]byte(got.out), &checked); err != nil || len(checked) != len(list) {
		t.Fatalf("%d of %d, %v\n%s%s", len(checked), len(list), err, got.out, got.err)
	}
	for i, r := range running.Server.Credentials(running.URL) {
		if checked[i].Profile != r.Name {
			t.Errorf("%d is %q, want %q", i, checked[i].Profile, r.Name)
		}
	}
	if got.code != highest {
		t.Errorf("exit %d, want %d", got.code, highest)
	}
}

// TestCheckOfNobody: what cannot be reached cannot be judged.
func TestCheckOfNobody(t *testing.T) {
	t.Parallel()
	running := startedSimulator(t)
	from := firstReady(t, running).From
	if err := running.Close(); err != nil {
		t.Fatal(err)
	}
	got := call(t, nil, asJSON(t, from), "check", "--from", "-", "-o", "json")
	if got.code != exitUnjudged {
		t.Errorf("exit %d, want %d\n%s", got.code, exitUnjudged, got.out)
	}
	legacy := readyNamed(t, running, "legacy-no-otp").From
	got = call(t, nil, asJSON(t, legacy), "check", "--from", "-", "-o", "json")
	var checked []checkedJSON
	if err := json.Unmarshal([]byte(got.out), &checked); err != nil {
		t.Fatal(err)
	}
	if kinds := failedKinds(checked[0]); got.code != exitUnjudged || len(kinds) != 1 || kinds[0] != client.Network {
		t.Errorf("exit %d, kinds %v\n%s", got.code, kinds, got.out)
	}
	if _, err := os.Stat("index.json"); err == nil {
		t.Error("the check of unsaved credentials wrote an index")
	}
}
