package simulator

// Demo has the made-up values that the demo shows and fills in: one working credential of each generation, and a user
// who needs a one-time code (Code tells it).
type Demo struct {
	ClientID, ClientSecret        string
	ApplicationID, ApplicationKey string
	Email, Password               string
	AccessKey, SecretKey          string
	InternalDomain                string
}

// Demo gives the values of the demo.
func (s *Server) Demo() Demo {
	d := s.seeded
	return Demo{
		ClientID: d.all.ClientID, ClientSecret: d.all.ClientSecret,
		ApplicationID: d.legacy.ApplicationID, ApplicationKey: d.legacy.ApplicationKey,
		Email: userWithCode, Password: password,
		AccessKey: d.keys.AccessKey, SecretKey: d.keys.SecretKey,
		InternalDomain: gatewayTenant().Domains[0],
	}
}
