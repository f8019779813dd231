package workbook

import (
	"errors"
	"strconv"
	"testing"

	"tiendo/templates"
)

// TestLongSheet: a sheet that is longer than what excelize is given, and than two lots, has each position once and in order. Beyond the
// limit nothing leads anywhere, and nothing looks as if it did.
func TestLongSheet(t *testing.T) {
	s := office{units: 61, tasksEach: 100, weeks: 1}.synthesis()
	p, _ := xlsx(t, s, templates.Vietnamese)
	const name = "Toàn bộ nhiệm vụ"
	cells := p.cells(t)
	if len(s.Tasks) <= max(early+2*lot, linkLimit) {
		t.Fatalf("%d positions show nothing", len(s.Tasks))
	}
	for i, task := range s.Tasks {
		row := strconv.Itoa(headingRow + 1 + i)
		if code, unit := cells[Place{name, "A" + row}].text, cells[Place{name, "C" + row}].text; code != task.Task.Code || unit != task.UnitName {
			t.Fatalf("row %s has %s of %q, not %s of %q", row, code, unit, task.Task.Code, task.UnitName)
		}
	}
	if after := cells[Place{name, "A" + strconv.Itoa(headingRow+1+len(s.Tasks))}]; after.text != "" {
		t.Errorf("behind the last position stands %q", after.text)
	}
	_, part := p.sheets(t)
	var ws worksheetXML
	p.decode(t, part[name], &ws)
	if len(ws.Links) != linkLimit {
		t.Fatalf("%d links, not %d", len(ws.Links), linkLimit)
	}
	linked := map[string]bool{}
	for _, l := range ws.Links {
		linked[l.Ref] = true
	}
	links, all := map[int]int{}, map[int]int{} // style → cells
	for _, row := range ws.Rows {
		for _, c := range row.Cells {
			all[c.S]++
			if linked[c.R] {
				links[c.S]++
			}
		}
	}
	for style, n := range links {
		if all[style] != n {
			t.Errorf("%d cells look like the %d links of style %d", all[style], n, style)
		}
	}
}

// TestWriteKeepsErrors: a disk that fills while the workbook goes out is told, whether at its first part or among the rows of a long sheet.
func TestWriteKeepsErrors(t *testing.T) {
	s := office{units: 20, tasksEach: 50, weeks: 1}.synthesis()
	whole, _, err := writeBytes(s, templates.In(templates.Vietnamese), rowLimit)
	if err != nil {
		t.Fatal(err)
	}
	for left := 0; left < len(whole); left += len(whole) / 20 {
		disk := &filling{left: left}
		if _, err := XLSX(disk, s, templates.In(templates.Vietnamese)); !errors.Is(err, errFull) {
			t.Errorf("a disk with room for %d bytes of %d: %v", left, len(whole), err)
		}
	}
}

var errFull = errors.New("the disk is full")

// filling is a disk with some room left.
type filling struct{ left int }

func (f *filling) Write(b []byte) (int, error) {
	if len(b) > f.left {
		return 0, errFull
	}
	f.left -= len(b)
	return len(b), nil
}
