// Command record makes the pictures of the README from the real program: it builds mimecred, plays its demo on a
// pseudo-terminal, and writes what the terminal showed as SVG. Two recordings that move, for a dark and a light background,
// and the frames that are named.
//
//	go run ./.ci/record                        renews docs/recording
//	go run ./.ci/record -all -look none -out DIR   every frame of one look, to look at
//
// The looks are dark, light, 16 (the colours of the Linux console on black), 16light and none.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

type options struct {
	out, program, looks string
	width, height       int
	all                 bool
}

func main() {
	var o options
	flag.StringVar(&o.out, "out", filepath.Join("docs", "recording"), "the folder to write to")
	flag.StringVar(&o.program, "program", "", "the program to record; built from this folder when empty")
	flag.StringVar(&o.looks, "look", "dark,light", "the looks to record, with commas between them")
	flag.IntVar(&o.width, "width", 80, "columns of the terminal")
	flag.IntVar(&o.height, "height", 24, "rows of the terminal")
	flag.BoolVar(&o.all, "all", false, "write every frame as a picture of its own too")
	flag.Parse()
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "record:", err)
		os.Exit(1)
	}
}

// run records every look that was asked for.
func run(o options) error {
	temporary, err := os.MkdirTemp("", "record")
	if err != nil {
		return fmt.Errorf("make a temporary folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(temporary) }()
	if o.program == "" {
		o.program = filepath.Join(temporary, "mimecred")
		build := exec.Command("go", "build", "-trimpath", "-o", o.program, "./cmd/mimecred") //nolint:gosec,noctx // building it is what this is for
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if said, err := build.CombinedOutput(); err != nil {
			return fmt.Errorf("build mimecred: %w\n%s", err, said)
		}
	}
	if err := os.MkdirAll(o.out, 0o755); err != nil { //nolint:gosec // pictures are for everybody
		return fmt.Errorf("make the folder of the pictures: %w", err)
	}
	for name := range strings.SplitSeq(o.looks, ",") {
		l, ok := looks()[name]
		if !ok {
			return fmt.Errorf("there is no look %q", name)
		}
		if err := record(o, name, l, temporary); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// record plays the demo in one look and writes its pictures.
func record(o options, name string, l look, home string) error {
	s, err := open(o.program, l, o.width, o.height, home, "demo")
	if err != nil {
		return err
	}
	defer s.close()
	frames, err := play(s, demo())
	if err != nil {
		return err
	}
	for i, f := range frames {
		file := ""
		switch {
		case o.all:
			file = fmt.Sprintf("%s-%02d.svg", name, i)
		case f.name != "":
			file = f.name + "-" + name + ".svg"
		default:
			continue
		}
		if err := write(o.out, file, still(f, l)); err != nil {
			return err
		}
	}
	return write(o.out, "demo-"+name+".svg", moving(frames, l))
}

func write(dir, file, svg string) error {
	if err := os.WriteFile(filepath.Join(dir, file), []byte(svg), 0o644); err != nil { //nolint:gosec // pictures are for everybody
		return fmt.Errorf("write a picture: %w", err)
	}
	return nil
}
