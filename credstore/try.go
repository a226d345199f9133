package credstore

import (
	"context"
	"time"
)

type tryKey struct{}

// OneTry makes an operation part of what a person began then: what the person has refused since is refused to it, too.
func OneTry(ctx context.Context, begun time.Time) context.Context {
	return context.WithValue(ctx, tryKey{}, begun)
}

// TryBegun is when the try began that an operation belongs to; now for one that is a try of its own.
func TryBegun(ctx context.Context) time.Time {
	if begun, is := ctx.Value(tryKey{}).(time.Time); is {
		return begun
	}
	return time.Now()
}
