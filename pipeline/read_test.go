package pipeline

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// TestTablesOfAFileThatRunsOutOfTime asks for the tables of a file that gets no time to be read. The answer has the
// shape of every other: no tables and the reason, never null.
func TestTablesOfAFileThatRunsOutOfTime(t *testing.T) {
	o := sampleOffice(t.TempDir())
	o.FileDeadline = time.Nanosecond
	readers, err := newPool(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(readers.Close)
	tables, err := ReadTables(context.Background(), readers, []byte("a;b\n1;2\n"), "bc.csv")
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(tables)
	if err != nil || !strings.Contains(string(text), `"tables":[]`) {
		t.Errorf("%s, %v; want an empty list of tables", text, err)
	}
	if len(tables.Findings) != 1 || tables.Findings[0].Rule != "F06" || tables.Findings[0].Variant != "timeout" {
		t.Errorf("findings %v; want F06.timeout alone", tables.Findings)
	}
}
