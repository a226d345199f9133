package field

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"mimecred/client"
	"mimecred/client/secret"
)

// codeLength is how many digits a one-time code has.
const codeLength = client.CodeLength

// OTP is a one-time code of six digits. What client.CleanCode drops between them is dropped; anything else is
// explained and left out. A code may be read on the screen: it is worth nothing a minute later.
type OTP struct {
	config
	value   secret.Value
	pos     int
	focused bool
	problem string
}

// NewOTP makes an empty OTP.
func NewOTP(opts ...Option) *OTP { return &OTP{config: newConfig(opts)} }

// Value is the digits typed so far.
func (o *OTP) Value() secret.Value { return o.value }

// SetValue replaces the code; what is no digit is dropped.
func (o *OTP) SetValue(v secret.Value) {
	o.value, o.pos, o.problem = secret.Value{}, 0, ""
	o.insert(v.Reveal())
}

// Complete tells whether there are six digits.
func (o *OTP) Complete() bool { return o.value.Len() == codeLength }

// Missing says what is missing, in words; "" when nothing is.
func (o *OTP) Missing() string {
	switch n := codeLength - o.value.Len(); n {
	case 0:
		return ""
	case codeLength:
		return "Type the six digits."
	case 1:
		return "One digit is missing."
	default:
		return fmt.Sprintf("%d digits are missing.", n)
	}
}

// SetError sets what is wrong; "" removes it. Editing removes it too.
func (o *OTP) SetError(s string) { o.problem = s }

// SetHint changes the explanation below the field.
func (o *OTP) SetHint(s string) { o.hint = s }

// Update reacts to keys and pastes while the field has the focus.
func (o *OTP) Update(msg tea.Msg) tea.Cmd {
	if !o.focused {
		return nil
	}
	switch msg := msg.(type) {
	case tea.PasteMsg:
		if len(msg.Content) > MaxPaste {
			o.problem = "That is no one-time code. Nothing was pasted."
			return nil
		}
		// A paste of a whole code replaces what was there: it is most likely the next try.
		if digits, _ := client.CleanCode(msg.Content); len(digits) == codeLength {
			o.value, o.pos = secret.Value{}, 0
		}
		o.insert(msg.Content)
	case tea.KeyPressMsg:
		l, ok := newLine(o.value.Reveal(), o.pos).edit(msg, o.keys)
		if ok {
			if l.text() != o.value.Reveal() {
				o.problem = ""
			}
			o.value, o.pos = secret.New(l.text()), l.pos
		} else if text := typed(msg); text != "" {
			o.insert(text)
		}
	}
	return nil
}

func (o *OTP) insert(raw string) {
	o.problem = ""
	digits, other := client.CleanCode(raw)
	if other != "" {
		o.problem = fmt.Sprintf("The code has digits only: %q was left out.", other)
	}
	l := newLine(o.value.Reveal(), o.pos).insert(digits)
	if len(l.parts) > codeLength {
		o.problem = fmt.Sprintf("The code has six digits; that would be %d.", len(l.parts))
		return
	}
	o.value, o.pos = secret.New(l.text()), l.pos
}

// Focus implements Field.
func (o *OTP) Focus() tea.Cmd { o.focused = true; return nil }

// Blur implements Field.
func (o *OTP) Blur() { o.focused = false }

// Focused implements Field.
func (o *OTP) Focused() bool { return o.focused }

// Takes implements Field.
func (o *OTP) Takes(tea.KeyPressMsg) bool { return false }

// Typing implements Field.
func (o *OTP) Typing() bool { return true }

// Click implements Field.
func (o *OTP) Click(int, int, int) {}

// View implements Field: two groups of three, "123 4··".
func (o *OTP) View(width int) Drawn {
	d := Drawn{Lines: o.labelLines(width, o.focused)}
	digits, s := o.value.Reveal(), o.theme.Styles
	var b strings.Builder
	x := 0
	for i := range codeLength {
		if i == codeLength/2 {
			b.WriteString(" ")
		}
		if i == o.pos {
			x = lipgloss.Width(b.String())
		}
		if i < len(digits) {
			b.WriteString(s.Text.Render(digits[i : i+1]))
		} else {
			b.WriteString(s.Muted.Render("_"))
		}
	}
	if o.pos >= codeLength {
		x = codeLength + 1
	}
	y := len(d.Lines)
	d.Lines = append(d.Lines, strings.Repeat(" ", indent)+b.String())
	d.Lines = append(d.Lines, o.below(width, "", "", o.problem)...)
	if o.focused {
		d.Cursor, d.To = cursorAt(indent+x, y), len(d.Lines)
	}
	return d
}
