package agefile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"filippo.io/age"

	"mimecred/client/secret"
	"mimecred/credstore"
)

// itemSchema is the schema of what an item's file has inside. A file of a newer one is left alone.
const itemSchema = 1

// envelope is what an item's file has inside. It has the name, so that a file that was given another one is noticed.
type envelope struct {
	Schema int    `json:"schema"`
	Name   string `json:"name"`
	Item   []byte `json:"item"`
}

// seal encrypts an item for the key.
func seal(key secret.Value, name string, item []byte) ([]byte, error) {
	text, err := json.Marshal(envelope{itemSchema, name, item})
	if err != nil {
		return nil, fmt.Errorf("encode the item: %w", err)
	}
	identity, err := parsed(key)
	if err != nil {
		return nil, err
	}
	return encrypt(text, identity.Recipient())
}

// encrypt gives text as an age file.
func encrypt(text []byte, to age.Recipient) ([]byte, error) {
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, to)
	if err == nil {
		_, err = w.Write(text)
		err = errors.Join(err, w.Close())
	}
	if err != nil {
		return nil, fmt.Errorf("encrypt: %w", err)
	}
	return sealed.Bytes(), nil
}

// unseal decrypts the file of the item name.
func unseal(key secret.Value, name string, sealed []byte) ([]byte, error) {
	identity, err := parsed(key)
	if err != nil {
		return nil, err
	}
	text, err := decrypt(sealed, identity)
	if err != nil {
		return nil, err
	}
	var e envelope
	if json.Unmarshal(text, &e) != nil || e.Schema < 1 {
		return nil, wrong(credstore.Foreign, "it is encrypted for this key, and what it has inside was not written by mimecred")
	}
	switch {
	case e.Schema > itemSchema:
		return nil, wrong(credstore.Damaged, fmt.Sprintf("its schema is %d and this mimecred knows up to %d: a newer mimecred wrote it", e.Schema, itemSchema))
	case e.Name != name:
		return nil, wrong(credstore.Foreign, "it is the file of "+e.Name+" under another name")
	case e.Item == nil:
		e.Item = []byte{}
	}
	return e.Item, nil
}

// The beginnings of age files: the version that is known here, and any.
const (
	ageVersion = "age-encryption.org/v1\n"
	anyAge     = "age-encryption.org/"
)

// looksWrong is an error for a file that cannot be opened, whatever the key.
func looksWrong(sealed []byte) error {
	switch n := min(len(sealed), len(ageVersion)); {
	case n == 0:
		return wrong(credstore.Damaged, "the file is empty")
	case string(sealed[:n]) == ageVersion:
		return nil
	case string(sealed[:n]) == ageVersion[:n]:
		return wrong(credstore.Damaged, "the file is cut off")
	case bytes.HasPrefix(sealed, []byte(anyAge)):
		return wrong(credstore.Damaged, "a newer age wrote the file")
	}
	return wrong(credstore.Foreign, "it is not a file of age")
}

// decrypt gives what an age file has inside. A passphrase or key that does not open it is an age.NoIdentityMatchError.
func decrypt(sealed []byte, with age.Identity) ([]byte, error) {
	if err := looksWrong(sealed); err != nil {
		return nil, err
	}
	r, err := age.Decrypt(bytes.NewReader(sealed), with)
	if err != nil {
		var none *age.NoIdentityMatchError
		if errors.As(err, &none) {
			return nil, &credstore.Error{Kind: credstore.Foreign, Store: Kind, Op: "decrypt", Err: errOtherKey{err}}
		}
		return nil, wrong(credstore.Damaged, "the file is damaged: "+err.Error())
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, wrong(credstore.Damaged, "the file is damaged or cut off: "+err.Error())
	}
	return text, nil
}

// errOtherKey says it in words, and keeps what age said.
type errOtherKey struct{ error }

func (errOtherKey) Error() string   { return "it is encrypted for another key" }
func (e errOtherKey) Unwrap() error { return e.error }

func wrong(kind credstore.Kind, why string) error {
	return &credstore.Error{Kind: kind, Store: Kind, Op: "decrypt", Err: errors.New(why)}
}
