package step_test

import (
	"slices"
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/client/catalog/console"
	"mimecred/credstore"
	"mimecred/tui/step"
)

// TestWhoElseWouldBeWithout names six, and counts the others of more.
func TestWhoElseWouldBeWithout(t *testing.T) {
	for _, c := range []struct{ names, want string }{
		{"a", "a"},
		{"a b", "a, b"},
		{"a b c d e f", "a, b, c, d, e, f"},
		{"a b c d e f g", "a, b, c, d, e and 2 more"},
		{"a b c d e f g h i", "a, b, c, d, e and 4 more"},
	} {
		want := "The same application is used by " + c.want + ": leave it as it is at Mimecast."
		if got := step.SharedAtMimecast(strings.Fields(c.names)); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestWhatDeletingDoesNotEnd: each generation has its own words.
func TestWhatDeletingDoesNotEnd(t *testing.T) {
	for api, want := range map[client.API]string{
		client.API20: "The client ID and client secret stay valid at Mimecast.",
		client.API10: "The application and its access key stay valid at Mimecast.",
	} {
		if got := step.StaysValid(credstore.Entry{API: api}); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q, want %q", api, got, want)
		}
	}
}

// TestWhatIsLost: with keys that nobody else has, and with what cannot be read.
func TestWhatIsLost(t *testing.T) {
	for _, c := range []struct {
		v    *credstore.Version
		want string
	}{
		{nil, "mimecred cannot read the pending version. It may hold access keys created at Mimecast that nobody else has."},
		{&credstore.Version{CreatedAt: noon()}, "The pending version holds access keys created at Mimecast on 28 November 2026, and nobody else has them."},
	} {
		if got := step.LossWords(c.v); len(got) != 2 || got[0] != c.want || !strings.Contains(got[1], "stay valid at Mimecast") {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// TestRemoval: the product first, then Mimecast; an application that others use stays.
func TestRemoval(t *testing.T) {
	for _, c := range []struct {
		name   string
		entry  credstore.Entry
		others []string
		want   string
	}{
		{"no product", credstore.Entry{API: client.API20}, nil, "2.0-removal-application"},
		{"shared", credstore.Entry{API: client.API20}, []string{"other"}, ""},
		{"1.0", credstore.Entry{API: client.API10}, nil, "1.0-removal-keys 1.0-removal-application 1.0-removal-user"},
		{"1.0, shared", credstore.Entry{API: client.API10}, []string{"other"}, "1.0-removal-keys 1.0-removal-user"},
		{"a product of a later version", credstore.Entry{API: client.API20, Integration: "of-tomorrow"}, nil, "2.0-removal-application"},
	} {
		items := step.RemovalOf(c.entry, c.others)
		var ids []string
		for _, i := range items {
			ids = append(ids, i.ID)
		}
		if got := strings.Join(ids, " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	product := step.RemovalOf(credstore.Entry{API: client.API10, Integration: "jupiterone"}, nil)
	if first := product[0].ID; first != "removal-jupiterone-1" {
		t.Errorf("the product does not come first: %s", first)
	}
	named := step.RemovalOf(credstore.Entry{Name: "acme", API: client.API20, Integration: "of-tomorrow"}, nil)[0]
	if same := step.RemovalOf(credstore.Entry{Name: "acme", API: client.API20}, nil)[0]; !slices.Equal(named.Values, same.Values) {
		t.Errorf("the application of a product of a later version is %+v", named.Values)
	}
	if !slices.ContainsFunc(named.Values, func(v console.Value) bool { return strings.Contains(v.Text, "acme") }) {
		t.Errorf("the application's name is not told: %+v", named.Values)
	}
}
