// Package form writes the form that a unit fills in for a period: an XLSX workbook with the tasks that it owes a row for. In comes a
// progress.Blank, out come bytes; the same blank gives the same bytes.
//
// What the plan says is locked (without a password: a lock against slips, not against people). What the unit said the period before
// stands locked beside the cells to fill in, and those are empty. A form that comes with last period's words already in place is sent back as it
// came: the unchanged return that rule H04 looks for would be what happens when nobody does anything. So a clerk looks at the old words
// and says the new ones; status, percent and days are picked, not typed.
//
// A hidden sheet says for which unit, period and plan the form was made. The reader takes it from there ([progress.Form]).
package form

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"tiendo/pipeline/progress"
	"tiendo/pipeline/write/container"
	"tiendo/templates"
)

// Name is the name of the form in the unit's folder. A form that was made anew, from another plan, has the next number.
func Name(period string, number int) string {
	if number < 2 {
		return "Mau_" + period + ".xlsx"
	}
	return fmt.Sprintf("Mau_%s_%d.xlsx", period, number)
}

// column is a column of the form.
type column struct {
	field progress.Field // empty: what was said the period before
	width float64        // characters
	input bool
}

// previous stands for the column that shows the period before.
const previous progress.Field = "previous"

var columns = []column{
	{progress.FieldCode, 8, false}, {progress.FieldTask, 32, false}, {progress.FieldProduct, 15, false}, {progress.FieldDue, 11, false}, {previous, 24, false},
	{progress.FieldStatus, 13, true}, {progress.FieldPercent, 9, true}, {progress.FieldCompleted, 11.5, true}, {progress.FieldResult, 28, true},
	{progress.FieldEvidence, 15, true}, {progress.FieldDifficulty, 17, true}, {progress.FieldProposal, 17, true}, {progress.FieldReason, 14, true},
	{progress.FieldForecast, 11.5, true},
}

// Statuses are the statuses that the form offers, in the order of the list.
var Statuses = []progress.Status{progress.NotStarted, progress.InProgress, progress.Done, progress.Recurring, progress.Paused}

// XLSX writes the form.
func XLSX(blank progress.Blank, words *templates.Words) (data []byte, err error) {
	f := excelize.NewFile()
	defer func() {
		if closed := f.Close(); err == nil {
			err = closed
		}
	}()
	f.SetZipWriter(func(out io.Writer) excelize.ZipWriter { return container.New(out) })
	s := &sheet{file: f, name: words.Say("form.sheet"), words: words, blank: blank}
	for _, step := range []func() error{s.prepare, s.head, s.tasks, s.foot, s.check, s.paper, s.mark} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// sheet is the form being written.
type sheet struct {
	file  *excelize.File
	name  string
	words *templates.Words
	blank progress.Blank
	at    int // rows written
	first int // row of the first task or group

	title, line, hint, heading, group, locked, sign int // styles
	inputs                                          map[progress.Field]int
}

const (
	font     = "Times New Roman"
	bodySize = 12 // points
)

func (s *sheet) prepare() error {
	stamp := s.blank.Period.Start.String() + "T00:00:00Z"
	if err := s.file.SetDocProps(&excelize.DocProperties{
		Title: s.words.Say("form.title", "plan", s.blank.Plan), Creator: s.blank.Office, LastModifiedBy: s.blank.Office,
		Created: stamp, Modified: stamp, Language: string(s.words.Lang),
	}); err != nil {
		return err
	}
	if err := s.file.SetSheetName("Sheet1", s.name); err != nil {
		return err
	}
	var border []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		border = append(border, excelize.Border{Type: side, Color: "808080", Style: 1})
	}
	grey := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F2F2F2"}}
	var err error
	style := func(to *int, x excelize.Style) {
		if err == nil {
			*to, err = s.file.NewStyle(&x)
		}
	}
	text := func(size float64, bold, italic bool) *excelize.Font {
		return &excelize.Font{Family: font, Size: size, Bold: bold, Italic: italic}
	}
	wrapped := &excelize.Alignment{Vertical: "top", WrapText: true}
	centred := &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	style(&s.title, excelize.Style{Font: text(15, true, false), Alignment: centred})
	style(&s.line, excelize.Style{Font: text(13, true, false), Alignment: wrapped})
	style(&s.hint, excelize.Style{Font: text(bodySize, false, true), Alignment: wrapped})
	style(&s.heading, excelize.Style{Font: text(bodySize, true, false), Alignment: centred, Border: border, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"D9D9D9"}}})
	style(&s.group, excelize.Style{Font: text(bodySize, true, false), Alignment: wrapped, Border: border, Fill: grey})
	style(&s.locked, excelize.Style{Font: text(bodySize, false, false), Alignment: wrapped, Border: border, Fill: grey})
	style(&s.sign, excelize.Style{Font: text(bodySize, true, false), Alignment: centred})
	s.inputs = map[progress.Field]int{}
	for _, c := range columns {
		if !c.input {
			continue
		}
		looks := excelize.Style{Font: text(bodySize, false, false), Alignment: wrapped, Border: border, Protection: &excelize.Protection{Locked: false}}
		switch c.field {
		case progress.FieldPercent:
			looks.NumFmt = 9 // 0%: "60" and "60%" typed into it are both 60 %
		case progress.FieldCompleted, progress.FieldForecast:
			day := "dd/mm/yyyy"
			looks.CustomNumFmt = &day
		default:
			looks.NumFmt = container.TextFormat // "=…" typed into it stays words
		}
		var id int
		style(&id, looks)
		s.inputs[c.field] = id
	}
	return err
}

// head is what stands above the table: for whom, for when, and how the form is filled in.
func (s *sheet) head() error {
	b, say := s.blank, s.words.Say
	heads := []struct {
		text   string
		style  int
		height float64
	}{
		{strings.ToUpper(say("form.title", "plan", b.Plan)), s.title, 40},
		{say("form.unit", "unit", b.Unit.Name), s.line, 18},
		{say("form.period", "period", b.Period.ID, "from", s.words.Date(b.Period.Start), "to", s.words.Date(b.Period.End)), s.line, 18},
		{say("form.hint.fill"), s.hint, 34},
		{say("form.hint.previous"), s.hint, 34},
	}
	if b.Done > 0 {
		heads = append(heads, struct {
			text   string
			style  int
			height float64
		}{say("form.hint.done"), s.hint, 18})
	}
	for _, l := range heads {
		if err := s.wide(l.text, l.style, l.height); err != nil {
			return err
		}
	}
	s.at++
	lines := 1
	for i, c := range columns {
		lines = max(lines, container.Lines(say("form.column."+string(c.field)), c.width, bodySize*container.Bold))
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := s.file.SetColWidth(s.name, name, name, c.width); err != nil {
			return err
		}
		if err := s.put(i, say("form.column."+string(c.field)), s.heading); err != nil {
			return err
		}
	}
	s.first = s.at + 1
	return s.file.SetRowHeight(s.name, s.at, container.Height(lines, bodySize))
}

// wide writes a row of one text over all columns.
func (s *sheet) wide(text string, style int, height float64) error {
	s.at++
	from, err := excelize.CoordinatesToCellName(1, s.at)
	if err != nil {
		return err
	}
	to, err := excelize.CoordinatesToCellName(len(columns), s.at)
	if err != nil {
		return err
	}
	if err := s.file.MergeCell(s.name, from, to); err != nil {
		return err
	}
	if err := s.file.SetCellStyle(s.name, from, to, style); err != nil {
		return err
	}
	if height > 0 {
		if err := s.file.SetRowHeight(s.name, s.at, height); err != nil {
			return err
		}
	}
	return s.file.SetCellStr(s.name, from, container.Text(text))
}

// put writes a cell of the current row.
func (s *sheet) put(column int, text string, style int) error {
	cell, err := excelize.CoordinatesToCellName(column+1, s.at)
	if err != nil {
		return err
	}
	if err := s.file.SetCellStyle(s.name, cell, cell, style); err != nil || text == "" {
		return err
	}
	return s.file.SetCellStr(s.name, cell, container.Text(text))
}

// tasks are the rows to fill in, below the groups of the plan.
func (s *sheet) tasks() error {
	group := ""
	for _, t := range s.blank.Tasks {
		if t.Task.Group != group {
			group = t.Task.Group
			if group != "" {
				if err := s.wide(group, s.group, container.Height(1, bodySize)); err != nil {
					return err
				}
			}
		}
		s.at++
		says := map[progress.Field]string{
			progress.FieldCode: t.Number(), progress.FieldTask: t.Task.Title, progress.FieldProduct: t.Task.Product,
			progress.FieldDue: t.Task.Due.Text, previous: s.before(t.Claim),
		}
		for i, c := range columns {
			style := s.locked
			if c.input {
				style = s.inputs[c.field]
			}
			if err := s.put(i, says[c.field], style); err != nil {
				return err
			}
		}
		lines := 2 // room to write
		for _, c := range columns {
			lines = max(lines, container.Lines(says[c.field], c.width, bodySize))
		}
		if err := s.file.SetRowHeight(s.name, s.at, container.Height(lines, bodySize)); err != nil {
			return err
		}
	}
	return nil
}

// before is what the unit said of the task the period before.
func (s *sheet) before(claim *progress.Claim) string {
	if claim == nil {
		return ""
	}
	r := claim.Row
	standing := r.StatusText
	if r.Percent != nil {
		standing = strings.Trim(standing+"; "+s.words.Decimal(*r.Percent, decimals(*r.Percent))+"%", "; ")
	}
	lines := []string{standing}
	for _, said := range []struct{ key, text string }{{"result", r.Result}, {"difficulty", r.Difficulty}, {"proposal", r.Proposal}} {
		if said.text != "" {
			lines = append(lines, s.words.Say("form.before."+said.key, "text", said.text))
		}
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

func decimals(x float64) int {
	if x == float64(int(x)) {
		return 0
	}
	return 1
}

// foot is where the form is signed when it is printed.
func (s *sheet) foot() error {
	last := s.at
	s.at += 2
	if err := s.put(1, s.words.Say("form.sign.person"), s.sign); err != nil {
		return err
	}
	if err := s.put(8, s.words.Say("form.sign.head"), s.sign); err != nil {
		return err
	}
	s.at = last
	return s.file.SetRowHeight(s.name, last+2, 36)
}

// check lets the input cells take only what can be meant: a status of the list, a percent, a day.
func (s *sheet) check() error {
	if len(s.blank.Tasks) == 0 {
		return nil
	}
	var list []string
	for _, status := range Statuses {
		list = append(list, s.words.Say("form.status."+string(status)))
	}
	// A spreadsheet calls the first day of 2000 day 36526. Counted from its day 0, in 1899, a day near 2200 is further away than a
	// time.Duration reaches.
	first := progress.Date{Year: 2000, Month: time.January, Day: 1}
	serial := func(d progress.Date) float64 { return float64(36526 + first.DaysUntil(d)) }
	from, until := serial(first), serial(progress.Date{Year: 2199, Month: time.December, Day: 31})
	set := map[progress.Field]func(*excelize.DataValidation) error{
		progress.FieldStatus: func(v *excelize.DataValidation) error { return v.SetDropList(list) },
		progress.FieldPercent: func(v *excelize.DataValidation) error {
			return v.SetRange(0, 1, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween)
		},
		progress.FieldCompleted: func(v *excelize.DataValidation) error {
			return v.SetRange(from, serial(s.blank.Period.End), excelize.DataValidationTypeDate, excelize.DataValidationOperatorBetween)
		},
		progress.FieldForecast: func(v *excelize.DataValidation) error {
			return v.SetRange(from, until, excelize.DataValidationTypeDate, excelize.DataValidationOperatorBetween)
		},
	}
	for i, c := range columns {
		fill, ok := set[c.field]
		if !ok {
			continue
		}
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		v := excelize.NewDataValidation(true)
		v.SetSqref(fmt.Sprintf("%s%d:%s%d", name, s.first, name, s.at))
		if err := fill(v); err != nil {
			return err
		}
		v.SetError(excelize.DataValidationErrorStyleStop, s.words.Say("form.column."+string(c.field)),
			s.words.Say("form.check."+string(c.field), "end", s.words.Date(s.blank.Period.End)))
		if err := s.file.AddDataValidation(s.name, v); err != nil {
			return err
		}
	}
	return nil
}

// paper sets the sheet up for A4, as wide as the paper, with the heading on every page, and locks what is not to be filled in.
func (s *sheet) paper() error {
	a4, one, none, lying, fit := 9, 1, 0, "landscape", true
	last, err := excelize.ColumnNumberToName(len(columns))
	if err != nil {
		return err
	}
	margin, narrow := 0.6, 0.4
	for _, err := range []error{
		s.file.SetPageLayout(s.name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &lying, FitToWidth: &one, FitToHeight: &none}),
		s.file.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{Left: &narrow, Right: &narrow, Top: &margin, Bottom: &margin}),
		s.file.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &fit}),
		s.file.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{OddFooter: "&C&P/&N"}),
		s.file.SetPanes(s.name, &excelize.Panes{Freeze: true, XSplit: 2, YSplit: s.first - 1, TopLeftCell: fmt.Sprintf("C%d", s.first), ActivePane: "bottomRight"}),
		s.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: s.name,
			RefersTo: fmt.Sprintf("'%s'!$%d:$%d", s.name, s.first-1, s.first-1)}),
		s.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", Scope: s.name,
			RefersTo: fmt.Sprintf("'%s'!$A$1:$%s$%d", s.name, last, s.at+2)}),
		s.file.ProtectSheet(s.name, &excelize.SheetProtectionOptions{
			SelectLockedCells: true, SelectUnlockedCells: true, FormatColumns: true, FormatRows: true, EditObjects: true, EditScenarios: true}),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

// mark adds the hidden sheet that says what the form is.
func (s *sheet) mark() error {
	if _, err := s.file.NewSheet(progress.HiddenSheet); err != nil {
		return err
	}
	f := s.blank.Form
	values := []string{strconv.Itoa(f.Version), f.Unit, f.Period, f.PlanVersion}
	if err := s.file.SetCellStr(progress.HiddenSheet, "A1", progress.FormMark); err != nil {
		return err
	}
	for i, value := range values {
		if err := s.file.SetCellStr(progress.HiddenSheet, fmt.Sprintf("A%d", i+2), progress.FormFields[i]); err != nil {
			return err
		}
		if err := s.file.SetCellStr(progress.HiddenSheet, fmt.Sprintf("B%d", i+2), value); err != nil {
			return err
		}
	}
	return s.file.SetSheetVisible(progress.HiddenSheet, false, true)
}
