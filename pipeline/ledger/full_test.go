package ledger

import "testing"

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
