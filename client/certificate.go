package client

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"
)

// certificateFault is why a certificate was refused.
type certificateFault int

const (
	certUnknownIssuer certificateFault = iota + 1
	certSelfSigned
	certExpired
	certNotYetValid
	certWrongHost
	certNoNames
	certWrongUsage
	certOther
)

// refusedCertificate is a certificate that was refused: the host's own, or one between it and its issuer.
type refusedCertificate struct {
	fault certificateFault
	host  string   // that was asked for; only for certWrongHost
	names []string // that it is for
	// from and until are its dates, and at what this machine's clock said.
	from, until, at time.Time
}

// refusedBy finds the certificate that crypto/tls refused, nil when the error is about none. The issuer is that of the
// host's own certificate.
func refusedBy(err error, now time.Time) (refused *refusedCertificate, issuer string) {
	var (
		verification *tls.CertificateVerificationError
		authority    x509.UnknownAuthorityError
		name         x509.HostnameError
		invalid      x509.CertificateInvalidError
		chain        []*x509.Certificate
	)
	if errors.As(err, &verification) {
		chain = verification.UnverifiedCertificates
	}
	refused = &refusedCertificate{fault: certOther, at: now}
	cert := firstCertificate(chain)
	switch {
	case errors.As(err, &authority):
		refused.fault = certUnknownIssuer
		cert = firstCertificate(append(slices.Clip(chain), authority.Cert))
		// What is out of date between the host and its issuer is found as a missing issuer.
		if i := slices.IndexFunc(chain, func(c *x509.Certificate) bool { return now.Before(c.NotBefore) || now.After(c.NotAfter) }); i >= 0 {
			refused.date(chain[i])
		} else if cert != nil && bytes.Equal(cert.RawIssuer, cert.RawSubject) {
			refused.fault = certSelfSigned
		}
	case errors.As(err, &name):
		cert = name.Certificate
		refused.fault, refused.host = certWrongHost, plainText(name.Host)
		refused.names = namesOf(cert)
		if len(refused.names) == 0 {
			refused.fault = certNoNames
		}
	case errors.As(err, &invalid):
		if cert == nil {
			cert = invalid.Cert
		}
		switch invalid.Reason {
		case x509.Expired: // also of what is not valid yet
			refused.date(invalid.Cert)
		case x509.IncompatibleUsage:
			refused.fault = certWrongUsage
		default:
		}
	case verification == nil:
		return nil, ""
	}
	if cert == nil {
		return refused, ""
	}
	return refused, plainText(cert.Issuer.String())
}

// date notes a certificate that is not valid now.
func (r *refusedCertificate) date(cert *x509.Certificate) {
	r.fault, r.from, r.until = certExpired, cert.NotBefore, cert.NotAfter
	if r.at.Before(cert.NotBefore) {
		r.fault = certNotYetValid
	}
}

func firstCertificate(chain []*x509.Certificate) *x509.Certificate {
	if len(chain) == 0 {
		return nil
	}
	return chain[0]
}

// namesOf are the hosts that a certificate is for. The common name has not counted for many years.
func namesOf(cert *x509.Certificate) []string {
	if cert == nil {
		return nil
	}
	var names []string
	for _, name := range cert.DNSNames {
		names = append(names, plainText(name))
	}
	for _, ip := range cert.IPAddresses {
		names = append(names, ip.String())
	}
	return names
}

// refused is the certificate that was refused. Where only its issuer is known, that is what is wrong.
func (e *Error) refused() *refusedCertificate {
	if e.certificate == nil && e.Issuer != "" {
		return &refusedCertificate{fault: certUnknownIssuer}
	}
	return e.certificate
}

// meaningOfTLS is one or two sentences on an encrypted connection that did not come about.
func meaningOfTLS(e *Error) string {
	cert := e.refused()
	if cert == nil {
		var record tls.RecordHeaderError
		switch {
		case e.where == maySent:
			return "The encrypted connection broke before an answer came."
		case errors.As(e.Err, &record), errors.Is(e.Err, http.ErrSchemeMismatch):
			return "What answers at this host does not speak TLS."
		default:
			return "The encrypted connection could not be set up."
		}
	}
	issued := ""
	if e.Issuer != "" {
		issued = " It was issued by " + e.Issuer + "."
	}
	switch cert.fault {
	case certUnknownIssuer:
		return "The certificate of the host is not trusted." + issued
	case certSelfSigned:
		return "The certificate of the host is self-signed: no authority vouches for it." + issued
	case certExpired:
		return "The certificate of the host expired on " + day(cert.until) + ", and this machine's clock says " + day(cert.at) + "." + issued
	case certNotYetValid:
		return "The certificate of the host begins only on " + day(cert.from) + ", and this machine's clock says " + day(cert.at) + "." + issued
	case certWrongHost:
		return "The certificate of the host is for " + someOf(cert.names) + " and not for " + cert.host + "." + issued
	case certNoNames:
		return "The certificate of the host names no host (no subject alternative name), so that it proves nothing." + issued
	case certWrongUsage:
		return "The certificate of the host is not made for a server." + issued
	default:
		return "The certificate of the host breaks the rules for certificates." + issued
	}
}

// fixOfTLS is what to do about it. Only an issuer that is not known may be made known.
func fixOfTLS(e *Error) remedy {
	cert := e.refused()
	if cert == nil {
		return doAt(WhereRegion|WhereConnection, "Check the host. If your network inspects encrypted traffic, name its CA file.")
	}
	const renew = "Have whoever runs what answers there, Mimecast or a proxy that inspects traffic, renew it."
	switch cert.fault {
	case certUnknownIssuer:
		return doAt(WhereConnection, "If your network inspects encrypted traffic, that issuer is its own. "+
			"Save its CA certificate as a PEM file and name it as the CA file. Checking certificates cannot be switched off.")
	case certNotYetValid:
		return do("Set this machine's clock, which seems to be behind, best by turning on its time synchronisation (NTP). If it is right: " + renew)
	case certExpired:
		return do("Check this machine's clock, which may be ahead. If it is right: " + renew)
	case certWrongHost:
		return doAt(WhereRegion, "Check the spelling of the host. If it is right, something else answers in its place, such as a proxy or a sign-on page. "+
			"Ask whoever runs your network.")
	case certSelfSigned:
		return doAt(WhereConnection, "No host of Mimecast has such a certificate: something else answers in its place. "+
			"Is it a proxy or a test server of your own? Then save its certificate as a PEM file and name it as the CA file.")
	case certNoNames:
		return do("No certificate of Mimecast lacks them. Have whoever runs the proxy in between issue certificates with a subject alternative name.")
	case certWrongUsage:
		return do("No certificate of Mimecast is so. Have whoever runs the proxy in between issue certificates for server authentication.")
	default:
		return do("Have whoever runs the proxy in between look at its certificate; no host of Mimecast has one like it.")
	}
}

func day(t time.Time) string { return t.UTC().Format("2 January 2006") }

// someOf names the first few.
func someOf(names []string) string {
	const some = 3
	if len(names) > some {
		names = append(slices.Clone(names[:some]), "others")
	}
	return shorten(strings.Join(names, ", "))
}
