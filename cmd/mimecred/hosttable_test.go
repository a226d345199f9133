package main

import (
	"encoding/json"
	"maps"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode"
)

// spelling is a base URL as somebody writes it into a file.
type spelling struct {
	api, base string
	// used is the base URL that it comes to; "" when it is refused.
	used string
	// says are words of the refusal, or of the note on what was cut off.
	says []string
}

const (
	global20 = "https://api.services.mimecast.com"
	us20     = "https://us-api.services.mimecast.com"
	us10     = "https://us-api.mimecast.com"
	unlisted = "is not a host that Mimecast lists"
)

// rightSpellings are what is used, and what is used once something was cut off it.
func rightSpellings() []spelling {
	cut := func(what string) []string { return []string{"is used; cut off: " + what} }
	return []spelling{
		{"2.0", global20, global20, nil},
		{"2.0", us20, us20, nil},
		{"2.0", "https://uk-api.services.mimecast.com", "https://uk-api.services.mimecast.com", nil},
		{"2.0", global20 + "/", global20, nil},
		{"2.0", global20 + "/oauth/token", global20, cut("the path")},
		{"2.0", us20 + "/api", us20, cut("the path")},
		{"2.0", global20 + "/api/?x=1#top", global20, cut("the fragment, the query, the path")},
		{"2.0", global20 + "/%00", global20, cut("the path")},
		{"2.0", "HTTPS://API.Services.Mimecast.COM", global20, cut("upper case")},
		{"2.0", "api.services.mimecast.com", global20, nil},
		{"2.0", "https://api.services.mimecast.com.", global20, cut("the dot at its end")},
		{"2.0", global20 + ":443", global20, cut("the port")},
		{"2.0", " " + global20 + "\t\r\n", global20, cut("the blanks around it")},
		{"1.0", us10, us10, nil},
		{"1.0", us10 + "/api/login/login", us10, cut("the path")},
		{"1.0", "https://je-api.mimecast.com", "https://je-api.mimecast.com", nil},
		{"1.0", "uspcom-api.mimecast-pscom-us.com", "https://uspcom-api.mimecast-pscom-us.com", nil},
		{"1.0", "https://Sandbox-api.mimecast.com", "https://sandbox-api.mimecast.com", cut("upper case")},
	}
}

// wrongSpellings are what is refused before anything is sent.
func wrongSpellings() []spelling {
	cannot := func(sign string) []string { return []string{"cannot be seen (" + sign + ")", global20} }
	return []spelling{
		// Slips of the fingers and of memory.
		{"2.0", "https://us.mimecast.com", "", []string{unlisted, global20, "--allow-host us.mimecast.com"}},
		{"2.0", "https://developer.services.mimecast.com/api", "", []string{unlisted, global20}},
		{"2.0", "https://api.service.mimecast.com", "", []string{unlisted, global20}},
		{"2.0", "https://api.servcies.mimecast.com", "", []string{unlisted, global20}},
		{"2.0", "https://apis.services.mimecast.com", "", []string{unlisted, global20}},
		{"2.0", "https://api.services.mimecats.com", "", []string{unlisted, global20}},
		{"2.0", "https://api.services.mimecast.co", "", []string{unlisted, global20}},
		{"2.0", "https://eu-api.services.mimecast.com", "", []string{unlisted, global20}},
		{"2.0", "https://us.api.services.mimecast.com", "", []string{unlisted, us20}},
		{"2.0", "https://services.mimecast.com", "", []string{unlisted, global20}},
		{"2.0", "https://api.services.mimecast.com.evil.example", "", []string{unlisted, global20}},
		{"1.0", "https://us.mimecast.com", "", []string{unlisted, us10}},
		{"1.0", "https://uspcom-api.mimecast.com", "", []string{unlisted, "https://uspcom-api.mimecast-pscom-us.com"}},
		{"1.0", "https://api-us.mimecast.com", "", []string{unlisted, us10}},
		{"1.0", "https://xy-api.mimecast.com", "", []string{unlisted}},

		// The other generation, the console, and what tells no region.
		{"2.0", us10, "", []string{"is a host of API 1.0", global20}},
		{"2.0", "https://api.mimecast.com", "", []string{"is a host of API 1.0", global20}},
		{"1.0", global20, "", []string{"is a host of API 2.0", "us-api.mimecast.com"}},
		{"1.0", us20 + "/api", "", []string{"is a host of API 2.0", us10}},
		{"1.0", "https://api.mimecast.com", "", []string{"same for every region"}},
		{"1.0", "https://login-us.mimecast.com/u/login", "", []string{"address of the console", us10}},
		{"2.0", "https://login.mimecast.com", "", []string{"address of the console", global20}},

		// Others, ports and addresses.
		{"2.0", "https://gateway.example.org", "", []string{unlisted, "--allow-host gateway.example.org"}},
		{"2.0", "https://gateway.example.org:8443", "", []string{unlisted, "--allow-host gateway.example.org:8443"}},
		{"2.0", global20 + ":8443", "", []string{"a port that Mimecast does not use", "--allow-host api.services.mimecast.com:8443"}},
		{"1.0", us10 + ":80", "", []string{"a port that Mimecast does not use", us10}},
		{"2.0", global20 + ":0", "", []string{"https:// and a host"}},
		{"2.0", global20 + ":99999", "", []string{"https:// and a host"}},
		{"2.0", "https://203.0.113.7", "", []string{"is an IP address", "--allow-host 203.0.113.7"}},
		{"2.0", "https://203.0.113.7:8443/api", "", []string{"is an IP address"}},
		{"2.0", "https://3405803783", "", []string{"https:// and a host"}},
		{"2.0", "https://0xcb007107", "", []string{"https:// and a host"}},
		{"2.0", "https://0xcb.0.0x71.7", "", []string{unlisted}},
		{"2.0", "https://203.0.28935", "", []string{unlisted}},
		{"2.0", "https://0313.0.0161.07", "", []string{unlisted}},
		{"2.0", "https://[2001:db8::7]", "", []string{"is an IP address", "--allow-host [2001:db8::7]"}},
		{"2.0", "https://[::ffff:203.0.113.7]:8443", "", []string{"is an IP address"}},
		{"2.0", "https://[fe80::1%25eth0]", "", []string{"https:// and a host"}},
		{"2.0", "http://api.services.mimecast.com", "", []string{"must begin with https://"}},
		{"2.0", "http://gateway.example.org", "", []string{"must begin with https://"}},
		{"2.0", "ftp://api.services.mimecast.com", "", []string{"https:// and a host"}},
		{"2.0", "\"" + global20 + "\"", "", []string{"leave them out"}},
		{"2.0", "\u201e" + global20 + "\u201c", "", []string{"leave them out"}},
		{"2.0", "https://", "", []string{"https:// and a host"}},
		{"2.0", "https:///api", "", []string{"https:// and a host"}},
		{"2.0", "https://localhost.evil.example", "", []string{unlisted}},

		// A user or a password, which imitates a host, and what is escaped.
		{"2.0", "https://user:zq-password-qz@api.services.mimecast.com", "", []string{"leave out everything up to the @"}},
		{"2.0", "https://api.services.mimecast.com@evil.example", "", []string{"leave out everything up to the @"}},
		{"2.0", "https://api.services.mimecast.com:443@evil.example/", "", []string{"leave out everything up to the @"}},
		{"2.0", "https://api.services.mimecast.com%2eevil.example", "", []string{"https:// and a host"}},
		{"2.0", "https://api%2eservices.mimecast.com", "", []string{"https:// and a host"}},
		{"2.0", "https://api.services.mimecast.com%00.evil.example", "", []string{"https:// and a host"}},

		// What looks like a host of Mimecast's, or cannot be seen.
		{"2.0", "https://\u0430pi.services.mimecast.com", "", []string{`\u0430pi.services`, global20}},
		{"2.0", "https://api.services.mime\u0441ast.com", "", []string{`mime\u0441ast`, "xn--mimeast-1jg.com", global20}},
		{"2.0", "https://api.services.xn--mimeast-1jg.com", "", []string{unlisted, global20}},
		{"1.0", "https://us-ap\u0456.mimecast.com", "", []string{us10}},
		{"2.0", "https://api\uff0eservices.mimecast.com", "", []string{`\uff0e`, global20}},
		{"2.0", "https://api\u3002services.mimecast.com", "", []string{`\u3002`, global20}},
		{"2.0", "https://api\u200d.services.mimecast.com", "", cannot("U+200D")},
		{"2.0", "https://api.services\u202e.mimecast.com", "", cannot("U+202E")},
		{"2.0", "https://api.services\u009b.mimecast.com", "", cannot("U+009B")},
		{"2.0", "https://api.services\u200b.mimecast.com", "", cannot("U+200B")},
		{"2.0", "\ufeff" + global20, "", cannot("U+FEFF")},
		{"2.0", global20 + "\x00", "", cannot("U+0000")},
		{"2.0", global20 + "\x00.evil.example", "", cannot("U+0000")},
		{"2.0", global20 + "/\x00", "", cannot("U+0000")},
		{"2.0", global20 + "\x1b[2J", "", cannot("U+001B")},
		{"2.0", global20 + "\x7f", "", cannot("U+007F")},
		{"2.0", global20 + "/a\nb", "", cannot("U+000A")},
		{"2.0", global20 + "\u0085", "", cannot("U+0085")},
	}
}

// TestSpellingsThatAreRefused gives each to every command that takes --from: exit 2, what is wrong and what to write instead in
// printable ASCII, and nothing is sent to anybody.
func TestSpellingsThatAreRefused(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.setUp("oauth-ok", map[string]any{"profile": "acme2"})
	d.setUp("legacy-ok", map[string]any{"profile": "acme1"})
	if n := len(rightSpellings()) + len(wrongSpellings()); n < 60 {
		t.Errorf("%d spellings", n)
	}
	asked := len(d.sim.Server.Requests())
	for _, s := range wrongSpellings() {
		from := d.spelled(s)
		for _, args := range [][]string{{"check"}, {"setup"}, {"rotate", "acme" + s.api[:1]}} {
			given := maps.Clone(from)
			if len(args) > 1 {
				delete(given, "profile")
			}
			got, hosts := d.atHosts(asJSON(t, given), append(args, "--from", "-")...)
			if got.code != exitUsage || len(hosts) > 0 || got.out != "" {
				t.Errorf("%s %+q: exit %d, %v was called, %q", args[0], s.base, got.code, hosts, got.out)
			}
			got.says(t, s.says...)
			said := strings.NewReplacer("\u2026", "", "\u201e", "", "\u201c", "").Replace(got.err) // quotes are shown as they are
			if strings.ContainsFunc(said, func(r rune) bool { return r > '~' || r < ' ' && r != '\n' }) || strings.Contains(said, "zq-password-qz") {
				t.Errorf("%s %+q: %+q", args[0], s.base, got.err)
			}
		}
	}
	if n := len(d.sim.Server.Requests()); n != asked {
		t.Errorf("Mimecast was called %d times", n-asked)
	}
}

// TestSpellingsThatAreUsed gives each to every command that takes --from: the host that is meant is called and printed, and no
// other, what was cut off is named, and the profile has the host as Mimecast lists it.
func TestSpellingsThatAreUsed(t *testing.T) {
	t.Parallel()
	for _, s := range rightSpellings() {
		t.Run(s.api+" "+strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return r
			}
			return '_'
		}, s.base), func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			want, err := url.Parse(s.used)
			if err != nil {
				t.Fatal(err)
			}
			for _, args := range [][]string{{"check"}, {"setup"}, {"rotate", "acme"}} {
				given := d.spelled(s)
				if args[0] == "rotate" {
					maps.Copy(given, d.another(s.api, given))
				}
				got, hosts := d.atHosts(asJSON(t, given), append(args, "--from", "-")...)
				if got.code != exitDone || len(hosts) != 1 || !hosts[want.Host] || !strings.Contains(got.out+got.err, want.Host) {
					t.Errorf("%s %+q: exit %d, %v was called\n%s%s", args[0], s.base, got.code, hosts, got.out, got.err)
				}
				got.says(t, s.says...)
			}
			entry, _, err := d.entry()
			if err != nil || entry.BaseURL != s.used {
				t.Errorf("%+q is saved as %q, %v", s.base, entry.BaseURL, err)
			}
			var shown struct {
				BaseURL string `json:"base_url"`
			}
			if err := json.Unmarshal([]byte(d.ends(exitDone, "", "show", "acme", "-o", "json").out), &shown); err != nil || shown.BaseURL != s.used {
				t.Errorf("%+q is shown as %q, %v", s.base, shown.BaseURL, err)
			}
		})
	}
}

// spelled is one of the simulator's credentials at a base URL.
func (d *desk) spelled(s spelling) map[string]any {
	d.t.Helper()
	name := map[string]string{"1.0": "legacy-ok", "2.0": "oauth-ok"}[s.api]
	from := maps.Clone(readyNamed(d.t, d.sim, name).From)
	delete(from, "region")
	from["profile"], from["base_url"] = "acme", s.base
	return from
}

// another is a further credential of the simulator's, for the same application where the API has keys.
func (d *desk) another(api string, given map[string]any) map[string]any {
	d.t.Helper()
	if api == "2.0" {
		return d.pair(everything())
	}
	id, _ := given["application_id"].(string)
	b := d.sim.Server.Bind(id, withCode, time.Time{})
	return map[string]any{"access_key": b.AccessKey, "secret_key": b.SecretKey}
}
