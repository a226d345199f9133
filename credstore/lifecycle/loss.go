package lifecycle

import "mimecred/credstore"

// Loss tells whether discarding the pending version of a profile would lose access keys that were created at Mimecast and that
// nobody else has, so that it is asked first. record and err are what reading the profile gave: for an item that is damaged or
// gone that is unknown, so it asks, and pending is nil. Any other error comes back, and nothing is deleted.
func Loss(record credstore.Record, err error) (pending *credstore.Version, ask bool, failure error) {
	switch kind := credstore.KindOf(err); {
	case err == nil:
		return record.Pending, record.LosesKeys(), nil
	case kind == credstore.Damaged, kind == credstore.NotFound:
		return nil, true, nil
	default:
		return nil, false, err
	}
}
