package publish

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"syscall"
)

// folder is where editions are published. Names are plain names in that folder.
type folder interface {
	create(name string) (file, error) // a new file; an error where the name is taken
	open(name string) (stored, error)
	exists(name string) (bool, error)
	rename(from, to string) error
	remove(name string) error // no error where there is no such file
	list() ([]string, error)  // sorted
	sync() error              // makes new names, and removed ones, last
}

// file is a file that is being written.
type file interface {
	io.WriteCloser
	Sync() error
}

// stored is a file that is read.
type stored interface {
	io.ReaderAt
	io.Closer
	Size() int64
}

// disk is a folder of the file system. No name leads out of it.
type disk struct{ root *os.Root }

func openDisk(dir string) (disk, error) {
	root, err := os.OpenRoot(dir)
	return disk{root}, err
}

func (d disk) close() { _ = d.root.Close() } // only a handle: nothing is written by it

func (d disk) create(name string) (file, error) {
	return d.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
}

func (d disk) open(name string) (stored, error) {
	f, err := d.root.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return onDisk{f, info.Size()}, nil
}

// onDisk is a file of the file system.
type onDisk struct {
	*os.File
	size int64
}

func (f onDisk) Size() int64 { return f.size }

// entryIn is what a file of the folder is.
func entryIn(d folder, name string) (Entry, error) {
	f, err := d.open(name)
	if err != nil {
		return Entry{}, err
	}
	defer f.Close() // only read
	return entryOf(File{Name: name, Content: f, Size: f.Size()})
}

// read reads a small file of the folder.
func read(d folder, name string) ([]byte, error) {
	f, err := d.open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() // only read
	return io.ReadAll(io.NewSectionReader(f, 0, f.Size()))
}

func (d disk) exists(name string) (bool, error) {
	_, err := d.root.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

func (d disk) rename(from, to string) error { return d.root.Rename(from, to) }

func (d disk) remove(name string) error {
	err := d.root.Remove(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func (d disk) list() ([]string, error) {
	f, err := d.root.Open(".")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	names, err := f.Readdirnames(-1)
	slices.Sort(names)
	return names, err
}

func (d disk) sync() error {
	f, err := d.root.Open(".")
	if err != nil {
		return err
	}
	defer f.Close()
	err = f.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		return nil // a share over SMB has no such call for folders
	}
	return err
}
