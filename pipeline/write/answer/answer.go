// Package answer writes what goes back to a unit after a period was closed: a workbook with a receipt of what it sent, and the list of
// what it has to mend, each with its place, what stood there, what was expected and what to do; where it sent a workbook, a copy of that follows, with
// the cells of the findings marked. In comes a progress.Answer, out come bytes; the same answer gives the same bytes. Words of the
// unit stand there as text, whatever they begin with.
package answer

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"tiendo/pipeline/progress"
	"tiendo/pipeline/write/container"
	"tiendo/templates"
)

// Name is the name of the workbook in the unit's folder; each revision of an edition has its own.
func Name(period string, revision int) string {
	return fmt.Sprintf("TraLoi_%s_r%d.xlsx", period, revision)
}

// XLSX writes the workbook of an answer.
func XLSX(a progress.Answer, words *templates.Words) (data []byte, err error) {
	f := excelize.NewFile()
	defer func() {
		if closed := f.Close(); err == nil {
			err = closed
		}
	}()
	f.SetZipWriter(func(out io.Writer) excelize.ZipWriter { return container.New(out) })
	b := &book{file: f, words: words, answer: a}
	if err := b.prepare(); err != nil {
		return nil, err
	}
	b.nameCopies()
	if err := b.receipt(); err != nil {
		return nil, err
	}
	if err := b.findings(); err != nil {
		return nil, err
	}
	if err := b.copies(); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

type book struct {
	file   *excelize.File
	words  *templates.Words
	answer progress.Answer

	title, label, text, head int // styles
	severity                 map[progress.Severity]int
	copied                   map[progress.Severity]int // of the cells of the marked copy, by the severity that marks the cell
	quoted                   map[int]int               // by the id of a style: the same for words that a program could take for a formula
	copyNames                []string                  // of the sheets of the marked copy, in their order
}

const (
	font     = "Times New Roman"
	textSize = 12 // points
	copySize = 11 // of the copy, which shows as much as it can
)

func (b *book) prepare() error {
	border := []excelize.Border{{Type: "left", Color: "808080", Style: 1}, {Type: "right", Color: "808080", Style: 1},
		{Type: "top", Color: "808080", Style: 1}, {Type: "bottom", Color: "808080", Style: 1}}
	wrapped := &excelize.Alignment{Vertical: "top", WrapText: true}
	var err error
	style := func(s excelize.Style) int {
		id, failed := b.file.NewStyle(&s)
		err = cmp.Or(err, failed)
		return id
	}
	words := func(bold bool) excelize.Style {
		return excelize.Style{Font: &excelize.Font{Family: font, Size: textSize, Bold: bold}, Border: border, Alignment: wrapped}
	}
	b.title = style(excelize.Style{Font: &excelize.Font{Family: font, Size: 14, Bold: true}})
	b.label = style(words(true))
	b.text = style(words(false))
	head := words(true)
	head.Alignment = &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	head.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E7E6E6"}}
	b.head = style(head)
	b.severity = map[progress.Severity]int{}
	b.copied = map[progress.Severity]int{}
	for _, s := range []progress.Severity{unmarked, progress.SeverityError, progress.SeverityWarning, progress.SeverityNote} {
		cell := excelize.Style{Font: &excelize.Font{Family: font, Size: copySize}, Border: border, Alignment: wrapped}
		if s != unmarked {
			cell.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{severityFill[s]}}
			// The word stands beside the colour: it is read in black and white too.
			word := words(true)
			word.Fill = cell.Fill
			b.severity[s] = style(word)
		}
		b.copied[s] = style(cell)
	}
	if err != nil {
		return err
	}
	b.quoted = container.Quote(b.file, slices.Concat([]int{b.label, b.text}, slices.Sorted(maps.Values(b.copied)))...)
	stamp := b.answer.DataDate.String() + "T00:00:00Z"
	return b.file.SetDocProps(&excelize.DocProperties{
		Title: b.words.Say("answer.title", "period", b.answer.Period.ID, "unit", b.answer.Unit.Name), Creator: b.answer.Office,
		LastModifiedBy: b.answer.Office, Created: stamp, Modified: stamp, Language: string(b.words.Lang),
	})
}

// receipt is the first sheet: what was received, and what became of it.
func (b *book) receipt() error {
	a, say, sub := b.answer, b.words.Say, b.answer.Submission
	sheet := say("answer.sheet.receipt")
	if err := b.file.SetSheetName("Sheet1", sheet); err != nil {
		return err
	}
	received := say("answer.nothing")
	if !sub.Received.IsZero() {
		received = sub.Received.In(a.Zone).Format("15:04 02/01/2006")
	}
	lines := [][2]string{
		{"office", a.Office},
		{"unit", a.Unit.Name + " (" + a.Unit.Code + ")"},
		{"period", a.Period.ID},
		{"data_date", b.words.Date(a.DataDate)},
		{"state", say("punctuality." + string(sub.Punctuality))},
		{"file", orNothing(b.words, sub.File)},
		{"received", received},
		{"sha256", orNothing(b.words, sub.SHA256)},
		{"rows", say("answer.rows", "read", b.words.Int(sub.RowsRead), "counted", b.words.Int(sub.RowsCounted), "owed", b.words.Int(sub.RowsOwed))},
		{"findings", say("answer.counts", "errors", b.words.Int(sub.Errors), "warnings", b.words.Int(sub.Warnings), "notes", b.words.Int(sub.Notes))},
		{"copy", b.copyLine()},
	}
	w := writer{b: b, sheet: sheet}
	w.columns(30, 60, 60)
	w.row(b.title, say("answer.title", "period", a.Period.ID, "unit", a.Unit.Name))
	w.at++
	for _, l := range lines {
		w.styled([]int{b.label, b.text}, say("answer.line."+l[0]), l[1])
	}
	w.at++
	w.row(b.head, say("answer.column.file"), say("answer.column.state"), say("answer.column.reason"))
	for _, e := range a.Entries {
		w.row(b.text, e.Path, say("state."+string(e.State)), b.reason(e))
	}
	w.landscape()
	return w.err
}

// reason says why an entry ended where it did.
func (b *book) reason(e progress.Entry) string {
	pairs := []string{"period", e.Period}
	if title := "rule." + e.Facts["rule"]; b.words.Has(title) {
		pairs = append(pairs, "title", b.words.Say(title))
	} else {
		pairs = append(pairs, "title", e.Facts["rule"])
	}
	return b.words.Fill("entry."+e.Reason, e.Facts, pairs...)
}

// findings is the second sheet: what to mend, the gravest first in each file.
func (b *book) findings() error {
	say := b.words.Say
	sheet := say("answer.sheet.findings")
	if _, err := b.file.NewSheet(sheet); err != nil {
		return err
	}
	w := writer{b: b, sheet: sheet}
	w.columns(18, 9, 28, 24, 10, 60, 50, 12)
	w.row(b.head, say("answer.column.severity"), say("answer.column.rule"), say("answer.column.file"), say("answer.column.place"),
		say("answer.column.task"), say("answer.column.message"), say("answer.column.remedy"), say("answer.column.since"))
	for _, f := range b.answer.Findings {
		message, remedy := b.words.Finding(f)
		t := b.text
		w.styled([]int{b.severity[f.Severity], t, t, t, t, t, t, t}, say("severity."+string(f.Severity)), f.Rule, f.File, b.place(f), f.Task, message, remedy, f.Since)
		if sheet := b.sheetOf(f); sheet != "" {
			at := fmt.Sprintf("D%d", w.at)
			w.do(b.file.SetCellHyperLink(w.sheet, at, "'"+strings.ReplaceAll(sheet, "'", "''")+"'!"+f.Origin.Cell, "Location"))
		}
	}
	if len(b.answer.Findings) == 0 {
		w.row(b.text, say("answer.clean"))
	}
	w.heading()
	w.landscape()
	return w.err
}

func (b *book) place(f progress.Finding) string {
	if f.Origin.IsZero() {
		return ""
	}
	return b.words.Place(f.Origin)
}

func orNothing(words *templates.Words, s string) string {
	if s == "" {
		return words.Say("answer.nothing")
	}
	return s
}

// writer fills a sheet row by row; the first error stays.
type writer struct {
	b     *book
	sheet string
	at    int // rows written
	err   error
	// widths of the columns, in characters: rows are made as high as their wrapped words need.
	widths []float64
}

func (w *writer) do(err error) {
	if w.err == nil {
		w.err = err
	}
}

// row writes cells of one style.
func (w *writer) row(style int, texts ...string) {
	styles := make([]int, len(texts))
	for i := range styles {
		styles[i] = style
	}
	w.styled(styles, texts...)
}

// styled writes a row of texts.
func (w *writer) styled(styles []int, texts ...string) {
	w.at++
	for i, text := range texts {
		cell, err := excelize.CoordinatesToCellName(i+1, w.at)
		w.do(err)
		w.do(w.b.file.SetCellStr(w.sheet, cell, container.Text(text)))
		style := styles[i]
		if container.Acts(text) {
			style = w.b.quoted[style]
		}
		w.do(w.b.file.SetCellStyle(w.sheet, cell, cell, style))
	}
	w.do(w.b.file.SetRowHeight(w.sheet, w.at, w.height(texts)))
}

// height is the height in points of a row in which the texts wrap; Excel's own limit is 409.
func (w *writer) height(texts []string) float64 {
	lines := 1
	for i, text := range texts {
		if i >= len(w.widths) || len(texts) == 1 { // a title runs over the empty cells beside it
			continue
		}
		lines = max(lines, container.Lines(text, w.widths[i], textSize*container.Bold))
	}
	return container.Height(lines, textSize)
}

// columns sets the widths of the columns, before the rows.
func (w *writer) columns(widths ...float64) {
	w.widths = widths
	for i, width := range widths {
		name, err := excelize.ColumnNumberToName(i + 1)
		w.do(err)
		w.do(w.b.file.SetColWidth(w.sheet, name, name, width))
	}
}

// landscape sets the sheet up for A4, as wide as the paper.
func (w *writer) landscape() { w.do(landscape(w.b.file, w.sheet)) }

func landscape(f *excelize.File, sheet string) error {
	a4, one, none, lying, fit := 9, 1, 0, "landscape", true
	if err := f.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &a4, Orientation: &lying, FitToWidth: &one, FitToHeight: &none}); err != nil {
		return err
	}
	return f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit})
}

// heading keeps the first row in view, and lets the rows below be filtered.
func (w *writer) heading() {
	w.do(w.b.file.SetPanes(w.sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
	w.do(w.b.file.AutoFilter(w.sheet, fmt.Sprintf("A1:H%d", w.at), nil))
}
