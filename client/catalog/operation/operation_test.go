package operation

import (
	"slices"
	"strings"
	"testing"
)

func TestTable(t *testing.T) {
	all := All()
	if len(all) < 371 {
		t.Fatalf("%d operations", len(all))
	}
	var products []string
	for _, p := range Products() {
		products = append(products, p.ID)
	}
	seen := map[string]bool{}
	for _, o := range all {
		name := o.Method + " " + o.Path
		for _, api := range o.APIs {
			if api != "1.0" && api != "2.0" {
				t.Errorf("%s: API %q", name, api)
			}
			if key := api + " " + name; seen[key] {
				t.Errorf("%s is there twice", key)
			} else {
				seen[key] = true
			}
		}
		if o.Has("2.0") && len(o.Products) == 0 {
			t.Errorf("%s has no product", name)
		}
		for _, p := range o.Products {
			if !slices.Contains(products, p) {
				t.Errorf("%s: unknown product %q", name, p)
			}
		}
		if o.Permission != strings.TrimSpace(o.Permission) || strings.HasSuffix(o.Permission, ".") {
			t.Errorf("%s: permission %q", name, o.Permission)
		}
		if !strings.HasPrefix(o.Path, "/") || strings.ContainsAny(o.Path, "? ") {
			t.Errorf("%s: path", name)
		}
	}
}

// Nothing whose name says that it changes something may be taken for a read.
func TestReadsOnlyRead(t *testing.T) {
	for _, o := range All() {
		if !o.Read {
			continue
		}
		if o.Method != "GET" && o.Method != "POST" {
			t.Errorf("%s %s reads", o.Method, o.Path)
		}
		last := o.Path[strings.LastIndex(o.Path, "/")+1:]
		for _, verb := range []string{"create", "delete", "update", "add", "remove", "send", "upload", "release", "reject", "verify", "test", "execute", "import", "restore", "register", "permit"} {
			if o.Method == "POST" && (last == verb || strings.HasPrefix(last, verb+"-")) {
				t.Errorf("%s %s reads", o.Method, o.Path)
			}
		}
	}
}

func TestFind(t *testing.T) {
	for name, one := range map[string]struct {
		api, method, path, want string
	}{
		"plain":             {"2.0", "POST", "/api/account/get-account", "/api/account/get-account"},
		"both generations":  {"1.0", "POST", "/api/account/get-account", "/api/account/get-account"},
		"1.0 alone":         {"1.0", "POST", "/api/awareness-training/campaign/get-campaigns", "/api/awareness-training/campaign/get-campaigns"},
		"not on 2.0":        {"2.0", "POST", "/api/awareness-training/campaign/get-campaigns", ""},
		"not on 1.0":        {"1.0", "GET", "/identity/whoami", ""},
		"variable":          {"2.0", "GET", "/directory/cloud-gateway/v1/groups/eNo1/members", "/directory/cloud-gateway/v1/groups/{group_id}/members"},
		"fixed before free": {"2.0", "GET", "/users/current-user", "/users/current-user"},
		"empty variable":    {"2.0", "GET", "/users/", ""},
		"too long":          {"2.0", "GET", "/users/1/2", ""},
		"wrong method":      {"2.0", "DELETE", "/identity/whoami", ""},
		"nonsense":          {"2.0", "GET", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := Find(one.api, one.method, one.path)
			if got.Path != one.want || ok != (one.want != "") {
				t.Errorf("%q, %v", got.Path, ok)
			}
		})
	}
	if o, _ := Find("1.0", "POST", "/api/directory/get-group-members"); o.Permission != "Directories | Groups | Read" {
		t.Errorf("the two generations name different permissions: %q", o.Permission)
	}
}

func TestParseRefusesDamage(t *testing.T) {
	head := "api\tmethod\tpath\tproducts\tpermission\teffect\tpaging\tpackage\n"
	for name, line := range map[string]string{
		"columns": "2.0\tGET\t/x\n",
		"effect":  "2.0\tGET\t/x\tp\t\tmaybe\t\t\n",
	} {
		if _, err := parse(head + line); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestTitle(t *testing.T) {
	if got := Title("cloudgateway"); got != "Email Security Cloud Gateway" {
		t.Error(got)
	}
	if got := Title("new-thing"); got != "new-thing" {
		t.Error(got)
	}
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		if _, err := parse(table); err != nil {
			b.Fatal(err)
		}
	}
}
