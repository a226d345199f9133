package simulator

import (
	"encoding/json"
	"regexp"
	"testing"
	"time"
)

// keysOf reads the keys of a sign-in.
func keysOf(t *testing.T, got reply) Binding {
	t.Helper()
	var in struct {
		Data []struct{ AccessKey, SecretKey, BindingType string }
	}
	if err := json.Unmarshal([]byte(got.body), &in); err != nil || got.status != 200 || len(in.Data) != 1 {
		t.Fatalf("%d %s", got.status, got.body)
	}
	if !regexp.MustCompile(`^[A-Za-z0-9_-]{150}$`).MatchString(in.Data[0].AccessKey) ||
		!regexp.MustCompile(`^[A-Za-z0-9+/]{86}==$`).MatchString(in.Data[0].SecretKey) {
		t.Fatalf("shape of %s", got.body)
	}
	return Binding{AccessKey: in.Data[0].AccessKey, SecretKey: in.Data[0].SecretKey}
}

func TestDiscover(t *testing.T) {
	l := newLab(t)
	head := map[string]string{"x-mc-app-id": l.seeded.legacy.ApplicationID}
	const path = "/api/login/discover-authentication"
	l.send("POST", path, `{"data":[{"emailAddress":"svc@example.com"}]}`, head).want(t, 200,
		`"authenticate":["Basic-Cloud","Basic-Ad"]`, `"region":{"api":"`+l.url+`"}`, `"fail":[]`)
	got := l.send("POST", path, `{"data":[{"emailAddress":"nobody@example.com"}]}`, head)
	if got.body != `{"meta":{"status":200},"data":[{"emailAddress":"nobody@example.com"}],"fail":[]}` {
		t.Error(got.body)
	}
	l.send("POST", path, `{"data":[{}]}`, map[string]string{"x-mc-app-id": "x"}).want(t, 200, "App ID is invalid: x")
	l.send("POST", path, `{"data`, head).want(t, 400)
	l.send("GET", path, "", head).want(t, 405)
}

func TestSignInWithoutSecondFactor(t *testing.T) {
	l := newLab(t)
	got := l.signIn("Basic-Cloud", userWithoutCode, password, `{"userName":"svc@example.com"}`)
	got.want(t, 200, `"duration":43200000`, `"bindingType":"one_step"`, `"username":"svc@example.com"`)
	keys := keysOf(t, got)
	l.call10(l.seeded.legacy, keys, accountPath, "").want(t, 200)
	if n := l.Keys(userWithoutCode); n != 1 {
		t.Errorf("%d keys", n)
	}

	l.at = l.at.Add(12 * time.Hour)
	l.call10(l.seeded.legacy, keys, accountPath, "").want(t, 418)
	renewed := keysOf(t, l.signIn("basic-ad", userWithoutCode, password, `{"accessKey":"`+keys.AccessKey+`"}`))
	if renewed.AccessKey != keys.AccessKey || renewed.SecretKey != keys.SecretKey || l.Keys(userWithoutCode) != 1 {
		t.Error("renewing made other keys")
	}
	l.call10(l.seeded.legacy, keys, accountPath, "").want(t, 200)
	l.signIn("Basic-Cloud", userWithoutCode, password, `{"accessKey":"nobody's"}`).want(t, 401)

	l.call10(l.seeded.legacy, keys, "/api/login/logout", `{"data":[{}]}`).want(t, 200, "err_validation_null")
	got = l.call10(l.seeded.legacy, keys, "/api/login/logout", `{"data":[{"accessKey":"`+keys.AccessKey+`"}]}`)
	if got.body != `{"meta":{"status":200},"data":[],"fail":[]}` {
		t.Error(got.body)
	}
	l.call10(l.seeded.legacy, keys, accountPath, "").want(t, 401, "0004 Invalid Signature")
}

func TestRefusedSignIns(t *testing.T) {
	l := newLab(t)
	l.AddUser(User{Email: "domain@example.com", Password: "p", Types: []string{"domain"}})
	l.signIn("Basic-Cloud", "domain@example.com", "p", "{}").want(t, 401, "Authentication type not supported for the user",
		`"key":{"username":"domain@example.com"}`)
	l.signIn("Basic", userWithoutCode, password, "{}").want(t, 400, "Credentials are missing from the request.")
	l.signIn("Basic-Cloud", "nobody@example.com", password, "{}").want(t, 401)
	l.send("POST", "/api/login/login", "{}", map[string]string{"Authorization": "Basic-Cloud %%"}).want(t, 400)

	for range maxWrongPasswords - 1 {
		l.signIn("Basic-Cloud", userWithoutCode, "wrong", "{}").want(t, 401, `"key":{"username":"svc@example.com"}`)
	}
	l.signIn("Basic-Cloud", userWithoutCode, password, "{}").want(t, 200) // the count starts again
	for range maxWrongPasswords {
		l.signIn("Basic-Cloud", userWithoutCode, "wrong", "{}").want(t, 401)
	}
	l.signIn("Basic-Cloud", userWithoutCode, password, "{}").want(t, 401, "locked")
}

func TestAssumedExchange(t *testing.T) {
	var told []string
	l := newLab(t, WithCodeSent(func(email, code string) { told = append(told, email+" "+code) }))
	sign := func(item string) reply { return l.signIn("Basic-Cloud", userWithCode, password, item) }
	if l.Code(userWithCode) != "" || l.Code("nobody@example.com") != "" {
		t.Error("a code before any was sent")
	}
	before := l.Keys(userWithCode)
	got := sign("{}")
	if got.status != 200 || got.body != `{"meta":{"status":200},"data":[{"bindingType":"two_step","username":"svc-otp@example.com"}],"fail":[]}` {
		t.Fatalf("%d %s", got.status, got.body)
	}
	first := l.Code("SVC-otp@example.com")
	if !regexp.MustCompile(`^[0-9]{6}$`).MatchString(first) {
		t.Fatalf("code %q", first)
	}
	sign(`{"verificationCode":"`+wrong(first)+`"}`).want(t, 401, "verification code is not valid")
	sign("{}").want(t, 200, "two_step") // sends another
	second := l.Code(userWithCode)
	sign(`{"verificationCode":"`+first+`"}`).want(t, 401)
	keys := keysOf(t, sign(`{"verificationCode":"`+second+`"}`))
	sign(`{"verificationCode":"`+second+`"}`).want(t, 401) // works once
	if n := l.Keys(userWithCode) - before; n != 1 {
		t.Errorf("%d new keys", n)
	}
	l.call10(l.seeded.legacy, keys, accountPath, "").want(t, 200)
	if len(told) != 2 || told[1] != userWithCode+" "+second {
		t.Errorf("%q", told)
	}
}

// wrong is another code.
func wrong(code string) string {
	if code == "000000" {
		return "000001"
	}
	return "000000"
}

func TestOtherShapes(t *testing.T) {
	for shape, want := range map[SecondFactor]struct {
		status int
		words  string
	}{
		UnknownCode:     {401, "err_login_0f27"},
		FailIn200:       {200, "Two-step authentication is required"},
		WithoutExchange: {200, `"bindingType":"two_step"`},
	} {
		l := newLab(t, WithSecondFactor(shape))
		l.signIn("Basic-Cloud", userWithCode, password, "{}").want(t, want.status, want.words)
		l.signIn("Basic-Cloud", userWithCode, password, `{"verificationCode":"`+l.Code(userWithCode)+`"}`).want(t, want.status, want.words)
		l.signIn("Basic-Cloud", userWithoutCode, password, "{}").want(t, 200, "accessKey")
	}
	l := newLab(t)
	if err := l.SetScenario("second-factor-keys-that-fail"); err != nil {
		t.Fatal(err)
	}
	keys := keysOf(t, l.signIn("Basic-Cloud", userWithCode, password, "{}"))
	l.call10(l.seeded.legacy, keys, accountPath, "").want(t, 401, "0004")
}
