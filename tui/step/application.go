package step

import (
	"errors"
	"strings"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/catalog/console"
	"mimecred/client/secret"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// ApplicationForm asks for what Mimecast showed when the application was made: an ID and a secret, and an internal domain where
// a check needs one.
func ApplicationForm(env Env, a flow.Answers) Form {
	f := Form{
		Step:      flow.Application,
		Intro:     "Mimecast shows both once, " + afterButton(a) + ". " + PasteBoth + " Paste them here before you close it.",
		Settled:   SettledLines(env, a),
		Paste:     pasteApplication,
		Questions: []Question{clientID(env, a), clientSecret(env, a)},
	}
	if a.API == client.API10 {
		f.Intro = "Both are on the application's page in the console; the eye beside the key shows it. " + PasteBoth
		f.Questions = []Question{applicationID(env, a), applicationKey(env, a)}
		if a.MaySwap() {
			f.Swap = &Swap{
				Words: "Mimecast does not know this Application ID. The Application ID and the Application Key may be swapped.",
				Do: func(a flow.Answers) flow.Answers {
					a.ApplicationID, a.ApplicationKey = client.Exchanged(a.ApplicationID, a.ApplicationKey)
					return a
				},
			}
		}
	} else {
		f.Judge = func(a flow.Answers) (string, error) { return client.FieldClientID, currentAgain(a) }
		f.Swap = swapOf(client.FieldClientID, client.FieldClientSecret, secret.New(a.ClientID), a.ClientSecret, func(a *flow.Answers) {
			a.ClientID, a.ClientSecret = client.Exchanged(a.ClientID, a.ClientSecret)
		})
	}
	if a.Purpose == lifecycle.Rotating {
		f.Intro = "Mimecast shows the new values once. " + PasteBoth + " The current version stays until the new one has been tested."
	}
	if d := env.Demo; d != nil {
		id, key := d.ClientID, d.ClientSecret
		if a.API == client.API10 {
			id, key = d.ApplicationID, d.ApplicationKey
		}
		f.Demo = f.Questions[0].Label + " " + id + ", " + f.Questions[1].Label + " " + key
		if a.Purpose == lifecycle.Rotating {
			f.Demo = "the made-up console makes a new credential"
		}
	}
	if a.Purpose != lifecycle.Rotating && wantsDomain(env, a) { // a rotation leaves it as it is
		f.Questions = append(f.Questions, domain(env, a))
	}
	return f
}

// afterButton is where the console shows the values: the button is that of the menu that was walked.
func afterButton(a flow.Answers) string {
	return "in the dialog that follows " + console.Button(ConsoleVariant(a))
}

// currentAgain is the error of a rotation that was given the credential that is current.
func currentAgain(a flow.Answers) error {
	if words := a.CurrentAgain(); words != "" {
		return errors.New(words)
	}
	return nil
}

// pasteApplication fills in an ID and its secret that were pasted at once, and the keys of API 1.0 that came with them.
func pasteApplication(a flow.Answers, text string) (flow.Answers, string, bool) {
	after, ok := a.PasteApplication(text)
	if !ok {
		return a, "", false
	}
	id, key := client.FieldClientID, client.FieldClientSecret
	if a.API == client.API10 {
		id, key = client.FieldApplicationID, client.FieldApplicationKey
	}
	note := "The " + client.FieldTitle(id) + " and the " + client.FieldTitle(key) + " were both in what was pasted."
	if after.KeysPasted {
		note += " So were the Access Key and the Secret Key."
	}
	return after, note, true
}

// together says that the value that is asked for next may be pasted, too.
func together(next string) string {
	return "Paste the " + client.FieldTitle(next) + " with it if you like: as JSON, as export lines, as a table, or each below its name."
}

func clientID(env Env, a flow.Answers) Question {
	q := idAt(Question{
		ID:   client.FieldClientID,
		Help: []string{"The console shows it once, " + afterButton(a) + ".", together(client.FieldClientSecret)},
	}, a, func(a *flow.Answers) *string { return &a.ClientID })
	if d := env.Demo; d != nil {
		q.Demo = func() string { id, _ := d.NewCredential(a); return id }
	}
	return q
}

func clientSecret(env Env, a flow.Answers) Question {
	q := secretAt(Question{
		ID:   client.FieldClientSecret,
		Help: []string{"It is below the Client ID in the same dialog, and is shown once."},
	}, a, func(a *flow.Answers) *secret.Value { return &a.ClientSecret })
	if d := env.Demo; d != nil {
		q.Demo = func() string { _, key := d.NewCredential(a); return key }
	}
	return q
}

func applicationID(env Env, a flow.Answers) Question {
	q := idAt(Question{
		ID: client.FieldApplicationID,
		Help: []string{
			"It is on the application's page in the console, and looks like 8578fcfc-a305-4d9a-99cb-f4d5ecefe297.",
			together(client.FieldApplicationKey),
		},
	}, a, func(a *flow.Answers) *string { return &a.ApplicationID })
	if d := env.Demo; d != nil {
		q.Demo = func() string { return d.ApplicationID }
	}
	return q
}

func applicationKey(env Env, a flow.Answers) Question {
	q := secretAt(Question{
		ID:   client.FieldApplicationKey,
		Help: []string{"It is on the application's page in the console; the eye beside it shows it."},
	}, a, func(a *flow.Answers) *secret.Value { return &a.ApplicationKey })
	if d := env.Demo; d != nil {
		q.Demo = func() string { return d.ApplicationKey }
	}
	return q
}

// wantsDomain tells whether a check of the plan needs an internal domain.
func wantsDomain(env Env, a flow.Answers) bool {
	if env.Plan == nil {
		return false
	}
	plan, err := env.Plan(a.Selection())
	return err == nil && lifecycle.WantsDomain(plan) // the check says what is wrong with a plan
}

// DomainForm asks for the internal domain alone: a file may name one for a product that does not need it yet.
func DomainForm(env Env, a flow.Answers) Form {
	return Form{Step: flow.Application, Questions: []Question{domain(env, a)}}
}

// domain asks for one of the account's own domains.
func domain(env Env, a flow.Answers) Question {
	q := Question{
		ID: "internal_domain", Label: "Internal domain", Placeholder: "example.com", Optional: true, Without: "None: the checks that need a domain are skipped.",
		Hint: "One of your own domains. Without it the checks that list users or messages are skipped.",
	}
	if vendor := domainRequiredBy(a); vendor != "" {
		q.Label = "Internal domain (required by " + vendor + ")"
		q.Hint = "One of your own domains. Without it the checks of users or messages are skipped; " + vendor + " asks for it too."
	}
	q.Help = []string{q.Hint}
	q = textAt(q, a, func(a *flow.Answers) *string { return &a.InternalDomain }, func(_ flow.Answers, text string) error {
		if !lifecycle.IsDomain(text) {
			return errors.New("a domain looks like example.com; leave it empty to skip those checks")
		}
		return nil
	})
	if d := env.Demo; d != nil {
		if _, name, is := strings.Cut(d.Email, "@"); is {
			q.Demo = func() string { return name }
		}
	}
	return q
}

// domainRequiredBy names the product whose form cannot do without an internal domain; "" when none of those chosen is so.
func domainRequiredBy(a flow.Answers) string {
	for _, id := range a.Selection().Integrations {
		i, _ := catalog.Lookup(id)
		for _, f := range i.Fields {
			if f.From == catalog.FromInternalDomain && f.Required {
				return i.Vendor
			}
		}
	}
	return ""
}
