package worker

import (
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"
)

// Limits that no honest file meets and that the caller has no reason to change.
const (
	maxFileSize  = 256 << 20 // bytes of a temporary file that a reader may spill
	maxOpenFiles = 64
)

// confine puts the limits on the worker's own process. RLIMIT_DATA and not RLIMIT_AS: the Go runtime reserves far
// more addresses than it uses and would not start under the latter.
func confine(lim limits) error {
	for resource, bound := range map[int]uint64{
		syscall.RLIMIT_DATA:   lim.Memory,
		syscall.RLIMIT_CORE:   0,
		syscall.RLIMIT_FSIZE:  maxFileSize,
		syscall.RLIMIT_NOFILE: maxOpenFiles,
	} {
		if err := syscall.Setrlimit(resource, &syscall.Rlimit{Cur: bound, Max: bound}); err != nil {
			return os.NewSyscallError("setrlimit", err)
		}
	}
	// The runtime ignores SIGXCPU unless it is asked for.
	over := make(chan os.Signal, 1)
	signal.Notify(over, syscall.SIGXCPU)
	go func() {
		<-over
		os.Exit(exitCPU)
	}()
	return nil
}

// allowCPU gives the worker d of processor time from now on. RLIMIT_CPU counts the whole life of a process that
// serves many files, so the soft limit moves up before each file; the hard limit is left alone.
func allowCPU(d time.Duration) error {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return os.NewSyscallError("getrusage", err)
	}
	spent := time.Duration(used.Utime.Nano() + used.Stime.Nano())
	var lim syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_CPU, &lim); err != nil {
		return os.NewSyscallError("getrlimit", err)
	}
	lim.Cur = min(uint64((spent+d+time.Second-1)/time.Second), lim.Max)
	return os.NewSyscallError("setrlimit", syscall.Setrlimit(syscall.RLIMIT_CPU, &lim))
}

// detach puts a worker into a process group of its own, away from the terminal's Ctrl-C, and lets the kernel kill it
// when the thread that started it is gone.
func detach(cmd *exec.Cmd, dir string) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	cmd.Env = []string{"TMPDIR=" + dir}
}

// kill ends a worker and whatever it may have started.
func kill(p *os.Process) {
	_ = syscall.Kill(-p.Pid, syscall.SIGKILL) // an error says that it is gone already
}

// peak is the most memory that a process which has ended held, in bytes.
func peak(state *os.ProcessState) uint64 {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	return uint64(usage.Maxrss) << 10
}
