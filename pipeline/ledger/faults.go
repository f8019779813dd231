package ledger

import (
	"errors"
	"slices"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Full reports whether an error of the ledger says that its disk is full, which SQLite says by codes of its own.
func Full(err error) bool {
	// The index beside the log, which is made first, is the one file of which SQLite says only that it could not grow.
	return hasCode(err, sqlite3.SQLITE_FULL) || hasCode(err, sqlite3.SQLITE_IOERR_SHMSIZE)
}

// Damaged reports whether an error says that the file of the ledger is not, or no longer, what was written.
func Damaged(err error) bool {
	return errors.Is(err, errDamaged) || hasCode(err, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
}

// Denied reports whether an error says that the ledger may not be opened, or not be written.
func Denied(err error) bool {
	return hasCode(err, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM)
}

// hasCode reports whether an error of SQLite has one of the codes, or an extension of it.
func hasCode(err error, codes ...int) bool {
	var e *sqlite.Error
	const primary = 0xff
	return errors.As(err, &e) && (slices.Contains(codes, e.Code()) || slices.Contains(codes, e.Code()&primary))
}
