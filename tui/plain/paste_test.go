package plain

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// TestBothValuesInOneAnswer answers the first question with a line that holds both: the second is not asked.
func TestBothValuesInOneAnswer(t *testing.T) {
	for name, shape := range map[string]func(id, key string) string{
		"JSON":     func(id, key string) string { return `{"client_id":"` + id + `","client_secret":"` + key + `"}` },
		"one line": func(id, key string) string { return "Client ID " + id + " Client Secret " + key },
		"Markdown": func(id, key string) string { return "| Client ID | " + id + " | Client Secret | " + key + " |" },
		"query":    func(id, key string) string { return "client_id=" + id + "&client_secret=" + key },
	} {
		t.Run(name, func(t *testing.T) {
			st := newStage(t)
			d := st.sim.Demo()
			c, _, err := st.run(t, acme(), script(st.to20(), hidden(shape(d.ClientID, d.ClientSecret)), "yes"))
			if err != nil {
				t.Fatal(err)
			}
			st.wantActive(t, st.oauth())
			has(t, c, "The Client ID and the Client Secret were both in what was pasted.")
		})
	}
}

// TestPasteAtAnotherQuestion pastes JSON where a host is asked for: it is dropped as a whole, and the next line answers.
func TestPasteAtAnotherQuestion(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	answers := append([]string{"", "2.0", "!", "region"}, strings.Split(severalLines(d.ClientID, d.ClientSecret)["own JSON"], "\n")...)
	answers = append(answers, "global", "", d.ClientID, d.ClientSecret, "yes", "")
	var out strings.Builder
	_, err := Run(t.Context(), Options{Env: st.env, Answers: acme(), In: strings.NewReader(strings.Join(answers, "\n")), Out: &out})
	st.clean(t, out.String(), err)
	if err != nil || !strings.Contains(out.String(), "That contains a secret and was dropped.") {
		t.Fatalf("%v\n%s", err, out.String())
	}
	st.wantActive(t, st.oauth())
}

// TestMisplacedSecretIsDropped types a secret where a name and an ID are asked for: it is neither taken nor shown again.
func TestMisplacedSecretIsDropped(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	lines := script(hidden("client_secret="+d.ClientSecret), st.to20(), hidden("Client Secret: "+d.ClientSecret), d.ClientID, hidden(d.ClientSecret), "yes")
	c, _, err := st.run(t, acme(), lines)
	if err != nil {
		t.Fatal(err)
	}
	st.wantActive(t, st.oauth())
	has(t, c, "That contains a secret and was dropped.", "That contains a secret and was dropped.")
}

// severalLines are the shapes of a paste that goes over several lines, each of which names its values.
func severalLines(id, key string) map[string]string {
	return map[string]string{
		"own JSON":     "{\n  \"profile\": \"acme\",\n  \"api\": \"2.0\",\n  \"client_id\": \"" + id + "\",\n  \"client_secret\": \"" + key + "\"\n}",
		"own export":   "export MIMECAST_BASE_URL='https://api.services.mimecast.com'\nexport MIMECAST_CLIENT_ID='" + id + "'\nexport MIMECAST_CLIENT_SECRET='" + key + "'",
		"secret first": "export MIMECAST_CLIENT_SECRET=" + key + "\nexport MIMECAST_CLIENT_ID=" + id + "\nexport MIMECAST_PROFILE=acme",
		"the console":  "Client ID\n" + id + "\nClient Secret\n" + key,
		"with blanks":  "Client ID:\n\n" + id + "\n\nClient Secret:\n\n" + key,
		"PowerShell":   "$env:MIMECAST_CLIENT_ID = '" + id + "'\r\n$env:MIMECAST_CLIENT_SECRET = '" + key + "'",
		".env":         "# acme\nMIMECAST_CLIENT_ID=" + id + "\nMIMECAST_CLIENT_SECRET=" + key,
		"Markdown":     "| Client ID | Client Secret |\n|---|---|\n| `" + id + "` | `" + key + "` |",
		"CSV":          "name,client_id,client_secret\nacme," + id + "," + key,
	}
}

// TestPasteOfSeveralLines answers the first question with a paste of several lines, through a pipe that has everything at once and
// through one that gives a line at a time. What follows answers the next questions.
func TestPasteOfSeveralLines(t *testing.T) {
	demo := newStage(t).sim.Demo()
	for name, text := range severalLines(demo.ClientID, demo.ClientSecret) {
		for _, how := range []string{"at once", "line by line"} {
			t.Run(name+", "+how, func(t *testing.T) {
				t.Parallel()
				st := newStage(t)
				answers := append([]string{"", "2.0", ""}, strings.Split(text, "\n")...)
				var in io.Reader = strings.NewReader(strings.Join(append(answers, "yes", ""), "\n"))
				if how == "line by line" {
					in = iotest.OneByteReader(in)
				}
				var out strings.Builder
				_, err := Run(t.Context(), Options{Env: st.env, Answers: acme(), In: in, Out: &out})
				st.clean(t, out.String(), err)
				if err != nil {
					t.Fatalf("%v\n%s", err, out.String())
				}
				st.wantActive(t, st.oauth())
			})
		}
	}
}

// TestPasteThatIsNone reads lines that look like the beginning of a paste and are none: nothing is lost, nothing waits for ever.
func TestPasteThatIsNone(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	for name, text := range map[string]string{
		"the other API":   "{\n\"application_id\": \"" + d.ApplicationID + "\",\n\"application_key\": \"" + d.ApplicationKey + "\"\n}",
		"a secret alone":  "Client Secret\n" + d.ClientSecret,
		"without values":  "{\n}",
		"of another tool": "export AZURE_TENANT=abcd\nexport AZURE_NAME=abcd",
	} {
		t.Run(name, func(t *testing.T) {
			st := newStage(t)
			answers := []string{"", "2.0", "", text, d.ClientID, d.ClientSecret, "yes", ""}
			var out strings.Builder
			_, err := Run(t.Context(), Options{Env: st.env, Answers: acme(), In: strings.NewReader(strings.Join(answers, "\n")), Out: &out})
			st.clean(t, out.String(), err)
			if err != nil {
				t.Fatalf("%v\n%s", err, out.String())
			}
			st.wantActive(t, st.oauth())
			if !strings.Contains(out.String(), "dropped") {
				t.Errorf("it does not say that the paste was dropped:\n%s", out.String())
			}
		})
	}
}

// TestBothKeysInOneSecret pastes both keys, with names or without, at either question; a name before one of them is taken off.
func TestBothKeysInOneSecret(t *testing.T) {
	d := newStage(t).sim.Demo()
	for name, tt := range map[string]struct {
		answers []any
		says    string
	}{
		"export at once":   {[]any{hidden("export MIMECAST_ACCESS_KEY=" + d.AccessKey), hidden("export MIMECAST_SECRET_KEY='" + d.SecretKey + "'")}, "150 characters."},
		"both in one line": {[]any{hidden("Access Key " + d.AccessKey + " Secret Key " + d.SecretKey)}, "The Access Key and the Secret Key were both in what was pasted."},
		"both in JSON":     {[]any{hidden(`{"access_key":"` + d.AccessKey + `",`), hidden(`"secret_key":"` + d.SecretKey + `"}`)}, "The Access Key and the Secret Key were both in what was pasted."},
		"bare":             {[]any{hidden(d.SecretKey + "," + d.AccessKey)}, "The Access Key and the Secret Key were both in what was pasted."},
		"the console":      {[]any{hidden("Access Key"), hidden(d.AccessKey), hidden("Secret Key"), hidden(d.SecretKey)}, "88 characters."},
		"with its name":    {[]any{hidden("Access Key: " + d.AccessKey), hidden("Secret Key: " + d.SecretKey)}, "88 characters."},
		"the second again": {[]any{hidden("made-up"), hidden(`{"access_key":"` + d.AccessKey + `","secret_key":"` + d.SecretKey + `"}`)}, "were both in what was pasted."},
		"of the other": {
			[]any{hidden("Secret Key: " + d.SecretKey), hidden(d.AccessKey), hidden(d.SecretKey)},
			"By its name this is the Secret Key, not the Access Key. It was dropped; paste the value alone.",
		},
		"of the application": {
			[]any{hidden("application_id=" + d.ApplicationID + "&application_key=" + d.ApplicationKey), hidden(d.AccessKey), hidden(d.SecretKey)},
			"This holds more than the Access Key. It was dropped; paste the value alone.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			st := newStage(t)
			c, _, err := st.run(t, acme(), script(st.to10(), "2", script(tt.answers...), ""))
			if err != nil {
				t.Fatalf("%v\n%s", err, c.output.String())
			}
			st.wantActive(t, st.legacy(d.AccessKey, d.SecretKey))
			has(t, c, tt.says)
		})
	}
}

// TestBothValuesAtTheSecret pastes both at the second question: they replace what the first one got.
func TestBothValuesAtTheSecret(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	c, _, err := st.run(t, acme(), script(st.to20(), "made-up", hidden("client_id="+d.ClientID+"&client_secret="+d.ClientSecret), "yes"))
	if err != nil {
		t.Fatal(err)
	}
	st.wantActive(t, st.oauth())
	has(t, c, "The Client ID and the Client Secret were both in what was pasted.")
}

// TestAllFourInOnePaste fills in the keys as well; who goes back to them is asked all the same.
func TestAllFourInOnePaste(t *testing.T) {
	d := newStage(t).sim.Demo()
	all := "export MIMECAST_APPLICATION_ID=" + d.ApplicationID + "\nexport MIMECAST_APPLICATION_KEY=" + d.ApplicationKey +
		"\nexport MIMECAST_ACCESS_KEY=" + d.AccessKey + "\nexport MIMECAST_SECRET_KEY=" + d.SecretKey
	for name, behind := range map[string][]string{
		"straight on": {"yes"},
		"and back":    {"<", "<", d.AccessKey, "Secret Key: " + d.SecretKey, "yes"},
	} {
		t.Run(name, func(t *testing.T) {
			st := newStage(t)
			answers := append([]string{"", "1.0", "yes", st.url, "", all}, behind...)
			var out strings.Builder
			_, err := Run(t.Context(), Options{Env: st.env, Answers: acme(), In: strings.NewReader(strings.Join(answers, "\n") + "\n"), Out: &out})
			st.clean(t, out.String(), err)
			if err != nil {
				t.Fatalf("%v\n%s", err, out.String())
			}
			st.wantActive(t, st.legacy(d.AccessKey, d.SecretKey))
			for _, words := range []string{
				"The Application ID and the Application Key were both in what was pasted.", "So were the Access Key and the Secret Key.",
				"The Access Key and the Secret Key were both in what was pasted at Application.",
			} {
				if !strings.Contains(out.String(), words) {
					t.Errorf("%q is not said", words)
				}
			}
		})
	}
}
