package ledger

import (
	"errors"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Full reports whether an error of the ledger says that its disk is full, which SQLite says by codes of its own.
func Full(err error) bool {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return false
	}
	const primary = 0xff // of an extended code
	// The index beside the log, which is made first, is the one file of which SQLite says only that it could not grow.
	return e.Code()&primary == sqlite3.SQLITE_FULL || e.Code() == sqlite3.SQLITE_IOERR_SHMSIZE
}
