package main

import (
	"errors"
	"strings"
	"testing"

	"mimecred/client"
)

const (
	from20 = `"profile":"acme","api":"2.0","base_url":"https://api.services.mimecast.com","client_id":"id","client_secret":"s3cr3t-value"`
	from10 = `"profile":"acme","api":"1.0","region":"us","application_id":"id","application_key":"key"`
	keys10 = `"access_key":"ak","secret_key":"sk"`
	create = `"create_keys":{"email":"svc@example.com","type":"cloud","password":"s3cr3t-value","otp":"123456"}`
)

func TestDecodeFromNamesTheKeyThatIsWrong(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ text, want string }{
		"empty":                {"", "is empty"},
		"blank":                {" \n", "is empty"},
		"no JSON":              {"{\n\"profile\": acme}", "is no valid JSON (line 2)"},
		"two objects":          {"{" + from20 + "}{}", "is no valid JSON"},
		"a text":               {`"acme"`, "each set of credentials must be an object"},
		"unknown key":          {"{" + from20 + `,"clientid":"x"}`, `unknown key "clientid"`},
		"key of other API":     {"{" + from20 + `,"access_key":"x"}`, `unknown key "access_key"`},
		"misspelt key":         {`{"profil":"acme",` + from20[len(`"profile":"acme",`):] + "}", `unknown key "profil"`},
		"capital letters":      {"{" + from20 + `,"Region":"us"}`, `unknown key "Region"`},
		"given twice":          {"{" + from20 + `,"api":"1.0"}`, `key "api" is given twice`},
		"profile missing":      {"{" + strings.Replace(from20, `"profile":"acme",`, "", 1) + "}", `key "profile" is missing`},
		"profile invalid":      {"{" + strings.Replace(from20, "acme", "a/b", 1) + "}", `key "profile": `},
		"api missing":          {`{"profile":"acme"}`, `key "api" is missing`},
		"api unknown":          {`{"profile":"acme","api":"3.0"}`, `key "api": it must be "2.0" or "1.0"`},
		"api a number":         {`{"profile":"acme","api":2.0}`, `key "api" must be a text in quotes`},
		"null":                 {"{" + from20 + `,"ca_file":null}`, `key "ca_file" must be a text in quotes`},
		"secret missing":       {"{" + strings.Replace(from20, `,"client_secret":"s3cr3t-value"`, "", 1) + "}", `key "client_secret" is missing`},
		"secret an array":      {"{" + strings.Replace(from20, `"s3cr3t-value"`, `["s3cr3t-value"]`, 1) + "}", `key "client_secret" must be a text in quotes`},
		"secret empty":         {"{" + strings.Replace(from20, `s3cr3t-value`, ``, 1) + "}", `key "client_secret" is empty`},
		"secret only space":    {"{" + strings.Replace(from20, `s3cr3t-value`, ` \n`, 1) + "}", `key "client_secret": nothing is left of that`},
		"no place":             {"{" + strings.Replace(from20, `"base_url":"https://api.services.mimecast.com",`, "", 1) + "}", `key "base_url" (or "region") is missing`},
		"plain http":           {"{" + strings.Replace(from20, "https://", "http://", 1) + "}", `key "base_url"`},
		"a stranger":           {"{" + strings.Replace(from20, "api.services.mimecast.com", "gateway.example.org", 1) + "}", `key "base_url": the host gateway.example.org is not`},
		"an old name":          {"{" + strings.Replace(from10, `"region":"us"`, `"base_url":"https://uk-api.mimecast.com"`, 1) + "," + keys10 + "}", `key "base_url": the host uk-api.mimecast.com`},
		"a regional name":      {"{" + strings.Replace(from20, "api.services", "eu-api.services", 1) + "}", `key "base_url": the host eu-api.services.mimecast.com is not`},
		"other API's host":     {"{" + strings.Replace(from20, "api.services.", "us-api.", 1) + "}", `key "base_url" is a host of API 1.0`},
		"discovery host":       {"{" + strings.Replace(from10, `"region":"us"`, `"base_url":"https://api.mimecast.com"`, 1) + "," + keys10 + "}", `the same for every region`},
		"console":              {"{" + strings.Replace(from20, "api.services.", "login-us.", 1) + "}", `key "base_url" is an address of the console`},
		"console with path":    {"{" + strings.Replace(from20, "api.services.mimecast.com", "console-uk-1.mimecast.com/mimecast/admin", 1) + "}", `key "base_url" is an address of the console`},
		"console of 1.0":       {"{" + strings.Replace(from10, `"region":"us"`, `"base_url":"https://acme.login-usb.mimecast.com"`, 1) + "," + keys10 + "}", `key "base_url" is an address of the console`},
		"console beside it":    {"{" + from10 + `,"base_url":"https://login-us.mimecast.com",` + keys10 + "}", `key "base_url" is an address of the console`},
		"console of all":       {"{" + strings.Replace(from10, `"region":"us"`, `"base_url":"https://login.mimecast.com"`, 1) + "," + keys10 + "}", `the same for every region`},
		"other API's host2":    {"{" + strings.Replace(from10, `"region":"us"`, `"base_url":"https://api.services.mimecast.com"`, 1) + "," + keys10 + "}", `key "base_url" is a host of API 2.0`},
		"unknown region":       {"{" + strings.Replace(from10, `"us"`, `"mars"`, 1) + "," + keys10 + "}", `there is no region "mars" of API 1.0`},
		"region and host":      {"{" + from10 + `,"base_url":"https://eu-api.mimecast.com",` + keys10 + "}", `key "base_url" is the host of region "eu"`},
		"integration":          {"{" + from20 + `,"integration":"no-such-product"}`, `there is no integration "no-such-product"`},
		"proxy a text":         {"{" + from20 + `,"proxy":"http://proxy:3128"}`, `"proxy" must be an object`},
		"proxy without url":    {"{" + from20 + `,"proxy":{}}`, `key "proxy.url" is missing`},
		"proxy unknown key":    {"{" + from20 + `,"proxy":{"url":"http://proxy:3128","user":"x"}}`, `unknown key "proxy.user"`},
		"proxy no username":    {"{" + from20 + `,"proxy":{"url":"http://proxy:3128","password":"x"}}`, `key "proxy.username" is missing`},
		"proxy url":            {"{" + from20 + `,"proxy":{"url":"socks9://proxy"}}`, `key "proxy.url"`},
		"keys missing":         {"{" + from10 + "}", `key "access_key" is missing`},
		"keys half":            {"{" + from10 + `,"access_key":"ak"}`, `key "secret_key" is missing`},
		"keys both ways":       {"{" + from10 + "," + keys10 + "," + create + "}", `give either "create_keys" or`},
		"create a text":        {"{" + from10 + `,"create_keys":"yes"}`, `"create_keys" must be an object`},
		"create no e-mail":     {"{" + from10 + `,"create_keys":{"type":"cloud","password":"p"}}`, `key "create_keys.email" is missing`},
		"create no address":    {"{" + from10 + `,"create_keys":{"email":"svc","type":"cloud","password":"p"}}`, `key "create_keys.email": an e-mail address looks like`},
		"create with name":     {"{" + from10 + `,"create_keys":{"email":"Svc <svc@example.com>","type":"cloud","password":"p"}}`, `key "create_keys.email": an e-mail address looks like`},
		"create in angles":     {"{" + from10 + `,"create_keys":{"email":"<svc@example.com>","type":"cloud","password":"p"}}`, `key "create_keys.email": an e-mail address looks like`},
		"create type":          {"{" + from10 + `,"create_keys":{"email":"svc@example.com","type":"saml","password":"p"}}`, `key "create_keys.type": it must be "cloud" or "domain"`},
		"create otp letters":   {"{" + from10 + "," + strings.Replace(create, "123456", "12345a", 1) + "}", `key "create_keys.otp": a one-time code has 6 digits`},
		"create otp short":     {"{" + from10 + "," + strings.Replace(create, "123456", "1234", 1) + "}", `key "create_keys.otp": a one-time code has 6 digits`},
		"create two addresses": {"{" + from10 + "," + strings.Replace(create, "svc@", "a@b.com, svc@", 1) + "}", `key "create_keys.email": an e-mail address looks like`},
		"create no domain":     {"{" + from10 + "," + strings.Replace(create, "@example.com", "@example", 1) + "}", `key "create_keys.email": an e-mail address looks like`},
		"create otp number":    {"{" + from10 + `,"create_keys":{"email":"svc@example.com","type":"cloud","password":"p","otp":123456}}`, `key "create_keys.otp" must be a text in quotes`},
		"create unknown":       {"{" + from10 + `,"create_keys":{"email":"svc@example.com","type":"cloud","password":"p","code":"1"}}`, `unknown key "create_keys.code"`},
		"empty array":          {"[]", "the array is empty"},
		"wrong in an array":    {"[{" + from20 + `},{"api":"2.0"}]`, "item 2: key "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := decodeFrom(strings.NewReader(test.text), "", true)
			if err == nil {
				t.Fatalf("%s was taken", test.text)
			}
			if !strings.Contains(err.Error(), test.want) {
				t.Errorf("the error is %q, want one with %q", err, test.want)
			}
			var f *failure
			said := err.Error()
			if errors.As(err, &f) {
				said += strings.Join(f.hints, "\n")
			}
			if strings.Contains(said, "s3cr3t-value") {
				t.Errorf("the error shows a secret: %q", said)
			}
		})
	}
}

func TestDecodeFrom(t *testing.T) {
	t.Parallel()
	decode := func(t *testing.T, text, name string) given {
		t.Helper()
		list, err := decodeFrom(strings.NewReader(text), name, false)
		if err != nil {
			t.Fatal(err)
		}
		return list[0]
	}
	t.Run("API 2.0", func(t *testing.T) {
		t.Parallel()
		g := decode(t, "\ufeff{"+strings.Replace(from20, `"id"`, `" id\n"`, 1)+
			`,"proxy":{"url":"http://proxy:3128","username":"u","password":" p "},"internal_domain":"example.com"}`, "")
		c, ok := g.credential.(client.OAuth)
		if !ok || c.ClientID != "id" || c.ClientSecret.Reveal() != "s3cr3t-value" {
			t.Errorf("the credential is %+v", g.credential)
		}
		p := g.profile
		if p.Name != "acme" || p.API != client.API20 || p.Region != "global" || p.InternalDomain != "example.com" {
			t.Errorf("the profile is %+v", p)
		}
		if p.Endpoint.Proxy.Username != "u" || p.Endpoint.Proxy.Password.Reveal() != " p " {
			t.Errorf("the proxy is %+v: a password keeps its spaces", p.Endpoint.Proxy)
		}
	})
	t.Run("API 1.0 with keys", func(t *testing.T) {
		t.Parallel()
		g := decode(t, "{"+from10+","+keys10+"}", "")
		c, ok := g.credential.(client.Legacy)
		if !ok || c.ApplicationID != "id" || c.ApplicationKey.Reveal() != "key" || c.AccessKey.Reveal() != "ak" || c.SecretKey.Reveal() != "sk" {
			t.Errorf("the credential is %+v", g.credential)
		}
		if g.profile.Endpoint.BaseURL != "https://us-api.mimecast.com" || g.signIn != nil {
			t.Errorf("the base URL is %q, the sign-in %v", g.profile.Endpoint.BaseURL, g.signIn)
		}
	})
	t.Run("API 1.0 creating keys", func(t *testing.T) {
		t.Parallel()
		g := decode(t, "{"+from10+","+create+"}", "")
		if g.credential != nil || g.signIn == nil {
			t.Fatalf("credential %v, sign-in %v", g.credential, g.signIn)
		}
		in := g.signIn
		if in.ApplicationID != "id" || in.Email != "svc@example.com" || in.Type != client.SignInCloud ||
			in.Password.Reveal() != "s3cr3t-value" || in.Code.Reveal() != "123456" {
			t.Errorf("the sign-in is %+v", in)
		}
		if g.profile.ServiceUser != "svc@example.com" || g.profile.SignIn != "cloud" {
			t.Errorf("the profile is %+v", g.profile)
		}
	})
	t.Run("name from the command line", func(t *testing.T) {
		t.Parallel()
		g := decode(t, "{"+strings.Replace(from20, `"profile":"acme",`, "", 1)+"}", "other")
		if g.profile.Name != "other" {
			t.Errorf("the name is %q", g.profile.Name)
		}
		if _, err := decodeFrom(strings.NewReader("{"+from20+"}"), "other", false); err == nil {
			t.Error("two different names were taken")
		}
	})
	t.Run("a simulator's address", func(t *testing.T) {
		t.Parallel()
		g := decode(t, "{"+strings.Replace(from20, "https://api.services.mimecast.com", "http://127.0.0.1:8025/", 1)+"}", "")
		if g.profile.Endpoint.BaseURL != "http://127.0.0.1:8025" {
			t.Errorf("the base URL is %q", g.profile.Endpoint.BaseURL)
		}
	})
	t.Run("hosts that are let through", func(t *testing.T) {
		t.Parallel()
		for base, want := range map[string]string{
			"https://us-api.services.mimecast.com": "", "http://localhost:8025": "",
			"https://api.services.mimecast.com:443":             "https://api.services.mimecast.com",
			"https://API.services.mimecast.com":                 "https://api.services.mimecast.com",
			" 'https://api.services.mimecast.com/oauth/token' ": "https://api.services.mimecast.com",
		} {
			g := decode(t, "{"+strings.Replace(from20, "https://api.services.mimecast.com", base, 1)+"}", "")
			if want == "" && (g.profile.Endpoint.BaseURL != base || g.notes != nil) ||
				want != "" && (g.profile.Endpoint.BaseURL != want || len(g.notes) != 1) {
				t.Errorf("%s became %s, %q", base, g.profile.Endpoint.BaseURL, g.notes)
			}
		}
		for base, region := range map[string]string{
			"https://jer-api.mimecast.com": "je", "https://eu-api.mimecast.com": "eu",
		} {
			g := decode(t, "{"+strings.Replace(from10, `"region":"us"`, `"base_url":"`+base+`"`, 1)+","+keys10+"}", "")
			if g.profile.Endpoint.BaseURL != base || g.profile.Region != region {
				t.Errorf("%s became %s of region %q", base, g.profile.Endpoint.BaseURL, g.profile.Region)
			}
		}
	})
	t.Run("a console's address tells the right one", func(t *testing.T) {
		t.Parallel()
		_, err := decodeFrom(strings.NewReader("{"+strings.Replace(from10, `"region":"us"`, `"base_url":"https://login-us.mimecast.com"`, 1)+","+keys10+"}"), "", false)
		wantExit(t, err, exitUsage, "the API is at https://us-api.mimecast.com")
	})
	t.Run("an array is for check only", func(t *testing.T) {
		t.Parallel()
		if _, err := decodeFrom(strings.NewReader("[{"+from20+"}]"), "", false); err == nil {
			t.Error("setup took an array")
		}
	})
	t.Run("what simulate prints", func(t *testing.T) {
		t.Parallel()
		list, err := decodeFrom(strings.NewReader(`[{"name":"a","about":"b","expect":{"kind":"","exit":0},"from":{`+from20+`}}]`), "", true)
		if err != nil || len(list) != 1 || list[0].profile.Name != "acme" {
			t.Errorf("got %d, %v", len(list), err)
		}
	})
}
