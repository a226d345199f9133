package client

// Difference is how two runs of the same plan differ, each list in the order of the second.
type Difference struct {
	// Lost passed with the first credential and does not with the second.
	Lost []Changed
	// Still did not pass with either.
	Still []Changed
	// Gained did not pass with the first and does with the second.
	Gained []Changed
}

// Changed is one check of two runs. Before has only its ID, State and Kind when it comes from a list.
type Changed struct{ Before, After Result }

// Worse tells whether the second credential lacks something that the first had.
func (d Difference) Worse() bool { return len(d.Lost) > 0 }

// Compare tells what a second credential, checked with results after, lacks of what a first one passed before. Reach and
// clock say nothing about a credential, and checks that were not part of both runs nothing about the difference. Of what
// passed before, whatever does not pass now counts as lost, be it a warning, not applicable or called off.
func Compare(before, after []Result) Difference {
	var d Difference
	old := make(map[string]Result, len(before))
	for _, r := range before {
		old[r.ID] = r
	}
	for _, r := range after {
		was, both := old[r.ID]
		if !both || r.ID == CheckReach || r.ID == CheckClock {
			continue
		}
		c := Changed{was, r}
		switch passed, passes := was.State == Passed, r.State == Passed; {
		case passed && !passes:
			d.Lost = append(d.Lost, c)
		case !passed && passes && was.State != Skipped:
			d.Gained = append(d.Gained, c)
		case !passed && !passes && was.State != Skipped && r.State != Skipped:
			d.Still = append(d.Still, c)
		}
	}
	return d
}
