package workbook

import (
	"os"
	"testing"

	"github.com/xuri/excelize/v2"

	"tiendo/pipeline/progress"
)

// TestSealedColumns counts the cells of a synthesis: of its 16 rows those of the 17 columns that are read, not of the 18th, and the 39 rows of
// three columns of its seal; no other sheet.
func TestSealedColumns(t *testing.T) {
	data, err := os.ReadFile("../testdata/ok/xlsx_synthesis.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	const cells = 16*17 + 39*3
	for limit, refused := range map[int]bool{cells: false, cells - 1: true} {
		doc, err := Read(data, Limits{Cells: limit})
		if err != nil {
			t.Fatal(err)
		}
		if got := len(doc.Blocks) == 0; got != refused {
			t.Errorf("at most %d cells: refused %v; want %v (%v)", limit, got, refused, doc.Findings)
		}
		if refused {
			continue
		}
		for _, row := range doc.Blocks[0].Table.Rows {
			if len(row.Cells) != 17 || row.Cells[4].Origin.Cell[0] != 'F' {
				t.Fatalf("row of %d cells, the fifth at %s; want 17, without column E", len(row.Cells), row.Cells[4].Origin)
			}
		}
	}
}

// TestSealIsShown unhides the sheet of the seal.
func TestSealIsShown(t *testing.T) {
	f, err := excelize.OpenFile("../testdata/ok/xlsx_synthesis.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.SetSheetVisible(progress.HiddenSheet, true); err != nil {
		t.Fatal(err)
	}
	data, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := Read(data.Bytes(), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if doc.Seal == nil || doc.Seal.Rows != 12 || len(doc.Blocks) != 1 {
		t.Errorf("seal %+v, %d tables; want that of 12 rows and their table", doc.Seal, len(doc.Blocks))
	}
}
