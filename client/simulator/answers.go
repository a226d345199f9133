package simulator

import (
	"maps"
	"strconv"
	"strings"
	"time"
)

// answer writes the reply of one operation that only reads.
type answer func(s *Server, c *call, a asked)

// answers has every operation that is answered with data; the others are answered with an empty list.
func answers() map[string]answer {
	all := accountAnswers()
	maps.Copy(all, mailAnswers())
	maps.Copy(all, securityAnswers())
	maps.Copy(all, trainingAnswers())
	return all
}

// one answers with one object, or several with commas between.
func one(body string) answer {
	return func(s *Server, c *call, a asked) { c.data(`[` + s.fill(c, a, body) + `]`) }
}

// rows answers with a page of n rows, each with an id and a number of its own.
func rows(n int, row string) answer {
	return func(s *Server, c *call, a asked) {
		list, pagination := listed(s.numbered(c, a, n, row), a.in)
		c.page(list, pagination)
	}
}

// keyed is rows under a key of data[0], with what else is there before it: JSON with a comma at its end, or nothing.
func keyed(n int, before, key, row string) answer {
	return func(s *Server, c *call, a asked) {
		list, pagination := listed(s.numbered(c, a, n, row), a.in)
		c.page(`[{`+before+`"`+key+`":`+list+`}]`, pagination)
	}
}

// unpaged is keyed without meta.pagination, as training campaigns are (recorded).
func unpaged(n int, key, row string) answer {
	return func(s *Server, c *call, a asked) {
		c.data(`[{"` + key + `":[` + strings.Join(s.numbered(c, a, n, row), ",") + `]}]`)
	}
}

// numbered gives n rows that are the same from call to call.
func (s *Server) numbered(c *call, a asked, n int, row string) []string {
	items := make([]string, n)
	for i := range items {
		number := strconv.Itoa(i + 1)
		items[i] = s.fill(c, a, fill(row, "n", number, "id", s.mint.objectID(a.op.Path+" number "+number)))
	}
	return items
}

func accountAnswers() map[string]answer {
	return map[string]answer{
		"GET /identity/whoami":                                      (*Server).whoami,
		"POST /api/account/get-account":                             (*Server).account,
		"POST /api/account/get-support-info":                        one(`{"supportCode":"000A"}`),
		"POST /api/account/get-dashboard-notifications":             one(`{"notifications":[]}`),
		"POST /api/provisioning/get-packages":                       (*Server).packages,
		"POST /api/domain/get-internal-domain":                      (*Server).internalDomains,
		"GET /domain/cloud-gateway/v1/internal-domains":             (*Server).gatewayDomains,
		"GET /domain/cloud-gateway/v1/internal-domains/{domain_id}": (*Server).gatewayDomain,
		"GET /account/cloud-gateway/v1/emergency-contact":           single(emergencyContact),
		"POST /api/user/get-internal-users":                         (*Server).internalUsers,
		"GET /user/cloud-gateway/v1/users":                          (*Server).gatewayUsers,
		"POST /api/user/get-profile":                                one(profile),
		"GET /role/cloud-gateway/v1/roles":                          (*Server).roles,
		"POST /api/directory/find-groups":                           keyed(12, `"source":"cloud",`, "folders", group),
		"POST /api/directory/get-group-members":                     keyed(3, "", "groupMembers", groupMember),
		"POST /api/directory/get-connection":                        one(directoryConnection),
		"POST /api/audit/get-audit-events":                          events("", auditEvent, false),
		"POST /api/audit/get-categories":                            one(auditCategories),
	}
}

func mailAnswers() map[string]answer {
	return map[string]answer{
		"POST /api/message-finder/search":                        events("trackedEmails", trackedEmail, false),
		"POST /api/message-finder/get-message-info":              one(messageInfo),
		"POST /api/gateway/get-hold-message-list":                events("", heldMessage, false),
		"POST /api/gateway/get-hold-summary-list":                rows(3, holdSummary),
		"POST /api/gateway/get-held-release-logs":                events("heldReleaseLogs", heldRelease, false),
		"POST /api/gateway/get-rejections":                       events("", rejection, false),
		"POST /api/email/get-email-queues":                       one(emailQueues),
		"POST /api/archive/search":                               keyed(0, "", "items", ""),
		"POST /api/archive/get-search-logs":                      events("logs", searchLog, false),
		"POST /api/archive/get-archive-search-logs":              events("logs", searchLog, false),
		"POST /api/archive/get-view-logs":                        events("logs", viewLog, false),
		"POST /api/policy/blockedsenders/get-policy":             rows(3, blockedSender),
		"GET /email/cloud-gateway/v1/gateway-details":            (*Server).gatewayDetails,
		"GET /email/cloud-gateway/v1/statistics":                 (*Server).gatewayStatistics,
		"GET /email/cloud-gateway/v1/outbound-ip-addresses":      (*Server).outboundAddresses,
		"GET /email/cloud-integrated/v1/policies/default-policy": (*Server).defaultPolicy,
	}
}

func securityAnswers() map[string]answer {
	all := map[string]answer{
		"POST /api/ttp/url/get-logs":                  events("clickLogs", clickLog, false),
		"POST /api/ttp/attachment/get-logs":           events("attachmentLogs", attachmentLog, false),
		"POST /api/ttp/impersonation/get-logs":        events("impersonationLogs", impersonationLog, true),
		"POST /api/dlp/get-logs":                      events("dlpLogs", dlpLog, false),
		"POST /api/ttp/url/decode-url":                one(`{"url":"https://made-up.example.org/","success":true}`),
		"POST /api/ttp/url/get-all-managed-urls":      rows(12, managedURL),
		"POST /api/ttp/threat-intel/get-feed":         (*Server).feed,
		"POST /api/byo-threat-intelligence/get-quota": one(`{"quota":1000,"used":0}`),
		"POST /api/ttp/remediation/find-incidents":    events("incidents", incident, false),
		"POST /api/audit/get-siem-logs":               (*Server).siemLogs,
		"GET /siem/v1/batch/events/cg":                (*Server).siem,
		"GET /siem/v1/batch/events/ci":                (*Server).siem,
		"GET /siem/v1/events/cg":                      (*Server).siem,
		"GET /siem/v1/events/ci":                      (*Server).siem,
	}
	for _, what := range []string{
		"attachment-scans", "gateway-detections", "impersonations", "phishing", "suspicious", "threats-by-recipient",
		"threats-by-sender", "unwanted", "url-clicks",
	} {
		all["GET /threats/v1/stats/"+what] = (*Server).threatStatistics
	}
	return all
}

func trainingAnswers() map[string]answer {
	return map[string]answer{
		"POST /api/awareness-training/company/get-safe-score-details":  rows(12, safeScore),
		"POST /api/awareness-training/company/get-performance-details": rows(12, performance),
		"POST /api/awareness-training/company/get-watchlist-details":   rows(3, watched),
		"POST /api/awareness-training/company/get-safe-score-summary":  one(`{"scoreCounts":{"A":1,"B":1,"C":0,"D":0,"F":0}}`),
		"POST /api/awareness-training/phishing/campaign/get-campaign":  rows(3, phishingCampaign),
		"POST /api/awareness-training/phishing/campaign/get-user-data": keyed(12, "", "items", participant),
		"POST /api/awareness-training/campaign/get-campaigns":          unpaged(3, "campaigns", campaign),
		"POST /api/awareness-training/campaign/get-user-data":          keyed(12, "", "items", participant),
	}
}

// fill puts the tenant's values and a time a few minutes ago into a body.
func (s *Server) fill(c *call, a asked, body string) string {
	return fill(body,
		"code", a.tenant.Code, "name", "User One", "domain", first(a.tenant.Domains, "example.com"),
		"email", first(a.tenant.Addresses, "user1@example.com"), "region", a.tenant.Region,
		"time", c.now.UTC().Add(-10*time.Minute).Format(bodyDate), "id", s.mint.objectID(a.op.Path))
}

func first(list []string, otherwise string) string {
	if len(list) == 0 {
		return otherwise
	}
	return list[0]
}

// whoami names the account codes of the platforms that the tenant has; others are left out (agreed by two clients).
func (*Server) whoami(c *call, a asked) {
	var codes []string
	if a.tenant.CloudIntegrated {
		codes = append(codes, `"ci":`+encode(a.tenant.Code))
	}
	home := ""
	if a.tenant.CloudGateway {
		codes = append(codes, `"cg":`+encode(a.tenant.Code))
		home = `"cg":` + encode(a.tenant.Code)
	}
	c.json(200, `{"version":"1.0","type":"account","account-codes":{`+strings.Join(codes, ",")+
		`},"home-account":{`+home+`}}`)
}

func (*Server) account(c *call, a asked) {
	c.data(`[` + fill(account,
		"region", a.tenant.Region, "gateway", strconv.FormatBool(a.tenant.CloudGateway), "code", a.tenant.Code,
		"name", a.tenant.Name, "domain", first(a.tenant.Domains, "example.com"),
		"users", strconv.Itoa(len(a.tenant.Addresses)), "packages", encode(licensedPackages(c, a.tenant))) + `]`)
}

// licensedPackages are the tenant's; the scenario "not-licensed" removes those that some read needs.
func licensedPackages(c *call, t Tenant) []string {
	if !c.scenario.unlicensed {
		return t.Packages
	}
	return []string{"Mimecast Platform [1033]", "Secure Email Gateway (Site) [1039]"}
}

func (*Server) packages(c *call, a asked) {
	var items []string
	for _, text := range licensedPackages(c, a.tenant) {
		name, id, _ := strings.Cut(strings.TrimSuffix(text, "]"), " [")
		items = append(items, `{"products":{"id":`+encode(id)+`,"name":`+encode(name)+`}}`)
	}
	c.data(`[` + strings.Join(items, ",") + `]`)
}

func (s *Server) internalDomains(c *call, a asked) {
	c.data(`[` + strings.Join(s.domains(a), ",") + `]`)
}
func (s *Server) gatewayDomains(c *call, a asked) { c.restPage("domains", s.domains(a)) }

func (s *Server) domains(a asked) []string {
	var items []string
	for _, domain := range a.tenant.Domains {
		items = append(items, fill(internalDomain, "domain", domain, "id", s.mint.objectID("domain "+domain)))
	}
	return items
}

// internalUsers lists the users of a domain. That a domain of somebody else is refused with this code is assumed; the
// code itself is known from addresses that the account does not manage.
func (s *Server) internalUsers(c *call, a asked) {
	domain := a.in.text("domain")
	if domain == "" {
		domain = first(a.tenant.Domains, "")
	}
	known := false
	for _, d := range a.tenant.Domains {
		known = known || strings.EqualFold(d, domain)
	}
	if !known {
		c.failedFor(200, 200, map[string]string{"domain": domain}, fault{
			Code: "err_xdk_operation_forbidden_for_address", Message: "0003 Forbidden To Perform Operation For Address",
		})
		return
	}
	list, pagination := listed(s.addresses(a, internalUser, domain), a.in)
	c.page(`[{"users":`+list+`,"userCount":`+strconv.Itoa(strings.Count(list, `"emailAddress"`))+`}]`, pagination)
}

func (s *Server) gatewayUsers(c *call, a asked) { c.restPage("users", s.addresses(a, gatewayUser, "")) }

// addresses gives one item for each user, of one domain or of all.
func (s *Server) addresses(a asked, body, domain string) []string {
	var items []string
	for i, email := range a.tenant.Addresses {
		_, at, _ := strings.Cut(email, "@")
		if domain == "" || strings.EqualFold(at, domain) {
			items = append(items, fill(body, "name", "User "+strconv.Itoa(i+1), "email", email, "domain", at,
				"id", s.mint.objectID("user "+email)))
		}
	}
	return items
}

// outboundAddresses is one object with a list of its own name (one client).
func (s *Server) outboundAddresses(c *call, a asked) {
	c.json(200, `{"outboundIpAddresses":[`+strings.Join(s.numbered(c, a, 3, outboundAddress), ",")+`]}`)
}

// single answers a newer endpoint with one object.
func single(body string) answer {
	return func(s *Server, c *call, a asked) { c.json(200, s.fill(c, a, body)) }
}

// gatewayDomain is one internal domain, found by its id.
func (s *Server) gatewayDomain(c *call, a asked) {
	id := c.r.URL.Path[strings.LastIndex(c.r.URL.Path, "/")+1:]
	for _, domain := range s.domains(a) {
		if strings.Contains(domain, encode(id)) {
			c.json(200, domain)
			return
		}
	}
	c.notThere()
}

func (s *Server) roles(c *call, _ asked) {
	var items []string
	for _, name := range []string{"Super Administrator", "Full Administrator", "Basic Administrator", "Help Desk Administrator"} {
		items = append(items, `{"id":"`+s.mint.objectID("role "+name)+`","roleName":`+encode(name)+`}`)
	}
	c.restPage("roles", items)
}
