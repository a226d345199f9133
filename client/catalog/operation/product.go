package operation

// Product is one of the things that can be ticked under "Products" when an API 2.0 application is created. They cannot be
// changed afterwards (Mimecast KB 34000360548755).
type Product struct {
	// ID is what the developer portal uses in its addresses.
	ID string
	// Title is what the console and the portal show.
	Title string
}

// Products lists every product, by title.
func Products() []Product {
	return []Product{
		{"accountmanagement", "Account Management"},
		{"auditevents", "Audit Events"},
		{"awarenesstraining", "Awareness Training"},
		{"connector", "Connectors"},
		{"archivedataaccess", "Data Retention"},
		{"dmarcanalyzer", "DMARC Analyzer"},
		{"domainmanagement", "Domain Management"},
		{"cloud-integrated", "Email Security (CI)"},
		{"cloudgateway", "Email Security Cloud Gateway"},
		{"emailsecurityonboarding", "Email Security Onboarding"},
		{"human-risk", "Human Risk"},
		{"integrationmanagement", "Integration Management"},
		{"policymanagement", "Policy Management"},
		{"securityevents", "Security Events"},
		{"threatmanagement", "Threat Management"},
		{"threatremediationci", "Threat Remediation (CI)"},
		{"threatssecurityeventsanddataforcg", "Threats, Security Events, and Data (for CG)"},
		{"threatssecurityeventsanddataforci", "Threats, Security Events, and Data (for CI)"},
		{"userandgroupmanagement", "User and Group Management"},
	}
}

// Title gives the title of a product, or the id itself when it is unknown.
func Title(id string) string {
	for _, p := range Products() {
		if p.ID == id {
			return p.Title
		}
	}
	return id
}
