// Package release_test builds what a release has, as a snapshot, and looks into it: two builds are equal, every archive and package is
// whole, and the Debian package is installed, run and removed in a root of its own.
package release_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"
)

// everything names the variable that makes the test build every architecture, as "make release-test" does. Without it there is amd64
// alone, for each system: "make cross" has compiled nearly all of that.
const everything = "MIMECRED_RELEASE_ALL"

// releases is where the archives of the tests are said to lie.
const releases = "https://releases.test/mimecred"

const root = "../.."

func architectures() []string {
	if os.Getenv(everything) != "" {
		return []string{"amd64", "arm64"}
	}
	return []string{"amd64"}
}

func systems() []string { return []string{"linux", "darwin", "windows", "freebsd"} }

// tools skips the test where what builds a release cannot be had.
func tools(t *testing.T) {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("releases are built on Linux")
	}
	for _, name := range []string{"goreleaser", "cyclonedx-gomod"} {
		if _, err := os.Stat(filepath.Join(root, ".bin", name)); err != nil {
			t.Skipf("%s is not in .bin: make tools builds it, where that is possible", name)
		}
	}
}

// snapshot builds a release and gives the folder it is in.
func snapshot(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, ".goreleaser.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	config := map[string]any{}
	if err := yaml.Unmarshal(text, &config); err != nil {
		t.Fatal(err)
	}
	build := config["builds"].([]any)[0].(map[string]any)
	if !equal(build["goos"], systems()) || !equal(build["goarch"], []string{"amd64", "arm64"}) {
		t.Fatalf("it is built for %v on %v", build["goos"], build["goarch"])
	}
	dir := t.TempDir()
	dist := filepath.Join(dir, "dist")
	build["goarch"], config["dist"] = architectures(), dist
	changed, err := yaml.Marshal(config)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "goreleaser.yaml")
	if err := os.WriteFile(file, changed, 0o600); err != nil {
		t.Fatal(err)
	}
	run(t, root, ".ci/goreleaser", "release", "--snapshot", "--config", file)
	return dist
}

func equal(have any, want []string) bool {
	a, _ := json.Marshal(have)
	b, _ := json.Marshal(want)
	return bytes.Equal(a, b)
}

// run runs a program and gives what it prints.
func run(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "RELEASES_URL="+releases)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// TestConfig: GoReleaser finds nothing wrong, and nothing that it is about to drop.
func TestConfig(t *testing.T) {
	tools(t)
	if said := run(t, root, ".ci/goreleaser", "check"); strings.Contains(said, "DEPRECATED") {
		t.Error(said)
	}
}

// TestSnapshot builds a release twice and looks into it.
func TestSnapshot(t *testing.T) {
	tools(t)
	dist := snapshot(t)
	sums := read(t, dist, "checksums.txt")
	if again := read(t, snapshot(t), "checksums.txt"); again != sums {
		t.Errorf("two builds differ:\n%s\n%s", sums, again)
	}
	named := checksums(t, dist, sums)
	for _, system := range systems() {
		for _, arch := range architectures() {
			t.Run(system+"/"+arch, func(t *testing.T) {
				ending := ".tar.gz"
				if system == "windows" {
					ending = ".zip"
				}
				archive(t, one(t, named, "_"+system+"_"+arch+ending))
				materials(t, one(t, named, "_"+system+"_"+arch+".cdx.json"))
			})
		}
	}
	for _, arch := range architectures() {
		for _, kind := range []string{"deb", "rpm", "apk"} {
			t.Run(kind+"/"+arch, func(t *testing.T) { packed(t, kind, one(t, named, "_"+arch+"."+kind)) })
		}
	}
	t.Run("deb in and out", func(t *testing.T) { installed(t, one(t, named, "_amd64.deb")) })
	t.Run("homebrew", func(t *testing.T) { homebrew(t, dist, named) })
	t.Run("scoop", func(t *testing.T) { scoop(t, dist, named) })
}

// checksums are the files of a release, which have the sums that it says.
func checksums(t *testing.T, dist, sums string) []string {
	t.Helper()
	var files []string
	for line := range strings.Lines(sums) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		if got := sha256.Sum256([]byte(read(t, dist, name))); hex.EncodeToString(got[:]) != sum {
			t.Errorf("%s has another sum", name)
		}
		files = append(files, filepath.Join(dist, name))
	}
	if want := len(architectures()) * (len(systems())*2 + 3); len(files) != want {
		t.Errorf("there are %d files, want %d: %s", len(files), want, sums)
	}
	return files
}

// one is the file whose name ends like this.
func one(t *testing.T, files []string, ending string) string {
	t.Helper()
	for _, file := range files {
		if strings.HasSuffix(file, ending) {
			return file
		}
	}
	t.Fatalf("there is no file that ends with %s", ending)
	return ""
}

func read(t *testing.T, path ...string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// materials looks into a bill of materials: CycloneDX, with the modules that go.mod requires.
func materials(t *testing.T, file string) {
	t.Helper()
	var bill struct {
		BOMFormat  string `json:"bomFormat"`
		Components []struct{ Name, Version, PURL string }
	}
	if err := json.Unmarshal([]byte(read(t, file)), &bill); err != nil {
		t.Fatal(err)
	}
	have := map[string]string{}
	for _, c := range bill.Components {
		have[c.Name] = c.Version
	}
	if bill.BOMFormat != "CycloneDX" || have["std"] == "" {
		t.Errorf("the bill is %q with %v", bill.BOMFormat, have)
	}
	required := regexp.MustCompile(`(?m)^\t(github.com/spf13/cobra|golang.org/x/net) (v\S+)`).FindAllStringSubmatch(read(t, root, "go.mod"), -1)
	for _, r := range required {
		if have[r[1]] != r[2] {
			t.Errorf("%s is %q, want %s", r[1], have[r[1]], r[2])
		}
	}
}

// sumOf is the sum of a file of the release, in hex.
func sumOf(t *testing.T, file string) string {
	t.Helper()
	sum := sha256.Sum256([]byte(read(t, file)))
	return hex.EncodeToString(sum[:])
}

// homebrew looks at the cask: where each archive lies, its sum, and what is installed with it.
func homebrew(t *testing.T, dist string, named []string) {
	t.Helper()
	cask := read(t, dist, "homebrew", "Casks", "mimecred.rb")
	want := []string{releases, `binary "mimecred"`, "mimecred.1", "completions/mimecred.bash", "completions/_mimecred", "completions/mimecred.fish"}
	for _, arch := range architectures() {
		want = append(want, sumOf(t, one(t, named, "_darwin_"+arch+".tar.gz")))
	}
	for _, words := range want {
		if !strings.Contains(cask, words) {
			t.Errorf("the cask does not say %q:\n%s", words, cask)
		}
	}
}

// scoop looks at the manifest for Windows.
func scoop(t *testing.T, dist string, named []string) {
	t.Helper()
	var manifest struct {
		License      string
		Architecture map[string]struct {
			URL, Hash string
			Bin       []string
		}
	}
	if err := json.Unmarshal([]byte(read(t, dist, "scoop", "mimecred.json")), &manifest); err != nil {
		t.Fatal(err)
	}
	for _, arch := range architectures() {
		named := one(t, named, "_windows_"+arch+".zip")
		got := manifest.Architecture[map[string]string{"amd64": "64bit", "arm64": "arm64"}[arch]]
		if got.Hash != sumOf(t, named) || !strings.HasPrefix(got.URL, releases) || !strings.HasSuffix(got.URL, filepath.Base(named)) || len(got.Bin) != 1 || !strings.HasSuffix(got.Bin[0], "mimecred.exe") {
			t.Errorf("%s: %+v", arch, got)
		}
	}
	if manifest.License != "MIT" {
		t.Errorf("the licence is %q", manifest.License)
	}
}
