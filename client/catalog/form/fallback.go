package form

import "mimecred/client/catalog"

// consoleName is what Mimecast's console calls a value; its key in words for what does not come from there.
func consoleName(from string) string {
	switch from {
	case catalog.FromBaseURL:
		return "base URL"
	case catalog.FromRegion:
		return "region"
	case catalog.FromClientID:
		return "Client ID"
	case catalog.FromClientSecret:
		return "Client Secret"
	case catalog.FromApplicationID:
		return "Application ID"
	case catalog.FromApplicationKey:
		return "Application Key"
	case catalog.FromAccessKey:
		return "Access Key"
	case catalog.FromSecretKey:
		return "Secret Key"
	case catalog.FromServiceUser:
		return "service user's address"
	case catalog.FromServicePassword:
		return "service user's password"
	}
	return from
}

// fallback is said of a field about which nothing else is known; known tells whether there is a value.
func fallback(f catalog.Field, known bool) string {
	switch {
	case f.From == catalog.FromServiceUser:
		return "The address of the service user that the keys belong to."
	case mimecasts(f.From) && known:
		return "The " + consoleName(f.From) + " of this profile, from Mimecast."
	case mimecasts(f.From):
		return "Leave it empty: this profile has no " + consoleName(f.From) + "."
	case known && f.Default != "":
		return "Chosen by you: " + f.Default + " is the form's own value."
	case known:
		return "Chosen by you; this value fits."
	case f.Required:
		return "Chosen by you: it does not come from Mimecast, and the form needs it."
	default:
		return "Chosen by you: leave it as it is when in doubt."
	}
}
