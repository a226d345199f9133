package simulator

import (
	"strings"
	"testing"
	"time"
)

const accountPath = "/api/account/get-account"

// The bodies of the four recordings of wrong credentials, byte for byte.
func TestRecordedRefusals(t *testing.T) {
	l := newLab(t)
	app, keys := l.seeded.legacy, l.seeded.keys
	wrongID, wrongKey, wrongAccess, wrongSecret := app, app, keys, keys
	wrongID.ApplicationID = "INVALID"
	wrongKey.ApplicationKey = "INVALID"
	wrongAccess.AccessKey = "INVALID"
	wrongSecret.SecretKey = l.mint.secretKey("another")
	const signature = `{"meta":{"status":401},"data":[],"fail":[{"errors":[{"code":"err_xdk_invalid_signature",` +
		`"message":"0004 Invalid Signature","retryable":false}]}]}`
	for name, one := range map[string]struct {
		got    reply
		status int
		body   string
		limit  string
	}{
		"application ID": {l.call10(wrongID, keys, accountPath, `{"data":[]}`), 200, `{"meta":{"status":200},"data":[],` +
			`"fail":[{"errors":[{"code":"err_developer_key","message":"App ID is invalid: INVALID","retryable":false}]}]}`, "800"},
		"application key": {l.call10(wrongKey, keys, accountPath, `{"data":[]}`), 401, signature, "800"},
		"secret key":      {l.call10(app, wrongSecret, accountPath, `{"data":[]}`), 401, signature, "800"},
		"access key":      {l.call10(app, wrongAccess, accountPath, `{"data":[]}`), 401, signature, "5000"},
	} {
		if one.got.status != one.status || one.got.body != one.body || one.got.header.Get("X-RateLimit-Limit") != one.limit {
			t.Errorf("%s: %d %s, limit %s", name, one.got.status, one.got.body, one.got.header.Get("X-RateLimit-Limit"))
		}
	}
}

func TestSignedCall(t *testing.T) {
	l := newLab(t)
	app, keys := l.seeded.legacy, l.seeded.keys
	got := l.call10(app, keys, accountPath, `{"data":[]}`)
	got.want(t, 200, `"accountCode":"CUSA00A000"`)
	if got.header.Get("X-RateLimit-Limit") != "800" || got.header.Get("X-RateLimit-Reset") != "5000" {
		t.Errorf("%v", got.header)
	}
	l.call10(app, keys, "/api/no/such-thing", `{"data":[]}`).want(t, 404)
	l.call10(app, keys, "/api/awareness-training/campaign/get-campaigns", `{"data":[]}`).want(t, 200, `"campaigns":[{`)
	l.call10(app, keys, "/api/user/create-user", `{"data":[{}]}`).want(t, 405)
	l.send("GET", accountPath, "", map[string]string{"Authorization": "MC a:b"}).want(t, 405)
	l.send("POST", accountPath, "", map[string]string{"x-mc-app-id": app.ApplicationID}).want(t, 401, "0004")
	l.send("POST", accountPath, "", map[string]string{"Authorization": "MC " + keys.AccessKey + ": c2ln"}).want(t, 401)
	l.call10(app, l.seeded.expired, accountPath, `{"data":[]}`).want(t, 418, "err_xdk_binding_expired", "AccessKey Has Expired")
}

// The public test vector of sequoiacapital-oss/go-mimecast.
func TestSignatureVector(t *testing.T) {
	l := newLab(t)
	l.at = time.Date(2022, 8, 21, 13, 49, 40, 0, time.UTC)
	l.AddLegacy(LegacyApplication{ApplicationID: "id", ApplicationKey: "ApplicationKey"})
	l.state.bindings["AccessKey"] = &Binding{AccessKey: "AccessKey", SecretKey: "U2VjcmV0S2V5", ApplicationID: "id"}
	got := l.send("POST", "/api/test/some-url", "{}", map[string]string{
		"Authorization": "MC AccessKey:WOywLsnZlsE+D6bp/ug6uch5kxc=", "x-mc-app-id": "id",
		"x-mc-date": "Sun, 21 Aug 2022 13:49:40 UTC", "x-mc-req-id": "3d796b76-4180-40e5-8f7c-6e0fd643b1a9",
	})
	got.want(t, 404) // signed well, but there is no such path
}

func TestSkew(t *testing.T) {
	l := newLab(t)
	app, keys := l.seeded.legacy, l.seeded.keys
	for _, one := range []struct {
		off    time.Duration
		status int
	}{
		{14 * time.Minute, 200},
		{-14 * time.Minute, 200},
		{16 * time.Minute, 401},
		{-16 * time.Minute, 401},
	} {
		got := l.signedAt(l.at.Add(one.off), app, keys, accountPath, `{"data":[]}`)
		got.want(t, one.status)
		if one.status == 401 && !strings.Contains(got.body, "Date Header Too Skewed") {
			t.Error(got.body)
		}
	}
	l.send("POST", accountPath, "", map[string]string{
		"Authorization": "MC " + keys.AccessKey + ":c2ln", "x-mc-date": "yesterday",
	}).want(t, 401, "Skewed")
}

func TestRoleOfTheUser(t *testing.T) {
	l := newLab(t)
	l.AddUser(User{Email: "Least@example.com", Permissions: []string{"Account | Dashboard | Read"}})
	keys := l.Bind(l.seeded.legacy.ApplicationID, "least@example.com", time.Time{})
	l.call10(l.seeded.legacy, keys, accountPath, "").want(t, 200)
	l.call10(l.seeded.legacy, keys, "/api/domain/get-internal-domain", "").want(t, 403, `"status":403`)
	l.ExpireKeys("least@example.com")
	l.call10(l.seeded.legacy, keys, accountPath, "").want(t, 418)
}

func TestQuotaOfAPI10(t *testing.T) {
	l := newLab(t)
	app, keys := l.seeded.legacy, l.seeded.keys
	for n := range 800 {
		got := l.call10(app, keys, accountPath, "")
		if got.status != 200 {
			t.Fatalf("call %d: %d", n, got.status)
		}
	}
	l.at = l.at.Add(150 * time.Millisecond)
	got := l.call10(app, keys, "/api/domain/get-internal-domain", "")
	got.want(t, 429, `"status":429`)
	if got.header.Get("X-RateLimit-Reset") != "4850" || got.header.Get("X-RateLimit-Remaining") != "0" {
		t.Errorf("%v", got.header)
	}
	l.at = l.at.Add(5 * time.Second)
	l.call10(app, keys, accountPath, "").want(t, 200)
}

func TestApplicationOfAPI10(t *testing.T) {
	l := newLab(t)
	young := l.AddLegacy(LegacyApplication{Created: l.at})
	keys := l.Bind(young.ApplicationID, userWithCode, time.Time{})
	l.call10(young, keys, accountPath, "").want(t, 200, "err_developer_key")
	l.at = l.at.Add(30 * time.Minute)
	l.call10(young, keys, accountPath, "").want(t, 200, "accountCode")
	other := young
	other.ApplicationID = l.seeded.legacy.ApplicationID // known, but not the one of the keys
	l.call10(other, keys, accountPath, "").want(t, 200, "err_developer_key")
}
