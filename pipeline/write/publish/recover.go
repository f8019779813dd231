package publish

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
)

// Recover settles editions whose publishing was begun and not noted as ended: those of which dir holds the whole set are returned, of the
// others everything that was left behind is removed. The intents are the manifests that the ledger noted beforehand; no other file is
// touched.
func Recover(dir string, intents []Manifest) (published []Manifest, err error) {
	d, err := openDisk(dir)
	if err != nil {
		return nil, err
	}
	defer d.close()
	for _, m := range intents {
		whole, err := recoverSet(d, m)
		if err != nil {
			return published, err
		}
		if whole {
			published = append(published, m)
		}
	}
	return published, nil
}

// recoverSet reports whether the folder holds the whole set; if it does not, it removes what an earlier attempt left of it. A
// file of one of its names with other bytes is nobody's leftover: it stays, and ErrExists says so.
func recoverSet(d folder, m Manifest) (whole bool, err error) {
	want, err := m.encode()
	if err != nil {
		return false, err
	}
	for _, name := range m.names() {
		if err := d.remove(temporary(name)); err != nil {
			return false, err
		}
	}
	have, err := read(d, m.Name())
	switch {
	case err == nil && !bytes.Equal(have, want):
		return false, fmt.Errorf("%s: %w", m.Name(), ErrExists)
	case err == nil:
		if err := compareAll(d, m); err != nil {
			return false, err
		}
		return true, d.sync() // the attempt that wrote it may have ended before its names were made to last
	case !errors.Is(err, fs.ErrNotExist):
		return false, err
	}
	return false, removeOrphans(d, m)
}

// names are the names of all files of the set, the manifest's own last.
func (m Manifest) names() []string {
	var names []string
	for _, f := range m.Files {
		names = append(names, f.Name)
	}
	return append(names, m.Name())
}

// compareAll holds the files of a set against its manifest.
func compareAll(d folder, m Manifest) error {
	for _, want := range m.Files {
		have, err := entryIn(d, want.Name)
		if err != nil {
			return err
		}
		if have != want {
			return fmt.Errorf("%s: %w", want.Name, ErrExists)
		}
	}
	return nil
}

// removeOrphans removes the files of a set that has no manifest.
func removeOrphans(d folder, m Manifest) error {
	for _, want := range m.Files {
		have, err := entryIn(d, want.Name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		if have != want {
			return fmt.Errorf("%s: %w", want.Name, ErrExists)
		}
		if err := d.remove(want.Name); err != nil {
			return err
		}
	}
	return nil
}
