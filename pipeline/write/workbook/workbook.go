// Package workbook writes the synthesis as an XLSX workbook. In comes progress.Synthesis and the wording of a
// language; out go the bytes, and for every figure the sheet and cell in which it stands. It computes nothing: what is not in the
// synthesis is not in the workbook.
//
// Numbers, rates and dates are numbers, rates and dates; what units wrote is text, never a formula or a link. Same synthesis, same
// bytes.
package workbook

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"tiendo/pipeline/progress"
	"tiendo/pipeline/write/container"
	"tiendo/templates"
)

// Place is a cell of the workbook.
type Place struct {
	Sheet string // Tổng hợp
	Cell  string // B7
}

// String is the place as a reference: 'Tổng hợp'!B7.
func (p Place) String() string { return quoteSheet(p.Sheet) + "!" + p.Cell }

// XLSX writes the synthesis to out as a workbook. The map leads from the id of every figure of s to its cell.
func XLSX(out io.Writer, s progress.Synthesis, words *templates.Words) (map[string]Place, error) {
	return write(out, s, words, rowLimit)
}

// book is the workbook while it is written.
type book struct {
	synthesis progress.Synthesis
	words     *templates.Words
	file      *excelize.File
	container *container.Container
	style     styles
	sheets    int               // so far
	figures   []progress.Figure // of the synthesis that stand on the summary: all that belong to no breakdown
	places    map[string]Place  // of figures
	taskParts []taskPart
	taskRows  map[positionKey]taskRow
	lower     []lowerLine
	inputRows map[string]int // path of a file → its place among the inputs, from 0
	rowLimit  int
	asOf      string // the line that dates the figures
	header    string // of every printed page: marks a draft
	footer    string
}

// positionKey names a position.
type positionKey struct{ task, unit string }

func write(out io.Writer, s progress.Synthesis, words *templates.Words, rowLimit int) (places map[string]Place, err error) {
	f := excelize.NewFile()
	defer func() {
		if closed := f.Close(); err == nil && closed != nil {
			err = fmt.Errorf("remove temporary parts: %w", closed)
		}
	}()
	b := &book{synthesis: s, words: words, file: f, container: container.New(out), places: map[string]Place{}, rowLimit: rowLimit, taskParts: partTasks(s, rowLimit), taskRows: make(map[positionKey]taskRow, len(s.Tasks)), lower: lowerLines(s.Tasks)}
	b.inputRows = make(map[string]int, len(s.Inputs))
	for i, in := range s.Inputs {
		b.inputRows[in.Path] = i
	}
	for n, part := range b.taskParts {
		for i, t := range part.tasks {
			b.taskRows[positionKey{t.Task.Key(), t.Unit}] = taskRow{n + 1, i}
		}
	}
	for _, f := range s.Figures() {
		if summaryBlock(f.ID) != "" {
			b.figures = append(b.figures, f)
		}
	}
	b.asOf = words.Say("workbook.as_of", "time", s.DataTime, "date", words.Date(s.DataDate))
	if err := b.prepare(); err != nil {
		return nil, err
	}
	for _, add := range []func() error{
		b.addSummary, b.addCharts, b.addUnits, b.addBreakdown, b.addPersons,
		b.addCorrection, b.addOverdue, b.addDueSoon, b.addUnconfirmed, b.addContested, b.addWarned, b.addChanges, b.addMoves, b.addVoices,
		b.addFindings, b.addResolved, b.addRules, b.addSubmissions, b.addStandings, b.addTasks, b.addLower, b.addInputs, b.addMethod, b.addSeal,
	} {
		if err := add(); err != nil {
			return nil, err
		}
	}
	if err := b.nameFigures(); err != nil {
		return nil, err
	}
	return b.places, f.Write(io.Discard)
}

// prepare sets what holds for the whole book: fonts, styles, properties, the order of its parts.
func (b *book) prepare() error {
	s := b.synthesis
	b.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return b.container }) // excelize would hold the whole workbook
	if err := b.file.SetDefaultFont(font); err != nil {
		return err
	}
	var err error
	if b.style, err = newStyles(b.file); err != nil {
		return err
	}
	// A size and a text that begins with a digit are kept apart by a space.
	b.footer = fmt.Sprintf(`&L&"%s,Regular"&9 %s&C&"%s,Regular"&10 %s&R&"%s,Regular"&9 %s`,
		font, s.Period.ID, font, b.words.Say("workbook.page"), font, b.words.Date(s.DataDate))
	if s.Draft {
		b.header = fmt.Sprintf(`&R&"%s,Bold"&11 %s`, font, b.words.Say("workbook.draft"))
	}
	// The day of the figures stands for the hour of writing, so that the same figures are the same bytes.
	stamp := s.DataDate.String() + "T00:00:00Z"
	if err := b.file.SetDocProps(&excelize.DocProperties{
		Title: b.title(), Subject: b.periodName(), Creator: s.Office.Name, LastModifiedBy: s.Office.Name,
		Created: stamp, Modified: stamp, Language: string(b.words.Lang), Version: s.Version,
		Identifier: fmt.Sprintf("%s r%d", s.Period.ID, s.Revision),
	}); err != nil {
		return err
	}
	return b.file.SetAppProps(&excelize.AppProperties{Application: "tiendo", Company: s.Office.Parent})
}

// taskPlace is the row of a position, by the key of its task, on the sheet of all tasks; nil where the position is not of this period.
func (b *book) taskPlace(key, unit string) *Place {
	at, ok := b.taskRows[positionKey{key, unit}]
	if !ok {
		return nil
	}
	return &Place{b.sheetName("tasks", at.part), ref(1, headingRow+1+at.row)}
}

// code is the code of the task of that key, leading to its row among all tasks where the unit has one there.
func (b *book) code(code, key, unit string) cell {
	if at := b.taskPlace(key, unit); at != nil {
		return cell{value: code, style: b.style.link, link: at}
	}
	return b.text(code)
}

// source is the path of a return, leading to where the book names the file with its hash; of an earlier period it leads nowhere.
func (b *book) source(path string) cell {
	i, ok := b.inputRows[path]
	if !ok || path == "" {
		return b.text(path)
	}
	return cell{value: path, style: b.style.link, link: &Place{b.sheetName("inputs", 1+i/b.rowLimit), ref(2, headingRow+1+i%b.rowLimit)}}
}

// nameFigures gives the figures of the whole office names that formulas can use: total.overdue, reporting.missing.
func (b *book) nameFigures() error {
	for _, f := range b.figures {
		p := b.places[f.ID]
		column, row, err := excelize.CellNameToCoordinates(p.Cell)
		if err != nil {
			return fmt.Errorf("figure %s: %w", f.ID, err)
		}
		err = b.file.SetDefinedName(&excelize.DefinedName{Name: f.ID, RefersTo: Place{p.Sheet, fixed(column, row)}.String()})
		if err != nil {
			return fmt.Errorf("name %s: %w", f.ID, err)
		}
	}
	return nil
}
