package step

import (
	"cmp"

	"mimecred/client"
	"mimecred/tui/flow"
)

// The answers to whether the application of API 1.0 exists.
const (
	appExists  = "exists"
	appUse20   = "use-2.0"
	appCreate1 = "create-1.0"
)

// APIForm asks for the generation, and for API 1.0 whether the application exists: most tenants can no longer create one.
func APIForm(_ Env, a flow.Answers) Form {
	f := Form{Step: flow.API, Questions: []Question{generation(a)}}
	if a.API == client.API10 {
		f.Questions = append(f.Questions, applicationExists(a))
	}
	return f
}

func generation(a flow.Answers) Question {
	options := []Option{
		{
			ID: string(client.API20), Title: "API 2.0", Aside: "Client ID and Client Secret",
			About: "What Mimecast supports today. One address for every region.",
		},
		{
			ID: string(client.API10), Title: "API 1.0", Aside: "Application ID and Key, Access Key, Secret Key",
			About: "For products that cannot do 2.0 yet. Since mid-2025 no new 1.0 applications can be created on Cloud Gateway; existing ones still work.",
		},
	}
	takes, name := only(a)
	for i := range options {
		if takes != "" && options[i].ID != string(takes) {
			options[i].Problem = name + " accepts only API " + string(takes) + "."
		}
	}
	now := string(a.API)
	if takes != "" {
		now = string(takes)
	}
	return optionAt(Question{
		ID: "api", Label: "Which API does the product ask for?", Options: options,
		Help: []string{"The two share neither addresses nor credentials. The product's own form shows which values it wants."},
	}, cmp.Or(now, string(client.API20)), func(a *flow.Answers, id string) {
		if a.API = client.API(id); a.API == client.API10 && !a.NewApplication {
			a.HasApplication = true
		}
	})
}

func applicationExists(a flow.Answers) Question {
	use20 := Option{ID: appUse20, Title: "No: use API 2.0", About: "The way for every new set-up.", Words: []string{"no"}}
	if takes, name := only(a); takes == client.API10 {
		use20.Problem = name + " accepts only API 1.0."
	}
	now := appExists
	if a.NewApplication {
		now = appCreate1
	}
	return optionAt(Question{
		ID: "application", Label: "Does the API 1.0 application exist already?",
		Help: []string{"Most tenants can no longer create one: Mimecast removed the tile on Cloud Gateway in mid-2025."},
		Options: []Option{
			{ID: appExists, Title: "Yes", About: "Its Application ID and Application Key are at hand, or can be looked up in the console."},
			use20,
			{ID: appCreate1, Title: "No, and the product accepts 1.0 only", About: "Works only while the console still shows the tile Mimecast API 1.0."},
		},
	}, now, func(a *flow.Answers, id string) {
		a.HasApplication, a.NewApplication = id == appExists, id == appCreate1
		if id == appUse20 {
			a.API = client.API20
		}
	})
}
