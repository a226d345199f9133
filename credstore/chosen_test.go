package credstore

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"mimecred/client"
	"mimecred/client/secret"
)

// TestWhatAnApplicationIsForGoesRound keeps several integrations with their features in one item, and in a version's own
// profile.
func TestWhatAnApplicationIsForGoesRound(t *testing.T) {
	t.Parallel()
	p := Profile{
		Name: "acme", API: client.API20, Integration: "axonius-mimecast-v2", Also: []string{"netskope-cte-v2", "pondurance-scope"},
		Features: map[string][]string{"axonius-mimecast-v2": {"messages_from"}, "netskope-cte-v2": {}},
	}
	pending := p
	pending.Also, pending.Features = nil, nil
	version := func(id string) *Version {
		return &Version{ID: id, Source: Pasted, Credential: client.OAuth{ClientID: "id", ClientSecret: secret.New("s")}}
	}
	r := Record{Profile: p, Current: version("one"), Pending: version("two")}
	r.Pending.Profile = &pending
	item, err := Encode(r)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Decode(item)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(p.Features, got.Profile.Features); diff != "" || !got.Profile.same(p) {
		t.Errorf("%s\n%s", diff, item)
	}
	if own := got.ProfileOf(got.Pending); own.Also != nil || own.Features != nil || own.same(p) {
		t.Errorf("the pending version's own: %v %v", own.Also, own.Features)
	}
}

func TestIDsWithSignsAreNotMistaken(t *testing.T) {
	t.Parallel()
	if got := splitIDs(joinIDs([]string{"a", "b,c", "", "d"})); !cmp.Equal(got, []string{"a", "d"}) {
		t.Errorf("%q", got)
	}
	if got := splitFeatures(joinFeatures(map[string][]string{"a": {"x"}, "b=": {"y"}})); !cmp.Equal(got, map[string][]string{"a": {"x"}}) {
		t.Errorf("%q", got)
	}
	if splitIDs("") != nil || splitFeatures("") != nil {
		t.Error("nothing is something")
	}
}
