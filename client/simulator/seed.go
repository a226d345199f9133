package simulator

import (
	"slices"
	"time"

	"mimecred/client/catalog/operation"
)

// The made-up people and passwords.
const (
	userWithCode    = "svc-otp@example.com"
	userWithoutCode = "svc@example.com"
	password        = "Made-up-password-1"
	keysLifetime    = 12 * time.Hour // what the one public sample shows
)

// seeded is what New put into the state, for Credentials and Demo.
type seeded struct {
	all, noProduct, noPermission, integrated OAuthApplication
	noUserProduct, noUserPermission          OAuthApplication
	legacy                                   LegacyApplication
	keys, expired                            Binding
}

// seed makes two tenants, one of each platform, and what Credentials and Demo need.
func (s *Server) seed() {
	s.AddTenant(gatewayTenant())
	s.AddTenant(integratedTenant())

	products, permissions := everything()
	s.seeded.all = s.AddOAuth(OAuthApplication{Name: "All", Products: products, Permissions: permissions})
	s.seeded.noProduct = s.AddOAuth(OAuthApplication{
		Name: "Without Account Management", Products: without(products, "accountmanagement"), Permissions: permissions,
	})
	s.seeded.noPermission = s.AddOAuth(OAuthApplication{
		Name: "Role without the dashboard", Products: products, Permissions: without(permissions, "Account | Dashboard | Read"),
	})
	s.seeded.integrated = s.AddOAuth(OAuthApplication{
		Tenant: integratedTenant().Code, Name: "Cloud Integrated", Products: products, Permissions: permissions,
	})
	s.seeded.noUserProduct = s.AddOAuth(OAuthApplication{
		Name: "Without User and Group Management", Permissions: permissions,
		Products: without(products, "userandgroupmanagement"),
	})
	s.seeded.noUserPermission = s.AddOAuth(OAuthApplication{
		Name: "Role without internal directories", Products: products,
		Permissions: without(permissions, "Directories | Internal | Read"),
	})

	s.seeded.legacy = s.AddLegacy(LegacyApplication{Name: "All"})
	for _, u := range []User{
		{Email: userWithoutCode, TTL: keysLifetime},
		{Email: userWithCode, TwoStep: true},
	} {
		u.Password, u.Types, u.Permissions = password, []string{"cloud", "domain"}, permissions
		s.AddUser(u)
	}
	s.seeded.keys = s.Bind(s.seeded.legacy.ApplicationID, userWithCode, time.Time{})
	s.seeded.expired = s.Bind(s.seeded.legacy.ApplicationID, userWithCode, s.clock().Add(-48*time.Hour))
}

func gatewayTenant() Tenant {
	return Tenant{
		Code: "CUSA00A000", Name: "Example Corp", Region: "us", CloudGateway: true,
		Domains: []string{"example.com", "example.org"},
		Addresses: []string{
			"abuse@example.com", "postmaster@example.com", "user1@example.com", "user2@example.com",
			userWithoutCode, userWithCode, "postmaster@example.org",
		},
		// Recorded, in the order of one recording.
		Packages: []string{
			"Mimecast Platform [1033]", "Message Recovery Service (Site) [1031]", "URL Protection (Site) [1043]",
			"Content Control and Data Leak Prevention (Pro) [1015]", "Email Encryption and Privacy (Site) [1023]",
			"Threat Remediation [1075]", "Attachment Protection (Pro) [1059]", "Stationery 1.0 (Site) [1042]",
			"Impersonation Protection [1060]", "Internal Email Protect [1064]", "Awareness Training [1078]",
			"Advanced MTA (Site) [1002]", "Attachment Management (Site) [1004]",
			"Content Control and Data Leak Prevention (Site) [1013]", "BYO: Threat Intelligence [1089]",
			"Secure Email Gateway (Site) [1039]", "Auto Responders (Site) [1005]", "Attachment Protection (Site) [1056]",
			"Metadata Track and Trace (Site) [1032]", "Message Recovery Service - User [1058]",
		},
	}
}

// integratedTenant has Cloud Integrated alone.
func integratedTenant() Tenant {
	return Tenant{
		Code: "CUSB00B000", Name: "Example Integrated", Region: "usb", CloudIntegrated: true,
		Domains: []string{"example.net"}, Addresses: []string{"user1@example.net"},
		Packages: []string{"Mimecast Platform [1033]", "Awareness Training [1078]"},
	}
}

// everything is every product, and every permission that any operation needs.
func everything() (products, permissions []string) {
	for _, p := range operation.Products() {
		products = append(products, p.ID)
	}
	for _, o := range operation.All() {
		for _, p := range splitPermission(o.Permission) {
			if !slices.Contains(permissions, p) {
				permissions = append(permissions, p)
			}
		}
	}
	return products, permissions
}

func without(list []string, one string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == one })
}
