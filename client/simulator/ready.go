package simulator

// Ready is a made-up credential with what is to be expected of it.
type Ready struct {
	Name string `json:"name"`
	// About is one line.
	About string `json:"about"`
	// From is what "mimecred check --from -" reads.
	From map[string]any `json:"from"`
	// Kind is the kind of the failure that is expected, empty when all is fine.
	Kind string `json:"kind"`
	// Exit is the exit code that is expected.
	Exit int `json:"exit"`
}

// Credentials gives one credential of every sort, for the address that the simulator is reached at, with the current secrets and
// passwords. What is expected is so as long as nobody was at the console.
//
// "legacy-otp" is expected to be refused (invalid_credentials, exit 3) as it is: Mimecast gives its user no keys
// without a one-time code. With "otp" set to what Code tells after such a try, the same credential is fine.
func (s *Server) Credentials(baseURL string) []Ready {
	d := s.seeded
	create := func(profile, email string) map[string]any {
		return map[string]any{
			"profile": profile, "api": "1.0", "base_url": baseURL,
			"application_id": d.legacy.ApplicationID, "application_key": d.legacy.ApplicationKey,
			"create_keys": map[string]any{"email": email, "type": "cloud", "password": s.passwordOf(email)},
		}
	}
	return []Ready{
		{
			Name: "oauth-ok", About: "API 2.0, everything allowed",
			From: s.from20("oauth-ok", baseURL, d.all),
		},
		{
			Name: "oauth-missing-product", About: "API 2.0, the application lacks the product Account Management",
			From: s.from20("oauth-missing-product", baseURL, d.noProduct), Kind: "missing_product", Exit: 1,
		},
		{
			Name: "oauth-missing-permission", About: "API 2.0, the role lacks Account | Dashboard | Read",
			From: s.from20("oauth-missing-permission", baseURL, d.noPermission), Kind: "missing_permission", Exit: 1,
		},
		{
			Name: "legacy-ok", About: "API 1.0, keys that never expire",
			From: from10("legacy-ok", baseURL, d.legacy, d.keys),
		},
		{
			Name: "legacy-expired", About: "API 1.0, keys that expired two days ago",
			From: from10("legacy-expired", baseURL, d.legacy, d.expired), Kind: "expired_keys", Exit: 3,
		},
		{
			Name: "legacy-otp", About: "API 1.0, keys to create; the user needs a one-time code that is not given",
			From: create("legacy-otp", userWithCode), Kind: "invalid_credentials", Exit: 3,
		},
		{
			Name: "legacy-no-otp", About: "API 1.0, keys to create; the user needs no one-time code",
			From: create("legacy-no-otp", userWithoutCode),
		},
		{
			Name: "oauth-cloud-integrated", About: "API 2.0, a tenant with Cloud Integrated alone",
			From: s.from20("oauth-cloud-integrated", baseURL, d.integrated),
		},
	}
}

// IntegrationCredentials gives credentials that are checked for one integration, Axonius Mimecast V2.
func (s *Server) IntegrationCredentials(baseURL string) []Ready {
	const id = "axonius-mimecast-v2"
	list := []Ready{
		{
			Name: "axonius-ok", About: "everything that the integration calls is allowed",
			From: s.from20("axonius-ok", baseURL, s.seeded.all),
		},
		{
			Name: "axonius-missing-product", About: "the application lacks the product User and Group Management",
			From: s.from20("axonius-missing-product", baseURL, s.seeded.noUserProduct), Kind: "missing_product", Exit: 1,
		},
		{
			Name: "axonius-missing-permission", About: "the role lacks Directories | Internal | Read",
			From: s.from20("axonius-missing-permission", baseURL, s.seeded.noUserPermission), Kind: "missing_permission", Exit: 1,
		},
	}
	for _, ready := range list {
		ready.From["integration"], ready.From["internal_domain"] = id, "example.com"
	}
	return list
}

func (s *Server) from20(profile, baseURL string, a OAuthApplication) map[string]any {
	a = s.current(a)
	return map[string]any{
		"profile": profile, "api": "2.0", "base_url": baseURL,
		"client_id": a.ClientID, "client_secret": a.ClientSecret,
	}
}

func from10(profile, baseURL string, a LegacyApplication, b Binding) map[string]any {
	return map[string]any{
		"profile": profile, "api": "1.0", "base_url": baseURL,
		"application_id": a.ApplicationID, "application_key": a.ApplicationKey,
		"access_key": b.AccessKey, "secret_key": b.SecretKey,
	}
}
