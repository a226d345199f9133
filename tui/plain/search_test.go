package plain

import (
	"testing"

	"mimecred/client"
	"mimecred/tui/flow"
)

// TestSearchListsSeveral: a part of a name that fits several products lists them, one that fits one takes it, a wrong letter is forgiven, and
// the long list is not read out.
func TestSearchListsSeveral(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		typed []string
		want  string
		says  []string
	}{
		"several":                  {[]string{"netskope", "plugin 2.x", "netskope-cte-v2"}, "netskope-cte-v2", []string{"in all. Type a part of a name", "fit. Type the number of one", "Chosen: Netskope Cloud Threat"}},
		"one":                      {[]string{"pondurance"}, "pondurance-scope", []string{"Chosen: Pondurance Scope"}},
		"a wrong letter":           {[]string{"ponduramce"}, "pondurance-scope", []string{"Chosen: Pondurance Scope"}},
		"no default after several": {[]string{"axonius", "", "axonius-mimecast-v2"}, "axonius-mimecast-v2", []string{"fit. Type the number of one", "Answer: ", "Type an answer; ? explains the question."}},
		"no default after nothing": {[]string{"no-such-product-at-all", "", "pondurance"}, "pondurance-scope", []string{"Answer: ", "Type an answer; ? explains the question."}},
		"nothing":                  {[]string{"no-such-product-at-all", "1"}, "", []string{"There is no integration", "Chosen: Not listed"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			st := newStage(t)
			lines := []any{}
			for _, text := range tt.typed {
				lines = append(lines, text)
			}
			c, after, _ := st.run(t, flow.Answers{}, script(lines...))
			if after.Integration != tt.want || tt.want != "" && after.API != client.API20 {
				t.Errorf("chosen %q of API %s:\n%s", after.Integration, after.API, c.transcript.String())
			}
			has(t, c, tt.says...)
		})
	}
}
