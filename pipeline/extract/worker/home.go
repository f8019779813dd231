package worker

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

const (
	homePrefix  = "tiendo-workers-"
	ownerSuffix = ".owner"
)

// home is the folder of a pool for temporary files, and beside it a file that is locked as long as the pool's process lives. What a
// killed process leaves is removed by the next one.
type home struct {
	dir   string
	owner *flock.Flock
}

func newHome(tempDir string) (*home, error) {
	if tempDir == "" {
		tempDir = os.TempDir()
	}
	removeOrphans(tempDir)
	for {
		f, err := os.CreateTemp(tempDir, homePrefix+"*"+ownerSuffix)
		if err != nil {
			return nil, err
		}
		h := &home{dir: strings.TrimSuffix(f.Name(), ownerSuffix), owner: flock.New(f.Name())}
		err = f.Close()
		ours := false
		if err == nil {
			ours, err = h.owner.TryLock()
		}
		if err == nil && ours {
			err = os.Mkdir(h.dir, 0o700)
		}
		if err != nil {
			return nil, errors.Join(err, h.leave())
		}
		if ours {
			return h, nil
		}
		// Another process takes the file for that of a dead owner, and removes it.
	}
}

// leave removes the home.
func (h *home) leave() error {
	return errors.Join(os.RemoveAll(h.dir), h.owner.Close(), os.Remove(h.owner.Path()))
}

// removeOrphans removes the homes whose owner is dead, as far as this user may: nobody needs it to go on.
func removeOrphans(tempDir string) {
	owners, _ := filepath.Glob(filepath.Join(tempDir, homePrefix+"*"+ownerSuffix)) // the pattern is sound
	for _, path := range owners {
		h := home{dir: strings.TrimSuffix(path, ownerSuffix), owner: flock.New(path, flock.SetFlag(os.O_RDWR))} // never made anew
		if dead, err := h.owner.TryLock(); err == nil && dead {
			_ = h.leave()
		}
		_ = h.owner.Close()
	}
}
