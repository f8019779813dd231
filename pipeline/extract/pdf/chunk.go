package pdf

import (
	"slices"
	"strings"
	"unicode"
)

const (
	chunkGap   = 0.85 // ems between words that belong to different columns
	numberGap  = 0.5  // the same, beside a figure
	columnGap  = 0.3  // least width, in ems, of the white that all rows share between two columns
	rowReach   = 2.6  // ems of white, at most, between rows of one table without lines
	lineReach  = 1.5  // ems between the baselines of two lines of one cell, at most
	leaderDots = 5    // in a row
)

// chunk is a run of words of one line without a gap wide enough for a column.
type chunk struct {
	words []word
	box
}

func newChunk(words []word) chunk {
	c := chunk{words: words, box: words[0].box}
	for _, w := range words[1:] {
		c.box = c.box.union(w.box)
	}
	return c
}

func (c chunk) line() line { return newLine(c.words) }

// textLine is a line and its chunks, or a drawn table in the place of a line.
type textLine struct {
	line
	chunks []chunk
	table  *drawnTable
}

func newTextLine(l line) textLine {
	t := textLine{line: l}
	start := 0
	spread := l.justified()
	for i := 1; i <= len(l.words); i++ {
		if i == len(l.words) || separate(l.words[i-1], l.words[i], l.size) && l.words[i].x0-l.words[i-1].x1 > spread {
			t.chunks = append(t.chunks, newChunk(l.words[start:i]))
			start = i
		}
	}
	return t
}

// justified is the white, at most, between words of a line of prose that is spread to fill its width: a narrow column of justified
// text leaves more white than stands between the columns of a table, but the same between all words. 0 for other lines.
func (l line) justified() float64 {
	const fewWords, even, spread, widest = 5, 1.4, 1.6, 1.8
	if len(l.words) < fewWords {
		return 0
	}
	gaps := make([]float64, 0, len(l.words))
	figures := 0
	for i, w := range l.words {
		if isFigure(w.text) {
			figures++
		}
		if i > 0 {
			gaps = append(gaps, w.x0-l.words[i-1].x1)
		}
	}
	slices.Sort(gaps)
	middle := gaps[len(gaps)/2]
	if 3*figures > len(l.words) || middle < 0.5*chunkGap*l.size || middle > widest*l.size || gaps[len(gaps)*4/5] > even*max(gaps[len(gaps)/5], 0.01) {
		return 0
	}
	return spread * middle
}

func separate(a, b word, size float64) bool {
	limit := chunkGap
	if isFigure(a.text) || isFigure(b.text) {
		limit = numberGap
	}
	return b.x0-a.x1 > limit*size
}

// isFigure reports whether a word stands where a figure stands in a table: a number, a percentage, a dash for none.
func isFigure(s string) bool {
	digits := 0
	for _, r := range s {
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.Is(unicode.Sc, r) || strings.ContainsRune(".,-–−+%()*/:<>≤≥±'", r):
		default:
			return isNone(s)
		}
	}
	return digits > 0 || s == "-" || s == "–" || s == "—" || s == "−" || s == ":" || s == ".." || s == "..."
}

// isNone reports whether a word says that there is no figure.
func isNone(s string) bool {
	switch strings.ToLower(s) {
	case "n.a.", "n/a", "na", "n.d.", "…":
		return true
	}
	return false
}

func (c chunk) isFigure() bool {
	signs := 0
	for _, w := range c.words {
		if isCurrency(w.text) {
			signs++
		} else if !isFigure(w.text) {
			return false
		}
	}
	return signs < len(c.words)
}

// isCurrency reports whether a word is a sign of money that stands apart from its figure.
func isCurrency(s string) bool {
	r, ok := firstRune(s)
	return ok && unicode.Is(unicode.Sc, r) && len(s) == len(string(r))
}

// isTabular reports whether the line has several chunks, as a row of a table has; a line of contents, whose dots lead
// to a page number, is none.
func (t textLine) isTabular() bool {
	if len(t.chunks) < 2 {
		return false
	}
	for _, w := range t.words {
		if isLeader(w.text) {
			return false
		}
	}
	return true
}

// isLeader reports whether a word holds the dots that lead from an entry of a list of contents to its page.
func isLeader(s string) bool {
	run := 0
	var before rune
	for _, r := range s {
		if r != before {
			run = 0
		}
		if before = r; strings.ContainsRune(".…:·_", r) {
			run++
		}
		if run >= leaderDots || run >= 2 && r == '…' {
			return true
		}
	}
	return false
}

// gaps are the white intervals between the chunks.
func (t textLine) gaps() []span {
	out := make([]span, 0, len(t.chunks))
	for i := 1; i < len(t.chunks); i++ {
		out = append(out, span{t.chunks[i-1].x1, t.chunks[i].x0})
	}
	return out
}

// span is an interval of x or y.
type span struct{ lo, hi float64 }

func (s span) overlap(o span) float64 { return min(s.hi, o.hi) - max(s.lo, o.lo) }

func (s span) middle() float64 { return (s.lo + s.hi) / 2 }

// covered merges intervals; out is sorted and disjoint.
func covered(spans []span) []span {
	slices.SortFunc(spans, func(a, b span) int {
		switch {
		case a.lo < b.lo:
			return -1
		case a.lo > b.lo:
			return 1
		}
		return 0
	})
	var out []span
	for _, s := range spans {
		if n := len(out); n > 0 && s.lo <= out[n-1].hi {
			out[n-1].hi = max(out[n-1].hi, s.hi)
			continue
		}
		out = append(out, s)
	}
	return out
}
