package plain

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestALongCallIsToldEveryTenSeconds: a line every ten seconds, and none once the call has ended.
func TestALongCallIsToldEveryTenSeconds(t *testing.T) {
	for _, test := range []struct {
		lasts time.Duration
		want  string
	}{
		{9 * time.Second, ""},
		{11 * time.Second, "    Waiting for Mimecast's answer: 10 seconds so far.\n"},
		{35 * time.Second, "    Waiting for Mimecast's answer: 10 seconds so far.\n    Waiting for Mimecast's answer: 20 seconds so far.\n    Waiting for Mimecast's answer: 30 seconds so far.\n"},
	} {
		synctest.Test(t, func(t *testing.T) {
			var out strings.Builder
			s := &session{ctx: t.Context(), out: newPrinter(&out, false)}
			stop := s.underWay()
			<-time.After(test.lasts)
			stop()
			<-time.After(time.Minute)
			if out.String() != test.want {
				t.Errorf("%v: %q", test.lasts, out.String())
			}
			// While the person is asked for something, it is not Mimecast that is waited for.
			out.Reset()
			s.interrupting.Store(true)
			stop = s.underWay()
			<-time.After(test.lasts)
			stop()
			if out.String() != "" {
				t.Errorf("%v, while something is asked: %q", test.lasts, out.String())
			}
		})
	}
}
