package export_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/validation"
	"sigs.k8s.io/yaml"

	"mimecred/cmd/export"
)

func parseSecret(t *testing.T, manifest string) corev1.Secret {
	t.Helper()
	var got corev1.Secret
	if err := yaml.UnmarshalStrict([]byte(manifest), &got); err != nil {
		t.Fatalf("%v in\n%s", err, manifest)
	}
	return got
}

func TestKubernetesSecretThroughItsTypes(t *testing.T) {
	t.Parallel()
	texts := append(nasty(), random(100)...)
	got := parseSecret(t, write(t, export.KubernetesSecret(), many(texts), export.Options{Namespace: "siem"}))
	if got.APIVersion != "v1" || got.Kind != "Secret" || got.Type != corev1.SecretTypeOpaque || got.Name != "mimecast-acme" || got.Namespace != "siem" {
		t.Errorf("got %s %s %s %s/%s", got.APIVersion, got.Kind, got.Type, got.Namespace, got.Name)
	}
	if len(got.StringData) > 0 {
		t.Errorf("stringData has %d values, want none", len(got.StringData))
	}
	data := map[string]string{}
	for key, value := range got.Data {
		if problems := validation.IsConfigMapKey(key); len(problems) > 0 {
			t.Errorf("the key %q: %s", key, problems)
		}
		data[key] = string(value)
	}
	wantTexts(t, "data", data, "V", texts)
}

func TestKubernetesSecretLines(t *testing.T) {
	t.Parallel()
	want := `apiVersion: v1
kind: Secret
metadata:
  name: "collector"
type: Opaque
data:
  V: "czNjcjN0"
`
	if got := write(t, export.KubernetesSecret(), one("s3cr3t"), export.Options{SecretName: "collector"}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestKubernetesNames(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 64)
	for profile, want := range map[string]string{
		"acme":         "mimecast-acme",
		"acme-prod":    "mimecast-acme-prod",
		"acme.prod":    "mimecast-acme.prod",
		"1":            "mimecast-1",
		long:           "mimecast-" + long,
		"Acme":         "mimecast-acme-37036cd8",
		"acme_prod":    "mimecast-acme-prod-05e2089e",
		"acme.":        "mimecast-acme-fb97486b",
		"a.-b":         "mimecast-a.b-cf3cd0bc",
		"":             "mimecast-e3b0c442",
		"büro 7":       "mimecast-b-ro-7-513cfd6e",
		"...":          "mimecast-ab5df625",
		long + "-":     "mimecast-" + long + "-bc1960bc",
		"no/slash\nok": "mimecast-no-slash-ok-157d24d1",
	} {
		got := export.KubernetesName(profile)
		if problems := validation.IsDNS1123Subdomain(got); len(problems) > 0 {
			t.Errorf("%q becomes %q: %s", profile, got, problems)
		}
		if got != want {
			t.Errorf("%q becomes %q, want %q", profile, got, want)
		}
	}
}

func FuzzKubernetesName(f *testing.F) {
	for _, name := range []string{"acme", "Acme", "a_b", "a..b", ".", "-", "é", strings.Repeat("a", 244), strings.Repeat("a", 245), strings.Repeat("A", 300), strings.Repeat("a.", 200)} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, profile string) {
		got := export.KubernetesName(profile)
		if problems := validation.IsDNS1123Subdomain(got); len(problems) > 0 {
			t.Errorf("%q becomes %q: %s", profile, got, problems)
		}
	})
}

func TestKubernetesRefusesBadNames(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 64)
	for _, name := range []string{"Acme", "a_b", "-a", "a-", "a..b", ".a", "a.", "a b", "é", strings.Repeat("a", 254)} {
		if len(validation.IsDNS1123Subdomain(name)) == 0 {
			t.Errorf("Kubernetes takes %q: it does not belong here", name)
		}
		err := export.Write(&bytes.Buffer{}, export.KubernetesSecret(), acme(), export.Options{SecretName: name})
		if refusal := wantRefusal(t, err); !strings.Contains(refusal.Text, "no name of a Secret") {
			t.Errorf("%q: %v", name, err)
		}
	}
	for _, name := range []string{"Acme", "a.b", "-a", long} {
		if len(validation.IsDNS1123Label(name)) == 0 {
			t.Errorf("Kubernetes takes %q: it does not belong here", name)
		}
		err := export.Write(&bytes.Buffer{}, export.KubernetesSecret(), acme(), export.Options{Namespace: name})
		if refusal := wantRefusal(t, err); !strings.Contains(refusal.Text, "no name of a namespace") {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestKubernetesKeys(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("k", 253)
	for _, key := range []string{"a", "client.id", "client-id", "Client_ID", ".hidden", "...", "..", ".", "..data", "a/b", "a b", "é", "y", "1", long, long + "k"} {
		format := export.Renamed(export.KubernetesSecret(), "own", "", map[string]string{"client_id": key})
		var b bytes.Buffer
		err := export.Write(&b, format, acme(), export.Options{})
		if problems := validation.IsConfigMapKey(key); len(problems) > 0 {
			if refusal := wantRefusal(t, err); !strings.Contains(refusal.Text, "no key of a Secret") {
				t.Errorf("%q: %v", key, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%q is refused (%v) and Kubernetes takes it", key, err)
			continue
		}
		if got := parseSecret(t, b.String()); fmt.Sprintf("%s", got.Data) != fmt.Sprintf("map[%s:pK3vQ7]", key) {
			t.Errorf("the key %q is read as %s", key, got.Data)
		}
	}
}
