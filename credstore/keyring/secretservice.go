//go:build (dragonfly && cgo) || (freebsd && cgo) || linux || netbsd || openbsd

package keyring

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/godbus/dbus/v5"

	"mimecred/client/showable"
	"mimecred/credstore"
)

const (
	// addressVariable names the session bus; godbus reads it too.
	addressVariable = "DBUS_SESSION_BUS_ADDRESS"
	// busWait is how long a look at the bus may last. A bus that lives answers within a millisecond.
	busWait = time.Second

	secretService = "org.freedesktop.secrets"
	secretPath    = "/org/freedesktop/secrets"
)

// Look implements system. Without a session bus go-keyring would start one, and a keyring on it, that nobody ever stops:
// so it is not called then.
func (native) Look(ctx context.Context) error {
	address, err := busAddress()
	if err != nil {
		return err
	}
	return dial(ctx, address)
}

// busAddress finds the session bus the way the specification says: the variable, or the socket in $XDG_RUNTIME_DIR. godbus
// looks for that socket elsewhere, so it is told.
func busAddress() (string, error) {
	if address := os.Getenv(addressVariable); address != "" && address != "autolaunch:" {
		return address, nil
	}
	if dir := os.Getenv("XDG_RUNTIME_DIR"); filepath.IsAbs(dir) { // a relative one counts as none, as its specification says
		socket := filepath.Join(dir, "bus")
		if info, err := os.Stat(socket); err == nil && info.Mode()&os.ModeSocket != 0 { //nolint:gosec // the directory is the person's own
			address := "unix:path=" + dbus.EscapeBusAddressValue(socket)
			if err := os.Setenv(addressVariable, address); err != nil {
				return "", fmt.Errorf("set %s: %w", addressVariable, err)
			}
			return address, nil
		}
	}
	return "", unavailable(errors.New("there is no session bus: " + addressVariable + " is not set and $XDG_RUNTIME_DIR/bus is no socket"))
}

// dial tells whether somebody listens at one of the address's sockets. Addresses that are no sockets are left to godbus.
func dial(ctx context.Context, address string) error {
	var failed error
	for one := range strings.SplitSeq(address, ";") {
		socket := socketOf(one)
		if socket == "" {
			return nil
		}
		dialer := net.Dialer{Timeout: busWait}
		conn, err := dialer.DialContext(ctx, "unix", socket)
		if err == nil {
			_ = conn.Close()
			return nil
		}
		if ctx.Err() != nil {
			return fmt.Errorf("dial the session bus: %w", ctx.Err())
		}
		failed = err
	}
	return unavailable(fmt.Errorf("the session bus does not answer: %w", failed))
}

// socketOf is the unix socket of a bus address, "" when it is of another kind.
func socketOf(address string) string {
	keys, ok := strings.CutPrefix(address, "unix:")
	if !ok {
		return ""
	}
	for pair := range strings.SplitSeq(keys, ",") {
		key, value, _ := strings.Cut(pair, "=")
		value, err := url.PathUnescape(value)
		if err != nil {
			return ""
		}
		switch key {
		case "path":
			return value
		case "abstract":
			return "@" + value
		}
	}
	return ""
}

func unavailable(err error) error {
	return &credstore.Error{Kind: credstore.Unavailable, Store: Kind, Op: "find the session bus", Err: err}
}

// Present implements system: a keyring service runs, or the bus knows how to start one.
func (native) Present(ctx context.Context) error {
	return onBus(ctx, func(conn *dbus.Conn) error {
		var runs bool
		if err := conn.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.NameHasOwner", 0, secretService).Store(&runs); err != nil {
			return fmt.Errorf("ask the session bus for a keyring: %w", err)
		}
		if runs {
			return nil
		}
		var names []string
		if err := conn.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.ListActivatableNames", 0).Store(&names); err != nil {
			return fmt.Errorf("ask the session bus for a keyring: %w", err)
		}
		for _, name := range names {
			if name == secretService {
				return nil
			}
		}
		return unavailable(errors.New("no keyring service runs in this session, and none is installed that would start"))
	})
}

// onBus gives look a connection of its own, for busWait at most.
func onBus(ctx context.Context, look func(*dbus.Conn) error) error {
	ctx, cancel := context.WithTimeout(ctx, busWait)
	defer cancel()
	done := make(chan error, 1)
	go func() {
		conn, err := dbus.Connect(os.Getenv(addressVariable), dbus.WithContext(ctx))
		if err != nil {
			done <- fmt.Errorf("connect to the session bus: %w", err)
			return
		}
		defer func() { _ = conn.Close() }()
		done <- look(conn)
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return fmt.Errorf("wait for the session bus: %w", ctx.Err())
	}
}

// Responds implements system: it pings the service that has the keyring's name, which answers while it asks the person.
func (native) Responds(ctx context.Context) error {
	found := make(chan string, 1) // the look may go on after nobody waits for it
	err := onBus(ctx, func(conn *dbus.Conn) error {
		var owner string
		if err := conn.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.GetNameOwner", 0, secretService).Store(&owner); err != nil {
			return fmt.Errorf("ask the session bus for a keyring: %w", err)
		}
		found <- "the keyring service" + processOf(ctx, conn, owner)
		call := conn.Object(owner, secretPath).CallWithContext(ctx, "org.freedesktop.DBus.Peer.Ping", dbus.FlagNoAutoStart)
		if call.Err != nil {
			return fmt.Errorf("ping the keyring service: %w", call.Err)
		}
		return nil
	})
	if errors.Is(err, context.DeadlineExceeded) {
		select {
		case who := <-found:
			return &credstore.NoAnswerError{Who: who}
		default:
			return &credstore.NoAnswerError{Who: theBus}
		}
	}
	return nil // an error that came is an answer as well
}

// processOf names the process behind a name on the bus, as far as the system tells, in brackets.
func processOf(ctx context.Context, conn *dbus.Conn, owner string) string {
	var pid uint32
	if err := conn.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.GetConnectionUnixProcessID", 0, owner).Store(&pid); err != nil || pid == 0 {
		return ""
	}
	words := fmt.Sprintf("process %d", pid)
	// The program file of gnome-keyring-daemon cannot be looked up, because it has a capability; its command line can be.
	if line, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid)); err == nil && len(line) > 0 {
		program, _, _ := strings.Cut(string(line), "\x00")
		words = showable.Line(filepath.Base(program)) + ", " + words
	}
	return " (" + words + ")"
}

// Locked tells whether the default collection is there and locked. It may start the keyring service, and prompts nobody.
func (native) Locked(ctx context.Context) bool {
	locked := false
	_ = onBus(ctx, func(conn *dbus.Conn) error {
		var path dbus.ObjectPath
		call := conn.Object(secretService, secretPath).CallWithContext(ctx, "org.freedesktop.Secret.Service.ReadAlias", 0, "default")
		if err := call.Store(&path); err != nil || path == "/" || path == "" {
			return err //nolint:wrapcheck // nobody reads it
		}
		v, err := conn.Object(secretService, path).GetProperty("org.freedesktop.Secret.Collection.Locked")
		if err == nil {
			locked, _ = v.Value().(bool)
		}
		return err //nolint:wrapcheck // nobody reads it
	})
	return locked
}

// judgeNative knows the names of D-Bus errors.
func judgeNative(ctx context.Context, err error) credstore.Kind {
	if strings.Contains(err.Error(), "failed to unlock correct collection '/org/freedesktop/secrets/aliases/default'") {
		return collectionKind(ctx)
	}
	var failed dbus.Error
	if p := (*dbus.Error)(nil); errors.As(err, &p) && p != nil {
		failed = *p
	} else if !errors.As(err, &failed) {
		return ""
	}
	return busKind(failed.Name)
}

// busKind is what an error name of D-Bus means; "" leaves it to the text.
func busKind(name string) credstore.Kind {
	switch name {
	case "org.freedesktop.Secret.Error.IsLocked":
		return credstore.Locked
	case "org.freedesktop.Secret.Error.NoSuchObject":
		return credstore.NoCollection
	case "org.freedesktop.DBus.Error.ServiceUnknown", "org.freedesktop.DBus.Error.NameHasNoOwner",
		"org.freedesktop.DBus.Error.Disconnected", "org.freedesktop.DBus.Error.NoServer":
		return credstore.Unavailable
	case "org.freedesktop.DBus.Error.AccessDenied", "org.freedesktop.DBus.Error.AuthFailed":
		return credstore.Denied
	case "org.freedesktop.DBus.Error.NoReply", "org.freedesktop.DBus.Error.Timeout", "org.freedesktop.DBus.Error.TimedOut":
		return credstore.TimedOut
	case "org.freedesktop.DBus.Error.LimitsExceeded":
		return credstore.TooBig
	}
	if strings.HasPrefix(name, "org.freedesktop.DBus.Error.Spawn.") {
		return credstore.Unavailable
	}
	return ""
}

// collectionKind tells a default collection that stays locked from one that is not there; go-keyring's text is the same.
func collectionKind(ctx context.Context) credstore.Kind {
	kind := credstore.NoCollection
	err := onBus(ctx, func(conn *dbus.Conn) error {
		var path dbus.ObjectPath
		call := conn.Object(secretService, secretPath).CallWithContext(ctx, "org.freedesktop.Secret.Service.ReadAlias", 0, "default")
		if err := call.Store(&path); err != nil {
			return fmt.Errorf("ask for the default collection: %w", err)
		}
		if path != "/" && path != "" {
			kind = credstore.Locked
		}
		return nil
	})
	if errors.Is(err, context.DeadlineExceeded) {
		return credstore.TimedOut
	}
	return kind
}
