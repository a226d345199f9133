package main

import (
	"bytes"
	"maps"
	"strings"
	"testing"
)

// TestResumeRemembersRetire kills a rotation with --retire at each of its calls in turn. --resume alone logs out the old key, as
// the first command was asked to, wherever the new one was stored before the end.
func TestResumeRemembersRetire(t *testing.T) {
	t.Parallel()
	resumed := 0
	for at := int64(1); ; at++ {
		o := newOfficeOf(t, "legacy-ok")
		o.setUp()
		old := o.value("access_key")
		create, _ := readyNamed(t, o.sim, "legacy-no-otp").From["create_keys"].(map[string]any)
		create = maps.Clone(create)
		create["email"] = withoutCode
		in := asJSON(t, map[string]any{"create_keys": create})
		if !o.killed(t, at, in, "rotate", "acme", "--from", "-", "--retire") {
			break
		}
		if !strings.Contains(o.wants(exitDone, "", "list").err, "rotate acme --resume") {
			continue // nothing was stored yet
		}
		got := o.run(t, "", "rotate", "acme", "--resume")
		switch {
		case got.code == exitStore && strings.Contains(got.err, "there is nothing to go on with"):
			continue
		case got.code != exitDone:
			t.Errorf("call %d: exit %d\n%s", at, got.code, got.err)
			continue
		}
		resumed++
		if strings.Contains(got.err, "the previous key was being logged out") {
			continue // whether it was is for a person to say: the advice names the command
		}
		if o.value("access_key") == old {
			t.Errorf("call %d: the old key is current", at)
		}
		if countPath(o.sim, logOutPath) == 0 || strings.Contains(o.wants(exitDone, "", "show", "acme", "-o", "json").out, `"previous": true`) {
			t.Errorf("call %d: the old key was not logged out\n%s", at, got.err)
		}
	}
	if resumed < 3 {
		t.Errorf("only %d rotations were gone on with", resumed)
	}
}

// value is what get prints of acme.
func (o *office) value(field string) string {
	o.t.Helper()
	return strings.TrimSpace(o.wants(exitDone, "", "get", "acme", field).out)
}

// killed runs a command that is killed at a call, counted from 1. It tells whether there was such a call.
func (o *office) killed(t *testing.T, at int64, in string, args ...string) bool {
	t.Helper()
	cmd := o.command(t, args...)
	var errs bytes.Buffer
	cmd.Stdin, cmd.Stderr = strings.NewReader(in), &errs
	o.killAt.Store(at)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	o.doomed.Store(cmd.Process)
	err := cmd.Wait()
	o.doomed.Store(nil)
	if code := exitOf(t, err); code == exitDone {
		return false
	} else if code != -1 {
		t.Fatalf("call %d: exit %d\n%s", at, code, errs.String())
	}
	return true
}
