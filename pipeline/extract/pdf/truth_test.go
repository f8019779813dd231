package pdf

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"tiendo/pipeline/extract/grid"
)

// truth is what testdata/make.py wrote into a PDF.
type truth struct {
	Tables   [][][]string
	Repeated bool // the heading stands on every page
	Broken   bool // rows may be broken by a page
}

// want are the scores that a file must reach where they are not 1: cells, then whole rows.
var want = map[string][2]float64{
	// The producer prints two lines of each overflowing cell and leaves out the rest: 16 cells of 5 rows are cut.
	"calc_overflow": {0.93, 0.66},
}

// TestTruth reads the PDFs of real producers and compares cells and whole rows with what the generator wrote.
func TestTruth(t *testing.T) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) < 30 {
		t.Fatalf("%d files in testdata, expected at least 30 (%v)", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		t.Run(name, func(t *testing.T) {
			tr := loadTruth(t, file)
			doc := readFile(t, strings.TrimSuffix(file, ".json")+".pdf")
			read := joinPages(doc, tr)
			cells, rows := score(cellKeys(tr.rows()), cellKeys(read)), score(rowKeys(tr.rows()), rowKeys(read))
			least, ok := want[name]
			if !ok {
				least = [2]float64{1, 1}
			}
			if cells < least[0] || rows < least[1] {
				t.Errorf("cell F1 %.4f, row F1 %.4f; expected at least %v\nmissing: %q\nunexpected: %q", cells, rows, least,
					difference(rowKeys(tr.rows()), rowKeys(read)), difference(rowKeys(read), rowKeys(tr.rows())))
			}
		})
	}
}

func loadTruth(t *testing.T, file string) truth {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var tr truth
	if err := json.Unmarshal(data, &tr); err != nil {
		t.Fatal(err)
	}
	return tr
}

func readFile(t *testing.T, file string) grid.Document {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := Read(data, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func (tr truth) rows() [][]string {
	var out [][]string
	for _, table := range tr.Tables {
		for _, row := range table {
			var cells []string
			for _, c := range row {
				cells = append(cells, norm.NFC.String(c))
			}
			out = append(out, cells)
		}
	}
	return out
}

// joinPages does what package rows does with the tables of consecutive pages: it drops a heading that is repeated,
// and joins a row without number at the top of a page to the row above it.
func joinPages(doc grid.Document, tr truth) [][]string {
	var out [][]string
	for _, b := range doc.Blocks {
		if b.Table == nil {
			continue
		}
		for i, row := range b.Table.Rows {
			var cells []string
			for _, c := range row.Cells {
				cells = append(cells, c.Text)
			}
			if tr.Repeated && len(out) > 0 && slices.Equal(cells, out[0]) {
				continue
			}
			if tr.Broken && len(out) > 0 && i <= 1 && cells[0] == "" {
				for c := range cells {
					out[len(out)-1][c] = strings.TrimSpace(out[len(out)-1][c] + " " + cells[c])
				}
				continue
			}
			out = append(out, cells)
		}
	}
	return out
}

func cellKeys(rows [][]string) []string {
	var out []string
	for _, row := range rows {
		for c, text := range row {
			if text != "" {
				out = append(out, string(rune('A'+c))+" "+text)
			}
		}
	}
	return out
}

func rowKeys(rows [][]string) []string {
	var out []string
	for _, row := range rows {
		out = append(out, strings.Join(row, " | "))
	}
	return out
}

// score is the F1 of two bags; 1 where both are empty.
func score(want, got []string) float64 {
	if len(want)+len(got) == 0 {
		return 1
	}
	return 2 * float64(len(want)-len(difference(want, got))) / float64(len(want)+len(got))
}

// difference is the bag a without b.
func difference(a, b []string) []string {
	count := map[string]int{}
	for _, s := range b {
		count[s]++
	}
	var out []string
	for _, s := range a {
		if count[s]--; count[s] < 0 {
			out = append(out, s)
		}
	}
	return out
}
