package step

import "strings"

// StartLines say what the wizard does, what it needs, what happens to what is typed, and that the best place for it does not
// work here; for whoever has no profile yet.
func StartLines(env Env) []string {
	lines := []string{
		"mimecred sets up the API credential that another product needs for Mimecast.",
		"It goes through the console with you, tests the credential, saves it as a profile, and fills in the product's form.",
		"You need: a sign-in to the Mimecast Administration Console, and the form of the product.",
		"It takes about 10 minutes. API 1.0 may need 30 more, to wait.",
		"Nothing is saved until it has been tested.",
	}
	if len(env.Stores) > 0 && env.Stores[0].Problem != "" {
		first := env.Stores[0]
		lines = append(lines, withoutFirst(env), strings.TrimSpace(first.Title+": "+first.Problem+" "+first.Fix))
	}
	if env.Demo != nil {
		lines = append(lines, "This is the demo: everything here is made up, and nothing is kept.")
	}
	return lines
}

// withoutFirst says why the first store does not work, and what happens then.
func withoutFirst(env Env) string {
	usable := env.Usable()
	if len(usable) == 0 {
		return NoStore
	}
	why := env.Stores[0].Title + " does not work here"
	if brief := env.Stores[0].Brief; brief != "" {
		why += ": " + brief
	}
	if env.Preselected() == "" {
		return why + ". Without it the credential is kept in memory only, until mimecred ends."
	}
	return why + ". The step Profile offers: " + usable[0].Title + "."
}
