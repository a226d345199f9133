package clipboard_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"mimecred/client/secret"
	"mimecred/tui/clipboard"
)

// holder is a clipboard with faults.
type holder struct {
	text                  string
	noRead, noWrite, deaf bool
	noEmpty               bool
	wrote                 []string
}

func (h *holder) Write(_ context.Context, text string) error {
	if h.noWrite || h.noEmpty && text == "" {
		return errors.New("cannot be written")
	}
	if !h.deaf {
		h.text = text
	}
	h.wrote = append(h.wrote, text)
	return nil
}

func (h *holder) Read(context.Context) (string, error) {
	if h.noRead {
		return "", errors.New("cannot be read")
	}
	return h.text, nil
}

// TestSaysWhatWasSeen copies and takes away with every fault of each clipboard.
func TestSaysWhatWasSeen(t *testing.T) {
	type b = clipboard.Copied
	type g = clipboard.Gone
	for name, tt := range map[string]struct {
		native, tmux *holder
		copied       b
		gone         g
	}{
		"nothing":                   {nil, nil, b{Send: true}, g{Send: true}},
		"native":                    {&holder{}, nil, b{clipboard.InNative, true}, g{clipboard.Emptied, true}},
		"native, no write":          {&holder{noWrite: true}, nil, b{Send: true}, g{Send: true}},
		"native, no read":           {&holder{noRead: true}, nil, b{Send: true}, g{Send: true}},
		"native, nothing taken":     {&holder{deaf: true, text: "theirs"}, nil, b{Send: true}, g{Send: true}},
		"native, cannot be emptied": {&holder{noEmpty: true}, nil, b{clipboard.InNative, true}, g{Send: true}},
		"tmux":                      {nil, &holder{}, b{clipboard.InTmux, false}, g{Left: clipboard.Deleted}},
		"tmux, no write":            {nil, &holder{noWrite: true}, b{Send: true}, g{Send: true}},
		"tmux, no read":             {nil, &holder{noRead: true}, b{Send: true}, g{Send: true}},
		"tmux, cannot be emptied":   {nil, &holder{noEmpty: true}, b{clipboard.InTmux, false}, g{Send: true}},
		"both":                      {&holder{}, &holder{}, b{clipboard.InNative, false}, g{Left: clipboard.Emptied}},
		"both, tmux stays":          {&holder{}, &holder{noEmpty: true}, b{clipboard.InNative, false}, g{Send: true}},
	} {
		t.Run(name, func(t *testing.T) {
			var native, tmux clipboard.Holder
			if tt.native != nil {
				native = tt.native
			}
			if tt.tmux != nil {
				tmux = tt.tmux
			}
			board := clipboard.Of(native, tmux)
			if got := board.Copy(t.Context(), secret.New("value")); got != tt.copied {
				t.Errorf("copied: %+v, want %+v", got, tt.copied)
			}
			if got := board.Empty(t.Context(), secret.New("value")); got != tt.gone {
				t.Errorf("taken away: %+v, want %+v", got, tt.gone)
			}
		})
	}
}

// TestLeavesWhatIsTheirs deletes the buffer in tmux and sends its terminal nothing when the person copied something else.
func TestLeavesWhatIsTheirs(t *testing.T) {
	native, tmux := &holder{}, &holder{}
	board := clipboard.Of(native, tmux)
	board.Copy(t.Context(), secret.New("value"))
	native.text = "theirs"
	if got := board.Empty(t.Context(), secret.New("value")); got != (clipboard.Gone{Left: clipboard.Foreign}) {
		t.Errorf("taken away: %+v", got)
	}
	if native.text != "theirs" || !slices.Equal(tmux.wrote, []string{"value", ""}) {
		t.Errorf("native holds %q, tmux was given %q", native.text, tmux.wrote)
	}
}
