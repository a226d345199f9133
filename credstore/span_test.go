package credstore_test

import (
	"encoding/json"
	"testing"
	"time"

	"mimecred/credstore"
)

func TestSpan(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]credstore.Span{
		"7": 7 * credstore.Day, "7d": 7 * credstore.Day, " 2W ": 14 * credstore.Day, "0": 0, "never": credstore.Never,
		"36h": credstore.Span(36 * time.Hour), "90m": credstore.Span(90 * time.Minute),
	} {
		got, err := credstore.ParseSpan(text)
		if err != nil || got != want {
			t.Errorf("%q is %v, %v", text, got, err)
		}
		again, err := credstore.ParseSpan(got.String())
		if err != nil || again != got {
			t.Errorf("%q is read as %v, %v", got.String(), again, err)
		}
	}
	for _, text := range []string{"", "soon", "-1", "-3h", "1.5d", "999999999d", "9999999999w", "d", "w"} {
		if got, err := credstore.ParseSpan(text); err == nil {
			t.Errorf("%q is %v", text, got)
		}
	}
	for span, want := range map[credstore.Span]string{credstore.Day: "1 day", 14 * credstore.Day: "14 days", credstore.Never: "never", credstore.Span(time.Hour): "1h0m0s"} {
		if got := span.Words(); got != want {
			t.Errorf("%v is %q in words", span, got)
		}
	}
	text, err := json.Marshal(map[string]credstore.Span{"a": 60 * credstore.Day, "b": credstore.Never})
	if err != nil || string(text) != `{"a":"60d","b":"never"}` {
		t.Errorf("%s, %v", text, err)
	}
	var back map[string]credstore.Span
	if err := json.Unmarshal(text, &back); err != nil || back["a"] != 60*credstore.Day || back["b"] != credstore.Never {
		t.Errorf("%v, %v", back, err)
	}
}

func TestRotationDue(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		entry credstore.Entry
		days  int
	}{
		"default":                      {credstore.Entry{CurrentSince: morning, SecretSince: morning}, 90},
		"a list of an earlier version": {credstore.Entry{CurrentSince: morning}, 90},
		"older than its place":         {credstore.Entry{CurrentSince: morning, SecretSince: morning.AddDate(0, 0, -30)}, 60},
		"of its own":                   {credstore.Entry{SecretSince: morning, RotateAfter: 30 * credstore.Day}, 30},
		"never":                        {credstore.Entry{SecretSince: morning, RotateAfter: credstore.Never}, -1},
		"nothing current":              {credstore.Entry{}, -1},
	} {
		due, ok := tt.entry.RotationDue()
		if ok != (tt.days >= 0) || ok && due.Sub(morning) != time.Duration(tt.days)*24*time.Hour {
			t.Errorf("%s: due %v, %v", name, due, ok)
		}
	}
	one := credstore.Entry{Name: "one", API: "2.0", Identifier: "id"}
	other := credstore.Entry{Name: "other", API: "2.0", Identifier: "id"}
	if !one.SharesWith(other) || one.SharesWith(one) || one.SharesWith(credstore.Entry{Name: "x", API: "2.0"}) {
		t.Error("shared by the wrong ones")
	}
}
