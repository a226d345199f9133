package flow

import (
	"slices"
	"testing"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore/lifecycle"
)

// TestSettledIsShownAndNotAsked: a settled step is on the path, and neither way leads to it.
func TestSettledIsShownAndNotAsked(t *testing.T) {
	t.Parallel()
	a := Answers{Change: lifecycle.Change{API: client.API20}, Settled: given(API, Region, Connection, Profile)}
	if path := Path(a); !slices.Contains(path, Region) {
		t.Errorf("a settled step is not on the path %v", path)
	}
	if got := Next(Integration, a); got != Console {
		t.Errorf("after Integration comes %v", got)
	}
	if got := Previous(Console, a); got != Integration {
		t.Errorf("before Console comes %v", got)
	}
}

// TestResumeGoesWhereThePersonWas: forwards or backwards, unless something is missing there or the path moved.
func TestResumeGoesWhereThePersonWas(t *testing.T) {
	t.Parallel()
	begun := Answers{Change: lifecycle.Change{API: client.API20}}
	whole := Answers{Change: lifecycle.Change{API: client.API20, ClientID: "id", ClientSecret: secret.New("s")}}
	product, features := whole, whole
	product.Integration = "axonius-mimecast-v2"
	features.Features = map[string][]string{"axonius-mimecast-v2": {"users"}}
	legacy := Answers{Change: lifecycle.Change{API: client.API10, ApplicationID: "id", ApplicationKey: secret.New("k")}}
	halved := legacy
	halved.ApplicationKey = secret.Value{}
	settledUS, anyRegion := legacy, legacy
	settledUS.Settled, anyRegion.Settled = given(Region, Connection), given(Connection)
	for name, tt := range map[string]struct {
		at, to        Step
		before, after Answers
		want          Step
	}{
		"a settled step from an earlier one":   {Connection, Integration, begun, begun, Integration},
		"before anything is typed":             {Region, Application, begun, begun, Application},
		"the check wants a credential":         {Region, Check, begun, begun, Connection},
		"another product is walked through":    {Integration, Check, whole, product, Console},
		"so are other features":                {Integration, Check, whole, features, Console},
		"but not before the console":           {Integration, Console, whole, product, Console},
		"the walk-through leads back":          {Console, Check, whole, product, Check},
		"the keys want the application":        {Region, Keys, legacy, halved, Connection},
		"the keys have what they want":         {Region, Keys, legacy, legacy, Keys},
		"a region that was one product's":      {Integration, Application, settledUS, anyRegion, Region},
		"the other API moves the path":         {Region, Check, legacy, whole, Connection},
		"a step that is on the path no longer": {Region, Keys, whole, whole, Connection},
	} {
		if got := Resume(tt.at, tt.to, tt.before, tt.after); got != tt.want {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}
