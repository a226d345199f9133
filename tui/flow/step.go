// Package flow decides which step comes next. It is pure: no input, no output, no clock. Every path through the wizard
// is a path through the one table in next.go.
package flow

// Step names one step of the wizard.
type Step int

// The steps in their order on screen. Numbers are never stored.
const (
	None Step = iota
	Continue
	Profile
	Integration
	API
	Region
	Connection
	Console
	Application
	Wait
	Keys
	Check
	Saved
	HandOff
	Done
)

// String is the step's name on screen.
func (s Step) String() string {
	switch s {
	case Continue:
		return "Continue"
	case Profile:
		return "Profile"
	case Integration:
		return "Integration"
	case API:
		return "API"
	case Region:
		return "Region"
	case Connection:
		return "Connection"
	case Console:
		return "In the console"
	case Application:
		return "Application"
	case Wait:
		return "Wait"
	case Keys:
		return "Keys"
	case Check:
		return "Check"
	case Saved:
		return "Saved"
	case HandOff:
		return "Hand-off"
	case Done:
		return "Done"
	default:
		return ""
	}
}
