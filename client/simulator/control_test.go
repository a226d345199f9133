package simulator

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"mimecred/client/catalog/operation"
)

// command posts a command with its parameters in the address.
func (l *lab) command(line string) reply {
	l.t.Helper()
	return l.send("POST", controlPath+line, "", nil)
}

// values writes parameters, two by two.
func values(pairs ...string) string {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v.Encode()
}

func TestOrderRegenerate(t *testing.T) {
	l := newLab(t)
	old := l.seeded.all
	got := l.command("regenerate?client_id=" + old.ClientID)
	got.want(t, 200)
	pair := map[string]string{}
	if err := json.Unmarshal([]byte(got.body), &pair); err != nil || len(pair) != 2 || got.header.Get("Content-Type") != "application/json" {
		t.Fatalf("%v %s", err, got.body)
	}
	app := OAuthApplication{ClientID: pair["client_id"], ClientSecret: pair["client_secret"]}
	l.bearerOf(app)
	l.mintToken(old.ClientID, old.ClientSecret).want(t, 401)
	l.command("regenerate?client_id="+old.ClientID).want(t, 404, "was replaced by "+app.ClientID)

	l.command("regenerate?grace=10m&client_id="+app.ClientID).want(t, 200)
	l.bearerOf(app)
	l.send("GET", controlPath, "", nil).want(t, 200, "the old one  "+app.ClientID+", until 2026-11-22T10:10:00Z")
	l.at = l.at.Add(10 * time.Minute)
	l.mintToken(app.ClientID, app.ClientSecret).want(t, 401)
	if page := l.send("GET", controlPath, "", nil).body; strings.Contains(page, app.ClientID) {
		t.Error("the old pair is still there")
	}
	for _, grace := range []string{"-1s", "10", "soon"} {
		l.command("regenerate?"+values("client_id", l.Demo().ClientID, "grace", grace)).want(t, 400, "is not a time such as 10m")
	}
}

func TestOrdersOfRoles(t *testing.T) {
	l := newLab(t)
	id := l.seeded.all.ClientID
	token := l.bearerOf(l.seeded.all)
	call20 := func() reply { return l.call20(token, "POST", accountPath, "") }
	call10 := func() reply { return l.call10(l.seeded.legacy, l.seeded.keys, accountPath, "") }

	l.command("permissions?"+values("client_id", id, "remove", dashboard)).want(t, 200, "permissions of the application All: all but "+dashboard)
	call20().want(t, 403, "Forbidden to perform")
	l.command("permissions?"+values("client_id", id, "remove", dashboard)).want(t, 400, "to remove; there are: ")
	l.command("permissions?"+values("client_id", id, "add", dashboard)).want(t, 200, "All: all")
	l.command("permissions?"+values("client_id", id, "add", dashboard)).want(t, 200, "All: all")
	call20().want(t, 200)

	l.command("permissions?"+values("client_id", id, "remove", dashboard, "remove", "Directories | Internal | Read")).want(t, 200, dashboard)
	l.command("permissions?"+values("client_id", id, "add", dashboard, "add", "Directories | Internal | Read")).want(t, 200, "All: all")

	l.command("products?"+values("client_id", id, "remove", "accountmanagement")).want(t, 200, "products of the application All: all but accountmanagement")
	call20().want(t, 403, "does not exist in any product")
	l.command("products?"+values("client_id", id, "add", "accountmanagement")).want(t, 200, "All: all")
	call20().want(t, 200)

	l.command("permissions?"+values("user", userWithCode, "remove", dashboard)).want(t, 200, "permissions of "+userWithCode+": all but "+dashboard)
	call10().want(t, 403)
	l.command("permissions?"+values("user", userWithCode, "add", dashboard)).want(t, 200)
	call10().want(t, 200)

	// A form does the same, and an edit that is wrong in one part does nothing.
	form := map[string]string{"Content-Type": "application/x-www-form-urlencoded"}
	l.send("POST", controlPath+"permissions", values("client_id", id, "remove", dashboard, "add", "Nothing | Read"), form).
		want(t, 400, `no permission "Nothing | Read" to add; there are: `, dashboard)
	call20().want(t, 200)
	l.send("POST", controlPath+"permissions", values("client_id", id, "remove", dashboard), form).want(t, 200)
	call20().want(t, 403)

	l.SetProducts(id)
	l.command("products?"+values("client_id", id, "remove", "x")).want(t, 400, "there are: none")
}

func TestOrdersOfUsers(t *testing.T) {
	l := newLab(t)
	legacy := l.seeded.legacy
	l.command("expire?user="+userWithCode).want(t, 200, userWithCode+": 2 keys expired")
	l.call10(legacy, l.seeded.keys, accountPath, "").want(t, 418)
	l.command("expire?user="+userWithoutCode).want(t, 200, "has no keys")

	one := l.bindFor(userWithoutCode)
	l.command("revoke?user="+userWithoutCode).want(t, 200, userWithoutCode+": 1 key revoked")
	l.call10(legacy, one, accountPath, "").want(t, 401, "0004")

	one = l.bindFor(userWithoutCode)
	got := l.command("password?user=" + userWithoutCode)
	got.want(t, 200)
	var made struct{ User, Password string }
	if err := json.Unmarshal([]byte(got.body), &made); err != nil || made.User != userWithoutCode || len(made.Password) < 20 {
		t.Fatalf("%v %s", err, got.body)
	}
	l.call10(legacy, one, accountPath, "").want(t, 401)
	l.signIn("Basic-Cloud", userWithoutCode, made.Password, "{}").want(t, 200, "secretKey")
	got = l.command("password?" + values("user", userWithoutCode, "password", "a +b"))
	got.want(t, 200, "the keys are revoked")
	if strings.Contains(got.body, "a +b") {
		t.Errorf("a password that was given is repeated: %s", got.body)
	}
	l.signIn("Basic-Cloud", userWithoutCode, "a +b", "{}").want(t, 200, "secretKey")
	if again := l.command("password?user=" + userWithoutCode).body; strings.Contains(again, made.Password) {
		t.Errorf("the same password again: %s", again)
	}
	for _, name := range []string{"expire", "revoke", "password"} {
		l.command(name+"?user=nobody@example.com").want(t, 404, "nobody@example.com", userWithCode+", "+userWithoutCode)
	}
}

func TestOrdersOfApplications(t *testing.T) {
	l := newLab(t)
	app, legacy := l.seeded.all, l.seeded.legacy
	mint := func() reply { return l.mintToken(app.ClientID, app.ClientSecret) }
	call := func() reply { return l.call10(legacy, l.seeded.keys, accountPath, "") }
	l.command("disable?client_id="+app.ClientID).want(t, 200, "the application All is disabled")
	mint().want(t, 401)
	l.send("GET", controlPath, "", nil).want(t, 200, "All, of CUSA00A000, disabled")
	l.command("enable?client_id="+app.ClientID).want(t, 200, "the application All is enabled")
	mint().want(t, 200)
	l.command("disable?application_id="+legacy.ApplicationID).want(t, 200)
	call().want(t, 200, "err_developer_key")
	l.command("enable?application_id="+legacy.ApplicationID).want(t, 200)
	call().want(t, 200, "accountCode")

	// An ID of one generation is not one of the other.
	l.command("disable?application_id="+app.ClientID).want(t, 404, legacy.ApplicationID+" (All)")
	l.command("disable?client_id="+legacy.ApplicationID).want(t, 404, app.ClientID+" (All)")
	mint().want(t, 200)
	call().want(t, 200, "accountCode")

	l.command("delete?client_id="+app.ClientID).want(t, 200, "the application All is deleted")
	mint().want(t, 401)
	l.command("delete?application_id="+legacy.ApplicationID).want(t, 200)
	call().want(t, 401, "0004")
	l.command("delete?application_id="+legacy.ApplicationID).want(t, 404, "there are: none")
}

func TestOrdersThatAreWrong(t *testing.T) {
	l := newLab(t)
	id := l.seeded.all.ClientID
	for line, want := range map[string]struct {
		status int
		words  string
	}{
		"nothing":                                         {404, "there are: scenario, regenerate, permissions, products, expire, revoke, password, disable, enable, delete"},
		"regenerate/":                                     {404, "there are: "},
		"regenerate":                                      {400, "regenerate needs client_id; it is regenerate?client_id=ID[&grace=10m]"},
		"regenerate?client_id=":                           {400, "client_id is empty"},
		"regenerate?client_id=nobody":                     {404, id + " (All)"},
		"regenerate?client_id=a&x=1":                      {400, `does not take "x"`},
		"regenerate?client_id=a;b":                        {400, "cannot be read"},
		"regenerate?client_id=a&client_id=":               {400, "client_id is there twice"},
		"disable?client_id=a&application_id=b":            {400, "disable needs client_id or application_id"},
		"scenario?name=nothing-like-it":                   {404, "drop-connection"},
		"permissions?client_id=" + id:                     {400, "add or remove a permission; they are: "},
		"permissions?client_id=nobody&add=x":              {404, id + " (All)"},
		"permissions?user=nobody&add=x":                   {404, userWithCode},
		"permissions?user=" + userWithCode + "&remove=x":  {400, dashboard},
		"products?client_id=" + id + "&add=x":             {400, "accountmanagement"},
		"products?user=" + userWithCode + "&add=x":        {400, `does not take "user"`},
		"password?user=" + userWithoutCode + "&password=": {400, "password is empty"},
	} {
		got := l.command(line)
		got.want(t, want.status, want.words)
		if strings.Count(got.body, "\n") != 1 {
			t.Errorf("%s: more than a sentence: %q", line, got.body)
		}
	}
	got := l.send("GET", controlPath+"regenerate?client_id="+id, "", nil)
	got.want(t, 405, "POST it")
	if got.header.Get("Allow") != "POST" {
		t.Errorf("Allow %q", got.header.Get("Allow"))
	}
	l.send("POST", controlPath, "", nil).want(t, 405, "GET it")
	l.bearerOf(l.seeded.all) // nothing of this did anything
}

// Scenarios and faults leave the control room alone, and it leaves no trace among the requests to Mimecast.
func TestControlIsBesideTheSimulation(t *testing.T) {
	l := newLab(t, WithFault(func(int, *http.Request) Fault { return Refuse }), WithLatency(patience),
		WithReplied(func(r Request) { t.Errorf("%s is told", r.Path) }))
	for _, s := range Scenarios() {
		l.command("scenario?name="+s.Name).want(t, 200, "scenario "+s.Name+": "+s.About)
		l.send("GET", controlPath, "", nil).want(t, 200, "Scenario: "+s.Name+" ("+s.About+")")
	}
	if all := l.Requests(); len(all) != 0 {
		t.Errorf("%+v", all)
	}
	for _, op := range operation.All() {
		if strings.HasPrefix(op.Path, controlPath) {
			t.Errorf("Mimecast has %s", op.Path)
		}
	}
	// Only what begins with the path is the room.
	l.fails("/simulator", "", nil)
	l.fails("/api/simulator/", "", nil)
}

func TestStopDroppingConnections(t *testing.T) {
	l := newLab(t, WithScenario("drop-connection"))
	l.fails("/oauth/token", "", nil)
	l.command("scenario?name=none").want(t, 200)
	l.bearerOf(l.seeded.all)
}

// A web page in a browser of this machine cannot reach the room.
func TestControlRefusesWebPages(t *testing.T) {
	l := newLab(t)
	ours, path := strings.TrimPrefix(l.url, "http://"), controlPath+"regenerate?client_id="+l.seeded.all.ClientID
	port := ours[strings.LastIndex(ours, ":"):]
	for name, header := range map[string]map[string]string{
		"origin":                      {"Origin": "https://example.com"},
		"origin of a hidden page":     {"Origin": "null"},
		"origin of another port":      {"Origin": "http://127.0.0.1:1"},
		"origin that is no address":   {"Origin": "::"},
		"referer":                     {"Referer": "https://example.com/page"},
		"fetch of another site":       {"Sec-Fetch-Site": "cross-site"},
		"fetch of the same site":      {"Sec-Fetch-Site": "same-site"},
		"own origin, fetch says else": {"Origin": l.url, "Sec-Fetch-Site": "cross-site"},
	} {
		got := l.send("POST", path, "", header)
		got.want(t, 403, "only the person at this machine")
		got = l.send("GET", controlPath, "", header)
		if got.status != 403 || strings.Contains(got.body, "MadeUp") {
			t.Errorf("%s reads %d %s", name, got.status, got.body)
		}
	}
	l.bearerOf(l.seeded.all)

	for host, status := range map[string]int{
		ours: 200, "localhost" + port: 200, "LOCALHOST": 200, "127.1.2.3": 200, "[::1]" + port: 200, "::1": 200,
		"example.com": 403, "example.com" + port: 403, "localhost.example.com" + port: 403, "192.0.2.1" + port: 403, "": 403,
		"127.0.0.1.example.com": 403,
	} {
		r := httptest.NewRequestWithContext(t.Context(), "GET", controlPath, nil)
		r.Host = host
		w := httptest.NewRecorder()
		l.ServeHTTP(w, r)
		if w.Code != status {
			t.Errorf("host %q: %d", host, w.Code)
		}
	}
	// The room's own pages, and an address that was typed in, may.
	l.send("GET", controlPath, "", map[string]string{"Sec-Fetch-Site": "none"}).want(t, 200)
	l.send("POST", path, "", map[string]string{
		"Origin": l.url, "Referer": l.url + controlPath, "Sec-Fetch-Site": "same-origin",
	}).want(t, 200, "client_secret")
}

func TestOverview(t *testing.T) {
	l := newLab(t)
	l.signIn("Basic-Cloud", userWithCode, password, "{}").want(t, 200)
	token := l.bearerOf(l.seeded.all)
	for range maxWrongPasswords {
		l.signIn("Basic-Cloud", userWithoutCode, "wrong", "{}").want(t, 401)
	}
	got := l.send("GET", controlPath, "", nil)
	got.want(t, 200, "Scenario: none (everything works)", "CUSA00A000  Example Corp, region us, Cloud Gateway\n",
		"CUSB00B000  Example Integrated, region usb, Cloud Integrated\n", "products     all but accountmanagement",
		"permissions  all but "+dashboard, "application_id  "+l.seeded.legacy.ApplicationID,
		userWithCode+", of CUSA00A000: 2 keys, 1 expired, needs a one-time code", userWithoutCode+", of CUSA00A000: 0 keys, locked",
		"curl -X POST '"+l.url+"/simulator/regenerate?client_id="+l.seeded.all.ClientID+"'")
	for _, o := range commands() {
		if !strings.Contains(got.body, "\n  "+controlPath+o.name+o.usage+"\n") {
			t.Errorf("%s is not there", o.name)
		}
	}
	for _, s := range Scenarios() {
		if !strings.Contains(got.body, s.Name) {
			t.Errorf("%s is not there", s.Name)
		}
	}
	for _, secret := range append(l.secrets(), token, l.Code(userWithCode)) {
		if secret == "" || strings.Contains(got.body, secret) {
			t.Errorf("the secret %q is on the page", secret)
		}
	}
	if got.header.Get("Content-Type") != "text/plain; charset=utf-8" || got.header.Get("X-Content-Type-Options") != "nosniff" ||
		got.header.Get("Cache-Control") != "no-store" {
		t.Errorf("headers %v", got.header)
	}
	if head := l.send("HEAD", controlPath, "", nil); head.status != 200 || head.body != "" {
		t.Errorf("HEAD: %d %q", head.status, head.body)
	}
}

// secrets are those of everything that there is.
func (l *lab) secrets() []string {
	list := []string{password}
	for _, a := range l.state.oauth {
		list = append(list, a.ClientSecret)
	}
	for _, a := range l.state.legacy {
		list = append(list, a.ApplicationKey)
	}
	for _, b := range l.state.bindings {
		list = append(list, b.AccessKey, b.SecretKey)
	}
	return list
}

func TestSummary(t *testing.T) {
	all := []string{"a", "b", "c", "d"}
	for _, one := range []struct {
		list []string
		want string
	}{
		{all, "all"},
		{[]string{"d", "a", "b", "c"}, "all"},
		{[]string{"a", "b", "d"}, "all but c"},
		{[]string{"a", "b"}, "a, b"},
		{[]string{"x"}, "x"},
		{nil, "none"},
	} {
		if got := summary(one.list, all); got != one.want {
			t.Errorf("%q is %q instead of %q", one.list, got, one.want)
		}
	}
}

// Without any application the overview still says what can be done.
func TestOverviewOfNothing(t *testing.T) {
	l := newLab(t)
	for _, n := range append(l.state.oauthNames(), l.state.legacyNames()...) {
		l.DeleteApplication(n.id)
	}
	l.send("GET", controlPath, "", nil).want(t, 200, "Applications of API 2.0\n\nApplications of API 1.0\n\n", "curl -X POST")
}
