// Package flow decides which step comes next. It is pure: no input, no output, no clock. Every path through the wizard
// is a path through the one table in next.go.
package flow

// Step names one step of the wizard.
type Step int

// The steps in their order on screen. Numbers are never stored.
const (
	None Step = iota
	Home
	Continue
	Start
	Rotate
	Edit
	Rollback
	Integration
	API
	Region
	Connection
	Profile
	Console
	Application
	Wait
	Keys
	Check
	HandOff
	Retire
	Done
)

// String is the step's name on screen.
func (s Step) String() string {
	switch s {
	case Home:
		return "Profiles"
	case Continue:
		return "Continue"
	case Start:
		return "Start"
	case Rotate:
		return "Rotate"
	case Edit:
		return "Edit"
	case Rollback:
		return "Roll back"
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
	case HandOff:
		return "Hand-off"
	case Retire:
		return "Retire"
	case Done:
		return "Done"
	default:
		return ""
	}
}
