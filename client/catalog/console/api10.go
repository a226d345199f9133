package console

import (
	"strings"

	"mimecred/client"
)

// list10 is the checklist of API 1.0.
func (b builder) list10() []Item {
	var items []Item
	switch b.v {
	case Renew:
		items = append(items, b.lasting10()...)
		items = append(items, b.keys10()...)
	case New:
		items = append(items, b.prepare10()...)
		items = append(items, b.create10()...)
		items = append(items, b.wait10())
		items = append(items, b.keys10()...)
	default:
		items = append(items, b.prepare10()...)
		items = append(items, b.lookUp10())
		items = append(items, b.keys10()...)
	}
	if logging := b.logging(); logging != nil {
		items = append(items, *logging)
	}
	return items
}

// prepare10 is what has to be there before keys are made: user, role, group, authentication profile, application settings.
func (b builder) prepare10() []Item {
	items := []Item{b.region10()}
	if licence := b.licence(); licence != nil {
		items = append(items, *licence)
	}
	items = append(items, b.user10(), b.role10(), b.roleUser10(), b.group10(), b.groupUser10())
	items = append(items, b.lasting10()...)
	return append(items, b.settings10())
}

// region10 tells where the account lives.
func (b builder) region10() Item {
	item := Item{
		ID: "1.0-region", Stage: Prepare, Title: "Sign in and note the region in the address",
		Values: []Value{{Open, "Administration Console", login}},
		Reason: "It is https://login-<region>.mimecast.com. The keys work on the host of that region alone.", Source: sourceNetskope,
	}
	for _, region := range client.Regions() {
		if region.Code == b.f.RegionCode {
			item.Values = append(item.Values, Value{See, "API host", region.Host10})
		}
	}
	return item
}

func (b builder) user10() Item {
	item := Item{
		ID: "1.0-user", Stage: Prepare, Title: "Make a service user, then Save and Exit",
		Path: "Directories > Internal Directories > (domain) > New Address", Also: []string{"Administration > Directories > Internal Directories > (domain) > New Address"},
		Values: []Value{b.serviceUser(Type, "Email Address")},
		Reason: "It needs an address, a password and a phone for codes, and no mailbox. Keep the password: it is asked for once more. Changing it later ends all its keys.",
		Source: sourceNetskope + ", " + sourcePassword,
	}
	return item
}

// serviceUser is the address of the service user, or one to suggest, as the value of a field.
func (b builder) serviceUser(kind Kind, label string) Value {
	switch {
	case b.f.ServiceUser != "":
		return Value{kind, label, b.f.ServiceUser}
	case b.f.Domain != "":
		return Value{kind, label, "svc-api@" + b.f.Domain}
	default:
		return Value{See, label, "the service user's address, in an internal domain"}
	}
}

func (b builder) role10() Item {
	item := Item{
		ID: "1.0-role", Stage: Prepare, Title: "Make a role for the service user",
		Path: "Account > Roles > New Role", Also: []string{"Account > Admin Roles > New Role", "Administration > Account > Roles"},
		Values: append([]Value{{Type, "Role Name", b.short("role")}, {Choose, "Security Permissions", "Cannot Manage Roles"}}, b.permissions()...),
		Reason: "These permissions are the least that is needed. Basic Administrator has the ones that read as a rule, and many more.", Source: sourceKeys,
	}
	if len(b.r.Permissions) == 0 {
		item.Reason = "Which permissions are needed is not known: Basic Administrator is what guides name."
	}
	return item
}

func (b builder) roleUser10() Item {
	return Item{
		ID: "1.0-role-user", Stage: Prepare, Title: "Give the role to the service user",
		Path: "Account > Roles > (right click on the role) > Add Users to Role", Values: []Value{b.serviceUser(Type, "User")}, Confirm: true,
		Reason: "Before any keys are made: find the user, tick it, Add Selected Users. Without an administrator role, making them ends with \"Sorry, something went wrong\".", Source: sourceKeys,
	}
}

func (b builder) group10() Item {
	return Item{
		ID: "1.0-group", Stage: Prepare, Title: "Make a group for the service user",
		Path: "Directories > Profile Groups", Also: []string{"Administration > Directories > Profile Groups"},
		Values: []Value{{Type, "Edit group", b.short("users")}},
		Reason: "Choose the plus sign on a parent folder, rename New Folder in Edit group and press enter. The application settings below hold for this group alone, so that nobody else's sign-in changes.", Source: sourceNetskope,
	}
}

func (b builder) groupUser10() Item {
	return Item{
		ID: "1.0-group-user", Stage: Prepare, Title: "Put the service user into the group",
		Path: "Directories > Profile Groups > (the group) > Build > Add Email Addresses", Values: []Value{b.serviceUser(Type, "Email Address")},
		Reason: "Then Save and Exit.", Source: sourceNetskope,
	}
}

// lasting10 is what makes keys last.
func (b builder) lasting10() []Item {
	return []Item{{
		ID: "1.0-ttl", Stage: Prepare, Title: "Make an authentication profile that never expires",
		Path:   "Services > Applications > Authentication Profiles > New Authentication Profile",
		Also:   []string{"Administration > Services > Applications > Authentication Profiles > New Authentication Profile"},
		Values: []Value{{Type, "Description", b.short("profile")}, {Choose, "Authentication TTL", "Never Expires"}}, Confirm: true,
		Reason: "Leave the rest, then Save and Exit. Otherwise the keys stop after hours or days with HTTP 418. For an administrator the profile of the administrators may be the one that counts: set it there too.",
		Source: sourceCodes,
	}}
}

func (b builder) settings10() Item {
	return Item{
		ID: "1.0-settings", Stage: Prepare, Title: "Make application settings for group and profile",
		Path: "Services > Applications > New Application Settings", Also: []string{"Administration > Services > Applications > New Application Settings"},
		Values: []Value{
			{Type, "Description", b.short("settings")},
			{Choose, "Group Lookup", b.short("users")},
			{Choose, "Authentication Profile Lookup", b.short("profile")},
		},
		Reason: "Leave the rest, then Save and Exit. Without it the authentication profile applies to nobody.", Source: sourceNetskope,
	}
}

// create10 makes the application.
func (b builder) create10() []Item {
	return []Item{
		{
			ID: "1.0-open", Stage: Application, Title: "Open Mimecast API 1.0, or Add API Application",
			Path:   "Services > API and Platform Integrations > Available Integrations > Mimecast API 1.0",
			Also:   []string{olderApplications10 + " > Add API Application", yourApplications10 + " > Add API Application"},
			Reason: "On Cloud Gateway both were taken away in mid-2025. If they are missing, choose API 2.0.", Source: sourceEnd10,
		},
		{
			ID: "1.0-details", Stage: Application, Title: "Fill in the form, tick Enable Extended Session", Confirm: true,
			Values: append(b.details(), Value{Tick, "Service Application", "Enable Extended Session"}),
			Reason: "Extended Session keeps the keys from ending with their session. It is easily missed. Then choose Next.", Source: sourceNetskope,
		},
		{
			ID: "1.0-contact", Stage: Application, Title: "Type a developer's name and address, then Next",
			Values: b.developer(),
			Reason: "In the older dialog the address ties the application to the settings made above. Newer ones call it the technical contact.", Source: sourceNetskope,
		},
		{
			ID: "1.0-add", Stage: Application, Title: "Review, see that the status is Enabled, then Add",
			Reason: "Keys can be made 30 minutes after this moment, not earlier.", Source: sourceNetskope,
		},
		{
			ID: "1.0-ids", Stage: Application, Title: "Copy Application ID and Application Key",
			Reason: "The eye beside the key shows it. Both can be looked up again later.", Source: sourceNetskope,
		},
	}
}

// developer is the contact of an application of API 1.0.
func (b builder) developer() []Value {
	var values []Value
	if b.f.ContactName != "" {
		values = append(values, Value{Type, "Developer", b.f.ContactName})
	}
	return append(values, b.serviceUser(Type, "Email"))
}

// lookUp10 finds the application that exists.
func (b builder) lookUp10() Item {
	return Item{
		ID: "1.0-look-up", Stage: Application, Title: "Copy Application ID and Application Key",
		Path: yourApplications10, Also: []string{olderApplications10}, Confirm: true,
		Reason: "Open the application; see that it is Enabled and has Extended Session. The eye beside the key shows it. A disabled application is refused like an unknown one.", Source: sourceJupiterOne,
	}
}

func (b builder) wait10() Item {
	return Item{
		ID: "1.0-wait", Stage: Wait, Title: "Wait 30 minutes after the application was added", Minutes: 30,
		Reason: "Keys that are made earlier are refused. What is missing above can be done meanwhile.", Source: sourceKeys + ", " + sourceArcticWolf,
	}
}

// keys10 makes the keys in the console.
func (b builder) keys10() []Item {
	kind := "Cloud"
	if b.f.SignIn == client.SignInDomain {
		kind = "Domain"
	}
	application := strings.TrimSpace(b.name())
	return []Item{
		{
			ID: "1.0-sso", Stage: Keys, Title: "If single sign-on is enforced, switch it off",
			Path: "Services > Applications > Authentication Profiles", Reason: "Look in the service user's authentication profile. Keys cannot be made through single sign-on.", Source: sourceKeys,
		},
		{
			ID: "1.0-keys-open", Stage: Keys, Title: "Open the application and choose Create Keys", Path: yourApplications10, Also: []string{olderApplications10},
			Values: []Value{{Choose, "Application", application}}, Reason: "If the menu has no such button, the application is newer than 30 minutes or disabled.", Source: sourceKeys,
		},
		{
			ID: "1.0-keys-email", Stage: Keys, Title: "Type the service user's e-mail address, then Next",
			Values: []Value{b.serviceUser(Type, "Email Address")}, Source: sourceNetskope,
		},
		{
			ID: "1.0-keys-password", Stage: Keys, Title: "Choose the type, type the password, then Next", Values: []Value{{Choose, "Type", kind}},
			Reason: "Cloud is the password that Mimecast holds, Domain that of your directory. Failed tries can lock the user.", Source: sourceNetskope,
		},
		{
			ID: "1.0-keys-code", Stage: Keys, Title: "If a code is asked for, type it, then Next",
			Reason: "It goes to the phone or the address of the service user.", Source: sourceNetskope,
		},
		{
			ID: "1.0-keys-copy", Stage: Keys, Title: "Copy Access Key and Secret Key, paste both here", Confirm: true,
			Reason: "Close the page after that: they are shown this one time. Lost keys are replaced by making new ones.", Source: sourceNetskope,
		},
		{
			ID: "1.0-sso-on", Stage: After, Title: "If single sign-on was off, switch it on again", Path: "Services > Applications > Authentication Profiles",
			Reason: "That does not end the keys.", Source: sourceKeys,
		},
	}
}
