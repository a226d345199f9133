package simulator

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Tenant is one Mimecast account.
type Tenant struct {
	// Code is the account code, such as CUSA00A000; its letters tell the region (documented).
	Code, Name string
	// Region is what get-account reports, such as "us".
	Region string
	// CloudGateway and CloudIntegrated are the platforms that the tenant has.
	CloudGateway, CloudIntegrated bool
	// Packages are the licensed packages as get-account lists them.
	Packages []string
	// Domains are the internal domains; Addresses are the users in them.
	Domains   []string
	Addresses []string
}

// OAuthApplication is an application of API 2.0.
type OAuthApplication struct {
	// Tenant is the code of the account; empty for the first one.
	Tenant string
	Name   string
	// ClientID and ClientSecret are made up when empty.
	ClientID, ClientSecret string
	// Products are product ids such as "accountmanagement"; Permissions those of the application's role, in the
	// console's words.
	Products, Permissions []string
	Disabled              bool
	// Created is when the application was made; the zero time means long ago.
	Created time.Time

	// first is the client ID that the application was made with; it stays when a pair is replaced.
	first string
}

// LegacyApplication is an application of API 1.0.
type LegacyApplication struct {
	Tenant string
	Name   string
	// ApplicationID and ApplicationKey are UUIDs, made up when empty.
	ApplicationID, ApplicationKey string
	Disabled                      bool
	Created                       time.Time
}

// User is a service user who may create keys of API 1.0.
type User struct {
	Tenant   string
	Email    string
	Password string
	// Types are the ways to sign in: "cloud", "domain".
	Types []string
	// TwoStep asks for a one-time code at sign-in.
	TwoStep bool
	// Permissions are those of the user's administrator role, in the console's words.
	Permissions []string
	// TTL is how long created keys are valid; 0 is the console's "Never Expires".
	TTL time.Duration

	wrongPasswords int
	locked         bool
}

// state is everything that the simulated Mimecast knows. The server's lock guards it.
type state struct {
	tenants  []*Tenant
	oauth    map[string]*OAuthApplication  // by client id
	replaced map[string]*replaced          // by client id: those before the current ones
	legacy   map[string]*LegacyApplication // by application id
	users    map[string]*User              // by address, in lower case
	bindings map[string]*Binding           // by access key
	tokens   map[string]*token             // by access token
	codes    map[string]string             // by address: the one-time code that was sent and not used
	last     map[string]string             // by address: the code that was sent last, used or not
	minted   map[string]int                // how many values of a kind were made up
}

func newState() *state {
	return &state{
		oauth: map[string]*OAuthApplication{}, replaced: map[string]*replaced{},
		legacy: map[string]*LegacyApplication{}, users: map[string]*User{}, bindings: map[string]*Binding{},
		tokens: map[string]*token{}, codes: map[string]string{}, last: map[string]string{}, minted: map[string]int{},
	}
}

// tenant finds a tenant by its code; the empty code is the first tenant.
func (w *state) tenant(code string) *Tenant {
	for _, t := range w.tenants {
		if t.Code == code {
			return t
		}
	}
	return w.tenants[0]
}

func (w *state) user(email string) *User { return w.users[strings.ToLower(email)] }

// number counts what was made up under a label, so that the next value differs.
func (w *state) number(label string) string {
	w.minted[label]++
	return label + " " + strconv.Itoa(w.minted[label])
}

// AddTenant adds an account, or replaces the one of that code.
func (s *Server) AddTenant(t Tenant) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, known := range s.state.tenants {
		if known.Code == t.Code {
			s.state.tenants[i] = &t
			return
		}
	}
	s.state.tenants = append(s.state.tenants, &t)
}

// AddOAuth adds an application of API 2.0 and gives it back with the values that were made up for it.
func (s *Server) AddOAuth(a OAuthApplication) OAuthApplication {
	s.mu.Lock()
	defer s.mu.Unlock()
	if a.ClientID == "" {
		label := s.state.number("oauth")
		a.ClientID, a.ClientSecret = s.mint.clientID(label), s.mint.clientSecret(label)
	}
	a.first = a.ClientID
	a.Products, a.Permissions = slices.Clone(a.Products), slices.Clone(a.Permissions)
	kept := a
	s.state.oauth[a.ClientID] = &kept
	return a
}

// AddLegacy adds an application of API 1.0 and gives it back with the values that were made up for it.
func (s *Server) AddLegacy(a LegacyApplication) LegacyApplication {
	s.mu.Lock()
	defer s.mu.Unlock()
	if a.ApplicationID == "" {
		label := s.state.number("legacy")
		a.ApplicationID, a.ApplicationKey = s.mint.uuid("id "+label), s.mint.uuid("key "+label)
	}
	kept := a
	s.state.legacy[a.ApplicationID] = &kept
	return a
}

// AddUser adds a service user, or replaces the one of that address.
func (s *Server) AddUser(u User) {
	s.mu.Lock()
	defer s.mu.Unlock()
	u.Types, u.Permissions = slices.Clone(u.Types), slices.Clone(u.Permissions)
	s.state.users[strings.ToLower(u.Email)] = &u
}
