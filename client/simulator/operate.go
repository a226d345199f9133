package simulator

import (
	"net/http"
	"slices"
	"strings"

	"mimecred/client/catalog/operation"
)

// asked is a call that was let through: what an operation needs to answer it.
type asked struct {
	tenant Tenant
	in     item
	op     operation.Operation
}

// operate20 applies the rules of an API 2.0 application and answers: product, then permission, then the rest. The two
// refusals differ only in their words (agreed by two sources each).
func (s *Server) operate20(c *call, app OAuthApplication) {
	op, known := find("2.0", c.r)
	s.mu.Lock()
	tenant := *s.state.tenant(app.Tenant)
	s.mu.Unlock()
	r := s.take("2.0 "+app.first+" "+op.Method+op.Path, oauthQuota(), c.now)
	switch {
	case r.exceeded:
		c.limited(r) // only now are there any rate-limit headers (one source)
		return
	case !known || !slices.ContainsFunc(op.Products, func(p string) bool { return slices.Contains(app.Products, p) }):
		c.flat(http.StatusForbidden, "app_forbidden",
			"Resource or method requested does not exist in any product assigned to the application")
		return
	case !permitted(op.Permission, app.Permissions), !licensed(c, op, tenant):
		c.flat(http.StatusForbidden, "app_forbidden", "Forbidden to perform the requested operation")
		return
	case !tenant.CloudGateway && needsCloudGateway(op.Path), !tenant.CloudIntegrated && needsCloudIntegrated(op.Path):
		c.flat(http.StatusNotFound, "endpoint_evaluation_failed_1", "Endpoint cannot be found")
		return
	}
	s.operate(c, asked{tenant: tenant, op: op})
}

// operate10 applies the rules of an API 1.0 user and answers.
func (s *Server) operate10(c *call, b Binding) {
	op, known := find("1.0", c.r)
	if !known {
		c.json(http.StatusNotFound, `{"meta":{"status":404},"data":[],"fail":[]}`) // the body is assumed
		return
	}
	s.mu.Lock()
	var user User
	if u := s.state.user(b.Email); u != nil {
		user = *u
	}
	tenant := *s.state.tenant(user.Tenant)
	s.mu.Unlock()
	if !permitted(op.Permission, user.Permissions) || !licensed(c, op, tenant) {
		// HTTP 403 is documented, the body assumed.
		c.failed(http.StatusForbidden, http.StatusForbidden, fault{
			Code: "err_xdk_forbidden", Message: "Forbidden To Perform Operation",
		})
		return
	}
	s.operate(c, asked{tenant: tenant, op: op})
}

// operate reads the body and answers. Nothing is ever changed: writes are refused and logged.
func (s *Server) operate(c *call, a asked) {
	if !a.op.Read {
		s.note(c, func(r *Request) { r.Write = true })
		c.readOnly(a)
		return
	}
	legacyBody := strings.HasPrefix(a.op.Path, "/api/")
	ok := true
	if c.r.Method != http.MethodGet { // what a GET sends along means nothing
		a.in, ok = parse(c.body)
	}
	if !ok {
		c.w.WriteHeader(http.StatusBadRequest) // an empty body (one source)
		return
	}
	if a.in.null && legacyBody {
		c.failed(http.StatusOK, http.StatusOK, fault{Code: "err_deserialise", Message: "payload contains null objects"})
		return
	}
	if f, bad := invalid(c, a); bad {
		if legacyBody {
			c.failed(http.StatusOK, http.StatusOK, f)
		} else {
			c.object(http.StatusBadRequest, f.Code, strings.Trim(f.Message+": "+f.Field, ": "))
		}
		return
	}
	if answer := s.answers[a.op.Method+" "+a.op.Path]; answer != nil {
		answer(s, c, a)
		return
	}
	switch {
	case legacyBody:
		list, pagination := listed(nil, a.in)
		c.page(list, pagination)
	case strings.Contains(a.op.Path, "{"):
		c.notThere()
	case a.op.Paging == "" && !plainList(a.op.Path):
		c.json(http.StatusOK, `{}`) // one object; its keys are known from no source
	default:
		c.restPage(plural(a.op.Path), nil)
	}
}

// plainList tells of an operation that is not paged that it answers with a list all the same (assumed by their names).
func plainList(path string) bool {
	switch path {
	case "/compliance/domains/dmarc-policy-changes", "/domains/vendor-configurations", "/journaling/cloud-gateway/v1/services",
		"/marketplace/v1/consent-requests", "/marketplace/v1/integrations", "/threat-reporting/v1/subscriptions",
		"/config-snapshot/v1/list":
		return true
	default:
		return false
	}
}

// readOnly refuses a write, in the envelope that the operation's failures have, so that no client counts it as done.
func (c *call) readOnly(a asked) {
	f := fault{Code: "simulator_read_only", Message: "The simulator refuses to create, update or delete"}
	if strings.HasPrefix(a.op.Path, "/api/") {
		c.failed(http.StatusMethodNotAllowed, http.StatusMethodNotAllowed, f)
		return
	}
	c.object(http.StatusMethodNotAllowed, f.Code, f.Message)
}

// notThere is the reply for one object that does not exist: the status is agreed, the words are assumed.
func (c *call) notThere() {
	c.object(http.StatusNotFound, "Not Found", "The requested resource was not found")
}

// dmarcPath is where one public client has the operations of DMARC Analyzer; the catalogue has them at the root. Which is
// right is not known: both are served.
const dmarcPath = "/dmarc-analyzer/v1"

// find gives the operation that a request means. A slash at the end of a path is nothing.
func find(api string, r *http.Request) (operation.Operation, bool) {
	path := r.URL.Path
	if len(path) > 1 {
		path = strings.TrimSuffix(path, "/")
	}
	if op, known := operation.Find(api, r.Method, path); known {
		return op, true
	}
	rest, prefixed := strings.CutPrefix(path, dmarcPath)
	if !prefixed {
		return operation.Operation{}, false
	}
	op, known := operation.Find(api, r.Method, rest)
	return op, known && slices.Contains(op.Products, "dmarcanalyzer")
}

// plural is the last fixed segment of a path: the key of the list in a reply.
func plural(path string) string {
	parts := strings.Split(path, "/")
	for _, part := range slices.Backward(parts) {
		if part != "" && !strings.HasPrefix(part, "{") {
			return part
		}
	}
	return "value"
}

// permitted tells whether a role has what an operation needs. " ; " joins permissions that are all needed; a list of
// role names ("super-admin | full-admin | …") is met by any one of them.
func permitted(needed string, has []string) bool {
	parts := splitPermission(needed)
	if strings.Contains(needed, "-admin") {
		return slices.ContainsFunc(parts, func(role string) bool { return slices.Contains(has, role) })
	}
	return !slices.ContainsFunc(parts, func(one string) bool { return !slices.Contains(has, one) })
}

// splitPermission gives the single permissions, or role names, of an operation.
func splitPermission(needed string) []string {
	switch {
	case needed == "":
		return nil
	case strings.Contains(needed, "-admin"):
		return strings.Split(needed, " | ")
	default:
		return strings.Split(needed, " ; ")
	}
}

// licensed tells whether the tenant has the package of an operation. That a missing package is answered like a missing
// permission is assumed; what is known is only that it may be.
func licensed(c *call, op operation.Operation, tenant Tenant) bool {
	if op.Package == "" {
		return true
	}
	return !c.scenario.unlicensed && slices.Contains(tenant.Packages, op.Package)
}

// needsCloudGateway tells which paths a tenant with Cloud Integrated alone does not have. Paths that say so are
// documented; for those under /api/ it is assumed that all need the gateway but the account, audit and training ones.
func needsCloudGateway(path string) bool {
	if strings.Contains(path, "/cloud-gateway/") || strings.HasSuffix(path, "/cg") {
		return true
	}
	for _, prefix := range []string{"/api/account/", "/api/provisioning/", "/api/audit/", "/api/awareness-training/"} {
		if strings.HasPrefix(path, prefix) {
			return false
		}
	}
	return strings.HasPrefix(path, "/api/")
}

func needsCloudIntegrated(path string) bool {
	return strings.Contains(path, "/cloud-integrated/") || strings.HasSuffix(path, "/ci")
}
