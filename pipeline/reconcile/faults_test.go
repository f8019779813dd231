package reconcile

import (
	"testing"

	"tiendo/pipeline/progress"
)

// TestFaults: an error stands in a row where it stands in one of its cells, its line, or its box on the page.
func TestFaults(t *testing.T) {
	sheet := func(cell string) progress.Origin { return progress.Origin{Sheet: "BC", Cell: cell} }
	box := func(page int, b ...float64) progress.Origin { return progress.Origin{Page: page, Box: b} }
	cells := func(of ...progress.Origin) map[progress.Field]progress.Origin {
		m := map[progress.Field]progress.Origin{}
		for i, o := range of {
			m[[]progress.Field{progress.FieldTask, progress.FieldResult}[i]] = o
		}
		return m
	}
	for name, c := range map[string]struct {
		row  progress.Row
		at   progress.Origin
		want bool
	}{
		"its first cell":             {progress.Row{Origin: sheet("A9")}, sheet("A9"), true},
		"another cell of the line":   {progress.Row{Origin: sheet("A9")}, sheet("AB9"), true},
		"a line whose number begins": {progress.Row{Origin: sheet("A9")}, sheet("A91"), false},
		"the line of a continuation": {progress.Row{Origin: sheet("A9"), Cells: cells(sheet("B9"), sheet("F10"))}, sheet("G10"), true},
		"the same line, other sheet": {progress.Row{Origin: sheet("A9")}, progress.Origin{Sheet: "Bia", Cell: "A9"}, false},
		"the same line, other table": {progress.Row{Origin: progress.Origin{Table: 1, Cell: "A2"}}, progress.Origin{Table: 2, Cell: "A2"}, false},
		"the file as a whole":        {progress.Row{Origin: sheet("A9")}, progress.Origin{}, false},
		"the sheet as a whole":       {progress.Row{Origin: sheet("A9")}, progress.Origin{Sheet: "BC"}, false},
		"a cell inside the box":      {progress.Row{Origin: box(2, 50, 100, 500, 130)}, box(2, 200, 105, 260, 125), true},
		"the box below":              {progress.Row{Origin: box(2, 50, 100, 500, 130)}, box(2, 200, 135, 260, 160), false},
		"the box on another page":    {progress.Row{Origin: box(2, 50, 100, 500, 130)}, box(3, 200, 105, 260, 125), false},
	} {
		r := progress.Return{Reading: progress.Reading{Rows: []progress.Row{c.row}, Findings: []progress.Finding{
			{Rule: "R01", Severity: progress.SeverityError, Origin: c.at},
			{Rule: "R20", Severity: progress.SeverityNote, Origin: c.at},
		}}}
		got := indexFaults(&r).of(c.row)
		if (len(got) == 1 && got[0] == "R01") != c.want || len(got) > 1 {
			t.Errorf("%s: %v", name, got)
		}
	}
}
