package extract

import (
	"strconv"

	"tiendo/pipeline/extract/archive"
	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/progress"
)

// mostCopied is how many cells a copy has at most: two thousand tasks with all their columns, many times over.
const mostCopied = 200_000

// Copy reads what a workbook shows, to be given back to the unit that sent it. It has no sheets where the file is refused, is no
// workbook, or has more cells than mostCopied.
func Copy(data []byte, name string) (progress.Copy, error) {
	var out progress.Copy
	if archive.Sniff(data, name) != archive.XLSX {
		return out, nil
	}
	doc, _, err := open(data, name)
	if err != nil || isRefused(doc.Findings) {
		return out, err
	}
	cells := 0
	for _, b := range doc.Blocks {
		if b.Table != nil && !isMarker(b.Table) {
			s := copySheet(b.Table)
			if cells += len(s.Cells); cells > mostCopied {
				return progress.Copy{}, nil
			}
			out.Sheets = append(out.Sheets, s)
		}
	}
	return out, nil
}

func copySheet(t *grid.Table) progress.CopySheet {
	s := progress.CopySheet{Name: t.Sheet, Hidden: t.Hidden}
	for i, row := range t.Rows {
		for j, c := range row.Cells {
			if i == 0 && t.Widths[j] > 0 {
				s.Widths = append(s.Widths, progress.CopyWidth{Cell: c.Origin.Cell, Width: t.Widths[j]})
			}
			if c.Covered || c.Text == "" && c.RowSpan < 2 && c.ColSpan < 2 {
				continue
			}
			copied := progress.CopyCell{Cell: c.Origin.Cell, Text: c.Text, RowSpan: c.RowSpan, ColSpan: c.ColSpan}
			if c.Kind == grid.Number && strconv.FormatFloat(c.Number, 'f', -1, 64) == c.Text {
				n := c.Number
				copied.Number = &n
			}
			s.Cells = append(s.Cells, copied)
		}
	}
	return s
}
