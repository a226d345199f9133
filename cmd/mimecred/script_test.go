package main

import (
	"encoding/json"
	"os"
	"strconv"

	"github.com/rogpeppe/go-internal/testscript"

	"mimecred/client/simulator"
)

// Commands of scripts that change what the script's simulator knows.

// anotherPair FILE [PERMISSION] makes another application, without that permission, and writes its pair for --from.
func anotherPair(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 || len(args) > 2 {
		ts.Fatalf("usage: anotherpair FILE [PERMISSION]")
	}
	products, permissions := everything()
	if len(args) == 2 {
		permissions = without(permissions, args[1])
	}
	app := inScript(ts).simulator.Server.AddOAuth(simulator.OAuthApplication{Name: "Another", Products: products, Permissions: permissions})
	writeJSON(ts, args[0], map[string]any{"client_id": app.ClientID, "client_secret": app.ClientSecret})
}

// passwordOf EMAIL KEY FILE [code] writes a sign-in for --from, under create_keys or renew_keys, with the one-time code that
// was sent when that is asked for.
func passwordOf(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 || len(args) > 4 {
		ts.Fatalf("usage: passwordof EMAIL KEY FILE [code]")
	}
	server := inScript(ts).simulator.Server
	in := map[string]any{"email": args[0], "type": "cloud", "password": server.Demo().Password}
	if len(args) == 4 {
		in["otp"] = server.Code(args[0])
	}
	writeJSON(ts, args[2], map[string]any{args[1]: in})
}

// expireKeys EMAIL makes every key of a user run out.
func expireKeys(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: expirekeys EMAIL")
	}
	inScript(ts).simulator.Server.ExpireKeys(args[0])
}

// keysOfUser EMAIL N wants that a user has that many keys.
func keysOfUser(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: keysof EMAIL N")
	}
	want, err := strconv.Atoi(args[1])
	ts.Check(err)
	if got := inScript(ts).simulator.Server.Keys(args[0]); got != want {
		ts.Fatalf("%s has %d keys, want %d", args[0], got, want)
	}
}

func writeJSON(ts *testscript.TestScript, file string, value any) {
	raw, err := json.Marshal(value)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(file), raw, 0o600))
}
