package catalog

import "strings"

// Field is one field of a product's form.
type Field struct {
	Key   string `json:"key"`
	Label string `json:"label"`
	// From is where the value comes from: one of the constants below, or several of them joined with "+" for a field that
	// has more than one value.
	From     string `json:"from"`
	Secret   bool   `json:"secret"`
	Required bool   `json:"required"`
	Default  string `json:"default"`
	// Rule says how the value must be spelt, in words; Spelling is what FieldValue applies.
	Rule     string   `json:"rule"`
	Spelling Spelling `json:"spelling"`
	// Suffix is appended by SpellEndpoint: a path.
	Suffix string `json:"suffix"`
	// Words are what the form calls the regions, by the codes of client.Place (SpellRegion).
	Words map[string]string `json:"words"`
	// Choices are what the form offers, Multiple that more than one can be chosen.
	Choices []string `json:"choices"`
	// Values are what the product keeps for a choice, by the choice, where that is another word.
	Values   map[string]string `json:"values"`
	Multiple bool              `json:"multiple"`
	Example  string            `json:"example"`
	// Note is what to know or to put there.
	Note string `json:"note"`
	// Env is the environment variable that the product reads, EnvAlso other names that it accepts.
	Env     string   `json:"env"`
	EnvAlso []string `json:"env_also"`
	// Names are other published names of the value, by where they are used: app_setting, key_vault, header, vault,
	// terraform, bicep.
	Names map[string]string `json:"names"`
}

// Where the value of a field comes from.
const (
	// What the profile has.
	FromBaseURL         = "base_url"
	FromRegion          = "region"
	FromClientID        = "client_id"
	FromClientSecret    = "client_secret"
	FromApplicationID   = "app_id"
	FromApplicationKey  = "app_key"
	FromAccessKey       = "access_key"
	FromSecretKey       = "secret_key"
	FromInternalDomain  = "internal_domain"
	FromProxy           = "proxy"
	FromProxyUser       = "proxy_user"
	FromProxyPassword   = "proxy_password"
	FromServiceUser     = "service_user_email"
	FromServicePassword = "service_user_password"
	// What the person decides.
	FromAccountName     = "account_name"
	FromLabel           = "label"
	FromDescription     = "description"
	FromContactEmail    = "contact_email"
	FromPollInterval    = "poll_interval"
	FromInitialLookback = "initial_lookback"
	FromStartDate       = "start_date"
	FromLogTypes        = "log_types"
	FromVerifySSL       = "verify_ssl"
	FromOption          = "option"
	// What comes from somewhere else than Mimecast.
	FromOther = "other"
)

// Parts splits From: one source for most fields.
func (f Field) Parts() []string { return strings.Split(f.From, "+") }

// Spelling is how a value has to be written for a form.
type Spelling string

// The spellings. The zero one leaves the value as it is.
const (
	// SpellWithScheme is https://host without a slash at the end.
	SpellWithScheme Spelling = "with-scheme"
	// SpellWithoutScheme is the host alone.
	SpellWithoutScheme Spelling = "without-scheme"
	// SpellNoTrailingSlash removes slashes at the end.
	SpellNoTrailingSlash Spelling = "no-trailing-slash"
	// SpellEndpoint is https://host with the field's suffix.
	SpellEndpoint Spelling = "endpoint"
	// SpellRegion is the form's own word for the region.
	SpellRegion Spelling = "region-word"
	// SpellCommas is a list with commas and no spaces.
	SpellCommas Spelling = "commas-no-spaces"
	// SpellRegexp is a regular expression that matches the value and nothing else.
	SpellRegexp Spelling = "regexp"
	// SpellSwitch is "on" when there is a value and "off" when there is none.
	SpellSwitch Spelling = "switch"
	// SpellInverted is a switch that means the opposite of its source: "off" where certificates are verified.
	SpellInverted Spelling = "inverted"
	// SpellTrimmed removes white space and line breaks at both ends.
	SpellTrimmed Spelling = "trimmed"
)

// spellings lists them all.
func spellings() []Spelling {
	return []Spelling{
		"", SpellWithScheme, SpellWithoutScheme, SpellNoTrailingSlash, SpellEndpoint, SpellRegion, SpellCommas, SpellRegexp,
		SpellSwitch, SpellInverted, SpellTrimmed,
	}
}
