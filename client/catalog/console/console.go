// Package console knows Mimecast's Administration Console as checklists: what to click, in which order, what to type, and
// why. It is data and pure functions; the values to type are computed from what the chosen products need.
//
// The order is the one that Mimecast's current articles ask for: a role before anything that is made with it, and single
// sign-on off while keys of API 1.0 are made. Items keep their ids across menus, so that a tick stays when the person finds
// that the console looks different.
package console

import (
	"mimecred/client"
	"mimecred/client/catalog"
)

// Variant is a way through the console.
type Variant string

// The variants of API 2.0.
const (
	// Hub is the Integrations Hub, where new applications are made (KB 34000360548755).
	Hub Variant = "hub"
	// Classic is the older menu with API and Platform Integrations.
	Classic Variant = "classic"
	// CloudIntegrated is the console of Email Security Cloud Integrated.
	CloudIntegrated Variant = "cloud-integrated"
)

// The variants of API 1.0.
const (
	// New makes a new application.
	New Variant = "new"
	// Existing uses an application that is there already.
	Existing Variant = "existing"
)

// Renew makes new credentials for an application that is in use, in both generations.
const Renew Variant = "renew"

// Choice is a variant to choose from.
type Choice struct {
	Variant Variant `json:"variant"`
	Title   string  `json:"title"`
	// About tells by what the person knows it.
	About string `json:"about"`
}

// Variants lists the variants of a generation, the usual one first.
func Variants(api client.API) []Choice {
	if api == client.API10 {
		return []Choice{
			{Existing, "The application exists", "Its Application ID and Application Key can be looked up."},
			{New, "Make a new application", "Only where the console still shows the tile Mimecast API 1.0, or Add API Application."},
			{Renew, "New keys for an application in use", "The application and the service user stay as they are."},
		}
	}
	return []Choice{
		{Hub, "Integrations Hub", "The menu has Integrations > Integrations Hub. All new applications are made there."},
		{Classic, "API and Platform Integrations", "The older menu has Integrations (earlier: Services) > API and Platform Integrations."},
		{CloudIntegrated, "Cloud Integrated", "The account has Cloud Integrated alone. Older consoles have Integrations > API 2.0 Applications."},
		{Renew, "New credentials for an application in use", "The application, its products and its role stay as they are."},
	}
}

// Stage is when an item is due.
type Stage string

// The stages, in order.
const (
	Prepare     Stage = "prepare"     // before the application
	Application Stage = "application" // making or finding it
	Wait        Stage = "wait"        // between the application and the keys (API 1.0)
	Keys        Stage = "keys"        // making keys in the console (API 1.0)
	After       Stage = "after"       // when the credentials exist
)

// Item is one thing to do.
type Item struct {
	// ID is stable: ticks are kept by it.
	ID    string `json:"id"`
	Stage Stage  `json:"stage"`
	Title string `json:"title"`
	// Path is the menu path, or an address; Also are the same under other menus. Both may be empty inside a dialog.
	Path string   `json:"path,omitempty"`
	Also []string `json:"also,omitempty"`
	// Values are what to type, choose or tick.
	Values []Value `json:"values,omitempty"`
	// Reason is why it matters; Source is the public page that says so.
	Reason string `json:"reason,omitempty"`
	Source string `json:"source"`
	// Confirm marks what is easily passed over and cannot be seen later: it deserves a question of its own.
	Confirm bool `json:"confirm,omitempty"`
	// Minutes is how long to wait.
	Minutes int `json:"minutes,omitempty"`
}

// Kind is what to do with a value.
type Kind string

// The kinds.
const (
	Type   Kind = "type"   // into a field; worth copying
	Choose Kind = "choose" // in a list
	Tick   Kind = "tick"   // a box
	Open   Kind = "open"   // an address; worth copying
	See    Kind = "see"    // only to be compared
)

// Value is something to put into the console.
type Value struct {
	Kind  Kind   `json:"kind"`
	Label string `json:"label"`
	Text  string `json:"text"`
}

// Facts are what is known of the set-up. All of them may be empty.
type Facts struct {
	// Profile is the name of the profile; it tells applications of the same product apart.
	Profile string
	// ServiceUser is the e-mail address of the service user of API 1.0, SignIn how it signs in.
	ServiceUser string
	SignIn      client.SignInType
	// ContactName and ContactEmail are the technical point of contact.
	ContactName, ContactEmail string
	// Domain is an internal domain.
	Domain string
	// RegionCode is a code of client.Regions (API 1.0).
	RegionCode string
	// Identifier is the client ID or application ID in use, when new credentials are made for it.
	Identifier string
}

// Checklist gives what to do in the console, in order. A variant of the other generation is taken for the usual one.
func Checklist(api client.API, v Variant, r catalog.Requirements, f Facts) []Item {
	b := builder{r: r, f: f, v: v}
	if api == client.API10 {
		return b.list10()
	}
	return b.list20()
}

// Of gives the items of the given stages.
func Of(items []Item, stages ...Stage) []Item {
	var list []Item
	for _, item := range items {
		for _, stage := range stages {
			if item.Stage == stage {
				list = append(list, item)
			}
		}
	}
	return list
}

// Progress counts the items that are ticked.
func Progress(items []Item, ticked map[string]bool) (done, of int) {
	for _, item := range items {
		if ticked[item.ID] {
			done++
		}
	}
	return done, len(items)
}

// builder makes checklists for one selection.
type builder struct {
	r catalog.Requirements
	f Facts
	v Variant
}

// name is what the application and what belongs to it are called.
func (b builder) name() string {
	if b.f.Profile == "" {
		return b.r.ApplicationName
	}
	return b.r.ApplicationName + " (" + b.f.Profile + ")"
}

// short is a name for a role, a group or a profile that belongs to the application.
func (b builder) short(what string) string {
	if len(b.r.Integrations) > 0 && b.r.Integrations[0].Vendor != "" {
		return b.r.Integrations[0].Vendor + " API " + what
	}
	return b.r.ApplicationName + " " + what
}

// details are the values of the dialog's first page.
func (b builder) details() []Value {
	return []Value{
		{Type, "Application Name", b.name()},
		{Choose, "Category", b.r.Category},
		{Type, "Description", b.r.Description},
	}
}

// permissions are the boxes to tick in a role.
func (b builder) permissions() []Value {
	var values []Value
	for _, p := range b.r.Permissions {
		values = append(values, Value{Tick, "Permission", p.Permission})
	}
	return values
}

// inUse is the application in use, by what is known of it.
func (b builder) inUse() []Value {
	values := []Value{{Choose, "Application", b.name()}}
	if b.f.Identifier != "" {
		values = append(values, Value{See, "current ID", b.f.Identifier})
	}
	return values
}

// contact is the technical point of contact.
func (b builder) contact() []Value {
	var values []Value
	if b.f.ContactName != "" {
		values = append(values, Value{Type, "Technical Point of Contact", b.f.ContactName})
	}
	if b.f.ContactEmail != "" {
		values = append(values, Value{Type, "Email", b.f.ContactEmail})
	}
	return values
}
