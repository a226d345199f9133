package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

// made are as many arguments as there are operands, with "--" where a program follows.
func made(words, program []operand, n int) []string {
	var args []string
	for i := range n {
		if i == len(words) && len(program) > 0 {
			args = append(args, "--")
		}
		args = append(args, fmt.Sprintf("arg%d", i))
	}
	return args
}

// TestEveryCommandSaysWhatIsMissing walks the tree: with too few arguments each command names the first that is missing and shows a
// command line; with too many it says so, and repeats none, since it may be a secret.
func TestEveryCommandSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	missing, surplus := 0, 0
	for _, cmd := range tree(t) {
		path := strings.Fields(strings.TrimPrefix(cmd.CommandPath(), "mimecred"))
		words, program := operandsOf(cmd.Use)
		all := slices.Concat(words, program)
		for n, o := range all {
			if o.optional {
				continue
			}
			missing++
			got := call(t, nil, "", append(path[:len(path):len(path)], made(words, program, n)...)...)
			line, _, _ := strings.Cut(got.err, "\n")
			says := cmd.CommandPath() + " needs " + withArticle(o.name)
			if got.code != exitUsage || got.out != "" || !strings.HasPrefix(line, says) || !strings.HasSuffix(line, ": "+withName(firstExample(cmd), "NAME")) ||
				!strings.Contains(got.err, "\nhint: usage: "+cmd.CommandPath()+" ") {
				t.Errorf("%s with %d arguments: exit %d\n%s\nwant %q", cmd.CommandPath(), n, got.code, got.err, says)
			}
		}
		if cmd.HasSubCommands() || len(all) > 0 && all[len(all)-1].many {
			continue
		}
		surplus++
		args := append(path[:len(path):len(path)], made(words, program, len(all))...)
		got := call(t, nil, "", append(args, "s3cret-and-too-many")...)
		if got.code != exitUsage || !strings.HasPrefix(got.err, cmd.CommandPath()+" accepts ") || strings.Contains(got.err, "s3cret") {
			t.Errorf("%s with one argument too many: exit %d\n%s", cmd.CommandPath(), got.code, got.err)
		}
	}
	if missing < 18 || surplus < 15 {
		t.Errorf("only %d missing and %d surplus arguments were tried", missing, surplus)
	}
}

func TestOperandsOf(t *testing.T) {
	t.Parallel()
	for use, want := range map[string]string{
		"list":                       "[] []",
		"get NAME [FIELD]":           "[{NAME false false} {FIELD true false}] []",
		"check [NAME...]":            "[{NAME true true}] []",
		"show ID...":                 "[{ID false true}] []",
		"export NAME -f FORMAT":      "[{NAME false false}] []",
		"rename NAME NEW-NAME":       "[{NAME false false} {NEW-NAME false false}] []",
		"exec NAME [flags] -- C [A]": "[{NAME false false}] [{C false false} {A true false}]",
	} {
		words, program := operandsOf(use)
		if got := fmt.Sprint(words, " ", program); strings.Join(strings.Fields(got), " ") != want {
			t.Errorf("%q is read as %s, want %s", use, got, want)
		}
	}
}

// TestExecNeedsTheDashes: what is missing is told before and after them.
func TestExecNeedsTheDashes(t *testing.T) {
	t.Parallel()
	for line, says := range map[string]string{
		"exec":                "needs a NAME and a COMMAND: ",
		"exec acme":           "needs a COMMAND: ",
		"exec acme --":        "needs a COMMAND: ",
		"exec acme ls":        "needs -- before COMMAND: ",
		"exec acme ls -- -l":  "accepts NAME and nothing after it",
		"exec -- ls":          "needs a NAME: ",
		"exec --pristine -- ": "needs a NAME and a COMMAND: ",
	} {
		if got := call(t, nil, "", strings.Fields(line)...); got.code != exitUsage || !strings.Contains(got.err, says) {
			t.Errorf("mimecred %s: exit %d\n%s", line, got.code, got.err)
		}
	}
}

// TestWhatIsMissingByName: the command line that an error shows can be copied where there is one profile; several are listed.
func TestWhatIsMissingByName(t *testing.T) {
	t.Parallel()
	profile := func(name string) string {
		return `{"name":"` + name + `","api":"2.0","base_url":"https://api.services.mimecast.com","store":"keyring"}`
	}
	var many []string
	for i := range 14 {
		many = append(many, profile(fmt.Sprintf("p%02d", i)))
	}
	one, two := listOf(t, profile("lonely")), listOf(t, profile("beta")+","+profile("gamma"))
	all := listOf(t, strings.Join(many, ","))
	for _, cmd := range tree(t) {
		words, _ := operandsOf(cmd.Use)
		if len(words) == 0 || words[0].name != "NAME" || words[0].optional {
			continue
		}
		path := strings.Fields(strings.TrimPrefix(cmd.CommandPath(), "mimecred"))
		call(t, map[string]string{"MIMECRED_CONFIG": one}, "", path...).wants(t, exitUsage, cmd.CommandPath()+" lonely", "needs a NAME")
		call(t, map[string]string{"MIMECRED_CONFIG": two}, "", path...).wants(t, exitUsage, cmd.CommandPath()+" NAME", "\nhint: the profiles are: beta, gamma\n")
		call(t, nil, "", append(path, "--config", all)...).wants(t, exitUsage, ": p00, ", "p11 and 2 more (mimecred list)")
		if got := call(t, nil, "", path...); strings.Contains(got.err, " acme ") || strings.Contains(got.err, " acme\n") {
			t.Errorf("%s: a profile that nobody has: %s", cmd.CommandPath(), got.err)
		}
	}
}

// misspelt are words that one slip makes of a name: a letter too few, and two that changed places.
func misspelt(name string) []string {
	i := len(name) / 2
	return []string{name[:i] + name[i+1:], name[:i-1] + name[i:i+1] + name[i-1:i] + name[i+1:]}
}

// TestEveryCommandAndFlagIsMeant: a slip in the name of a command or of a long flag ends with 2 and what was meant.
func TestEveryCommandAndFlagIsMeant(t *testing.T) {
	t.Parallel()
	all := tree(t)
	known := map[string]bool{}
	for _, cmd := range all {
		known[cmd.CommandPath()] = true
	}
	tried := 0
	try := func(words []string, meant string) {
		tried++
		got := call(t, nil, "", words...)
		if got.code != exitUsage || !strings.Contains(got.err, "\nhint: did you mean: "+meant+"\n") {
			t.Errorf("mimecred %s: exit %d\n%s\nwant %q", strings.Join(words, " "), got.code, got.err, meant)
		}
	}
	for _, cmd := range all {
		path := strings.Fields(strings.TrimPrefix(cmd.CommandPath(), "mimecred"))
		if cmd.HasParent() && len(cmd.Name()) > 3 {
			for _, word := range misspelt(cmd.Name()) {
				if !known[cmd.Parent().CommandPath()+" "+word] {
					try(append(path[:len(path)-1:len(path)-1], word), cmd.CommandPath())
				}
			}
		}
		each := func(f *pflag.Flag) {
			if len(f.Name) > 3 {
				for _, word := range misspelt(f.Name) {
					try(append(path[:len(path):len(path)], "--"+word), "--"+f.Name)
				}
			}
		}
		cmd.LocalFlags().VisitAll(each)
	}
	if tried < 140 {
		t.Errorf("only %d were tried", tried)
	}
}

// TestWordsOfOthersAreMeant: what other programs call a command leads to ours.
func TestWordsOfOthersAreMeant(t *testing.T) {
	t.Parallel()
	for word, meant := range map[string]string{
		"init": "setup", "login": "setup", "rm": "delete", "test": "check", "renew": "rotate", "mv": "rename", "run": "exec", "curl": "api",
		"undo": "rollback", "env": "export", "products": "integrations",
	} {
		call(t, nil, "", word).wants(t, exitUsage, "did you mean: mimecred "+meant+"\n")
	}
	call(t, nil, "", "nothing-like-it").wants(t, exitUsage, `there is no command "nothing-like-it"`+"\nhint: mimecred --help shows the commands\n")
}

func (c called) wants(t *testing.T, code int, says ...string) {
	t.Helper()
	for _, words := range says {
		if c.code != code || !strings.Contains(c.err, words) {
			t.Errorf("exit %d, want %d and %q\n%s", c.code, code, words, c.err)
		}
	}
}

// TestValuesAreMeant: a slip in the value of a flag, or in the name of what an argument chooses, ends with 2 and what was meant.
func TestValuesAreMeant(t *testing.T) {
	t.Parallel()
	index := map[string]string{"MIMECRED_CONFIG": listOf(t, `{"name":"acme-siem","api":"2.0","base_url":"https://api.services.mimecast.com","store":"keyring"}`)}
	call(t, index, "", "integrations", "show", "axonis").wants(t, exitUsage, `unknown integration "axonis": is it axonius-mimecast-v`)
	call(t, index, `{"client_secert":"s"}`, "check", "--from", "-").wants(t, exitUsage, `unknown key "client_secert"`, "\nhint: did you mean: client_secret\n")
	for line, meant := range map[string]string{
		"list --store keyrng":        "keyring",
		"list --store memroy":        "memory",
		"list -o jsno":               "-o json",
		"list --output tabel":        "-o table",
		"list --json":                "-o json",
		"export acme-siem -f dotnev": "dotenv",
		"export acme-siem -f k8s":    "k8s-secret",
		"export acme-siem -f yml":    "yaml",
		"export acme-siem -f json --integration axonius-mimecst-v2": "axonius-mimecast-v2",
		"check acme-siem --plan jupiterOne":                         "jupiterone",
		"simulate --scenario drop-conection":                        "drop-connection",
		"integrations show axonius-mimecast-v2 --menu clasic":       "classic",
		"integrations show netskope-cte-v2 --features malsit":       "malsite",
		"completion bsh":                              "bash",
		"get acme-siem client_secert":                 "client_secret",
		"get acme-siem secret":                        "client_secret",
		"get acme client_id":                          "acme-siem",
		"show acme-seim":                              "acme-siem",
		"check acme_siem":                             "acme-siem",
		"token ACME-SIEM":                             "acme-siem",
		"delete acme-sie --yes":                       "acme-siem",
		"api acme-siem PSOT /api/account/get-account": "POST",
	} {
		call(t, index, "", strings.Fields(line)...).wants(t, exitUsage, "\nhint: did you mean: "+meant+"\n")
	}
}

// TestFlagsSayWhatTheyNeed: a flag without its value, or with one that it cannot have.
func TestFlagsSayWhatTheyNeed(t *testing.T) {
	t.Parallel()
	for line, says := range map[string]string{
		"check --from":                "--from needs a FILE: mimecred check --from FILE\n",
		"export acme -f":              "--format needs a FORMAT: mimecred export --format FORMAT\n",
		"list --store":                "--store needs a STORE: mimecred list --store STORE\n",
		"check --plan":                "--plan needs an ID: mimecred check --plan ID\n",
		"check --wait soon":           `--wait: "soon" is no length of time such as 30m or 1h30m`,
		"check --concurrency many":    `--concurrency: "many" is no whole number`,
		"check --all=perhaps":         `--all: "perhaps" is neither true nor false`,
		"list -q -q":                  "--quiet is given twice\n",
		"setup --client-secret=x":     "no flag accepts a secret: ",
		"rotate acme --password x":    "no flag accepts a secret: ",
		"setup --access-key=x --json": "no flag accepts a secret: ",
	} {
		got := call(t, nil, "", strings.Fields(line)...)
		got.wants(t, exitUsage, says)
		if strings.Contains(got.err, "cobra") || strings.Contains(got.err, "arg(s)") {
			t.Errorf("%s: %s", line, got.err)
		}
	}
}

// listOf is a folder with a list of profiles.
func listOf(t *testing.T, profiles string) string {
	t.Helper()
	dir := t.TempDir()
	text := `{"schema":1,"profiles":[` + profiles + `]}`
	if err := os.WriteFile(filepath.Join(dir, "index.json"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}
