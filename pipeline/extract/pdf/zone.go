package pdf

import (
	"cmp"
	"slices"
)

// A page set in columns is read column by column. zones finds the white gutters that run down between lines of prose and
// returns the parts of the page in reading order; what has no gutter is one zone.

const (
	gutter        = 0.9 // least width of a gutter in ems
	columnLines   = 6   // lines that a column of prose has at least
	proseWords    = 4   // words of a full line of prose
	fullLine      = 0.75
	proseShare    = 0.4 // share of a column's lines that are full
	maxZoneDepth  = 3
	maxZoneGutter = 64 // gutters tried on a page
)

func zones(ls []textLine, depth int) [][]textLine {
	if depth < maxZoneDepth {
		for _, x := range gutters(ls) {
			if first, last, ok := columnRun(ls, x); ok {
				left, right := splitLines(ls[first:last], x)
				var out [][]textLine
				for _, part := range [][]textLine{ls[:first], left, right, ls[last:]} {
					if len(part) > 0 {
						out = append(out, zones(part, depth+1)...)
					}
				}
				return out
			}
		}
	}
	return [][]textLine{ls}
}

// gutters are the places where white between words is seen most often, those first.
func gutters(ls []textLine) []float64 {
	const step = 4.0
	count := map[int]int{}
	for _, l := range ls {
		for _, g := range l.gaps() {
			if g.hi-g.lo >= gutter*l.size {
				for x := int(g.lo / step); x <= int(g.hi/step); x++ {
					count[x]++
				}
			}
		}
	}
	var places []int
	for x, n := range count {
		if n >= columnLines {
			places = append(places, x)
		}
	}
	slices.SortFunc(places, func(a, b int) int { return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b)) })
	out := make([]float64, 0, maxZoneGutter)
	for _, x := range places[:min(len(places), maxZoneGutter)] {
		out = append(out, (float64(x)+0.5)*step)
	}
	return out
}

// columnRun is the longest run of lines that leave white at x and are prose at both sides of it.
func columnRun(ls []textLine, x float64) (first, last int, ok bool) {
	best := 0
	for i := 0; i < len(ls); {
		if ls[i].covers(x) {
			i++
			continue
		}
		end := i
		for end < len(ls) && !ls[end].covers(x) {
			end++
		}
		from, to := trimRows(ls, i, end, x)
		if n := to - from; n > best {
			if left, right := splitLines(ls[from:to], x); isColumn(left) && isColumn(right) {
				first, last, ok, best = from, to, true, n
			}
		}
		i = end
	}
	return first, last, ok
}

// trimRows leaves out the lines at both ends of a run that are rows of a table, which the gutter happens to divide.
func trimRows(ls []textLine, from, to int, x float64) (int, int) {
	isRow := func(l textLine) bool {
		left, right := splitLines([]textLine{l}, x)
		if len(left) == 0 || len(right) == 0 || l.table != nil {
			return false
		}
		short := func(h textLine) bool { return len(h.words) < proseWords }
		return len(left[0].chunks)+len(right[0].chunks) > 2 && (short(left[0]) || short(right[0])) || short(left[0]) && short(right[0])
	}
	for to > from && isRow(ls[to-1]) {
		to--
	}
	for from < to && isRow(ls[from]) {
		from++
	}
	return from, to
}

// covers reports whether text, or a drawn table, stands at x.
func (t textLine) covers(x float64) bool {
	if t.table != nil {
		return x > t.x0 && x < t.x1
	}
	for _, c := range t.chunks {
		if c.x0 < x && x < c.x1 {
			return true
		}
	}
	return false
}

// isColumn reports whether the lines are a column of prose: many of them fill it, and most stand evenly below each
// other. The short cells of a table stand apart where cells beside them have more lines.
func isColumn(ls []textLine) bool {
	if len(ls) < columnLines {
		return false
	}
	var b box
	for _, l := range ls {
		b = b.union(l.box)
	}
	full := 0
	var pitches []float64
	for i, l := range ls {
		if len(l.words) >= proseWords && len(l.chunks) <= 2 && l.x1-l.x0 >= fullLine*(b.x1-b.x0) {
			full++
		}
		if i > 0 {
			pitches = append(pitches, l.base-ls[i-1].base)
		}
	}
	return float64(full) >= proseShare*float64(len(ls)) && isEven(pitches) && !standAligned(ls)
}

// isEven reports whether most of the distances between lines are the same, but for a quarter.
func isEven(pitches []float64) bool {
	slices.Sort(pitches)
	return pitches[len(pitches)/2] <= 1.25*pitches[len(pitches)/4]
}

// standAligned reports whether most lines leave the white of a table at the same place.
func standAligned(ls []textLine) bool {
	tabular, following := 0, 0
	for i, l := range ls {
		if l.isTabular() {
			tabular++
			if follows(ls[:i], l) {
				following++
			}
		}
	}
	return 2*tabular >= len(ls) && 3*following >= 2*tabular
}

// splitLines divides lines at x.
func splitLines(ls []textLine, x float64) (left, right []textLine) {
	for _, l := range ls {
		if l.table != nil {
			if l.x1 <= x {
				left = append(left, l)
			} else {
				right = append(right, l)
			}
			continue
		}
		i := 0
		for i < len(l.words) && l.words[i].x1 <= x {
			i++
		}
		if i > 0 {
			left = append(left, newTextLine(newLine(l.words[:i])))
		}
		if i < len(l.words) {
			right = append(right, newTextLine(newLine(l.words[i:])))
		}
	}
	return left, right
}
