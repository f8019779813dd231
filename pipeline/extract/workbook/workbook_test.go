package workbook

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// truth is what testdata/make.py knows of a cell. What it does not say is zero.
type truth struct {
	Text      string
	Kind      string
	Number    float64
	Date      progress.Date
	Precision progress.Precision
	Percent   bool
	Uncached  bool
	Struck    bool
	ColSpan   int
	RowSpan   int
}

var kinds = map[grid.Kind]string{
	grid.Empty: "empty", grid.Text: "text", grid.Number: "number", grid.Date: "date", grid.Bool: "bool", grid.Error: "error",
}

func truthOf(c grid.Cell) truth {
	t := truth{
		Text: c.Text, Kind: kinds[c.Kind], Date: c.Date, Precision: c.Precision,
		Percent: c.Percent, Uncached: c.Uncached, Struck: c.Struck,
	}
	if c.Kind == grid.Number {
		t.Number = c.Number
	}
	if c.ColSpan > 1 {
		t.ColSpan = c.ColSpan
	}
	if c.RowSpan > 1 {
		t.RowSpan = c.RowSpan
	}
	return t
}

func load(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func mustRead(t *testing.T, data []byte) grid.Document {
	t.Helper()
	doc, err := Read(data, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range doc.Findings {
		said(t, f)
	}
	return doc
}

// said fails unless both languages have the sentences of a finding, with every place in them filled.
func said(t *testing.T, f progress.Finding) {
	t.Helper()
	for _, lang := range templates.Langs {
		message, remedy := templates.In(lang).Finding(f)
		if strings.ContainsAny(message+remedy, "⟦{}") {
			t.Errorf("%s.%s in %s: %s %s", f.Rule, f.Variant, lang, message, remedy)
		}
	}
}

// filledCells lists the cells of a document that hold something, by sheet and name.
func filledCells(doc grid.Document) map[string]map[string]truth {
	sheets := map[string]map[string]truth{}
	for _, b := range doc.Blocks {
		cells := map[string]truth{}
		for _, row := range b.Table.Rows {
			for _, c := range row.Cells {
				if filled(c) {
					cells[c.Origin.Cell] = truthOf(c)
				}
			}
		}
		sheets[b.Table.Sheet] = cells
	}
	return sheets
}

func TestReadsWhatProducersWrote(t *testing.T) {
	for _, name := range []string{"return", "return-libreoffice", "return-1904"} {
		t.Run(name, func(t *testing.T) {
			var want map[string]map[string]truth
			if err := json.Unmarshal(load(t, name+".json"), &want); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, filledCells(mustRead(t, load(t, name+".xlsx")))); diff != "" {
				t.Errorf("cells (-in the file +read):\n%s", diff)
			}
		})
	}
}

// kinds of findings, as rule.variant at place.
func found(doc grid.Document) []string {
	var all []string
	for _, f := range doc.Findings {
		all = append(all, strings.TrimSpace(f.Rule+"."+f.Variant+" "+f.Origin.String()))
	}
	return all
}

func TestFindingsOfAReturn(t *testing.T) {
	doc := mustRead(t, load(t, "return.xlsx"))
	want := []string{
		"F15.uncached Báo cáo!F3",
		"F15.error Báo cáo!F4",
		"F12.rows Báo cáo",
		"F12.columns Báo cáo",
		"F12.sheet Tuần trước",
		"F14.tcvn3",
		"F14.vni",
	}
	if diff := cmp.Diff(want, found(doc)); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	first, last := doc.Blocks[0].Table, doc.Blocks[1].Table
	if first.Hidden || !last.Hidden {
		t.Errorf("sheets hidden: %v, %v; want false, true", first.Hidden, last.Hidden)
	}
	if !first.Rows[9].Hidden || first.Rows[8].Hidden {
		t.Error("row 10 alone is hidden in the file")
	}
	if !first.Rows[2].Cells[7].Hidden || first.Rows[2].Cells[6].Hidden {
		t.Error("column H alone is hidden in the file")
	}
}

// TestFormatsAsLibreOfficeShowsThem compares with what LibreOffice shows in its Vietnamese locale. We differ on
// purpose: bare decimals have a point (1.10), spaces that only pad are left out, and the sign of a negative number
// is never lost, as LibreOffice loses it where only the first section has a condition.
func TestFormatsAsLibreOfficeShowsThem(t *testing.T) {
	var cases []struct {
		Format string
		Number float64
		Shown  string
	}
	if err := json.Unmarshal(load(t, "formats.json"), &cases); err != nil {
		t.Fatal(err)
	}
	if len(cases) < 400 {
		t.Fatalf("only %d cases", len(cases))
	}
	for _, c := range cases {
		var cell grid.Cell
		f := parseFormat(c.Format)
		f.show(&cell, c.Number, false)
		want := c.Shown
		if s, _ := f.pick(c.Number); s.places().code() && !s.has("E/") {
			want = strings.Replace(want, ",", ".", 1)
		}
		if c.Number < 0 && f[0].op != "" {
			want = "-" + want
		}
		if squeeze(cell.Text) != squeeze(want) {
			t.Errorf("%v as %s: %q, LibreOffice shows %q", c.Number, c.Format, cell.Text, want)
		}
	}
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }
