package workbook

import (
	"slices"

	"github.com/xuri/excelize/v2"

	"tiendo/pipeline/progress"
	"tiendo/pipeline/write/container"
)

// font of every cell and chart, as Decree 30/2020/NĐ-CP asks of documents.
const font = "Times New Roman"

// textSize is that of the letters of tables, in points.
const textSize = 11

const (
	colourHead  = "1F3864"
	colourFaint = "F2F2F2"
	colourLine  = "BFBFBF"
	colourLink  = "0563C1"
	colourDue   = "7F7F7F"
	// Columns under a dark line: overdue, done on time.
	colourPale     = "E08A72"
	colourPaleDone = "C7E3CF"
)

// classColours are the fills of charts. Any two may stand beside each other in a stack, so all differ in lightness: they can be told apart
// in print without colour.
var classColours = map[progress.Class]string{
	progress.DoneOnTime:  "3E8E5A",
	progress.DoneLate:    "9FD3A8",
	progress.Unconfirmed: "5E3C99",
	progress.InTerm:      "EAF2FB",
	progress.DueSoon:     "E69F00",
	progress.Overdue:     "8B0000",
	progress.NotReported: "D6D6D6",
	progress.Regular:     "8A8A8A",
}

// marks are the fill and the letters of a class in a list, set on the cell that names the class: the label is always there.
var marks = map[progress.Class][2]string{
	progress.DoneOnTime:  {"E2F0D9", "375623"},
	progress.DoneLate:    {"E2F0D9", "806000"},
	progress.Unconfirmed: {"E4DFEC", "403151"},
	progress.DueSoon:     {"FFF2CC", "7F6000"},
	progress.Overdue:     {"F8CBAD", "9C0006"},
	progress.NotReported: {"E7E6E6", "3A3838"},
}

// styles are the ids of the book's styles.
type styles struct {
	office, title, note, block         int    // lines above tables, in merged cells
	heading, remark, back              int    // the same in one cell, running over the empty cells to its right
	head, label, text, link, countLink int    // cells of tables: words
	count, change, points, rate, tenth int    // numbers
	percent, percentTenth              int    // 0–1, shown whole or with one decimal
	date, moment                       int    // days, and days with hours
	indent                             [7]int // names of a tree, by depth
	alarm                              int    // conditional: a count that should be 0
	marks                              map[progress.Class]int
	severity                           map[progress.Severity]int
	quoted                             map[int]int // by the id of a style: the same for words that a program could take for a formula
}

// Formats of numbers. A workbook holds them with comma and point; Excel shows them with the reader's own separators.
const (
	formatCount   = "#,##0"
	formatChange  = "+#,##0;-#,##0;0"
	formatPoints  = "+0.0;-0.0;0.0"
	formatRate    = "0.0%"
	formatTenth   = "#,##0.0"
	formatPercent = "0%"
	formatDate    = "dd/mm/yyyy"
	formatMoment  = "dd/mm/yyyy hh:mm"
)

// register adds styles to a file and remembers the first error.
type register struct {
	file *excelize.File
	err  error
}

func (r *register) style(s excelize.Style) int {
	id, err := r.file.NewStyle(&s)
	if r.err == nil {
		r.err = err
	}
	return id
}

// conditional is a style for conditional formats.
func (r *register) conditional(fill, letters string) int {
	id, err := r.file.NewConditionalStyle(&excelize.Style{
		Font: &excelize.Font{Bold: true, Color: letters},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fill}},
	})
	if r.err == nil {
		r.err = err
	}
	return id
}

// newStyles registers the styles in f.
func newStyles(f *excelize.File) (styles, error) {
	r := &register{file: f}
	st := styles{
		office: r.style(words(12, true)),
		title:  r.style(words(14, true)),
		note:   r.style(words(textSize, false)),
		block:  r.style(words(12, true)),

		heading: r.style(running(words(14, true))),
		remark:  r.style(running(words(textSize, false))),
		back:    r.style(running(linked(words(textSize, false)))),

		head:  r.style(filled(centred(ruled(words(textSize, true))), colourHead, "FFFFFF")),
		label: r.style(filled(ruled(words(textSize, true)), colourFaint, "")),
		text:  r.style(ruled(words(textSize, false))),
		link:  r.style(linked(ruled(words(textSize, false)))),

		count:        r.style(number(formatCount)),
		countLink:    r.style(linked(number(formatCount))),
		change:       r.style(number(formatChange)),
		points:       r.style(number(formatPoints)),
		rate:         r.style(number(formatRate)),
		tenth:        r.style(number(formatTenth)),
		percent:      r.style(number(formatPercent)),
		percentTenth: r.style(number(formatRate)),
		date:         r.style(middle(number(formatDate))),
		moment:       r.style(middle(number(formatMoment))),

		alarm: r.conditional(marks[progress.Overdue][0], marks[progress.Overdue][1]),
		marks: map[progress.Class]int{},
	}
	for depth := range st.indent {
		s := ruled(words(textSize, depth == 0))
		s.Alignment.Indent = 2 * depth
		st.indent[depth] = r.style(s)
	}
	for _, class := range progress.Classes {
		if m, ok := marks[class]; ok {
			st.marks[class] = r.conditional(m[0], m[1])
		}
	}
	st.severity = map[progress.Severity]int{
		progress.SeverityError:   st.alarm,
		progress.SeverityWarning: st.marks[progress.DueSoon],
	}
	if r.err != nil {
		return st, r.err
	}
	st.quoted = container.Quote(f, slices.Concat(st.indent[:],
		[]int{st.office, st.title, st.note, st.block, st.heading, st.remark, st.back, st.head, st.label, st.text, st.link})...)
	return st, nil
}

// words is a style for text of that size in points, wrapped, from the upper left corner.
func words(size float64, bold bool) excelize.Style {
	return excelize.Style{
		Font:      &excelize.Font{Family: font, Size: size, Bold: bold},
		Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "top", WrapText: true},
	}
}

// number is a style for numbers in that format.
func number(format string) excelize.Style {
	s := ruled(words(textSize, false))
	s.Alignment.Horizontal = "right"
	s.CustomNumFmt = &format
	return s
}

// middle sets a day away from the words of the column behind it.
func middle(s excelize.Style) excelize.Style {
	s.Alignment.Horizontal = "center"
	return s
}

func ruled(s excelize.Style) excelize.Style {
	for _, side := range []string{"left", "right", "top", "bottom"} {
		s.Border = append(s.Border, excelize.Border{Type: side, Color: colourLine, Style: 1})
	}
	return s
}

func linked(s excelize.Style) excelize.Style {
	s.Font.Color, s.Font.Underline = colourLink, "single"
	return s
}

func running(s excelize.Style) excelize.Style {
	s.Alignment.WrapText = false
	return s
}

func centred(s excelize.Style) excelize.Style {
	s.Alignment.Horizontal, s.Alignment.Vertical = "center", "center"
	return s
}

func filled(s excelize.Style, fill, letters string) excelize.Style {
	s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fill}}
	s.Font.Color = letters
	return s
}
