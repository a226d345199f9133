package credstore

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
)

// This file is the only one of credstore that reveals secrets: it turns a Record into the text of an item and back.
// An item is compact JSON with times in whole seconds, because some keyrings accept no more than 2,560 bytes.

// recordSchema is the schema that Encode writes. An item with another one is refused, never guessed at.
const recordSchema = 1

type wireRecord struct {
	Schema   int          `json:"schema"`
	Profile  wireProfile  `json:"profile"`
	Current  *wireVersion `json:"active,omitempty"`
	Pending  *wireVersion `json:"pending,omitempty"`
	Previous *wireVersion `json:"previous,omitempty"`
}

type wireProfile struct {
	Name           string `json:"name"`
	API            string `json:"api"`
	Integration    string `json:"integration,omitempty"`
	Also           string `json:"also,omitempty"`
	Features       string `json:"features,omitempty"`
	Region         string `json:"region,omitempty"`
	BaseURL        string `json:"base_url,omitempty"`
	ProxyURL       string `json:"proxy_url,omitempty"`
	ProxyUsername  string `json:"proxy_username,omitempty"`
	ProxyPassword  string `json:"proxy_password,omitempty"`
	CAFile         string `json:"ca_file,omitempty"`
	InternalDomain string `json:"internal_domain,omitempty"`
	ServiceUser    string `json:"service_user,omitempty"`
	SignIn         string `json:"sign_in,omitempty"`
	RotateAfter    string `json:"rotate_after,omitempty"`
}

// differing are the fields that a version's own profile may say differently, by their names in JSON.
func (p *wireProfile) differing() map[string]*string {
	return map[string]*string{
		"api": &p.API, "integration": &p.Integration, "also": &p.Also, "features": &p.Features, "region": &p.Region, "base_url": &p.BaseURL,
		"proxy_url": &p.ProxyURL, "proxy_username": &p.ProxyUsername, "proxy_password": &p.ProxyPassword,
		"ca_file": &p.CAFile, "internal_domain": &p.InternalDomain, "service_user": &p.ServiceUser, "sign_in": &p.SignIn, "rotate_after": &p.RotateAfter,
	}
}

type wireVersion struct {
	ID             string `json:"id"`
	ClientID       string `json:"client_id,omitempty"`
	ClientSecret   string `json:"client_secret,omitempty"`
	ApplicationID  string `json:"application_id,omitempty"`
	ApplicationKey string `json:"application_key,omitempty"`
	AccessKey      string `json:"access_key,omitempty"`
	SecretKey      string `json:"secret_key,omitempty"`
	Source         string `json:"source,omitempty"`
	Created        int64  `json:"created,omitempty"`
	Checked        int64  `json:"checked,omitempty"`
	Activated      int64  `json:"promoted,omitempty"`
	Keep           int64  `json:"keep_until,omitempty"`
	Expires        int64  `json:"expires,omitempty"`
	// Differs has the fields of the profile that are not as the record's.
	Differs map[string]string `json:"differs,omitempty"`
}

// Encode gives the text of an item. It fails, with kind Damaged, for a record that could not be decoded again.
func Encode(r Record) ([]byte, error) {
	wire := wireRecord{Schema: recordSchema, Profile: profileToWire(r.Profile)}
	for _, v := range []struct {
		from *Version
		to   **wireVersion
	}{{r.Current, &wire.Current}, {r.Pending, &wire.Pending}, {r.Previous, &wire.Previous}} {
		w, err := versionToWire(v.from, wire.Profile)
		if err != nil {
			return nil, damaged("encode the record of "+r.Profile.Name, err)
		}
		*v.to = w
	}
	if err := wire.check(); err != nil {
		return nil, damaged("encode the record of "+r.Profile.Name, err)
	}
	if !wire.validUTF8() {
		return nil, damaged("encode the record of "+r.Profile.Name, errors.New("a value is not valid UTF-8"))
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(wire); err != nil {
		return nil, damaged("encode the record of "+r.Profile.Name, err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// Decode reads the text of an item. Whatever it does not know makes it fail with kind Damaged: an item of a newer schema,
// an unknown field, a missing value, text after the end. No error repeats any of the item's text.
func Decode(item []byte) (Record, error) {
	const op = "understand the stored item"
	var peek struct {
		Schema *int `json:"schema"`
	}
	if err := json.Unmarshal(item, &peek); err != nil {
		return Record{}, damaged(op, plainJSON(err))
	}
	switch {
	case peek.Schema == nil:
		return Record{}, damaged(op, errors.New("it is not an item of mimecred (no schema)"))
	case *peek.Schema > recordSchema:
		return Record{}, damaged(op, fmt.Errorf("its schema is %d and this mimecred knows up to %d: a newer mimecred wrote it",
			*peek.Schema, recordSchema))
	case *peek.Schema != recordSchema:
		return Record{}, damaged(op, fmt.Errorf("its schema is %d, which this mimecred does not know", *peek.Schema))
	}
	var wire wireRecord
	d := json.NewDecoder(bytes.NewReader(item))
	d.DisallowUnknownFields()
	if err := d.Decode(&wire); err != nil {
		return Record{}, damaged(op, plainJSON(err))
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return Record{}, damaged(op, errors.New("there is more after its end"))
	}
	if err := exactFields(item); err != nil {
		return Record{}, damaged(op, err)
	}
	if err := wire.check(); err != nil {
		return Record{}, damaged(op, err)
	}
	return recordFromWire(wire), nil
}

func profileToWire(p Profile) wireProfile {
	return wireProfile{
		Name: p.Name, API: string(p.API), Integration: p.Integration, Region: p.Region,
		Also: joinIDs(p.Also), Features: joinFeatures(p.Features),
		BaseURL: p.Endpoint.BaseURL, CAFile: p.Endpoint.CAFile,
		ProxyURL: p.Endpoint.Proxy.URL, ProxyUsername: p.Endpoint.Proxy.Username,
		ProxyPassword:  p.Endpoint.Proxy.Password.Reveal(),
		InternalDomain: p.InternalDomain, ServiceUser: p.ServiceUser, SignIn: p.SignIn,
		RotateAfter: spanToWire(p.RotateAfter),
	}
}

func profileFromWire(w wireProfile) Profile {
	return Profile{
		Name: w.Name, API: client.API(w.API), Integration: w.Integration, Region: w.Region,
		Also: splitIDs(w.Also), Features: splitFeatures(w.Features),
		Endpoint: client.Endpoint{
			BaseURL: w.BaseURL, CAFile: w.CAFile,
			Proxy: client.Proxy{URL: w.ProxyURL, Username: w.ProxyUsername, Password: secret.New(w.ProxyPassword)},
		},
		InternalDomain: w.InternalDomain, ServiceUser: w.ServiceUser, SignIn: w.SignIn,
		RotateAfter: spanFromWire(w.RotateAfter),
	}
}

func spanToWire(s Span) string {
	if s == 0 {
		return ""
	}
	return s.String()
}

// spanFromWire gives the default for what cannot be understood: a reminder is not worth refusing a credential.
func spanFromWire(text string) Span {
	s, err := ParseSpan(text)
	if err != nil {
		return 0
	}
	return s
}

func versionToWire(v *Version, base wireProfile) (*wireVersion, error) {
	if v == nil {
		return nil, nil
	}
	w := &wireVersion{
		ID: v.ID, Source: string(v.Source),
		Created: seconds(v.CreatedAt), Checked: seconds(v.CheckedAt), Activated: seconds(v.ActivatedAt),
		Keep: seconds(v.KeepUntil),
	}
	switch c := v.Credential.(type) {
	case client.OAuth:
		w.ClientID, w.ClientSecret = c.ClientID, c.ClientSecret.Reveal()
	case client.Legacy:
		w.ApplicationID, w.ApplicationKey = c.ApplicationID, c.ApplicationKey.Reveal()
		w.AccessKey, w.SecretKey = c.AccessKey.Reveal(), c.SecretKey.Reveal()
		w.Expires = seconds(c.ExpiresAt)
	default:
		return nil, fmt.Errorf("a credential of type %T", v.Credential)
	}
	if v.Profile == nil {
		return w, nil
	}
	own := profileToWire(*v.Profile)
	if own.Name != base.Name {
		return nil, errors.New("a version of another profile")
	}
	theirs := base.differing()
	for field, value := range own.differing() {
		if *value != *theirs[field] {
			if w.Differs == nil {
				w.Differs = map[string]string{}
			}
			w.Differs[field] = *value
		}
	}
	return w, nil
}

func recordFromWire(w wireRecord) Record {
	r := Record{Profile: profileFromWire(w.Profile)}
	r.Current = versionFromWire(w.Current, w.Profile)
	r.Pending = versionFromWire(w.Pending, w.Profile)
	r.Previous = versionFromWire(w.Previous, w.Profile)
	return r
}

func versionFromWire(w *wireVersion, base wireProfile) *Version {
	if w == nil {
		return nil
	}
	v := &Version{
		ID: w.ID, Source: Source(w.Source),
		CreatedAt: moment(w.Created), CheckedAt: moment(w.Checked), ActivatedAt: moment(w.Activated),
		KeepUntil: moment(w.Keep),
	}
	own := base
	fields := own.differing()
	for field, value := range w.Differs {
		*fields[field] = value
	}
	if own != base {
		p := profileFromWire(own)
		v.Profile = &p
	}
	if w.ClientID != "" {
		v.Credential = client.OAuth{ClientID: w.ClientID, ClientSecret: secret.New(w.ClientSecret)}
		return v
	}
	v.Credential = client.Legacy{
		ApplicationID: w.ApplicationID, ApplicationKey: secret.New(w.ApplicationKey),
		AccessKey: secret.New(w.AccessKey), SecretKey: secret.New(w.SecretKey),
		ExpiresAt: moment(w.Expires),
	}
	return v
}

func seconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}

func moment(s int64) time.Time {
	if s == 0 {
		return time.Time{}
	}
	return time.Unix(s, 0).UTC()
}
