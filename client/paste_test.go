package client

import (
	"encoding/base64"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

const (
	pastedUUID    = "8578fcfc-a305-4d9a-99cb-f4d5ecefe297"
	pastedUUIDKey = "1ad5cd64-3b4c-4d31-8b0c-0a0b0c0d0e0f"
)

var (
	pastedID     = strings.Repeat("aB3d", 12)
	pastedSecret = strings.Repeat("x9Yz", 16)
)

// pastesOfBoth are texts with both values of an application of API 2.0 in them, I and S.
func pastesOfBoth() map[string]string {
	return map[string]string{
		"own JSON":            `{"profile": "acme", "api": "2.0", "region": "eu", "client_id": "I", "client_secret": "S"}`,
		"nested JSON":         `{"name":"acme","from":{"client_secret":"S","client_id":"I"}}`,
		"JSON in camel case":  "{\n  \"clientId\": \"I\",\n  \"clientSecret\": \"S\"\n}\n",
		"JSON without braces": `"client_id": "I", "client_secret": "S",`,
		"own export lines":    "export MIMECAST_BASE_URL='https://api.services.mimecast.com'\nexport MIMECAST_CLIENT_ID='I'\nexport MIMECAST_CLIENT_SECRET='S'\n",
		"dotenv":              "MIMECAST_CLIENT_ID=I\nMIMECAST_CLIENT_SECRET=S",
		"dotenv, quoted":      "CLIENT_SECRET=\"S\" # once\r\nCLIENT_ID=\"I\"\r\n",
		"PowerShell":          "$env:MIMECAST_CLIENT_ID = 'I'\n$env:MIMECAST_CLIENT_SECRET = 'S'",
		"cmd.exe":             "set MIMECAST_CLIENT_ID=I\r\nset MIMECAST_CLIENT_SECRET=S",
		"YAML":                "mimecast:\n  client_id: I\n  client_secret: S\n",
		"INI":                 "[mimecast]\nclient_id = I\nclient_secret = S",
		"Key Vault":           "mimecast-client-id: I\nmimecast-client-secret: S",
		"Terraform":           "client_id     = \"I\"\nclient_secret = \"S\"\n",
		"one line":            "Client ID I Client Secret S",
		"one line, signs":     "Client ID: I, Client Secret: S.",
		"one line, words":     "The Client ID is I and the client secret is S",
		"one line, dashes":    "Client ID - I / Client Secret - S",
		"lines":               "Client ID\nI\nClient Secret\nS",
		"lines with colons":   "Client ID: I\nClient Secret: S",
		"names of one's own":  "ID: I\nSecret: S",
		"tabs":                "Client ID\tI\tClient Secret\tS",
		"Markdown table":      "| Client ID | Client Secret |\n|-----------|:---:|\n| `I` | **S** |",
		"table with more":     "Here it is:\n\n| Name | Client ID | Client Secret |\n|---|---|---|\n| acme | I | S |\n",
		"Markdown rows":       "| Client ID | I |\n| Client Secret | S |",
		"one row":             "| Client ID | `I` | Client Secret | `S` |",
		"bare row":            "| acme | I | S |",
		"list":                "- **Client ID**: `I`\n- **Client Secret**: `S`",
		"list, bold inside":   "* **Client ID:** I\n* **Client Secret:** S",
		"CSV with a header":   "name,client_id,client_secret\nacme,I,S\n",
		"CSV, quoted":         "\"Client ID\";\"Client Secret\"\n\"I\";\"S\"",
		"CSV, other order":    "client_secret,client_id\nS,I",
		"CSV rows":            "Client ID,I\nClient Secret,S",
		"bare CSV":            "I,S",
		"bare, reversed":      "S;I",
		"bare, tab":           "I\tS",
		"bare lines":          "I\nS\n",
		"query":               "grant_type=client_credentials&client_id=I&client_secret=S",
		"query of an address": "https://api.example.com/oauth/token?client_id=I&client_secret=S",
		"command line":        "tool --client-id I --client-secret S",
		"command, assigned":   "tool --client-id=I --client-secret=\"S\"",
		"XML":                 "<app><clientId>I</clientId><name>acme</name><clientSecret>S</clientSecret><x>y</x></app>",
		"one name missing":    "Client ID: I\nS",
	}
}

func TestSplitPaste(t *testing.T) {
	t.Parallel()
	for name, text := range pastesOfBoth() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			id, key, ok := first(SplitPaste(API20, filled(text, pastedID, pastedSecret))).Application(API20)
			if !ok || id != pastedID || key.Reveal() != pastedSecret {
				t.Errorf("got %v: ID %q, secret of %d characters", ok, id, key.Len())
			}
			if !HoldsSecret(filled(text, pastedID, pastedSecret)) {
				t.Error("nothing says that there is a secret in it")
			}
		})
	}
}

// filled puts the values where I and S stand alone.
func filled(text, id, key string) string {
	text = regexp.MustCompile(`\bI\b`).ReplaceAllLiteralString(text, id)
	return regexp.MustCompile(`\bS\b`).ReplaceAllLiteralString(text, key)
}

func first(p Pasted, _ bool) Pasted { return p }

func TestSplitPasteOfAPI10(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"own JSON": `{"api":"1.0","application_id":"I","application_key":"S","access_key":"A","secret_key":"K"}`,
		"exported": "MIMECAST_APPLICATION_ID=I\nMIMECAST_APPLICATION_KEY=S\nMIMECAST_ACCESS_KEY=A\nMIMECAST_SECRET_KEY=K\n",
		"short":    "app_id: I\napp_key: S\naccessKey: A\nsecretKey: K",
		"prose":    "Application ID I Application Key S Access Key A Secret Key K",
		"table":    "|Application ID|Application Key|Access Key|Secret Key|\n|---|---|---|---|\n|I|S|A|K|",
		"query":    "app_id=I&app_key=S&access_key=A&secret_key=" + url.QueryEscape(vectorSecretKey),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := strings.NewReplacer(">A", ">"+vectorAccessKey).Replace(filled(text, pastedUUID, pastedUUIDKey))
			text = regexp.MustCompile(`\bA\b`).ReplaceAllLiteralString(text, vectorAccessKey)
			text = regexp.MustCompile(`\bK\b`).ReplaceAllLiteralString(text, vectorSecretKey)
			p, _ := SplitPaste(API10, text)
			id, key, ok := p.Application(API10)
			access, secretKey, also := p.Keys()
			if !ok || !also || id != pastedUUID || key.Reveal() != pastedUUIDKey {
				t.Fatalf("got %v and %v: %q", ok, also, id)
			}
			if access.Reveal() != vectorAccessKey || secretKey.Reveal() != vectorSecretKey {
				t.Errorf("keys of %d and %d characters", access.Len(), secretKey.Len())
			}
		})
	}
	if _, _, ok := first(SplitPaste(API10, vectorSecretKey+"\n"+vectorAccessKey)).Keys(); !ok {
		t.Error("the shapes of the keys tell which is which")
	}
	if id, _, ok := first(SplitPaste(API10, pastedUUID+"\n"+pastedUUIDKey)).Application(API10); !ok || id != pastedUUID {
		t.Error("an application's ID and key stand in this order")
	}
}

// TestSplitPasteOfKubernetes takes the base64 off the values of a Secret, as export writes it.
func TestSplitPasteOfKubernetes(t *testing.T) {
	t.Parallel()
	code := base64.StdEncoding.EncodeToString
	text := "apiVersion: v1\nkind: Secret\nmetadata:\n  name: acme\ntype: Opaque\ndata:\n  MIMECAST_CLIENT_ID: " +
		code([]byte(pastedID)) + "\n  MIMECAST_CLIENT_SECRET: " + code([]byte(pastedSecret)) + "\n"
	id, key, ok := first(SplitPaste(API20, text)).Application(API20)
	if !ok || id != pastedID || key.Reveal() != pastedSecret {
		t.Errorf("got %v: %q", ok, id)
	}
}

func TestSplitPasteNeverGuesses(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"nothing":               "",
		"one ID":                pastedID,
		"one secret":            pastedSecret,
		"one named":             "client_secret=" + pastedSecret,
		"wrapped secret":        pastedSecret[:32] + "\n" + pastedSecret[32:],
		"wrapped ID":            pastedID[:24] + "\n" + pastedID[24:],
		"two words":             "hello\nworld",
		"two IDs":               pastedID + "," + pastedID[:44] + "zzzz",
		"prose":                 "Client ID and Client Secret are shown once",
		"a sentence":            "Client ID: copy it. Client Secret: copy it as well.",
		"masked":                "Client ID: " + pastedID + "\nClient Secret: ••••••••",
		"cut":                   "Client ID: " + pastedID + "\nClient Secret: abcdefgh1234…",
		"an odd character":      "client_id=" + pastedID + "\nclient_secret=abcdefgh12345$678",
		"two pairs":             "client_id=" + pastedID + "\nclient_secret=" + pastedSecret + "\nclient_secret=" + pastedSecret[:60] + "zzzz",
		"two rows":              "client_id,client_secret\n" + pastedID + "," + pastedSecret + "\n" + pastedID + "," + pastedSecret,
		"names of another's":    "AZURE_CLIENT_ID=abcdefgh12345678\nAZURE_CLIENT_SECRET=abcdefgh12345679",
		"names of files":        "client_id_file=/run/secrets/id12345678\nclient_secret_file=/run/secrets/key12345678",
		"values of the other":   "application_id=" + pastedUUID + "\napplication_key=" + pastedUUIDKey,
		"a header without rows": "client_id,client_secret\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if p, ok := SplitPaste(API20, text); ok || p.ClientID != "" || !p.ClientSecret.IsZero() {
				t.Errorf("it found %q and %d characters", p.ClientID, p.ClientSecret.Len())
			}
		})
	}
}

func TestHoldsSecret(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		pastedSecret: true, "x " + pastedSecret: true, "<" + pastedSecret + ">": true, vectorSecretKey: true, vectorAccessKey: true,
		"key=" + vectorSecretKey: true, "ClientIDxClientSecret" + pastedSecret[:40]: true, "ApplicationKey" + pastedUUIDKey: true, "client_secret: hunter2": true, "Application Key " + pastedUUIDKey: true,
		"": false, pastedID: false, pastedUUID: false, "Client ID: " + pastedID: false, "acme-secret-key": false, "client secret rotation": false,
		"https://eu-api.mimecast.com": false, "svc@example.com": false, "/etc/ssl/" + pastedSecret + "/ca.pem": false,
	} {
		if got := HoldsSecret(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func FuzzSplitPaste(f *testing.F) {
	for _, text := range pastesOfBoth() {
		f.Add(filled(text, pastedID, pastedSecret))
	}
	f.Add("application_id=" + pastedUUID + "&application_key=" + pastedUUIDKey)
	f.Add("x/client_id_/aaaaaaaaaaaaaaaaaaaaaa/client_secret_/bbbbbbbbbbbbbbbbbbbbbbbb")
	f.Add("kind: Secret\ndata:\n client_id: Y2xpZW50X2lkPTE=\n")
	f.Add("client_id=%25%zz&client_secret=\\u0000")
	f.Fuzz(func(t *testing.T, text string) {
		for _, api := range []API{API10, API20} {
			p, ok := SplitPaste(api, text)
			if !ok && (p.ClientID != "" || !p.SecretKey.IsZero()) {
				t.Fatal("values without ok")
			}
			for _, v := range []string{
				p.ClientID, p.ApplicationID, p.ClientSecret.Reveal(), p.ApplicationKey.Reveal(), p.AccessKey.Reveal(), p.SecretKey.Reveal(),
			} {
				if len(v) > len(text) {
					t.Fatalf("%d bytes of %d", len(v), len(text))
				}
				if _, again := SplitPaste(api, v); again {
					t.Fatalf("%q is split again", v)
				}
			}
		}
		HoldsSecret(text)
	})
}
