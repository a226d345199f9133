package export_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"mimecred/cmd/export"
)

func says(text string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	}
}

// wantFile also looks at the mode where there is one, and that nothing else was left in the folder.
func wantFile(t *testing.T, path, text string) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil || string(got) != text {
		t.Errorf("the file holds %q, %v, want %q", got, err, text)
	}
	info, err := os.Lstat(path)
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && info.Mode() != 0o600 {
		t.Errorf("the mode is %v, want a regular file of 0600", info.Mode())
	}
	wantAlone(t, filepath.Dir(path), 1)
}

func wantAlone(t *testing.T, folder string, want int) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != want {
		t.Errorf("the folder holds %v, %v, want %d", entries, err, want)
	}
}

func put(t *testing.T, path, text string, mode fs.FileMode) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}

func TestFileIsNewAndForItsOwnerAlone(t *testing.T) {
	t.Parallel()
	for _, force := range []bool{false, true} {
		path := filepath.Join(t.TempDir(), "acme.env")
		if err := export.File(path, force, says("secret")); err != nil {
			t.Fatal(err)
		}
		wantFile(t, path, "secret")
	}
}

func TestFileReplacesOnlyWhenForced(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "acme.env")
	put(t, path, "old", 0o600)
	err := export.File(path, false, says("new"))
	if refusal := wantRefusal(t, err); !errors.Is(err, fs.ErrExist) || !strings.Contains(refusal.Fix, "--force") {
		t.Errorf("got %v (%q)", err, refusal.Fix)
	}
	wantFile(t, path, "old")
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := export.File(path, true, says("new")); err != nil {
		t.Fatal(err)
	}
	wantFile(t, path, "new")
}

func TestFileKeepsWhatWasThereWhenWritingFails(t *testing.T) {
	t.Parallel()
	failed := errors.New("the writer gave up")
	half := func(w io.Writer) error {
		_, _ = io.WriteString(w, "half of a secret")
		return failed
	}
	folder := t.TempDir()
	path := filepath.Join(folder, "acme.env")
	for _, force := range []bool{false, true} {
		if err := export.File(path, force, half); !errors.Is(err, failed) {
			t.Errorf("got %v", err)
		}
		wantAlone(t, folder, 0)
	}
	put(t, path, "old", 0o600)
	if err := export.File(path, true, half); !errors.Is(err, failed) {
		t.Errorf("got %v", err)
	}
	wantFile(t, path, "old")
}

func TestFileThatVanishesOrIsClosedUnderTheWriter(t *testing.T) {
	t.Parallel()
	closing := func(w io.Writer) error { return w.(io.Closer).Close() }
	folder := t.TempDir()
	path := filepath.Join(folder, "acme.env")
	for _, force := range []bool{false, true} {
		err := export.File(path, force, closing)
		if refusal := wantRefusal(t, err); !strings.Contains(refusal.Text, path) {
			t.Errorf("got %v", err)
		}
		wantAlone(t, folder, 0)
	}
}

func TestFileThatSomebodyElseMakesMeanwhileIsTheirs(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "acme.env")
	err := export.File(path, false, func(w io.Writer) error {
		if err := export.File(path, false, says("second")); !errors.Is(err, fs.ErrExist) {
			t.Errorf("the second file: %v", err)
		}
		return says("first")(w)
	})
	if err != nil {
		t.Fatal(err)
	}
	wantFile(t, path, "first")
}

func TestFileNeverFollowsALink(t *testing.T) {
	t.Parallel()
	folder, elsewhere := t.TempDir(), filepath.Join(t.TempDir(), "elsewhere")
	put(t, elsewhere, "of somebody", 0o600)
	for name, target := range map[string]string{"link": elsewhere, "dangling": filepath.Join(folder, "nowhere")} {
		link := filepath.Join(folder, name)
		if err := os.Symlink(target, link); err != nil {
			t.Skip("no symbolic links for this user on this system:", err)
		}
		for _, force := range []bool{false, true} {
			err := export.File(link, force, says("secret"))
			if refusal := wantRefusal(t, err); !strings.Contains(refusal.Text, "symbolic link") {
				t.Errorf("%s: %v", name, err)
			}
		}
		if got, err := os.Readlink(link); err != nil || got != target {
			t.Errorf("the link is %q, %v now", got, err)
		}
	}
	wantFile(t, elsewhere, "of somebody")
	if _, err := os.Lstat(filepath.Join(folder, "nowhere")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the target of the dangling link: %v", err)
	}
}

func TestFileSaysWhatIsInTheWay(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := filepath.Join(folder, "file")
	put(t, file, "", 0o600)
	for path, want := range map[string]string{
		"":                                    "has no name",
		folder:                                folder + " is a folder",
		filepath.Join(folder, "none", "x"):    "there is no folder " + filepath.Join(folder, "none"),
		filepath.Join(file, "x"):              file + " is no folder",
		filepath.Join(folder, "nul\x00", "x"): "could not reach the folder of",
		filepath.Join(folder, "nul\x00"):      "could not look at",
		filepath.Join(file, "x", "y"):         "could not reach the folder of",
	} {
		if runtime.GOOS == "windows" && strings.HasPrefix(want, "could not reach") {
			continue // the system's words differ there
		}
		for _, force := range []bool{false, true} {
			err := export.File(path, force, says("secret"))
			if refusal := wantRefusal(t, err); !strings.Contains(refusal.Text, want) {
				t.Errorf("%q: got %q, want %q", path, refusal.Text, want)
			}
		}
	}
	wantAlone(t, folder, 1)
}
