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
	op, known := operation.Find("2.0", c.r.Method, c.r.URL.Path)
	s.mu.Lock()
	tenant := *s.world.tenant(app.Tenant)
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
	op, known := operation.Find("1.0", c.r.Method, c.r.URL.Path)
	if !known {
		c.json(http.StatusNotFound, `{"meta":{"status":404},"data":[],"fail":[]}`) // the body is assumed
		return
	}
	s.mu.Lock()
	var user User
	if u := s.world.user(b.Email); u != nil {
		user = *u
	}
	tenant := *s.world.tenant(user.Tenant)
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
		c.flat(http.StatusMethodNotAllowed, "simulator_read_only", "The simulator refuses to create, update or delete")
		return
	}
	var ok bool
	if a.in, ok = parse(c.body); !ok {
		c.w.WriteHeader(http.StatusBadRequest) // an empty body (one source)
		return
	}
	legacyBody := strings.HasPrefix(a.op.Path, "/api/")
	if a.in.null && legacyBody {
		c.failed(http.StatusOK, http.StatusOK, fault{Code: "err_deserialise", Message: "payload contains null objects"})
		return
	}
	if f, bad := invalid(c, a); bad {
		if legacyBody {
			c.failed(http.StatusOK, http.StatusOK, f)
		} else {
			c.object(http.StatusBadRequest, f.Code, f.Message+": "+f.Field)
		}
		return
	}
	if answer := s.answers[a.op.Method+" "+a.op.Path]; answer != nil {
		answer(s, c, a)
		return
	}
	if legacyBody {
		c.data(`[]`)
		return
	}
	c.json(http.StatusOK, `{`+encode(plural(a.op.Path))+`:[],"meta":{}}`)
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
