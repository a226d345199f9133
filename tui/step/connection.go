package step

import (
	"context"
	"net/url"
	"strings"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// The answers to how Mimecast is reached.
const (
	ConnectDirect   = "direct"
	ConnectSettings = "settings"
)

// ConnectTime bounds reading the CA file.
const ConnectTime = 10 * time.Second

// ConnectionForm asks how Mimecast is reached; one question unless a proxy or a CA file is needed.
func ConnectionForm(env Env, a flow.Answers) Form {
	f := Form{
		Step:  flow.Connection,
		After: "Certificates are always checked; that cannot be switched off.",
	}
	own := ownConnection(a)
	f.Questions = append(f.Questions, howToConnect(env, a, own))
	if !own {
		return f
	}
	f.Questions = append(f.Questions, proxyURL(a))
	if a.Proxy.URL != "" {
		f.Questions = append(f.Questions, proxyUser(a))
	}
	if a.Proxy.URL != "" && a.Proxy.Username != "" {
		f.Questions = append(f.Questions, proxyPassword(a))
	}
	f.Questions = append(f.Questions, caFile(a))
	if env.Dial != nil {
		f.Task = &Task{Doing: "Reading the settings", ID: "ca_file", Limit: ConnectTime, Do: func(context.Context, lifecycle.Tell) error {
			c, err := env.Dial(a.Endpoint())
			if err == nil {
				c.Close()
			}
			return err
		}}
	}
	return f
}

// ownConnection tells whether a proxy or a CA file is set, or about to be.
func ownConnection(a flow.Answers) bool {
	return a.OwnConnection || a.Proxy.URL != "" || a.Proxy.Username != "" || a.CAFile != ""
}

func howToConnect(env Env, a flow.Answers, own bool) Question {
	direct := "Direct, with the certificates of this system"
	if proxy := env.environmentProxy(a.BaseURL); proxy != "" {
		direct = "As the environment says, through " + proxy
	}
	now := ConnectDirect
	if own {
		now = ConnectSettings
	}
	return optionAt(Question{
		ID: "connection", Label: "How is Mimecast reached?",
		Help: []string{"A network that inspects TLS needs its CA file here."},
		Options: []Option{
			{ID: ConnectDirect, Title: direct, Words: []string{"direct"}},
			{ID: ConnectSettings, Title: "Through a proxy, or with a CA file of your own", Words: []string{"proxy", "ca"}},
		},
	}, now, func(a *flow.Answers, id string) {
		if a.OwnConnection = id == ConnectSettings; !a.OwnConnection {
			a.Proxy, a.CAFile = client.Proxy{}, ""
		}
	})
}

// proxyURL moves a user and password that are part of the URL to their own questions, where the password is not shown.
func proxyURL(a flow.Answers) Question {
	q := Question{
		ID: "proxy.url", Label: "Proxy URL", Placeholder: "as the environment says", Optional: true,
		Hint: "For example http://proxy.example.com:3128",
		Help: []string{"http://host:port. Empty: as the environment says."},
	}
	q.Value.Text = a.Proxy.URL
	q.Set = func(a *flow.Answers, v Value) Verdict {
		text, _ := secret.CleanLine(v.Text)
		if text = strings.TrimSpace(text); text != "" && !strings.Contains(text, "://") {
			text = "http://" + text
		}
		if text == "" {
			a.Proxy = client.Proxy{}
			return Verdict{}
		}
		if u, err := url.Parse(text); err == nil && u.User != nil && u.Hostname() != "" {
			a.Proxy.Username = u.User.Username()
			if password, is := u.User.Password(); is {
				a.Proxy.Password = secret.New(password)
			}
			u.User = nil
			a.Proxy.URL = u.String()
			return Verdict{Err: client.Proxy{URL: a.Proxy.URL}.Validate(), Notes: []string{"User and password were moved to their own fields."}, Moved: true}
		}
		a.Proxy.URL = text
		return Verdict{Err: client.Proxy{URL: text}.Validate()}
	}
	return q
}

func proxyUser(a flow.Answers) Question {
	return textAt(Question{
		ID: "proxy.username", Label: "Proxy user", Placeholder: "empty when it asks for none", Optional: true,
		Help: []string{"Only for a proxy that asks for one."},
	}, a, func(a *flow.Answers) *string { return &a.Proxy.Username }, func(_ flow.Answers, user string) error {
		return client.Proxy{URL: "http://proxy", Username: user}.Validate()
	})
}

func proxyPassword(a flow.Answers) Question {
	return passwordAt(Question{
		ID: "proxy.password", Label: "Proxy password", Placeholder: "empty when it asks for none", Optional: true,
		Help: []string{"Only for a proxy that asks for one."},
	}, a, func(a *flow.Answers) *secret.Value { return &a.Proxy.Password })
}

func caFile(a flow.Answers) Question {
	return textAt(Question{
		ID: "ca_file", Label: "CA file", Placeholder: "none", Optional: true,
		Hint: "Certificates in PEM form, trusted in addition to the system's; for networks that inspect TLS.",
		Help: []string{"A file in PEM form. Its certificates are trusted in addition to the system's."},
	}, a, func(a *flow.Answers) *string { return &a.CAFile }, nil)
}

// environmentProxy is the proxy that the environment sets for a base URL, without credentials; "" for none.
func (e Env) environmentProxy(base string) string {
	if e.EnvironmentProxy != nil {
		return e.EnvironmentProxy(base)
	}
	return client.EnvironmentProxy(base)
}
