package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"mimecred/client"
)

func newDoctorCmd(a *app) *cobra.Command {
	offline := false
	cmd := &cobra.Command{
		Use:        "doctor",
		SuggestFor: []string{"diagnose", "selftest"},
		Short:      "Test what mimecred needs on this machine",
		Long: `Test what mimecred needs on this machine. That is the terminal, each store, the list of profiles, unfinished changes, the network, the clock and the versions.

A store is tested with an item of its own: it is written, read, compared and deleted. A locked store is not unlocked for that. The network is tested with one call to each host of the profiles, or to that of API 2.0. The call has no credential.

No secret is in the output, so it can go into a ticket. The path of your home folder is written as ~.

It exits 4 when the network fails, and 5 when a store that is needed fails.`,
		Example: `  mimecred doctor
  mimecred doctor --offline
  mimecred doctor -o json >doctor.json`,
		ValidArgsFunction: completeNothing,
		RunE:              func(cmd *cobra.Command, _ []string) error { return runDoctor(cmd.Context(), a, offline) },
	}
	cmd.Flags().BoolVar(&offline, "offline", false, "test everything but the network")
	return cmd
}

// finding is one line of the doctor.
type finding struct {
	// ID is such as "store.keyring" or "network.reach"; Host is the host that it is about, "" for none.
	ID    string       `json:"id"`
	Host  string       `json:"host,omitempty"`
	Title string       `json:"title"`
	State client.State `json:"state"`
	// Kind is the word for what is wrong: the kind of a check, or of a failure of a store.
	Kind   string `json:"kind,omitempty"`
	Detail string `json:"detail"`
	Fix    string `json:"fix,omitempty"`
}

// doctorJSON is the JSON of the doctor.
type doctorJSON struct {
	Schema   int       `json:"schema"`
	OK       bool      `json:"ok"`
	Build    buildInfo `json:"build"`
	System   string    `json:"system"`
	Findings []finding `json:"findings"`
}

// doctor collects findings and prints each as soon as it is known.
type doctor struct {
	a        *app
	l        look
	json     bool
	findings []finding
	code     int
}

// doctorTitles is how wide the column of titles is.
const doctorTitles = 18

func runDoctor(ctx context.Context, a *app, offline bool) error {
	format, err := a.format("doctor")
	if err != nil {
		return err
	}
	d := &doctor{a: a, l: a.look(a.std.out), json: format == "json", code: exitDone}
	build, system := thisBuild(), systemName(a.goos)
	d.tell(finding{ID: "version", Title: "Version", State: client.Passed, Detail: strings.Join([]string{
		"mimecred " + build.Version, "commit " + orUnknown(build.Commit[:min(12, len(build.Commit))]), build.Go + " " + build.OS + "/" + build.Arch, system,
	}, ", ")})
	d.terminal()
	d.stores(ctx)
	d.list()
	if !offline && ctx.Err() == nil {
		d.network(ctx)
	}
	if ctx.Err() != nil {
		return interruption(ctx)
	}
	if d.json {
		if err := a.printJSON(doctorJSON{Schema: 1, OK: d.code == exitDone, Build: build, System: system, Findings: d.findings}); err != nil {
			return err
		}
	}
	return silent(d.code)
}

// tell adds a finding. A failure gives the exit code of what failed, the highest of all.
func (d *doctor) tell(f finding) {
	f.Detail, f.Fix = d.clean(f.Detail), d.clean(f.Fix)
	d.findings = append(d.findings, f)
	if f.State == client.Failed {
		code := exitStore
		if strings.HasPrefix(f.ID, "network.") {
			code = exitUnjudged
		}
		d.code = max(d.code, code)
	}
	if d.json {
		return
	}
	lines := wrap(d.l.text(f.Detail), d.l.width-doctorTitles-5)
	fix := wrap(d.l.text(f.Fix), d.l.width-doctorTitles-5)
	margin := "\n" + strings.Repeat(" ", doctorTitles+5)
	text := fmt.Sprintf("  %s %s %s", d.l.sign(f.State), pad(f.Title, doctorTitles), strings.Join(lines, margin))
	if f.Fix != "" {
		text += margin + strings.Join(fix, margin)
	}
	_ = d.a.print(text + "\n") // the end of the program tells
}

// clean takes the person's own folder out of a text: its path has their name.
func (d *doctor) clean(text string) string {
	text = oneLine(text)
	if home := d.a.env("HOME"); len(home) > 1 {
		text = strings.ReplaceAll(text, home, "~")
	}
	return text
}

// took says how long something lasted.
func took(since time.Time) string {
	return fmt.Sprintf("%d ms", time.Since(since).Round(time.Millisecond).Milliseconds())
}

// systemName is what the system calls itself: the PRETTY_NAME of os-release (freedesktop.org), or else its name in Go.
func systemName(goos string) string {
	text, err := os.ReadFile("/etc/os-release")
	if err != nil || goos != "linux" {
		return goos
	}
	for line := range strings.Lines(string(text)) {
		if name, is := strings.CutPrefix(line, "PRETTY_NAME="); is {
			return oneLine(strings.Trim(strings.TrimSpace(name), `"'`))
		}
	}
	return goos
}
