package catalog

import (
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/client/secret"
)

func facts(api client.API) Facts {
	f := Facts{
		BaseURL: "https://us-api.mimecast.com/", RegionCode: "us", Domain: "example.com", Profile: "acme", AccountName: "Example Corp",
		ServiceUser: "svc@example.com", ServicePassword: secret.New("pass word"), ContactEmail: "team@example.com",
		Proxy: client.Proxy{URL: "http://proxy:3128", Username: "u", Password: secret.New("proxy-secret")},
		Credential: client.Legacy{
			ApplicationID: "app-id", ApplicationKey: secret.New("app-key"), AccessKey: secret.New("access-key-0"), SecretKey: secret.New("secret-key-0"),
		},
	}
	if api == client.API20 {
		f.BaseURL, f.RegionCode = "https://api.services.mimecast.com", "global"
		f.Credential = client.OAuth{ClientID: "the-id", ClientSecret: secret.New("the-secret")}
	}
	return f
}

func TestSpelling(t *testing.T) {
	for name, one := range map[string]struct {
		f    Field
		want string
	}{
		"as it is":            {Field{From: FromBaseURL}, "https://us-api.mimecast.com/"},
		"with a scheme":       {Field{From: FromBaseURL, Spelling: SpellWithScheme}, "https://us-api.mimecast.com"},
		"without a scheme":    {Field{From: FromBaseURL, Spelling: SpellWithoutScheme}, "us-api.mimecast.com"},
		"no slash at the end": {Field{From: FromBaseURL, Spelling: SpellNoTrailingSlash}, "https://us-api.mimecast.com"},
		"a whole endpoint":    {Field{From: FromBaseURL, Spelling: SpellEndpoint, Suffix: "/oauth/token"}, "https://us-api.mimecast.com/oauth/token"},
		"the form's region":   {Field{From: FromRegion, Spelling: SpellRegion, Words: map[string]string{"us": "USA"}}, "USA"},
		"no such region":      {Field{From: FromRegion, Spelling: SpellRegion, Words: map[string]string{"eu": "EU"}, Default: "EU"}, ""},
		"a regexp":            {Field{From: FromInternalDomain, Spelling: SpellRegexp}, `^example\.com$`},
		"a switch":            {Field{From: FromProxy, Spelling: SpellSwitch}, "on"},
		"a proxy":             {Field{From: FromProxy}, "http://proxy:3128"},
		"its user":            {Field{From: FromProxyUser}, "u"},
		"checked":             {Field{From: FromVerifySSL}, "on"},
		"trust anything":      {Field{From: FromVerifySSL, Spelling: SpellInverted}, "off"},
		"the service user":    {Field{From: FromServiceUser, Spelling: SpellTrimmed}, "svc@example.com"},
		"the account":         {Field{From: FromAccountName}, "Example Corp"},
		"a label":             {Field{From: FromLabel}, "acme"},
		"a contact":           {Field{From: FromContactEmail}, "team@example.com"},
		"a default":           {Field{From: FromPollInterval, Default: "5m"}, "5m"},
		"nothing known":       {Field{From: FromOther}, ""},
		"an application":      {Field{From: FromApplicationID}, "app-id"},
	} {
		v := FieldValue(Integration{}, one.f, facts(client.API10))
		if v.Text != one.want || !v.Secret.IsZero() || v.Known() != (one.want != "") {
			t.Errorf("%s: %q", name, v.Text)
		}
	}
	several := facts(client.API10)
	several.Domain = "a.example.com, b.example.com;c.example.com"
	if v := FieldValue(Integration{}, Field{From: FromInternalDomain, Spelling: SpellCommas}, several); v.Text != "a.example.com,b.example.com,c.example.com" {
		t.Error(v.Text)
	}
	var none Facts
	if v := FieldValue(Integration{}, Field{From: FromRegion, Spelling: SpellRegion, Default: "EU"}, none); v.Text != "EU" {
		t.Errorf("a region that is not known: %q", v.Text)
	}
	for _, spelling := range spellings() {
		v := FieldValue(Integration{}, Field{From: FromBaseURL, Spelling: spelling, Suffix: "/x"}, none)
		if want := map[Spelling]string{SpellSwitch: "off", SpellInverted: "on"}[spelling]; v.Text != want {
			t.Errorf("%s of nothing: %q", spelling, v.Text)
		}
	}
	none.BaseURL = "http://127.0.0.1:8025"
	if v := FieldValue(Integration{}, Field{From: FromBaseURL, Spelling: SpellWithScheme}, none); v.Text != "http://127.0.0.1:8025" {
		t.Errorf("a simulator's address became %q", v.Text)
	}
	none.BaseURL = "us-api.mimecast.com"
	if v := FieldValue(Integration{}, Field{From: FromBaseURL, Spelling: SpellWithScheme}, none); v.Text != "https://us-api.mimecast.com" {
		t.Error(v.Text)
	}
}

// Every form of every integration can be filled in; secrets are handed through and never become text.
func TestFormsOfAll(t *testing.T) {
	hidden := []string{"the-secret", "app-key", "access-key-0", "secret-key-0", "proxy-secret", "pass word"}
	for _, i := range Integrations() {
		known := facts(i.API)
		for _, f := range i.Fields {
			v := FieldValue(i, f, known)
			if f.Secret && f.From != FromOther && !v.Known() || f.Secret && v.Text != "" {
				t.Errorf("%s: %s: %+v", i.ID, f.Key, v)
			}
			if !f.Secret && !v.Secret.IsZero() {
				t.Errorf("%s: %s is a secret and the catalogue does not know", i.ID, f.Key)
			}
			for _, one := range hidden {
				if strings.Contains(v.Text, one) || strings.Contains(v.Advice, one) {
					t.Errorf("%s: %s shows %q", i.ID, f.Key, one)
				}
			}
			if f.Required && !v.Known() && v.Advice == "" && f.Rule == "" && len(f.Choices) == 0 {
				t.Errorf("%s: %s: nothing to put there and no advice", i.ID, f.Key)
			}
			if n := len(f.Parts()); n > 1 && len(v.Parts) != n {
				t.Errorf("%s: %s: %d parts", i.ID, f.Key, len(v.Parts))
			}
		}
	}
}

func TestFieldsThatFeaturesSwitch(t *testing.T) {
	axonius, _ := Lookup("axonius-mimecast-v2")
	netskope, _ := Lookup("netskope-cte-v2")
	field := func(i Integration, key string) Field {
		for _, f := range i.Fields {
			if f.Key == key {
				return f
			}
		}
		t.Fatalf("no field %q", key)
		return Field{}
	}
	some := facts(client.API20)
	some.Features = []string{"malsite", "messages_from"}
	for _, one := range []struct {
		i    Integration
		key  string
		f    Facts
		want string
	}{
		{axonius, "enrich_messages_from", some, "on"},
		{axonius, "enrich_campaign_users", some, "off"},
		{axonius, "enrich_campaign_users", facts(client.API20), "on"},
		{netskope, "feed_type", some, "Malsite"},
		{netskope, "feed_type", facts(client.API20), "Malware Customer, Malware Grid, Malsite"},
		{netskope, "indicator_type", some, "MD5, SHA256"},
		{netskope, "base_url", some, "https://api.services.mimecast.com"},
	} {
		if v := FieldValue(one.i, field(one.i, one.key), one.f); v.Text != one.want {
			t.Errorf("%s: %s: %q", one.i.ID, one.key, v.Text)
		}
	}
	if v := FieldValue(netskope, field(netskope, "client_secret"), some); !v.Secret.Equal(secret.New("the-secret")) {
		t.Error("the secret is another one")
	}
}

func TestCredentialOfTheOtherGeneration(t *testing.T) {
	for _, from := range []string{FromClientID, FromClientSecret, "nothing"} {
		if v := FieldValue(Integration{}, Field{From: from}, facts(client.API10)); v.Known() {
			t.Errorf("%s: %+v", from, v)
		}
	}
	for _, from := range []string{FromApplicationID, FromApplicationKey, FromAccessKey, FromSecretKey} {
		if v := FieldValue(Integration{}, Field{From: from}, facts(client.API20)); v.Known() {
			t.Errorf("%s: %+v", from, v)
		}
	}
}
