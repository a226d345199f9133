package screen

// product is the name that the console's product list has for an id of the catalogue; the id itself when it is not known.
func product(id string) string {
	switch id {
	case "accountmanagement":
		return "Account Management"
	case "archivedataaccess":
		return "Data Retention (earlier: Archive Data Access)"
	case "auditevents":
		return "Audit Events"
	case "awarenesstraining":
		return "Awareness Training"
	case "cloud-integrated":
		return "Email Security (CI)"
	case "cloudgateway":
		return "Email Security Cloud Gateway"
	case "connector":
		return "Connectors"
	case "dmarcanalyzer":
		return "DMARC Analyzer"
	case "domainmanagement":
		return "Domain Management"
	case "emailsecurityonboarding":
		return "Email Security Onboarding"
	case "human-risk":
		return "Human Risk"
	case "integrationmanagement":
		return "Integration Management"
	case "policymanagement":
		return "Policy Management"
	case "securityevents":
		return "Security Events"
	case "threatmanagement":
		return "Threat Management"
	case "threatremediationci":
		return "Threat Remediation (CI)"
	case "threatssecurityeventsanddataforcg":
		return "Threats, Security Events, and Data (for CG)"
	case "threatssecurityeventsanddataforci":
		return "Threats, Security Events, and Data (for CI)"
	case "userandgroupmanagement":
		return "User and Group Management"
	}
	return id
}
