package step_test

import (
	"fmt"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// A form is asked to its end: it is made anew after each answer, because an answer may bring another question.
func ExampleForm() {
	typed := map[string]string{"connection": "settings", "proxy.url": "proxy.example.com:3128"}
	var a flow.Answers
	for at := 0; ; at++ {
		form := step.ConnectionForm(step.Env{EnvironmentProxy: func(string) string { return "" }}, a)
		if at == len(form.Questions) {
			break
		}
		q := form.Questions[at]
		q.Answer(&a, q.Typed(typed[q.ID]))
		fmt.Printf("%s %q\n", q.Label, typed[q.ID])
	}
	fmt.Println(a.Proxy.URL)
	// Output:
	// How is Mimecast reached? "settings"
	// Proxy URL "proxy.example.com:3128"
	// Proxy user ""
	// CA file ""
	// http://proxy.example.com:3128
}

// The verdict of a value: what it says when it cannot be used, and what was cleaned away from one that can.
func ExampleQuestion_Answer() {
	a := flow.Answers{Change: lifecycle.Change{API: client.API20}}
	q, _ := step.ApplicationForm(step.Env{}, a).Find(client.FieldClientID)
	fmt.Println(q.Answer(&a, step.Value{}).Err)
	fmt.Println(q.Answer(&a, q.Typed("Client Secret: "+longSecret)).Err)
	verdict := q.Answer(&a, q.Typed(`"Zx9kZx9k Zx9kZx9k"`))
	fmt.Println(a.ClientID, verdict.Length, verdict.Removed)
	// Output:
	// paste the Client ID
	// by its name this is the Client Secret, not the Client ID
	// Zx9kZx9kZx9kZx9k 16 1 space and 2 quotes removed
}

// A secret goes in and out of a question as a secret.Value, which never prints itself.
func ExampleQuestion_Typed() {
	a := flow.Answers{Change: lifecycle.Change{API: client.API20}}
	q, _ := step.ApplicationForm(step.Env{}, a).Find(client.FieldClientSecret)
	verdict := q.Answer(&a, q.Typed("from the console"))
	fmt.Println(a.ClientSecret, verdict.Length, a.ClientSecret.Equal(secret.New("fromtheconsole")))
	// Output: [redacted] 14 true
}

// The place that a text means: the console's address, a base URL or an account code.
func ExampleRecognise() {
	a := flow.Answers{Change: lifecycle.Change{API: client.API10}}
	for _, text := range []string{"CUSA00A000", "https://eu-api.mimecast.com/api/login", "somewhere"} {
		place, err := step.Recognise(step.Env{}, a, text)
		fmt.Println(place.RegionCode, place.BaseURL, err)
	}
	// Output:
	// us https://us-api.mimecast.com <nil>
	// eu https://eu-api.mimecast.com <nil>
	//   no Mimecast address, account code or region in it; a host that Mimecast does not list needs https:// in front
}
