package step

import (
	"cmp"
	"errors"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// The keys of a --from file for what a sign-in needs.
const (
	KeyEmail    = "create_keys.email"
	KeyType     = "create_keys.type"
	KeyPassword = "create_keys.password"
	keyCode     = "create_keys.otp"
)

// KeysForm asks who creates the access keys of API 1.0, and for what that needs: the service user's password, or the keys that
// the console showed.
func KeysForm(env Env, a flow.Answers) Form {
	f := Form{Step: flow.Keys}
	if a.Renewing() {
		f.Intro = "Signing in makes the current keys valid again. Access Key and Secret Key stay the same, so you paste nothing anywhere."
	} else {
		f.Intro = "The keys belong to the application and one service user; the product signs its calls with them."
		f.Questions = append(f.Questions, keysWay(a))
	}
	switch {
	case a.Renewing(), a.KeysWay == flow.CreateHere:
		f.Questions = append(f.Questions, signInQuestions(env, a)...)
		f.After = "The user needs a role that may use the application, and no single sign-on. Failed sign-ins can lock it, so nothing is tried twice."
	case a.KeysWay == flow.FromConsole:
		f.Intro += " " + PasteBoth
		f.Paste = pasteKeys
		f.Swap = swapOf(client.FieldAccessKey, client.FieldSecretKey, a.AccessKey, a.SecretKey, func(a *flow.Answers) {
			a.AccessKey, a.SecretKey = a.SecretKey, a.AccessKey
		})
		f.Judge = func(a flow.Answers) (string, error) { return client.FieldAccessKey, currentAgain(a) }
		f.Questions = append(f.Questions, pastedKeys(env, a)...)
	}
	return f
}

func pasteKeys(a flow.Answers, text string) (flow.Answers, string, bool) {
	after, ok := a.PasteKeys(text)
	return after, "The Access Key and the Secret Key were both in what was pasted.", ok
}

func keysWay(a flow.Answers) Question {
	return optionAt(Question{
		ID: "keys", Label: "Who creates the keys?",
		Help: []string{"The keys belong to the application and one service user; the product signs its calls with them."},
		Options: []Option{
			{
				ID: string(flow.CreateHere), Title: "Create them here", Words: []string{"here"},
				About: "Signs in as the service user, with its password and, if Mimecast asks, a one-time code.",
			},
			{
				ID: string(flow.FromConsole), Title: "Create them in the console", Words: []string{"paste"},
				About: "The console shows them once; paste them here.",
			},
		},
	}, cmp.Or(string(a.KeysWay), string(flow.CreateHere)), func(a *flow.Answers, id string) { a.KeysWay = flow.KeysWay(id) })
}

// signInQuestions ask for what a sign-in needs.
func signInQuestions(env Env, a flow.Answers) []Question {
	password := passwordAt(Question{
		ID: KeyPassword, Label: "Password", Missing: "type the password",
		Hint: "Used once to sign in, and stored nowhere.",
		Help: []string{"Used to sign in, and stored nowhere.", "Failed sign-ins can lock the account, so nothing is tried twice."},
	}, a, func(a *flow.Answers) *secret.Value { return &a.Password })
	if d := env.Demo; d != nil {
		password.Demo = func() string { return d.Password }
	}
	return []Question{serviceUser(env, a, KeyEmail), signInType(env, a), password}
}

func signInType(env Env, a flow.Answers) Question {
	q := optionAt(Question{
		ID: KeyType, Label: "Type of password",
		Help: []string{"Mimecast asks for it where it is signed in to as well."},
		Options: []Option{
			{ID: string(client.SignInCloud), Title: "Cloud", About: "The password kept by Mimecast. Most service users have this one."},
			{ID: string(client.SignInDomain), Title: "Domain", About: "The password of the organisation's directory."},
		},
	}, cmp.Or(string(a.SignIn), string(client.SignInCloud)), func(a *flow.Answers, id string) { a.SignIn = client.SignInType(id) })
	if env.Demo != nil {
		q.Demo = func() string { return string(client.SignInCloud) }
	}
	return q
}

// Code asks for the one-time code of a sign-in. used is the code that was sent last: none is ever sent twice. The code is no part
// of the answers; got gets it.
func Code(env Env, used secret.Value, got *secret.Value) Question {
	q := Question{
		ID: keyCode, Kind: OneTimeCode, Label: "One-time code", Missing: "type the six digits",
		Help: []string{"Six digits; spaces do not matter.", "Another code can be sent; older ones no longer work then."},
	}
	q.Set = func(_ *flow.Answers, v Value) Verdict {
		*got = secret.Value{}
		if v.Secret.IsZero() {
			return Verdict{}
		}
		code, err := client.CodeOf(v.Secret)
		switch {
		case err != nil:
			return Verdict{Err: err}
		case code.Equal(used):
			return Verdict{Err: errors.New("this code was sent already; type another one, or have another one sent")}
		}
		*got = code
		return Verdict{}
	}
	if d := env.Demo; d != nil && d.Code != nil {
		q.Demo = func() string { return d.Code() }
	}
	return q
}

// pastedKeys ask for the keys that the console showed. They replace those that were created here, both at once.
func pastedKeys(env Env, a flow.Answers) []Question {
	access := keyAt(Question{
		ID:   client.FieldAccessKey,
		Help: []string{"About 150 characters. The console shows it once, when the keys are created.", together(client.FieldSecretKey)},
	}, a, func(a *flow.Answers) *secret.Value { return &a.AccessKey })
	key := keyAt(Question{
		ID:   client.FieldSecretKey,
		Help: []string{"About 88 characters, ending in ==. It is below the Access Key."},
	}, a, func(a *flow.Answers) *secret.Value { return &a.SecretKey })
	if d := env.Demo; d != nil {
		access.Demo = func() string { return d.AccessKey }
		key.Demo = func() string { return d.SecretKey }
	}
	return []Question{access, key}
}

// keyAt is secretAt for a key of a service user: when another one is pasted, what is known of the keys is no longer so.
func keyAt(q Question, a flow.Answers, at func(*flow.Answers) *secret.Value) Question {
	q = secretAt(q, a, at)
	set := q.Set
	q.Set = func(a *flow.Answers, v Value) Verdict {
		before := *at(a)
		verdict := set(a, v)
		if !before.Equal(*at(a)) {
			a.KeysCreatedAt, a.KeysExpireAt, a.KeysPasted = time.Time{}, time.Time{}, false
		}
		return verdict
	}
	return q
}

// Created tells whether the keys of the answers were created here.
func Created(c lifecycle.Change) bool {
	return !c.KeysCreatedAt.IsZero() && !c.AccessKey.IsZero() && !c.SecretKey.IsZero()
}

// KeysValid says until when keys are valid that Mimecast has just created.
func KeysValid(until, now time.Time) string {
	fact, warning := lifecycle.Expiry(until, now)
	if fact == "" {
		return "They do not expire, as far as Mimecast says."
	}
	fact = "They are valid for " + lifecycle.Within(until.Sub(now)) + ". The access key " + fact + "."
	if warning != "" {
		fact += " " + warning
	}
	return fact
}
