package agefile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"filippo.io/age"

	"mimecred/client/secret"
	"mimecred/credstore"
)

// keyFileName is the file that tells whom the items are encrypted for.
const keyFileName = "store.json"

// keySchema is the schema of store.json. A file of a newer one is left alone.
const keySchema = 1

// keyFile is what store.json has.
type keyFile struct {
	Schema int `json:"schema"`
	// Recipient is the X25519 recipient of every item.
	Recipient string `json:"recipient"`
	// Key is its identity, encrypted with a passphrase; empty when the person keeps it in a file.
	Key []byte `json:"key,omitempty"`
}

// keyFile reads store.json; false when there is none yet.
func (s *Store) keyFile(op string) (k keyFile, there bool, err error) {
	text, err := s.folder.Load(op, keyFileName, largestFile)
	if errors.Is(err, fs.ErrNotExist) {
		return keyFile{}, false, nil
	}
	if err != nil {
		return keyFile{}, false, fmt.Errorf("read the key: %w", err)
	}
	path := s.folder.Path(keyFileName)
	if err := json.Unmarshal(text, &k); err != nil || k.Schema < 1 {
		return keyFile{}, false, wrong(credstore.Damaged, path+" is damaged: put it back from a backup, the items cannot be opened without it")
	}
	if k.Schema > keySchema {
		return keyFile{}, false, wrong(credstore.Damaged, fmt.Sprintf("the schema of %s is %d and this mimecred knows up to %d: a newer mimecred wrote it", path, k.Schema, keySchema))
	}
	if _, err := age.ParseX25519Recipient(k.Recipient); err != nil {
		return keyFile{}, false, wrong(credstore.Damaged, path+" is damaged: it names no recipient")
	}
	return k, true, nil
}

// saveKeyFile replaces store.json and reads it back.
func (s *Store) saveKeyFile(op string, k keyFile) error {
	text, err := json.Marshal(k)
	if err != nil {
		return fmt.Errorf("encode the key: %w", err)
	}
	text = append(text, '\n')
	if err := s.folder.Save(op, keyFileName, text); err != nil {
		return fmt.Errorf("write the key: %w", err)
	}
	if got, err := s.folder.Load(op, keyFileName, largestFile); err != nil || !bytes.Equal(got, text) {
		return &credstore.Error{Kind: credstore.Mismatch, Store: Kind, Op: op, Err: errors.Join(errors.New("the key that was read back is not what was written"), err)}
	}
	return nil
}

// lock encrypts an identity with a passphrase.
func (s *Store) lock(identity, passphrase secret.Value) (keyFile, error) {
	parsed, err := parsed(identity)
	if err != nil {
		return keyFile{}, err
	}
	r, err := age.NewScryptRecipient(passphrase.Reveal())
	if err != nil {
		return keyFile{}, fmt.Errorf("use the passphrase: %w", err)
	}
	r.SetWorkFactor(s.options.WorkFactor)
	sealed, err := encrypt([]byte(identity.Reveal()), r)
	return keyFile{keySchema, parsed.Recipient().String(), sealed}, err
}

// openWith decrypts the identity in k with a passphrase.
func (k keyFile) openWith(passphrase secret.Value) (secret.Value, error) {
	i, err := age.NewScryptIdentity(passphrase.Reveal())
	if err != nil {
		return secret.Value{}, errWrongPassphrase()
	}
	text, err := decrypt(k.Key, i)
	var none *age.NoIdentityMatchError
	if errors.As(err, &none) {
		return secret.Value{}, errWrongPassphrase()
	}
	if err != nil {
		return secret.Value{}, fmt.Errorf("open the key: %w", err)
	}
	key := secret.New(string(text))
	if identity, err := parsed(key); err != nil || identity.Recipient().String() != k.Recipient {
		return secret.Value{}, wrong(credstore.Damaged, "the key of the store is not that of its recipient")
	}
	return key, nil
}

func errWrongPassphrase() error {
	return &credstore.Error{Kind: credstore.WrongPassphrase, Store: Kind, Op: "open the key", Err: errors.New("the passphrase is wrong")}
}

// parsed is the identity that a text is.
func parsed(key secret.Value) (*age.X25519Identity, error) {
	identity, err := age.ParseX25519Identity(key.Reveal())
	if err != nil {
		return nil, wrong(credstore.Damaged, "the key is none of age's")
	}
	return identity, nil
}

// identityOf finds the first identity in the content of an identity file that fits; the zero Value when none does.
func identityOf(file secret.Value, fits func(*age.X25519Identity) bool) (secret.Value, error) {
	text := file.Reveal()
	if strings.HasPrefix(text, anyAge) || strings.HasPrefix(text, "-----BEGIN AGE") {
		return secret.Value{}, wrong(credstore.Locked, "the identity file is itself encrypted; age -d decrypts it")
	}
	found := false
	for line := range strings.Lines(text) {
		key := secret.New(strings.TrimSpace(line))
		identity, err := parsed(key)
		if err != nil {
			continue
		}
		if found = true; fits(identity) {
			return key, nil
		}
	}
	if !found {
		return secret.Value{}, wrong(credstore.Locked, "the identity file has no line that begins with AGE-SECRET-KEY-1, as age-keygen writes it")
	}
	return secret.Value{}, nil
}
