package client

// InOrder gives the results of a run in the order of its plan, whatever the order in which they come.
type InOrder struct {
	steps []Step
	next  int
	held  map[string]Result
}

// NewInOrder is for a run of the steps of a plan.
func NewInOrder(steps []Step) *InOrder { return &InOrder{steps: steps, held: map[string]Result{}} }

// Add takes a result, and gives those that can be told now: all before them in the plan are there. One whose place has passed, and one
// of no step, is told at once.
func (o *InOrder) Add(r Result) []Result {
	place := -1
	for i, step := range o.steps {
		if step.ID == r.ID {
			place = i
		}
	}
	if place < o.next {
		return []Result{r}
	}
	o.held[r.ID] = r
	return o.ready(false)
}

// Rest gives what is held at the end of a run.
func (o *InOrder) Rest() []Result { return o.ready(true) }

func (o *InOrder) ready(all bool) []Result {
	var list []Result
	for ; o.next < len(o.steps); o.next++ {
		r, is := o.held[o.steps[o.next].ID]
		if !is && !all {
			break
		}
		if is {
			list = append(list, r)
			delete(o.held, r.ID)
		}
	}
	return list
}
