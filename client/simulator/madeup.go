package simulator

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
)

// The alphabets of the values that Mimecast issues, as far as public samples show.
const (
	digits = "0123456789"
	alnum  = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" + digits
	hexes  = "0123456789abcdef"
)

// mint makes up values that depend on nothing but the seed and a label.
type mint struct{ seed string }

// bytes gives n bytes for a label.
func (m mint) bytes(label string, n int) []byte {
	out := make([]byte, 0, n+sha256.Size)
	for block := uint32(0); len(out) < n; block++ {
		mac := hmac.New(sha256.New, []byte(m.seed))
		_, _ = mac.Write([]byte(label))
		_, _ = mac.Write(binary.BigEndian.AppendUint32(nil, block))
		out = mac.Sum(out)
	}
	return out[:n]
}

// text gives prefix and letters of the alphabet behind it, n characters in all.
func (m mint) text(label, prefix, alphabet string, n int) string {
	out := []byte(prefix)
	for _, b := range m.bytes(label, n-len(prefix)) {
		out = append(out, alphabet[int(b)%len(alphabet)])
	}
	return string(out)
}

// clientID has 48 letters and digits, clientSecret 64, token 28 (agreed: fixtures of rapid7/insightconnect-plugins).
func (m mint) clientID(label string) string { return m.text("client-id "+label, "MadeUp", alnum, 48) }

func (m mint) clientSecret(label string) string {
	return m.text("client-secret "+label, "MadeUp", alnum, 64)
}

func (m mint) token(label string) string { return m.text("token "+label, "", alnum, 28) }

// accessKey is 112 bytes as base64url without padding: 150 characters.
func (m mint) accessKey(label string) string {
	raw := base64.RawURLEncoding.EncodeToString(m.bytes("access-key "+label, 112))
	return "MadeUp-" + raw[7:]
}

// secretKey is 64 bytes as base64: 88 characters ending in ==.
func (m mint) secretKey(label string) string {
	raw := base64.StdEncoding.EncodeToString(m.bytes("secret-key "+label, 64))
	return "MadeUp/+" + raw[8:]
}

// userToken is 96 bytes as base64url: 128 characters.
func (m mint) userToken(label string) string {
	return base64.RawURLEncoding.EncodeToString(m.bytes("user-token "+label, 96))
}

// uuid has the shape of Application IDs and Application Keys.
func (m mint) uuid(label string) string {
	h := m.text("uuid "+label, "", hexes, 24)
	return fmt.Sprintf("facade00-%s-4%s-8%s-%s", h[0:4], h[4:7], h[7:10], h[10:22])
}

// objectID is an opaque id as Mimecast gives: base64url that begins with eN (zlib), never to be cut.
func (m mint) objectID(label string) string {
	return "eNo" + base64.RawURLEncoding.EncodeToString(m.bytes("object "+label, 110))
}

// code has six digits.
func (m mint) code(label string) string { return m.text("code "+label, "", digits, 6) }
