package simulator

import (
	"regexp"
	"slices"
	"testing"
	"time"
)

const dashboard = "Account | Dashboard | Read"

func TestRegenerate(t *testing.T) {
	l := newLab(t)
	old := l.seeded.all
	token := l.bearerOf(old)
	app, ok := l.Regenerate(old.ClientID, 0)
	if !ok || app.ClientID == old.ClientID || app.ClientSecret == old.ClientSecret || app.Name != old.Name {
		t.Fatalf("%v %+v", ok, app)
	}
	if !regexp.MustCompile(`^[A-Za-z0-9]{48}$`).MatchString(app.ClientID) ||
		!regexp.MustCompile(`^[A-Za-z0-9]{64}$`).MatchString(app.ClientSecret) {
		t.Errorf("shape of %+v", app)
	}
	l.mintToken(old.ClientID, old.ClientSecret).want(t, 401, "InvalidClientIdentifier")
	l.mintToken(app.ClientID, old.ClientSecret).want(t, 401)
	l.mintToken(old.ClientID, app.ClientSecret).want(t, 401)
	l.call20(token, "POST", accountPath, "").want(t, 401, "invalid_access_token")
	l.call20(l.bearerOf(app), "POST", accountPath, "").want(t, 200)

	if _, ok := l.Regenerate(old.ClientID, 0); ok {
		t.Error("a client ID that was replaced can be regenerated")
	}
	again, ok := l.Regenerate(app.ClientID, 0)
	if !ok || again.ClientID == app.ClientID || again.ClientID == old.ClientID {
		t.Errorf("%v %+v", ok, again)
	}
	l.mintToken(app.ClientID, app.ClientSecret).want(t, 401)
	l.bearerOf(again)
}

func TestRegenerateWithGrace(t *testing.T) {
	l := newLab(t)
	old := l.seeded.all
	token := l.bearerOf(old)
	app, _ := l.Regenerate(old.ClientID, 10*time.Minute)
	l.bearerOf(app)
	last, _ := l.Regenerate(app.ClientID, 0) // does not shorten the grace of the pair before
	l.at = l.at.Add(10*time.Minute - time.Second)
	l.call20(token, "POST", accountPath, "").want(t, 200)
	l.call20(l.bearerOf(old), "POST", accountPath, "").want(t, 200)
	l.mintToken(old.ClientID, last.ClientSecret).want(t, 401)
	l.mintToken(app.ClientID, app.ClientSecret).want(t, 401)
	l.at = l.at.Add(time.Second)
	l.mintToken(old.ClientID, old.ClientSecret).want(t, 401, "InvalidClientIdentifier")
	l.call20(token, "POST", accountPath, "").want(t, 401, "invalid_access_token")
	l.bearerOf(last)
}

// A quota is the application's, whatever its pair.
func TestRegenerateKeepsTheQuota(t *testing.T) {
	l := newLab(t)
	token := l.bearerOf(l.seeded.all)
	for range oauthQuota().calls {
		l.call20(token, "GET", "/identity/whoami", "").want(t, 200)
	}
	app, _ := l.Regenerate(l.seeded.all.ClientID, 0)
	l.call20(l.bearerOf(app), "GET", "/identity/whoami", "").want(t, 429)
}

func TestChangesOfAnApplication(t *testing.T) {
	l := newLab(t)
	app := l.seeded.all
	token := l.bearerOf(app)
	call := func() reply { return l.call20(token, "POST", accountPath, "") }
	do := func(done bool) {
		t.Helper()
		if !done {
			t.Error("not done")
		}
	}
	do(l.RemovePermission(app.ClientID, dashboard))
	call().want(t, 403, "Forbidden to perform the requested operation")
	do(!l.RemovePermission(app.ClientID, dashboard))
	do(l.SetPermissions(app.ClientID, dashboard))
	call().want(t, 200)
	l.call20(token, "POST", "/api/user/get-internal-users", "").want(t, 403, "Forbidden to perform")

	do(l.RemoveProduct(app.ClientID, "accountmanagement"))
	call().want(t, 403, "does not exist in any product assigned to the application")
	do(!l.RemoveProduct(app.ClientID, "accountmanagement"))
	do(l.SetProducts(app.ClientID, "accountmanagement"))
	call().want(t, 200)
	if now, ok := l.Application(app.ClientID); !ok || !slices.Equal(now.Products, []string{"accountmanagement"}) ||
		!slices.Equal(now.Permissions, []string{dashboard}) {
		t.Errorf("%v %+v", ok, now)
	}

	do(!l.SetPermissions("nobody", dashboard))
	do(!l.SetProducts("nobody", "x"))
	do(!l.RemovePermission("nobody", dashboard))
	do(!l.RemoveProduct("nobody", "x"))
	if _, ok := l.Application("nobody"); ok {
		t.Error("an application that nobody made")
	}
	// What was changed is one application: another with the same lists keeps them.
	l.call20(l.bearerOf(l.seeded.integrated), "POST", accountPath, "").want(t, 200)
}

func TestChangesOfAUser(t *testing.T) {
	l := newLab(t)
	call := func() reply { return l.call10(l.seeded.legacy, l.seeded.keys, accountPath, "") }
	call().want(t, 200)
	if !l.RemoveUserPermission(userWithCode, dashboard) || l.RemoveUserPermission(userWithCode, dashboard) {
		t.Error("a permission is not removed once")
	}
	call().want(t, 403, "err_xdk_forbidden")
	if !l.SetUserPermissions("SVC-otp@example.com", dashboard) {
		t.Error("the letter case of an address matters")
	}
	call().want(t, 200)
	if l.SetUserPermissions("nobody@example.com", dashboard) || l.RemoveUserPermission("nobody@example.com", dashboard) {
		t.Error("a user that nobody made")
	}
}

func TestDisableAndEnable(t *testing.T) {
	l := newLab(t)
	app, legacy := l.seeded.all, l.seeded.legacy
	token := l.bearerOf(app)
	for range 2 {
		if !l.Disable(app.ClientID) || !l.Disable(legacy.ApplicationID) {
			t.Fatal("not disabled")
		}
	}
	l.mintToken(app.ClientID, app.ClientSecret).want(t, 401, "InvalidClientIdentifier")
	l.call20(token, "POST", accountPath, "").want(t, 401, "invalid_access_token")
	l.call10(legacy, l.seeded.keys, accountPath, "").want(t, 200, "err_developer_key")
	fresh, _ := l.Regenerate(app.ClientID, time.Hour)
	l.mintToken(fresh.ClientID, fresh.ClientSecret).want(t, 401)
	l.mintToken(app.ClientID, app.ClientSecret).want(t, 401)

	if !l.Enable(fresh.ClientID) || !l.Enable(legacy.ApplicationID) {
		t.Fatal("not enabled")
	}
	l.call20(token, "POST", accountPath, "").want(t, 200)
	l.call20(l.bearerOf(fresh), "POST", accountPath, "").want(t, 200)
	l.call10(legacy, l.seeded.keys, accountPath, "").want(t, 200, "accountCode")
	if l.Disable("nobody") || l.Enable("nobody") {
		t.Error("an application that nobody made")
	}
}

func TestDeleteApplication(t *testing.T) {
	l := newLab(t)
	app, legacy := l.seeded.all, l.seeded.legacy
	token := l.bearerOf(app)
	fresh, _ := l.Regenerate(app.ClientID, time.Hour)
	other := l.AddLegacy(LegacyApplication{Name: "Other"})
	kept := l.Bind(other.ApplicationID, userWithCode, time.Time{})
	if !l.DeleteApplication(fresh.ClientID) || !l.DeleteApplication(legacy.ApplicationID) {
		t.Fatal("not deleted")
	}
	for _, gone := range []OAuthApplication{app, fresh} {
		l.mintToken(gone.ClientID, gone.ClientSecret).want(t, 401)
	}
	l.call20(token, "POST", accountPath, "").want(t, 401)
	l.call10(legacy, l.seeded.keys, accountPath, "").want(t, 401, "0004 Invalid Signature")
	l.call10(other, kept, accountPath, "").want(t, 200, "accountCode")
	if n := l.Keys(userWithCode); n != 1 {
		t.Errorf("%d keys", n)
	}
	if l.DeleteApplication(fresh.ClientID) || l.DeleteApplication(app.ClientID) || l.DeleteApplication(legacy.ApplicationID) {
		t.Error("deleted twice")
	}
}

func TestDemo(t *testing.T) {
	l := newLab(t)
	first := l.Demo()
	l.bearerOf(OAuthApplication{ClientID: first.ClientID, ClientSecret: first.ClientSecret})
	seen := map[string]bool{first.ClientID: true}
	for range 3 {
		id, secret := l.DemoRegenerate()
		if now := l.Demo(); seen[id] || now.ClientID != id || now.ClientSecret != secret {
			t.Fatalf("%q, the demo says %q", id, now.ClientID)
		}
		seen[id] = true
		l.bearerOf(OAuthApplication{ClientID: id, ClientSecret: secret})
		if from := l.Credentials(l.url)[0].From; from["client_id"] != id || from["client_secret"] != secret {
			t.Errorf("ready-made: %v", from)
		}
	}
	l.mintToken(first.ClientID, first.ClientSecret).want(t, 401)
	if !l.SetPassword(first.Email, "another") || l.Demo().Password != "another" {
		t.Error("the demo tells a password that was replaced")
	}
	last := l.Demo()
	l.DeleteApplication(last.ClientID)
	if id, secret := l.DemoRegenerate(); id != first.ClientID || secret != first.ClientSecret {
		t.Errorf("without its application the demo tells %q", id)
	}
}
