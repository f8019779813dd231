package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tiendo/pipeline/ledger"
)

// SumsName lists the files of a backup with their hashes, as `sha256sum -c` reads them. It is written last: a backup without
// it is not whole.
const SumsName = "SHA256SUMS"

// BackedUp is what a backup holds.
type BackedUp struct {
	Dir   string `json:"dir"`
	Files int    `json:"files"`
	Bytes int64  `json:"bytes"`
}

// Backup copies all that the office cannot make again into a new folder, also while serve works: the ledger, the spool, the
// configuration and the registers. What lies in the office's folder keeps its place there, so that the backup is an office itself: put
// back, or named with --office, it goes on where it stood. What lies elsewhere is below [ElsewhereName]. Editions are in the reports
// folder and not copied; the ledger knows their hashes. Neither is the password of the mail server.
func Backup(ctx context.Context, d Desk, config, dir string) (BackedUp, error) {
	b := BackedUp{Dir: dir}
	if err := os.Mkdir(dir, 0o700); err != nil {
		return b, err
	}
	place := func(path string) (string, error) {
		name, err := placeInBackup(filepath.Dir(config), path)
		return filepath.Join(dir, name), err
	}
	state, err := place(d.Office.State)
	if err != nil {
		return b, err
	}
	if err := os.MkdirAll(state, 0o700); err != nil {
		return b, err
	}
	// The spool after the ledger: it only grows, so that it holds every file that the copied ledger knows.
	if err := d.Ledger.CopyTo(ctx, filepath.Join(state, ledger.FileName)); err != nil {
		return b, err
	}
	spool := filepath.Join(state, spoolName)
	if err := copySpool(ctx, d, spool); err != nil {
		return b, err
	}
	for _, from := range append([]string{config}, registerFiles(d.Office)...) {
		to, err := place(from)
		if err != nil {
			return b, err
		}
		if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
			return b, err
		}
		if err := copyFile(from, to); err != nil {
			return b, err
		}
	}
	return b, b.seal(spool)
}

// ElsewhereName is the folder of a backup that holds what lay outside the office's folder, each below its whole path.
const ElsewhereName = "elsewhere"

// placeInBackup is where a file or folder of an office lies in its backup.
func placeInBackup(office, path string) (string, error) {
	office, err := filepath.Abs(office)
	if err != nil {
		return "", err
	}
	if path, err = filepath.Abs(path); err != nil {
		return "", err
	}
	if name, err := filepath.Rel(office, path); err == nil && filepath.IsLocal(name) {
		return name, nil
	}
	return filepath.Join(ElsewhereName, strings.TrimPrefix(path, filepath.VolumeName(path))), nil
}

// registerFiles are the files that the coordinator keeps, each once.
func registerFiles(o Office) []string {
	files := []string{o.UnitsFile}
	if o.WaiversFile != "" {
		files = append(files, o.WaiversFile)
	}
	for _, p := range o.Plans {
		files = append(files, p.Path)
	}
	slices.Sort(files)
	return slices.Compact(files)
}

// copySpool copies every file of the spool that is whole.
func copySpool(ctx context.Context, d Desk, to string) error {
	from := filepath.Join(d.Office.State, spoolName)
	err := filepath.WalkDir(from, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || strings.HasSuffix(path, ".tmp") {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		target := filepath.Join(to, e.Name()[:2], e.Name())
		if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
			return err
		}
		return copyFile(path, target)
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil // nothing was ever received
	}
	return err
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

func hashFile(path string) (sum string, size int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	h := sha256.New()
	size, err = io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), size, err
}

// seal reads the copies back and writes the list of their hashes. A file of the spool is named by its own: one that has rotted is
// noticed now, not when it is needed.
func (b *BackedUp) seal(spool string) error {
	var lines []string
	err := filepath.WalkDir(b.Dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		sum, size, err := hashFile(path)
		if err != nil {
			return err
		}
		if strings.HasPrefix(path, spool+string(filepath.Separator)) && sum != e.Name() {
			return fmt.Errorf("%s in the spool no longer has the bytes that were received", e.Name())
		}
		name, err := filepath.Rel(b.Dir, path)
		if err != nil {
			return err
		}
		lines = append(lines, sum+"  "+filepath.ToSlash(name)+"\n")
		b.Files++
		b.Bytes += size
		return nil
	})
	if err != nil {
		return err
	}
	slices.Sort(lines)
	return os.WriteFile(filepath.Join(b.Dir, SumsName), []byte(strings.Join(lines, "")), 0o600)
}

// keptCopies is how many copies of the ledger the state folder holds.
const keptCopies = 14

// keepCopy copies the ledger into the state folder after an edition was published, and lets the oldest copies go.
func keepCopy(ctx context.Context, d Desk, period string, revision int) error {
	dir := filepath.Join(d.Office.State, ledger.CopiesName)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	// The time in front sorts copies by age.
	target := filepath.Join(dir, fmt.Sprintf("%s_%s_r%d.db", d.Now().UTC().Format("20060102T150405Z"), period, revision))
	if err := os.Remove(target); err != nil && !errors.Is(err, fs.ErrNotExist) { // left half done by a run that was cut off
		return err
	}
	if err := d.Ledger.CopyTo(ctx, target); err != nil {
		return err
	}
	copies, err := filepath.Glob(filepath.Join(dir, "*.db"))
	if err != nil {
		return err
	}
	slices.Sort(copies)
	for _, old := range copies[:max(0, len(copies)-keptCopies)] {
		if err := os.Remove(old); err != nil {
			return err
		}
	}
	return nil
}
