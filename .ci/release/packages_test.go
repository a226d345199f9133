package release_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"io"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// archive looks into an archive: the program, its licence, its manual page and its completions, and nothing that belongs to whoever
// built it.
func archive(t *testing.T, file string) {
	t.Helper()
	program := "mimecred"
	var files map[string][]byte
	if strings.HasSuffix(file, ".zip") {
		program, files = "mimecred.exe", zipped(t, file)
	} else {
		files = tarred(t, []byte(read(t, file)))
	}
	have := map[string][]byte{}
	for name, content := range files {
		_, inside, _ := strings.Cut(name, "/") // all is in one folder
		have[inside] = content
	}
	for _, name := range []string{
		program, "LICENSE", "README.md", "docs/cli.md", "mimecred.1",
		"completions/mimecred.bash", "completions/_mimecred", "completions/mimecred.fish", "completions/mimecred.ps1",
	} {
		if len(have[name]) == 0 {
			t.Errorf("%s has no %s: %v", filepath.Base(file), name, slices.Sorted(maps.Keys(files)))
		}
	}
	if home, err := filepath.Abs(root); err != nil || bytes.Contains(have[program], []byte(home)) {
		t.Errorf("%s names the folder it was built in (%v)", program, err)
	}
}

// tarred are the files of a compressed archive; of several that follow each other, too, as an apk is made.
func tarred(t *testing.T, data []byte) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	compressed := bytes.NewReader(data)
	for compressed.Len() > 0 {
		plain, err := gzip.NewReader(compressed)
		if err != nil {
			t.Fatal(err)
		}
		plain.Multistream(false)
		for archive := tar.NewReader(plain); ; {
			h, err := archive.Next()
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				break // the parts of an apk have no end of their own
			}
			if err != nil {
				t.Fatal(err)
			}
			content, err := io.ReadAll(archive)
			if err != nil {
				t.Fatal(err)
			}
			if h.Typeflag == tar.TypeReg {
				files[h.Name] = content
			}
		}
		if _, err := io.Copy(io.Discard, plain); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

func zipped(t *testing.T, file string) map[string][]byte {
	t.Helper()
	archive, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	files := map[string][]byte{}
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// installedFiles are what a package puts on a machine.
func installedFiles() []string {
	return []string{
		"usr/bin/mimecred", "usr/share/bash-completion/completions/mimecred", "usr/share/doc/mimecred/copyright",
		"usr/share/fish/vendor_completions.d/mimecred.fish", "usr/share/man/man1/mimecred.1.gz", "usr/share/mimecred/mimecred.ps1",
		"usr/share/zsh/site-functions/_mimecred",
	}
}

// packed looks at what a package would install.
func packed(t *testing.T, kind, file string) {
	t.Helper()
	var have []string
	switch kind {
	case "deb":
		have = debFiles(t, file)
	case "rpm":
		have = rpmFiles(t, []byte(read(t, file)))
	case "apk":
		have = slices.Collect(maps.Keys(tarred(t, []byte(read(t, file)))))
		have = slices.DeleteFunc(have, func(name string) bool { return strings.HasPrefix(name, ".") })
	}
	slices.Sort(have)
	if !slices.Equal(have, installedFiles()) {
		t.Errorf("%s installs %v, want %v", filepath.Base(file), have, installedFiles())
	}
}

// debFiles reads the members of a Debian package: an ar archive (deb(5)) with the files in data.tar.gz.
func debFiles(t *testing.T, file string) []string {
	t.Helper()
	data := []byte(read(t, file))
	const magic, headed = "!<arch>\n", 60
	for rest := bytes.TrimPrefix(data, []byte(magic)); len(rest) > headed; {
		name := strings.TrimRight(string(rest[:16]), " /")
		size := 0
		for _, digit := range strings.TrimSpace(string(rest[48:58])) {
			size = size*10 + int(digit-'0')
		}
		if name == "data.tar.gz" {
			var files []string
			for name := range tarred(t, rest[headed:headed+size]) {
				files = append(files, strings.TrimPrefix(strings.TrimPrefix(name, "."), "/"))
			}
			return files
		}
		rest = rest[headed+size+size%2:]
	}
	t.Fatal("the package has no data.tar.gz")
	return nil
}

// rpmFiles reads the names of the files from the header of an RPM (rpm.org: the lead of 96 bytes, the header of signatures padded to
// eight bytes, the header): the tags 1116 to 1118 are the indexes of folders, the names, and the folders.
func rpmFiles(t *testing.T, data []byte) []string {
	t.Helper()
	const lead, intro, entry = 96, 16, 16
	header := func(at int) (tags map[int][]byte, end int) {
		if !bytes.Equal(data[at:at+3], []byte{0x8e, 0xad, 0xe8}) {
			t.Fatalf("there is no header at %d", at)
		}
		word := func(i int) int { return int(binary.BigEndian.Uint32(data[i:])) }
		count, size := word(at+8), word(at+12)
		store := at + intro + count*entry
		tags = map[int][]byte{}
		for i := range count {
			e := at + intro + i*entry
			tags[word(e)] = data[store+word(e+8) : store+size]
		}
		return tags, store + size
	}
	_, end := header(lead)
	tags, _ := header((end + 7) / 8 * 8)
	names, dirs := bytes.Split(tags[1117], []byte{0}), bytes.Split(tags[1118], []byte{0})
	var files []string
	for i := range len(installedFiles()) {
		dir := binary.BigEndian.Uint32(tags[1116][4*i:])
		files = append(files, strings.TrimPrefix(path.Join(string(dirs[dir]), string(names[i])), "/"))
	}
	return files
}

// installed installs a Debian package into a root of its own, runs what it has installed, and removes it: nothing is left.
func installed(t *testing.T, file string) {
	t.Helper()
	if _, err := exec.LookPath("dpkg"); err != nil {
		t.Skip("dpkg is not installed")
	}
	to := t.TempDir()
	if os.Geteuid() != 0 {
		t.Log("only root may install packages, even here: it is unpacked, and run")
		run(t, ".", "dpkg-deb", "--extract", file, to)
		runs(t, to)
		return
	}
	for _, dir := range []string{"updates", "info", "triggers"} {
		if err := os.MkdirAll(filepath.Join(to, "var/lib/dpkg", dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"status", "available"} {
		if err := os.WriteFile(filepath.Join(to, "var/lib/dpkg", name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	dpkg := func(args ...string) {
		t.Helper()
		run(t, ".", "dpkg", append([]string{"--root=" + to, "--force-not-root", "--force-bad-path", "--log=" + filepath.Join(to, "log")}, args...)...)
	}
	dpkg("--install", file)
	runs(t, to)
	dpkg("--purge", "mimecred")
	err := filepath.WalkDir(filepath.Join(to, "usr"), func(name string, _ os.DirEntry, err error) error {
		if err == nil && name != filepath.Join(to, "usr") {
			t.Errorf("%s is left", name)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// runs looks at what is installed, and runs it.
func runs(t *testing.T, to string) {
	t.Helper()
	for _, name := range installedFiles() {
		if info, err := os.Stat(filepath.Join(to, name)); err != nil || info.Size() == 0 {
			t.Errorf("%s is not installed: %v", name, err)
		}
	}
	program := filepath.Join(to, "usr/bin/mimecred")
	said := run(t, ".", program, "version")
	if !strings.HasPrefix(said, "mimecred v") || !strings.Contains(said, runtime.Version()) || !strings.Contains(said, commit(t)) {
		t.Errorf("it says %q, want the version, Go's, and the commit %q", said, commit(t))
	}
	if said := run(t, ".", program, "integrations", "list"); !strings.Contains(said, "axonius-mimecast-v2") {
		t.Errorf("it says %q", said)
	}
}

// commit is the one that is built; "" where Go does not look for it, which is so outside of a repository and in a further work tree of one,
// and where git refuses to.
func commit(t *testing.T) string {
	t.Helper()
	if info, err := os.Stat(filepath.Join(root, ".git")); err != nil || !info.IsDir() {
		return ""
	}
	said, err := exec.CommandContext(t.Context(), "git", "-C", root, "rev-parse", "HEAD").Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(said))
}
