package client

import "testing"

// TestNotRun: a check that was left out is not one that does not apply.
func TestNotRun(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		result Result
		want   bool
	}{
		{Result{State: Skipped, Detail: notRun + "Mimecast was not reached"}, true},
		{Result{State: Skipped, Detail: "not licensed"}, false},
		{Result{State: Failed, Detail: notRun}, false},
	} {
		if got := tt.result.NotRun(); got != tt.want {
			t.Errorf("%+v: %v", tt.result, got)
		}
	}
}
