package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
)

// CopyTo writes a copy of the ledger as of now to a new file, also while another instance works, and proves the copy: it must pass
// SQLite's own check. An existing file is not overwritten.
func (l *Ledger) CopyTo(ctx context.Context, path string) error {
	if _, err := l.db.ExecContext(ctx, `VACUUM INTO ?`, path); err != nil {
		return fmt.Errorf("copy the ledger: %w", err)
	}
	file := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath(), RawQuery: "mode=ro"}
	db, err := sql.Open("sqlite", file.String())
	if err != nil {
		return err
	}
	return errors.Join(sound(ctx, db), db.Close())
}

// Sound runs SQLite's check over the whole ledger.
func (l *Ledger) Sound(ctx context.Context) error { return sound(ctx, l.db) }

func sound(ctx context.Context, db *sql.DB) error {
	var verdict string
	if err := db.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&verdict); err != nil {
		return fmt.Errorf("check the ledger: %w", err)
	}
	if verdict != "ok" {
		return fmt.Errorf("the ledger is damaged: %s", verdict)
	}
	return nil
}
