package client

import (
	"strings"
	"testing"

	"mimecred/client/secret"
)

func TestShapeHints(t *testing.T) {
	t.Parallel()
	const uuid = "8578FCFC-a305-4d9a-99cb-f4d5ecefe297"
	id48, secret64 := strings.Repeat("aB3d", 12), strings.Repeat("aB3d", 16)
	tests := []struct {
		name, field, value, says string // says "" when there is no hint
	}{
		{"client ID", FieldClientID, id48, ""},
		{"client secret", FieldClientSecret, secret64, ""},
		{"application ID", FieldApplicationID, uuid, ""},
		{"application key", FieldApplicationKey, uuid, ""},
		{"access key", FieldAccessKey, vectorAccessKey, ""},
		{"secret key", FieldSecretKey, vectorSecretKey, ""},
		{"nothing yet", FieldClientID, "", ""},
		{"47 characters are near enough", FieldClientID, id48[:47], ""},
		{"UUID as client ID", FieldClientID, uuid, "API 1.0 application ID"},
		{"secret in the ID's field", FieldClientID, secret64, "client secret: the two may be swapped"},
		{"ID in the secret's field", FieldClientSecret, id48, "client ID: the two may be swapped"},
		{"access key as client ID", FieldClientID, vectorAccessKey, "API 1.0 access key"},
		{"secret key as client secret", FieldClientSecret, vectorSecretKey, "API 1.0 access key or secret key"},
		{"cut off client secret", FieldClientSecret, secret64[:20], "cut off"},
		{"white space", FieldClientID, "a b", "white space"},
		{"masked", FieldClientSecret, "••••••••", "masking"},
		{"quotes", FieldAccessKey, `"x"`, "quote"},
		{"application ID of API 2.0", FieldApplicationID, id48, "API 2.0"},
		{"application key is no UUID", FieldApplicationKey, "1234", "is a UUID"},
		{"secret key as application key", FieldApplicationKey, vectorSecretKey, "secret key"},
		{"access key as application ID", FieldApplicationID, vectorAccessKey, "access key"},
		{"UUID as access key", FieldAccessKey, uuid, "application ID"},
		{"secret key as access key", FieldAccessKey, vectorSecretKey, "swapped"},
		{"cut off access key", FieldAccessKey, vectorAccessKey[:100], "150 characters"},
		{"access key as secret key", FieldSecretKey, vectorAccessKey, "swapped"},
		{"UUID as secret key", FieldSecretKey, uuid, "UUID"},
		{"cut off secret key", FieldSecretKey, vectorSecretKey[:87], "not base64"},
		{"short secret key", FieldSecretKey, "U2VjcmV0S2V5", "88 characters"},
		{"a field of another kind", "password", "anything at all", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := strings.Join(ShapeHints(tt.field, secret.New(tt.value), nil), " ")
			if (tt.says == "") != (got == "") || !strings.Contains(got, tt.says) {
				t.Errorf("got %q, want %q", got, tt.says)
			}
			if tt.value != "" && strings.Contains(got, tt.value) {
				t.Error("the hint repeats the value")
			}
		})
	}
}

func TestShapeHintsSeeTheSameValueTwice(t *testing.T) {
	t.Parallel()
	v := secret.New(strings.Repeat("aB3d", 12))
	got := ShapeHints(FieldClientID, v, map[string]secret.Value{FieldClientID: v, FieldClientSecret: v})
	if len(got) != 1 || !strings.Contains(got[0], "same value as the client secret") {
		t.Errorf("got %q", got)
	}
}

func TestLegacyPair(t *testing.T) {
	t.Parallel()
	const uuid = "8578fcfc-a305-4d9a-99cb-f4d5ecefe297"
	tests := []struct {
		id, value string
		want      bool
	}{
		{uuid, uuid, true},
		{vectorAccessKey, vectorSecretKey, true},
		{uuid, strings.Repeat("aB3d", 16), false},
		{strings.Repeat("aB3d", 12), strings.Repeat("aB3d", 16), false},
	}
	for _, tt := range tests {
		if got := isLegacyPair(OAuth{ClientID: tt.id, ClientSecret: secret.New(tt.value)}); got != tt.want {
			t.Errorf("%.10s… gives %v", tt.id, got)
		}
	}
}

// TestShapeHintsNameWhatWasCopiedAlong: each hint names what to remove, and nothing of the value.
func TestShapeHintsNameWhatWasCopiedAlong(t *testing.T) {
	t.Parallel()
	values := map[string]string{
		FieldClientID: strings.Repeat("aB3d", 12), FieldClientSecret: strings.Repeat("aB3d", 16), FieldApplicationID: "0a" + pastedUUID[2:],
		FieldApplicationKey: pastedUUIDKey, FieldAccessKey: vectorAccessKey, FieldSecretKey: vectorSecretKey,
	}
	for around, says := range map[string]string{
		"V,": "the comma behind", "V;": "the semicolon behind", "~V~": "the ~ around", "*V*": "the * around", "**V**": "the * around",
		"`V`": "the backticks around", "<V>": "the < and > around", "V>": "the < and > around", "Bearer V": `"Bearer" before`, "bearerV": `"Bearer" before`,
		"Basic V": `"Basic" before`, "BasicV": `"Basic" before`, "client_secret=V": "equals sign", "MIMECAST_ACCESS_KEY=V": "equals sign",
		"ClientSecretV": "the name before", "clientId:V": "up to the colon", `"client_id":V`: "quote", "(V)": "brackets",
	} {
		for field, value := range values {
			text := strings.Replace(around, "V", value, 1)
			got := strings.Join(ShapeHints(field, secret.New(text), nil), " ")
			if !strings.Contains(got, says) {
				t.Errorf("%s %s: %q", field, around, got)
			}
			if strings.Contains(got, value) {
				t.Errorf("%s %s: the hint repeats the value", field, around)
			}
		}
	}
}

// TestSwapped: two values are swapped when one has a shape that only the other's field has, whatever became of the second; the same
// two in their places never are.
func TestSwapped(t *testing.T) {
	t.Parallel()
	id, key := strings.Repeat("aB3d", 12), strings.Repeat("aB3d", 16)
	for name, tt := range map[string]struct {
		field, first, second string
		want                 bool
	}{
		"swapped":                  {FieldClientID, key, id, true},
		"swapped, the ID cut":      {FieldClientID, key, id[:40], true},
		"swapped, the secret cut":  {FieldClientID, key[:60], id, true},
		"in place":                 {FieldClientID, id, key, false},
		"in place, the secret cut": {FieldClientID, id, key[:48], false},
		"in place, the ID cut":     {FieldClientID, id[:40], key, false},
		"the same twice":           {FieldClientID, key, key, false},
		"short ones":               {FieldClientID, "x", "y", false},
		"of API 1.0":               {FieldClientID, key, pastedUUID, false},
		"one is missing":           {FieldClientID, key, "", false},
		"the other is missing":     {FieldClientID, "", id, false},
		"keys":                     {FieldAccessKey, vectorSecretKey, vectorAccessKey, true},
		"keys, the access key cut": {FieldAccessKey, vectorSecretKey, vectorAccessKey[:90], true},
		"keys, the secret key cut": {FieldAccessKey, vectorSecretKey[:80], vectorAccessKey, true},
		"keys in place":            {FieldAccessKey, vectorAccessKey, vectorSecretKey, false},
		"keys in place, one cut":   {FieldAccessKey, vectorAccessKey[:149], vectorSecretKey, false},
		"a secret key, a UUID":     {FieldAccessKey, vectorSecretKey, pastedUUID, false},
		"UUIDs tell nothing":       {FieldApplicationID, pastedUUIDKey, pastedUUID, false},
	} {
		if got := Swapped(tt.field, secret.New(tt.first), secret.New(tt.second)); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	gotID, gotKey := Exchanged(key, secret.New(id))
	if gotID != id || gotKey.Reveal() != key {
		t.Error("they are not exchanged")
	}
}
