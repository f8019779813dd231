package main

import (
	"fmt"
	"strings"

	"tiendo/pipeline/progress"
)

// column is a column of a form. Columns side by side with the same parent stand under one merged heading.
type column struct {
	field   progress.Field
	parent  string
	heading string
	width   float64
	tick    progress.Status // a column that is ticked where the status is this one
}

// form is the looks of a return: which columns, how values are written.
type form struct {
	sheet     string
	columns   []column
	groups    bool   // a row for each group of the plan
	numbered  bool   // a row (1) (2) (3) under the heading
	percents  string // "number": 60; "fraction": 0.6 shown as 60%; "text": Đạt 60%
	dates     bool   // days are dates of the workbook, else text
	bare      bool   // title lines as "name;value" of a table, no letterhead and no signatures
	landscape bool
}

func (f form) has(field progress.Field) bool {
	for _, c := range f.columns {
		if c.field == field {
			return true
		}
	}
	return false
}

// filled is a form with the reports of one unit, and the rows that a careful reader would write down from it.
type filled struct {
	sheet sheet
	rows  []progress.Row
}

// fill writes reports, in the order given, into the form.
func (f form) fill(unit progress.Unit, e edition, reports []*report) filled {
	out := filled{sheet: sheet{Name: f.sheet, Landscape: f.landscape}}
	for _, c := range f.columns {
		out.sheet.Widths = append(out.sheet.Widths, c.width)
	}
	out.sheet.Title, out.sheet.Foot = f.letter(unit, e)
	out.sheet.Head = f.head()
	group := ""
	for i, rep := range reports {
		if g := rep.task.Group; f.groups && g != group {
			group = g
			out.sheet.Body = append(out.sheet.Body, span(g, len(f.columns)))
		}
		row := f.row(rep)
		row.Group = group
		if !f.has(progress.FieldCode) && f.has(progress.FieldNo) { // the number is all that the form calls the task by
			row.Code = fmt.Sprint(i + 1)
		}
		out.rows = append(out.rows, row)
		out.sheet.Body = append(out.sheet.Body, f.cells(rep, row, i+1))
	}
	return out
}

func (f form) letter(unit progress.Unit, e edition) (title, foot []string) {
	if f.bare {
		return []string{"Đơn vị báo cáo: " + unit.Name, "Kỳ báo cáo: " + sentenceCase(e.title)}, nil
	}
	title = []string{
		"BỘ THÔNG TIN VÀ TRUYỀN THÔNG",
		strings.ToUpper(unit.Name),
		"BÁO CÁO TIẾN ĐỘ THỰC HIỆN NHIỆM VỤ CHUYỂN ĐỔI SỐ " + e.title,
		fmt.Sprintf("(Số liệu tính đến ngày %s)", slash(e.close)),
	}
	return title, []string{"Người lập biểu: " + unit.Person, "Thủ trưởng đơn vị: " + unit.Head}
}

// sentenceCase turns TUẦN 20 NĂM 2025 into Tuần 20 năm 2025.
func sentenceCase(s string) string {
	first, rest, _ := strings.Cut(s, " ")
	return first[:1] + strings.ToLower(first[1:]+" "+rest)
}

// head is the heading: one row, or two where columns stand under a common one, and the row of column numbers.
func (f form) head() [][]cell {
	deep := false
	for _, c := range f.columns {
		deep = deep || c.parent != ""
	}
	top, low, numbers := make([]cell, len(f.columns)), make([]cell, len(f.columns)), make([]cell, len(f.columns))
	for i, c := range f.columns {
		numbers[i] = cell{Text: fmt.Sprintf("(%d)", i+1)}
		low[i] = cell{Text: c.heading, Bold: true}
		switch {
		case !deep:
		case c.parent == "":
			top[i] = cell{Text: c.heading, Bold: true, Rows: 2}
			low[i] = cell{Covered: true}
		case i > 0 && f.columns[i-1].parent == c.parent:
			top[i] = cell{Covered: true}
		default:
			n := 1
			for i+n < len(f.columns) && f.columns[i+n].parent == c.parent {
				n++
			}
			top[i] = cell{Text: c.parent, Bold: true, Cols: n}
		}
	}
	var out [][]cell
	if deep {
		out = append(out, top)
	}
	out = append(out, low)
	if f.numbered {
		out = append(out, numbers)
	}
	return out
}

// span is a row with one text over all columns.
func span(text string, columns int) []cell {
	row := make([]cell, columns)
	for i := range row {
		row[i].Covered = true
	}
	row[0] = cell{Text: text, Bold: true, Cols: columns}
	return row
}

// row is what the form's columns hold of the report, as `tiendo extract` must read it.
func (f form) row(rep *report) progress.Row {
	var row progress.Row
	for _, c := range f.columns {
		switch c.field {
		case progress.FieldCode:
			row.Code = rep.code
		case progress.FieldTask:
			row.Task = rep.title
		case progress.FieldLead:
			row.Lead = rep.task.LeadText
		case progress.FieldCooperating:
			row.Cooperating = rep.task.Cooperating
		case progress.FieldPerson:
			row.Person = rep.task.Person
		case progress.FieldProduct:
			row.Product = rep.task.Product
		case progress.FieldDue:
			row.Due = f.due(rep.due).Shown()
			row.DueDate, row.DuePrecision = rep.due.Date, rep.due.Precision
		case progress.FieldStatus:
			if c.tick == "" {
				row.StatusText, row.Status, row.Claim = rep.statusText, rep.status, rep.claim
			} else if c.tick == ticked(rep.status) {
				row.StatusText, row.Status = c.heading, c.tick
			}
		case progress.FieldPercent:
			if rep.percentText == "" {
				row.Percent = rep.percent
			}
		case progress.FieldCompleted:
			row.Completed = rep.completed
		case progress.FieldResult:
			row.Result = rep.result
			if rep.evidence != "" && !f.has(progress.FieldEvidence) {
				row.Result += " (" + rep.evidence + ")"
			}
		case progress.FieldEvidence:
			row.Evidence = rep.evidence
		case progress.FieldReason:
			row.Reason = rep.reason
		case progress.FieldDifficulty:
			row.Difficulty = rep.difficulty
		case progress.FieldProposal:
			row.Proposal = rep.proposal
		}
	}
	return row
}

// ticked is the column to tick: regular work is being done.
func ticked(s progress.Status) progress.Status {
	if s == progress.Recurring {
		return progress.InProgress
	}
	return s
}

// cells writes the row; number counts the rows of the form.
func (f form) cells(rep *report, row progress.Row, number int) []cell {
	out := make([]cell, len(f.columns))
	for i, c := range f.columns {
		out[i] = f.cell(c, rep, row, number)
	}
	return out
}

func (f form) cell(c column, rep *report, row progress.Row, number int) cell {
	switch c.field {
	case progress.FieldNo:
		n := float64(number)
		return cell{Number: &n}
	case progress.FieldCode:
		return cell{Text: row.Code}
	case progress.FieldTask:
		return cell{Text: row.Task}
	case progress.FieldLead:
		return cell{Text: row.Lead}
	case progress.FieldCooperating:
		return cell{Text: row.Cooperating}
	case progress.FieldPerson:
		return cell{Text: row.Person}
	case progress.FieldProduct:
		return cell{Text: row.Product}
	case progress.FieldDue:
		return f.due(rep.due)
	case progress.FieldStatus:
		if c.tick == "" {
			return cell{Text: row.StatusText}
		}
		if c.tick == row.Status {
			return cell{Text: "x"}
		}
	case progress.FieldPercent:
		return f.percent(rep, number)
	case progress.FieldCompleted:
		return f.completed(rep)
	case progress.FieldResult:
		return cell{Text: row.Result}
	case progress.FieldEvidence:
		return cell{Text: row.Evidence}
	case progress.FieldReason:
		return cell{Text: row.Reason}
	case progress.FieldDifficulty:
		return cell{Text: row.Difficulty}
	case progress.FieldProposal:
		return cell{Text: row.Proposal}
	}
	return cell{}
}

// due writes a deadline: in forms with dates a day is a date, and a month is what Excel makes of "6/2025".
func (f form) due(due progress.Due) cell {
	switch {
	case f.dates && due.Precision == progress.Day && !strings.Contains(due.Text, "trước"):
		return cell{Date: due.Date.String(), Format: "dd/mm/yyyy"}
	case f.dates && due.Precision == progress.MonthOnly:
		first := due.Date
		first.Day = 1
		return cell{Date: first.String(), Format: "mm/yyyy"}
	}
	return cell{Text: due.Text}
}

func (f form) percent(rep *report, number int) cell {
	switch {
	case rep.percentText != "":
		return cell{Text: rep.percentText}
	case rep.percent == nil:
		return cell{}
	case f.percents == "fraction" && number%4 == 3:
		return cell{Text: fmt.Sprintf("Đạt %.0f%%", *rep.percent)}
	case f.percents == "fraction":
		fraction := *rep.percent / 100
		return cell{Number: &fraction, Format: "0%"}
	case f.percents == "text":
		return cell{Text: fmt.Sprintf("%.0f%%", *rep.percent)}
	}
	return cell{Number: rep.percent}
}

func (f form) completed(rep *report) cell {
	switch {
	case rep.dateText != "":
		return cell{Text: rep.dateText}
	case rep.completed.IsZero():
		return cell{}
	case f.dates:
		return cell{Date: rep.completed.String(), Format: "dd/mm/yyyy"}
	}
	return cell{Text: slash(rep.completed)}
}
