package reconcile

import (
	"slices"
	"strings"

	"tiendo/pipeline/progress"
)

// line is a row of a sheet, of a table, or of the table of a CSV file.
type line struct {
	sheet  string
	table  int
	number string // digits of the cell
}

func lineOf(o progress.Origin) (line, bool) {
	number := strings.TrimLeft(o.Cell, "ABCDEFGHIJKLMNOPQRSTUVWXYZ$")
	return line{o.Sheet, o.Table, number}, number != ""
}

// inRow reports whether a place lies in a row of a page.
func inRow(o progress.Origin, row progress.Row) bool {
	if o.Page != row.Origin.Page || len(o.Box) != 4 || len(row.Origin.Box) != 4 {
		return false
	}
	x, y := (o.Box[0]+o.Box[2])/2, (o.Box[1]+o.Box[3])/2
	for _, place := range places(row) {
		if place.Page == o.Page && len(place.Box) == 4 &&
			x >= place.Box[0] && x <= place.Box[2] && y >= place.Box[1] && y <= place.Box[3] {
			return true
		}
	}
	return false
}

// places are the origin of a row and of its cells. A task written over several rows of a sheet has cells in all of them.
func places(row progress.Row) []progress.Origin {
	out := []progress.Origin{row.Origin}
	for _, field := range sortedKeys(row.Cells) {
		out = append(out, row.Cells[field])
	}
	return append(out, partPlaces(row)...)
}

// faults are the places in a return where the readers found an error.
type faults struct {
	byLine map[line][]string
	onPage []progress.Finding
}

func indexFaults(r *progress.Return) faults {
	x := faults{byLine: map[line][]string{}}
	if r == nil {
		return x
	}
	for _, f := range r.Reading.Findings {
		if f.Severity != progress.SeverityError {
			continue
		}
		if l, ok := lineOf(f.Origin); ok {
			x.byLine[l] = append(x.byLine[l], f.Rule)
		} else if f.Origin.Page > 0 {
			x.onPage = append(x.onPage, f)
		}
	}
	return x
}

// of lists the rules that found an error in the row.
func (x faults) of(row progress.Row) []string {
	var out []string
	seen := map[line]bool{}
	for _, o := range places(row) {
		if l, ok := lineOf(o); ok && !seen[l] {
			seen[l] = true
			out = append(out, x.byLine[l]...)
		}
	}
	for _, f := range x.onPage {
		if inRow(f.Origin, row) {
			out = append(out, f.Rule)
		}
	}
	return out
}

// taskPlaces tells about which task a place in the return that counts speaks.
type taskPlaces struct {
	byLine map[line]int // the task, counted from 1
	onPage []match
	tasks  []progress.Task
}

func indexTasks(d *delivery) taskPlaces {
	x := taskPlaces{byLine: map[line]int{}, tasks: d.in.Plan.Tasks}
	for _, m := range d.matches {
		if m.verdict != owned {
			continue
		}
		for _, o := range places(m.row) {
			if l, ok := lineOf(o); ok {
				x.byLine[l] = m.task + 1
			}
		}
		if m.row.Origin.Page > 0 {
			x.onPage = append(x.onPage, m)
		}
	}
	return x
}

// of is the task of a place; the zero Task where the place is about none.
func (x taskPlaces) of(o progress.Origin) progress.Task {
	if l, ok := lineOf(o); ok {
		if i := x.byLine[l]; i > 0 {
			return x.tasks[i-1]
		}
		return progress.Task{}
	}
	if i := slices.IndexFunc(x.onPage, func(m match) bool { return inRow(o, m.row) }); i >= 0 {
		return x.tasks[x.onPage[i].task]
	}
	return progress.Task{}
}
