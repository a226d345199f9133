package lifecycle_test

import (
	"context"
	"iter"
	"strings"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// TestCredentialNeedsEveryValue leaves each value out in turn.
func TestCredentialNeedsEveryValue(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 28, 21, 0, 0, 0, time.UTC)
	oauth := lifecycle.Change{API: client.API20, ClientID: "id", ClientSecret: secret.New("s")}
	legacy := lifecycle.Change{
		API: client.API10, ApplicationID: "id", ApplicationKey: secret.New("k"), AccessKey: secret.New("a"), SecretKey: secret.New("s"), KeysExpireAt: at,
	}
	if c, ok := oauth.Credential().(client.OAuth); !ok || c.ClientID != "id" || c.ClientSecret.Reveal() != "s" {
		t.Errorf("got %v", oauth.Credential())
	}
	if c, ok := legacy.Credential().(client.Legacy); !ok || c.ApplicationKey.Reveal() != "k" || c.AccessKey.Reveal() != "a" || c.SecretKey.Reveal() != "s" || !c.ExpiresAt.Equal(at) {
		t.Errorf("got %v", legacy.Credential())
	}
	for name, leave := range map[string]func(o, l *lifecycle.Change){
		"the ID":         func(o, l *lifecycle.Change) { o.ClientID, l.ApplicationID = "", "" },
		"the secret":     func(o, l *lifecycle.Change) { o.ClientSecret, l.ApplicationKey = secret.Value{}, secret.Value{} },
		"the access key": func(o, l *lifecycle.Change) { o.ClientID, l.AccessKey = "", secret.Value{} },
		"the secret key": func(o, l *lifecycle.Change) { o.ClientID, l.SecretKey = "", secret.Value{} },
	} {
		o, l := oauth, legacy
		if leave(&o, &l); o.Credential() != nil || l.Credential() != nil {
			t.Errorf("without %s: %v, %v", name, o.Credential(), l.Credential())
		}
	}
}

func TestMoved(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ before, after, want string }{
		{"", "https://us-api.mimecast.com", ""},
		{"https://us-api.mimecast.com", "https://us-api.mimecast.com", ""},
		{"https://us-api.mimecast.com/", "https://US-API.mimecast.com", ""},
		{"https://us-api.mimecast.com", "https://eu-api.mimecast.com", "base URL changes from https://us-api.mimecast.com to https://eu-api.mimecast.com"},
	} {
		if got := lifecycle.Moved(c.before, c.after); got != c.want {
			t.Errorf("%q, %q: %q", c.before, c.after, got)
		}
		sentence := ""
		if c.want != "" {
			sentence = "The " + c.want + "."
		}
		if got := (lifecycle.Change{BaseURLBefore: c.before, BaseURL: c.after}).Moved(); got != sentence {
			t.Errorf("%q", got)
		}
	}
}

// TestCurrentAgainIsForRotations: the same credential is refused where another one is wanted, and nowhere else.
func TestCurrentAgainIsForRotations(t *testing.T) {
	t.Parallel()
	same := lifecycle.Change{API: client.API20, ClientID: "id", ClientSecret: secret.New("s"), Replaced: lifecycle.Replaced{Credential: client.OAuth{ClientID: "id", ClientSecret: secret.New("s")}}}
	for _, c := range []struct {
		purpose lifecycle.Purpose
		way     lifecycle.Way
		refused bool
	}{
		{lifecycle.Rotating, lifecycle.Regenerate, true},
		{lifecycle.Rotating, lifecycle.WayUndecided, true},
		{lifecycle.Rotating, lifecycle.Renew, false},
		{lifecycle.SettingUp, lifecycle.Regenerate, false},
		{lifecycle.Changing, lifecycle.WayUndecided, false},
	} {
		same.Purpose, same.Way = c.purpose, c.way
		if got := same.CurrentAgain(); (got != "") != c.refused {
			t.Errorf("%v, %q: %q", c.purpose, c.way, got)
		}
	}
}

// TestCurrentAgainSaysWhatIsNew: the words name the values that a new credential has, for each API; what is not known is no repetition.
func TestCurrentAgainSaysWhatIsNew(t *testing.T) {
	t.Parallel()
	pair := client.OAuth{ClientID: "id", ClientSecret: secret.New("s")}
	keys := client.Legacy{ApplicationID: "app", ApplicationKey: secret.New("k"), AccessKey: secret.New("a"), SecretKey: secret.New("s")}
	for name, c := range map[string]struct {
		current, fresh client.Credential
		says           string
	}{
		"the same pair":  {pair, pair, "another Client ID"},
		"the same keys":  {keys, keys, "another Access Key"},
		"another API":    {keys, pair, ""},
		"nothing before": {nil, pair, ""},
		"nothing yet":    {keys, nil, ""},
		"nothing at all": {nil, nil, ""},
	} {
		if got := lifecycle.CurrentAgain(c.current, c.fresh); (got == "") != (c.says == "") || !strings.Contains(got, c.says) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestKeepFor(t *testing.T) {
	t.Parallel()
	day := credstore.Day
	if got := (lifecycle.Change{}).KeepFor(); got != credstore.DefaultKeep {
		t.Errorf("nothing said: %v", got)
	}
	if got := (lifecycle.Change{Keep: &day}).KeepFor(); got != day {
		t.Errorf("a day: %v", got)
	}
}

// young is a Mimecast whose application is new for some runs.
type young struct {
	lifecycle.Mimecast
	runs, fresh int
}

func (m *young) Check(context.Context, client.Credential, client.Plan) iter.Seq[client.Result] {
	m.runs++
	r := client.Result{ID: client.CheckCredentials, State: client.Passed}
	if m.runs <= m.fresh {
		r.State, r.Kind = client.Failed, client.DisabledOrTooNew
	}
	return func(yield func(client.Result) bool) { yield(r) }
}

// TestPatience repeats the checks of a new application, for as long as was asked and no longer.
func TestPatience(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		wait   time.Duration
		fresh  int
		pauses []time.Duration
		stop   bool
	}{
		"no patience":          {0, 9, nil, false},
		"nothing new":          {time.Hour, 0, nil, false},
		"at the second":        {time.Hour, 1, []time.Duration{10 * time.Second}, false},
		"twice as long":        {time.Hour, 3, []time.Duration{10 * time.Second, 20 * time.Second, 40 * time.Second}, false},
		"no more than is left": {25 * time.Second, 9, []time.Duration{10 * time.Second, 15 * time.Second}, false},
		"called off":           {time.Hour, 9, []time.Duration{10 * time.Second}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			now := time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)
			service := lifecycle.Service{Now: func() time.Time { return now }}
			var pauses []time.Duration
			wait := lifecycle.Patience{For: c.wait, Pause: func(_ context.Context, d time.Duration) error {
				pauses = append(pauses, d)
				now = now.Add(d)
				if c.stop {
					return context.Canceled
				}
				return nil
			}}
			m := &young{fresh: c.fresh}
			told := 0
			results := service.Checks(t.Context(), m, client.OAuth{ClientID: "id"}, client.Plan{}, wait, func(e lifecycle.Event) {
				if _, is := e.(lifecycle.Checked); is {
					told++
				}
			})
			if len(pauses) != len(c.pauses) || m.runs != len(c.pauses)+1 && !c.stop || len(results) != 1 || told != 1 {
				t.Fatalf("%d runs, pauses %v, %d results, %d told", m.runs, pauses, len(results), told)
			}
			for i := range pauses {
				if pauses[i] != c.pauses[i] {
					t.Errorf("pauses %v, want %v", pauses, c.pauses)
				}
			}
		})
	}
}
