package keyringtest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/godbus/dbus/v5"
)

const supported = true

// startWait is how long a daemon may need to answer; usually some 20 ms.
const startWait = 20 * time.Second

// password opens the login collection of every session.
const password = "correct horse battery staple"

// Session is a private D-Bus session, with gnome-keyring on it unless it was made without. Its methods may be called from
// any goroutine, one at a time.
type Session struct {
	dir     string
	address string
	bus     *daemon
	keyring *daemon
	// admin is a connection of the harness itself.
	admin *dbus.Conn

	closing sync.Once
}

// Start makes a session. The caller closes it.
func Start(options ...Option) (*Session, error) {
	c := config{provider: true, login: true}
	for _, o := range options {
		o(&c)
	}
	dir, err := os.MkdirTemp("", "keyring")
	if err != nil {
		return nil, fmt.Errorf("make a directory: %w", err)
	}
	s := &Session{dir: dir}
	if err := s.start(c); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

func (s *Session) start(c config) error {
	for _, d := range []string{"home", "run", "data", "config", "cache"} {
		if err := os.Mkdir(filepath.Join(s.dir, d), 0o700); err != nil {
			return fmt.Errorf("make a directory: %w", err)
		}
	}
	if err := s.startBus(); err != nil {
		return err
	}
	if !c.provider {
		return nil
	}
	return s.startKeyring(c.login)
}

// busConfig lets everybody on the bus talk to everybody: without that, replies are dropped and callers hang.
const busConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=%s</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

func (s *Session) startBus() error {
	file := filepath.Join(s.dir, "bus.conf")
	text := fmt.Sprintf(busConfig, filepath.Join(s.dir, "run", "bus"))
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		return fmt.Errorf("write the bus configuration: %w", err)
	}
	cmd := exec.Command("dbus-daemon", "--config-file="+file, "--print-address", "--nofork", "--nopidfile", "--nosyslog") //nolint:gosec,noctx // ends with the session
	out, err := cmd.StdoutPipe()
	if err != nil {
		return fmt.Errorf("start dbus-daemon: %w", err)
	}
	if s.bus, err = s.run(cmd); err != nil {
		return err
	}
	line, err := within(startWait, func() (string, error) { return bufio.NewReader(out).ReadString('\n') })
	if err != nil {
		return fmt.Errorf("read the address of dbus-daemon: %w (%s)", err, s.bus.said())
	}
	s.address = strings.TrimSpace(line)
	ctx, cancel := context.WithTimeout(context.Background(), startWait)
	defer cancel()
	s.admin, err = dbus.Connect(s.address)
	if err != nil {
		return fmt.Errorf("connect to dbus-daemon: %w", err)
	}
	match := []dbus.MatchOption{dbus.WithMatchInterface("org.freedesktop.DBus"), dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, secretService)}
	if err := s.admin.AddMatchSignalContext(ctx, match...); err != nil {
		return fmt.Errorf("listen on the bus: %w", err)
	}
	return nil
}

// startKeyring starts gnome-keyring. With the password it creates or opens the login collection; without, an existing one
// stays locked and none is created.
func (s *Session) startKeyring(withPassword bool) error {
	args := []string{"--foreground", "--components=secrets", "--control-directory=" + filepath.Join(s.dir, "run")}
	if withPassword {
		args = append(args, "--unlock")
	}
	cmd := exec.Command("gnome-keyring-daemon", args...) //nolint:gosec,noctx // ends with the session
	cmd.Stdin = strings.NewReader(password)
	if !withPassword {
		cmd.Stdin = nil
	}
	changed := make(chan *dbus.Signal, 16)
	s.admin.Signal(changed)
	defer s.admin.RemoveSignal(changed)
	var err error
	if s.keyring, err = s.run(cmd); err != nil {
		return err
	}
	timeout := time.After(startWait)
	for {
		owned, err := s.owned()
		if err != nil {
			return err
		}
		if owned {
			return nil
		}
		select {
		case <-changed:
		case <-s.keyring.gone:
			return fmt.Errorf("gnome-keyring-daemon ended: %s", s.keyring.said())
		case <-timeout:
			return fmt.Errorf("gnome-keyring-daemon did not answer: %s", s.keyring.said())
		}
	}
}

func (s *Session) owned() (bool, error) {
	var owned bool
	if err := s.admin.BusObject().Call("org.freedesktop.DBus.NameHasOwner", 0, secretService).Store(&owned); err != nil {
		return false, fmt.Errorf("ask for %s: %w", secretService, err)
	}
	return owned, nil
}

// Close ends everything and removes the session's directory.
func (s *Session) Close() {
	s.closing.Do(func() {
		if s.admin != nil {
			_ = s.admin.Close()
		}
		s.keyring.end()
		s.bus.end()
		_ = os.RemoveAll(s.dir)
	})
}

// Address is the bus's address, for DBUS_SESSION_BUS_ADDRESS.
func (s *Session) Address() string { return s.address }

// Env is the environment of a program that is to use this session and no other: the environment of this process, without
// a display, and with the session's bus and directories.
func (s *Session) Env() []string {
	var env []string
	own := append(s.busEnv(), "HOME="+filepath.Join(s.dir, "home"), "XDG_DATA_HOME="+filepath.Join(s.dir, "data"),
		"XDG_CONFIG_HOME="+filepath.Join(s.dir, "config"), "XDG_CACHE_HOME="+filepath.Join(s.dir, "cache"))
	for _, pair := range os.Environ() {
		name, _, _ := strings.Cut(pair, "=")
		switch name {
		case "DISPLAY", "WAYLAND_DISPLAY", "GNOME_KEYRING_CONTROL", "SSH_AUTH_SOCK", "DBUS_STARTER_ADDRESS", "DBUS_STARTER_BUS_TYPE",
			"DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME":
		default:
			env = append(env, pair)
		}
	}
	return append(env, own...)
}

// busEnv is what leads to the session's bus.
func (s *Session) busEnv() []string {
	return []string{"DBUS_SESSION_BUS_ADDRESS=" + s.address, "XDG_RUNTIME_DIR=" + filepath.Join(s.dir, "run")}
}

// Restart ends gnome-keyring, if it runs, and starts it again with the login collection open.
func (s *Session) Restart() error {
	if err := s.Remove(); err != nil {
		return err
	}
	return s.startKeyring(true)
}

// Remove ends gnome-keyring and leaves the bus without anybody who provides a keyring.
func (s *Session) Remove() error {
	changed := make(chan *dbus.Signal, 16)
	s.admin.Signal(changed)
	defer s.admin.RemoveSignal(changed)
	s.keyring.end()
	s.keyring = nil
	timeout := time.After(startWait)
	for {
		// The bus learns of the end a moment after the process is gone.
		owned, err := s.owned()
		if err != nil || !owned {
			return err
		}
		select {
		case <-changed:
		case <-timeout:
			return errors.New("somebody else provides a keyring on this bus")
		}
	}
}

// Stop makes gnome-keyring hang, as a daemon in trouble does: calls stay unanswered until Continue.
func (s *Session) Stop() error { return s.signal(syscall.SIGSTOP) }

// Continue ends what Stop began.
func (s *Session) Continue() error { return s.signal(syscall.SIGCONT) }

func (s *Session) signal(sig syscall.Signal) error {
	if s.keyring == nil {
		return errors.New("no gnome-keyring runs")
	}
	if err := s.keyring.cmd.Process.Signal(sig); err != nil {
		return fmt.Errorf("signal gnome-keyring-daemon: %w", err)
	}
	return nil
}

// run starts a daemon of the session. It dies with this process, however that ends.
func (s *Session) run(cmd *exec.Cmd) (*daemon, error) {
	d := &daemon{cmd: cmd, gone: make(chan struct{})}
	cmd.Env = s.Env()
	cmd.Dir = s.dir
	cmd.Stderr = &d.stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", cmd.Path, err)
	}
	go func() {
		_ = cmd.Wait()
		close(d.gone)
	}()
	return d, nil
}

// within waits for do, but not for ever.
func within(d time.Duration, do func() (string, error)) (string, error) {
	type result struct {
		text string
		err  error
	}
	done := make(chan result, 1)
	go func() {
		text, err := do()
		done <- result{text, err}
	}()
	select {
	case r := <-done:
		return r.text, r.err
	case <-time.After(d):
		return "", errors.New("no answer")
	}
}
