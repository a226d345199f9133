package keyring

import (
	"context"
	"errors"
	"fmt"
	"testing"

	gokeyring "github.com/zalando/go-keyring"

	"mimecred/credstore"
)

func TestJudge(t *testing.T) {
	for _, test := range []struct {
		err  error
		want credstore.Kind
	}{
		{gokeyring.ErrNotFound, credstore.NotFound},
		{fmt.Errorf("wrapped: %w", gokeyring.ErrNotFound), credstore.NotFound},
		{gokeyring.ErrSetDataTooBig, credstore.TooBig},
		{gokeyring.ErrUnsupportedPlatform, credstore.Unavailable},
		{errors.New("failed to unlock correct collection '/org/freedesktop/secrets/collection/login'"), credstore.Locked},
		{errors.New("Cannot create an item in a locked collection"), credstore.Locked},
		{errors.New("Alias default does not exist"), credstore.NoCollection},
		{errors.New("The name org.freedesktop.secrets was not provided by any .service files"), credstore.Unavailable},
		{errors.New(`exec: "dbus-launch": executable file not found in $PATH`), credstore.Unavailable},
		{errors.New("dial unix /run/user/1000/bus: connect: no such file or directory"), credstore.Unavailable},
		{errors.New("dial unix /run/user/1000/bus: connect: connection refused"), credstore.Unavailable},
		{errors.New("dial unix /run/user/1000/bus: connect: permission denied"), credstore.Denied},
		{errors.New("dbus: connection closed by user"), credstore.Unavailable},
		{errors.New("Did not receive a reply"), credstore.TimedOut},
		{errors.New("operation timed out"), credstore.TimedOut},
		{errors.New("something new"), credstore.Broken},
	} {
		if got := (native{}).Judge(t.Context(), test.err); got != test.want {
			t.Errorf("%v is judged %s, want %s", test.err, got, test.want)
		}
	}
	s := newStore(Options{}, newFake())
	for err, want := range map[error]credstore.Kind{
		context.Canceled: credstore.Canceled, context.DeadlineExceeded: credstore.TimedOut, nil: "",
	} {
		if got := s.judge(t.Context(), err); got != want {
			t.Errorf("%v is judged %s, want %s", err, got, want)
		}
	}
}
