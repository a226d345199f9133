package credstore

// Kind is what is wrong with a store, in one word.
type Kind string

// The kinds.
const (
	// NotFound: no such item.
	NotFound Kind = "not_found"
	// Unavailable: there is no such store on this machine or in this session.
	Unavailable Kind = "unavailable"
	// Locked: the store exists and could not be unlocked.
	Locked Kind = "locked"
	// NoCollection: the keyring service has no default collection to write to.
	NoCollection Kind = "no_collection"
	// TimedOut: the store did not answer; a write may still have happened.
	TimedOut Kind = "timed_out"
	// TooBig: the item is larger than the store takes.
	TooBig Kind = "too_big"
	// Mismatch: what was read back is not what was written.
	Mismatch Kind = "mismatch"
	// Damaged: the item is there and cannot be understood.
	Damaged Kind = "damaged"
	// Conflict: another process changed or holds the profile.
	Conflict Kind = "conflict"
	// Denied: the operating system refused.
	Denied Kind = "denied"
	// Canceled: the person or the caller gave up.
	Canceled Kind = "canceled"
	// Broken: anything else.
	Broken Kind = "broken"
)

// Error is one failed operation of a store.
type Error struct {
	Kind Kind
	// Op is what was being done: "write acme to the keyring".
	Op string
	// Err is the cause.
	Err error
}

// Error gives one line.
func (e *Error) Error() string {
	s := e.Op
	if s == "" {
		s = string(e.Kind)
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }
