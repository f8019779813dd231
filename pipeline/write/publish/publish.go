// Package publish puts the files of an edition into the folder where readers look for them: all of them or none. In come
// the files, rendered and complete; out comes the manifest that names them. A set without a manifest does not exist.
//
// Every file is written under a temporary name beside its place, flushed, read back and compared, then renamed to a name that was
// never used before; the manifest comes last, in the same way. So a reader sees a whole set or none, a file that somebody has open
// is never replaced, and a published edition never changes: a correction is another revision.
package publish

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
)

var (
	// ErrExists: the name is taken, by other bytes than those to be published.
	ErrExists = errors.New("the name is already in use")
	// ErrReadBack: what was read back is not what was written.
	ErrReadBack = errors.New("what was read back is not what was written")
)

// File is one file of an edition.
type File struct {
	Name    string // made by [Name]
	Content io.ReaderAt
	Size    int64 // bytes
}

// Reader reads the file from its beginning.
func (f File) Reader() io.Reader { return io.NewSectionReader(f.Content, 0, f.Size) }

// Edition is a set of files that is published together.
type Edition struct {
	Period   string         // id: 2025-W20
	Revision int            // 1, 2 …
	Previous int            // the revision that it corrects; 0 where there is none
	Version  string         // of the program
	Input    string         // [Digest] of all that went in
	Counts   map[string]int // what a reader can check at a glance: positions, units, pages
	Files    []File
}

// Manifest says which files make a set, and what they were made from.
type Manifest struct {
	Period   string         `json:"period"`
	Revision int            `json:"revision"`
	Previous int            `json:"previous,omitempty"`
	Version  string         `json:"version"`
	Input    string         `json:"input"`
	Counts   map[string]int `json:"counts,omitempty"`
	Files    []Entry        `json:"files"` // by name
}

// Entry is one file of a set.
type Entry struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"` // bytes
	SHA256 string `json:"sha256"`
}

// Check looks at a file as it was read back from the destination: does the PDF open, is the workbook whole?
type Check func(f File) error

// Name is the name of a file of an edition: TongHop_2025-W20_r1.pdf. The extension comes without a dot.
func Name(period string, revision int, extension string) string {
	return fmt.Sprintf("%s.%s", stem(period, revision), extension)
}

const (
	prefix            = "TongHop_"
	manifestExtension = "manifest.json"
)

// periodID is what a period may look like in a file name: 2025-W20, 2025-9M, 2025.
var periodID = regexp.MustCompile(`^[0-9]{4}(-[0-9A-Z]{2,3})?$`)

func stem(period string, revision int) string {
	return fmt.Sprintf("%s%s_r%d", prefix, period, revision)
}

// temporary is the name under which a file is written before it gets its own.
func temporary(name string) string { return "." + name + ".tmp" }

// Digest is a stable hash of parts in the order given: parts that come from a set are sorted by the caller.
func Digest(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(p)))) // so that "ab","c" is not "a","bc"
		h.Write([]byte(p))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Manifest is the manifest that the edition will have; the ledger notes it as its intent before anything is written.
func (e Edition) Manifest() (Manifest, error) {
	if !periodID.MatchString(e.Period) {
		return Manifest{}, fmt.Errorf("%q cannot stand in the name of a file as a period", e.Period)
	}
	if e.Revision < 1 || e.Previous < 0 || e.Previous >= e.Revision {
		return Manifest{}, fmt.Errorf("revision %d cannot follow revision %d", e.Revision, e.Previous)
	}
	if len(e.Files) == 0 {
		return Manifest{}, errors.New("an edition has at least one file")
	}
	m := Manifest{Period: e.Period, Revision: e.Revision, Previous: e.Previous, Version: e.Version, Input: e.Input, Counts: e.Counts}
	for _, f := range e.Files {
		if !strings.HasPrefix(f.Name, stem(e.Period, e.Revision)+".") || strings.ContainsAny(f.Name, `/\:`) || f.Name == m.Name() {
			return Manifest{}, fmt.Errorf("%q is no name for a file of %s", f.Name, stem(e.Period, e.Revision))
		}
		e, err := entryOf(f)
		if err != nil {
			return Manifest{}, fmt.Errorf("%s: %w", f.Name, err)
		}
		m.Files = append(m.Files, e)
	}
	slices.SortFunc(m.Files, func(a, b Entry) int { return strings.Compare(a.Name, b.Name) })
	for i := 1; i < len(m.Files); i++ {
		if m.Files[i].Name == m.Files[i-1].Name {
			return Manifest{}, fmt.Errorf("two files are named %q", m.Files[i].Name)
		}
	}
	return m, nil
}

// Name is the name of the manifest's own file.
func (m Manifest) Name() string { return Name(m.Period, m.Revision, manifestExtension) }

// encode is the manifest as it is written.
func (m Manifest) encode() ([]byte, error) {
	data, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, err
	}
	return append(data, '\n'), nil
}

// entryOf reads a file and says what it is.
func entryOf(f File) (Entry, error) {
	h := sha256.New()
	n, err := io.Copy(h, f.Reader())
	return Entry{Name: f.Name, Size: n, SHA256: hex.EncodeToString(h.Sum(nil))}, err
}

// inMemory is a file of bytes.
func inMemory(name string, data []byte) File {
	return File{Name: name, Content: bytes.NewReader(data), Size: int64(len(data))}
}

// Set publishes the edition into dir, which exists. If dir already holds this very set, that is the result. After an error
// dir holds either no manifest of the edition or the whole set, and Set can be called again; what the interrupted attempt left behind is
// removed first. Errors of the machine keep their cause: errors.Is(err, syscall.ENOSPC).
func Set(ctx context.Context, dir string, e Edition, checks ...Check) (Manifest, error) {
	d, err := openDisk(dir)
	if err != nil {
		return Manifest{}, err
	}
	defer d.close()
	return set(ctx, d, e, checks)
}

// Put puts one file into a folder under a name of its own, in the way in which [Set] puts many: a reader sees it whole or not at all. A
// name that is there already is left alone.
func Put(root *os.Root, name string, data []byte) error { return put(disk{root}, name, data) }

func put(d folder, file string, data []byte) error {
	taken, err := d.exists(file)
	if err != nil || taken {
		return err
	}
	if err := d.remove(temporary(file)); err != nil { // of an attempt that was cut off
		return err
	}
	if err := writeTemporary(d, inMemory(file, data), nil); err != nil {
		return errors.Join(err, d.remove(temporary(file)))
	}
	if err := name(d, file); err != nil {
		return err
	}
	return d.sync()
}

func set(ctx context.Context, d folder, e Edition, checks []Check) (Manifest, error) {
	m, err := e.Manifest()
	if err != nil {
		return Manifest{}, err
	}
	published, err := recoverSet(d, m)
	if err != nil || published {
		return m, err
	}
	if err := putAll(ctx, d, e, m, checks); err != nil {
		if _, left := recoverSet(d, m); left != nil {
			return m, errors.Join(err, fmt.Errorf("clear what is left of it: %w", left))
		}
		return m, err
	}
	return m, nil
}

// putAll writes the files, gives them their names, and writes the manifest.
func putAll(ctx context.Context, d folder, e Edition, m Manifest, checks []Check) error {
	for _, f := range e.Files {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := writeTemporary(d, f, checks); err != nil {
			return err
		}
	}
	for _, f := range m.Files {
		if err := name(d, f.Name); err != nil {
			return err
		}
	}
	if err := d.sync(); err != nil {
		return err
	}
	data, err := m.encode()
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := writeTemporary(d, inMemory(m.Name(), data), nil); err != nil {
		return err
	}
	if err := name(d, m.Name()); err != nil {
		return err
	}
	return d.sync()
}

// writeTemporary writes a file under its temporary name, and reads it back. A flush that fails is not tried again on the
// same file: what the machine has dropped by then is gone, and a second flush would not say so.
func writeTemporary(d folder, source File, checks []Check) error {
	want, err := copyTo(d, source)
	if err != nil {
		return err
	}
	back, err := d.open(temporary(source.Name))
	if err != nil {
		return err
	}
	defer back.Close() // only read
	file := File{Name: source.Name, Content: back, Size: back.Size()}
	got, err := entryOf(file)
	if err != nil {
		return err
	}
	if got != want {
		return fmt.Errorf("%s: %w: %d bytes %s, want %d bytes %s", source.Name, ErrReadBack, got.Size, got.SHA256, want.Size, want.SHA256)
	}
	for _, check := range checks {
		if err := check(file); err != nil {
			return fmt.Errorf("%s: %w", source.Name, err)
		}
	}
	return nil
}

// copyTo writes a file under its temporary name and says what was given to be written.
func copyTo(d folder, source File) (Entry, error) {
	f, err := d.create(temporary(source.Name))
	if err != nil {
		return Entry{}, err
	}
	h := sha256.New()
	n, err := io.Copy(f, io.TeeReader(source.Reader(), h))
	if err != nil {
		return Entry{}, errors.Join(err, f.Close())
	}
	if err := f.Sync(); err != nil {
		return Entry{}, errors.Join(err, f.Close())
	}
	return Entry{Name: source.Name, Size: n, SHA256: hex.EncodeToString(h.Sum(nil))}, f.Close()
}

// name gives a file its own name. Renaming would replace a file of that name, so it is looked for first; two publishers at once are ruled
// out by the lock on the state.
func name(d folder, name string) error {
	taken, err := d.exists(name)
	if err != nil {
		return err
	}
	if taken {
		return fmt.Errorf("%s: %w", name, ErrExists)
	}
	return d.rename(temporary(name), name)
}
