package lifecycle

import (
	"fmt"
	"strings"

	"mimecred/client"
)

// NoData says which checks passed without any rows, and of a single one what that may mean; "" when every check that reads
// rows found some. several tells that the meaning of each has still to be read.
func NoData(results []client.Result) (words string, several bool) {
	var titles []string
	said := ""
	for _, r := range results {
		if words := r.NoData(); words != "" {
			titles = append(titles, r.Title)
			said = r.Title + ": " + words
		}
	}
	if len(titles) < 2 {
		return said, false
	}
	last := len(titles) - 1
	return fmt.Sprintf("%d checks passed with 0 rows: %s and %s.",
		len(titles), strings.Join(titles[:last], ", "), titles[last]), true
}
