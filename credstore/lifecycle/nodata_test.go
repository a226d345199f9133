package lifecycle

import (
	"testing"

	"mimecred/client"
)

func TestNoData(t *testing.T) {
	n := func(n int) *int { return &n }
	some := client.Result{Title: "A", Rows: n(2), Empty: ""}
	none := client.Result{Title: "B", Rows: n(0), Empty: "Nothing new."}
	other := client.Result{Title: "C", Rows: n(0), Empty: "Nothing either."}
	for _, c := range []struct {
		results []client.Result
		want    string
		several bool
	}{
		{nil, "", false},
		{[]client.Result{some, {Title: "D"}}, "", false},
		{[]client.Result{some, none}, "B: 0 rows: Nothing new.", false},
		{[]client.Result{none, some, other}, "2 checks passed with 0 rows: B and C.", true},
	} {
		if got, several := NoData(c.results); got != c.want || several != c.several {
			t.Errorf("got %q, %t; want %q", got, several, c.want)
		}
	}
}
