package plain

import (
	"testing"
	"time"

	"mimecred/client"
	"mimecred/tui/flow"
)

// shelf keeps states in memory.
type shelf struct {
	kept map[string]flow.State
}

func (s *shelf) Keep(state flow.State) error { s.kept[state.Name] = state; return nil }
func (s *shelf) Forget(name string) error    { delete(s.kept, name); return nil }

// TestWaitAsksTheClock makes a new application of API 1.0, looks at the clock, leaves, comes back and goes on.
func TestWaitAsksTheClock(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	kept := &shelf{kept: map[string]flow.State{}}
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	st.env.Unfinished, st.env.Now = kept, func() time.Time { return now }
	begin := script("", "1.0", "3", st.url, "", d.ApplicationID, hidden(d.ApplicationKey))
	c, _, err := st.run(t, acme(), append(begin, script("", "?", "q", "leave")...))
	if err == nil {
		t.Fatal("it was not left")
	}
	has(t, c, "Step 8 of 11: Wait", "from 10:30 on, in 30m0s.", "in 30m0s.", "mimecred setup acme goes on here")
	left, ok := kept.kept["acme"]
	if !ok || left.At() != flow.Wait || !left.ApplicationMadeAt.Equal(now) {
		t.Fatalf("kept: %+v", kept.kept)
	}

	now = now.Add(18 * time.Minute)
	again := flow.Answers{Unfinished: []flow.State{left}}
	c, _, err = st.run(t, again, script("1", d.ApplicationID, hidden(d.ApplicationKey), "", "q", "leave"))
	if err == nil {
		t.Fatal("it was not left")
	}
	has(t, c, "Continue acme (12 minutes left)", "Application", "Connection: direct. ! changes it.", "from 10:30 on, in 12m0s.")

	now = now.Add(12 * time.Minute)
	c, a, err := st.run(t, again, script("1", d.ApplicationID, hidden(d.ApplicationKey), "console", hidden(d.AccessKey), hidden(d.SecretKey), "yes"))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	has(t, c, "Continue acme (keys can be made now)", "Keys can be made now.", "Saved")
	if !a.Activated || len(kept.kept) != 0 {
		t.Errorf("activated %v, still kept %v", a.Activated, kept.kept)
	}
}

func TestWaitSkipped(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	c, a, err := st.run(t, acme(), script("", "1.0", "3", st.url, "", d.ApplicationID, hidden(d.ApplicationKey),
		"Skip", "console", hidden(d.AccessKey), hidden(d.SecretKey), "yes"))
	if err != nil || !a.WaitSkipped {
		t.Fatalf("skipped %v: %v\n%s", a.WaitSkipped, err, c.transcript.String())
	}
}

func TestBeginAnew(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	left := flow.State{Name: "old", Step: "application", API: client.API20}
	c, a, err := st.run(t, flow.Answers{Change: acme().Change, Unfinished: []flow.State{left}},
		append(script("anew"), append(st.to20(), script(d.ClientID, hidden(d.ClientSecret), "yes")...)...))
	if err != nil || a.Name != "acme" {
		t.Fatalf("%q: %v\n%s", a.Name, err, c.transcript.String())
	}
}
