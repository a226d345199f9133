package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"mimecred/client"
	"mimecred/client/simulator"
)

type simulateOptions struct {
	listen      string
	credentials string
	scenario    string
}

func newSimulateCmd(a *app) *cobra.Command {
	var o simulateOptions
	cmd := &cobra.Command{
		Use:        "simulate",
		SuggestFor: []string{"simulator", "serve"},
		Short:      "Run the simulator of Mimecast alone, until ctrl+c",
		Long: `Run the simulator of Mimecast alone, until ctrl+c. It answers both APIs over HTTP on a loopback address. All its credentials are made up.

--print-credentials json prints ready-made sets of credentials. It is an array of objects with the keys name, about, expect {kind, exit} and from. "mimecred check --from -" reads the array, and each "from". Standard output ends after it, and the simulator goes on. One-time codes that it "sends" are printed on standard error.

Point the wizard at it with ctrl+g, Region, and its address. --print-credentials json has the values to paste.

--scenario makes it wrong on purpose. An unknown name lists the scenarios.

While it runs, GET /simulator/ tells in plain text what there is and what can be changed. POST /simulator/NAME changes it, with parameters in the address or as a form:

  scenario?name=NAME                     another scenario
  regenerate?client_id=ID[&grace=10m]    a new client ID and client secret, as JSON
  permissions, products, expire, revoke, password, disable, enable, delete

Scenarios do not reach these, and requests of web pages are refused.`,
		Example: `  mimecred simulate --listen 127.0.0.1:8025
  mimecred simulate --print-credentials json >credentials.json
  curl -X POST 'http://127.0.0.1:8025/simulator/scenario?name=drop-connection'`,
		ValidArgsFunction: completeNothing,
		RunE:              func(cmd *cobra.Command, _ []string) error { return runSimulate(cmd.Context(), a, o) },
	}
	f := cmd.Flags()
	f.StringVar(&o.listen, "listen", "127.0.0.1:8025", "listen on this `ADDRESS`; port 0 chooses a free one")
	f.StringVar(&o.credentials, "print-credentials", "", "print ready-made credentials in this `FORMAT`; the only one is json")
	f.StringVar(&o.scenario, "scenario", "", "let what the scenario `NAME` says go wrong")
	completesWith(cmd, "scenario", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return scenarioNames(), noFiles
	})
	completes(cmd, "print-credentials", "json")
	completes(cmd, "listen", "127.0.0.1:8025", "127.0.0.1:0")
	return cmd
}

// readyJSON is one ready-made set of credentials.
type readyJSON struct {
	Name   string         `json:"name"`
	About  string         `json:"about"`
	Expect expectJSON     `json:"expect"`
	From   map[string]any `json:"from"`
}

// expectJSON is what check makes of it: the kind of the failure ("" when everything passes) and the exit code.
type expectJSON struct {
	Kind client.Kind `json:"kind"`
	Exit int         `json:"exit"`
}

func runSimulate(ctx context.Context, a *app, o simulateOptions) error {
	if _, err := a.format("simulate"); err != nil {
		return err
	}
	if o.credentials != "" && o.credentials != "json" {
		return usagef("--print-credentials cannot print %q; it is json", o.credentials)
	}
	opts := []simulator.Option{simulator.WithCodeSent(func(email, code string) { a.note("one-time code for %s: %s", email, code) })}
	if o.scenario != "" {
		if !known(o.scenario) {
			return usage(fmt.Errorf("there is no scenario %q", o.scenario), oneOf(o.scenario, "the scenarios are: ", scenarioNames())...)
		}
		opts = append(opts, simulator.WithScenario(o.scenario))
	}
	running, err := simulator.Start(ctx, o.listen, opts...)
	if err != nil {
		return usage(fmt.Errorf("listen on %s: %w", o.listen, err), "choose another address with --listen, such as 127.0.0.1:0")
	}
	defer running.Close() //nolint:errcheck // the program ends
	if o.credentials == "" {
		err = a.print(running.URL + "\n")
	} else {
		a.note("%s", running.URL)
		err = a.printReady(running)
	}
	if err != nil {
		return err
	}
	a.note("the simulator answers until ctrl+c; curl %s/simulator/ tells what can be done to it meanwhile, such as", running.URL)
	a.noteCommand("curl -X POST '%s/simulator/regenerate?client_id=%s'", running.URL, running.Server.Demo().ClientID)
	<-ctx.Done()
	return nil
}

// printReady prints the credentials and ends standard output, so that a reader of a pipe sees its end.
func (a *app) printReady(running *simulator.Running) error {
	ready := running.Server.Credentials(running.URL)
	list := make([]readyJSON, len(ready))
	for i, r := range ready {
		list[i] = readyJSON{Name: r.Name, About: r.About, Expect: expectJSON{Kind: client.Kind(r.Kind), Exit: r.Exit}, From: r.From}
	}
	if err := a.printJSON(list); err != nil {
		return err
	}
	if out, ok := a.std.out.(io.Closer); ok && !isTerminal(a.std.out) {
		if err := out.Close(); err != nil {
			return fmt.Errorf("end standard output: %w", err)
		}
	}
	return nil
}

func known(name string) bool {
	for _, s := range simulator.Scenarios() {
		if s.Name == name {
			return true
		}
	}
	return false
}

func scenarioNames() []string {
	var names []string
	for _, s := range simulator.Scenarios() {
		names = append(names, s.Name)
	}
	return names
}
