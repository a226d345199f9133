package export

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
)

const (
	maxSubdomain = 253
	maxLabel     = 63
	maxKey       = 253
)

// KubernetesSecret writes a v1 Secret of type Opaque. Its keys are the names of the variables, so that envFrom gives a
// container what exec gives a child process. The values are in data, not in stringData: that is what the server keeps and
// shows, so that what is applied and what is read back can be compared.
func KubernetesSecret() Format {
	const name = "k8s-secret"
	return Format{
		Name:  name,
		About: "a Kubernetes Secret to apply",
		Encode: func(w io.Writer, d Document) error {
			secretName, err := kubernetesName(d)
			if err != nil {
				return err
			}
			for _, f := range d.Fields {
				if !isKubernetesKey(f.Env) {
					reason := fmt.Sprintf("%q is no key of a Secret (1 to %d letters, digits, '-', '_' and '.')", f.Env, maxKey)
					return refused(name, f, reason, "")
				}
			}
			fmt.Fprintf(w, "apiVersion: v1\nkind: Secret\nmetadata:\n  name: %s\n", quoteYAML(secretName))
			if d.Options.Namespace != "" {
				fmt.Fprintf(w, "  namespace: %s\n", quoteYAML(d.Options.Namespace))
			}
			fmt.Fprint(w, "type: Opaque\ndata:\n")
			for _, f := range d.Fields {
				fmt.Fprintf(w, "  %s: %s\n", yamlKey(f.Env), quoteYAML(base64.StdEncoding.EncodeToString([]byte(f.Text))))
			}
			return nil
		},
	}
}

func kubernetesName(d Document) (string, error) {
	if ns := d.Options.Namespace; ns != "" && (!isSubdomain(ns) || len(ns) > maxLabel || strings.Contains(ns, ".")) {
		return "", &Error{Text: fmt.Sprintf("%q is no name of a namespace: at most %d lower-case letters, digits and '-', "+
			"with a letter or digit at both ends", ns, maxLabel)}
	}
	name := d.Options.SecretName
	if name == "" {
		return KubernetesName(d.Profile), nil
	}
	if !isSubdomain(name) {
		return "", &Error{Text: fmt.Sprintf("%q is no name of a Secret: at most %d lower-case letters, digits, '-' and '.', "+
			"with a letter or digit at both ends and around every '.'", name, maxSubdomain)}
	}
	return name, nil
}

// KubernetesName is the metadata.name for a profile: "mimecast-" and the profile's name, which is a DNS-1123 subdomain for
// every profile. A name that had to be changed for that carries eight hexadecimal digits of its SHA-256, so that two
// profiles, such as "Acme" and "acme", do not share a Secret.
func KubernetesName(profile string) string {
	const prefix = "mimecast-"
	if name := prefix + profile; isSubdomain(name) {
		return name
	}
	plain := strings.Map(func(r rune) rune {
		switch {
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		case r == '.', 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			return r
		default:
			return '-'
		}
	}, prefix+profile)
	sum := sha256.Sum256([]byte(profile))
	mark := "-" + hex.EncodeToString(sum[:4])
	if room := maxSubdomain - len(mark); len(plain) > room {
		plain = plain[:room]
	}
	var labels []string
	for label := range strings.SplitSeq(plain, ".") {
		if label = strings.Trim(label, "-"); label != "" {
			labels = append(labels, label)
		}
	}
	return strings.Join(labels, ".") + mark
}

// isSubdomain is Kubernetes' rule for most names, DNS-1123 subdomain.
func isSubdomain(name string) bool {
	if name == "" || len(name) > maxSubdomain {
		return false
	}
	for label := range strings.SplitSeq(name, ".") {
		if label == "" || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for i := range len(label) {
			if c := label[i]; !isLower(c) && !isDigit(c) && c != '-' {
				return false
			}
		}
	}
	return true
}

// isKubernetesKey is Kubernetes' rule for the keys of Secrets and ConfigMaps; they become names of files.
func isKubernetesKey(key string) bool {
	for i := range len(key) {
		if c := key[i]; !isLetter(c) && !isDigit(c) && c != '-' && c != '_' && c != '.' {
			return false
		}
	}
	return key != "" && len(key) <= maxKey && key != "." && !strings.HasPrefix(key, "..")
}
