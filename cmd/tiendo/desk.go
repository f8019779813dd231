package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"tiendo/pipeline"
	"tiendo/pipeline/extract/worker"
	"tiendo/pipeline/ledger"
)

// workerArg starts this program as a worker process that reads files for its parent.
const workerArg = "__worker"

// serveWorker is the life of a worker process.
func serveWorker(in io.Reader, out io.Writer) int {
	if err := pipeline.ServeReaders(in, out); err != nil {
		return exitFailed
	}
	return exitDone
}

// newReaders makes the pool of worker processes, which are this same program.
func newReaders(office pipeline.Office) (*worker.Pool, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return pipeline.NewReaders([]string{self, workerArg}, office)
}

// withDesk opens the office's ledger and readers for work, and closes them after it.
func (c *console) withDesk(ctx context.Context, work func(pipeline.Desk) error) (err error) {
	office, err := c.loadOffice()
	if err != nil {
		return err
	}
	l, err := ledger.Open(ctx, office.State)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	readers, err := newReaders(office)
	if err != nil {
		return err
	}
	defer readers.Close()
	return work(pipeline.Desk{Office: office, Ledger: l, Readers: readers, Now: c.now, Tell: c.progressBar()})
}

// readLedger opens the office's ledger to look into it, beside a running instance; nil where the office has not run yet.
func readLedger(ctx context.Context, office pipeline.Office) (*ledger.Ledger, error) {
	l, err := ledger.OpenReadOnly(ctx, office.State)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return l, err
}

// needLedger is readLedger for commands that can do nothing for an office that has not run yet.
func (c *console) needLedger(ctx context.Context, office pipeline.Office) (*ledger.Ledger, error) {
	l, err := readLedger(ctx, office)
	if err == nil && l == nil {
		return nil, usageError{[]string{c.words.Say("status.no_ledger")}}
	}
	return l, err
}

// withLook opens the office's ledger to look into it, beside a running instance, and readers. The desk has no ledger where the office has
// not run yet.
func (c *console) withLook(ctx context.Context, office pipeline.Office, work func(pipeline.Desk) error) error {
	return c.withReaders(office, func(readers *worker.Pool) error {
		l, err := readLedger(ctx, office)
		if err != nil {
			return err
		}
		if l != nil {
			defer l.Close()
		}
		return work(pipeline.Desk{Office: office, Ledger: l, Readers: readers, Now: c.now})
	})
}

// withReaders runs work with worker processes alone, for commands that need no ledger.
func (c *console) withReaders(office pipeline.Office, work func(*worker.Pool) error) error {
	readers, err := newReaders(office)
	if err != nil {
		return err
	}
	defer readers.Close()
	return work(readers)
}

// readInput reads a file named on the command line.
func (c *console) readInput(name string) ([]byte, error) {
	data, err := os.ReadFile(filepath.Clean(name))
	if errors.Is(err, os.ErrNotExist) {
		return nil, usageError{[]string{c.words.Say("error.no_file", "file", name)}}
	}
	return data, err
}
