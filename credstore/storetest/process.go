package storetest

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"testing"
	"time"
)

// Killed runs this test's own program once more, for a minute at most, with what is set in its environment; true when it was killed.
// One that ends with an error fails the test.
func Killed(t *testing.T, environment []string, arguments ...string) bool {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0], arguments...) //nolint:gosec // it is the test itself
	cmd.Env = append(os.Environ(), environment...)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if errors.As(err, &exit) && !exit.Exited() {
		return true
	}
	if err != nil {
		t.Errorf("%q: %v\n%s", environment, err, out)
	}
	return false
}
