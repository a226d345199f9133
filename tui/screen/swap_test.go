package screen_test

import (
	"strings"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
)

// TestSwappedValues: values in each other's field are said and never shown; one key swaps them, and enter asks before it sends.
func TestSwappedValues(t *testing.T) {
	access, key := strings.Repeat("aB3d5", 30), strings.Repeat("Zz9x", 21)+"Zg=="
	for name, tt := range map[string]struct {
		make          func(screen.Env, flow.Answers) screen.Screen
		answers       flow.Answers
		first, second string
		right         func(flow.Answers) bool
	}{
		"application": {
			screen.NewApplication,
			flow.Answers{Change: lifecycle.Change{API: client.API20}},
			aSecret, anID,
			func(a flow.Answers) bool { return a.ClientID == anID && a.ClientSecret.Equal(secret.New(aSecret)) },
		},
		"keys": {
			screen.NewKeys,
			flow.Answers{Change: lifecycle.Change{API: client.API10}, KeysWay: flow.FromConsole},
			key, access,
			func(a flow.Answers) bool {
				return a.AccessKey.Equal(secret.New(access)) && a.SecretKey.Equal(secret.New(key))
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
			env := formEnv(func(e *screen.Env) { e.Now = func() time.Time { return now } })
			enter := func(b *bench) screen.Act {
				now = now.Add(time.Second)
				return b.tap("enter").wants()
			}
			pasted := func() *bench {
				b := start(t, tt.make(env, tt.answers)).paste(tt.first).hides("look swapped").tap("tab").paste(tt.second)
				return b.shows("look swapped", "ctrl+o swaps them").hides("may be swapped", tt.first[:20], tt.second[:20])
			}
			b := pasted()
			if got := enter(b); got != screen.Stay {
				t.Fatalf("enter does not ask: %v", got)
			}
			b.shows("Nothing was sent", "enter sends them as they are")
			if got := b.tap("enter").wants(); got != screen.Stay {
				t.Error("a second press at once is an answer")
			}
			if b.tap("ctrl+o").hides("swapped"); !tt.right(b.answers()) {
				t.Error("they are not swapped")
			}
			if got := enter(b); got != screen.Next {
				t.Errorf("swapped values are asked about: %v", got)
			}
			b = pasted()
			enter(b)
			if got := enter(b); got != screen.Next || tt.right(b.answers()) {
				t.Errorf("they are not sent as they are: %v", got)
			}
			b = pasted()
			enter(b)
			b.paste(tt.second[:len(tt.second)-1]).paste(tt.second) // changed: asked again
			if got := enter(b); got != screen.Stay {
				t.Errorf("other values are not asked about: %v", got)
			}
		})
	}
}

// TestSwappedApplication: an ID of API 1.0 that Mimecast does not know may be the key. It is masked, and one key swaps the two.
func TestSwappedApplication(t *testing.T) {
	id, key := "8578fcfc-a305-4d9a-99cb-f4d5ecefe297", "11111111-a305-4d9a-99cb-f4d5ecefe297"
	a := flow.Answers{Change: lifecycle.Change{API: client.API10, ApplicationID: key, ApplicationKey: secret.New(id)}}
	b := start(t, screen.NewApplication(formEnv(), a.Refused(client.UnknownApplication)))
	b.shows("may be swapped", "ctrl+o swaps them").hides(key, id).tap("ctrl+o").hides("swapped", key).shows(id)
	if got := b.answers(); got.ApplicationID != id || !got.ApplicationKey.Equal(secret.New(key)) {
		t.Error("they are not swapped")
	}
}

// TestVerdictsFollowEveryValue: what was said of a value beside others goes when those change.
func TestVerdictsFollowEveryValue(t *testing.T) {
	id, key := "8578fcfc-a305-4d9a-99cb-f4d5ecefe297", "11111111-a305-4d9a-99cb-f4d5ecefe297"
	a := flow.Answers{Change: lifecycle.Change{API: client.API10}}
	b := start(t, screen.NewApplication(formEnv(), a)).paste(key).tap("tab").paste(key).shows("the same value as the application").hides(key)
	b = start(t, screen.NewApplication(formEnv(), b.answers())) // come back to
	b.tap("ctrl+u").paste(id).tap("tab", "ctrl+u").paste(id).shows("the same value").hides(id)
	b.tap("ctrl+u").paste(key).tap("shift+tab").hides("the same value").shows(id)
	b = start(t, screen.NewApplication(formEnv(), a)).paste(id).tap("tab", "enter").shows("Paste the Application Key.")
	b.tap("tab").write("x").hides("Paste the Application Key.")
	b = start(t, screen.NewApplication(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API20}})).tap("tab", "enter").shows("Paste the Client ID.", "Paste the Client Secret.")
	b.paste(anID).hides("Paste the Client Secret.")
}
