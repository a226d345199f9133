package step_test

import (
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
	"mimecred/tui/step/steptest"
)

// TestWhatKeysAskFor: a sign-in, what the console showed, or first which of both; a renewal signs in.
func TestWhatKeysAskFor(t *testing.T) {
	const signIn = "create_keys.email create_keys.type create_keys.password"
	for _, c := range []struct {
		name                 string
		change               func(a *flow.Answers)
		want                 string
		paste, judge, locked bool
		now                  string
	}{
		{"not decided", func(*flow.Answers) {}, "keys", false, false, false, "create"},
		{"here", func(a *flow.Answers) { a.KeysWay = flow.CreateHere }, "keys " + signIn, false, false, true, "create"},
		{"in the console", func(a *flow.Answers) { a.KeysWay = flow.FromConsole }, "keys access_key secret_key", true, true, false, "console"},
		{
			"renewing", func(a *flow.Answers) {
				a.Purpose, a.Way, a.Replaced.Credential, a.KeysWay = lifecycle.Rotating, lifecycle.Renew, keys("a"), flow.FromConsole
			}, signIn, false, false, true, "",
		},
	} {
		a := api10()
		c.change(&a)
		f := step.KeysForm(steptest.Env(), a)
		if order(f) != c.want || (f.Paste != nil) != c.paste || (f.Judge != nil) != c.judge || strings.Contains(f.After, "lock") != c.locked {
			t.Errorf("%s: %q, %+v", c.name, order(f), f)
		}
		if f.Intro == "" {
			t.Errorf("%s: nothing is said about it", c.name)
		}
		if renews := strings.Contains(f.Intro, "valid again"); renews != (c.now == "") || !renews && f.Questions[0].Value.Text != c.now {
			t.Errorf("%s: %q, now %+v", c.name, f.Intro, f.Questions[0].Value)
		}
	}
}

// TestHowKeysComeToBe: both ways can be chosen, and the type of the password is kept.
func TestHowKeysComeToBe(t *testing.T) {
	for _, way := range []flow.KeysWay{flow.CreateHere, flow.FromConsole} {
		a := api10()
		if err := ask(t, step.KeysForm, steptest.Env(), a, "keys").Answer(&a, step.Value{Text: string(way)}).Err; err != nil || a.KeysWay != way {
			t.Errorf("%s is taken as %s: %v", way, a.KeysWay, err)
		}
	}
	a := api10()
	a.KeysWay = flow.CreateHere
	for _, kind := range []client.SignInType{client.SignInDomain, client.SignInCloud} {
		err := ask(t, step.KeysForm, steptest.Env(), a, step.KeyType).Answer(&a, step.Value{Text: string(kind)}).Err
		if now := ask(t, step.KeysForm, steptest.Env(), a, step.KeyType).Value.Text; err != nil || a.SignIn != kind || now != string(kind) {
			t.Errorf("%s is taken as %s, shown as %s: %v", kind, a.SignIn, now, err)
		}
	}
}

// TestPassword: every character of its one line counts.
func TestPassword(t *testing.T) {
	for _, c := range []struct {
		typed, want string
		length      int
		err         string
	}{
		{" two words ", " two words ", 11, ""},
		{"line\n", "line", 4, ""},
		{"one\ntwo", "", 0, "a password is one line; that was not, and was dropped"},
		{"", "", 0, "type the password"},
	} {
		a := api10()
		a.KeysWay = flow.CreateHere
		verdict := ask(t, step.KeysForm, steptest.Env(), a, step.KeyPassword).Answer(&a, step.Value{Secret: secret.New(c.typed)})
		if !a.Password.Equal(secret.New(c.want)) || verdict.Length != c.length {
			t.Errorf("%q is not kept as %q, of %d characters", c.typed, c.want, verdict.Length)
		}
		if (verdict.Err != nil) != (c.err != "") || verdict.Err != nil && verdict.Err.Error() != c.err {
			t.Errorf("%q: %v", c.typed, verdict.Err)
		}
	}
}

// TestOneTimeCode: six digits, each code once, and no code where the last one was wrong.
func TestOneTimeCode(t *testing.T) {
	for _, c := range []struct {
		name, typed, used, got string
		err                    string
	}{
		{"six digits", "123 456", "", "123456", ""},
		{"another one", "123456", "654321", "123456", ""},
		{"the same", "123456", "123456", "", "this code was sent already; type another one, or have another one sent"},
		{"too short", "123", "", "", "6 digits"},
		{"none", "", "", "", "type the six digits"},
	} {
		got := secret.New("000000")
		a := api10()
		verdict := step.Code(steptest.Env(), secret.New(c.used), &got).Answer(&a, step.Value{Secret: secret.New(c.typed)})
		if !got.Equal(secret.New(c.got)) {
			t.Errorf("%s: not what was typed: %v", c.name, verdict.Err)
		}
		if (verdict.Err != nil) != (c.err != "") || c.err != "" && !strings.Contains(verdict.Err.Error(), c.err) {
			t.Errorf("%s: %v", c.name, verdict.Err)
		}
	}
	var got secret.Value
	if q := step.Code(demo(), secret.Value{}, &got); q.Demo == nil || q.Demo() != "123456" {
		t.Error("the demo has no code")
	}
	silent := demo()
	silent.Demo.Code = nil
	for _, env := range []step.Env{silent, steptest.Env()} {
		if q := step.Code(env, secret.Value{}, &got); q.Demo != nil {
			t.Error("there is a made-up code")
		}
	}
}

// TestPastingKeys: both at once take the place of those that were created here.
func TestPastingKeys(t *testing.T) {
	a := api10()
	a.KeysWay, a.KeysCreatedAt = flow.FromConsole, noon()
	after, note, ok := step.KeysForm(steptest.Env(), a).Paste(a, "Access Key: access-1\nSecret Key: secret-1")
	if !ok || note != "The Access Key and the Secret Key were both in what was pasted." || step.Created(after.Change) || !after.AccessKey.Equal(secret.New("access-1")) {
		t.Errorf("%v, %q", ok, note)
	}
	if after, _, ok := step.KeysForm(steptest.Env(), a).Paste(a, "Access Key: access-1"); ok || !after.AccessKey.IsZero() {
		t.Error("one key is taken as both")
	}
}

// TestAnotherKey: what is known of the keys goes when another one is pasted, and stays when it is the same.
func TestAnotherKey(t *testing.T) {
	for _, id := range []string{client.FieldAccessKey, client.FieldSecretKey} {
		for typed, known := range map[string]bool{"old": true, "new": false} {
			a := api10()
			a.KeysWay, a.AccessKey, a.SecretKey = flow.FromConsole, secret.New("old"), secret.New("old")
			a.KeysCreatedAt, a.KeysExpireAt, a.KeysPasted = noon(), noon(), true
			if err := ask(t, step.KeysForm, steptest.Env(), a, id).Answer(&a, step.Value{Secret: secret.New(typed)}).Err; err != nil {
				t.Error(err)
			}
			if a.KeysPasted != known || a.KeysCreatedAt.IsZero() == known || a.KeysExpireAt.IsZero() == known {
				t.Errorf("%s: %s: known is %v", id, typed, a.KeysPasted)
			}
		}
	}
}

// TestCreatedHere: keys that were created here are both there, with the time.
func TestCreatedHere(t *testing.T) {
	full := lifecycle.Change{KeysCreatedAt: noon(), AccessKey: secret.New("a"), SecretKey: secret.New("s")}
	noTime, noAccess, noSecret := full, full, full
	noTime.KeysCreatedAt, noAccess.AccessKey, noSecret.SecretKey = lifecycle.Change{}.KeysCreatedAt, secret.Value{}, secret.Value{}
	if !step.Created(full) || step.Created(noTime) || step.Created(noAccess) || step.Created(noSecret) {
		t.Error("keys are taken as created here without all of it, or not with all of it")
	}
}
