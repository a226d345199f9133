package main

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
)

// How long a frame is shown: after a letter, after a key that changes a page, and when a page has something to read.
const (
	letter = 130 * time.Millisecond
	short  = 900 * time.Millisecond
	reads  = 2400 * time.Millisecond
)

// unread is how long the wizard swallows keys on a page that appeared by itself, and a little more.
const unread = 500 * time.Millisecond

// most is how many screens a recording may have; more means that the demo goes in circles.
const most = 60

// keys that scripts name.
const (
	enter = "\r"
	fill  = "\x06" // ctrl+f types the made-up value in the demo
	quits = "q"
	tick  = " "
	end   = "\x1b[F"
)

// cue is what is done once, at the first screen that shows its words.
type cue struct {
	words string
	// keys are pressed one after the other; each makes a frame.
	keys []string
	// name makes the screen, as it is before the keys, a picture of its own.
	name string
}

// demo is the script of the demo. Where no cue matches, ctrl+f fills in what a page asks for, and enter goes on.
func demo() []cue {
	return []cue{
		{words: "(type to narrow the list)", keys: strings.Split("axon", ""), name: "products"},
		{words: "Find: axon", keys: []string{enter}}, // ctrl+f would choose the demo's own row
		{words: "enter copy", keys: append(append(slices.Repeat([]string{enter, tick}, 4), slices.Repeat([]string{tick}, 6)...), end), name: "handoff"},
		{words: "Is this your tenant?", name: "check"},
		{words: "T test all", keys: []string{quits}, name: "home"},
	}
}

// play presses keys until the program ends, and gives what was shown.
func play(s *session, script []cue) ([]frame, error) {
	var frames []frame
	var keys []string
	last, same := "", 0
	for range most {
		err := s.settle()
		if errors.Is(err, errEnded) {
			return distinct(frames), nil
		}
		if err != nil {
			return nil, err
		}
		text := s.text()
		if text == last {
			if same++; same > 2 {
				return nil, fmt.Errorf("enter does nothing here:\n%s", text)
			}
		} else {
			last, same = text, 0
		}
		var name string
		name, keys = next(&script, text, slices.Equal(keys, []string{fill}))
		shown := s.frame()
		shown.name, shown.hold = name, reads
		if keys[0] == fill {
			shown.hold = short
		}
		frames = append(frames, shown)
		<-time.After(unread) // a page that came by itself takes no key before it can have been read
		typed, err := press(s, keys)
		if errors.Is(err, errEnded) {
			return distinct(frames), nil
		}
		if err != nil {
			return nil, err
		}
		frames = append(frames, typed...)
	}
	return nil, fmt.Errorf("the demo does not end; it shows:\n%s", s.text())
}

// distinct leaves out frames that show what the one before shows; the longer time and the name are kept.
func distinct(frames []frame) []frame {
	var out []frame
	for _, f := range frames {
		if n := len(out) - 1; n >= 0 && f.x == out[n].x && f.y == out[n].y && reflect.DeepEqual(f.rows, out[n].rows) {
			out[n].hold, out[n].name = max(out[n].hold, f.hold), out[n].name+f.name
			continue
		}
		out = append(out, f)
	}
	return out
}

// next is what to press at a screen, and the name of its picture; filled is set when the key before filled the page in.
func next(script *[]cue, text string, filled bool) (string, []string) {
	name, keys := "", []string(nil)
	for i, c := range *script {
		if strings.Contains(text, c.words) {
			*script = slices.Delete(slices.Clone(*script), i, i+1)
			name, keys = c.name, c.keys
			break
		}
	}
	if keys != nil {
		return name, keys
	}
	if !filled && strings.Contains(text, "ctrl+f") {
		return name, []string{fill}
	}
	return name, []string{enter}
}

// press presses keys; what is shown between two of them is given.
func press(s *session, keys []string) ([]frame, error) {
	var frames []frame
	for i, key := range keys {
		if i > 0 {
			if err := s.settle(); err != nil {
				return frames, err
			}
			f := s.frame()
			f.hold = letter
			frames = append(frames, f)
		}
		if err := s.send(key); err != nil {
			return frames, err
		}
	}
	return frames, nil
}
