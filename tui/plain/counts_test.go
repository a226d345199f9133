package plain

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"mimecred/tui/flow"
)

// TestStepsAreCounted: what was settled without a question is said, and counts as a step: the next number is one more than the steps
// before it, and the last one is the total. Only another API changes how many there are.
func TestStepsAreCounted(t *testing.T) {
	d := newStage(t).sim.Demo()
	both := hidden("client_id=" + d.ClientID + "&client_secret=" + d.ClientSecret)
	for name, answers := range map[string]func(st *stage) []line{
		"API 2.0":                     func(*stage) []line { return script("", "", "", both, "") },
		"Axonius":                     func(*stage) []line { return script("axonius-mimecast-v2", "", "", "", both, "example.com", "") },
		"a product without questions": func(*stage) []line { return script("pondurance-scope", "", "", both, "") },
		"API 1.0": func(st *stage) []line {
			return script("", "1.0", "", st.url, "", hidden("application_id="+d.ApplicationID+"&application_key="+d.ApplicationKey),
				"2", hidden(d.AccessKey), hidden(d.SecretKey), "")
		},
	} {
		t.Run(name, func(t *testing.T) {
			st := newStage(t)
			c, _, err := st.run(t, flow.Answers{Welcome: true}, answers(st))
			if err != nil {
				t.Fatalf("%v\n%s", err, c.transcript.String())
			}
			at, total, settled := 0, "", 0
			for _, m := range regexp.MustCompile(`(?m)^(?:Settled: (.*)\. !|Step (\d+) of (\d+): (.*)$)`).FindAllStringSubmatch(c.output.String(), -1) {
				if m[1] != "" {
					settled += len(regexp.MustCompile(`(API|Region|Connection|Profile): `).FindAllString(m[1], -1))
					continue
				}
				place, _ := strconv.Atoi(m[2])
				if at++; place != at+settled {
					t.Errorf("%s is step %d, behind %d that were asked and %d settled", m[4], place, at-1, settled)
				}
				if total != "" && total != m[3] && m[4] != "Region" {
					t.Errorf("%s: %s steps instead of %s", m[4], m[3], total)
				}
				total = m[3]
			}
			if total != fmt.Sprint(at+settled) {
				t.Errorf("%d steps were asked and %d settled, of %s\n%s", at, settled, total, c.transcript.String())
			}
		})
	}
}

// TestChangedAnswersAreEchoed: one line says what the answer is now, what it was, and what else changed with it.
func TestChangedAnswersAreEchoed(t *testing.T) {
	d := newStage(t).sim.Demo()
	for name, tt := range map[string]struct {
		answers []any
		says    []string
	}{
		"nothing":   {[]any{"!", "Region", ""}, []string{"Nothing was changed."}},
		"back":      {[]any{"!", "Region", "<"}, []string{"Nothing was changed."}},
		"a region":  {[]any{"!", "Region", "us-api.services.mimecast.com"}, []string{"Changed: Region: US instance (was Global)."}},
		"a name":    {[]any{"!", "Profile", "beta"}, []string{"Changed: Profile: beta (was mimecast)."}},
		"a product": {[]any{"!", "Integration", "axonius-mimecast-v2", "", "", ""}, []string{"Changed: Integration: Axonius V2 (was unlisted), Profile: axonius (was mimecast)."}},
	} {
		t.Run(name, func(t *testing.T) {
			st := newStage(t)
			c, _, _ := st.run(t, flow.Answers{}, script(append(append([]any{"", "", ""}, tt.answers...), "q", "leave")...))
			out := strings.Join(strings.Fields(c.output.String()), " ")
			for _, says := range tt.says {
				if strings.Count(out, says) != 1 {
					t.Errorf("%q is not said once:\n%s", says, c.transcript.String())
				}
			}
		})
	}
	st := newStage(t)
	c, _, err := st.run(t, acme(), script(st.to20(), d.ClientID, hidden(d.ClientSecret), "!", "Application", d.ClientID, hidden(d.ClientSecret), "yes"))
	if err != nil || strings.Contains(c.output.String(), d.ClientSecret) {
		t.Errorf("%v\n%s", err, c.transcript.String())
	}
}

// TestPastedAQuestionTooEarly: both values at the console's question are used, and asked for no more; at any question before they are
// dropped, and it is said where they are asked for.
func TestPastedAQuestionTooEarly(t *testing.T) {
	d := newStage(t).sim.Demo()
	for name, text := range map[string]string{
		"JSON":   `{"client_id":"` + d.ClientID + `","client_secret":"` + d.ClientSecret + `"}`,
		"export": "client_id=" + d.ClientID + " client_secret=" + d.ClientSecret,
		"query":  "client_id=" + d.ClientID + "&client_secret=" + d.ClientSecret,
	} {
		t.Run(name, func(t *testing.T) {
			st := newStage(t)
			c, a, err := st.run(t, acme(), script("", "2.0", text, ""))
			if err != nil || !a.Activated || len(c.lines) > 0 {
				t.Fatalf("%v\n%s", err, c.transcript.String())
			}
			has(t, c, "The Client ID and the Client Secret were both in what was pasted. They are used in the next step.", ": Application", ": Check")
			st.wantActive(t, st.oauth())
			st = newStage(t)
			c, _, err = st.run(t, acme(), script(text, "", "2.0", "", d.ClientID, hidden(d.ClientSecret), ""))
			if err != nil {
				t.Fatalf("%v\n%s", err, c.transcript.String())
			}
			has(t, c, "That contains a secret and was dropped.", "The step Application asks for it.", ": Application")
		})
	}
	t.Run("API 1.0", func(t *testing.T) {
		st := newStage(t)
		text := "application_id=" + d.ApplicationID + "&application_key=" + d.ApplicationKey
		c, _, err := st.run(t, acme(), script("", "1.0", "", st.url, text, "2", hidden(d.AccessKey), hidden(d.SecretKey), ""))
		if err != nil {
			t.Fatalf("%v\n%s", err, c.transcript.String())
		}
		has(t, c, "They are used in the next step.", ": Keys", ": Check")
	})
}

// TestServiceUserInTheWalkThrough: the address is asked for once, and stands in the walk-through and in the step Keys.
func TestServiceUserInTheWalkThrough(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	c, _, err := st.run(t, acme(), script("", "1.0", "", st.url, "user", "not an address", d.Email, "", d.ApplicationID, hidden(d.ApplicationKey),
		"", "", "", hidden(d.Password), func() string { return st.sim.Code(d.Email) }, ""))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	has(t, c, "the service user's address", "user fills in the service user's address", "Email Address: "+d.Email, "["+d.Email+"]")
}

// TestHelpSaysWhatAnEmptyAnswerDoes: what the question says of one, "?" does not contradict; a long list is listed whole.
func TestHelpSaysWhatAnEmptyAnswerDoes(t *testing.T) {
	st := newStage(t)
	c, _, _ := st.run(t, acme(), script("?", "", "2.0", "?", "q", "leave"))
	has(t, c, "or ? to list all.", "An empty answer keeps what is in brackets.", "Terraform provider", "Done? An empty answer goes on", "An empty answer goes on.")
	if strings.Contains(c.output.String(), "leaves it out") {
		t.Errorf("an empty answer leaves nothing out:\n%s", c.transcript.String())
	}
}
