package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"time"

	"mimecred/client"
	"mimecred/client/localfile"
	"mimecred/client/secret"
	"mimecred/client/showable"
	"mimecred/credstore"
	"mimecred/credstore/agefile"
	"mimecred/credstore/keyring"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/step"
)

// app is what commands are given: the streams, the environment, the global flags, and makers of everything that costs
// something. Nothing is made before it is asked for.
type app struct {
	std streams
	env func(string) string
	now func() time.Time
	// goos is the system as Go calls it; tests are on others.
	goos  string
	flags globals
	// storeAsked is set when the store was named on the command line and not in the environment.
	storeAsked bool

	// pause waits, unless ctx ends first; tests do not.
	pause func(ctx context.Context, d time.Duration) error
	// calling are further options of every client; tests lose replies with them.
	calling []client.Option

	// writing guards the streams that are written to: profiles are tested at the same time, and each may have something to note.
	writing sync.Mutex
	// hurried is set when a signal came and what is written is not waited for.
	hurried bool

	logFile *logFile
	// unwritten is the first failure to write what was asked for.
	unwritten error
	// changing is set for a command that changes something: it goes on when nobody reads what it prints any more.
	changing bool
	// toldShared is set when it was said that others may write to the folder of the list.
	toldShared bool
	// toldFiles are the files of which it was said that others may read them.
	toldFiles []string
	logger    *slog.Logger
	index     *credstore.Index
	vault     *credstore.Vault
	ring      *keyring.Store
	sealed    *agefile.Store
	// workFactor is that of a new passphrase; 0 for the usual one. Tests have a lower one.
	workFactor int
	// passphrases lead the question for a passphrase to the wizard while that runs.
	passphrases step.Passphrases
	// given is what --passphrase-fd gave, which can be read once, until that has opened the files.
	given *secret.Value
}

// globals are the flags that every command has.
type globals struct {
	store string
	// passphraseFD is the descriptor that has the passphrase of the encrypted files, -1 for none; identity is the file that has
	// their key.
	passphraseFD int
	identity     string
	config       string
	logFile      string
	output       string
	noColor      bool
	plain        bool
	quiet        bool
	version      bool
}

// The stores of --store.
const (
	storeKeyring = "keyring"
	storeFile    = agefile.Kind
	storeMemory  = credstore.MemoryKind
)

// storeNames are those that --store accepts.
func storeNames() []string { return []string{storeKeyring, storeFile, storeMemory} }

func newApp(std streams, env func(string) string) *app {
	return &app{std: std, env: env, flags: globals{passphraseFD: -1}, now: time.Now, goos: runtime.GOOS, pause: sleep, logger: slog.New(slog.DiscardHandler)}
}

// begin is what every command begins with.
func (a *app) begin(command string) error {
	a.changing = changes(command)
	return a.readFlags()
}

// readFlags checks the global flags and fills in the environment's values. It opens nothing but the log.
func (a *app) readFlags() error {
	if a.storeAsked = a.flags.store != ""; !a.storeAsked {
		a.flags.store = a.env("MIMECRED_STORE")
	}
	if a.flags.store != "" && !slices.Contains(storeNames(), a.flags.store) {
		return usage(fmt.Errorf("there is no store %q", a.flags.store), oneOf(a.flags.store, "the stores are: ", storeNames())...)
	}
	if err := a.usableFD(); err != nil {
		return err
	}
	if a.flags.config == "" {
		a.flags.config = a.env("MIMECRED_CONFIG")
	}
	if a.flags.identity == "" {
		a.flags.identity = a.env("MIMECRED_IDENTITY_FILE")
	}
	if a.flags.logFile == "" {
		return nil
	}
	f, err := localfile.Append(a.flags.logFile)
	if err != nil {
		return usagef("open the file of --log: %w", err)
	}
	a.logFile = &logFile{File: f}
	a.logger = slog.New(slog.NewTextHandler(a.logFile, &slog.HandlerOptions{Level: slog.LevelDebug}))
	return nil
}

// close gives back what was opened. It can be called more than once.
func (a *app) close() {
	if a.vault != nil {
		a.vault.Close()
	}
	if a.logFile != nil {
		_ = a.logFile.Close()
	}
}

// storeKind is where new profiles go.
func (a *app) storeKind() string {
	if a.flags.store == "" {
		return storeKeyring
	}
	return a.flags.store
}

// storeOf is where a set-up of that name goes: to where the profile is kept, when there is one, whatever was asked for.
func (a *app) storeOf(name string) string {
	if index, err := a.openIndex(); err == nil {
		if e, known, err := index.Get(name); err == nil {
			return lifecycle.StoreFor(a.storeKind(), e, known)
		}
	}
	return a.storeKind()
}

// configDir is where the index of profiles lies.
func (a *app) configDir() (string, error) {
	if a.flags.config != "" {
		return a.flags.config, nil
	}
	if runtime.GOOS != "windows" && runtime.GOOS != "darwin" {
		return a.xdgConfig()
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", usage(fmt.Errorf("find the folder for settings: %w", err), "name one with --config or MIMECRED_CONFIG")
	}
	return filepath.Join(dir, "mimecred"), nil
}

// xdgConfig is the folder that the XDG Base Directory Specification names. A relative path counts as none, as it says.
func (a *app) xdgConfig() (string, error) {
	if dir := a.env("XDG_CONFIG_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "mimecred"), nil
	}
	if home := a.env("HOME"); home != "" {
		return filepath.Join(home, ".config", "mimecred"), nil
	}
	return "", usage(errors.New("find the folder for settings: neither XDG_CONFIG_HOME nor HOME is set"), "name one with --config or MIMECRED_CONFIG")
}

// openIndex gives the list of profiles. That of the memory store ends with the program, like the store.
func (a *app) openIndex() (*credstore.Index, error) {
	if a.index != nil {
		return a.index, nil
	}
	if a.flags.store == storeMemory {
		a.index = credstore.NewMemoryIndex()
		return a.index, nil
	}
	dir, err := a.configDir()
	if err != nil {
		return nil, err
	}
	a.index = credstore.NewIndex(dir)
	return a.index, nil
}

// openVault gives the vault with every store, or with the memory alone when that was asked for. Making it touches no store.
func (a *app) openVault() (*credstore.Vault, error) {
	if a.vault != nil {
		return a.vault, nil
	}
	index, err := a.openIndex()
	if err != nil {
		return nil, err
	}
	if a.flags.store == storeMemory {
		a.vault = credstore.NewVault(index, a.now, credstore.NewMemory())
	} else {
		sealed, err := a.encrypted()
		if err != nil {
			return nil, err
		}
		a.vault = credstore.NewVault(index, a.now, a.keyring(), sealed, credstore.NewMemory())
	}
	return a.vault, nil
}

// keyring gives the OS keyring. Making it touches nothing.
func (a *app) keyring() *keyring.Store {
	if a.ring == nil {
		a.ring = keyring.New(keyring.Options{})
	}
	return a.ring
}

// dial makes a client for an endpoint that was given.
func (a *app) dial(e client.Endpoint) (*client.Client, error) {
	c, err := a.client(e)
	if err != nil {
		return nil, usage(err)
	}
	return c, nil
}

// dialSaved makes a client for a saved profile. Its endpoint was fine once, so that what is wrong with it now, such as a CA
// file that is gone, is no matter of the command line.
func (a *app) dialSaved(p credstore.Profile) (*client.Client, error) {
	c, err := a.client(p.Endpoint)
	if err != nil {
		hint := "mimecred setup " + p.Name + " changes the connection"
		if p.Endpoint.CAFile != "" {
			hint = "the profile trusts the CA file " + p.Endpoint.CAFile + ": put it back, or " + hint
		}
		return nil, &failure{code: exitUnjudged, err: err, hints: []string{hint}}
	}
	return c, nil
}

func (a *app) client(e client.Endpoint) (*client.Client, error) {
	options := []client.Option{client.WithClock(a.now), client.WithLogger(a.logger), client.WithUserAgent("mimecred/" + thisBuild().Version)}
	c, err := client.New(e, append(options, a.calling...)...)
	if err != nil {
		return nil, fmt.Errorf("connect to %s: %w", e.BaseURL, err)
	}
	return c, nil
}

// waiting makes a context that says on standard error when a store waits to be unlocked.
func (a *app) waiting(ctx context.Context) context.Context {
	return credstore.OnWaiting(ctx, a.sayWaiting)
}

// sayWaiting says that a store waits for the person.
func (a *app) sayWaiting(w credstore.Waiting) {
	a.say("waiting for %s until %s (ctrl+c stops)", w.What, w.Until.Format("15:04:05"))
}

// entries lists the profiles. A list that was damaged and could be rebuilt is told about and used.
func (a *app) entries() ([]credstore.Entry, error) {
	index, err := a.openIndex()
	if err != nil {
		return nil, err
	}
	if dir := index.Shared(); dir != "" && !a.toldShared {
		a.toldShared = true
		a.say("warning: the group of the folder %s may write to it", dir)
		a.say("hint: chmod 700 %s ends that", dir)
	}
	list, err := index.All()
	if err != nil && list != nil {
		a.say("warning: %s", oneLine(err.Error()))
		err = nil
	}
	return list, err
}

// entry finds a profile in the index.
func (a *app) entry(name string) (credstore.Entry, error) {
	index, err := a.openIndex()
	if err != nil {
		return credstore.Entry{}, err
	}
	entry, found, err := index.Get(name)
	if err != nil {
		return entry, err
	}
	if !found {
		return entry, usage(fmt.Errorf("there is no profile %q", name), a.profilesMeant(name)...)
	}
	return entry, nil
}

// find is entry, also where the list cannot know: when the list of profiles is gone, or what is left of it was read from a damaged
// file, when there is an encrypted file of that name, or when --store names a store, the stores are asked for the name, which puts the
// profile on the list. Otherwise the list is believed, so that a misspelt name asks nobody to unlock anything.
func (a *app) find(ctx context.Context, name string) (credstore.Entry, error) {
	entry, missing := a.entry(name)
	if missing == nil {
		return entry, nil
	}
	list, err := a.entries()
	believed := len(list) > 0 && !a.index.Rebuilt() && !a.storeAsked && !slices.Contains(a.unlistedFiles(list), name)
	if err != nil || believed || credstore.ValidName(name) != nil {
		return entry, missing
	}
	vault, err := a.openVault()
	if err != nil {
		return entry, err
	}
	if _, err := vault.Load(a.waiting(ctx), name); err != nil {
		a.logger.DebugContext(ctx, "no profile found without a list", "profile", name, "kind", credstore.KindOf(err))
		if credstore.KindOf(err) != credstore.NotFound {
			return entry, err // whether there is such a profile is not known
		}
		return entry, missing
	}
	return a.entry(name)
}

// say writes a line to standard error, broken between words where a terminal is narrower. Elsewhere it stays whole, for grep.
func (a *app) say(format string, args ...any) {
	a.writing.Lock()
	defer a.writing.Unlock()
	text := showable.Lines(fmt.Sprintf(format, args...))
	fmt.Fprintln(a.std.err, advice(text, a.look(a.std.err).columns))
}

// note says what is good to know, unless -q.
func (a *app) note(format string, args ...any) {
	if !a.flags.quiet {
		a.say(format, args...)
	}
}

// noteCommand is note for a command to copy, which stays whole.
func (a *app) noteCommand(format string, args ...any) {
	if a.flags.quiet {
		return
	}
	a.writing.Lock()
	defer a.writing.Unlock()
	fmt.Fprintln(a.std.err, showable.Line(fmt.Sprintf(format, args...)))
}

// print writes what was asked for.
func (a *app) print(text string) error {
	_, err := io.WriteString(a.output(), text)
	return err
}
