package worker

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"time"
)

// limits are what the pool tells a new worker, in its first frame.
type limits struct {
	Memory uint64        // bytes of data segment
	CPU    time.Duration // processor time for each file
	Output int           // bytes of payload
	Input  int           // bytes of a file
}

// head of a request frame.
type requestHead struct{ Kind, Name string }

// maxStack ends a runaway recursion early. The runtime's own bound, 1 GB, lies above the memory limit, so that without
// this an endless recursion would be told as want of memory.
const maxStack = 128 << 20

// Serve is the life of a worker: it takes limits from in, then answers requests one after another until in is
// closed. A panic of handle is answered as a crash and the worker lives on; an error of handle says that the request
// itself was wrong (a kind that nobody knows), not the file. Only Serve may read in and write out.
func Serve(in io.Reader, out io.Writer, handle func(Request) (json.RawMessage, error)) error {
	first, err := readFrame(in, 0)
	if err != nil {
		return fmt.Errorf("limits of a worker: %w", err)
	}
	var lim limits
	if err := json.Unmarshal(first.head, &lim); err != nil || first.kind != kindLimits {
		return fmt.Errorf("limits of a worker: %w", errors.Join(errNotFrame, err))
	}
	debug.SetMaxStack(maxStack)
	// From half of the limit on the collector works hard: what it has freed still counts against the limit, and a file that needs more
	// than that is better read slowly than refused.
	debug.SetMemoryLimit(int64(lim.Memory / 2))
	if err := confine(lim); err != nil {
		return fmt.Errorf("limits of a worker: %w", err)
	}
	if err := writeFrame(out, frame{kind: kindLimits}); err != nil {
		return fmt.Errorf("answer of a worker: %w", err)
	}
	for {
		f, err := readFrame(in, lim.Input)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("request to a worker: %w", err)
		}
		var head requestHead
		if err := json.Unmarshal(f.head, &head); err != nil || f.kind != kindRequest {
			return fmt.Errorf("request to a worker: %w", errors.Join(errNotFrame, err))
		}
		if err := allowCPU(lim.CPU); err != nil {
			return fmt.Errorf("limits of a worker: %w", err)
		}
		reply := answer(Request{Kind: head.Kind, Name: head.Name, Data: f.body}, lim.Output, handle)
		if err := writeFrame(out, reply); err != nil {
			return fmt.Errorf("answer of a worker: %w", err)
		}
	}
}

// answer calls the handler and puts what it did into a frame.
func answer(req Request, maxOutput int, handle func(Request) (json.RawMessage, error)) (reply frame) {
	defer func() {
		if p := recover(); p != nil {
			reply = frame{kind: kindPanic, body: firstBytes(fmt.Sprintf("panic: %v", p), maxDetail)}
		}
	}()
	payload, err := handle(req)
	switch {
	case err != nil:
		return frame{kind: kindRefusal, body: firstBytes(err.Error(), maxDetail)}
	case len(payload) > maxOutput:
		return frame{kind: kindTooBig, body: fmt.Appendf(nil, "%d bytes", len(payload))}
	}
	return frame{kind: kindAnswer, body: payload}
}

// maxDetail bounds the text that a dying reader may leave, in bytes.
const maxDetail = 4 << 10

func firstBytes(s string, n int) []byte { return []byte(s[:min(len(s), n)]) }
