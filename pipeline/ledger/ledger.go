// Package ledger is what the office remembers: plan versions, files seen and received, what was read in them, whose
// returns they are, and every edition as it was published. It is a SQLite file in the state directory of one
// machine; a lock beside it proves that no other tiendo works on it.
//
// In go the nouns of package progress; out come the same nouns. An error means that the state could not be read or
// written; then nothing was changed, since every method is one transaction.
package ledger

import (
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	_ "embed"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
	_ "modernc.org/sqlite" // the driver

	"tiendo/pipeline/progress"
)

//go:embed schema.sql
var schema string

// lettersSchema is what version 2 added.
//
//go:embed letters.sql
var lettersSchema string

// trailsSchema is what version 3 added.
//
//go:embed trails.sql
var trailsSchema string

const (
	applicationID = 0x7469656e // "tien": tells our files from other SQLite files
	schemaVersion = 3
	FileName      = "ledger.db"
	lockName      = "ledger.lock"
	// CopiesName is the folder beside the ledger that holds copies of it.
	CopiesName = "copies"
)

// ErrLocked is returned by [Open] where another process holds the state directory.
var ErrLocked = errors.New("another instance works on this state directory")

// ErrNewer is returned where the ledger was written by a later version of the program.
var ErrNewer = errors.New("the ledger was written by a newer version of tiendo")

// errDamaged: see [Damaged].
var errDamaged = errors.New(FileName + " is empty or gone, and there are copies of it")

// Ledger is an open ledger.
type Ledger struct {
	db   *sql.DB
	lock *flock.Flock
}

// Open opens the ledger in dir for writing, and makes it where there is none. It holds the lock of dir until Close.
func Open(ctx context.Context, dir string) (*Ledger, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, err
	}
	lock := flock.New(filepath.Join(dir, lockName))
	got, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock the state directory: %w", err)
	}
	if !got {
		return nil, ErrLocked
	}
	l := &Ledger{lock: lock}
	if err = notLost(dir); err == nil {
		l.db, err = open(ctx, dir, false)
	}
	if err == nil {
		err = l.migrate(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// OpenReadOnly opens an existing ledger beside a running instance. It is fs.ErrNotExist where there is none yet.
func OpenReadOnly(ctx context.Context, dir string) (*Ledger, error) {
	if err := notLost(dir); err != nil {
		return nil, err
	}
	if _, err := os.Stat(filepath.Join(dir, FileName)); err != nil {
		return nil, err
	}
	db, err := open(ctx, dir, true)
	if err != nil {
		return nil, err
	}
	l := &Ledger{db: db}
	version, err := l.version(ctx)
	if err == nil && version > schemaVersion {
		err = ErrNewer
	}
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// version is that of the schema; 0 where there is none yet.
func (l *Ledger) version(ctx context.Context) (version int, err error) {
	err = l.db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version)
	return version, err
}

// notLost keeps a new ledger from being begun where an old one was lost: the history of the office would be gone without a word.
func notLost(dir string) error {
	info, err := os.Stat(filepath.Join(dir, FileName))
	if errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() == 0 {
		copies, err := filepath.Glob(filepath.Join(dir, CopiesName, "*.db"))
		if err == nil && len(copies) > 0 {
			return errDamaged
		}
		return err
	}
	return err
}

// Writable tells whether this user may write every file of the ledger that is in dir.
func Writable(dir string) error {
	var errs []error
	for _, name := range []string{FileName, FileName + "-wal", FileName + "-shm", lockName} {
		f, err := os.OpenFile(filepath.Join(dir, name), os.O_RDWR, 0)
		if err == nil {
			err = f.Close()
		}
		if !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

func open(ctx context.Context, dir string, readOnly bool) (*sql.DB, error) {
	// Full synchronisation costs 8 % of the insert rate and is what makes "published" survive a loss of power.
	q := url.Values{"_pragma": {"busy_timeout(10000)", "foreign_keys(1)", "synchronous(FULL)", "journal_mode(WAL)"}, "_txlock": {"immediate"}}
	if readOnly {
		q = url.Values{"_pragma": {"busy_timeout(10000)"}, "mode": {"ro"}}
	}
	file := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(filepath.Join(dir, FileName))}).EscapedPath(), RawQuery: q.Encode()}
	db, err := sql.Open("sqlite", file.String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // one writer; readers of one process wait their turn
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open the ledger: %w", err), db.Close())
	}
	return db, nil
}

func (l *Ledger) migrate(ctx context.Context) error {
	version, err := l.version(ctx)
	if err != nil {
		return err
	}
	var app int
	if err := l.db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&app); err != nil {
		return err
	}
	switch {
	case version == 0 && app == 0:
		if _, err := l.db.ExecContext(ctx, fmt.Sprintf("BEGIN; %s; PRAGMA application_id=%d; PRAGMA user_version=1; COMMIT", schema, applicationID)); err != nil {
			return err
		}
		version = 1
	case app != applicationID:
		return fmt.Errorf("%s in the state directory is not a ledger of tiendo", FileName)
	case version > schemaVersion:
		return ErrNewer
	}
	if version < 2 {
		if _, err := l.db.ExecContext(ctx, fmt.Sprintf("BEGIN; %s; PRAGMA user_version=2; COMMIT", lettersSchema)); err != nil {
			return err
		}
	}
	if version < 3 {
		return l.addTrails(ctx)
	}
	return nil
}

// Close releases the ledger and its lock.
func (l *Ledger) Close() error {
	var err error
	if l.db != nil {
		err = l.db.Close()
	}
	if l.lock != nil {
		err = errors.Join(err, l.lock.Unlock())
	}
	return err
}

// tx runs f in a transaction.
func (l *Ledger) tx(ctx context.Context, f func(*sql.Tx) error) error {
	tx, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := f(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

func unstamp(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	return time.Parse(time.RFC3339Nano, s)
}

// pack is gzip of JSON: rows repeat their words so much that it takes a tenth of the space.
func pack(v any) ([]byte, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	if err != nil {
		return nil, err
	}
	if err := json.NewEncoder(z).Encode(v); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func unpack(data []byte, v any) error {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return err
	}
	var body bytes.Buffer
	if n := len(data); n >= 4 { // gzip ends with the size of what it holds: a buffer that grows is copied and cleared over and over
		const most = 1032 // deflate packs no better
		body.Grow(min(int(binary.LittleEndian.Uint32(data[n-4:])), most*n) + bytes.MinRead)
	}
	if _, err := body.ReadFrom(z); err != nil { // to its end, where its checksum is
		return err
	}
	return errors.Join(z.Close(), json.Unmarshal(body.Bytes(), v))
}

// all scans every row of a query.
func all[T any](ctx context.Context, db *sql.DB, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// PlanVersion names a version of the plan that the ledger holds.
type PlanVersion struct {
	SHA256, Name, Version string
	Effective             progress.Date
	Imported              time.Time
}

// SavePlan keeps a version of the plan. New is false where the ledger has these bytes already.
func (l *Ledger) SavePlan(ctx context.Context, p progress.Plan, at time.Time) (isNew bool, err error) {
	body, err := pack(p)
	if err != nil {
		return false, err
	}
	res, err := l.db.ExecContext(ctx, `INSERT INTO plan_version (sha256, name, version, effective, imported_at, body)
		VALUES (?,?,?,?,?,?) ON CONFLICT (sha256) DO NOTHING`, p.SHA256, p.Name, p.Version, p.Effective.String(), stamp(at), body)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

// PlanVersions lists the versions of the plan, in the order of their import.
func (l *Ledger) PlanVersions(ctx context.Context) ([]PlanVersion, error) {
	return all(ctx, l.db, func(r *sql.Rows) (PlanVersion, error) {
		var v PlanVersion
		var effective, imported string
		if err := r.Scan(&v.SHA256, &v.Name, &v.Version, &effective, &imported); err != nil {
			return v, err
		}
		var errs [2]error
		v.Effective, errs[0] = progress.ParseDate(effective)
		v.Imported, errs[1] = unstamp(imported)
		return v, errors.Join(errs[:]...)
	}, `SELECT sha256, name, version, effective, imported_at FROM plan_version ORDER BY id`)
}

// Plan loads the plan of that hash; sql.ErrNoRows where the ledger has none.
func (l *Ledger) Plan(ctx context.Context, sha256 string) (progress.Plan, error) {
	var body []byte
	var p progress.Plan
	err := l.db.QueryRowContext(ctx, `SELECT body FROM plan_version WHERE sha256 = ?`, sha256).Scan(&body)
	if err != nil {
		return p, err
	}
	return p, unpack(body, &p)
}
