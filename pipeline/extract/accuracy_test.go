package extract_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"tiendo/pipeline/extract"
	"tiendo/pipeline/extract/worker"
)

// leastF1 is what the fields of the corpus must reach together.
const leastF1 = 0.995

// count is how many values were read rightly, read where something else or nothing stands, and missed.
type count struct{ right, wrong, missed int }

func (c *count) add(o count) {
	c.right, c.wrong, c.missed = c.right+o.right, c.wrong+o.wrong, c.missed+o.missed
}

func (c count) precision() float64 { return ratio(c.right, c.right+c.wrong) }
func (c count) recall() float64    { return ratio(c.right, c.right+c.missed) }
func (c count) f1() float64        { return ratio(2*c.right, 2*c.right+c.wrong+c.missed) }

// ratio of nothing to nothing is 1: nothing was missed.
func ratio(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

// TestAccuracyFields reads the corpus and prints how well its fields are read, by format and by trap. `make accuracy` shows it.
func TestAccuracyFields(t *testing.T) {
	pool := corpusPool(t)
	var all count
	formats, traps := map[string]*count{}, map[string]*count{}
	into := func(of map[string]*count, key string, c count) {
		if of[key] == nil {
			of[key] = &count{}
		}
		of[key].add(c)
	}
	for _, path := range corpusFiles(t, "ok", 60) {
		var want expectedFile
		readBeside(t, path, &want)
		c := compareFields(filledFields(want.Rows, path), filledFields(inWorker(t, pool, path).Rows, path))
		all.add(c)
		into(formats, strings.TrimPrefix(filepath.Ext(path), "."), c)
		for _, trap := range want.Traps {
			into(traps, trap, c)
		}
	}
	printCounts(t, "format", formats)
	printCounts(t, "trap", traps)
	printCounts(t, "", map[string]*count{"all": &all})
	if all.f1() < leastF1 {
		t.Errorf("field F1 %.4f, expected at least %.4f", all.f1(), leastF1)
	}
}

func printCounts(t *testing.T, title string, of map[string]*count) {
	t.Helper()
	if title != "" {
		t.Logf("%-22s %9s %9s %9s %9s", title, "fields", "precision", "recall", "F1")
	}
	for _, key := range slices.Sorted(maps.Keys(of)) {
		c := of[key]
		t.Logf("%-22s %9d %9.4f %9.4f %9.4f", key, c.right+c.missed, c.precision(), c.recall(), c.f1())
	}
}

// compareFields pairs rows by code and task, then by code or task alone, and compares their fields. What stands in a row without partner
// is wrong or missed as a whole.
func compareFields(want, got []map[string]string) count {
	var c count
	partner := pairRows(want, got)
	used := make([]bool, len(got))
	for i, w := range want {
		g := map[string]string{}
		if partner[i] >= 0 {
			g = got[partner[i]]
			used[partner[i]] = true
		}
		for field, text := range w {
			if g[field] == text {
				c.right++
			} else {
				c.missed++
			}
		}
		for field, text := range g {
			if w[field] != text {
				c.wrong++
			}
		}
	}
	for j, g := range got {
		if !used[j] {
			c.wrong += len(g)
		}
	}
	return c
}

func pairRows(want, got []map[string]string) []int {
	partner := make([]int, len(want))
	for i := range partner {
		partner[i] = -1
	}
	used := make([]bool, len(got))
	for _, keys := range [][]string{{"code", "task"}, {"task"}, {"code"}} {
		for i, w := range want {
			for j := 0; j < len(got) && partner[i] < 0; j++ {
				if !used[j] && slices.IndexFunc(keys, func(k string) bool { return w[k] == "" || w[k] != got[j][k] }) < 0 {
					partner[i], used[j] = j, true
				}
			}
		}
	}
	return partner
}

// TestAccuracyTables reads the tables of PDFs of which the truth is known and prints the adjacency measure of ICDAR 2013
// (Göbel, Hassan, Oro, Orsi: "ICDAR 2013 Table Competition": pairs of neighbouring cells, blanks passed over) and the F1 of whole rows.
func TestAccuracyTables(t *testing.T) {
	pairs, lines := scoreTables(t, tableFiles(t, "testdata/tables", "pdf/testdata"))
	if pairs.f1() < leastTables || lines.f1() < leastTables {
		t.Errorf("adjacency F1 %.4f, row F1 %.4f; expected at least %.2f", pairs.f1(), lines.f1(), leastTables)
	}
}

// TestAccuracyDrawnTables reads documents that were drawn from a seed by other programs and kept apart while the reader was made: statistics,
// texts and lists, with lines and without, over pages, beside prose, side by side, and pages that have no table at all.
func TestAccuracyDrawnTables(t *testing.T) {
	pairs, lines := scoreTables(t, tableFiles(t, "testdata/tables/drawn"))
	if pairs.f1() < leastDrawnPairs || lines.f1() < leastDrawnRows {
		t.Errorf("adjacency F1 %.4f, row F1 %.4f; expected at least %.2f and %.2f", pairs.f1(), lines.f1(), leastDrawnPairs, leastDrawnRows)
	}
}

// scoreTables prints and adds up how well the tables of each file are read, by pairs of cells and by whole rows.
func scoreTables(t *testing.T, files []string) (pairs, lines count) {
	t.Helper()
	pool := corpusPool(t)
	for _, path := range files {
		want := knownTables(t, path)
		got := tablesInWorker(t, pool, path)
		p, l := compareBags(adjacencies(want), adjacencies(got)), compareBags(wholeRows(want), wholeRows(got))
		t.Logf("%-40s adjacency F1 %.4f  row F1 %.4f", filepath.Base(path), p.f1(), l.f1())
		pairs.add(p)
		lines.add(l)
	}
	t.Logf("%-40s adjacency F1 %.4f (precision %.4f, recall %.4f)  row F1 %.4f", "all", pairs.f1(), pairs.precision(), pairs.recall(), lines.f1())
	return pairs, lines
}

// leastTables is the bar for tables of PDFs, ruled or not, by pairs of cells and by whole rows.
const leastTables = 0.99

// The bars for drawn tables stand just below what is reached.
const leastDrawnPairs, leastDrawnRows = 0.97, 0.90

func tableFiles(t *testing.T, folders ...string) []string {
	t.Helper()
	var files []string
	for _, folder := range folders {
		found, err := filepath.Glob(filepath.Join(folder, "*.pdf"))
		if err != nil || len(found) == 0 {
			t.Fatalf("no tables in %s (%v)", folder, err)
		}
		files = append(files, found...)
	}
	return files
}

// knownTables reads the truth beside a file: NAME.pdf.json of this folder, NAME.json of package pdf.
func knownTables(t *testing.T, path string) [][][]string {
	t.Helper()
	if strings.HasPrefix(path, filepath.Join("testdata", "tables")) {
		var want expectedFile
		readBeside(t, path, &want)
		var out [][][]string
		for _, table := range want.Tables {
			out = append(out, table.Rows)
		}
		return out
	}
	data, err := os.ReadFile(strings.TrimSuffix(path, ".pdf") + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var want struct {
		Tables [][][]string
		Paged  [][][]string // the same, page by page, where a table runs on over pages
	}
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	if want.Paged != nil {
		return want.Paged
	}
	return want.Tables
}

func tablesInWorker(t *testing.T, pool *worker.Pool, path string) [][][]string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := pool.Do(context.Background(), worker.Request{Kind: "tables", Name: filepath.Base(path), Data: data})
	if err != nil {
		t.Fatal(err)
	}
	var reading extract.TablesReading
	if resp.Outcome == worker.Answered {
		if err := json.Unmarshal(resp.Payload, &reading); err != nil {
			t.Fatal(err)
		}
	}
	var out [][][]string
	for _, table := range reading.Tables {
		out = append(out, table.Rows)
	}
	return out
}

// adjacencies lists the pairs of a cell with words and the next one with words to its right and below it.
func adjacencies(tables [][][]string) []string {
	var out []string
	for _, rows := range tables {
		for i, row := range rows {
			for j, text := range row {
				if bare(text) == "" {
					continue
				}
				for k := j + 1; k < len(row); k++ {
					if bare(row[k]) != "" {
						out = append(out, fmt.Sprintf("%s → %s", bare(text), bare(row[k])))
						break
					}
				}
				for k := i + 1; k < len(rows); k++ {
					if j < len(rows[k]) && bare(rows[k][j]) != "" {
						out = append(out, fmt.Sprintf("%s ↓ %s", bare(text), bare(rows[k][j])))
						break
					}
				}
			}
		}
	}
	return out
}

func wholeRows(tables [][][]string) []string {
	var out []string
	for _, rows := range tables {
		for _, row := range rows {
			line := ""
			for _, text := range row {
				line += bare(text) + "|"
			}
			out = append(out, line)
		}
	}
	return out
}

// bare is a text as the measure compares it: composed, without white space.
func bare(text string) string { return strings.Join(strings.Fields(norm.NFC.String(text)), "") }

// compareBags compares two lists in which a value may stand several times.
func compareBags(want, got []string) count {
	left := map[string]int{}
	for _, s := range want {
		left[s]++
	}
	var c count
	for _, s := range got {
		if left[s] > 0 {
			left[s]--
			c.right++
		} else {
			c.wrong++
		}
	}
	c.missed = len(want) - c.right
	return c
}
