package work

import (
	"context"
	"iter"

	"mimecred/client"
	"mimecred/client/secret"
)

// KeyEnder is what logging keys out takes of client.Client.
type KeyEnder interface {
	SignOut(ctx context.Context, keys client.Legacy, accessKey secret.Value) error
	Check(ctx context.Context, credential client.Credential, plan client.Plan) iter.Seq[client.Result]
}

// EndKeys logs keys of API 1.0 out at Mimecast. The keys sign that themselves: whether one user's keys may end another's is
// not public. Keys that Mimecast does not take any more have ended already.
func EndKeys(ctx context.Context, m KeyEnder, keys client.Legacy) error {
	err := m.SignOut(ctx, keys, keys.AccessKey)
	if err == nil {
		return nil
	}
	for r := range m.Check(ctx, keys, ConfirmPlan()) {
		if r.ID == client.CheckCredentials && r.State == client.Failed &&
			(r.Kind == client.ExpiredKeys || r.Kind == client.InvalidCredentials) {
			return nil
		}
	}
	return err
}
