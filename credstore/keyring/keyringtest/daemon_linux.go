package keyringtest

import (
	"bytes"
	"os/exec"
	"strings"
	"sync"
)

// daemon is a program that runs as long as the session does.
type daemon struct {
	cmd    *exec.Cmd
	gone   chan struct{}
	stderr lockedBuffer
}

// end kills the daemon and waits until it is gone.
func (d *daemon) end() {
	if d == nil {
		return
	}
	_ = d.cmd.Process.Kill()
	<-d.gone
}

// said is what the daemon complained about.
func (d *daemon) said() string {
	if text := strings.TrimSpace(d.stderr.String()); text != "" {
		return text
	}
	return "it said nothing"
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write implements io.Writer.
func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
