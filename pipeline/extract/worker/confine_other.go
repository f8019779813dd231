//go:build !linux

package worker

import (
	"os"
	"os/exec"
	"time"
)

// Outside Linux a worker is bound by its deadline, its output and the collector's soft memory limit alone.

func confine(limits) error { return nil }

func allowCPU(time.Duration) error { return nil }

func detach(cmd *exec.Cmd, dir string) {
	cmd.Env = []string{
		"TMPDIR=" + dir, "TMP=" + dir,
		"SystemRoot=" + os.Getenv("SystemRoot"), // without it no Windows program finds its libraries
	}
}

func kill(p *os.Process) {
	_ = p.Kill() // an error says that it is gone already
}

// peak is told on Linux alone.
func peak(*os.ProcessState) uint64 { return 0 }

// sandbox is Linux's alone.
func sandbox(program, dir string) (bool, error) { return false, nil }
