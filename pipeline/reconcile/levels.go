package reconcile

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"tiendo/pipeline/progress"
)

// reported are the rows of a return, one a task: as they were read, or, of the synthesis of a lower office, the lines about each of its tasks
// made into one. A task about which none of its units has reported has no row.
func reported(r progress.Reading) []progress.Row {
	if r.Seal == nil {
		return r.Rows
	}
	type key struct{ code, task string }
	var order []key
	lines := map[key][]progress.Row{}
	for _, row := range r.Rows {
		k := key{row.Code, row.Task}
		if lines[k] == nil {
			order = append(order, k)
		}
		lines[k] = append(lines[k], row)
	}
	var out []progress.Row
	for _, k := range order {
		if row, ok := joined(lines[k]); ok {
			out = append(out, row)
		}
	}
	return out
}

// silent: the lower office had no row of the unit.
func silent(p progress.Part) bool { return p.File == "" }

// joined makes the lines about one task of a lower office into one row; ok is false where none of its units reported.
//
// It is done if every unit says so, and of another status if all that reported have that one; else it is in progress. Its percent is the
// mean, where every unit gives one, down to the tenth: it is 100 only if all are. It was completed on the last day of all. What units
// wrote stands below one another, each after its name.
func joined(lines []progress.Row) (progress.Row, bool) {
	var parts []progress.Part
	var heard []progress.Row
	for _, l := range lines {
		parts = append(parts, l.Parts...)
		if !silent(l.Parts[0]) {
			heard = append(heard, l)
		}
	}
	if len(heard) == 0 {
		return progress.Row{}, false
	}
	row := heard[0]
	row.Parts, row.Lead, row.Claim = parts, "", progress.NoClaim
	if len(lines) == 1 {
		return row, true
	}
	all := len(heard) == len(lines)
	row.Status, row.StatusText = jointStatus(heard, all), jointWords(heard, len(lines))
	row.Percent, row.Completed = jointPercent(heard, all), progress.Date{}
	if row.Status == progress.Done {
		row.Completed = lastCompletion(heard)
	}
	row.Extra, row.Cells = map[progress.Field]string{}, map[progress.Field]progress.Origin{}
	var expected progress.Date
	var doubts []string
	for _, l := range heard {
		for field, at := range l.Cells {
			if _, taken := row.Cells[field]; !taken {
				row.Cells[field] = at
			}
		}
		if day := forecastOf(l); day.After(expected) {
			expected = day
		}
		if rules := l.Extra[progress.FieldDoubts]; rules != "" {
			doubts = append(doubts, strings.Split(rules, ", ")...)
		}
	}
	row.Extra[progress.FieldForecast], row.Extra[progress.FieldDoubts] = day(expected), joinSorted(doubts)
	for _, text := range []func(*progress.Row) *string{
		func(r *progress.Row) *string { return &r.Result }, func(r *progress.Row) *string { return &r.Evidence },
		func(r *progress.Row) *string { return &r.Difficulty }, func(r *progress.Row) *string { return &r.Proposal },
		func(r *progress.Row) *string { return &r.Reason }, func(r *progress.Row) *string { return &r.Note },
	} {
		var said []string
		for _, l := range heard {
			if words := *text(&l); !blank(words) {
				said = append(said, l.Lead+": "+words)
			}
		}
		*text(&row) = strings.Join(said, "\n")
	}
	return row, true
}

// jointStatus is the status of a task of several units; all tells that every one of them reported.
func jointStatus(heard []progress.Row, all bool) progress.Status {
	for _, l := range heard {
		if l.Status != heard[0].Status {
			return progress.InProgress
		}
	}
	if heard[0].Status == progress.Done && !all {
		return progress.InProgress
	}
	return heard[0].Status
}

// jointWords counts the wordings of the units, among all of them: Hoàn thành (3/6); Đang thực hiện (2/6).
func jointWords(heard []progress.Row, of int) string {
	var order []string
	count := map[string]int{}
	for _, l := range heard {
		if count[l.StatusText] == 0 {
			order = append(order, l.StatusText)
		}
		count[l.StatusText]++
	}
	for i, words := range order {
		order[i] = fmt.Sprintf("%s (%d/%d)", words, count[words], of)
	}
	return strings.Join(order, "; ")
}

// jointPercent is the mean of the percents; nil where a unit gives none. What is done is at 100.
func jointPercent(heard []progress.Row, all bool) *float64 {
	sum := 0.0
	for _, l := range heard {
		switch {
		case l.Percent != nil:
			sum += *l.Percent
		case l.Status == progress.Done:
			sum += 100
		default:
			return nil
		}
	}
	if !all {
		return nil
	}
	mean := math.Floor(sum/float64(len(heard))*10) / 10
	return &mean
}

// lastCompletion is the last of the days of completion; zero where one is not known.
func lastCompletion(heard []progress.Row) progress.Date {
	var last progress.Date
	for _, l := range heard {
		if l.Completed.IsZero() {
			return progress.Date{}
		}
		if l.Completed.After(last) {
			last = l.Completed
		}
	}
	return last
}

// isSynthesis: the return that counts is the synthesis of a lower office.
func (d *delivery) isSynthesis() bool { return d.counted != nil && d.counted.Reading.Seal != nil }

// unitsOf names the units of the parts that are meant, and counts them; nil where none is.
func unitsOf(parts []progress.Part, meant func(progress.Part) bool) facts {
	const shown = 5
	var names []string
	for _, p := range parts {
		if meant(p) {
			names = append(names, p.Unit)
		}
	}
	if len(names) == 0 {
		return nil
	}
	list := strings.Join(names[:min(shown, len(names))], ", ")
	if len(names) > shown {
		list += ", …"
	}
	return facts{"n": strconv.Itoa(len(names)), "total": strconv.Itoa(len(parts)), "found": list}
}

// partPlaces are the lines that a row is made of.
func partPlaces(row progress.Row) []progress.Origin {
	out := make([]progress.Origin, len(row.Parts))
	for i, p := range row.Parts {
		out[i] = p.Origin
	}
	return out
}
