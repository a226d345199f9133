package step_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// keys are keys of API 1.0 that differ by their access key.
func keys(access string) client.Legacy {
	return client.Legacy{ApplicationID: "app", ApplicationKey: secret.New("k"), AccessKey: secret.New(access), SecretKey: secret.New("s")}
}

// TestWaysToRotate: the first that is offered is proposed, and the one that was chosen stays.
func TestWaysToRotate(t *testing.T) {
	expired := []client.Result{result(client.CheckCredentials, client.Failed, client.ExpiredKeys)}
	for _, c := range []struct {
		name   string
		change lifecycle.Change
		titles []string
		now    string
	}{
		{"2.0", lifecycle.Change{API: client.API20}, []string{"New credentials for the same application", "A second application"}, "regenerate"},
		{"2.0, chosen", lifecycle.Change{API: client.API20, Way: lifecycle.Another}, []string{"New credentials for the same application", "A second application"}, string(lifecycle.Another)},
		{"1.0", lifecycle.Change{API: client.API10}, []string{"New keys", "Renew the same keys"}, "new-keys"},
		{"1.0, expired", lifecycle.Change{API: client.API10, Replaced: lifecycle.Replaced{Tested: expired}}, []string{"Renew the same keys", "New keys"}, "renew"},
	} {
		a := flow.Answers{Change: c.change}
		q := step.RotateForm(step.Env{}, a).Questions[0]
		var titles []string
		for _, o := range q.Options {
			if titles = append(titles, o.Title); o.About == "" {
				t.Errorf("%s: %s does not say what it means", c.name, o.Title)
			}
		}
		if !slices.Equal(titles, c.titles) || q.Value.Text != c.now {
			t.Errorf("%s: %q, now %s", c.name, titles, q.Value.Text)
		}
		for _, o := range q.Options {
			if verdict := q.Answer(&a, step.Value{Text: o.ID}); verdict.Err != nil || string(a.Way) != o.ID {
				t.Errorf("%s: %s is taken as %s: %v", c.name, o.ID, a.Way, verdict.Err)
			}
		}
	}
}

// TestWhatToDoAboutAnUnfinishedRotation: what is offered, and that keys would be lost.
func TestWhatToDoAboutAnUnfinishedRotation(t *testing.T) {
	lost := []credstore.LostKeys{{At: noon()}}
	created := credstore.Record{Pending: &credstore.Version{Source: credstore.Created, Credential: keys("new")}}
	for _, c := range []struct {
		name  string
		found lifecycle.Found
		ids   string
		about string
	}{
		{"staged", lifecycle.Found{Change: credstore.UnfinishedChange{Phase: credstore.Staged}}, "go-on anew give-up", "Deletes it from the store. Nothing changes at Mimecast."},
		{
			"staged, and lost without it",
			lifecycle.Found{Record: created, Change: credstore.UnfinishedChange{Phase: credstore.Staged}},
			"go-on give-up",
			"You lose the keys: they stay valid at Mimecast, and nobody has them. mimecred asks once more.",
		},
		{"activated", lifecycle.Found{Change: credstore.UnfinishedChange{Phase: credstore.Activated}}, "go-on anew", ""},
		{"confirmed", lifecycle.Found{Change: credstore.UnfinishedChange{Phase: credstore.Confirmed}}, "go-on anew", ""},
		{"logging out", lifecycle.Found{Change: credstore.UnfinishedChange{Phase: credstore.LoggingOut}}, "go-on anew", ""},
		{
			"begun",
			lifecycle.Found{Change: credstore.UnfinishedChange{Phase: credstore.Begun}},
			"go-on give-up",
			"The current version stays current, unless you generated new credentials for its application.",
		},
		{
			"a reminder",
			lifecycle.Found{Change: credstore.UnfinishedChange{Phase: credstore.Begun, LostKeys: lost}},
			"go-on give-up",
			"You have looked in the console, and found no lost keys there.",
		},
		{"creating", lifecycle.Found{Change: credstore.UnfinishedChange{Phase: credstore.Creating}}, "", ""},
		{"keys created", lifecycle.Found{Change: credstore.UnfinishedChange{Phase: credstore.KeysCreated}}, "", ""},
		{"nothing", lifecycle.Found{}, "", ""},
	} {
		var ids []string
		about := ""
		for _, o := range step.RestOptions(c.found) {
			if ids = append(ids, o.ID); o.ID == step.RestDiscard {
				about = o.About
			}
		}
		if got := strings.Join(ids, " "); got != c.ids || about != c.about {
			t.Errorf("%s: %q, %q, want %q, %q", c.name, got, about, c.ids, c.about)
		}
	}
}

// TestSinceWhen: how old the credential is, and when it is to be rotated.
func TestSinceWhen(t *testing.T) {
	for _, c := range []struct {
		after credstore.Span
		want  string
	}{
		{credstore.Never, "Current since 18 November 2026 (10 days ago)."},
		{12 * credstore.Day, "Current since 18 November 2026 (10 days ago), to be rotated by 30 November 2026."},
		{10 * credstore.Day, "Current since 18 November 2026 (10 days ago), to be rotated since 28 November 2026."},
		{5 * credstore.Day, "Current since 18 November 2026 (10 days ago), to be rotated since 23 November 2026."},
	} {
		since := noon().Add(-10 * aDay)
		a := flow.Answers{Change: lifecycle.Change{Replaced: lifecycle.Replaced{Since: since}}}
		if got := step.SinceWords(a, credstore.Entry{SecretSince: since, CurrentSince: since, RotateAfter: c.after}, noon()); got != c.want {
			t.Errorf("%s: %q, want %q", c.after, got, c.want)
		}
	}
}

// TestWhoSharesTheApplication: with API 2.0 they need the new pair, with API 1.0 they do not.
func TestWhoSharesTheApplication(t *testing.T) {
	shares := []lifecycle.Share{{Profile: "other"}, {Integration: "jupiterone"}}
	for _, c := range []struct {
		change lifecycle.Change
		want   string
	}{
		{lifecycle.Change{API: client.API20, Shares: shares}, "The application is used by the profile other, JupiterOne as well: they need the new credential too."},
		{lifecycle.Change{API: client.API10, Shares: shares}, "The application is used by the profile other, JupiterOne as well. Keys of their own stay as they are."},
		{lifecycle.Change{API: client.API20}, "Anything else that uses this credential needs the new one too. mimecred knows no other profile with it."},
		{lifecycle.Change{API: client.API10}, ""},
	} {
		if got := step.SharedWords(flow.Answers{Change: c.change}); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// TestWhatBecomesOfThePreviousVersion: it is given up, and its access key stays valid where it is another one.
func TestWhatBecomesOfThePreviousVersion(t *testing.T) {
	const givenUp = "Activating the new version discards the previous one that is kept now."
	const stays = " Its access key stays valid at Mimecast, unless mimecred retire acme logs it out first."
	pair := client.OAuth{ClientID: "id"}
	version := func(c client.Credential) *credstore.Version { return &credstore.Version{Credential: c} }
	for _, c := range []struct {
		name             string
		active, previous *credstore.Version
		phase            credstore.Phase
		want             string
	}{
		{"none", version(pair), nil, "", ""},
		{"none current", nil, version(pair), "", ""},
		{"2.0", version(pair), version(pair), "", givenUp},
		{"another key", version(keys("new")), version(keys("old")), "", givenUp + stays},
		{"another API", version(pair), version(keys("old")), "", givenUp + stays},
		{"the same key", version(keys("one")), version(keys("one")), "", givenUp},
		{"begun", version(keys("new")), version(keys("old")), credstore.Begun, givenUp + stays},
		{"confirmed", version(keys("new")), version(keys("old")), credstore.Confirmed, ""},
	} {
		found := lifecycle.Found{Record: credstore.Record{Profile: credstore.Profile{Name: "acme"}, Current: c.active, Previous: c.previous}}
		found.Unfinished, found.Change.Phase = c.phase != "", c.phase
		if got := step.PreviousWords(found); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestHowFarAnUnfinishedChangeCame: since when, and nothing where lost keys are told of instead.
func TestHowFarAnUnfinishedChangeCame(t *testing.T) {
	lost := []credstore.LostKeys{{At: noon()}}
	for _, c := range []struct {
		name string
		swap credstore.UnfinishedChange
		want string
	}{
		{"finished", credstore.UnfinishedChange{}, ""},
		{
			"begun",
			credstore.UnfinishedChange{Kind: credstore.Rotation, Phase: credstore.Begun},
			"Rotation begun, and nothing was stored, since 28 November 2026 at 10:00. If you have generated new credentials since, paste them now.",
		},
		{"staged", credstore.UnfinishedChange{Phase: credstore.Staged, LostKeys: lost}, "The pending version is not tested yet, since 28 November 2026 at 10:00."},
		{"a reminder", credstore.UnfinishedChange{Phase: credstore.Begun, LostKeys: lost}, ""},
		{"creating", credstore.UnfinishedChange{Phase: credstore.Creating}, ""},
		{"keys created", credstore.UnfinishedChange{Phase: credstore.KeysCreated}, ""},
	} {
		c.swap.At = noon().Add(-2 * time.Hour)
		got := strings.Join(step.UnfinishedWords(lifecycle.Found{Change: c.swap, Unfinished: c.name != "finished"}), "|")
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
