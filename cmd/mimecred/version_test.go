package main

import (
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
)

// TestBuildOf: the release is what the linker was told, else the tag or commit that the Go tool wrote; the rest is what it wrote.
func TestBuildOf(t *testing.T) {
	t.Parallel()
	vcs := []debug.BuildSetting{
		{Key: "vcs.revision", Value: "0123456789abcdef"}, {Key: "vcs.time", Value: "2026-11-22T10:00:00Z"}, {Key: "vcs.modified", Value: "false"},
	}
	changed := append(vcs[:2:2], debug.BuildSetting{Key: "vcs.modified", Value: "true"})
	for name, c := range map[string]struct {
		release string
		info    *debug.BuildInfo
		version string
		says    string
	}{
		"released":      {"v1.2.3", &debug.BuildInfo{Settings: vcs}, "v1.2.3", "commit   0123456789abcdef\ndate     2026-11-22T10:00:00Z\n"},
		"tagged":        {"", &debug.BuildInfo{Main: debug.Module{Version: "v1.2.4"}, Settings: vcs}, "v1.2.4", "commit   0123456789abcdef\n"},
		"changed":       {"", &debug.BuildInfo{Settings: changed}, "devel", "commit   0123456789abcdef, with changes that were not committed\n"},
		"no repository": {"", &debug.BuildInfo{Main: debug.Module{Version: "(devel)"}}, "devel", "commit   unknown\ndate     unknown\n"},
		"nothing":       {"", nil, "devel", "date     unknown\ngo       " + runtime.Version() + " " + runtime.GOOS + "/" + runtime.GOARCH + "\n"},
	} {
		b := buildOf(c.release, c.info)
		if text := b.text(); b.Version != c.version || !strings.HasPrefix(text, "mimecred "+c.version+"\n") || !strings.Contains(text, c.says) {
			t.Errorf("%s: %q", name, text)
		}
	}
}
