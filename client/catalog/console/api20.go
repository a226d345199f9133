package console

import (
	"slices"
	"strings"

	"mimecred/client/catalog"
)

// list20 is the checklist of API 2.0.
func (b builder) list20() []Item {
	if b.v == Renew {
		return b.renew20()
	}
	items := []Item{b.administrator20()}
	if licence := b.licence(); licence != nil {
		items = append(items, *licence)
	}
	items = append(items, b.role20(), b.open20())
	if b.v == Classic {
		items = append(items, Item{
			ID: "2.0-terms", Stage: Application, Title: "Terms & Conditions: tick I accept, then Next",
			Values: []Value{{Tick, "Terms & Conditions", "I accept"}}, Source: sourcePondurance,
		})
	}
	items = append(items, b.details20(), b.products20(), b.chooseRole20(), b.notifications20(), b.generate20(), b.copy20())
	if logging := b.logging(); logging != nil {
		items = append(items, *logging)
	}
	return items
}

// administrator20 is who can do it.
func (b builder) administrator20() Item {
	item := Item{
		ID: "2.0-administrator", Stage: Prepare, Title: "Sign in to the Administration Console",
		Values: []Value{{Open, "Administration Console", login}}, Source: sourceApplication20,
	}
	switch b.v {
	case Classic:
		item.Reason = "The administrator's own role needs API Application, Read and Edit, under Services, and Management of Application Roles."
	case CloudIntegrated:
		item.Reason = "A Super or Full Administrator may make applications."
	default:
		item.Reason = "A Super, Full or Partner Administrator may make applications. Another role needs Integrations Marketplace, Read and Edit."
		item.Source = sourceHub
	}
	return item
}

// licence names the packages that the account must have; nil when there are none.
func (b builder) licence() *Item {
	if len(b.r.Packages) == 0 {
		return nil
	}
	item := Item{
		ID: string(b.r.API) + "-licence", Stage: Prepare, Title: "See that the account has these packages",
		Reason: "The checks read the list of packages later; without one its part is left out.", Source: "github.com/netskopeoss/ta_cloud_exchange_plugins",
	}
	for _, p := range b.r.Packages {
		item.Values = append(item.Values, Value{See, "Package", p.Package})
	}
	return &item
}

// role20 makes the role that the application gets.
func (b builder) role20() Item {
	item := Item{
		ID: "2.0-role", Stage: Prepare, Title: "Make a role for the application",
		Path: "Account > Admin Roles > New Role", Also: []string{"Account > Roles > New Role"}, Source: sourceSynqly,
	}
	if b.v == CloudIntegrated || len(b.r.Permissions) == 0 && len(b.r.AdminRoles) > 0 {
		item.Title, item.Path, item.Also = "Choose an administrator role for the application", "", nil
		item.Values = []Value{{Choose, "Role", roleNames(b.r.AdminRoles)}}
		item.Reason = "Calls of Cloud Integrated ask for a role, not for single permissions."
		item.Source = sourceApplication20
		return item
	}
	item.Values = append([]Value{{Type, "Role Name", b.short("role")}, {Choose, "Security Permissions", "Cannot Manage Roles"}}, b.permissions()...)
	if len(b.r.Permissions) == 0 {
		item.Reason = "No permission is needed; any role that exists will do as well."
		return item
	}
	item.Reason = "These permissions are the least that is needed: tick them and clear everything else. Most guides name Basic Administrator, which may do much more."
	return item
}

// roleNames are the roles of Cloud Integrated in the console's words.
func roleNames(ids []string) string {
	if len(ids) == 0 {
		ids = []string{"super-admin", "full-admin", "partner-admin"}
	}
	var names []string
	for _, id := range ids {
		kind := strings.TrimSuffix(id, "-admin")
		if kind == "" {
			continue
		}
		names = append(names, strings.ToUpper(kind[:1])+kind[1:]+" Administrator")
	}
	return strings.Join(names, " or ")
}

// open20 is where an application is made. Both menus are named: the guides of most products still show the older one.
func (b builder) open20() Item {
	switch b.v {
	case Classic:
		return Item{
			ID: "2.0-open", Stage: Application, Title: "Open Mimecast API 2.0, choose Generate Keys",
			Path:   "Integrations > " + generateKeys,
			Also:   []string{"Services > API and Platform Integrations > Mimecast API 2.0 > Generate Keys", configureNew},
			Reason: "The menu Integrations was called Services before. Mimecast makes new applications in the Integrations Hub now.", Source: sourcePondurance,
		}
	case CloudIntegrated:
		return Item{
			ID: "2.0-open", Stage: Application, Title: "Open Mimecast API 2.0, choose Configure New",
			Path: configureNew, Also: []string{"Integrations > API 2.0 Applications > New Application"},
			Reason: "Accept the terms when they are shown. Older consoles have API 2.0 Applications instead.", Source: sourceHubCI,
		}
	default:
		return Item{
			ID: "2.0-open", Stage: Application, Title: "Open Mimecast API 2.0, choose Configure New",
			Path:   configureNew,
			Also:   []string{"Integrations > " + generateKeys},
			Reason: "Accept the API terms when they are shown; that is asked once. Where the menu has no Integrations Hub, use API and Platform Integrations.",
			Source: sourceApplication20,
		}
	}
}

func (b builder) details20() Item {
	item := Item{
		ID: "2.0-details", Stage: Application, Title: "Type the name, category and description",
		Values: b.details(), Reason: "The name says who uses it. It cannot be changed later.", Source: sourceApplication20,
	}
	if b.v != Classic {
		// The other dialogs ask for no category.
		item.Title = "Type the application's name and description"
		item.Values = slices.DeleteFunc(item.Values, func(v Value) bool { return v.Label == "Category" })
	}
	if b.v == CloudIntegrated {
		item.Reason += " Integration Partner may stay empty."
	}
	return item
}

func (b builder) products20() Item {
	item := Item{
		ID: "2.0-products", Stage: Application, Title: "Choose the products", Source: sourceApplication20,
		Reason: "Products cannot be added to an application later: a missing one means a new application.", Confirm: true,
	}
	for _, p := range b.r.Products {
		item.Values = append(item.Values, Value{Tick, "Products", p.Title})
	}
	return item
}

func (b builder) chooseRole20() Item {
	item := Item{
		ID: "2.0-application-role", Stage: Application, Title: "Choose the application's role, then Next",
		Values: []Value{{Choose, "Application Role", b.short("role")}},
		Reason: "The role can be changed later; a permission that is added works after a few minutes.", Source: sourcePondurance,
	}
	if b.v == CloudIntegrated || len(b.r.Permissions) == 0 && len(b.r.AdminRoles) > 0 {
		item.Values = []Value{{Choose, "Roles", roleNames(b.r.AdminRoles)}}
	}
	return item
}

func (b builder) notifications20() Item {
	return Item{
		ID: "2.0-notifications", Stage: Application, Title: "Type a technical point of contact, then Next", Values: b.contact(),
		Reason: "It needs an e-mail address. A group mailbox outlives the person who set this up. The address has to be one that the account knows.", Source: sourcePondurance,
	}
}

func (b builder) generate20() Item {
	item := Item{
		ID: "2.0-generate", Stage: Application, Title: "Choose " + Button(b.v),
		Reason: "A new application can take a few minutes to work.", Source: sourceApplication20,
	}
	switch b.v {
	case Classic:
		item.Title, item.Also = "Review the summary, then "+Button(b.v), []string{"Add application"}
	default:
	}
	return item
}

func (b builder) copy20() Item {
	return Item{
		ID: "2.0-copy", Stage: Application, Title: "Copy Client ID and Client Secret, paste both here", Confirm: true,
		Reason: "Leave the dialog open until both were tested here: they are shown this one time.", Source: sourcePondurance,
	}
}

// logging is what mail events depend on; nil when none are read.
func (b builder) logging() *Item {
	reads := slices.ContainsFunc(b.r.Products, func(p catalog.NeededProduct) bool { return p.ID == "threatssecurityeventsanddataforcg" })
	for _, l := range b.r.Limits {
		reads = reads || strings.Contains(l.Text, "Enhanced Logging")
	}
	for _, c := range b.r.Integrations {
		reads = reads || readsMailEvents(c)
	}
	if !reads {
		return nil
	}
	return &Item{
		ID: string(b.r.API) + "-logging", Stage: After, Title: "Switch Enhanced Logging on",
		Path: "Account > Account Settings > Enhanced Logging",
		Values: []Value{
			{Tick, "Enhanced Logging", "Inbound"}, {Tick, "Enhanced Logging", "Outbound"}, {Tick, "Enhanced Logging", "Internal"},
		},
		Reason: "Without it the mail events stay empty, although every call works.", Source: sourceSekoia,
	}
}

// readsMailEvents tells whether an integration reads the log of mail of API 1.0, which has no product to tell it by.
func readsMailEvents(chosen catalog.Chosen) bool {
	i, _ := catalog.Lookup(chosen.ID)
	return slices.ContainsFunc(i.Calls, func(c catalog.Call) bool {
		return c.Path == "/api/audit/get-siem-logs" && (c.Feature == "" || slices.Contains(chosen.Features, c.Feature))
	})
}

// Button is the button that shows the Client ID and the Client Secret in a menu of API 2.0.
func Button(v Variant) string {
	switch v {
	case Classic:
		return "Add and Generate Keys"
	case CloudIntegrated:
		return "Save & Generate Keys"
	case Renew:
		return "Generate"
	default:
		return "Save"
	}
}

// Login is where every administrator signs in to the Administration Console: its pages have no addresses that Mimecast documents.
func Login() string { return login }

// renew20 makes a new pair for an application in use.
func (b builder) renew20() []Item {
	return []Item{
		{
			ID: "2.0-renew-open", Stage: Application, Title: "Open the application", Path: hub,
			Also: []string{yourApplications}, Reason: "An older application may still be under API and Platform Integrations.",
			Values: b.inUse(), Source: sourceDatadog + ", " + sourceApplication20,
		},
		{
			ID: "2.0-renew-generate", Stage: Application, Title: "Choose Manage API 2.0 credentials, then Generate", Confirm: true,
			Reason: "It gives a new Client ID and a new Client Secret. The current ones may stop at once: whatever else uses them needs the new ones too.",
			Source: sourceDatadog,
		},
		b.copy20(),
	}
}
