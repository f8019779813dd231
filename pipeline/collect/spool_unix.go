//go:build unix

package collect

import (
	"errors"
	"os"
)

// syncFolder makes a rename in the folder last.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
