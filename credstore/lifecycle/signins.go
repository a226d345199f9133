package lifecycle

import (
	"fmt"
	"strings"
	"time"

	"mimecred/client"
)

// SignIns are the refused sign-ins of one service user. Each one may lock the user, so that a refused password is never sent
// again by itself, and nothing at all once the user is locked.
type SignIns struct {
	// Email is whose they are.
	Email string
	// Refused is how many Mimecast refused, At when the last one was.
	Refused int
	At      time.Time
	// Locked tells that Mimecast said that the user is locked.
	Locked bool
}

// After counts a sign-in that failed with err. Only refusals count: what never reached Mimecast locks nobody. Those of another
// user are forgotten.
func (s SignIns) After(email string, err error, now time.Time) SignIns {
	if !strings.EqualFold(s.Email, email) {
		s = SignIns{Email: email}
	}
	if client.Diagnose(err, client.API10).Kind != client.InvalidCredentials {
		return s
	}
	s.Refused, s.At = s.Refused+1, now
	s.Locked = s.Locked || client.UserLocked(err)
	return s
}

// LockedOut tells whether nothing may be sent for the user, because it is locked.
func (s SignIns) LockedOut(email string) bool {
	return s.Locked && strings.EqualFold(s.Email, email)
}

// Words tell how often and when the user was refused; "" when it never was.
func (s SignIns) Words() string {
	switch at := s.At.Format("15:04"); s.Refused {
	case 0:
		return ""
	case 1:
		return "Refused at " + at + "."
	default:
		return fmt.Sprintf("Refused %d times, last at %s.", s.Refused, at)
	}
}

// LockedWords say why nothing is sent for a locked user.
func (s SignIns) LockedWords() string {
	return "Mimecast said at " + s.At.Format("15:04") + " that this user is locked. Nothing was sent: each try keeps it locked."
}
