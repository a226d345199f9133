package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"mimecred/client/simulator"
	"mimecred/credstore/keyring/keyringtest"
)

func TestMain(m *testing.M) {
	programs := map[string]func(){"mimecred": main, "mimecred-crash": crash, "mimecred-doomed": doomed, "mimecred-quick": quick}
	maps.Copy(programs, onTerminals())
	testscript.Main(m, programs)
}

// quick is the program mimecred-quick: mimecred whose new passphrases cost no time.
func quick() {
	ctx, stop := catchSignals()
	a := newApp(streams{in: os.Stdin, out: os.Stdout, err: os.Stderr}, os.Getenv)
	a.workFactor = 4
	executeAndExit(ctx, a, stop)
}

// executeAndExit runs the command line of this process with an app that a test has made.
func executeAndExit(ctx context.Context, a *app, stop func()) {
	root := newRootCmd(a)
	root.SetArgs(os.Args[1:])
	code := a.report(ctx, root.ExecuteContext(ctx))
	a.close()
	stop()
	os.Exit(code)
}

// TestScripts runs testdata/script: no terminal, no colour, no keyring, its own home.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		Cmds:                scriptCommands(),
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		RequireExplicitExec: true,
		Setup:               quietHome,
	})
}

// quietHome gives a script a home of its own and no session: nothing of this machine's user is reached.
func quietHome(env *testscript.Env) error {
	env.Values[scriptKey{}] = &script{}
	home := filepath.Join(env.WorkDir, "home")
	for name, value := range map[string]string{
		"HOME": home, "XDG_CONFIG_HOME": filepath.Join(home, "config"), "XDG_RUNTIME_DIR": filepath.Join(home, "run"),
		"DBUS_SESSION_BUS_ADDRESS": "", "DISPLAY": "", "LC_ALL": "C", "TZ": "UTC", "NO_COLOR": "", "MIMECRED_STORE": "",
		"MIMECRED_CONFIG": "", "HTTPS_PROXY": "", "HTTP_PROXY": "",
		"GORACE": withoutPause,
	} {
		env.Setenv(name, value)
	}
	return os.MkdirAll(filepath.Join(home, "run"), 0o700)
}

// withoutPause is for GORACE: programs built with the race detector wait a second at their end for the output of others,
// and these tests start a few hundred of them.
const withoutPause = "atexit_sleep_ms=0"

func scriptCommands() map[string]func(*testscript.TestScript, bool, []string) {
	return map[string]func(*testscript.TestScript, bool, []string){
		"exits":     exits,
		"simulator": startSimulator,
		"normalise": normalise,
		"scenario":  setScenario,
		"nosecrets": noSecrets,
		"samevalue": sameValue,
		"requests":  countRequests,

		"anotherpair": anotherPair,
		"passwordof":  passwordOf,
		"expirekeys":  expireKeys,
		"keysof":      keysOfUser,
	}
}

// exits CODE PROGRAM ARGS… runs a program and wants that exit code. Its output is for stdout and stderr, as with exec. A
// word <FILE gives it standard input.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARGS...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if err != nil {
		var exit *exec.ExitError
		if !asExit(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("%s ended with %d, want %d", strings.Join(args[1:], " "), got, want)
	}
}

// startSimulator [SCENARIO] runs a simulator until the script ends, puts its address into $SIM, and writes each of its
// ready-made credentials to NAME.json.
func startSimulator(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 1 {
		ts.Fatalf("usage: simulator [SCENARIO]")
	}
	var opts []simulator.Option
	if len(args) == 1 {
		opts = append(opts, simulator.WithScenario(args[0]))
	}
	running, err := simulator.Start(contextOf(ts), "127.0.0.1:0", opts...)
	ts.Check(err)
	ts.Defer(func() { _ = running.Close() })
	ts.Setenv("SIM", running.URL)
	for _, r := range running.Server.Credentials(running.URL) {
		raw, err := json.Marshal(r.From)
		ts.Check(err)
		ts.Check(os.WriteFile(ts.MkAbs(r.Name+".json"), raw, 0o600))
		// The same without a name, for a name on the command line.
		if short, ok := map[string]string{
			"oauth-ok": "ok", "oauth-missing-product": "missing", "oauth-cloud-integrated": "ci",
		}[r.Name]; ok {
			delete(r.From, "profile")
			raw, err := json.Marshal(r.From)
			ts.Check(err)
			ts.Check(os.WriteFile(ts.MkAbs("unnamed-"+short+".json"), raw, 0o600))
		}
	}
	inScript(ts).simulator = running
}

// setScenario NAME changes what goes wrong at the script's simulator.
func setScenario(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: scenario NAME")
	}
	ts.Check(inScript(ts).simulator.Server.SetScenario(args[0]))
}

// countRequests N wants that the script's simulator was asked that often.
func countRequests(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: requests N")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	if got := len(inScript(ts).simulator.Server.Requests()); got != want {
		ts.Fatalf("the simulator was asked %d times, want %d", got, want)
	}
}

// script is what the commands of one script share.
type script struct{ simulator *simulator.Running }

type scriptKey struct{}

func inScript(ts *testscript.TestScript) *script {
	s, ok := ts.Value(scriptKey{}).(*script)
	if !ok {
		ts.Fatalf("the script was not set up by quietHome")
	}
	return s
}

// sameValue FROM KEY FILE wants that FILE holds exactly the value of the key, and nothing else.
func sameValue(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: samevalue FROM KEY FILE")
	}
	var from map[string]any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &from))
	if got := ts.ReadFile(args[2]); got != from[args[1]] {
		ts.Fatalf("%s holds %d characters that are not the %s of %s", args[2], len(got), args[1], args[0])
	}
}

// normalise FILE makes a file the same for every run: times, durations, addresses and request ids.
func normalise(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: normalise FILE")
	}
	text := []byte(ts.ReadFile(args[0]))
	for _, change := range []struct{ pattern, with string }{
		{`"duration_ms": \d+`, `"duration_ms": 7`},
		{`"started_at": "\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"`, `"started_at": "2026-11-22T10:00:00Z"`},
		{`"request_id": "[^"]+"`, `"request_id": "REQUEST"`},
		{`http://127\.0\.0\.1:\d+`, `http://127.0.0.1:8025`},
		{`127\.0\.0\.1:\d+`, `127.0.0.1:8025`},
		{` in <?\d+ ms`, ` in 7 ms`},
		{`(ticket: ).+`, `${1}REQUEST`},
	} {
		text = regexp.MustCompile(change.pattern).ReplaceAll(text, []byte(change.with))
	}
	// Columns keep their width.
	text = regexp.MustCompile(`  +<?\d+ ms`).ReplaceAllFunc(text, func(cell []byte) []byte {
		return fmt.Appendf(nil, "%*s", len(cell), "7 ms")
	})
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), text, 0o600))
}

// noSecrets FILE DIR wants that no secret of the credentials in FILE lies anywhere below DIR, except in files of the
// credentials themselves.
func noSecrets(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: nosecrets FILE DIR")
	}
	var from map[string]any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &from))
	forms := secretForms(secretsIn(from))
	if len(forms) == 0 {
		ts.Fatalf("%s has no secrets", args[0])
	}
	ts.Check(filepath.WalkDir(ts.MkAbs(args[1]), func(path string, d os.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for what, form := range forms {
			if bytes.Contains(content, []byte(form)) {
				ts.Fatalf("%s holds %s", path, what)
			}
		}
		return nil
	}))
}

// TestKeyringScripts runs testdata/keyring, each script with a private session and a real gnome-keyring.
func TestKeyringScripts(t *testing.T) {
	t.Parallel()
	keyringtest.Need(t)
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/keyring",
		Cmds:                scriptCommands(),
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			if err := quietHome(env); err != nil {
				return err
			}
			return withSession(env)
		},
	})
}

// withSession starts a session for a script.
func withSession(env *testscript.Env, options ...keyringtest.Option) error {
	session, err := keyringtest.Start(options...)
	if err != nil {
		return err
	}
	env.Defer(session.Close)
	env.Setenv("DBUS_SESSION_BUS_ADDRESS", session.Address())
	return nil
}
