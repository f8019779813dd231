package worker

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// exitCPU is the exit status of a worker that ran over its processor time.
const exitCPU = 97

// waitDelay bounds how long a dead worker's pipes are waited for, should something else hold them open.
const waitDelay = 2 * time.Second

// startDelay is how long a new worker may take until it is ready.
const startDelay = 20 * time.Second

// process is a worker as the pool sees it.
type process struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    io.ReadCloser
	errs   *head
	dir    string // the worker's own folder for temporary files
	served int    // requests answered so far
}

// start makes a worker, which run starts, and tells it its limits.
func start(command []string, tempDir string, lim limits, run func(*exec.Cmd) error) (_ *process, err error) {
	dir, err := os.MkdirTemp(tempDir, "worker-")
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			_ = os.RemoveAll(dir) // the first error counts
		}
	}()
	p := &process{cmd: exec.Command(command[0], command[1:]...), errs: &head{max: maxDetail}, dir: dir}
	p.cmd.Dir = dir
	p.cmd.Stderr = p.errs
	p.cmd.WaitDelay = waitDelay
	detach(p.cmd, dir)
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	if p.out, err = p.cmd.StdoutPipe(); err != nil {
		return nil, err
	}
	if err = run(p.cmd); err != nil {
		return nil, errors.Join(err, p.in.Close(), p.out.Close())
	}
	if err = p.limit(lim); err != nil {
		state := p.end()
		return nil, fmt.Errorf("%s did not become a worker: %w; %v; %s", command[0], err, state, p.errs.firstLine())
	}
	return p, nil
}

// limit tells a new worker its limits and waits until it says that it keeps them, so that a worker which cannot live
// on this machine is not taken for a file that kills workers.
func (p *process) limit(lim limits) error {
	text, err := json.Marshal(lim)
	if err != nil {
		return err
	}
	late := time.AfterFunc(startDelay, func() { kill(p.cmd.Process) })
	defer late.Stop()
	if err := writeFrame(p.in, frame{kind: kindLimits, head: text}); err != nil {
		return err
	}
	_, err = readFrame(p.out, 0)
	return err
}

// exchange sends a request and reads the answer. An error says that the process can no longer be used.
func (p *process) exchange(req Request, maxOutput int) (frame, error) {
	text, err := json.Marshal(requestHead{req.Kind, req.Name})
	if err != nil {
		return frame{}, err
	}
	if err := writeFrame(p.in, frame{kind: kindRequest, head: text, body: req.Data}); err != nil {
		return frame{}, err
	}
	f, err := readFrame(p.out, max(maxOutput, maxDetail))
	if err == nil {
		p.served++
	}
	return f, err
}

// end kills the worker if it still runs, waits for it and removes its folder. It returns how the process ended.
func (p *process) end() *os.ProcessState {
	_ = p.in.Close() // the process is given up: what its pipes say no longer matters
	kill(p.cmd.Process)
	_ = p.cmd.Wait() // its error repeats ProcessState
	_ = os.RemoveAll(p.dir)
	return p.cmd.ProcessState
}

// wantOfMemory is what the Go runtime says when the kernel gives it no more: to the heap, to a new thread, and to a new
// thread of a program with C in it.
var wantOfMemory = []string{
	"out of memory", "cannot allocate memory", "cannot map pages",
	"failed to create new OS thread", "pthread_create failed",
}

// autopsy tells what a process with so much memory died of that was not killed for its deadline.
func autopsy(state *os.ProcessState, cause error, errs *head, memory uint64) Response {
	text := errs.String()
	switch {
	case errors.Is(cause, errTooLong):
		return Response{Outcome: OutputTooBig, Detail: cause.Error()}
	case state.ExitCode() == exitCPU:
		return Response{Outcome: TimedOut, Detail: "processor time used up"}
	// The runtime does not say it in every place; what is left of the limit then is less than it asks for at once.
	case slices.ContainsFunc(wantOfMemory, func(s string) bool { return strings.Contains(text, s) }), peak(state) > memory/4*3:
		return Response{Outcome: OutOfMemory, Detail: "memory used up; " + errs.firstLine()}
	}
	return Response{Outcome: Crashed, Detail: strings.TrimSpace(state.String() + "; " + errs.firstLine())}
}

// head keeps the first max bytes written to it, where a Go program says what it dies of, and lets the rest go by.
type head struct {
	bytes.Buffer
	max int
}

func (h *head) Write(b []byte) (int, error) {
	h.Buffer.Write(b[:min(len(b), h.max-h.Len())])
	return len(b), nil
}

func (h *head) firstLine() string {
	line, _, _ := strings.Cut(h.String(), "\n")
	return line
}
