package within_test

import (
	"context"
	"errors"
	"testing"

	"mimecred/client/within"
)

func TestContext(t *testing.T) {
	t.Parallel()
	failed := errors.New("made to fail")
	if got, err := within.Context(t.Context(), func() (int, error) { return 7, failed }); got != 7 || !errors.Is(err, failed) {
		t.Errorf("%d, %v", got, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	release := make(chan struct{})
	begun := make(chan struct{})
	go func() {
		<-begun
		cancel()
	}()
	got, err := within.Context(ctx, func() (int, error) {
		close(begun)
		<-release
		return 7, nil
	})
	close(release)
	if got != 0 || !errors.Is(err, context.Canceled) {
		t.Errorf("work that does not end gave %d, %v", got, err)
	}
}
