package pdf

import (
	"math"
	"slices"
)

// A heading may have several levels: a text over several columns stands centred over theirs, or a short rule below it
// shows which they are.

// maxHeading is the most lines that a heading has.
const maxHeading = 9

// headingEnd is the index of the first line below the heading: the one below the first rule inside the table, else
// the first with figures, or the title of the first section before it.
func headingEnd(ls []rowLine, rules []rule) int {
	for i := 1; i < len(ls) && i <= maxHeading; i++ {
		if ruleBetween(rules, ls[i-1], ls[i]) {
			return i
		}
	}
	for i := 1; i < len(ls) && i <= maxHeading; i++ {
		if ls[i].figures() > 0 && ls[i].has(0) {
			if ls[0].figures() > 0 && ls[0].has(0) {
				return 0
			}
			if i > 1 && ls[i-1].isTitle() && slices.ContainsFunc(ls[:i-1], func(l rowLine) bool { return l.has(0) }) {
				return i - 1
			}
			return i
		}
	}
	return min(1, len(ls)-1)
}

// isTitle reports whether a line is a label without anything beside it.
func (l rowLine) isTitle() bool {
	return len(l.cells) == 1 && l.has(0) && !beginsLower(l.cells[0].words[0].text)
}

// headingRows makes the rows of the heading; below are the lines under it.
func (r region) headingRows(head, below []rowLine) []streamRow {
	return r.headingLevels(head, below, true)
}

// headingLevels is headingRows; top says that no text over several columns was found above.
func (r region) headingLevels(head, below []rowLine, top bool) []streamRow {
	for i := range head {
		under := head[i+1:]
		if len(under) == 0 {
			under = below[:min(1, len(below))]
		}
		spans := r.spansOver(head[i], under, top)
		if len(spans) == 0 {
			continue
		}
		upper, lower := r.levels(head, i, spans)
		return append(group(upper, r.headingStarts(upper)), r.headingLevels(lower, below, false)...)
	}
	return group(head, r.headingStarts(head))
}

// levels divides a heading below line i: what stands under its texts over several columns is the lower level. A text
// beside them over both levels belongs to the upper one.
func (r region) levels(head []rowLine, i int, spans []cellChunk) (upper, lower []rowLine) {
	last := head[len(head)-1]
	for k, l := range head {
		up, down := l, l
		up.cells, down.cells = nil, nil
		for _, c := range l.cells {
			at := slices.IndexFunc(spans, func(s cellChunk) bool { return s.x0 == c.x0 && k == i })
			under := slices.ContainsFunc(spans, func(s cellChunk) bool { return s.from <= c.from && c.from <= s.to })
			switch {
			case at >= 0:
				up.cells = append(up.cells, spans[at])
			case k > i && (under || last.base-l.base < 0.2*l.size && !hasAbove(head[:k], c)):
				down.cells = append(down.cells, c)
			default:
				up.cells = append(up.cells, c)
			}
		}
		if len(up.cells) > 0 {
			upper = append(upper, up)
		}
		if len(down.cells) > 0 {
			lower = append(lower, down)
		}
	}
	return upper, lower
}

func hasAbove(ls []rowLine, c cellChunk) bool {
	return slices.ContainsFunc(ls, func(l rowLine) bool { return l.has(c.from) })
}

// spansOver returns the texts of a line that stand over several columns of the lines under it. A text centred over an odd number of
// columns may as well be the first line of a heading of the middle one: it spans them where another text of the
// line surely does, or where together such texts stand over all columns.
func (r region) spansOver(l rowLine, under []rowLine, top bool) []cellChunk {
	texts := make([]span, r.columns()) // what stands under the line
	filled := make([]bool, r.columns())
	for _, u := range under {
		for _, c := range u.cells {
			for k := c.from; k <= c.to; k++ {
				if !filled[k] {
					texts[k], filled[k] = span{c.x0, c.x1}, true
				}
				texts[k] = span{min(texts[k].lo, c.x0), max(texts[k].hi, c.x1)}
			}
		}
	}
	if len(under) == 0 {
		return nil
	}
	var out []cellChunk
	sure, covered := false, 0
	for i, c := range l.cells {
		first, last := 1, r.columns()-1 // columns between the neighbours
		if i > 0 {
			first = max(first, r.columnAt(l.cells[i-1].x1)+1)
		}
		if i+1 < len(l.cells) {
			last = min(last, r.columnAt(l.cells[i+1].x0)-1)
		}
		if from, to, ok := r.ruledSpan(l, under[0], c, texts, filled); ok {
			c.from, c.to = from, to
			out, sure = append(out, c), true
		} else if from, to, ok := r.centredSpan(c, texts, filled, first, last, l.size); ok {
			c.from, c.to = from, to
			out, sure = append(out, c), sure || (to-from)%2 == 1
		} else if c.from > 0 {
			covered++
			continue
		}
		if n := len(out); n > 0 && out[n-1].x0 == c.x0 {
			covered += out[n-1].to - out[n-1].from + 1
		}
	}
	if !sure && (!top || covered < r.columns()-1) {
		return nil
	}
	return out
}

// ruledSpan is the columns over which a short rule below the text reaches.
func (r region) ruledSpan(l, under rowLine, c cellChunk, texts []span, filled []bool) (from, to int, ok bool) {
	for _, h := range r.spanners {
		if h.at < l.base-0.2*l.size || h.at > under.base-0.3*under.size || h.lo > c.x0+0.5*l.size || h.hi < c.x1-0.5*l.size ||
			slices.ContainsFunc(l.cells, func(o cellChunk) bool { return o.x0 != c.x0 && o.x0 < h.hi && o.x1 > h.lo }) {
			continue
		}
		from, to = -1, -1
		for k, t := range texts {
			if filled[k] && t.middle() > h.lo && t.middle() < h.hi {
				if from < 0 {
					from = k
				}
				to = k
			}
		}
		if from >= 0 && to > from {
			return from, to, true
		}
	}
	return 0, 0, false
}

// centredSpan is the columns between first and last over which the text is centred, the most that there are: over what stands
// under it, or, where it keeps to no edge of that, over the columns themselves.
func (r region) centredSpan(c cellChunk, texts []span, filled []bool, first, last int, size float64) (from, to int, ok bool) {
	middle := (c.x0 + c.x1) / 2
	alone := !slices.ContainsFunc(texts, func(t span) bool {
		return math.Abs(t.lo-c.x0) < 0.3*size || math.Abs(t.hi-c.x1) < 0.3*size || math.Abs(t.middle()-middle) < 0.3*size
	})
	best := 1
	for p := first; p <= last; p++ {
		for q := p + 1; q <= last && filled[p] && filled[q]; q++ {
			over := span{texts[p].lo, texts[q].hi}
			wide := span{r.limits(p).lo, r.limits(q).hi}
			body := span{min(over.lo, r.texts[p].lo), max(over.hi, r.texts[q].hi)}
			centred := math.Abs(over.middle()-middle) <= 0.5*size ||
				alone && (math.Abs(wide.middle()-middle) <= size || math.Abs(body.middle()-middle) <= size)
			if !centred || c.x1-c.x0 > wide.hi-wide.lo || q-p+1 <= best {
				continue
			}
			from, to, ok, best = p, q, true, q-p+1
		}
	}
	return from, to, ok
}

// headingStarts says of each line of a heading of one level whether a row begins with it: below one that spans columns, or further
// down than the next line of a cell would be.
func (r region) headingStarts(ls []rowLine) []bool {
	starts := make([]bool, len(ls))
	for i := 1; i < len(ls); i++ {
		pitch := ls[i].base - ls[i-1].base
		starts[i] = ruleBetween(r.rules, ls[i-1], ls[i]) || pitch > lineReach*ls[i].size || pitch > interleaved*ls[i].size && ls[i-1].spans()
	}
	return starts
}
