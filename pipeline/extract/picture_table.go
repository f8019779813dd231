package extract

import (
	"fmt"
	"strings"
	"unicode"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/extract/pdf"
	"tiendo/pipeline/progress"
)

// How a table without a page of its own is laid out, in points.
const (
	mostRows    = 100 // rows drawn: enough to see the heading and what stands below it
	mostColumns = 60
	mostLines   = 4 // lines of one cell
	fontSize    = 8.0
	lineHeight  = 10.0
	padding     = 3.0
	narrowest   = 24.0 // column
	widest      = 130.0
	pageMargin  = 12.0
)

// tablePicture lays out the first rows of a table.
func tablePicture(number int, t *grid.Table, seen []spot) Picture {
	kind := "table"
	if t.Sheet != "" {
		kind = "sheet"
	}
	p := Picture{Name: fmt.Sprintf("%s-%d", kind, number)}
	shown := t.Rows[:min(len(t.Rows), mostRows)]
	xs := columnEdges(shown)
	ys := []float64{pageMargin}
	for _, row := range shown {
		ys = append(ys, ys[len(ys)-1]+rowHeight(row, xs))
	}
	places := map[place][4]float64{}
	for i, row := range shown {
		for j, c := range row.Cells[:len(xs)-1] {
			box := [4]float64{xs[j], ys[i], xs[min(j+max(c.ColSpan, 1), len(xs)-1)], ys[min(i+max(c.RowSpan, 1), len(ys)-1)]}
			places[placeOf(c.Origin)] = box
			if c.Covered {
				continue
			}
			p.Cells = append(p.Cells, box)
			if row.Hidden || c.Hidden {
				p.Hidden = append(p.Hidden, box)
			}
			p.write(c.Text, box)
		}
	}
	p.Width, p.Height = xs[len(xs)-1]+pageMargin, ys[len(ys)-1]+pageMargin
	p.mark(seen, func(o progress.Origin) ([4]float64, bool) {
		box, here := places[placeOf(o)]
		return box, here
	})
	return p
}

// place is the part of an origin that names a cell.
type place struct {
	sheet string
	table int
	cell  string
}

func placeOf(o progress.Origin) place { return place{o.Sheet, o.Table, o.Cell} }

// columnEdges gives each column the width of its longest text, within bounds.
func columnEdges(rows []grid.Row) []float64 {
	xs := []float64{pageMargin}
	for j := range min(len(rows[0].Cells), mostColumns) {
		width := narrowest
		for _, row := range rows {
			if c := row.Cells[j]; c.ColSpan <= 1 {
				width = max(width, textLength(c.Text)+2*padding)
			}
		}
		xs = append(xs, xs[j]+min(width, widest))
	}
	return xs
}

func rowHeight(row grid.Row, xs []float64) float64 {
	most := 1
	for j, c := range row.Cells[:len(xs)-1] {
		if c.RowSpan <= 1 && !c.Covered {
			to := min(j+max(c.ColSpan, 1), len(xs)-1)
			most = max(most, len(wrap(c.Text, xs[to]-xs[j]-2*padding)))
		}
	}
	return float64(most)*lineHeight + padding
}

// write puts the text into the box, as far as it has room.
func (p *Picture) write(text string, box [4]float64) {
	for i, line := range wrap(text, box[2]-box[0]-2*padding) {
		y := box[1] + float64(i+1)*lineHeight
		if i > 0 && y > box[3] {
			return
		}
		p.Words = append(p.Words, pdf.Word{X: box[0] + padding, Y: y, Length: textLength(line), Size: fontSize, Text: line})
	}
}

// wrap breaks a text into lines that fit a width; what has no room is cut off with an ellipsis.
func wrap(text string, width float64) []string {
	var lines []string
	for paragraph := range strings.SplitSeq(text, "\n") {
		line := ""
		for _, word := range strings.Fields(paragraph) {
			if line != "" && textLength(line+" "+word) > width {
				lines = append(lines, line)
				line = ""
			}
			line = strings.TrimSpace(line + " " + cut(word, width))
		}
		if line != "" {
			lines = append(lines, line)
		}
		if len(lines) > mostLines {
			lines = lines[:mostLines]
			lines[mostLines-1] += "…"
			break
		}
	}
	return lines
}

// cut shortens a word that alone is wider than its cell.
func cut(word string, width float64) string {
	if textLength(word) <= width {
		return word
	}
	length := 0.0
	for i, r := range word {
		if length += advance(r); length > width-fontSize {
			return word[:i] + "…"
		}
	}
	return word
}

// textLength is about the length of a text in a common serif font.
func textLength(text string) float64 {
	length := 0.0
	for _, r := range text {
		length += advance(r)
	}
	return length
}

func advance(r rune) float64 {
	switch {
	case unicode.Is(unicode.Mn, r):
		return 0
	case strings.ContainsRune("iljtfrI.,:;'|! ()[]/-", r):
		return 0.32 * fontSize
	case strings.ContainsRune("mwMW%…", r):
		return 0.85 * fontSize
	case unicode.IsUpper(r):
		return 0.7 * fontSize
	}
	return 0.48 * fontSize
}
