package form

import "strings"

// decide says what to put into the fields that the person decides about. A value is suggested where one fits everybody.
func (s Source) decide(e *Entry) {
	switch e.From {
	case "account_name":
		e.Text = orWord(s.AccountName, s.Profile)
		e.Advice = "Any name that tells this account from others."
	case "label":
		e.Text, e.Advice = s.Profile, "Any name. Your profile's name will do."
	case "description":
		e.Text, e.Advice = s.description(), "Any text that helps whoever finds this later."
	case "contact_email":
		e.Advice = "The address of the person or group that looks after this connection. A group mailbox outlives a person."
	case "poll_interval":
		e.Text, e.Advice = e.Default, "How often the product asks. Mimecast limits the number of calls, so shorter is not always better."
	case "initial_lookback":
		e.Text, e.Advice = e.Default, "How far back the first run reads."
	case "start_date":
		e.Text, e.Advice = e.Default, "The day from which the product reads. Mimecast keeps some logs for 7 days only."
	case "verify_ssl":
		e.Advice = "On. Mimecast's certificates are publicly trusted."
		if s.Endpoint.CAFile != "" {
			e.Advice = "On. The product must trust the certificates in " + s.Endpoint.CAFile + " too."
		}
	case "log_types":
		e.Text, e.Advice = e.Default, "Choose the logs that you need; each needs its product and permission."
	default:
		e.Text, e.Advice = e.Default, "Choose what you need."
		if !e.Required {
			e.Advice = "Choose what you need, or leave it as it is."
		}
	}
	e.Advice = joined(e.Advice, choices(e.Choices), rule(e.Rule))
	if e.Secret {
		e.Text = "" // a default is no secret, and mimecred knows none for it
	}
}

func (s Source) description() string {
	words := []string{"Mimecast"}
	if s.Credential != nil {
		words = append(words, "API "+string(s.Credential.API()))
	}
	if s.Profile != "" {
		words = append(words, "(mimecred profile "+s.Profile+")")
	}
	return strings.Join(words, " ")
}

// choices lists what the form offers.
func choices(offered []string) string {
	if len(offered) == 0 {
		return ""
	}
	return "The form offers: " + strings.Join(offered, ", ") + "."
}

// rule makes a sentence of the catalogue's spelling rule.
func rule(text string) string {
	if text == "" {
		return ""
	}
	return "Spelling: " + strings.TrimSuffix(text, ".") + "."
}

// joined puts sentences together, without those that are empty.
func joined(sentences ...string) string {
	var said []string
	for _, one := range sentences {
		if one != "" {
			said = append(said, one)
		}
	}
	return strings.Join(said, " ")
}

func orWord(text, instead string) string {
	if text != "" {
		return text
	}
	return instead
}

// regionWords are what forms call a region apart from its code.
func regionWords(code string) []string {
	switch code {
	case "je":
		return []string{"je", "jer", "offshore"}
	case "uspcom":
		return []string{"uspcom", "usbcom", "us-pscom"}
	case "eu", "uk":
		return []string{code, "eu", "uk"}
	}
	return []string{code, code + "-api"}
}

// region spells a region's code as one of the form's choices; "" when none of them means it. Without choices the code is
// the spelling.
func region(code string, offered []string) string {
	if code == "" || len(offered) == 0 {
		return code
	}
	for _, word := range regionWords(code) {
		for _, choice := range offered {
			if strings.EqualFold(choice, word) {
				return choice
			}
		}
	}
	return ""
}
