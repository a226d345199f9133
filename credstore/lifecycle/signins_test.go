package lifecycle

import (
	"testing"
	"time"

	"mimecred/client"
)

func TestSignInsAreCounted(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 28, 3, 31, 0, 0, time.UTC)
	refused := &client.Error{Kind: client.InvalidCredentials, Op: "POST /api/login/login", HTTPStatus: 401}
	locked := &client.Error{Kind: client.InvalidCredentials, Op: "POST /api/login/login", HTTPStatus: 401, Message: "0006 User account is locked"}
	var s SignIns
	if s.Words() != "" || s.LockedOut("a@example.com") {
		t.Errorf("nothing was refused, and it says %q", s.Words())
	}
	s = s.After("a@example.com", refused, at)
	if s.Words() != "Refused at 03:31." || s.LockedOut("a@example.com") {
		t.Errorf("one refusal is %q", s.Words())
	}
	s = s.After("a@example.com", &client.Error{Kind: client.Timeout}, at.Add(time.Minute))
	s = s.After("a@example.com", &client.SecondFactorError{Reply: &client.Error{Kind: client.Unknown}}, at.Add(time.Minute))
	if s.Refused > 2 || s.Locked {
		t.Errorf("a call that never arrived counts: %+v", s)
	}
	s = s.After("A@example.com", locked, at.Add(2*time.Minute))
	if !s.LockedOut("a@Example.com") || s.LockedOut("b@example.com") {
		t.Errorf("sign-ins of the locked user are not refused: %+v", s)
	}
	if s = s.After("b@example.com", refused, at); s.Locked || s.Refused != 1 {
		t.Errorf("another user has %+v", s)
	}
}

// TestRefusedSignInsInWords: how many, when the last was, and that a locked user is left alone.
func TestRefusedSignInsInWords(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 28, 3, 31, 0, 0, time.UTC)
	for n, want := range []string{"", "Refused at 03:31.", "Refused 2 times, last at 03:31.", "Refused 3 times, last at 03:31."} {
		if got := (SignIns{Refused: n, At: at}).Words(); got != want {
			t.Errorf("%d: %q", n, got)
		}
	}
	locked := SignIns{Email: "svc@example.com", Locked: true, At: at}
	if !locked.LockedOut("SVC@example.com") || locked.LockedOut("other@example.com") || (SignIns{Email: locked.Email}).LockedOut(locked.Email) {
		t.Error("sign-ins of another user are refused, or those of the locked one are not")
	}
	refused := &client.Error{Kind: client.InvalidCredentials, Op: "POST /api/login/login", HTTPStatus: 401}
	if s := locked.After(locked.Email, refused, at); !s.Locked || s.Refused != 1 {
		t.Errorf("it is not locked any more: %+v", s)
	}
	if words := locked.LockedWords(); words == "" || words == locked.Words() {
		t.Errorf("it says %q", words)
	}
}
