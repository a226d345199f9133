package simulator

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestToken(t *testing.T) {
	l := newLab(t)
	a := l.seeded.all
	got := l.mintToken(a.ClientID, a.ClientSecret)
	got.want(t, 200)
	shape := regexp.MustCompile(`^\{"access_token":"[a-zA-Z0-9]{28}","token_type":"Bearer","expires_in":1799,"scope":""\}$`)
	if !shape.MatchString(got.body) {
		t.Errorf("shape of %s", got.body)
	}
	const refused = `{"fail":[{"code":"InvalidClientIdentifier","message":"Client credentials are invalid"}]}`
	for name, got := range map[string]reply{
		"wrong secret": l.mintToken(a.ClientID, a.ClientSecret+" "),
		"wrong id":     l.mintToken("nobody", a.ClientSecret),
		"JSON":         l.send("POST", "/oauth/token", `{"client_id":"x"}`, map[string]string{"Content-Type": "application/json"}),
		"no grant":     l.send("POST", "/oauth/token", "client_id="+a.ClientID, map[string]string{"Content-Type": "application/x-www-form-urlencoded"}),
	} {
		if got.status != 401 || got.body != refused {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
	l.send("GET", "/oauth/token", "", nil).want(t, 405)
	l.send("POST", "//oauth/token", "", nil).want(t, 404, "endpoint_evaluation_failed_1")
}

func TestApplicationThatIsNewOrDisabled(t *testing.T) {
	l := newLab(t)
	young := l.AddOAuth(OAuthApplication{Products: []string{"accountmanagement"}, Created: l.at})
	l.mintToken(young.ClientID, young.ClientSecret).want(t, 401, "InvalidClientIdentifier")
	l.at = l.at.Add(activation)
	l.mintToken(young.ClientID, young.ClientSecret).want(t, 200)
	off := l.AddOAuth(OAuthApplication{Disabled: true})
	l.mintToken(off.ClientID, off.ClientSecret).want(t, 401)
}

func TestTokensExpire(t *testing.T) {
	l := newLab(t)
	token := l.bearerOf(l.seeded.all)
	l.call20(token, "GET", "/identity/whoami", "").want(t, 200)
	l.at = l.at.Add(tokenLifetime)
	l.call20(token, "GET", "/identity/whoami", "").want(t, 401, `"token_expired"`)
	l.at = l.at.Add(2 * time.Hour)
	fresh := l.bearerOf(l.seeded.all)
	l.call20(token, "GET", "/identity/whoami", "").want(t, 401, `"invalid_access_token"`)
	l.ExpireTokens()
	l.call20(fresh, "GET", "/identity/whoami", "").want(t, 401, `"token_expired"`)
	l.send("GET", "/identity/whoami", "", nil).want(t, 401, `"invalid_access_token"`)
}

func TestProductsAndPermissions(t *testing.T) {
	l := newLab(t)
	const path = "/api/account/get-account"
	for name, one := range map[string]struct {
		app    OAuthApplication
		status int
		words  string
	}{
		"everything":    {OAuthApplication{Products: []string{"accountmanagement"}, Permissions: []string{"Account | Dashboard | Read"}}, 200, `"fail":[]`},
		"no product":    {OAuthApplication{Permissions: []string{"Account | Dashboard | Read"}}, 403, "does not exist in any product assigned"},
		"no permission": {OAuthApplication{Products: []string{"accountmanagement"}}, 403, "Forbidden to perform the requested operation"},
	} {
		t.Run(name, func(t *testing.T) {
			got := l.call20(l.bearerOf(l.AddOAuth(one.app)), "POST", path, `{"data":[]}`)
			got.want(t, one.status, one.words)
			got.valid(t)
		})
	}
	token := l.bearerOf(l.seeded.all)
	l.call20(token, "GET", "/no/such/thing", "").want(t, 403, "does not exist in any product assigned")
	l.call20(token, "GET", path, "").want(t, 403)
}

func TestAccountIsAsRecorded(t *testing.T) {
	l := newLab(t)
	got := l.call20(l.bearerOf(l.seeded.all), "POST", "/api/account/get-account", `{"data":[]}`)
	got.want(t, 200)
	const begin = `{"meta":{"status":200},"data":[{"region":"us","archive":false,"gateway":true,"passphrase":"",` +
		`"supportCode":"000A","maxRetention":30,"maxRetentionConfirmed":true,"minRetentionEnabled":false,` +
		`"automatedSegmentPurge":true,"type":"full","policyInheritance":false,"databaseCode":"usterm9",` +
		`"searchReason":false,"contentAdministratorDefaultView":"Metadata","adminSessionTimeout":60,"exportApi":false,` +
		`"exgestAllowQuery":false,"accountCode":"CUSA00A000","accountName":"Example Corp","adminEmail":"",` +
		`"contactEmail":"admin@example.com","domain":"",`
	if !strings.HasPrefix(got.body, begin) || !strings.HasSuffix(got.body, `"Message Recovery Service - User [1058]"]}],"fail":[]}`) {
		t.Error(got.body)
	}
	for name, value := range map[string]string{
		"Cache-Control": "no-store", "Pragma": "no-cache", "X-Robots-Tag": "noindex, nofollow",
		"Content-Type": "application/json", "Date": "Sun, 22 Nov 2026 10:00:00 GMT",
	} {
		if got.header.Get(name) != value {
			t.Errorf("%s: %q", name, got.header.Get(name))
		}
	}
	if got.header.Get("X-Request-Id") == "" || got.header.Get("X-RateLimit-Limit") != "" {
		t.Errorf("headers %v", got.header)
	}
}

func TestCloudIntegratedTenant(t *testing.T) {
	l := newLab(t)
	token := l.bearerOf(l.seeded.integrated)
	got := l.call20(token, "GET", "/identity/whoami", "")
	got.want(t, 200, `"ci":"CUSB00B000"`)
	if strings.Contains(got.body, `"cg"`) {
		t.Error(got.body)
	}
	l.call20(token, "POST", "/api/account/get-account", `{"data":[]}`).want(t, 200, `"gateway":false`)
	l.call20(token, "POST", "/api/user/get-internal-users", `{"data":[{}]}`).want(t, 404, "endpoint_evaluation_failed_1")
	l.call20(token, "GET", "/domain/cloud-gateway/v1/internal-domains", "").want(t, 404)
	ci := "/siem/v1/batch/events/ci?type=entities&dateRangeStartsAt=2026-11-21&dateRangeEndsAt=2026-11-22"
	l.call20(token, "GET", ci, "").want(t, 200, "isCaughtUp")
	l.call20(l.bearerOf(l.seeded.all), "GET", ci, "").want(t, 404)
}

func TestWritesAreRefusedAndLogged(t *testing.T) {
	l := newLab(t)
	l.call20(l.bearerOf(l.seeded.all), "POST", "/api/user/create-user", `{"data":[{}]}`).want(t, 405, "refuses")
	all := l.Requests()
	last := all[len(all)-1]
	if !last.Write || last.Status != 405 || last.Path != "/api/user/create-user" || last.API != "2.0" || !last.Authorized {
		t.Errorf("%+v", last)
	}
	if all[0].Write || all[0].Method != http.MethodPost || all[0].Number != 1 {
		t.Errorf("%+v", all[0])
	}
	l.ForgetRequests()
	if n := len(l.Requests()); n != 0 {
		t.Errorf("%d requests", n)
	}
}

func TestQuotaOfAPI20(t *testing.T) {
	l := newLab(t)
	token := l.bearerOf(l.seeded.all)
	for range oauthQuota().calls {
		l.call20(token, "GET", "/identity/whoami", "").want(t, 200)
	}
	got := l.call20(token, "GET", "/identity/whoami", "")
	got.want(t, 429, `"fail":[{"code":`)
	if got.header.Get("X-RateLimit-Reset") != "60000" || got.header.Get("X-RateLimit-Remaining") != "0" {
		t.Errorf("%v", got.header)
	}
	l.call20(token, "POST", "/api/account/get-account", "").want(t, 200) // another function, another quota
	l.at = l.at.Add(time.Minute)
	l.call20(token, "GET", "/identity/whoami", "").want(t, 200)
}
