package worker

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"time"
)

// Options say what a worker is and how far it may go. Zero values mean the defaults named.
type Options struct {
	Command        []string      // program, as an absolute path, and arguments; the program calls [Serve]
	TempDir        string        // where the workers' own temporary folder is made; the system's by default
	Size           int           // workers at one time; one for each processor by default
	FilesPerWorker int           // files after which a worker is replaced; 500
	Deadline       time.Duration // wall time for each file; 30 s
	CPU            time.Duration // processor time for each file, rounded up to seconds; the deadline by default
	Memory         uint64        // bytes of data segment; 512 MiB. Linux only
	Input          int           // bytes of a file; 64 MiB
	Output         int           // bytes of an answer; 32 MiB
}

func (o Options) withDefaults() Options {
	if o.Size == 0 {
		o.Size = runtime.GOMAXPROCS(0)
	}
	if o.FilesPerWorker == 0 {
		o.FilesPerWorker = 500
	}
	if o.Deadline == 0 {
		o.Deadline = 30 * time.Second
	}
	if o.CPU == 0 {
		o.CPU = o.Deadline
	}
	if o.Memory == 0 {
		o.Memory = 512 << 20
	}
	if o.Input == 0 {
		o.Input = 64 << 20
	}
	if o.Output == 0 {
		o.Output = 32 << 20
	}
	return o
}

// Pool keeps workers ready. It may be used by many goroutines at once.
type Pool struct {
	opts     Options
	home     *home         // holds the workers' folders for temporary files
	confined bool          // see Confined
	slots    chan *process // one value for each worker that may run; nil: not started yet
	starts   chan startOrder
	closed   chan struct{}
}

// ErrClosed is what Do returns after Close.
var ErrClosed = errors.New("the workers have been dismissed")

// New makes a pool. Workers start when they are first needed. Close it when done.
func New(opts Options) (*Pool, error) {
	if len(opts.Command) == 0 {
		return nil, errors.New("no command for the workers")
	}
	opts = opts.withDefaults()
	home, err := newHome(opts.TempDir)
	if err != nil {
		return nil, fmt.Errorf("folder for the workers: %w", err)
	}
	p := &Pool{
		opts:   opts,
		home:   home,
		slots:  make(chan *process, opts.Size),
		starts: make(chan startOrder),
		closed: make(chan struct{}),
	}
	for range opts.Size {
		p.slots <- nil
	}
	ready := make(chan error)
	go p.startWorkers(ready)
	if err := <-ready; err != nil {
		return nil, errors.Join(err, home.leave())
	}
	return p, nil
}

// Confined reports whether the kernel keeps the workers from every file but their program and their own temporary folder,
// and from the network.
func (p *Pool) Confined() bool { return p.confined }

// startOrder asks for a command to be started.
type startOrder struct {
	cmd  *exec.Cmd
	done chan<- error
}

// startWorkers starts every worker from one thread that lives as long as the pool and ends with it. So it must be: the
// kernel kills a worker when the thread that started it ends, and workers inherit the confinement of that thread alone.
func (p *Pool) startWorkers(ready chan<- error) {
	runtime.LockOSThread() // never unlocked: the confined thread is thrown away
	var err error
	p.confined, err = sandbox(p.opts.Command[0], p.home.dir)
	ready <- err
	if err != nil {
		return
	}
	for order := range p.starts {
		order.done <- order.cmd.Start()
	}
}

// Do has one file read. What the file did to its worker stands in the response; an error means that the machine could
// not do its part: no worker could be started, the handler does not know the kind, the context ended.
//
// A worker that dies on a file after it has served others may have died of what they left behind, so the file is tried
// once more by a fresh worker: the answer depends on the file alone.
func (p *Pool) Do(ctx context.Context, req Request) (Response, error) {
	if len(req.Data) > p.opts.Input || len(req.Name) > maxHead/16 {
		return Response{}, fmt.Errorf("%d bytes are more than a worker takes (%d)", len(req.Data), p.opts.Input)
	}
	proc, err := p.take(ctx)
	if err != nil {
		return Response{}, err
	}
	defer func() { p.slots <- proc }()
	for {
		if proc == nil {
			if proc, err = p.fresh(); err != nil {
				return Response{}, fmt.Errorf("a worker could not be started: %w", err)
			}
		}
		used := proc.served > 0
		resp, alive, err := p.serve(ctx, proc, req)
		if !alive {
			proc = nil
		}
		died := !alive && (resp.Outcome == Crashed || resp.Outcome == OutOfMemory)
		if err != nil || !used || !died {
			return resp, err
		}
	}
}

// take waits for a free worker.
func (p *Pool) take(ctx context.Context) (*process, error) {
	select {
	case <-p.closed:
		return nil, ErrClosed
	default:
	}
	select {
	case proc := <-p.slots:
		return proc, nil
	case <-p.closed:
		return nil, ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (p *Pool) fresh() (*process, error) {
	lim := limits{Memory: p.opts.Memory, CPU: p.opts.CPU, Output: p.opts.Output, Input: p.opts.Input}
	return start(p.opts.Command, p.home.dir, lim, func(cmd *exec.Cmd) error {
		done := make(chan error)
		p.starts <- startOrder{cmd, done}
		return <-done
	})
}

// serve has one worker answer one request within the deadline. It reports whether the worker can serve on.
func (p *Pool) serve(ctx context.Context, proc *process, req Request) (_ Response, alive bool, _ error) {
	limited, cancel := context.WithTimeout(ctx, p.opts.Deadline)
	defer cancel()
	killed := make(chan struct{})
	stop := context.AfterFunc(limited, func() {
		kill(proc.cmd.Process)
		close(killed)
	})
	reply, broken := proc.exchange(req, p.opts.Output)
	if !stop() {
		// An answer that came while the worker was being killed comes too late as well: whether there is one must not
		// hang on which of the two was faster.
		<-killed // its process id must not be used again before
		proc.end()
		if ctx.Err() != nil {
			return Response{}, false, ctx.Err()
		}
		return Response{Outcome: TimedOut, Detail: "over " + p.opts.Deadline.String()}, false, nil
	}
	if broken != nil {
		return autopsy(proc.end(), broken, proc.errs, p.opts.Memory), false, nil
	}
	alive = proc.served < p.opts.FilesPerWorker
	if !alive {
		proc.end()
	}
	resp, err := response(reply)
	return resp, alive, err
}

// response reads the frame that a worker answered with.
func response(f frame) (Response, error) {
	switch f.kind {
	case kindAnswer:
		return Response{Payload: f.body}, nil
	case kindPanic:
		return Response{Outcome: Crashed, Detail: string(f.body)}, nil
	case kindTooBig:
		return Response{Outcome: OutputTooBig, Detail: string(f.body)}, nil
	}
	return Response{}, fmt.Errorf("the worker cannot do this: %s", f.body)
}

// Close waits for the requests under way and dismisses all workers. Call it once.
func (p *Pool) Close() {
	close(p.closed)
	for range cap(p.slots) {
		if proc := <-p.slots; proc != nil {
			proc.end()
		}
	}
	close(p.starts)
	_ = p.home.leave() // temporary files that are left harm nobody
}
