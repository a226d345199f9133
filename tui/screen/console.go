package screen

import (
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/tui/field"
	"mimecred/tui/flow"
	"mimecred/tui/theme"
)

// Console is the walk-through: what to click in the Administration Console, as a checklist. Ticks are for the person; enter
// goes on without them.
type Console struct {
	page
	list *field.Checklist
}

// NewConsole makes the step.
func NewConsole(env Env, a flow.Answers) Screen {
	s := &Console{page: newPage(env, a, "In the console")}
	s.list = field.NewChecklist(s.entries(), a.Ticked, s.fieldOptions()...)
	s.form.SetItems(s.said(s.intro()), s.demo20(), s.list, emptyLine(), s.prose(s.progress), s.said(s.elsewhere()))
	return s
}

func (s *Console) intro() string {
	switch {
	case s.answers.API != client.API10:
		return "Make the application in the Mimecast Administration Console. Keep the last dialog open until its two values are pasted in the next step."
	case s.answers.HasApplication:
		return "The application exists. See that its keys will last, then note its two values."
	default:
		return "Make the application in the Mimecast Administration Console; that works only where it still shows the tile Mimecast API 1.0."
	}
}

func (s *Console) demo20() field.Item {
	if s.env.Demo == nil {
		return field.Prose(func(int) []string { return nil })
	}
	return s.said("Demo: the made-up application exists; enter goes on.")
}

func (s *Console) progress() string {
	done, of := s.list.Done()
	return strconv.Itoa(done) + " of " + strconv.Itoa(of) + " done. Ticks are for you: enter goes on without them."
}

// elsewhere names the menus of consoles that look different.
func (s *Console) elsewhere() string {
	if s.answers.API == client.API10 {
		return "Older menu: Administration > Services > API Applications."
	}
	return "Your menu looks different? With the Integrations Hub: Integrations > Integrations Hub > Mimecast API 2.0 > Configure New. " +
		"With Cloud Integrated: Integrations > API 2.0 Applications > New Application. The fields are the same."
}

func (s *Console) entries() []field.Entry {
	switch {
	case s.answers.API != client.API10:
		return s.entries20()
	case s.answers.HasApplication:
		return append(s.durable(), lookUp())
	default:
		return append(s.durable(), create10()...)
	}
}

// entries20 follows the console's dialog for API 2.0 (Mimecast KB 34000360548755 and the walk-throughs of several vendors).
func (s *Console) entries20() []field.Entry {
	products, permissions := s.needs()
	role := field.Entry{
		ID: "2.0-role", Text: "Make a role for the application, or choose one that exists",
		Path: "Account > Roles > New Role",
		Why:  "A role of its own with the fewest permissions is safest. Basic Administrator is what most guides name.",
	}
	if len(permissions) > 0 {
		role.Path += "\n" + strings.Join(permissions, "\n")
		role.Why = "These permissions are the least that is needed. " + role.Why
	}
	choose := field.Entry{
		ID: "2.0-products", Text: "Application Details: choose the products, then Next",
		Why: "Products cannot be added to an application later: a missing one means a new application.",
	}
	if len(products) > 0 {
		choose.Path = strings.Join(products, "\n")
	}
	return []field.Entry{
		role,
		{
			ID: "2.0-open", Text: "Open the tile Mimecast API 2.0 and choose Generate Keys",
			Path: "Integrations > API and Platform Integrations > Available Integrations",
			Why:  "The menu Integrations was called Services before.",
		},
		{ID: "2.0-terms", Text: "Terms & Conditions: tick I accept, then Next"},
		{
			ID: "2.0-details", Text: "Application Details: type a name and a description, choose a category and the role",
			Why: "Name it after the product that will use it; in newer consoles the name cannot be changed. Category: Other, or what fits.",
		},
		choose,
		{
			ID: "2.0-notifications", Text: "Notifications: type a technical contact and an e-mail address, then Next",
			Why: "A group mailbox outlives the person who set this up.",
		},
		{
			ID: "2.0-generate", Text: "Summary: choose Add and Generate Keys. Leave the dialog open",
			Why: "Client ID and Client Secret are shown this one time. A new application can take a few minutes to work.",
		},
	}
}

// needs lists the products and role permissions that the integration needs, optional features included.
func (s *Console) needs() (products, permissions []string) {
	id := s.answers.Integration
	if id == "" {
		id = catalog.GenericID(s.answers.API)
	}
	i, ok := catalog.Lookup(id)
	if !ok || i.API != s.answers.API {
		return nil, nil
	}
	n := i.Needs(true)
	for _, p := range n.Products {
		products = append(products, catalog.ProductTitle(p))
	}
	return products, n.Permissions
}

// durable is what makes keys of API 1.0 last, in the order in which it has to be done (Mimecast KB 34000328220691 and
// 49448509755795).
func (s *Console) durable() []field.Entry {
	entries := []field.Entry{
		{
			ID: "1.0-user", Text: "Choose or make a service user: an address in an internal domain, with a cloud password",
			Path: "Directories > Internal Directories > (domain) > New Address",
			Why:  "No mailbox is needed. A phone number is, where a one-time code is sent. Changing its password later ends all its keys.",
		},
		{
			ID: "1.0-role", Text: "Give it an administrator role, before any keys are made",
			Path: "Account > Roles > Basic Administrator > Add Users to Role",
			Why:  "Without a role, creating keys ends with: Sorry, something went wrong.",
		},
		{
			ID: "1.0-ttl", Text: "Let its keys never expire: set Authentication TTL to Never Expires",
			Path: "Services > Applications > Authentication Profiles",
			Why:  "In the profile that applies to the service user. Otherwise the keys stop working after hours or days.",
		},
		{
			ID: "1.0-sso", Text: "If that profile enforces single sign-on, switch it off until the keys exist",
			Why: "Switching it on again afterwards does not end the keys.",
		},
	}
	if _, permissions := s.needs(); len(permissions) > 0 {
		entries[1].Why = "The least that it needs: " + strings.Join(permissions, "; ") + ". " + entries[1].Why
	}
	return entries
}

func lookUp() field.Entry {
	return field.Entry{
		ID: "1.0-look-up", Text: "Open the application, see that it is Enabled, and note its Application ID and Application Key",
		Path: "Services > API and Platform Integrations > Your Application Integrations",
		Why:  "The eye beside the key shows it. Enable Extended Session should be on.",
	}
}

func create10() []field.Entry {
	return []field.Entry{
		{
			ID: "1.0-open", Text: "Open the tile Mimecast API 1.0",
			Path: "Services > API and Platform Integrations > Available Integrations",
			Why:  "On Cloud Gateway the tile was taken away in mid-2025. If it is missing, go back and choose API 2.0.",
		},
		{
			ID: "1.0-details", Text: "Type a name and a description, choose a category, tick Enable Extended Session, then Next",
			Why: "Extended Session keeps the session of the keys from ending. Category: Other, or what fits.",
		},
		{ID: "1.0-contact", Text: "Type a technical contact and an e-mail address, then Next"},
		{
			ID: "1.0-add", Text: "Review: status Enabled, then Add. Note Application ID and Application Key",
			Why: "Keys can be made 30 minutes after this moment, not earlier.",
		},
	}
}

// Update implements Screen.
func (s *Console) Update(msg tea.Msg) (Screen, tea.Cmd, Intent) {
	cmd, what := s.handle(msg)
	switch what {
	case eventBack:
		return s, cmd, Intent{Act: Back}
	case eventSubmit:
		return s, cmd, Intent{Act: Next}
	case eventNone, eventFill, eventOther:
	}
	return s, cmd, Intent{}
}

// SetTheme implements Themed.
func (s *Console) SetTheme(t theme.Theme) Screen {
	s.recolour(t)
	return s
}

// Keys implements Screen.
func (s *Console) Keys() []key.Binding {
	k := s.env.Keys
	return []key.Binding{k.Next, renamed(k.Toggle, k.Toggle.Help().Key, "tick"), k.Up, k.Down, k.Back}
}

// Answers implements Screen.
func (s *Console) Answers() flow.Answers {
	a := s.answers
	a.Ticked = s.list.Ticked()
	return a
}
