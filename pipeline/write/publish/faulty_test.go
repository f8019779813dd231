package publish

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
)

var errKilled = errors.New("the process is dead")

// faulty is a disk on which one call goes wrong.
type faulty struct {
	folder
	call   int   // so far
	fail   int   // number of the call that goes wrong; 0: none
	err    error // what it says
	done   bool  // the call does its work and reports the error all the same
	killed bool  // no later call does anything: the process died there
}

// step counts a call. It reports whether the call does its work, and the error it returns.
func (f *faulty) step() (works bool, err error) {
	f.call++
	switch {
	case f.fail == 0 || f.call < f.fail:
		return true, nil
	case f.call == f.fail:
		return f.done, f.err
	case f.killed:
		return false, errKilled
	}
	return true, nil
}

func (f *faulty) create(name string) (file, error) {
	works, err := f.step()
	if !works {
		return nil, err
	}
	inner, createErr := f.folder.create(name)
	if createErr != nil {
		return nil, errors.Join(err, createErr)
	}
	if err != nil { // it was made, and the caller does not learn of it
		return nil, errors.Join(err, inner.Close())
	}
	return &faultyFile{inner, f}, nil
}

func (f *faulty) open(name string) (stored, error) {
	if _, err := f.step(); err != nil {
		return nil, err
	}
	inner, err := f.folder.open(name)
	return faultyStored{inner, f}, err
}

// faultyStored is a file that is read on a faulty disk.
type faultyStored struct {
	stored
	disk *faulty
}

func (f faultyStored) ReadAt(b []byte, at int64) (int, error) {
	if _, err := f.disk.step(); err != nil {
		return 0, err
	}
	return f.stored.ReadAt(b, at)
}

func (f *faulty) exists(name string) (bool, error) {
	if _, err := f.step(); err != nil {
		return false, err
	}
	return f.folder.exists(name)
}

func (f *faulty) rename(from, to string) error {
	works, err := f.step()
	if !works {
		return err
	}
	return errors.Join(err, f.folder.rename(from, to))
}

func (f *faulty) remove(name string) error {
	works, err := f.step()
	if !works {
		return err
	}
	return errors.Join(err, f.folder.remove(name))
}

func (f *faulty) sync() error {
	if _, err := f.step(); err != nil {
		return err
	}
	return f.folder.sync()
}

// faultyFile is a file on a faulty disk. A write that fails leaves half of the bytes.
type faultyFile struct {
	inner file
	disk  *faulty
}

func (f *faultyFile) Write(b []byte) (int, error) {
	if works, err := f.disk.step(); err != nil {
		if f.disk.killed && !works && f.disk.call > f.disk.fail {
			return 0, err
		}
		n, _ := f.inner.Write(b[:len(b)/2])
		return n, err
	}
	return f.inner.Write(b)
}

func (f *faultyFile) Sync() error {
	if _, err := f.disk.step(); err != nil {
		return err
	}
	return f.inner.Sync()
}

// Close closes the file in any case, so that the test holds no handles.
func (f *faultyFile) Close() error {
	_, err := f.disk.step()
	return errors.Join(err, f.inner.Close())
}

// unflushed is a disk whose flushes do nothing.
type unflushed struct{ folder }

func (u unflushed) create(name string) (file, error) {
	f, err := u.folder.create(name)
	return unflushedFile{f}, err
}

func (unflushed) sync() error { return nil }

type unflushedFile struct{ file }

func (unflushedFile) Sync() error { return nil }

// lying is a disk that gives back other bytes than were written, once.
type lying struct {
	folder
	about string
}

func (l *lying) open(name string) (stored, error) {
	f, err := l.folder.open(name)
	if name == l.about && err == nil {
		return shortened{f}, nil
	}
	return f, err
}

// shortened has lost its last byte.
type shortened struct{ stored }

func (s shortened) Size() int64 { return s.stored.Size() - 1 }

// intruder is a folder into which somebody else puts a file while its temporary twin is being written.
type intruder struct {
	folder
	dir, name string
}

func (i *intruder) create(name string) (file, error) {
	if name == temporary(i.name) {
		if err := os.WriteFile(filepath.Join(i.dir, i.name), []byte("somebody's"), 0o644); err != nil {
			return nil, err
		}
	}
	return i.folder.create(name)
}

var diskErrors = []error{syscall.ENOSPC, syscall.EIO, syscall.EACCES}
