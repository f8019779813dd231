package collect

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"syscall"
)

// Share is the inbox as the collector sees it: it can be listed and read and nothing else. Paths have / between names,
// are relative to the inbox ("." is the inbox itself) and hold the bytes that the share lists, in whatever encoding.
type Share interface {
	// List returns the names in a folder, in any order.
	List(folder string) ([]string, error)
	// Lstat describes an entry without following a symbolic link.
	Lstat(path string) (fs.FileInfo, error)
	// Open opens a file for reading. It returns at once, also for a FIFO.
	Open(path string) (File, error)
}

// File is an open file of a share.
type File interface {
	io.Reader
	io.Seeker
	io.Closer
	Stat() (fs.FileInfo, error)
}

// Folder is a share that the operating system has mounted: a local folder, SMB, NFS.
type Folder struct{ root *os.Root }

// OpenFolder opens a folder as a share. Nothing outside it can be reached through it, whatever names and links say.
func OpenFolder(dir string) (*Folder, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, &Failure{Key: "inbox.missing", Facts: facts("inbox", dir), Err: err}
	}
	return &Folder{root}, nil
}

// Close lets go of the folder.
func (f *Folder) Close() error { return f.root.Close() }

// List implements [Share].
func (f *Folder) List(folder string) ([]string, error) {
	dir, err := f.root.Open(folder)
	if err != nil {
		return nil, err
	}
	names, err := dir.Readdirnames(-1)
	return names, errors.Join(err, dir.Close())
}

// Lstat implements [Share].
func (f *Folder) Lstat(path string) (fs.FileInfo, error) { return f.root.Lstat(path) }

// Open implements [Share].
func (f *Folder) Open(path string) (File, error) {
	file, err := f.root.OpenFile(path, os.O_RDONLY|openFlags, 0)
	if err != nil {
		return nil, err
	}
	return file, nil
}

// Stat is what tells whether a file changed. Inode and Changed are 0 where the system has none.
type Stat struct {
	Size     int64 // bytes
	Modified int64 // nanoseconds since 1970; set by whoever writes, also to the past
	Changed  int64 // nanoseconds since 1970; the inode's change time, set by the file system alone
	Inode    uint64
}

func statOf(info fs.FileInfo) Stat {
	s := Stat{Size: info.Size(), Modified: info.ModTime().UnixNano()}
	s.Changed, s.Inode = changeOf(info)
	return s
}

// SentinelName is the file in the inbox that proves it to be the inbox: an unmounted share is an empty folder.
const SentinelName = ".inbox-id"

const maxSentinel = 4 << 10

// checkSentinel fails unless the inbox holds the sentinel with the words expected.
func checkSentinel(share Share, want string) error {
	found, err := ReadSentinel(share)
	if err != nil {
		return &Failure{Key: "inbox.no_sentinel", Facts: facts("sentinel", SentinelName), Err: err}
	}
	if found != strings.TrimSpace(want) {
		return &Failure{Key: "inbox.other_sentinel", Facts: facts("sentinel", SentinelName, "found", Shown(found), "expected", want)}
	}
	return nil
}

// ReadSentinel returns what the sentinel of a share says, without white space around it.
func ReadSentinel(share Share) (string, error) {
	f, err := share.Open(SentinelName)
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(io.LimitReader(f, maxSentinel))
	return strings.TrimSpace(string(text)), errors.Join(err, f.Close())
}

// Failure is a broken machine: nothing is known about the entries. Its wording is under "failure." and Key in
// templates.
type Failure struct {
	Key   string            // inbox.missing, inbox.no_sentinel, inbox.other_sentinel, inbox.fell, inbox.unlisted, spool.unwritable, spool.full
	Facts map[string]string // fill the places of the sentence
	Err   error             // the cause; nil where the facts are the cause
}

func (f *Failure) Error() string {
	text := f.Key
	for _, k := range sortedKeys(f.Facts) {
		text += fmt.Sprintf(" %s=%q", k, f.Facts[k])
	}
	if f.Err != nil {
		text += ": " + f.Err.Error()
	}
	return text
}

func (f *Failure) Unwrap() error { return f.Err }

// spoolFailure tells a full disk, which somebody can mend, from other faults of the spool.
func spoolFailure(err error) error {
	key := "spool.unwritable"
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, errQuota) {
		key = "spool.full"
	}
	return &Failure{Key: key, Err: err}
}
