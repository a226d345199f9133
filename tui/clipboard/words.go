package clipboard

import (
	"fmt"
	"time"
)

// HoldTime is how long a copied value may stay in the clipboard.
const HoldTime = 45 * time.Second

// Words say what was seen of a copy, and for how long it stays; label is that of the value.
func (p Place) Words(label string) string {
	words := label + " sent to the terminal"
	switch p {
	case InNative:
		words = label + " copied"
	case InTmux:
		words = label + " in tmux's buffer; sent to the terminal"
	case Terminal:
	}
	return words + fmt.Sprintf(", cleared after %d seconds", int(HoldTime/time.Second))
}

// Words say how the clipboard was left.
func (l Left) Words() string {
	switch l {
	case Emptied:
		return "The clipboard was emptied"
	case Foreign:
		return "The clipboard has something else now"
	case Deleted:
		return "Deleted from tmux; a request to empty was sent"
	case Asked:
	}
	return "A request to empty was sent"
}
