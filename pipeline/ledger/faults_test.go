package ledger

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// A ledger that may not grow is to SQLite one on a full disk.
func TestFull(t *testing.T) {
	l := openTest(t, t.TempDir())
	if _, err := l.db.Exec("PRAGMA max_page_count = 1"); err != nil { // no lower than it is now
		t.Fatal(err)
	}
	if _, err := l.db.Exec("CREATE TABLE large (x)"); !Full(err) {
		_, err = l.db.Exec("INSERT INTO large VALUES (zeroblob(10000000))")
		if !Full(err) {
			t.Fatalf("%v is not said to be a full disk", err)
		}
	}
	if _, err := l.db.Exec("nonsense"); err == nil || Full(err) {
		t.Fatalf("%v is said to be a full disk", err)
	}
}

// A ledger whose file is not what was written is said to be damaged, and none is begun in the place of one that was lost.
func TestDamaged(t *testing.T) {
	ctx := context.Background()
	tests := map[string]struct {
		damaged bool
		change  func(file string) error
	}{
		"whole":   {false, func(string) error { return nil }},
		"header":  {true, func(file string) error { return os.WriteFile(file, bytes.Repeat([]byte("x"), 8192), 0o600) }},
		"cut off": {true, func(file string) error { return os.Truncate(file, 6000) }},
		"empty":   {true, func(file string) error { return os.Truncate(file, 0) }},
		"gone":    {true, os.Remove},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			l := openTest(t, dir)
			if err := os.Mkdir(filepath.Join(dir, CopiesName), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := l.CopyTo(ctx, filepath.Join(dir, CopiesName, "copy.db")); err != nil {
				t.Fatal(err)
			}
			if err := l.Close(); err != nil {
				t.Fatal(err)
			}
			if err := test.change(filepath.Join(dir, FileName)); err != nil {
				t.Fatal(err)
			}
			for way, open := range map[string]func(context.Context, string) (*Ledger, error){"to read": OpenReadOnly, "to write": Open} {
				l, err := open(ctx, dir)
				if err == nil {
					_, err = l.Editions(ctx)
					err = errors.Join(err, l.Close())
				}
				if Damaged(err) != test.damaged || (err == nil) == test.damaged {
					t.Errorf("opened %s: %v; damaged: %v, want %v", way, err, Damaged(err), test.damaged)
				}
			}
		})
	}
}

// A place where no ledger was ever is no loss.
func TestNoLedgerYet(t *testing.T) {
	if _, err := OpenReadOnly(context.Background(), t.TempDir()); !errors.Is(err, fs.ErrNotExist) || Damaged(err) {
		t.Errorf("%v, want that there is none", err)
	}
}

// A ledger that may be read and not written is no damage, and is told before a run needs it.
func TestDenied(t *testing.T) {
	dir := t.TempDir()
	l := openTest(t, dir)
	if err := Writable(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := l.db.Exec("PRAGMA query_only = 1"); err != nil {
		t.Fatal(err)
	}
	if _, err := l.db.Exec("CREATE TABLE x (y)"); !Denied(err) || Damaged(err) || Full(err) {
		t.Errorf("%v is not said to be denied", err)
	}
	if _, err := open(context.Background(), filepath.Join(dir, "not there"), true); !Denied(err) {
		t.Errorf("%v is not said to be denied", err)
	}
}
