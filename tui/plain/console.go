package plain

import (
	"strings"

	"mimecred/client"
	"mimecred/client/catalog"
)

// console prints the walk-through for the API and waits until it is done.
func (s *session) console() error {
	s.label = number(s.label, nil, 0)
	intro, lines := s.walkThrough()
	list := func() {
		s.out.line("%s", s.label+" "+intro)
		s.numbered(lines)
	}
	if s.env.Demo != nil {
		s.out.indented("Demo: the made-up application exists; nothing needs to be done.")
	}
	q := question{
		text: "Done? An empty answer goes on", title: "In the console", optional: true, list: list,
		help: []string{"Nothing is checked here. Go on when the console shows the two values of the application."},
	}
	_, err := s.answer(q)
	return err
}

func (s *session) numbered(lines []string) {
	for i, line := range lines {
		s.out.line("    %d. %s", i+1, line)
	}
}

func (s *session) walkThrough() (intro string, lines []string) {
	switch {
	case s.a.API != client.API10:
		return "Make the application in the Mimecast Administration Console. Keep the last dialog open until its two values are pasted here.",
			s.create20()
	case s.a.HasApplication:
		return "The application exists. See that its keys will last, and look its two values up.",
			append(durable(), "Services > API and Platform Integrations > Your Application Integrations: open the application, see that it is Enabled, "+
				"and note its Application ID and Application Key; the eye beside the key shows it.")
	default:
		return "Make the application in the Mimecast Administration Console; that works only where it still shows the tile Mimecast API 1.0.",
			append(durable(), create10()...)
	}
}

// create20 follows the console's dialog for API 2.0 (Mimecast KB 34000360548755 and the guides of several vendors).
func (s *session) create20() []string {
	products, permissions := s.needs()
	role := "Account > Roles > New Role: make a role for the application, or choose one that exists, such as Basic Administrator."
	if len(permissions) > 0 {
		role = "Account > Roles > New Role: make a role for the application with " + strings.Join(permissions, "; ") +
			". Or choose one that exists: most guides name Basic Administrator."
	}
	choose := "Application Details: choose the products, then Next. A product that is missing later means a new application."
	if len(products) > 0 {
		choose = "Application Details: choose the products " + strings.Join(products, "; ") +
			", then Next. A product that is missing later means a new application."
	}
	return []string{
		role,
		"Integrations (earlier: Services) > API and Platform Integrations > Available Integrations: tile Mimecast API 2.0, Generate Keys.",
		"Terms & Conditions: tick I accept, then Next.",
		"Application Details: type a name and a description, choose a category (Other, or what fits) and the role.",
		choose,
		"Notifications: type a technical contact and an e-mail address, then Next.",
		"Summary: Add and Generate Keys. Client ID and Client Secret are shown this one time; leave the dialog open.",
		"With the Integrations Hub instead: Integrations > Integrations Hub > Mimecast API 2.0 > Configure New. " +
			"With Cloud Integrated: Integrations > API 2.0 Applications > New Application.",
	}
}

// needs are the products and permissions that the product calls need, its optional features included.
func (s *session) needs() (products, permissions []string) {
	id := s.a.Integration
	if id == "" {
		id = catalog.GenericID(s.a.API)
	}
	i, _ := catalog.Lookup(id)
	needs := i.Needs(true)
	for _, product := range needs.Products {
		products = append(products, catalog.ProductTitle(product))
	}
	return products, needs.Permissions
}

// durable is what makes keys of API 1.0 last, in the order in which it has to be done (Mimecast KB 34000328220691 and
// 49448509755795).
func durable() []string {
	return []string{
		"Directories > Internal Directories: choose or make a service user, an address in an internal domain with a cloud password. " +
			"Changing its password later ends all its keys.",
		"Account > Roles > Basic Administrator > Add Users to Role: give it an administrator role before any keys are made.",
		"Services > Applications > Authentication Profiles: in the profile of that user set Authentication TTL to Never Expires.",
		"If that profile enforces single sign-on, switch it off until the keys exist.",
	}
}

func create10() []string {
	return []string{
		"Services > API and Platform Integrations > Available Integrations: open the tile Mimecast API 1.0. If it is missing, go back and choose API 2.0.",
		"Type a name and a description, choose a category, tick Enable Extended Session, then Next.",
		"Type a technical contact and an e-mail address, then Next.",
		"Review: status Enabled, then Add. Note Application ID and Application Key. Keys can be made 30 minutes after this moment.",
	}
}

// createKeys is the console's way to access keys (Mimecast KB 34000328220691).
func createKeys() []string {
	return []string{
		"Services > API and Platform Integrations > Your Application Integrations: open the application, Create Keys.",
		"Type the service user's address, Next; choose the type, type the password, Next; type the one-time code if one is asked for.",
		"Access Key and Secret Key are shown this one time, behind the eyes: copy both, and paste them here before Finish.",
	}
}
