package simulator

import (
	"testing"
	"time"
)

const logoutPath = "/api/login/logout"

func keyItem(b Binding) string { return `{"accessKey":"` + b.AccessKey + `"}` }

func (l *lab) logOut(signer, gone Binding) reply {
	l.t.Helper()
	return l.call10(l.seeded.legacy, signer, logoutPath, `{"data":[`+keyItem(gone)+`]}`)
}

// bindFor makes keys of the seeded application that never expire.
func (l *lab) bindFor(email string) Binding {
	return l.Bind(l.seeded.legacy.ApplicationID, email, time.Time{})
}

func TestLogout(t *testing.T) {
	l := newLab(t)
	legacy := l.seeded.legacy
	old, fresh, foreign := l.bindFor(userWithoutCode), l.bindFor(userWithoutCode), l.seeded.keys
	const done = `{"meta":{"status":200},"data":[],"fail":[]}`

	l.logOut(fresh, foreign).want(t, 401, "0004 Invalid Signature")
	l.call10(legacy, foreign, accountPath, "").want(t, 200)
	l.logOut(fresh, old).want(t, 200, done) // the new keys log the old ones out
	got := l.call10(legacy, old, accountPath, "")
	got.want(t, 401, "0004 Invalid Signature")
	if limit := got.header.Get("X-RateLimit-Limit"); limit != "5000" {
		t.Errorf("a key that was logged out has a quota of %s: that is not an unknown key's", limit)
	}
	l.logOut(old, old).want(t, 401, "0004 Invalid Signature") // cannot sign any more
	l.logOut(fresh, old).want(t, 200, done)                   // is gone already
	l.signIn("Basic-Cloud", userWithoutCode, password, keyItem(old)).want(t, 401)
	l.call10(legacy, fresh, accountPath, "").want(t, 200)
	l.logOut(fresh, fresh).want(t, 200, done)
	l.call10(legacy, fresh, accountPath, "").want(t, 401)
	if n := l.Keys(userWithoutCode); n != 0 {
		t.Errorf("%d keys", n)
	}
}

// Renewing keeps both keys, makes no others, and starts the lifetime again.
func TestRenew(t *testing.T) {
	l := newLab(t)
	legacy := l.seeded.legacy
	keys := keysOf(t, l.signIn("Basic-Cloud", userWithoutCode, password, "{}"))
	renew := func() {
		t.Helper()
		got := l.signIn("Basic-Cloud", userWithoutCode, password, keyItem(keys))
		got.want(t, 200, `"duration":43200000`)
		if now := keysOf(t, got); now.AccessKey != keys.AccessKey || now.SecretKey != keys.SecretKey || l.Keys(userWithoutCode) != 1 {
			t.Error("renewing made other keys")
		}
	}
	for range 2 {
		l.at = l.at.Add(keysLifetime)
		l.call10(legacy, keys, accountPath, "").want(t, 418, "0018 AccessKey Has Expired")
		renew()
		l.call10(legacy, keys, accountPath, "").want(t, 200)
	}
	// Keys that have not expired get the whole lifetime again.
	l.at = l.at.Add(keysLifetime - time.Minute)
	renew()
	l.at = l.at.Add(keysLifetime - time.Second)
	l.call10(legacy, keys, accountPath, "").want(t, 200)
	l.at = l.at.Add(time.Second)
	l.call10(legacy, keys, accountPath, "").want(t, 418)
}

// Renewing takes the same one-time code as creating, and keys without a lifetime never expire again.
func TestRenewWithSecondFactor(t *testing.T) {
	l := newLab(t)
	expired := l.seeded.expired
	l.call10(l.seeded.legacy, expired, accountPath, "").want(t, 418)
	before := l.Keys(userWithCode)
	l.signIn("Basic-Cloud", userWithCode, password, keyItem(expired)).want(t, 200, "two_step")
	l.call10(l.seeded.legacy, expired, accountPath, "").want(t, 418)
	keys := keysOf(t, l.signIn("Basic-Cloud", userWithCode, password,
		`{"accessKey":"`+expired.AccessKey+`","verificationCode":"`+l.Code(userWithCode)+`"}`))
	if keys.SecretKey != expired.SecretKey || l.Keys(userWithCode) != before {
		t.Error("renewing made other keys")
	}
	l.at = l.at.Add(10 * 365 * 24 * time.Hour)
	l.call10(l.seeded.legacy, expired, accountPath, "").want(t, 200)
}

func TestRenewOfOthers(t *testing.T) {
	l := newLab(t)
	other := l.AddLegacy(LegacyApplication{Name: "Other"})
	elsewhere := l.Bind(other.ApplicationID, userWithoutCode, l.at.Add(-time.Hour))
	revoked := l.bindFor(userWithoutCode)
	if !l.RevokeKeys(revoked.AccessKey) {
		t.Fatal("not revoked")
	}
	for name, keys := range map[string]Binding{
		"another user's": l.seeded.expired, "another application's": elsewhere, "revoked": revoked,
	} {
		got := l.signIn("Basic-Cloud", userWithoutCode, password, keyItem(keys))
		got.want(t, 401, "0004 Invalid Signature")
		if l.Keys(userWithoutCode) != 1 {
			t.Errorf("%s: %d keys", name, l.Keys(userWithoutCode))
		}
	}
	l.call10(other, elsewhere, accountPath, "").want(t, 418)
	l.call10(l.seeded.legacy, l.seeded.expired, accountPath, "").want(t, 418)
}

func TestRevoke(t *testing.T) {
	l := newLab(t)
	legacy, one, two := l.seeded.legacy, l.bindFor(userWithoutCode), l.bindFor(userWithoutCode)
	if !l.RevokeKeys(one.AccessKey) || l.RevokeKeys(one.AccessKey) {
		t.Error("not revoked once")
	}
	l.call10(legacy, one, accountPath, "").want(t, 401, "0004 Invalid Signature")
	l.call10(legacy, two, accountPath, "").want(t, 200)
	if n := l.RevokeUser("SVC@example.com"); n != 1 {
		t.Errorf("%d keys revoked", n)
	}
	l.call10(legacy, two, accountPath, "").want(t, 401, "0004 Invalid Signature")
	l.call10(legacy, l.seeded.keys, accountPath, "").want(t, 200)
	if n := l.RevokeUser(userWithoutCode); n != 0 {
		t.Errorf("%d keys revoked", n)
	}
}

func TestExpireKeys(t *testing.T) {
	l := newLab(t)
	if n := l.ExpireKeys(userWithCode); n != 2 {
		t.Errorf("%d keys expired", n)
	}
	l.call10(l.seeded.legacy, l.seeded.keys, accountPath, "").want(t, 418)
	if n := l.ExpireKeys(userWithoutCode); n != 0 {
		t.Errorf("%d keys expired", n)
	}
}

func TestSetPassword(t *testing.T) {
	l := newLab(t)
	legacy, keys := l.seeded.legacy, l.bindFor(userWithoutCode)
	for range maxWrongPasswords {
		l.signIn("Basic-Cloud", userWithoutCode, "wrong", "{}").want(t, 401)
	}
	l.signIn("Basic-Cloud", userWithoutCode, password, "{}").want(t, 401, "locked")
	if !l.SetPassword("SVC@example.com", "another") {
		t.Fatal("not set")
	}
	l.call10(legacy, keys, accountPath, "").want(t, 401, "0004 Invalid Signature")
	l.signIn("Basic-Cloud", userWithoutCode, password, "{}").want(t, 401, "Invalid user name or password")
	fresh := keysOf(t, l.signIn("Basic-Cloud", userWithoutCode, "another", "{}"))
	l.call10(legacy, fresh, accountPath, "").want(t, 200)
	l.call10(legacy, l.seeded.keys, accountPath, "").want(t, 200) // another user's
	if l.SetPassword("nobody@example.com", "x") {
		t.Error("a user that nobody made")
	}
}
