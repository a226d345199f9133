package keyringtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"

	"github.com/godbus/dbus/v5"
)

const (
	secretService = "org.freedesktop.secrets"
	servicePath   = dbus.ObjectPath("/org/freedesktop/secrets")
	loginPath     = dbus.ObjectPath("/org/freedesktop/secrets/collection/login")
	service       = "org.freedesktop.Secret.Service"
	// internal is gnome-keyring's own interface for opening a collection without asking anybody.
	internal = "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"
)

// Lock locks the login collection.
func (s *Session) Lock() error {
	var locked []dbus.ObjectPath
	var prompt dbus.ObjectPath
	if err := s.call(service+".Lock", []dbus.ObjectPath{loginPath}).Store(&locked, &prompt); err != nil {
		return fmt.Errorf("lock the login collection: %w", err)
	}
	if len(locked) != 1 {
		return errors.New("lock the login collection: it stayed open")
	}
	return nil
}

// Unlock unlocks the login collection.
func (s *Session) Unlock() error {
	var ignored dbus.Variant
	var session dbus.ObjectPath
	if err := s.call(service+".OpenSession", "plain", dbus.MakeVariant("")).Store(&ignored, &session); err != nil {
		return fmt.Errorf("open a session: %w", err)
	}
	master := struct {
		Session    dbus.ObjectPath
		Parameters []byte
		Value      []byte
		Type       string
	}{session, []byte{}, []byte(password), "text/plain"}
	if err := s.call(internal+".UnlockWithMasterPassword", loginPath, master).Err; err != nil {
		return fmt.Errorf("unlock the login collection: %w", err)
	}
	return nil
}

func (s *Session) call(method string, args ...any) *dbus.Call {
	ctx, cancel := context.WithTimeout(context.Background(), startWait)
	defer cancel()
	return s.admin.Object(secretService, servicePath).CallWithContext(ctx, method, 0, args...)
}

// Lookup gives the item of a profile as secret-tool reads it, or ErrNoItem.
func (s *Session) Lookup(profile string) (string, error) {
	out, stderr, err := s.secretTool("lookup", profile)
	if err != nil && stderr == "" {
		return "", ErrNoItem // secret-tool ends with 1 and says nothing
	}
	if err != nil {
		return "", fmt.Errorf("secret-tool lookup: %w: %s", err, stderr)
	}
	return out, nil
}

// Search gives what secret-tool prints about the item of a profile, or ErrNoItem.
func (s *Session) Search(profile string) (string, error) {
	out, stderr, err := s.secretTool("search", profile)
	if err != nil {
		return "", fmt.Errorf("secret-tool search: %w: %s", err, stderr)
	}
	if out == "" {
		return "", ErrNoItem
	}
	return out + stderr, nil // the attributes are printed to standard error
}

func (s *Session) secretTool(verb, profile string) (stdout, stderr string, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), startWait)
	defer cancel()
	cmd := exec.CommandContext(ctx, "secret-tool", verb, "service", "mimecred", "username", profile) //nolint:gosec // a fixed program
	cmd.Env = s.Env()
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	err = cmd.Run()
	return out.String(), strings.TrimSpace(complaint.String()), err
}
