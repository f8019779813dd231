package workbook

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"tiendo/pipeline/progress"
	"tiendo/pipeline/write/container"
)

// cell is what stands in one cell. The zero cell is empty.
type cell struct {
	value  any    // string, int or float64; nil leaves the cell empty
	style  int    // of the book's styles
	figure string // id of the figure that stands here
	link   *Place // where in the workbook it leads
	span   int    // columns it is merged over; 0 and 1 both mean one
}

// Limits of a cell in Excel.
const (
	maxUnits = 32767 // UTF-16 units of text
	maxLines = 253   // line feeds
)

// clean makes text fit for a cell: no control characters and no marks that change the direction of writing, line ends as \n, not
// more text or lines than Excel keeps. What had to be cut ends with an ellipsis.
func clean(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	lines := 0
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029':
			lines++
			if lines > maxLines {
				return ' '
			}
			return '\n'
		case r == '\t':
			return ' '
		case unicode.IsControl(r), turnsDirection(r), r == 0xFFFE, r == 0xFFFF:
			return -1
		}
		return r // an invalid byte arrives, and stays, as U+FFFD
	}, s)
	return cut(s, maxUnits)
}

// turnsDirection reports the marks by which text can be made to look like other text.
func turnsDirection(r rune) bool {
	return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0x200E || r == 0x200F || r == 0x061C
}

// cut shortens s to at most n UTF-16 units, the ellipsis included.
func cut(s string, n int) string {
	if len(s) <= n {
		return s // no character has more units than bytes
	}
	units, last := 0, 0 // last: where the text ends if an ellipsis must follow
	for i, r := range s {
		width := utf16.RuneLen(r)
		if units+width <= n-1 {
			last = i + utf8.RuneLen(r)
		}
		units += width
	}
	if units <= n {
		return s
	}
	return s[:last] + "…"
}

// epoch is day 0 of the serial numbers by which a workbook counts days. (Day 60 is a 29 February 1900 that never
// was, so it holds from March 1900 on.)
var epoch = progress.Date{Year: 1899, Month: time.December, Day: 30}

// day is a date as a workbook holds it: nil where none is known.
func day(d progress.Date) any {
	if d.IsZero() {
		return nil
	}
	return epoch.DaysUntil(d)
}

// moment is a time as a workbook holds it, as the clocks of zone loc showed it: nil for the zero time.
func moment(t time.Time, loc *time.Location) any {
	if t.IsZero() {
		return nil
	}
	t = t.In(loc)
	seconds := t.Hour()*3600 + t.Minute()*60 + t.Second()
	return float64(epoch.DaysUntil(progress.DateOf(t))) + float64(seconds)/86400
}

// share is a rate as a workbook holds it, 0–1: nil where there is nothing to divide by.
func share(s progress.Share) any {
	if s.Den == 0 {
		return nil
	}
	return float64(s.Num) / float64(s.Den)
}

// points is the height of the row: what was asked for, else what the words of its cells need. Programs that show a workbook do
// not agree on when they measure it themselves.
func (b *book) points(l line, widths []float64) float64 {
	if l.height > 0 {
		return l.height
	}
	most, at := 1, 0
	for _, c := range l.cells {
		span := max(c.span, 1)
		if text, ok := c.value.(string); ok {
			width := 0.0
			for _, w := range widths[at : at+span] {
				width += w
			}
			size := float64(textSize)
			if c.style == b.style.head || c.style == b.style.label {
				size *= container.Bold
			}
			most = max(most, container.Lines(text, width, size))
		}
		at += span
	}
	return container.Height(most, textSize)
}
