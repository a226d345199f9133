package client

import (
	"errors"
	"strings"
	"testing"
)

func TestRegionsAreWellFormed(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, r := range Regions() {
		if r.Code == "" || r.Name == "" || seen[r.Code] || seen[r.Host10] {
			t.Errorf("%+v", r)
		}
		seen[r.Code], seen[r.Host10] = true, true
		if err := (Endpoint{BaseURL: r.BaseURL()}).Validate(); err != nil {
			t.Errorf("%s: %v", r.Code, err)
		}
		if p, err := Recognise(r.BaseURL(), API10); err != nil || p != r.Place() {
			t.Errorf("%s is recognised as %+v, %v", r.Code, p, err)
		}
	}
	for _, code := range strings.Fields("eu de us usb uspcom ca za au je sandbox") {
		if !seen[code] {
			t.Errorf("no region %s", code)
		}
	}
	if len(Endpoints20()) != 3 || Endpoints20()[0].BaseURL != "https://api.services.mimecast.com" {
		t.Errorf("the hosts of API 2.0 are %+v", Endpoints20())
	}
}

func TestRecognise10(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, code, base string }{
		{"https://eu-api.mimecast.com", "eu", "https://eu-api.mimecast.com"},
		{"eu-api.mimecast.com", "eu", "https://eu-api.mimecast.com"},
		{"  HTTPS://US-API.Mimecast.COM/ \n", "us", "https://us-api.mimecast.com"},
		{"https://usb-api.mimecast.com/api/account/get-account?x=1#y", "usb", "https://usb-api.mimecast.com"},
		{"http://de-api.mimecast.com:443", "de", "https://de-api.mimecast.com"},
		{"uspcom-api.mimecast-pscom-us.com", "uspcom", "https://uspcom-api.mimecast-pscom-us.com"},
		{"https://login.mimecast-pscom-us.com/u/login/", "uspcom", "https://uspcom-api.mimecast-pscom-us.com"},
		{"https://login-uk.mimecast.com/u/login/?gta=administration#/login", "eu", "https://eu-api.mimecast.com"},
		{"https://login-us.mimecast.com/administration/app/#/administration-dashboard", "us", "https://us-api.mimecast.com"},
		{"https://acme.login-usb.mimecast.com/u/login", "usb", "https://usb-api.mimecast.com"},
		{"login-jer.mimecast.com", "je", "https://je-api.mimecast.com"},
		{"login-ca.mimecast.com", "ca", "https://ca-api.mimecast.com"},
		{"https://console-uk-1.mimecast.com/x", "eu", "https://eu-api.mimecast.com"},
		{"console-us-1.mimecast.com", "us", "https://us-api.mimecast.com"},
		{"CUSA00A000", "us", "https://us-api.mimecast.com"},
		{"cusb12a34", "usb", "https://usb-api.mimecast.com"},
		{"CCA0A1", "ca", "https://ca-api.mimecast.com"},
		{"CUK5A6", "eu", "https://eu-api.mimecast.com"},
		{"CDE5A6", "de", "https://de-api.mimecast.com"},
		{"CAU5A6", "au", "https://au-api.mimecast.com"},
		{"CSA5A6", "za", "https://za-api.mimecast.com"},
		{"Account code: CUSA00A000 (Example Corp)", "us", "https://us-api.mimecast.com"},
		{"the address is <https://za-api.mimecast.com/>, I think", "za", "https://za-api.mimecast.com"},
		{"\"https://au-api.mimecast.com\"", "au", "https://au-api.mimecast.com"},
		{"us", "us", "https://us-api.mimecast.com"},
		{"Germany", "de", "https://de-api.mimecast.com"},
		{"UK", "eu", "https://eu-api.mimecast.com"},
		{" London ", "eu", "https://eu-api.mimecast.com"},
		{"jersey", "je", "https://je-api.mimecast.com"},
		{"jer-api.mimecast.com", "je", "https://jer-api.mimecast.com"},
		{"uk-api.mimecast.com", "eu", "https://eu-api.mimecast.com"},
		{"sandbox-api.mimecast.com", "sandbox", "https://sandbox-api.mimecast.com"},
		{"http://127.0.0.1:8080", "", "http://127.0.0.1:8080"},
		{"http://127.0.0.1:8080/", "", "http://127.0.0.1:8080"},
		{"localhost:9", "", "http://localhost:9"},
		{"https://localhost", "", "https://localhost"},
		{"us-api.mimecast.com.", "us", "https://us-api.mimecast.com"},
	}
	for _, tt := range tests {
		p, err := Recognise(tt.text, API10)
		if err != nil || p.RegionCode != tt.code || p.BaseURL != tt.base || p.API != API10 || p.NeedsDiscovery {
			t.Errorf("%q gives %+v, %v", tt.text, p, err)
		}
		if tt.code == "" && p.Note == "" {
			t.Errorf("%q is accepted without a note", tt.text)
		}
	}
}

func TestAKnownPlaceWinsOverAnUnlistedHost(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text string
		api  API
		base string
	}{
		{"See https://help.example.com/setup: the host is https://eu-api.mimecast.com", API10, "https://eu-api.mimecast.com"},
		{"https://wiki.example.com/mimecast api.services.mimecast.com", API20, "https://api.services.mimecast.com"},
		{"ticket https://desk.example.com/42, account CDE00A000", API10, "https://de-api.mimecast.com"},
		{"not https://us.mimecast.com but https://eu-api.mimecast.com", API10, "https://eu-api.mimecast.com"},
	} {
		if p, err := Recognise(tt.text, tt.api); err != nil || p.BaseURL != tt.base {
			t.Errorf("%q is recognised as %+v, %v", tt.text, p, err)
		}
	}
	var wrong *WrongAPIError
	if _, err := Recognise("https://help.example.com says https://us-api.mimecast.com", API20); !errors.As(err, &wrong) {
		t.Errorf("a host of the other generation beside an unlisted one gives %v", err)
	}
}

func TestRecogniseNeedsDiscovery(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"https://login.mimecast.com/u/login/?gta=administration#/login", "acme.login.mimecast.com", "api.mimecast.com",
		"https://login-qan.mimecast.com",
	} {
		p, err := Recognise(text, API10)
		if err != nil || !p.NeedsDiscovery || p.BaseURL != DiscoveryURL {
			t.Errorf("%q gives %+v, %v", text, p, err)
		}
	}
}

func TestRecognise20(t *testing.T) {
	t.Parallel()
	const global = "https://api.services.mimecast.com"
	tests := []struct{ text, code, base, instance string }{
		{global, "global", global, ""},
		{"API.services.mimecast.com/", "global", global, ""},
		{"https://us-api.services.mimecast.com/oauth/token", "us", "https://us-api.services.mimecast.com", ""},
		{"uk-api.services.mimecast.com", "uk", "https://uk-api.services.mimecast.com", ""},
		{"https://login-us.mimecast.com/u/login/", "global", global, "https://us-api.services.mimecast.com"},
		{"https://acme.login-usb.mimecast.com", "global", global, "https://us-api.services.mimecast.com"},
		{"https://console-uk-1.mimecast.com", "global", global, "https://uk-api.services.mimecast.com"},
		{"https://login.mimecast.com", "global", global, ""},
		{"login-de.mimecast.com", "global", global, ""},
		{"CUSA00A000", "global", global, "https://us-api.services.mimecast.com"},
		{"CUK1A1", "global", global, "https://uk-api.services.mimecast.com"},
		{"CDE1A1", "global", global, ""},
		{"global", "global", global, ""},
		{"us", "us", "https://us-api.services.mimecast.com", ""},
		{"http://127.0.0.1:8080", "", "http://127.0.0.1:8080", ""},
	}
	for _, tt := range tests {
		p, err := Recognise(tt.text, API20)
		if err != nil || p.RegionCode != tt.code || p.BaseURL != tt.base || p.Instance != tt.instance || p.API != API20 || p.NeedsDiscovery {
			t.Errorf("%q gives %+v, %v", tt.text, p, err)
		}
		if tt.code == "" && p.Note == "" {
			t.Errorf("%q is accepted without a note", tt.text)
		}
	}
}

func TestRecogniseCatchesTheOtherGeneration(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text  string
		want  API
		offer string
	}{
		{"https://us-api.mimecast.com", API20, "https://api.services.mimecast.com"},
		{"api.mimecast.com", API20, "https://api.services.mimecast.com"},
		{"xy-api.mimecast.com", API20, "https://api.services.mimecast.com"},
		{"https://us-api.services.mimecast.com", API10, "https://us-api.mimecast.com"},
		{"uk-api.services.mimecast.com", API10, "https://eu-api.mimecast.com"},
		{"de-api.services.mimecast.com", API10, "https://de-api.mimecast.com"},
		{"api.services.mimecast.com", API10, DiscoveryURL},
	}
	for _, tt := range tests {
		_, err := Recognise(tt.text, tt.want)
		var wrong *WrongAPIError
		if !errors.As(err, &wrong) {
			t.Errorf("%q gives %v", tt.text, err)
			continue
		}
		if wrong.Want != tt.want || wrong.Got == tt.want || wrong.Offer.BaseURL != tt.offer || wrong.Offer.API != tt.want {
			t.Errorf("%q gives %+v", tt.text, wrong)
		}
		d := Diagnose(err, tt.want)
		if d.Kind != WrongAPI || !strings.Contains(d.Fix, tt.offer) || !strings.Contains(wrong.Error(), "is a host of API") {
			t.Errorf("%q is explained as %+v", tt.text, d)
		}
	}
}

func TestRecogniseRefuses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "  ", "hello", "caution", "CASES", "svc@example.com", "example.com", "login-us.mimecast.com.evil.example",
		"https://us-api.mimecast.com@evil.example/", "ftp://us-api.mimecast.com", "http://gateway.example.org", "us.mimecast.com/api2",
		"CUSA", "CUSA0000000000000", "CUSA0-0", "https://", "https://a..b", "https://-a.b", "https://us-api.mimecast.com:99999",
		"localhost", "http://10.0.0.1:80", "mimecast.com",
	} {
		if p, err := Recognise(text, API10); err == nil {
			t.Errorf("%q counts as %+v", text, p)
		} else if err.Error() == "" {
			t.Errorf("%q is refused without a word", text)
		}
	}
}

func TestEndpointValidate(t *testing.T) {
	t.Parallel()
	good := []Endpoint{
		{BaseURL: "https://api.services.mimecast.com"},
		{BaseURL: "https://api.services.mimecast.com/"},
		{BaseURL: "http://127.0.0.1:8080"},
		{BaseURL: "http://[::1]:8080"},
		{BaseURL: "http://localhost"},
		{BaseURL: "https://x.example", Proxy: Proxy{URL: "http://proxy:3128", Username: "u"}},
		{BaseURL: "https://x.example", Proxy: Proxy{URL: "https://proxy:3128/"}},
	}
	for _, e := range good {
		if err := e.Validate(); err != nil {
			t.Errorf("%+v: %v", e, err)
		}
	}
	bad := map[string]Endpoint{
		"the base URL is missing":                       {},
		"must begin with https://; http://":             {BaseURL: "http://us-api.mimecast.com"},
		"the base URL must begin with https://":         {BaseURL: "us-api.mimecast.com"},
		"without a path":                                {BaseURL: "https://us-api.mimecast.com/api"},
		"scheme and host only":                          {BaseURL: "https://us-api.mimecast.com?"},
		"user or password":                              {BaseURL: "https://u:hunter2@us-api.mimecast.com"},
		"is not a URL":                                  {BaseURL: "https://us-api\x7f.mimecast.com"},
		"has no host":                                   {BaseURL: "https://:443"},
		"the base URL has a port":                       {BaseURL: "https://x.example:99999"},
		"proxy URL must begin":                          {BaseURL: "https://x.example", Proxy: Proxy{URL: "proxy:3128"}},
		"the proxy URL must not contain a user":         {BaseURL: "https://x.example", Proxy: Proxy{URL: "http://u:hunter2@proxy"}},
		"the proxy has a user or password but no URL":   {BaseURL: "https://x.example", Proxy: Proxy{Username: "u"}},
		"the proxy user must not contain a colon":       {BaseURL: "https://x.example", Proxy: Proxy{URL: "http://p:1", Username: "a:b"}},
		"the proxy URL must be scheme and host only, w": {BaseURL: "https://x.example", Proxy: Proxy{URL: "http://p:1/path"}},
	}
	for want, e := range bad {
		err := e.Validate()
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%+v: got %v, want %q", e, err, want)
		}
		if _, newErr := New(e); newErr == nil || newErr.Error() != err.Error() {
			t.Errorf("New says %v, Validate %v", newErr, err)
		}
	}
}

// TestNoWordMeansTwoRegions: every word for a region is lower case, and is no other region's word, code or name.
func TestNoWordMeansTwoRegions(t *testing.T) {
	t.Parallel()
	owner := map[string]string{}
	for _, r := range Regions() {
		for _, word := range append([]string{r.Code, strings.ToLower(r.Name)}, r.Words...) {
			if other := owner[word]; other != "" && other != r.Code || word != strings.ToLower(word) {
				t.Errorf("%q of %s: also of %q", word, r.Code, other)
			}
			owner[word] = r.Code
			if p, err := Recognise(strings.ToUpper(word), API10); err != nil || p.RegionCode != r.Code {
				t.Errorf("%q gives %q, %v", word, p.RegionCode, err)
			}
		}
	}
	if _, err := Recognise("USA", API10); err == nil || !strings.Contains(err.Error(), "usb") {
		t.Errorf("USA, which has two regions: %v", err)
	}
}
