//go:build linux

package keyring

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"testing"

	"github.com/godbus/dbus/v5"

	"mimecred/credstore"
)

func TestJudgeBus(t *testing.T) {
	for name, want := range map[string]credstore.Kind{
		"org.freedesktop.Secret.Error.IsLocked":              credstore.Locked,
		"org.freedesktop.Secret.Error.NoSuchObject":          credstore.NoCollection,
		"org.freedesktop.DBus.Error.ServiceUnknown":          credstore.Unavailable,
		"org.freedesktop.DBus.Error.NameHasNoOwner":          credstore.Unavailable,
		"org.freedesktop.DBus.Error.Spawn.ChildExited":       credstore.Unavailable,
		"org.freedesktop.DBus.Error.AccessDenied":            credstore.Denied,
		"org.freedesktop.DBus.Error.NoReply":                 credstore.TimedOut,
		"org.freedesktop.DBus.Error.LimitsExceeded":          credstore.TooBig,
		"org.gnome.keyring.Error.Something":                  credstore.Broken,
		"org.freedesktop.DBus.Error.Failed":                  credstore.Broken,
		"org.freedesktop.DBus.Error.UnknownMethodOfNoObject": credstore.Broken,
	} {
		for _, err := range []error{dbus.Error{Name: name}, &dbus.Error{Name: name}} {
			if got := (native{}).Judge(t.Context(), err); got != want {
				t.Errorf("%T %s is judged %s, want %s", err, name, got, want)
			}
		}
	}
	// An error without a telling name is judged by its text.
	err := dbus.Error{Name: "org.freedesktop.DBus.Error.Failed", Body: []any{"Cannot create an item in a locked collection"}}
	if got := (native{}).Judge(t.Context(), err); got != credstore.Locked {
		t.Errorf("judged %s", got)
	}
}

func TestSocketOf(t *testing.T) {
	for address, want := range map[string]string{
		"unix:path=/run/user/1000/bus":                          "/run/user/1000/bus",
		"unix:path=/tmp/with%20space,guid=00ff":                 "/tmp/with space",
		"unix:guid=00ff,abstract=/tmp/dbus-x":                   "@/tmp/dbus-x",
		"unix:runtime=yes":                                      "",
		"unix:path=/bad%zz":                                     "",
		"tcp:host=localhost,port=1234":                          "",
		"unixexec:path=/usr/bin/systemd-stdio-bridge,argv1=-p1": "",
	} {
		if got := socketOf(address); got != want {
			t.Errorf("socketOf(%q) = %q, want %q", address, got, want)
		}
	}
}

func TestLook(t *testing.T) {
	dir := t.TempDir()
	socket := filepath.Join(dir, "bus")
	listener, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	noBus := filepath.Join(dir, "empty")
	if err := os.MkdirAll(filepath.Join(noBus, "bus"), 0o700); err != nil { // a directory is no socket
		t.Fatal(err)
	}
	for _, test := range []struct{ name, address, runtime, want string }{
		{"nothing set", "", "", "unavailable"},
		{"no socket in the runtime directory", "", noBus, "unavailable"},
		{"a socket in the runtime directory", "", dir, ""},
		{"autolaunch", "autolaunch:", "", "unavailable"},
		{"autolaunch and a socket", "autolaunch:", dir, ""},
		{"a live socket", "unix:path=" + socket, "", ""},
		{"a dead socket", "unix:path=" + dir + "/gone", dir, "unavailable"},
		{"no socket at all", "unix:path=" + file, dir, "unavailable"},
		{"the second of two", "unix:path=" + dir + "/gone;unix:path=" + socket, "", ""},
		{"another kind", "tcp:host=localhost,port=1", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Setenv(addressVariable, test.address)
			t.Setenv("XDG_RUNTIME_DIR", test.runtime)
			err := native{}.Look(t.Context())
			if got := string(credstore.KindOf(err)); got != test.want || (err != nil) != (test.want != "") {
				t.Errorf("Look() = %v, want kind %q", err, test.want)
			}
			if err == nil && test.runtime != "" && os.Getenv(addressVariable) != "unix:path="+dbus.EscapeBusAddressValue(socket) {
				t.Errorf("godbus is not told where the bus is: %s", os.Getenv(addressVariable))
			}
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := dial(ctx, "unix:path="+socket); err == nil || credstore.KindOf(err) != "" {
		t.Errorf("dial with a context that has ended: %v", err)
	}
}

// TestBusThatAcceptsAndSaysNothing is a bus daemon that hangs: looks end in time.
func TestBusThatAcceptsAndSaysNothing(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "bus")
	listener, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	t.Setenv(addressVariable, "unix:path="+socket)
	s := New(Options{})
	wantKind(t, s.Available(t.Context()), credstore.TimedOut)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := (native{}).Present(ctx); err == nil {
		t.Error("Present with a context that has ended says nothing")
	}
}
