package collect

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"

	"tiendo/pipeline/progress"
)

// Spool keeps one copy of every file received, named by the hash of its bytes: Dir/ab/abcd…. Nothing in it is ever
// changed.
type Spool struct {
	Dir string
	// create makes a temporary file in Dir; nil: on the disk.
	create func(dir string) (tempFile, error)
}

// tempFile is a copy that is not yet complete.
type tempFile interface {
	io.Writer
	io.ReaderAt
	io.Closer
	Sync() error
	Name() string
}

// incoming is the pattern of temporary names in the spool.
const incoming = "incoming-*.tmp"

// Path is where the spool keeps the bytes of a hash.
func (s Spool) Path(sha256 string) string { return filepath.Join(s.Dir, sha256[:2], sha256) }

// Has reports whether the spool keeps the bytes of a hash, whole.
func (s Spool) Has(sha256 string, size int64) bool {
	if len(sha256) != 64 {
		return false
	}
	info, err := os.Stat(s.Path(sha256))
	return err == nil && info.Mode().IsRegular() && info.Size() == size
}

// prepare makes the spool's folder and removes what a run that was killed left half copied.
func (s Spool) prepare() error {
	if err := os.MkdirAll(s.Dir, 0o700); err != nil {
		return spoolFailure(err)
	}
	left, err := filepath.Glob(filepath.Join(s.Dir, incoming))
	if err != nil {
		return spoolFailure(err)
	}
	for _, name := range left {
		if err := os.Remove(name); err != nil {
			return spoolFailure(err)
		}
	}
	return nil
}

func (s Spool) temp() (tempFile, error) {
	if s.create != nil {
		return s.create(s.Dir)
	}
	return os.CreateTemp(s.Dir, incoming)
}

// keep gives a complete copy its name. It reports whether the bytes are new.
func (s Spool) keep(temp, sha256 string, size int64) (bool, error) {
	if s.Has(sha256, size) {
		return false, os.Remove(temp)
	}
	folder := filepath.Dir(s.Path(sha256))
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return false, err
	}
	if err := os.Rename(temp, s.Path(sha256)); err != nil {
		return false, err
	}
	return true, errors.Join(syncFolder(folder), syncFolder(s.Dir))
}

// Blob is a file's bytes in the spool.
type Blob struct {
	SHA256 string // lower case hexadecimal
	Size   int64  // bytes
	New    bool   // the spool did not have them before
}

// Take copies one file of the inbox into the spool. A file that is not what the sighting says, that changes while it is
// copied, or that has no end yet, is held back and leaves nothing behind. An error is a [Failure] of the spool.
func Take(ctx context.Context, inbox Share, spool Spool, s Sighting) (Blob, *Hold, error) {
	if err := ctx.Err(); err != nil {
		return Blob{}, nil, err
	}
	src, hold := openSame(inbox, s)
	if hold != nil {
		return Blob{}, hold, nil
	}
	defer src.Close()
	tmp, err := spool.temp()
	if err != nil {
		return Blob{}, nil, spoolFailure(err)
	}
	blob, hold, err := copyTo(tmp, src, s)
	err = cmp.Or(err, tmp.Close())
	if err == nil && hold == nil {
		blob.New, err = spool.keep(tmp.Name(), blob.SHA256, blob.Size)
	}
	if err != nil || hold != nil {
		_ = os.Remove(tmp.Name()) // prepare tries again
	}
	if err != nil {
		return Blob{}, nil, spoolFailure(err)
	}
	return blob, hold, nil
}

// openSame opens the file that was sighted, and no other: a link or a FIFO may have taken its name since.
func openSame(inbox Share, s Sighting) (File, *Hold) {
	f, err := inbox.Open(s.Path)
	if err != nil {
		return nil, unreadable(err)
	}
	if hold := stillSame(f, s); hold != nil {
		_ = f.Close() // read only
		return nil, hold
	}
	return f, nil
}

func stillSame(f File, s Sighting) *Hold {
	info, err := f.Stat()
	switch {
	case err != nil:
		return unreadable(err)
	case !info.Mode().IsRegular() || statOf(info) != s.Stat:
		return growing()
	}
	return nil
}

func growing() *Hold { return &Hold{State: progress.Pending, Reason: "growing"} }

// copyTo copies src to tmp and makes sure that the copy is whole: as long as it was said to be, the same at a second
// reading, unchanged meanwhile, with its structure's end.
func copyTo(tmp tempFile, src File, s Sighting) (Blob, *Hold, error) {
	first := sha256.New()
	n, fault := transfer(io.MultiWriter(tmp, first), src, s.Stat.Size)
	if fault.write != nil {
		return Blob{}, nil, fault.write
	}
	if fault.read != nil {
		return Blob{}, unreadable(fault.read), nil
	}
	if _, err := src.Seek(0, io.SeekStart); err != nil {
		return Blob{}, unreadable(err), nil
	}
	second := sha256.New()
	again, fault := transfer(second, src, s.Stat.Size)
	if fault.read != nil {
		return Blob{}, unreadable(fault.read), nil
	}
	if hold := stillSame(src, s); hold != nil {
		return Blob{}, hold, nil
	}
	sum := hex.EncodeToString(first.Sum(nil))
	if n != s.Stat.Size || again != n || hex.EncodeToString(second.Sum(nil)) != sum {
		return Blob{}, growing(), nil
	}
	whole, err := complete(tmp, n)
	if err != nil {
		return Blob{}, nil, err
	}
	if !whole {
		return Blob{}, &Hold{State: progress.Pending, Reason: "incomplete"}, nil
	}
	// A failed fsync is never tried again on the same file: the system may have dropped the pages.
	return Blob{SHA256: sum, Size: n}, nil, tmp.Sync()
}

// faults of a transfer, kept apart: a file that cannot be read is held back, a spool that cannot be written stops the run.
type faults struct{ read, write error }

// transfer copies at most one byte more than size, so that a file which grows for ever ends.
func transfer(w io.Writer, r io.Reader, size int64) (int64, faults) {
	out := &marking{w: w}
	n, err := io.Copy(out, io.LimitReader(r, size+1))
	if out.err != nil {
		return n, faults{write: out.err}
	}
	return n, faults{read: err}
}

// marking remembers that writing failed.
type marking struct {
	w   io.Writer
	err error
}

func (m *marking) Write(b []byte) (int, error) {
	n, err := m.w.Write(b)
	if err != nil {
		m.err = err
	}
	return n, err
}
