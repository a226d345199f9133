package flow

import (
	"slices"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore/lifecycle"
)

func given(steps ...Step) map[Step]bool {
	m := map[Step]bool{}
	for _, s := range steps {
		m[s] = true
	}
	return m
}

func TestPath(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		answers Answers
		want    []Step
	}{
		"nothing known": {Answers{}, []Step{Integration, API, Region, Connection, Profile, Console, Application, Check, Done}},
		"api 2.0":       {Answers{Change: lifecycle.Change{API: client.API20}}, []Step{Integration, API, Region, Connection, Profile, Console, Application, Check, Done}},
		"api 1.0":       {Answers{Change: lifecycle.Change{API: client.API10}}, []Step{Integration, API, Region, Connection, Profile, Console, Application, Keys, Check, Done}},
		"name given":    {Answers{Change: lifecycle.Change{API: client.API20}, Given: given(Profile)}, []Step{Integration, API, Region, Connection, Console, Application, Check, Done}},
		"1.0, all but the keys": {
			Answers{Change: lifecycle.Change{API: client.API10}, Given: given(Profile, Integration, API, Region, Connection, Console, Application)},
			[]Step{Keys, Check, Done},
		},
		"everything given": {
			Answers{Change: lifecycle.Change{API: client.API20}, Given: given(Profile, Integration, API, Region, Connection, Console, Application)},
			[]Step{Check, Done},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := Path(tt.answers); !slices.Equal(got, tt.want) {
				t.Errorf("path %v, want %v", got, tt.want)
			}
			at := None
			for _, want := range append(slices.Clone(tt.want), None) {
				if at = Next(at, tt.answers); at != want {
					t.Fatalf("next is %v, want %v", at, want)
				}
			}
		})
	}
}

func TestPreviousStopsAtSaved(t *testing.T) {
	t.Parallel()
	a := Answers{Change: lifecycle.Change{API: client.API10}}
	for step, want := range map[Step]Step{
		Integration: None, API: Integration, Region: API, Connection: Region, Profile: Connection, Console: Profile,
		Application: Console, Keys: Application, Check: Keys, HandOff: None, Done: None,
	} {
		if got := Previous(step, a); got != want {
			t.Errorf("before %v comes %v, want %v", step, got, want)
		}
	}
	a.API = client.API20
	if got := Previous(Check, a); got != Application {
		t.Errorf("before the check of API 2.0 comes %v", got)
	}
	a.Given = given(Application, Console)
	a.Settled = given(Profile)
	if got := Previous(Check, a); got != Connection {
		t.Errorf("a skipped step is gone back to: %v", got)
	}
}

func TestResume(t *testing.T) {
	t.Parallel()
	whole := Answers{Change: lifecycle.Change{API: client.API20, ClientID: "id", ClientSecret: secret.New("s")}}
	half := whole
	half.ClientSecret = secret.Value{}
	other := Answers{
		Change: lifecycle.Change{
			API: client.API10, ApplicationID: "a", ApplicationKey: secret.New("b"),
			AccessKey: secret.New("c"), SecretKey: secret.New("d"),
		},
	}
	for name, tt := range map[string]struct {
		at, to        Step
		before, after Answers
		want          Step
	}{
		"straight back":           {Region, Check, whole, whole, Check},
		"from the step before":    {Application, Check, whole, whole, Check},
		"a value is missing":      {Region, Check, whole, half, Connection},
		"another API":             {API, Check, whole, other, Region},
		"to lies behind":          {Check, Region, whole, whole, Region},
		"nowhere to go back to":   {Region, None, whole, whole, Connection},
		"to is no longer a step":  {Region, Keys, whole, whole, Connection},
		"keys, then check of 1.0": {Keys, Check, other, other, Check},
	} {
		if got := Resume(tt.at, tt.to, tt.before, tt.after); got != tt.want {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}

func TestAtRisk(t *testing.T) {
	t.Parallel()
	s := secret.New("x")
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	for name, tt := range map[string]struct {
		answers Answers
		any     bool
		created bool
		lines   []string
	}{
		"nothing typed":    {Answers{Change: lifecycle.Change{Name: "acme", API: client.API20, ClientID: "public"}}, false, false, nil},
		"client secret":    {Answers{Change: lifecycle.Change{API: client.API20, ClientSecret: s}}, true, false, []string{"Not saved anywhere yet: the client secret."}},
		"of the other API": {Answers{Change: lifecycle.Change{API: client.API20, ApplicationKey: s}}, false, false, nil},
		"pasted keys":      {Answers{Change: lifecycle.Change{API: client.API10, ApplicationKey: s, AccessKey: s, SecretKey: s}}, true, false, []string{"Not saved anywhere yet: the application key, the access key and the secret key."}},
		"password only":    {Answers{Change: lifecycle.Change{API: client.API10, Password: s}}, false, false, nil},
		"two":              {Answers{Change: lifecycle.Change{API: client.API20, ClientSecret: s, Proxy: client.Proxy{Password: s}}}, true, false, []string{"Not saved anywhere yet: the client secret and the proxy password."}},
		"staged":           {Answers{Change: lifecycle.Change{API: client.API20, ClientSecret: s, Staged: true}}, true, false, []string{"The credential is saved on trial. It is not current yet."}},
		"typed since": {
			Answers{Change: lifecycle.Change{API: client.API20, ClientID: "id", ClientSecret: s, Staged: true, StagedCredential: client.OAuth{ClientID: "id", ClientSecret: secret.New("old")}}},
			true, false,
			[]string{"The credential is saved on trial. It is not current yet.", "What you entered after that is not saved: the client secret."},
		},
		"activated":           {Answers{Change: lifecycle.Change{API: client.API20, ClientSecret: s, Activated: true}}, false, false, nil},
		"created and staged":  {Answers{Change: lifecycle.Change{API: client.API10, AccessKey: s, SecretKey: s, KeysCreatedAt: now, Staged: true}}, true, false, []string{"The credential is saved on trial. It is not current yet."}},
		"created, not staged": {Answers{Change: lifecycle.Change{API: client.API10, AccessKey: s, SecretKey: s, KeysCreatedAt: now, Password: s}}, true, true, []string{"Mimecast created access keys, and only this program has them.", "Without them the keys stay valid at Mimecast and nobody can use them."}},
	} {
		r := AtRisk(tt.answers)
		if r.Any() != tt.any || r.Created != tt.created || !slices.Equal(r.Lines(false), tt.lines) {
			t.Errorf("%s: any %v, created %v, lines %q", name, r.Any(), r.Created, r.Lines(false))
		}
	}
}

func TestFixStep(t *testing.T) {
	t.Parallel()
	v20 := Answers{Change: lifecycle.Change{API: client.API20}}
	v10 := Answers{Change: lifecycle.Change{API: client.API10}}
	created := Answers{Change: lifecycle.Change{API: client.API10, KeysCreatedAt: time.Unix(1, 0)}}
	proxied := Answers{Change: lifecycle.Change{API: client.API20, Proxy: client.Proxy{URL: "http://proxy:3128"}}}
	for _, tt := range []struct {
		kind    client.Kind
		answers Answers
		want    Step
	}{
		{client.InvalidCredentials, v20, Application},
		{client.InvalidCredentials, v10, Keys},
		{client.InvalidCredentials, created, Keys},
		{client.UnknownApplication, v10, Application},
		{client.DisabledOrTooNew, v10, Application},
		{client.ExpiredKeys, v10, Keys},
		{client.ExpiredKeys, v20, Application},
		{client.TLS, v20, Connection},
		{client.ProxyFailed, v20, Connection},
		{client.DNS, v20, Region},
		{client.Network, v20, Region},
		{client.Network, proxied, Connection},
		{client.Timeout, v20, Region},
		{client.BadResponse, proxied, Connection},
		{client.WrongRegion, v10, Region},
		{client.WrongAPI, v10, API},
		{client.MissingProduct, v20, Console},
		{client.MissingPermission, v20, Console},
		{client.NotLicensed, v20, Console},
		{client.Validation, v20, Integration},
		{client.ClockSkew, v20, None},
		{client.RateLimited, v20, None},
		{client.Server, v20, None},
		{client.Canceled, v20, None},
		{client.Unknown, v20, None},
		{"", v20, None},
	} {
		if got := FixStep(tt.kind, tt.answers); got != tt.want {
			t.Errorf("%s of API %s: %v, want %v", tt.kind, tt.answers.API, got, tt.want)
		}
	}
	v20.Given = given(Application)
	if got := FixStep(client.InvalidCredentials, v20); got != Application {
		t.Errorf("a value from the command line cannot be changed: %v", got)
	}
}

// FuzzBackAndForth walks at random: whatever the answers, the path is strictly forward, back is the reverse of next, and
// nothing that was answered changes.
func FuzzBackAndForth(f *testing.F) {
	f.Add(uint16(0), false, []byte{1, 1, 0, 1, 1, 1, 0, 0})
	f.Add(uint16(0b1010), true, []byte{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1})
	f.Fuzz(func(t *testing.T, skip uint16, legacy bool, moves []byte) {
		a := Answers{Change: lifecycle.Change{Name: "acme", API: client.API20, ClientID: "id"}, Given: map[Step]bool{}}
		if legacy {
			a.API = client.API10
		}
		for s := Integration; s < Check; s++ {
			a.Given[s] = skip&(1<<uint(s)) != 0
		}
		path := Path(a)
		if !slices.IsSorted(path) || len(path) < 2 {
			t.Fatalf("path %v", path)
		}
		at, before := path[0], a.Name
		for _, m := range moves {
			if m%2 == 1 {
				if next := Next(at, a); next != None {
					if next <= Check && Previous(next, a) != at {
						t.Fatalf("%v → %v and back gives %v", at, next, Previous(next, a))
					}
					at = next
				}
			} else if previous := Previous(at, a); previous != None {
				if Next(previous, a) != at {
					t.Fatalf("%v ← %v and forth gives %v", previous, at, Next(previous, a))
				}
				at = previous
			}
			if !slices.Contains(path, at) || a.Given[at] {
				t.Fatalf("%v is not on the path %v", at, path)
			}
		}
		if a.Name != before || a.ClientID != "id" {
			t.Fatal("an answer changed")
		}
	})
}
