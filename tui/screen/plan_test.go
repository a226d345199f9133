package screen_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"mimecred/client/catalog"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
	"mimecred/tui/step"
)

// TestEveryPlan: of every product, in a window of 80×24, the warnings are there first and in full, and each permission has a line; what
// does not fit is said, and pages and the wheel reach the end of it.
func TestEveryPlan(t *testing.T) {
	const width, height = 50, 22 // the body of 80×24
	for _, i := range catalog.Integrations() {
		a := flow.Answers{Change: lifecycle.Change{Integration: i.ID, API: i.API}}
		if i.Generic || !step.PlanToRead(a) {
			continue
		}
		b := start(t, screen.NewIntegration(formEnv(), a)).send(screen.SizeMsg{Width: width, Height: height}).tap("enter")
		look := func() string { return ansi.Strip(b.screen.View(width, height).Body) }
		words := func() string {
			return strings.Join(strings.Fields(strings.NewReplacer("↓", "", "↑", "").Replace(look())), " ")
		}
		plan, _ := step.PlanLines(a)
		warnings, needed, notes := step.PlanParts(plan)
		at := 0
		for _, l := range warnings {
			place := strings.Index(words(), l.Text)
			if place < at {
				t.Errorf("%s: %q is not in sight, or not first:\n%s", i.ID, l.Text, look())
			}
			at = place
		}
		if first := strings.Index(words(), "What should it read?"); first >= 0 && first < at {
			t.Errorf("%s: the warnings come later:\n%s", i.ID, look())
		}
		seen, before := look(), ""
		for before != look() {
			before = look()
			if strings.Contains(before, "↓") && !strings.Contains(before, "more lines: pgdn") {
				t.Errorf("%s: that it goes on is not said:\n%s", i.ID, before)
			}
			seen += "\n" + ansi.Strip(b.tap("pgdown").screen.View(width, height).Body)
		}
		for _, l := range needed {
			if l.Label == "Role" && !regexp.MustCompile(`(?m)^(Role|    ) `+regexp.QuoteMeta(l.Text)+`( *↓)?\s*$`).MatchString(seen) && len(l.Text) < width-8 {
				t.Errorf("%s: %q has no line:\n%s", i.ID, l.Text, seen)
			}
		}
		for _, l := range notes {
			if strings.Contains(strings.Join(strings.Fields(seen), " "), l.Text) {
				t.Errorf("%s: %q is not folded", i.ID, l.Text)
			}
		}
		if b.tap("pgup", "pgup", "pgup", "pgup", "pgup"); len(warnings) > 0 && !strings.Contains(words(), warnings[0].Text) {
			t.Errorf("%s: pages do not lead back:\n%s", i.ID, look())
		}
	}
}

// TestPlanGoesBackToTheSearch: esc goes to the list as it was left.
func TestPlanGoesBackToTheSearch(t *testing.T) {
	b := start(t, screen.NewIntegration(formEnv(), flow.Answers{})).write("axonius").tap("enter").shows("What should it read?")
	b.tap("ctrl+o").write("netskope").tap("esc").shows("What should it read?").tap("esc").shows("Find: axonius").hides("What should it read?")
	if b.wants() != screen.Stay || b.answers().Integration != "axonius-mimecast-v2" {
		t.Errorf("%q", b.answers().Integration)
	}
}
