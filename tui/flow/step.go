// Package flow decides which step comes next. It is pure: no input, no output, no clock. Every path through the wizard
// is a path through the one table in next.go.
package flow

// Step names one step of the wizard.
type Step int

// The steps in their order on screen. Numbers are never stored.
const (
	None Step = iota
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
