package main

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"mimecred/client/simulator"
)

// Units that begin with "x-" are ratios; what follows "-max-" is the limit that .ci/bench prints beside them.

// BenchmarkStart compares commands that must be quick with a Go program that only prints a line.
func BenchmarkStart(b *testing.B) {
	dir := b.TempDir()
	ours, bare := build(b, dir, "."), build(b, dir, "./testdata/bare")
	b.Setenv("MIMECRED_CONFIG", dir)
	for _, c := range []struct{ command, limit string }{{"--version", "1.8"}, {"--help", "3"}, {"list", "3"}} {
		b.Run(c.command, func(b *testing.B) {
			var took, least []time.Duration
			for b.Loop() {
				// In turns, so that whatever else the machine does hits both.
				least = append(least, once(b, bare))
				took = append(took, once(b, ours, c.command))
			}
			b.ReportMetric(float64(median(took))/float64(median(least)), "x-bare-Go-max-"+c.limit)
			b.ReportMetric(float64(median(took).Microseconds()), "µs/start")
			b.ReportMetric(float64(median(least).Microseconds()), "µs/bare-start")
		})
	}
}

// BenchmarkCheck compares the check of an API 2.0 profile with two round trips to a simulator that takes 100 ms for each.
func BenchmarkCheck(b *testing.B) {
	const trip = 100 * time.Millisecond
	running, err := simulator.Start(b.Context(), "127.0.0.1:0", simulator.WithLatency(trip))
	if err != nil {
		b.Fatal(err)
	}
	defer running.Close()
	file := filepath.Join(b.TempDir(), "from.json")
	raw, err := json.Marshal(firstReady(b, running).From)
	if err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		b.Fatal(err)
	}
	var took []time.Duration
	for b.Loop() {
		start := time.Now()
		code := run(context.Background(), []string{"check", "--from", file, "-q"}, streams{in: nil, out: io.Discard, err: os.Stderr}, os.Getenv)
		took = append(took, time.Since(start))
		if code != exitDone {
			b.Fatalf("check ended with %d", code)
		}
	}
	b.ReportMetric(float64(median(took))/float64(2*trip), "x-two-round-trips-max-1.2")
}

func build(b *testing.B, dir, pkg string) string {
	b.Helper()
	bin := filepath.Join(dir, filepath.Base(pkg)+"-program")
	cmd := exec.CommandContext(b.Context(), "go", "build", "-trimpath", "-ldflags=-s -w", "-o", bin, pkg)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("build %s: %v\n%s", pkg, err, out)
	}
	return bin
}

func once(b *testing.B, bin string, args ...string) time.Duration {
	b.Helper()
	start := time.Now()
	if err := exec.CommandContext(b.Context(), bin, args...).Run(); err != nil {
		b.Fatalf("%s %v: %v", bin, args, err)
	}
	return time.Since(start)
}

func median(list []time.Duration) time.Duration {
	slices.Sort(list)
	return list[len(list)/2]
}

// firstReady is the simulator's set of credentials that is all fine with API 2.0.
func firstReady(tb testing.TB, running *simulator.Running) simulator.Ready {
	tb.Helper()
	for _, r := range running.Server.Credentials(running.URL) {
		if r.Exit == 0 && r.From["api"] == "2.0" {
			return r
		}
	}
	tb.Fatal("the simulator has no credential that is all fine")
	return simulator.Ready{}
}
