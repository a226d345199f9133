package credstore

import (
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mimecred/client"
)

// everyField is an entry in which each field is set, those of what it points to included.
func everyField(name string) Entry {
	at := time.Date(2026, 11, 2, 9, 30, 0, 123456789, time.FixedZone("", 3600))
	account := &AccountName{Name: "Example & Söhne \"Nord\"", Code: "CUSA00A000", Region: "us"}
	check := &CheckSummary{
		At: at, OK: true, Passed: 10, Warnings: 2, Failed: 1, Skipped: 4, Account: account,
		Checks: []CheckState{{ID: "dns", State: client.Passed}, {ID: "tls", State: client.Failed, Kind: "kind", Status: 403, Code: "app_forbidden"}, {ID: "c", Status: 5}, {ID: "d", Code: "c"}},
	}
	return Entry{
		Name: name, Integration: "axonius", API: client.API20, Region: "us", BaseURL: "https://us.example/<&>", Store: "keyring",
		Identifier: "id\t\u202e\\", Version: "v1", Account: account, CurrentSince: at, SecretSince: at.UTC(), ExpiresAt: at,
		RotateAfter: Never, Pending: true, Previous: true, PreviousUntil: at, LastCheck: check,
		LastAccepted: &CheckSummary{At: at, Failed: 1, Account: &AccountName{Region: "de"}}, WorkedAt: at,
		PendingVersion: "v2", PendingCheck: check, PreviousVersion: "v0", PreviousCheck: &CheckSummary{At: at}, PendingKeys: true, Copies: "file:v1:acme",
	}
}

// TestListReaderReadsWhatIsWritten: what this version writes is never left to encoding/json, whichever fields are set.
func TestListReaderReadsWhatIsWritten(t *testing.T) {
	t.Parallel()
	full := everyField("acme")
	for field := range reflect.ValueOf(full).NumField() {
		if reflect.ValueOf(full).Field(field).IsZero() {
			t.Errorf("%s is not set: this test has to know every field", reflect.TypeFor[Entry]().Field(field).Name)
		}
		without, alone := full, Entry{}
		for kept := range reflect.ValueOf(full).NumField() {
			if kept == field {
				reflect.ValueOf(&without).Elem().Field(field).SetZero()
				reflect.ValueOf(&alone).Elem().Field(field).Set(reflect.ValueOf(full).Field(field))
			}
		}
		for _, list := range []indexList{
			{Profiles: []Entry{}},
			{Profiles: []Entry{without}},
			{Profiles: []Entry{alone, full, without}, Notice: "told \"once\""},
		} {
			got, ok := quickList(list.text())
			want, err := anyList(list.text())
			if !ok || err != nil {
				t.Errorf("read at once: %t, %v\n%s", ok, err, list.text())
			}
			if diff := cmp.Diff(want, got, cmp.AllowUnexported(indexList{})); diff != "" {
				t.Errorf("%s\n%s", list.text(), diff)
			}
		}
	}
}

// sameList wants that what is read at once is what encoding/json makes of the same text.
func sameList(t *testing.T, text []byte) {
	t.Helper()
	got, ok := quickList(text)
	if !ok {
		return
	}
	want, err := anyList(text)
	if err != nil || !reflect.DeepEqual(want, got) {
		t.Errorf("%q: %v\n%s", text, err, cmp.Diff(want, got, cmp.AllowUnexported(indexList{})))
	}
}

// TestListReaderNeverReadsMore: a list in which anything was left out, put in or changed is read at once only where encoding/json
// reads the same.
func TestListReaderNeverReadsMore(t *testing.T) {
	t.Parallel()
	text := string(indexList{Profiles: []Entry{everyField("acme"), {Name: "beta", Store: "memory"}}, Notice: "n"}.text())
	for i := range len(text) {
		sameList(t, []byte(text[:i]))
		sameList(t, []byte(text[:i]+text[i+1:]))
		for _, other := range []string{`"`, ",", "}", "]", "{", "[", `\`, " ", "\n", "0", "-", ".", "9", "e", "\x00", "\x7f", "\xff", "ü", "\u2028"} {
			sameList(t, []byte(text[:i]+other+text[i+1:]))
			sameList(t, []byte(text[:i]+other+text[i:]))
		}
	}
	for _, whole := range []string{"", "\n", "{}", `{"schema":2,"profiles":[` + "\n]}\n", `{"schema":1,"profiles":[` + "\n]}\n\n", `{"schema":1,"profiles":[` + strings.Repeat("\n{", 9)} {
		sameList(t, []byte(whole))
	}
}

func FuzzListReader(f *testing.F) {
	f.Add([]byte(indexList{Profiles: []Entry{everyField("acme"), everyField("beta")}, Notice: "n"}.text()))
	f.Add([]byte(`{"schema":1,"profiles":[` + "\n" + `{"name":"a","account":{"code":"\ud83d\ude00"}}` + "\n]}"))
	f.Fuzz(func(t *testing.T, text []byte) { sameList(t, text) })
}

// TestListIsReadAnewWhenItChanged: what was read is kept, and never told for another text, nor changed by whoever got it.
func TestListIsReadAnewWhenItChanged(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	ours, others := NewIndex(dir), NewIndex(dir)
	for range 3 {
		for _, name := range []string{"acme", "beta"} {
			if err := others.Update(name, func(e *Entry) { e.Pending = !e.Pending }); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				got, err := ours.All()
				want, wantErr := NewIndex(dir).All()
				if err != nil || wantErr != nil {
					t.Fatal(err, wantErr)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Error(diff)
				}
				got[0].Name = "changed by whoever asked"
			}
		}
	}
	if err := os.WriteFile(ours.file(), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, index := range []*Index{ours, others, NewIndex(dir)} {
		if _, err := index.read(); !errors.Is(err, errUnreadable) {
			t.Errorf("an empty file is %v", err)
		}
	}
}
