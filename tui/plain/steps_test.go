package plain

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/client/simulator"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

func TestNameAndStore(t *testing.T) {
	st := newStage(t)
	st.ascii = true
	st.env.Stores = []step.StoreChoice{
		{Kind: "keyring", Title: "OS keyring", Problem: "There is no session bus.", Fix: "Log in at a desktop."},
		{Kind: "memory", Title: "This session only", Passing: true},
	}
	d := st.sim.Demo()
	c, a, err := st.run(t, flow.Answers{}, script("\x1b[D", "", "2.0", "-x", "a b", "\x1b[D", "?", "acme", "keyring", "9", "?", "this",
		"", d.ClientID, hidden(d.ClientSecret), ""))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	if a.Name != "acme" || a.Store != "memory" {
		t.Fatalf("%q in %q", a.Name, a.Store)
	}
	for _, r := range c.output.String() {
		if r > '~' {
			t.Fatalf("%q is not ASCII", r)
		}
	}
	has(t, c, "begins with a letter", "cannot be part of an answer", "Letters, digits",
		"1) OS keyring (cannot be used now: There is no session bus.)", "OS keyring cannot be used now", "It must be ")
	// The same name again: what exists stays current.
	c, a, err = st.run(t, acme(), script("", "2.0", "", "", "", d.ClientID, hidden(d.ClientSecret), "no", "none", ""))
	if err != nil || !a.Replaces || a.PreviousKept { // the same credential replaces none
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	has(t, c, "acme exists (API 2.0, since 22 November 2026)", "Which answer should be changed?")
}

func TestPendingProfile(t *testing.T) {
	st := newStage(t)
	p := credstore.Profile{Name: "acme", API: client.API20, Endpoint: client.Endpoint{BaseURL: st.url}}
	if _, err := st.vault.Stage(t.Context(), "memory", p, st.oauth(), credstore.Pasted); err != nil {
		t.Fatal(err)
	}
	c, _, err := st.run(t, acme(), script("", "2.0", "", "q"))
	if err == nil {
		t.Fatal("not left")
	}
	has(t, c, "saved earlier and never activated")
}

func TestRenamedAfterStaging(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	c, _, err := st.run(t, flow.Answers{}, script("", "2.0", "", d.ClientID, hidden(d.ClientSecret),
		"no", "profile", "acme", "yes"))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	st.wantActive(t, st.oauth())
	if _, err := st.vault.Load(t.Context(), "mimecast"); credstore.KindOf(err) != credstore.NotFound {
		t.Fatalf("the old copy is still there: %v", err)
	}
}

func TestOtherStoreAfterStaging(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	second := &named{credstore.NewMemory()}
	st.vault = credstore.NewVault(credstore.NewMemoryIndex(), st.env.Now, st.store, second)
	st.env.Vault = st.vault
	st.env.Stores = append(st.env.Stores, step.StoreChoice{Kind: "second", Title: "Second"})
	c, a, err := st.run(t, acme(), script("", "2.0", "", d.ClientID, hidden(d.ClientSecret),
		"no", "profile", "", "second", "yes"))
	if err != nil || a.Store != "second" {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	if _, err := st.store.Get(t.Context(), "acme"); credstore.KindOf(err) != credstore.NotFound {
		t.Fatalf("the old copy is still there: %v", err)
	}
	st.wantActive(t, st.oauth())
}

// named is a store in memory of another kind.
type named struct{ *credstore.Memory }

func (*named) Kind() string { return "second" }

func TestIntegrationAndDomain(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	c, a, err := st.run(t, acme(), script("axonius mimecast v2", "", "", "", d.ClientID, hidden(d.ClientSecret),
		"https://example.com", "example.com", "yes"))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	if a.InternalDomain != "example.com" || st.stored(t).Profile.Integration != "axonius-mimecast-v2" {
		t.Fatal("integration or domain lost")
	}
	has(t, c, "User and Group Management", "A domain looks like example.com")
	c, a, err = st.run(t, flow.Answers{}, script("axonius-mimecast-v1", "", "", "", "yes", "q"))
	if err == nil || a.Integration != "axonius-mimecast-v1" || a.API != client.API10 {
		t.Fatalf("%q\n%s", a.Integration, c.transcript.String())
	}
	has(t, c, "Axonius Mimecast V2 replaces it. Which one?", "API 2.0 cannot be used now: Axonius Mimecast V1 accepts only API 1.0.", "API 1.0: nothing else is possible here.")
}

func TestNoApplicationOfAPI10(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	_, a, err := st.run(t, acme(), script("", "1.0", "no", "", d.ClientID, hidden(d.ClientSecret), ""))
	if err != nil || a.API != client.API20 {
		t.Fatalf("API %s, %v", a.API, err)
	}
	c, a, err := st.run(t, flow.Answers{}, script("", "1.0", "3", st.url, "", d.ApplicationID, hidden(d.ApplicationKey), "?", "q", "leave"))
	if err == nil || a.HasApplication {
		t.Fatal(err)
	}
	has(t, c, "Open Mimecast API 1.0", "Keys can be made 30 minutes after")
}

func TestRegions(t *testing.T) {
	for name, tt := range map[string]struct {
		api    string
		typed  []any
		region string
		url    string
		at     client.API
		said   string
	}{
		"number":              {api: "2.0", typed: []any{"3"}, region: "uk", url: "https://uk-api.services.mimecast.com", at: client.API20},
		"suggested":           {api: "2.0", typed: []any{""}, region: "global", url: "https://api.services.mimecast.com", at: client.API20},
		"word":                {api: "1.0", typed: []any{"germany"}, region: "de", url: "https://de-api.mimecast.com", at: client.API10},
		"code":                {api: "1.0", typed: []any{"usb"}, region: "usb", url: "https://usb-api.mimecast.com", at: client.API10},
		"console's address":   {api: "1.0", typed: []any{"https://acme.login-us.mimecast.com/administration/app/#/x"}, region: "us", url: "https://us-api.mimecast.com", at: client.API10},
		"account code":        {api: "1.0", typed: []any{"our code is CAU12A345"}, region: "au", url: "https://au-api.mimecast.com", at: client.API10},
		"nonsense first":      {api: "1.0", typed: []any{"", "??", "nowhere", "za"}, region: "za", url: "https://za-api.mimecast.com", at: client.API10, said: "No Mimecast address"},
		"host of 1.0, taken":  {api: "2.0", typed: []any{"us-api.mimecast.com", ""}, region: "global", url: "https://api.services.mimecast.com", at: client.API20, said: "is a host of API 1.0"},
		"a slip, taken":       {api: "1.0", typed: []any{"api-us.mimecast.com", ""}, region: "us", url: "https://us-api.mimecast.com", at: client.API10, said: "is not a host that Mimecast lists"},
		"a stranger, refused": {api: "2.0", typed: []any{"https://gateway.example.org", "", ""}, region: "global", url: "https://api.services.mimecast.com", at: client.API20, said: "Yes, send the credential to gateway.example.org"},
		"a stranger, allowed": {api: "2.0", typed: []any{"https://gateway.example.org/x", "use"}, url: "https://gateway.example.org", at: client.API20, said: "Cut off: the path"},
		"host of 1.0, again":  {api: "2.0", typed: []any{"us-api.mimecast.com", "type", "us-api.mimecast.com", "<", "2"}, region: "us", url: "https://us-api.services.mimecast.com", at: client.API20},
		"host of 2.0, switch": {
			api: "1.0", typed: []any{"us-api.services.mimecast.com", "switch", "2.0", ""}, region: "us",
			url: "https://us-api.services.mimecast.com", at: client.API20,
		},
		"API changed": {
			api: "1.0", typed: []any{"de", "<", "<", "<", "2.0"}, region: "global", url: "https://api.services.mimecast.com", at: client.API20,
		},
	} {
		t.Run(name, func(t *testing.T) {
			st := newStage(t)
			lines := script("", tt.api, "yes")
			if tt.api == "2.0" { // its region is settled
				lines = script("", tt.api, "!", "region")
			}
			c, a, err := st.run(t, flow.Answers{}, script(lines, script(tt.typed...), "q"))
			if err == nil || a.API != tt.at || a.Region != tt.region || a.BaseURL != tt.url {
				t.Fatalf("API %s, %q, %q, %v\n%s", a.API, a.Region, a.BaseURL, err, c.transcript.String())
			}
			has(t, c, tt.said)
		})
	}
}

func TestRegionIsAskedForAtMimecast(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	st.env.Demo = demoOf(st)
	st.secrets = nil
	c, a, err := st.run(t, flow.Answers{}, script("", "1.0", "yes", "!", "region", "find", d.ApplicationID, "nobody", "nobody@nowhere.example",
		"https://login.mimecast.com/u/login/", "", d.Email, "q"))
	if err == nil || a.BaseURL != st.url || a.Email != d.Email {
		t.Fatalf("%q, %v\n%s", a.BaseURL, err, c.transcript.String())
	}
	has(t, c, "An e-mail address looks like svc@example.com", "Asking Mimecast.", "choose any region", "does not tell the region", "Asking Mimecast.")
}

func TestConnection(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	dir := t.TempDir()
	bad := filepath.Join(dir, "bad.pem")
	if err := os.WriteFile(bad, []byte("not a certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	const proxyPassword = "made-up proxy password"
	st.secrets = append(st.secrets, proxyPassword)
	st.env.EnvironmentProxy = nil
	c, a, err := st.run(t, acme(), script("", "", "!", "region", st.url, "!", "connection",
		"proxy", "ftp://x", "proxy.example.com:3128", "a:b", "user", hidden(proxyPassword), "none", // taken
		"!", "connection", "", "", "", "<", "<", "<", // back to the question how
		"", "", "none", bad, // the CA file is none
		"", "none", bad, "direct", "", d.ClientID, hidden(d.ClientSecret), "yes"))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	if a.Proxy.URL != "" || a.CAFile != "" {
		t.Fatalf("%q %q", a.Proxy.URL, a.CAFile)
	}
	has(t, c, "The proxy URL must begin with", "must not contain a colon", "22 characters.", "Proxy password (hidden) [keep", "Proxy user, or none [user]")
}

func TestConnectionOfTheEnvironment(t *testing.T) {
	st := newStage(t)
	st.env.EnvironmentProxy = func(string) string { return "http://corporate:3128" }
	c, _, err := st.run(t, acme(), script("", "", "!", "connection", "q"))
	if err == nil {
		t.Fatal("not left")
	}
	has(t, c, "As the environment says, through http://corporate:3128")
}

func TestSecretsAreCleanedAndJudged(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	c, _, err := st.run(t, acme(), script(st.to20(), "\"\"", d.ApplicationID, "<", "", hidden(""), hidden("  "), hidden("x"), "<", hidden("?"),
		hidden("\""+d.ClientSecret+"\" "), "<", "<", d.ClientID, "", "yes"))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	st.wantActive(t, st.oauth())
	has(t, c, "Nothing is left", "Note: ", "Nothing was typed", "Nothing is left", "1 character.", "It is below the Client ID",
		"64 characters, 1 space and 2 quotes removed.")
}

func TestPasswordsAreOneLine(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	answers := script(st.to10(), "create", d.Email, "domain", "wrong", "sign", hidden("one\ntwo"), hidden(" "+d.Password), "change the address", "", "cloud",
		hidden(d.Password), "<", "", "resend", "?", func() string { return st.sim.Code(d.Email) }, "yes")
	at := 0
	var secrets []string
	for _, l := range answers {
		if l.hidden {
			secrets = append(secrets, l.text())
		}
	}
	c := &talk{}
	// The lines of the script are asked for by a reader of secrets of our own, which can give several lines at once.
	c.lines = answers
	_, err := Run(t.Context(), Options{Env: st.env, Answers: acme(), In: c, Out: c, ReadSecret: func(string) (string, error) {
		at++
		c.mu.Lock()
		defer c.mu.Unlock()
		next := c.lines[0]
		c.lines = c.lines[1:]
		return next.text(), nil
	}})
	st.clean(t, c.output.String(), err)
	if err != nil || at < len(secrets) {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	has(t, c, "Invalid user name or password", "A password is one line", "Change the address", "Mimecast sent a code", "Six digits", "Mimecast created the keys")
}

func TestSignInThatCannotWork(t *testing.T) {
	st := newStage(t, simulator.WithScenario("login-not-supported"))
	d := st.sim.Demo()
	c, _, err := st.run(t, acme(), script(st.to10(), "create", d.Email, "cloud", hidden(d.Password), "<", hidden(d.Password), "",
		hidden(d.AccessKey), hidden(d.SecretKey), "yes"))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	if n := st.signIns(); n != 2 {
		t.Fatalf("%d sign-ins", n)
	}
	has(t, c, "Mimecast says: HTTP 401", "What now?", "Create the keys in the console instead", "Use the console instead")
}

func TestKeysWithALifetime(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	c, a, err := st.run(t, acme(), script(st.to10(), "create", "svc@example.com", "cloud", hidden(d.Password),
		"<", "", // back from the check: keep them
		"<", "no", "paste", hidden(d.AccessKey), "<", hidden(""), hidden(d.SecretKey), "<", "<", "<", "<", hidden(""), "", "", "", "", "yes"))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	if !a.KeysCreatedAt.IsZero() {
		t.Fatal("pasted keys count as created")
	}
	st.wantActive(t, st.legacy(d.AccessKey, d.SecretKey))
	has(t, c, "They are valid for 12 hours.", "Keep them?", "Keep them?")
}

func TestChecksThatCannotBeMade(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	c, _, err := st.run(t, flow.Answers{Change: lifecycle.Change{Name: "acme", Integration: "unknown"}, Given: map[flow.Step]bool{flow.Integration: true}},
		script("2.0", "", d.ClientID, hidden(d.ClientSecret), "", "", "", "yes"))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	has(t, c, "mimecred cannot run the checks. mimecred does not know what to check for this integration: unknown integration", "goes to Integration", "Every check passed")

	_, _, err = st.run(t, flow.Answers{
		Change: lifecycle.Change{
			BaseURL: "nowhere", API: client.API20, Name: "other", Store: "memory",
		},
		Given: map[flow.Step]bool{
			flow.Profile: true, flow.Integration: true, flow.API: true, flow.Region: true, flow.Connection: true, flow.Console: true, flow.Application: true,
		},
	}, script("", d.ClientID, hidden(d.ClientSecret), "", "<", "q", "leave it"))
	if err == nil || !strings.Contains(err.Error(), "ended") && !strings.Contains(err.Error(), "left") {
		t.Fatal(err)
	}
}

func TestMissingValuesLeadToTheirStep(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	given := map[flow.Step]bool{}
	for step := flow.Integration; step < flow.Check; step++ {
		given[step] = true
	}
	a := flow.Answers{Change: lifecycle.Change{Name: "acme", Store: "memory", API: client.API10, BaseURL: st.url, ApplicationID: d.ApplicationID}, HasApplication: true, Given: given}
	c, _, err := st.run(t, a, script("paste", hidden(d.AccessKey), hidden(d.SecretKey), "", hidden(d.ApplicationKey), "yes"))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	st.wantActive(t, st.legacy(d.AccessKey, d.SecretKey))
}

func TestServerTroubleCanBeTriedAgain(t *testing.T) {
	st := newStage(t, simulator.WithScenario("server-500"))
	d := st.sim.Demo()
	heal := func() string {
		if err := st.sim.SetScenario("none"); err != nil {
			t.Error(err)
		}
		return "again"
	}
	c, _, err := st.run(t, acme(), script(st.to20(), d.ClientID, hidden(d.ClientSecret), "change another", "none", "quit", "go back", heal, "yes"))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	has(t, c, "FAILED: Account, HTTP 500", "What now?", "Leave now?", "Every check passed")
}

// TestSignInWithoutAnAnswer: when the connection broke, nobody knows whether there are keys now.
func TestSignInWithoutAnAnswer(t *testing.T) {
	st := newStage(t, simulator.WithScenario("drop-connection"))
	d := st.sim.Demo()
	c, _, err := st.run(t, acme(), script(st.to10(), "create", d.Email, "cloud", hidden(d.Password), "q", "q"))
	if !errors.Is(err, ErrQuit) {
		t.Fatal(err)
	}
	has(t, c, "mimecred could not tell whether keys were created. Look in the console before you try again", "What now?", "Answer [3]")
	if strings.Contains(c.output.String(), "No keys were created") {
		t.Error("it says that no keys were created")
	}
}

// TestNoDomain says what it means that an internal domain was left out.
func TestNoDomain(t *testing.T) {
	for _, answer := range []string{"", "none"} {
		st := newStage(t)
		d := st.sim.Demo()
		c, _, _ := st.run(t, acme(), script("axonius-mimecast-v2", "", "", "", d.ClientID, hidden(d.ClientSecret), answer, "q"))
		has(t, c, "Internal domain (required by Axonius), or none [none]: ", "None: the checks that need a domain are skipped.")
	}
}
