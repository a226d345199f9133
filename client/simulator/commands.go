package simulator

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// command is one thing that the control room can do.
type command struct {
	name, about string
	// one are the parameters of which exactly one is needed; may are those that can be left out.
	one, may []string
	// usage is what follows the name.
	usage string
	run   func(*Server, url.Values) (any, error)
}

// commands lists every command.
func commands() []command {
	application := []string{"client_id", "application_id"}
	return []command{
		{
			name: "scenario", one: []string{"name"}, usage: "?name=NAME", run: orderScenario,
			about: "go wrong in another way from now on; none is no way",
		},
		{
			name: "regenerate", one: []string{"client_id"}, may: []string{"grace"}, usage: "?client_id=ID[&grace=10m]", run: orderRegenerate,
			about: "a new client ID and client secret, as JSON; the old pair stops, or works for the time of grace",
		},
		{
			name: "permissions", one: []string{"client_id", "user"}, may: []string{"add", "remove"},
			usage: "?client_id=ID|user=ADDRESS&remove=NAME|add=NAME", run: orderPermissions,
			about: "change the role of an application (API 2.0) or of a service user (API 1.0)",
		},
		{
			name: "products", one: []string{"client_id"}, may: []string{"add", "remove"}, usage: "?client_id=ID&remove=NAME|add=NAME",
			run: orderProducts, about: "change the products of an application (API 2.0)",
		},
		{
			name: "expire", one: []string{"user"}, usage: "?user=ADDRESS", run: orderExpire,
			about: "let every access key of a service user expire now; they can be renewed",
		},
		{
			name: "revoke", one: []string{"user"}, usage: "?user=ADDRESS", run: orderRevoke,
			about: "take every access key of a service user away",
		},
		{
			name: "password", one: []string{"user"}, may: []string{"password"}, usage: "?user=ADDRESS[&password=TEXT]", run: orderPassword,
			about: "set a service user's password, or make one up and answer it as JSON; the keys are revoked",
		},
		{name: "disable", one: application, usage: "?client_id=ID|application_id=ID", about: "switch an application off", run: orderDisable},
		{name: "enable", one: application, usage: "?client_id=ID|application_id=ID", about: "switch it on again", run: orderEnable},
		{name: "delete", one: application, usage: "?client_id=ID|application_id=ID", about: "delete an application", run: orderDelete},
	}
}

// check compares the parameters that were given with those that the command accepts.
func (o command) check(form url.Values) error {
	given := 0
	for name, values := range form {
		needed := slices.Contains(o.one, name)
		if !needed && !slices.Contains(o.may, name) {
			return refuse(http.StatusBadRequest, "%s does not take %q; it is %s%s", o.name, name, o.name, o.usage)
		}
		if len(values) > 1 && name != "add" && name != "remove" {
			return refuse(http.StatusBadRequest, "%s is there twice", name)
		}
		if values[0] == "" {
			return refuse(http.StatusBadRequest, "%s is empty", name)
		}
		if needed {
			given++
		}
	}
	if given != 1 {
		return refuse(http.StatusBadRequest, "%s needs %s; it is %s%s", o.name, strings.Join(o.one, " or "), o.name, o.usage)
	}
	return nil
}

func orderScenario(s *Server, form url.Values) (any, error) {
	name := form.Get("name")
	if err := s.SetScenario(name); err != nil {
		return nil, refuse(http.StatusNotFound, "%v", err)
	}
	return "scenario " + name + ": " + findScenario(name).about, nil
}

// pairJSON is what the console shows once, ready for a rotation from a file.
type pairJSON struct {
	ClientID     string `json:"client_id"`
	ClientSecret string `json:"client_secret"`
}

func orderRegenerate(s *Server, form url.Values) (any, error) {
	var grace time.Duration
	if text := form.Get("grace"); text != "" {
		var err error
		if grace, err = time.ParseDuration(text); err != nil || grace < 0 {
			return nil, refuse(http.StatusBadRequest, "grace %q is not a time such as 10m or 90s", text)
		}
	}
	app, ok := s.Regenerate(form.Get("client_id"), grace)
	if !ok {
		return nil, s.noOAuth(form.Get("client_id"))
	}
	return pairJSON{app.ClientID, app.ClientSecret}, nil
}

func orderDisable(s *Server, form url.Values) (any, error) {
	return s.toApplication(form, s.Disable, "is disabled")
}

func orderEnable(s *Server, form url.Values) (any, error) {
	return s.toApplication(form, s.Enable, "is enabled")
}

func orderDelete(s *Server, form url.Values) (any, error) {
	return s.toApplication(form, s.DeleteApplication, "is deleted")
}

// toApplication does something to an application of either generation and says so.
func (s *Server) toApplication(form url.Values, do func(id string) bool, done string) (any, error) {
	id, names, missing := form.Get("client_id"), (*state).oauthNames, s.noOAuth
	if id == "" {
		id, names, missing = form.Get("application_id"), (*state).legacyNames, s.noLegacy
	}
	s.mu.Lock()
	list := names(s.state)
	s.mu.Unlock()
	at := slices.IndexFunc(list, func(n named) bool { return n.id == id })
	if at < 0 || !do(id) {
		return nil, missing(id)
	}
	return "the application " + list[at].name + " " + done, nil
}

// noOAuth names the client IDs that there are.
func (s *Server) noOAuth(id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if old := s.state.replaced[id]; old != nil {
		return refuse(http.StatusNotFound, "client ID %s was replaced by %s", id, old.app.ClientID)
	}
	return refuse(http.StatusNotFound, "no application has the client ID %q; there are: %s", id, joined(s.state.oauthNames()))
}

// noLegacy names the application IDs that there are.
func (s *Server) noLegacy(id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return refuse(http.StatusNotFound, "no application has the application ID %q; there are: %s", id, joined(s.state.legacyNames()))
}

func joined(list []named) string {
	var words []string
	for _, n := range list {
		words = append(words, n.id+" ("+n.name+")")
	}
	return orNone(words)
}
