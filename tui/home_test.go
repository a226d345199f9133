package tui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/client/simulator"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
	"mimecred/tui/step"
)

// listDoor is the list of profiles behind the door of a test.
type listDoor struct {
	*credstore.Vault
	door *door
}

func (d listDoor) RecordCheck(name string, sum credstore.CheckSummary) error {
	leave, err := d.door.enter()
	if err != nil {
		return err
	}
	defer leave()
	return d.Vault.RecordCheck(name, sum)
}

func (d listDoor) Delete(ctx context.Context, name string) error {
	leave, err := d.door.enter()
	if err != nil {
		return err
	}
	defer leave()
	return d.Vault.Delete(ctx, name)
}

func (d listDoor) Rename(ctx context.Context, from, to string) (credstore.Record, error) {
	leave, err := d.door.enter()
	if err != nil {
		return credstore.Record{}, err
	}
	defer leave()
	return d.Vault.Rename(ctx, from, to)
}

func (d listDoor) Sweep(ctx context.Context, name string) (*credstore.Version, error) {
	leave, err := d.door.enter()
	if err != nil {
		return nil, err
	}
	defer leave()
	return d.Vault.Sweep(ctx, name)
}

// atHome opens the list of profiles over what fill puts into the vault.
func atHome(t *testing.T, s setting, fill func(w *wizard)) *wizard {
	t.Helper()
	s.answers.Purpose = flow.AtHome
	var w *wizard
	s.prepare = func(started *wizard) {
		w = started
		fill(w)
	}
	change := s.change
	s.change = func(env *screen.Env) {
		env.Profiles = listDoor{w.vault, w.door}
		if change != nil {
			change(env)
		}
	}
	start(t, s)
	return w.At(flow.Home)
}

// of20 is a profile of the simulator's demo application.
func (w *wizard) of20(name, integration string) (credstore.Profile, client.Credential) {
	d := w.sim.Demo()
	p := credstore.Profile{Name: name, API: client.API20, Region: "us", Integration: integration, Endpoint: client.Endpoint{BaseURL: w.url}, InternalDomain: "example.com"}
	return p, client.OAuth{ClientID: d.ClientID, ClientSecret: secret.New(d.ClientSecret)}
}

func (w *wizard) of10(name string) (credstore.Profile, client.Credential) {
	d := w.sim.Demo()
	p := credstore.Profile{Name: name, API: client.API10, Region: "us", Endpoint: client.Endpoint{BaseURL: w.url}}
	return p, client.Legacy{
		ApplicationID: d.ApplicationID, ApplicationKey: secret.New(d.ApplicationKey),
		AccessKey: secret.New(d.AccessKey), SecretKey: secret.New(d.SecretKey),
	}
}

// put stores a profile with a current credential, as a set-up does; checks are its last ones.
func (w *wizard) put(p credstore.Profile, c client.Credential, checks ...credstore.CheckState) {
	w.t.Helper()
	w.wait(p, c, credstore.Pasted)
	sum := credstore.CheckSummary{At: w.clock.Now(), OK: true, Checks: checks, Account: &credstore.AccountName{Name: "Example Corp", Code: "CUSA00A000", Region: "us"}}
	for _, one := range checks {
		switch one.State {
		case client.Passed:
			sum.Passed++
		case client.Failed:
			sum.Failed++
			sum.OK = false
		case client.Warning:
			sum.Warnings++
		case client.Skipped:
			sum.Skipped++
		}
	}
	if _, err := w.vault.Activate(w.t.Context(), p.Name, sum); err != nil {
		w.t.Fatal(err)
	}
	if err := w.vault.Note(w.t.Context(), credstore.UnfinishedChange{Name: p.Name, Phase: credstore.Confirmed}); err != nil {
		w.t.Fatal(err)
	}
	_ = w.vault.End(w.t.Context(), p.Name, credstore.Left)
}

func (w *wizard) wait(p credstore.Profile, c client.Credential, source credstore.Source) {
	w.t.Helper()
	if _, err := w.vault.Stage(w.t.Context(), w.store.Kind(), p, c, source); err != nil {
		w.t.Fatal(err)
	}
}

// states are checks that ended that way, the first four of every plan.
func states(of ...client.State) []credstore.CheckState {
	var list []credstore.CheckState
	for i, id := range []string{client.CheckReach, client.CheckClock, client.CheckCredentials, client.CheckAccount} {
		s := credstore.CheckState{ID: id, State: client.Passed}
		if i < len(of) {
			s.State = of[i]
		}
		if s.State != client.Passed {
			s.Kind = client.MissingPermission
		}
		list = append(list, s)
	}
	return list
}

// several fills the vault with profiles of every sort.
func several(w *wizard) {
	for i, name := range []string{"acme", "beta", "delta", "gamma"} {
		p, c := w.of20(name, []string{"axonius-mimecast-v2", "", "axonius-mimecast-v2", ""}[i])
		checks := states()
		if name == "delta" {
			checks = states(client.Passed, client.Passed, client.Passed, client.Failed)
		}
		w.put(p, c, checks...)
		w.clock.add(20 * 24 * time.Hour)
	}
	p, c := w.of10("old")
	w.put(p, c, states()...)
	p, c = w.of10("waits")
	w.wait(p, c, credstore.Created)
	_ = w.vault.End(w.t.Context(), "waits", credstore.Left)
	w.clock.add(3 * time.Hour)
}

// row gives the line of the frame that begins with a profile's name.
func (w *wizard) row(name string) string {
	for _, line := range strings.Split(w.Frame(), "\n") {
		if text := strings.Trim(line, "│ ›"); text == name || strings.HasPrefix(text, name+" ") {
			return text
		}
	}
	return ""
}

// Row waits for words in the line of a profile.
func (w *wizard) Row(name, words string) *wizard {
	w.t.Helper()
	return w.until(fmt.Sprintf("%q in the row of %s", words, name), func() bool {
		row := w.row(name)
		return row != "" && strings.Contains(row, words)
	})
}

// Pane waits for words in the details beside the list, however they are broken into lines.
func (w *wizard) Pane(words string) *wizard {
	w.t.Helper()
	return w.until(fmt.Sprintf("%q in the details", words), func() bool { return strings.Contains(w.pane(), words) })
}

func (w *wizard) pane() string {
	var lines []string
	for _, line := range strings.Split(w.Frame(), "\n") {
		if parts := strings.Split(line, "│"); len(parts) > 2 {
			lines = append(lines, parts[2])
		}
	}
	return strings.Join(strings.Fields(strings.Join(lines, " ")), " ")
}

// Top waits for words in the first line of the window.
func (w *wizard) Top(words string) *wizard {
	w.t.Helper()
	return w.until(fmt.Sprintf("%q at the top", words), func() bool {
		first, _, _ := strings.Cut(w.Frame(), "\n")
		return strings.Contains(first, words)
	})
}

// atRow is the text of the line with the cursor, "" where there is none.
func (w *wizard) atRow() string {
	c := w.app.View().Cursor
	if c == nil {
		return ""
	}
	return strings.Trim(strings.Split(w.Frame(), "\n")[c.Y], "│ ›")
}

// Selected waits for the cursor to be on a line.
func (w *wizard) Selected(begins string) *wizard {
	w.t.Helper()
	return w.until(fmt.Sprintf("%q to be selected", begins), func() bool { return strings.HasPrefix(w.atRow(), begins) })
}

// On goes to the row of a profile.
func (w *wizard) On(name string) *wizard {
	w.t.Helper()
	w.Row(name, "").Press("home")
	for range 50 {
		if strings.HasPrefix(w.atRow(), name+" ") {
			return w
		}
		w.Press("down")
	}
	w.t.Fatalf("there is no row %s:\n%s", name, w.Frame())
	return w
}

// runHome runs the list of profiles in a child process: twelve that work, but for one, at a simulator.
func runHome() error {
	ctx := context.Background()
	sim, err := simulator.Start(ctx, "127.0.0.1:0")
	if err != nil {
		return err
	}
	defer func() { _ = sim.Close() }()
	store := credstore.NewMemory()
	vault := credstore.NewVault(credstore.NewMemoryIndex(), time.Now, store)
	d := sim.Server.Demo()
	for i := range 12 {
		p := credstore.Profile{
			Name: fmt.Sprintf("customer-%02d", i+1), API: client.API20, Region: "us", InternalDomain: "example.com",
			Integration: []string{"axonius-mimecast-v2", ""}[i%2], Endpoint: client.Endpoint{BaseURL: sim.URL},
		}
		c := client.OAuth{ClientID: d.ClientID, ClientSecret: secret.New(d.ClientSecret)}
		if i == 2 {
			c.ClientSecret = secret.New("not-the-right-secret")
		}
		if _, err := vault.Stage(ctx, store.Kind(), p, c, credstore.Pasted); err != nil {
			return err
		}
		if i == 11 && os.Getenv("MIMECRED_TEST_PENDING") != "" {
			break
		}
		if _, err := vault.Activate(ctx, p.Name, credstore.CheckSummary{At: time.Now().Add(-time.Hour), OK: true, Passed: 4, Checks: states()}); err != nil {
			return err
		}
		if err := vault.End(ctx, p.Name, credstore.Finished); err != nil {
			return err
		}
	}
	vault.Close()
	env := step.Env{
		Service: lifecycle.Service{
			Now: time.Now, Vault: vault, Profiles: vault, Plan: lifecycle.PlanOf,
			Dial: func(e client.Endpoint) (lifecycle.Mimecast, error) { return client.New(e) },
		},
		Stores: []step.StoreChoice{{Kind: store.Kind(), Title: "This session only"}},
	}
	outcome, err := Run(ctx, Options{Env: env, Answers: flow.Answers{Change: lifecycle.Change{Purpose: flow.AtHome}}})
	fmt.Print(Summary(outcome, env, "-"))
	if err == nil && (outcome.Quit || !outcome.AtHome) {
		return errors.New("leaving the list counts as leaving a set-up")
	}
	return err
}
