package plain

import (
	"strings"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore/lifecycle"
)

// The answers to how Mimecast is reached.
const (
	connectDirect   = "direct"
	connectSettings = "settings"
)

// wordNone is the answer that leaves a setting out.
const wordNone = "none"

// connection asks how Mimecast is reached; one question unless a proxy or a CA file is needed.
func (s *session) connection() error {
	own := s.a.Proxy.URL != "" || s.a.CAFile != ""
	if own {
		s.typed = s.a.Endpoint()
	}
	proxied := func() bool { return own && s.typed.Proxy.URL != "" }
	return s.walk(s.fromEnd, []item{
		{id: "how", ask: func() error {
			id, err := s.howToConnect(own)
			if err != nil {
				return err
			}
			if own = id == connectSettings; own {
				return nil
			}
			s.a.Proxy, s.a.CAFile = client.Proxy{}, ""
			return s.reachable()
		}},
		{id: "proxy", ask: s.proxyURL, when: func() bool { return own }},
		{id: "user", ask: s.proxyUser, when: proxied},
		{id: "password", ask: s.proxyPassword, when: func() bool { return proxied() && s.typed.Proxy.Username != "" }},
		{id: "ca", ask: s.caFile, when: func() bool { return own }},
	})
}

func (s *session) howToConnect(own bool) (string, error) {
	direct := "Direct, with the certificates of this system"
	if proxy := s.environmentProxy(); proxy != "" {
		direct = "As the environment says, through " + proxy + ", with the certificates of this system"
	}
	suggested := connectDirect
	if own {
		suggested = connectSettings
	}
	id, _, err := s.choose(question{
		text: "How is Mimecast reached?",
		help: []string{"Certificates are always checked; that cannot be switched off. A network that inspects TLS needs its CA file here."},
	}, []row{
		{id: connectDirect, title: direct, words: []string{"direct"}},
		{id: connectSettings, title: "Through a proxy, or with a CA file of your own", words: []string{"proxy", "ca"}},
	}, suggested, false)
	return id, err
}

// environmentProxy is the proxy that the environment sets, without credentials; "" for none.
func (s *session) environmentProxy() string {
	if s.env.EnvironmentProxy != nil {
		return s.env.EnvironmentProxy(s.a.BaseURL)
	}
	return client.EnvironmentProxy(s.a.BaseURL)
}

// orNone asks for a text that may be left out with the word none.
func (s *session) orNone(q question, now string, valid func(string) error) (string, error) {
	q.suggested = now
	if now == "" {
		q.suggested = wordNone
	}
	for {
		text, err := s.answer(q)
		if err != nil {
			return "", err
		}
		if strings.EqualFold(text, wordNone) {
			return "", nil
		}
		if err := valid(text); err != nil {
			s.out.indented(lifecycle.Sentence(err))
			continue
		}
		return text, nil
	}
}

func (s *session) proxyURL() error {
	withScheme := func(text string) string {
		if text != "" && !strings.Contains(text, "://") {
			return "http://" + text
		}
		return text
	}
	text, err := s.orNone(question{
		text: "Proxy URL, or none",
		help: []string{"http://host:port, without user and password; they are asked for next. none: as the environment says."},
	}, s.typed.Proxy.URL, func(text string) error { return client.Proxy{URL: withScheme(text)}.Validate() })
	if err != nil {
		return err
	}
	if s.typed.Proxy.URL = withScheme(text); text == "" {
		s.typed.Proxy = client.Proxy{}
	}
	return nil
}

func (s *session) proxyUser() error {
	text, err := s.orNone(question{
		text: "Proxy user, or none", help: []string{"Only for a proxy that asks for one."},
	}, s.typed.Proxy.Username, func(text string) error {
		return client.Proxy{URL: s.typed.Proxy.URL, Username: text}.Validate()
	})
	if err != nil {
		return err
	}
	if s.typed.Proxy.Username = text; text == "" {
		s.typed.Proxy.Password = secret.Value{}
	}
	return nil
}

func (s *session) proxyPassword() error {
	value, err := s.passwordOf(question{text: "Proxy password", optional: true}, s.typed.Proxy.Password)
	if err == nil {
		s.typed.Proxy.Password = value
	}
	return err
}

// caFile asks for the last of the settings and puts them all in force.
func (s *session) caFile() error {
	text, err := s.orNone(question{
		text: "CA file, or none",
		help: []string{"A file in PEM form. Its certificates are trusted in addition to the system's."},
	}, s.typed.CAFile, func(string) error { return nil })
	if err != nil {
		return err
	}
	s.typed.CAFile = text
	s.a.Proxy, s.a.CAFile = s.typed.Proxy, text
	return s.reachable()
}

// reachable tells, without the network, whether a client can be made of the settings.
func (s *session) reachable() error {
	mimecast, err := s.env.Dial(s.a.Endpoint())
	if err != nil {
		s.out.indented(lifecycle.Sentence(err))
		return &again{"how"}
	}
	mimecast.Close()
	return nil
}
