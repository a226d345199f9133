package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// crash is a program of the tests: it reads credentials as --from does and crashes with all of them at hand, in the way
// that its argument names.
func crash() {
	list, err := decodeFrom(os.Stdin, "", true)
	if err != nil {
		panic(err)
	}
	t := target{given: list[0]}
	crashWith(os.Args[1], t, outcome{target: t})
}

//go:noinline
func crashWith(way string, t target, o outcome) {
	// Verbs that fit no struct are what a hurried line of debugging uses all the same.
	verbs := "%s %q %x %d"
	switch way {
	case "struct":
		panic(t)
	case "pointer":
		panic(&o)
	case "credential":
		panic(t.credential)
	case "sign-in":
		panic(*t.signIn)
	case "secret":
		panic(t.credential.Secrets()[0])
	case "error":
		panic(fmt.Errorf("%v %+v %#v: "+verbs, t, t, t, t, t, t, t))
	case "text":
		panic(fmt.Sprintf("%v %+v %#v: "+verbs, o, o, &o, o, &o, o, o))
	case "joined":
		panic(errors.Join(errors.New("broken"), fmt.Errorf("%+v", t.given)))
	default:
		var nobody *target
		panic(nobody.profile.Name)
	}
}

// TestCrashShowsNoSecret: whatever a panic happens to hold, its message and the traces of all goroutines show no secret.
func TestCrashShowsNoSecret(t *testing.T) {
	t.Parallel()
	running := startedSimulator(t)
	for _, way := range []string{"struct", "pointer", "credential", "sign-in", "secret", "error", "text", "joined", "nil"} {
		name := "legacy-ok"
		if way == "sign-in" {
			name = "legacy-no-otp"
		}
		from := readyNamed(t, running, name).From
		from["proxy"] = map[string]any{"url": "http://127.0.0.1:3128", "username": "user", "password": "made-up-proxy-password"}
		watch := &watcher{}
		watch.add(name, secretsIn(from))
		cmd := exec.CommandContext(t.Context(), "mimecred-crash", way)
		cmd.Env = append(newProgram(t).env, "GOTRACEBACK=all")
		cmd.Stdin = strings.NewReader(asJSON(t, from))
		out, err := cmd.CombinedOutput()
		if code := exitOf(t, err); code != 2 || !strings.Contains(string(out), "goroutine 1 [running]") {
			t.Errorf("%s: exit %d, and no crash: %s", way, code, out)
		}
		for _, what := range watch.shown(string(out)) {
			t.Errorf("a crash with a %s shows %s", way, what)
		}
	}
}
