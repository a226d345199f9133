package client

// Where tells which parts of a set-up a remedy changes. What this package says names no wizard step, no key to press and no
// flag: the screens, the line mode and the commands each say in words of their own how one gets there. It is a set, since a
// remedy may be carried out in one part or in another.
type Where uint16

// The parts of a set-up, and what else can be done about a failure from where one is.
const (
	// WhereRegion is the region, or the base URL.
	WhereRegion Where = 1 << iota
	// WhereConnection are the proxy and the CA file.
	WhereConnection
	// WhereApplication are the values that the application's dialog showed: client ID and client secret of API 2.0,
	// application ID and application key of API 1.0.
	WhereApplication
	// WhereKeys are the access key and the secret key of API 1.0.
	WhereKeys
	// WhereAPI is which API the integration uses, and with it which variant of the product.
	WhereAPI
	// WhereIntegration is what is to be checked, and the internal domain.
	WhereIntegration
	// WhereSignIn are the password and the type of a sign-in that creates keys.
	WhereSignIn
	// WhereCode is the one-time code of such a sign-in.
	WhereCode
	// WhereLater is the same run again, a few minutes later.
	WhereLater
	// WhereRenewal renews keys that have expired; both keys stay the same.
	WhereRenewal
	// WhereRotation replaces the credential of a saved profile by a new one.
	WhereRotation

	// WhereNone changes nothing of the set-up: the console or this machine is the place, or waiting is all.
	WhereNone Where = 0
)

// Wheres are all places, each alone, in the order in which they are named.
func Wheres() []Where {
	return []Where{
		WhereRegion, WhereConnection, WhereApplication, WhereKeys, WhereAPI, WhereIntegration, WhereSignIn, WhereCode,
		WhereLater, WhereRenewal, WhereRotation,
	}
}

// Has tells whether w holds any of others.
func (w Where) Has(others Where) bool { return w&others != 0 }

// Each gives the places of w, each alone, in the order in which they are named.
func (w Where) Each() []Where {
	var list []Where
	for _, one := range Wheres() {
		if w.Has(one) {
			list = append(list, one)
		}
	}
	return list
}

// remedy is what to do about a failure, and where.
type remedy struct {
	text  string
	where Where
}

func do(text string) remedy { return remedy{text: text} }

func doAt(where Where, text string) remedy { return remedy{text: text, where: where} }

// then adds sentences to a remedy.
func (r remedy) then(next remedy) remedy {
	switch {
	case next.text == "":
	case r.text == "":
		r.text = next.text
	default:
		r.text += " " + next.text
	}
	r.where |= next.where
	return r
}
