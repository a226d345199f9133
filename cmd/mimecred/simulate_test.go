package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// TestSimulateCanBeChangedWhileItRuns: what simulate says on standard error works as it stands, the answer has what a rotation
// takes, and a simulator that drops every connection can be told to stop that.
func TestSimulateCanBeChangedWhileItRuns(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	cmd := p.command(t, "simulate", "--listen", "127.0.0.1:0", "--scenario", "drop-connection")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	errs, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	url, _ := bufio.NewReader(out).ReadString('\n')
	url = strings.TrimSpace(url)
	lines := bufio.NewReader(errs)
	said := ""
	for range 2 {
		line, _ := lines.ReadString('\n')
		said += line
	}
	told := regexp.MustCompile(`(?m)^the simulator answers until ctrl\+c; curl (\S+) tells .*\ncurl -X POST '(\S+)'$`).FindStringSubmatch(said)
	if told == nil || told[1] != url+"/simulator/" {
		t.Fatalf("standard error is %q", said)
	}

	if page := ask(t, http.MethodGet, told[1]); !strings.Contains(page, "Scenario: drop-connection") {
		t.Errorf("the overview is %q", page)
	}
	check := func(id, secret string) int {
		t.Helper()
		from, err := json.Marshal(map[string]string{"profile": "acme", "api": "2.0", "base_url": url, "client_id": id, "client_secret": secret})
		if err != nil {
			t.Fatal(err)
		}
		return p.run(t, string(from), "check", "--from", "-").code
	}
	if code := check("any", "any"); code != exitUnjudged {
		t.Errorf("a dropped connection is exit %d", code)
	}
	ask(t, http.MethodPost, url+"/simulator/scenario?name=none")
	var pair struct {
		ClientID     string `json:"client_id"`
		ClientSecret string `json:"client_secret"`
	}
	if err := json.NewDecoder(strings.NewReader(ask(t, http.MethodPost, told[2]))).Decode(&pair); err != nil {
		t.Fatal(err)
	}
	if code := check(pair.ClientID, pair.ClientSecret); code != exitDone {
		t.Errorf("the new pair is exit %d", code)
	}
	ask(t, http.MethodPost, url+"/simulator/regenerate?client_id="+pair.ClientID)
	if code := check(pair.ClientID, pair.ClientSecret); code != exitRefused {
		t.Errorf("the old pair is exit %d", code)
	}

	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	var rest bytes.Buffer
	_, _ = rest.ReadFrom(lines)
	if code := exitOf(t, cmd.Wait()); code != exitDone || rest.String() != "" {
		t.Errorf("simulate ended with %d and %q", code, rest.String())
	}
}

// TestQuietSimulate: -q says nothing.
func TestQuietSimulate(t *testing.T) {
	t.Parallel()
	cmd := newProgram(t).command(t, "simulate", "--listen", "127.0.0.1:0", "-q")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var errs bytes.Buffer
	cmd.Stderr = &errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	url, _ := bufio.NewReader(out).ReadString('\n')
	if page := ask(t, http.MethodGet, strings.TrimSpace(url)+"/simulator/"); !strings.Contains(page, "client_id") {
		t.Errorf("the overview is %q", page)
	}
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if code := exitOf(t, cmd.Wait()); code != exitDone || errs.String() != "" {
		t.Errorf("exit %d, standard error %q", code, errs.String())
	}
}

// ask makes one request that must be answered with HTTP 200, and gives the answer.
func ask(t *testing.T, method, url string) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: %d %s %v", method, url, res.StatusCode, body, err)
	}
	return string(body)
}
