package plain

import (
	"errors"
	"io"
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/client/simulator"
	"mimecred/tui/flow"
)

func (st *stage) oauth() client.OAuth {
	d := st.sim.Demo()
	return client.OAuth{ClientID: d.ClientID, ClientSecret: secret.New(d.ClientSecret)}
}

func (st *stage) legacy(access, key string) client.Legacy {
	d := st.sim.Demo()
	return client.Legacy{
		ApplicationID: d.ApplicationID, ApplicationKey: secret.New(d.ApplicationKey),
		AccessKey: secret.New(access), SecretKey: secret.New(key),
	}
}

func TestAPI20(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	c, a, err := st.run(t, acme(), script(st.to20(), d.ClientID, hidden(d.ClientSecret), "yes"))
	if err != nil {
		t.Fatal(err)
	}
	if !a.Activated || a.Staged {
		t.Fatalf("activated %v, staged %v", a.Activated, a.Staged)
	}
	st.wantActive(t, st.oauth())
	st.golden(t, c)
}

func TestAPI10PastedKeys(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	c, _, err := st.run(t, acme(), script(st.to10(), "2", hidden(d.AccessKey), hidden(d.SecretKey), ""))
	if err != nil {
		t.Fatal(err)
	}
	st.wantActive(t, st.legacy(d.AccessKey, d.SecretKey))
	st.golden(t, c)
}

func TestAPI10CreatesKeysWithAWrongCodeFirst(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	code := func() string { c := st.sim.Code(d.Email); return c[:3] + " " + c[3:] }
	wrong := func() string {
		if st.sim.Code(d.Email) == "000000" {
			return "111111"
		}
		return "000000"
	}
	c, a, err := st.run(t, acme(), script(st.to10(), "create", d.Email, "cloud", hidden(d.Password),
		"12345", wrong, wrong, code, "yes"))
	if err != nil {
		t.Fatal(err)
	}
	if n := st.signIns(); n != 3 {
		t.Fatalf("%d sign-ins", n)
	}
	r := st.stored(t)
	if r.Current == nil || r.Current.Source != "created" || r.Profile.ServiceUser != d.Email || a.KeysCreatedAt.IsZero() {
		t.Fatalf("active %v, source, user %q", r.Current != nil, r.Profile.ServiceUser)
	}
	if !a.Password.IsZero() {
		t.Fatal("the password is still there")
	}
	st.golden(t, c)
}

func TestResend(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	var first string
	c, _, err := st.run(t, acme(), script(st.to10(), "create", d.Email, "cloud", hidden(d.Password),
		func() string { first = st.sim.Code(d.Email); return "Resend" },
		func() string { return st.sim.Code(d.Email) }, "yes"))
	if err != nil {
		t.Fatal(err)
	}
	if st.sim.Code(d.Email) == first || st.signIns() != 3 {
		t.Fatalf("%d sign-ins", st.signIns())
	}
	has(t, c, "Mimecast sent a code", "Mimecast sent a code", "Mimecast created the keys")
}

func TestConsoleAtEveryQuestion(t *testing.T) {
	d := simulator.New().Demo()
	for name, before := range map[string][]any{
		"address":  {},
		"type":     {d.Email},
		"password": {d.Email, "cloud"},
		"code":     {d.Email, "cloud", hidden(d.Password)},
	} {
		t.Run(name, func(t *testing.T) {
			st := newStage(t)
			c, a, err := st.run(t, acme(), script(st.to10(), "create", script(before...), "console",
				hidden(d.AccessKey), hidden(d.SecretKey), "yes"))
			if err != nil {
				t.Fatal(err)
			}
			st.wantActive(t, st.legacy(d.AccessKey, d.SecretKey))
			if len(before) > 0 && a.Email != d.Email {
				t.Fatal("the address was lost")
			}
			has(t, c, "Use the console instead. What you typed is kept.", "Access Key (hidden)", "150 characters.")
		})
	}
}

func TestSecondFactorsThatNobodyKnows(t *testing.T) {
	d := simulator.New().Demo()
	for name, tt := range map[string]struct {
		shape  simulator.SecondFactor
		answer []any
		said   string
	}{
		"unknown code": {simulator.UnknownCode, []any{"console"}, "The request could not be completed"},
		"fail in 200":  {simulator.FailIn200, []any{"123456", "console"}, "Two-step authentication is required"},
		"no exchange":  {simulator.WithoutExchange, []any{"123456", "console"}, "Mimecast sent a code"},
		"keys that fail": {
			simulator.KeysThatFail,
			[]any{"change keys", "no", "console"},
			"FAILED: ",
		},
	} {
		t.Run(name, func(t *testing.T) {
			st := newStage(t, simulator.WithSecondFactor(tt.shape))
			c, _, err := st.run(t, acme(), script(st.to10(), "create", d.Email, "cloud", hidden(d.Password),
				script(tt.answer...), hidden(d.AccessKey), hidden(d.SecretKey), "yes"))
			if err != nil {
				t.Fatalf("%v\n%s", err, c.transcript.String())
			}
			st.wantActive(t, st.legacy(d.AccessKey, d.SecretKey))
			has(t, c, tt.said)
		})
	}
}

func TestWrongClientSecretCorrected(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	wrong := strings.ToUpper(d.ClientSecret)
	st.secrets = append(st.secrets, wrong)
	c, _, err := st.run(t, acme(), script(st.to20(), d.ClientID, hidden(wrong),
		"change", "", hidden(d.ClientSecret), "", "yes"))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	st.wantActive(t, st.oauth())
	st.golden(t, c)
}

func TestContinueAnyway(t *testing.T) {
	st := newStage(t)
	var ready simulator.Ready
	for _, r := range st.sim.Credentials(st.url) {
		if r.Kind == "missing_product" {
			ready = r
			break
		}
	}
	id, _ := ready.From["client_id"].(string)
	key, _ := ready.From["client_secret"].(string)
	st.secrets = append(st.secrets, key)
	c, a, err := st.run(t, acme(), script(st.to20(), id, hidden(key), "?", "again", "continue"))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	if !a.Anyway || !a.Activated {
		t.Fatal("not activated")
	}
	has(t, c, "FAILED: ", "What to do: ", "Continue anyway", "FAILED: ", "continued anyway")
}

// TestEndOfInput ends the input after each line in turn: it never hangs, and says what was kept.
func TestEndOfInput(t *testing.T) {
	d := simulator.New().Demo()
	for n := range 15 {
		st := newStage(t)
		lines := script(st.to10(), "create", d.Email, "cloud", hidden(d.Password), func() string { return st.sim.Code(d.Email) })
		if n > len(lines) {
			break
		}
		_, a, err := st.run(t, acme(), lines[:n])
		if !errors.Is(err, io.ErrUnexpectedEOF) || a.Activated {
			t.Fatalf("after %d lines: %v", n, err)
		}
		if n < len(lines) {
			if !strings.Contains(err.Error(), "nothing was stored") {
				t.Fatalf("after %d lines: %v", n, err)
			}
			st.wantNothing(t)
			continue
		}
		if !strings.Contains(err.Error(), "saved on trial") || st.stored(t).Pending == nil {
			t.Fatalf("after %d lines: %v", n, err)
		}
	}
}

func TestBackKeepsAnswers(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	c, a, err := st.run(t, acme(), script("<", st.to20(), d.ClientID, hidden(d.ClientSecret),
		"<", "<", "<", "<", "<", // back to the product
		"axonius-mimecast-v2", "", "", "!", "profile", "", "", "", hidden(""), "<", hidden("<"), "", hidden(""), "example.com", "<", "", "yes"))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	if a.Name != "acme" || a.BaseURL != global || a.ClientID != d.ClientID || a.InternalDomain != "example.com" {
		t.Fatalf("an answer was lost: %+v\n%s", a, c.transcript.String())
	}
	st.wantActive(t, st.oauth())
	has(t, c, "This is the first question", "Profile name [acme]", "Client Secret (hidden) [keep the one given before]")
}

func TestDemo(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	st.env.Demo = demoOf(st)
	st.secrets = nil // the demo shows its made-up values
	c, _, err := st.run(t, flow.Answers{}, script("", "1.0", "yes", "", "=", "=", "create", "=", "cloud", "=", "=", "yes"))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	if r, err := st.vault.Load(t.Context(), "demo"); err != nil || r.Current == nil || r.Profile.ServiceUser != d.Email {
		t.Fatalf("%v", err)
	}
	st.golden(t, c)
}

func TestDemoPasted(t *testing.T) {
	st := newStage(t)
	st.env.Demo = demoOf(st)
	st.secrets = nil
	c, _, err := st.run(t, flow.Answers{}, script("", "1.0", "yes", "", "=", "=", "console", "=", "=", "yes"))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	c, _, err = st.run(t, flow.Answers{}, script("", "2.0", "", "=", "=", "yes"))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	has(t, c, "Name: demo-2.")
}
