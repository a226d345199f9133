package catalog

// advice is what to put into a field, or what to know of it: the catalogue's own note where there is one, and what is
// true for every field of its source otherwise.
func (f Field) advice() string {
	if f.Note != "" {
		return f.Note
	}
	switch f.From {
	case FromProxy, FromProxyUser, FromProxyPassword:
		return "Only where the product reaches the internet through a proxy; it may be another one than this machine's."
	case FromVerifySSL:
		if f.Spelling == SpellInverted {
			return "Leave it off: certificates are to be checked."
		}
		return "Leave it on: certificates are to be checked."
	case FromPollInterval:
		usual := "60 minutes is usual"
		if f.Default != "" {
			usual = f.Default + " is the form's own value"
		}
		return "Chosen by you: " + usual + ". A shorter interval uses up Mimecast's limit of calls sooner."
	case FromInitialLookback, FromStartDate:
		return "Chosen by you: how far back the first run goes. Mimecast keeps SIEM events for 7 days and audit events for about 60."
	case FromContactEmail:
		return "Whom the vendor writes to; a group mailbox outlives the person who set this up."
	case FromAccountName, FromLabel:
		return "Your own name for this connection."
	case FromDescription:
		return "Your own words, for whoever finds this connection later."
	case FromInternalDomain:
		return "An internal domain of the Mimecast account."
	case FromServicePassword:
		return "The service user's password. It is not kept here: type it where the product asks for it."
	case FromOther:
		return "This does not come from Mimecast."
	default:
		return ""
	}
}
