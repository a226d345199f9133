//go:build unix

package tui

import (
	"bytes"
	"testing"
	"time"
)

// BenchmarkAgainstBareBubbleTea measures, on pseudo-terminals and in turn, the wizard and the least Bubble Tea program that
// shows a field, and reports medians and their ratios. The goals are 1.3 for the first frame and 1.05 for a key.
func BenchmarkAgainstBareBubbleTea(b *testing.B) {
	first, key := map[string][]time.Duration{}, map[string][]time.Duration{}
	for b.Loop() {
		for _, what := range []string{"bare", "wizard"} {
			start, keys := stopwatch(b, what)
			first[what] = append(first[what], start)
			key[what] = append(key[what], keys...)
		}
	}
	b.ReportMetric(0, "ns/op")
	for what, times := range first {
		b.ReportMetric(ms(median(times)), what+"-first-frame-ms")
	}
	for what, times := range key {
		b.ReportMetric(ms(median(times)), what+"-key-ms")
	}
	b.ReportMetric(float64(median(first["wizard"]))/float64(median(first["bare"])), "first-frame-ratio")
	b.ReportMetric(float64(median(key["wizard"]))/float64(median(key["bare"])), "key-ratio")
}

// stopwatch starts a program, waits for its first frame, and presses some keys.
func stopwatch(b *testing.B, what string) (first time.Duration, keys []time.Duration) {
	b.Helper()
	begun := time.Now()
	p := on(b, what, 120, 40)
	p.until("the first frame", func() bool { return p.wrote(0, "Profile name") })
	first = time.Since(begun)
	for _, letter := range []string{"q", "w", "z", "q", "w", "z", "q", "w"} {
		from := p.length()
		begun = time.Now()
		p.send(letter)
		p.until("the letter "+letter, func() bool { return p.wrote(from, letter) })
		keys = append(keys, time.Since(begun))
	}
	p.insist("\x03")
	return first, keys
}

func (p *terminal) length() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.raw)
}

func (p *terminal) wrote(from int, text string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return bytes.Contains(p.raw[from:], []byte(text))
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
