package main

import (
	"strings"

	"mimecred/client/simulator"
)

// another makes a pair of another application, without a permission, and has its secrets looked for.
func (s sentinel) another(sim *simulator.Server, permission string) map[string]any {
	products, permissions := everything()
	app := sim.AddOAuth(simulator.OAuthApplication{Products: products, Permissions: without(permissions, permission)})
	from := map[string]any{"client_id": app.ClientID, "client_secret": app.ClientSecret}
	s.watch.add("another", secretsIn(from))
	return from
}

// rotating drives what is done with a profile of API 2.0 that has been set up, in every way it can end.
func (s sentinel) rotating(sim *simulator.Server) {
	s.t.Helper()
	fresh, less := asJSON(s.t, s.another(sim, "")), asJSON(s.t, s.another(sim, "Account | Dashboard | Read"))
	s.run(exitUsage, strings.Replace(fresh, `"client_secret"`, `"client_secrt"`, 1), "rotate", "oauth-ok", "--from", "-")
	s.run(exitUsage, strings.TrimSuffix(fresh, "}"), "rotate", "oauth-ok", "--from", "-")
	s.run(exitDone, fresh, "rotate", "oauth-ok", "--from", "-")
	s.run(exitUsage, fresh, "rotate", "oauth-ok", "--from", "-")
	s.run(exitCheckFailed, less, "rotate", "oauth-ok", "--from", "-", "-o", "json")
	s.run(exitDone, "", "list")
	s.run(exitDone, "", "list", "-o", "json")
	s.run(exitDone, "", "show", "oauth-ok")
	s.run(exitDone, "")
	s.run(exitCheckFailed, "", "rotate", "oauth-ok", "--resume")
	s.run(exitStore, "", "rename", "oauth-ok", "other")
	s.run(exitDone, "", "rotate", "oauth-ok", "--resume", "--anyway", "-o", "json")
	s.run(exitDone, "", "rollback", "oauth-ok")
	s.run(exitDone, "", "rollback", "oauth-ok", "-o", "json")
	s.run(exitDone, "", "rollback", "oauth-ok", "-q")
	s.run(exitDone, "", "retire", "oauth-ok")
	s.run(exitUsage, "", "rollback", "oauth-ok")
	s.run(exitDone, "", "rename", "oauth-ok", "other")
	s.run(exitDone, "", "rename", "other", "oauth-ok")
	s.run(exitDone, "", "edit", "oauth-ok", "--rotate-after", "60d")
	wrong := s.another(sim, "")
	wrong["client_secret"] = "made-up-wrong-secret-1234567890"
	s.watch.add("a wrong one", secretsIn(wrong))
	s.run(exitRefused, asJSON(s.t, wrong), "rotate", "oauth-ok", "--from", "-", "--anyway")
	s.run(exitRefused, "", "rotate", "oauth-ok", "--resume", "-o", "json")
	s.run(exitDone, "", "delete", "oauth-ok", "--pending", "--yes")
}

// rotatingKeys is rotating for API 1.0: passwords and one-time codes come up, and keys are created, renewed and logged out.
func (s sentinel) rotatingKeys(sim *simulator.Server) {
	s.t.Helper()
	in := map[string]any{"email": withCode, "type": "cloud", "password": sim.Demo().Password}
	rotate := func(want int, profile, key string, args ...string) {
		s.t.Helper()
		s.run(want, asJSON(s.t, map[string]any{key: in}), append([]string{"rotate", profile, "--from", "-"}, args...)...)
	}
	rotate(exitRefused, "legacy-ok", "create_keys")
	in["otp"] = sim.Code(withCode)
	rotate(exitDone, "legacy-ok", "create_keys", "-o", "json")
	s.run(exitUsage, "", "retire", "legacy-ok")
	s.run(exitDone, "", "retire", "legacy-ok", "--yes")
	delete(in, "otp")
	rotate(exitRefused, "legacy-ok", "create_keys", "--retire")
	in["otp"] = sim.Code(withCode)
	rotate(exitDone, "legacy-ok", "create_keys", "--retire")

	delete(in, "otp")
	in["email"] = withoutCode
	sim.ExpireKeys(withoutCode)
	rotate(exitDone, "legacy-no-otp", "renew_keys", "-o", "json")
	sim.ExpireKeys(withoutCode)
	rotate(exitDone, "legacy-no-otp", "renew_keys")
	in["password"] = "made-up-wrong-password"
	s.watch.add("a wrong one", secretsIn(in))
	rotate(exitRefused, "legacy-no-otp", "renew_keys")
}
