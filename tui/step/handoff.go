package step

import (
	"strconv"

	"mimecred/client/catalog"
	"mimecred/client/catalog/form"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// FilledForm is the form of one integration with its values.
type FilledForm struct {
	Integration catalog.Integration
	Entries     []form.Entry
}

// Forms fills in the forms of the products that use the credential of the answers.
func Forms(a flow.Answers) []FilledForm {
	source := form.Source{
		Profile: a.Name, Region: a.Region, Endpoint: a.Endpoint(), Credential: a.Credential(),
		InternalDomain: a.InternalDomain, ServiceUser: a.Email, AccountName: a.AccountName, Features: a.Features,
	}
	if account := a.Account(); account != nil && source.AccountName == "" {
		source.AccountName = account.Name
	}
	ids := a.Selection().Integrations
	if len(ids) == 0 {
		ids = []string{catalog.GenericID(a.API)}
	}
	var forms []FilledForm
	for _, id := range ids {
		i, ok := catalog.Lookup(id)
		if !ok {
			continue
		}
		entries := form.Fill(i, source)
		if old := a.Replaced.Credential; old != nil && (a.Purpose == lifecycle.Rotating || a.Purpose == lifecycle.RollingBack) {
			before := source
			if before.Credential = old; a.Replaced.BaseURL != "" {
				before.Region, before.Endpoint.BaseURL, before.Endpoint.Proxy = a.Replaced.Region, a.Replaced.BaseURL, a.Replaced.Proxy
			}
			form.Compare(entries, form.Fill(i, before))
		}
		forms = append(forms, FilledForm{Integration: i, Entries: entries})
	}
	return forms
}

// notDone is the question before a form is left with n fields that are not done.
func notDone(a flow.Answers, n int) (title, text string) {
	title = strconv.Itoa(n) + " fields are not done. Leave the form?"
	if n == 1 {
		title = "1 field is not done. Leave the form?"
	}
	return title, "mimecred handoff " + a.Name + " shows it again."
}

// MemoryOnly is the question before a profile is left whose credential nothing keeps; "" where it is kept, or is not current.
func MemoryOnly(env Env, a flow.Answers) (title, text string) {
	if !a.Activated || !env.Passing(a.Store) {
		return "", ""
	}
	return "The credential is only in memory. Leave now?",
		"It is gone when mimecred ends. To keep it, run mimecred setup " + a.Name + " once more where a keyring works."
}

// LeavingForm is the question before a form is left with n fields that are not done, or with a credential that nothing keeps; "" for none.
func LeavingForm(env Env, a flow.Answers, n int) (title, text string) {
	title, text = MemoryOnly(env, a)
	switch {
	case n == 0:
		return title, text
	case title == "":
		return notDone(a, n)
	}
	fields, _ := notDone(a, n)
	return fields, "The credential is only in memory. " + text
}

// FormLines is the hand-off as plain lines: the fields of each form in their order, without a secret. Of a secret it tells the length and
// what shows it: a command, or here is set and the caller does, by the number of the field.
func FormLines(a flow.Answers, here bool) []string {
	var lines []string
	number := 0
	for _, f := range Forms(a) {
		title := f.Integration.Name
		if f.Integration.Form != "" {
			title = f.Integration.Vendor + ": " + f.Integration.Form
		}
		lines = append(lines, title)
		for _, e := range f.Entries {
			number++
			line := "    " + strconv.Itoa(number) + ". " + e.Label
			if !e.Required {
				line += " (optional)"
			}
			if e.Unchanged {
				line += " (unchanged)"
			}
			switch {
			case !e.Value.IsZero():
				line += ": a secret of " + strconv.Itoa(e.Value.Len()) + " characters; " + secretWords(a, e, number, here)
			case e.Text != "":
				line += ": " + e.Text
			}
			lines = append(lines, line)
			if e.Advice != "" {
				lines = append(lines, "       "+e.Advice)
			}
		}
	}
	return lines
}

// secretWords say what shows the secret of a field.
func secretWords(a flow.Answers, e form.Entry, number int, here bool) string {
	if n := strconv.Itoa(number); here {
		return "s " + n + " shows it, c " + n + " copies it."
	}
	return "mimecred get " + a.Name + " " + e.Name() + " prints it."
}
