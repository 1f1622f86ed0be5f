package load

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"

	"corroborate/tests/program"
)

// adminKey is the API key that a program under load takes.
const adminKey = "load-0123456789abcdef0123456789"

// Program is the server as a process of its own, with a private database.
type Program struct {
	// URL is where it listens; Figures is where it serves its metrics.
	URL, Figures string
	// PID is the id of the process.
	PID int
	cmd *exec.Cmd
}

// Start runs the server with a data folder until [Program.Stop], and waits until it
// listens. Its log goes to log.
func Start(path, data string, log io.Writer) (*Program, error) {
	figures, err := program.FreeAddress()
	if err != nil {
		return nil, err
	}
	p := &Program{Figures: "http://" + figures + "/metrics", cmd: program.Command(path)}
	p.cmd.Env = append(os.Environ(), "ADDR=127.0.0.1:0", "DATA_DIR="+data, "METRICS_ADDR="+figures, "ADMIN_API_KEY="+adminKey,
		"CALLS_PER_MINUTE=10000000", "LOG_LEVEL=warn", "DATABASE_URL=", "DATABASE_URL_FILE=", "SAMPLE=false")
	p.cmd.Stderr = log
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	p.PID = p.cmd.Process.Pid
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		_ = p.cmd.Wait()
		return nil, fmt.Errorf("the server did not start: %w", err)
	}
	p.URL = strings.TrimPrefix(strings.TrimSpace(line), "listening on ")
	return p, nil
}

// Stop asks the server to stop and gives how long that took. One that does not within a
// minute is killed.
func (p *Program) Stop() (time.Duration, error) {
	begun := time.Now()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return 0, err
	}
	kill := time.AfterFunc(time.Minute, func() { _ = p.cmd.Process.Kill() })
	defer kill.Stop()
	err := p.cmd.Wait()
	return time.Since(begun), err
}
