package client

import (
	"slices"
	"testing"
)

// TestInOrder: in whatever order results come, they are told in the order of the plan, each as soon as it can be, and none is lost.
func TestInOrder(t *testing.T) {
	t.Parallel()
	steps := []Step{{ID: "a"}, {ID: "b"}, {ID: "c"}, {ID: "d"}}
	var all func(left, come []string)
	all = func(left, come []string) {
		for i, one := range left {
			all(slices.Delete(slices.Clone(left), i, i+1), append(slices.Clone(come), one))
		}
		order, told := NewInOrder(steps), ""
		for n, id := range come {
			for _, r := range order.Add(Result{ID: id}) {
				told += r.ID
			}
			for k := range told {
				if !slices.Contains(come[:n+1], told[k:k+1]) {
					t.Errorf("%q tells %q before it is there", come, told)
				}
			}
		}
		for _, r := range order.Rest() {
			told += r.ID
		}
		sorted := slices.Sorted(slices.Values(come))
		want := ""
		for _, id := range sorted {
			want += id
		}
		if told != want {
			t.Errorf("%q come, and %q are told", come, told)
		}
	}
	all([]string{"a", "b", "c", "d"}, nil)
	order := NewInOrder(steps)
	if got := order.Add(Result{ID: "of no step"}); len(got) != 1 {
		t.Errorf("one of no step: %v", got)
	}
	order.Add(Result{ID: "a"})
	if got := order.Add(Result{ID: "a", State: Failed}); len(got) != 1 || got[0].State != Failed {
		t.Errorf("one that comes again: %v", got)
	}
	order.Add(Result{ID: "d", State: Passed})
	order.Add(Result{ID: "d", State: Failed})
	if got := order.Rest(); len(got) != 1 || got[0].State != Failed {
		t.Errorf("one that changed while it was held: %v", got)
	}
}
