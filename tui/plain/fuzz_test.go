package plain

import (
	"bytes"
	"context"
	"iter"
	"strings"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// quick is a Mimecast that answers at once, for many conversations a second. What it answers depends on what it is asked.
type quick struct{}

func (quick) SignOut(context.Context, client.Legacy, secret.Value) error { return nil }
func (quick) Close()                                                     {}

func (quick) Check(_ context.Context, c client.Credential, plan client.Plan) iter.Seq[client.Result] {
	return func(yield func(client.Result) bool) {
		for i, step := range plan.Steps() {
			r := client.Result{ID: step.ID, Title: step.Title, State: client.Passed}
			if kind := []client.Kind{"", client.InvalidCredentials, client.MissingProduct, client.TLS}[len(c.Identifier())%4]; kind != "" && i > 1 {
				r.State, r.Kind, r.Message, r.Fix = client.Failed, kind, "said \x1b[31mno\x1b[0m\a", "do\nthis"
			}
			if !yield(r) {
				return
			}
		}
	}
}

func (quick) Discover(_ context.Context, _, email string) (client.Discovery, error) {
	if len(email)%2 == 0 {
		return client.Discovery{}, &client.Error{Kind: client.Validation, Message: "no \x1b]0;such\a address"}
	}
	return client.Discovery{BaseURL: "https://us-api.mimecast.com"}, nil
}

func (quick) SignIn(_ context.Context, s client.SignIn) (client.Keys, error) {
	switch {
	case s.Password.Len() == 3:
		return client.Keys{}, &client.Error{Kind: client.InvalidCredentials, HTTPStatus: 401, Message: "no"}
	case s.Code.IsZero():
		return client.Keys{}, &client.SecondFactorError{Message: "a code \x1b[2J was sent"}
	case s.Code.Equal(secret.New("123456")):
		return client.Keys{AccessKey: secret.New("made-up access"), SecretKey: secret.New("made-up secret"), Duration: time.Minute}, nil
	default:
		return client.Keys{}, &client.SecondFactorError{Wrong: true}
	}
}

// FuzzAnyInputEnds gives anything as answers: nothing panics, everything ends, and no control character comes out.
func FuzzAnyInputEnds(f *testing.F) {
	f.Add("\n2.0\n\nid\nsecret\n\nyes\n")
	f.Add("\n2.0\n!\nregion\nus-api.mimecast.com\nswitch\n\n\n\n\n\n\nabcd\nkey\ncreate\na@b.cd\ncloud\nword\nresend\n000000\n123456\nyes\n")
	f.Add("\n1.0\n1\nfind\nid\nsvc@example.com\nsvc@example.comm\n!\nconnection\nproxy\np:1\nu\np\nnone\n\n\nkey\n1\n\n\nabc\nconsole\na\nb\nanyway\n")
	f.Add("?\n<\nq\n=\n!\n7\n\n1.0\nno\n4\n1\n\nid\nsecret\n3\n1\n2\n<\n<\n<\nq\nq\n")
	f.Add("axonius-mimecast-v1\naxonius-mimecast-v2\n\n!\nprofile\nb\n!\nintegration\n\n2.0\n\nid\n!\nprofile\n<\nsecret\n!\nregion\n<\nno\nprofile\nc\nyes\n")
	f.Add("\x1b[A\n\x00\xff\xfe\nacme\r\n" + strings.Repeat("x", 5000) + "\n\n\n\n\n\n")
	f.Fuzz(func(t *testing.T, text string) {
		now := func() time.Time { return time.Unix(1800000000, 0).UTC() }
		vault := credstore.NewVault(credstore.NewMemoryIndex(), now, credstore.NewMemory())
		var out bytes.Buffer
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		a, err := Run(ctx, Options{
			Env: step.Env{
				Service: lifecycle.Service{
					Now: now, Vault: vault, Plan: lifecycle.PlanOf,
					Dial: func(client.Endpoint) (lifecycle.Mimecast, error) { return quick{}, nil },
				},
				Stores: []step.StoreChoice{{Kind: "memory", Title: "This session only"}}, EnvironmentProxy: func(string) string { return "" },
			},
			In: strings.NewReader(text), Out: &out, Answers: flow.Answers{},
		})
		if ctx.Err() != nil {
			t.Fatal("it hangs")
		}
		if (err == nil) != a.Activated {
			t.Fatalf("activated %v, %v", a.Activated, err)
		}
		for _, r := range out.String() {
			if r != '\n' && r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 {
				t.Fatalf("%q in the output", r)
			}
		}
	})
}

func TestLongLines(t *testing.T) {
	st := newStage(t)
	long := strings.Repeat("x", maxLine+1)
	c, a, err := st.run(t, flow.Answers{}, nil)
	if err == nil {
		t.Fatal(a)
	}
	in := strings.NewReader(long + "\n\n2.0\n\nid\n" + long + "\nsecret\nq\nq\n")
	_, err = Run(t.Context(), Options{Env: st.env, In: in, Out: c})
	if err == nil {
		t.Fatal("not left")
	}
	has(t, c, "too long to be an answer", "too long to be a secret", "6 characters.")
	if _, err := Run(t.Context(), Options{Env: st.env, In: strings.NewReader(long), Out: c}); err == nil {
		t.Fatal("not ended")
	}
}
