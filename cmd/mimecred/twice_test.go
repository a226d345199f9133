package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// collecting are the flags that may be given more than once: each adds a value.
func collecting() []string { return []string{"allow-host", "features"} }

// valueOf is a value that a flag takes.
func valueOf(f *pflag.Flag) string {
	switch {
	case f.NoOptDefVal != "":
		return f.NoOptDefVal
	case f.DefValue != "" && f.Value.Type() != "string":
		return f.DefValue
	default:
		return map[string]string{"int": "1", "duration": "1m", "bool": "true"}[f.Value.Type()] + map[bool]string{true: "x"}[f.Value.Type() == "string"]
	}
}

// TestEveryFlagOnlyOnce gives every flag of every command twice, in every spelling and with equal and with other values.
func TestEveryFlagOnlyOnce(t *testing.T) {
	t.Parallel()
	tried, several := 0, map[string]bool{}
	var each func(cmd *cobra.Command)
	each = func(cmd *cobra.Command) {
		words := strings.Fields(strings.TrimPrefix(cmd.CommandPath(), "mimecred"))
		flags := pflag.NewFlagSet("all", pflag.ContinueOnError)
		flags.AddFlagSet(cmd.Flags())
		flags.AddFlagSet(cmd.PersistentFlags())
		flags.AddFlagSet(cmd.InheritedFlags())
		flags.VisitAll(func(f *pflag.Flag) {
			if f.Name == "help" {
				return // cobra's own, which takes no value: help is help
			}
			one := "--" + f.Name + "=" + valueOf(f)
			if slices.Contains(collecting(), f.Name) {
				several[f.Name] = true
				if got := call(t, nil, "", append(words[:len(words):len(words)], one, one, "--no-such-flag")...); strings.Contains(got.err, "twice") {
					t.Errorf("mimecred %s takes --%s once only: %s", cmd.Name(), f.Name, got.err)
				}
				return
			}
			spellings := [][]string{{one, one}}
			if f.NoOptDefVal == "" {
				spellings = append(spellings, []string{one, "--" + f.Name, valueOf(f)})
			} else {
				spellings = append(spellings, []string{"--" + f.Name, "--" + f.Name}, []string{"--" + f.Name, "--" + f.Name + "=false"})
			}
			if f.Shorthand != "" {
				spellings = append(spellings, []string{"-" + f.Shorthand + "=" + valueOf(f), one})
			}
			for _, given := range spellings {
				tried++
				got := call(t, nil, "", append(words[:len(words):len(words)], given...)...)
				if got.code != exitUsage || !strings.Contains(got.err, "given twice") || !strings.Contains(got.err, "--"+f.Name) || got.out != "" {
					t.Errorf("mimecred %s %s: exit %d\n%s%s", strings.Join(words, " "), strings.Join(given, " "), got.code, got.out, got.err)
				}
			}
		})
		for _, sub := range cmd.Commands() {
			each(sub)
		}
	}
	each(newRootCmd(newApp(streams{}, func(string) string { return "" })))
	if tried < 300 || len(several) != len(collecting()) {
		t.Errorf("only %d command lines were tried; %v collect values", tried, several)
	}
}

// TestFlagsBeforeAndAfterTheCommand: the same flag on both sides of the command's name is given twice too.
func TestFlagsBeforeAndAfterTheCommand(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	if got := p.run(t, "", "-o", "json", "list", "-o", "table"); got.code != exitUsage || !strings.Contains(got.err, "given twice") {
		t.Errorf("exit %d\n%s", got.code, got.err)
	}
}

// TestEveryKeyOnlyOnce gives every key of --from twice, at every depth, spelled out and escaped, with an equal and with another value.
func TestEveryKeyOnlyOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	legacy := maps.Clone(readyNamed(t, d.sim, "legacy-no-otp").From)
	legacy["profile"] = "acme"
	with := maps.Clone(readyNamed(t, d.sim, "oauth-ok").From)
	with["profile"], with["proxy"] = "acme", map[string]any{"url": "http://proxy:3128", "username": "u", "password": "p"}
	with["ca_file"], with["rotate_after"], with["internal_domain"] = "corp.pem", "30d", "example.com"
	d.setUp("legacy-ok", nil)
	renew := map[string]any{"renew_keys": map[string]any{"email": withoutCode, "type": "cloud", "password": "p", "otp": "123456"}}
	tried := 0
	for _, tt := range []struct {
		from any
		args []string
	}{
		{legacy, []string{"check", "--from", "-"}},
		{with, []string{"setup", "--from", "-"}},
		{[]any{legacy, with}, []string{"check", "--from", "-"}},
		{[]any{map[string]any{"name": "a", "from": with}}, []string{"check", "--from", "-"}},
		{renew, []string{"rotate", "acme", "--from", "-"}},
	} {
		for what, text := range doubled(t, tt.from) {
			tried++
			got := d.run(text, tt.args...)
			key := what[:strings.Index(what, " ")]
			if got.code != exitUsage || !strings.Contains(got.err, key+`" is given twice`) {
				t.Errorf("%s: exit %d\n%s", what, got.code, got.err)
			}
		}
	}
	if tried < 100 {
		t.Errorf("only %d texts were tried", tried)
	}
}

// doubled are the texts of a value in which one key of one object stands twice.
func doubled(t *testing.T, value any) map[string]string {
	t.Helper()
	texts := map[string]string{}
	switch value := value.(type) {
	case []any:
		for i, one := range value {
			for what, text := range doubled(t, one) {
				parts := make([]string, len(value))
				for j := range value {
					parts[j] = asJSON(t, value[j])
				}
				parts[i] = text
				texts[fmt.Sprintf("%s in %d", what, i)] = "[" + strings.Join(parts, ",") + "]"
			}
		}
	case map[string]any:
		for key, one := range value {
			rest := strings.TrimPrefix(asJSON(t, value), "{")
			escaped := fmt.Sprintf(`"\u%04x%s"`, key[0], key[1:])
			texts[key+" equal"] = "{" + asJSON(t, key) + ":" + asJSON(t, one) + "," + rest
			texts[key+" other"] = "{" + asJSON(t, key) + `:"other",` + rest
			texts[key+" escaped"] = "{" + escaped + ":" + asJSON(t, one) + "," + rest
			for what, text := range doubled(t, one) {
				all := map[string]any{}
				maps.Copy(all, value)
				all[key] = json.RawMessage(text)
				raw := "{"
				for name, field := range all {
					part, is := field.(json.RawMessage)
					if !is {
						part = json.RawMessage(asJSON(t, field))
					}
					raw += asJSON(t, name) + ":" + string(part) + ","
				}
				texts[what+" in "+key] = strings.TrimSuffix(raw, ",") + "}"
			}
		}
	}
	return texts
}
