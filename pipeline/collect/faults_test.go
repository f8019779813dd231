//go:build unix

package collect

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"syscall"
)

func (o office) remove(name string) {
	o.t.Helper()
	if err := os.Remove(o.path(name)); err != nil {
		o.t.Error(err)
	}
}

func (o office) rename(from, to string) {
	o.t.Helper()
	if err := os.Rename(o.path(from), o.path(to)); err != nil {
		o.t.Error(err)
	}
}

func (o office) fifo(name string) {
	o.t.Helper()
	if err := syscall.Mkfifo(o.path(name), 0o644); err != nil {
		o.t.Error(err)
	}
}

func (o office) append(name, more string) {
	o.t.Helper()
	f, err := os.OpenFile(o.path(name), os.O_APPEND|os.O_WRONLY, 0)
	if err == nil {
		_, err = f.WriteString(more)
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		o.t.Error(err)
	}
}

// faulty is a share on which things go wrong. Functions that are nil do nothing.
type faulty struct {
	Share
	list, lstat func(path string) error
	before      func(path string) // happens just before a file is opened
	open        func(path string, f File) (File, error)
}

func (s faulty) List(folder string) ([]string, error) {
	if s.list != nil {
		if err := s.list(folder); err != nil {
			return nil, err
		}
	}
	return s.Share.List(folder)
}

func (s faulty) Lstat(path string) (fs.FileInfo, error) {
	if s.lstat != nil {
		if err := s.lstat(path); err != nil {
			return nil, err
		}
	}
	return s.Share.Lstat(path)
}

func (s faulty) Open(path string) (File, error) {
	if s.before != nil {
		s.before(path)
	}
	f, err := s.Share.Open(path)
	if err != nil || s.open == nil {
		return f, err
	}
	return s.open(path, f)
}

func pathError(path string, err error) error { return &fs.PathError{Op: "open", Path: path, Err: err} }

func refuse(at string, err error) func(string) error {
	return func(path string) error {
		if path == at {
			return pathError(path, err)
		}
		return nil
	}
}

func refuseOpen(err error) func(string, File) (File, error) {
	return func(path string, f File) (File, error) {
		if path != "u/a.csv" {
			return f, nil
		}
		return nil, errors.Join(pathError(path, err), f.Close())
	}
}

// reading makes u/a.csv a file that misbehaves while it is read.
func reading(change func(*fault)) func(string, File) (File, error) {
	return func(path string, f File) (File, error) {
		if path != "u/a.csv" {
			return f, nil
		}
		bad := &fault{File: f}
		change(bad)
		return bad, nil
	}
}

// fault is a file that misbehaves.
type fault struct {
	File
	after  int    // bytes that are read well at the first reading
	err    error  // then; nil: nothing happens
	second string // what the second reading finds; empty: the same
	during func() // happens before the second reading
	again  io.Reader
}

func (f *fault) Read(b []byte) (int, error) {
	if f.again != nil {
		return f.again.Read(b)
	}
	if f.err == nil {
		return f.File.Read(b)
	}
	n, err := f.File.Read(b[:min(len(b), f.after)])
	f.after -= n
	if n == 0 || err != nil {
		return n, f.err
	}
	return n, nil
}

func (f *fault) Seek(offset int64, whence int) (int64, error) {
	if f.second != "" {
		f.again = strings.NewReader(f.second)
	}
	if f.during != nil {
		f.during()
	}
	return f.File.Seek(offset, whence)
}

// failingTemp makes temporary files that fail at a step: open, write (after some bytes) or sync.
func failingTemp(after int, err error, step string) func(string) (tempFile, error) {
	return func(dir string) (tempFile, error) {
		if step == "open" {
			return nil, pathError(dir, err)
		}
		f, cause := os.CreateTemp(dir, incoming)
		if cause != nil {
			return nil, cause
		}
		return &failing{File: f, after: after, err: err, step: step}, nil
	}
}

type failing struct {
	*os.File
	after int
	err   error
	step  string
}

func (f *failing) Write(b []byte) (int, error) {
	if f.step != "write" || len(b) <= f.after {
		f.after -= len(b)
		return f.File.Write(b)
	}
	n, err := f.File.Write(b[:f.after])
	f.after = 0
	return n, errors.Join(f.err, err)
}

func (f *failing) Sync() error {
	if f.step == "sync" {
		return f.err
	}
	return f.File.Sync()
}
