package rows

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// Forms without a heading row: the names of the fields run down the page, each with its words beside or behind it. Either
// every task has a block of its own ("Nhiệm vụ: …", "Đơn vị chủ trì: …", "Tiến độ: …") or every task has a column. Such a form is laid out
// as the table that it could have been, every cell with its own place, and read as any other.

// turned gives back the document with its forms of that kind laid out as tables; false where it has none.
func (r *reader) turned(doc grid.Document) (grid.Document, bool) {
	out := grid.Document{Findings: doc.Findings}
	any := false
	for i := 0; i < len(doc.Blocks); i++ {
		b := doc.Blocks[i]
		if b.Table != nil {
			if t, ok := r.turn(view(b.Table)); ok && !b.Table.Hidden {
				t.Sheet, t.Page, any = b.Table.Sheet, b.Table.Page, true
				b.Table = t
			}
			out.Blocks = append(out.Blocks, b)
			continue
		}
		from := i
		for i+1 < len(doc.Blocks) && doc.Blocks[i+1].Table == nil {
			i++
		}
		if t, ok := r.turn(paragraphLines(doc.Blocks[from : i+1])); ok {
			t.Page, any = doc.Blocks[from].Origin.Page, true
			out.Blocks = append(out.Blocks, grid.Block{Origin: b.Origin, Table: t})
			continue
		}
		out.Blocks = append(out.Blocks, doc.Blocks[from:i+1]...)
	}
	return out, any
}

func paragraphLines(blocks []grid.Block) []line {
	var lines []line
	for _, b := range blocks {
		for text := range strings.SplitSeq(b.Text, "\n") {
			lines = append(lines, line{cells: []cell{{Cell: &grid.Cell{Text: strings.TrimSpace(text), Kind: grid.Text, Origin: b.Origin}}}})
		}
	}
	return lines
}

// labelled is a line that names a field and gives its words.
type labelled struct {
	label  grid.Cell // without its colon and its number
	key    string
	field  progress.Field // empty for a label that is ambiguous or unknown
	known  bool
	number string      // before the label or behind it: "1. Nhiệm vụ", "Nhiệm vụ 2"
	bullet string      // before the label: "- Thời hạn"
	values []grid.Cell // in their columns; one behind a colon in the same cell
	column int         // of the first value; -1 behind a colon in the same cell
}

// card is what one task's block says.
type card struct {
	number grid.Cell
	values map[string]*grid.Cell
	last   *grid.Cell
	column int // of the last value, as in labelled
}

// turn lays the lines out under a heading.
func (r *reader) turn(lines []line) (*grid.Table, bool) {
	labels := make([][]labelled, len(lines))
	count := map[string]int{}
	for i, l := range lines {
		labels[i] = r.labels(l)
		for _, p := range labels[i] {
			if p.known {
				count[p.key]++
			}
		}
	}
	task := r.firstTask(labels)
	if task < 0 {
		return nil, false
	}
	if t := r.columnsTurned(lines, labels, task); t != nil {
		return t, true
	}
	start := slices.IndexFunc(labels[:task+1], func(ps []labelled) bool {
		return len(ps) > 0 && (isTaskLabel(ps) || count[ps[0].key] == count[labels[task][0].key] && count[ps[0].key] > 1 || r.numbers(ps[0]))
	})
	t := r.cardsTurned(lines, labels, start)
	return t, t != nil
}

func (r *reader) numbers(p labelled) bool {
	return p.field == progress.FieldNo || p.field == progress.FieldCode
}

func isTaskLabel(ps []labelled) bool {
	return slices.ContainsFunc(ps, func(p labelled) bool { return p.field == progress.FieldTask })
}

func (r *reader) firstTask(labels [][]labelled) int { return slices.IndexFunc(labels, isTaskLabel) }

var (
	labelMark   = regexp.MustCompile(`^\s*(?:[-–+*•]|(\d{1,3})\s*[.)/-]|[a-zđ]\s*[.)]|[IVX]+\s*[.)])\s*`)
	labelNumber = regexp.MustCompile(`(?i)\s+(?:số\s*)?(\d{1,3})$`)
	taskTitle   = regexp.MustCompile(`(?i)^(?:nhiệm vụ|công việc|việc)\s+(?:số\s*)?(\d{1,3})\.?$`)
)

// longestLabel is how many words an unknown label may have.
const longestLabel = 8

// labels reads a line as labels with their values; none where it does not begin with one.
func (r *reader) labels(l line) []labelled {
	var at []int
	for k, c := range l.cells {
		if c.own() != "" {
			at = append(at, k)
		}
	}
	number := ""
	if len(at) > 1 && (numberMark.MatchString(trimMark(l.cells[at[0]].Text)) || bulletMark.MatchString(strings.TrimSpace(l.cells[at[0]].Text))) {
		number, at = trimMark(l.cells[at[0]].Text), at[1:]
	}
	var out []labelled
	for n := 0; n < len(at); n++ {
		p, inside := r.label(*l.cells[at[n]].Cell)
		if p.key == "" || len(out) > 0 && !inside && !strings.HasSuffix(strings.TrimSpace(l.cells[at[n]].Text), ":") {
			break
		}
		if p.number == "" && len(out) == 0 {
			p.number = number
		}
		if !inside {
			end := len(l.cells)
			if n+2 < len(at) {
				if next, behind := r.label(*l.cells[at[n+2]].Cell); next.known && (behind || strings.HasSuffix(l.cells[at[n+2]].Text, ":")) {
					end = at[n+2]
				}
			}
			p.column = at[n] + 1
			for _, c := range l.cells[p.column:end] {
				p.values = append(p.values, c.seen())
			}
			for n+1 < len(at) && at[n+1] < end {
				n++
			}
		}
		out = append(out, p)
	}
	return out
}

// label reads a cell as a label; inside says that its value stands in the same cell. The key is empty where it is none.
func (r *reader) label(c grid.Cell) (p labelled, inside bool) {
	if c.Kind != grid.Text {
		return p, false
	}
	name, value, colon := strings.Cut(c.Text, ":")
	if m := labelMark.FindStringSubmatch(name); m != nil {
		name, p.number, p.bullet = name[len(m[0]):], m[1], strings.TrimSpace(m[0])
	}
	if m := labelNumber.FindStringSubmatch(name); m != nil {
		name, p.number = strings.TrimSuffix(name, m[0]), m[1]
	}
	name = strings.TrimSpace(name)
	key := templates.Key(name)
	if field, ambiguity, m := r.recognise(key); m == exact && (field != "" || ambiguity != "") && field != progress.FieldUnit {
		p.field, p.known = field, true
	}
	if !p.known && len(strings.Fields(name)) > longestLabel || taskTitle.MatchString(strings.TrimSpace(c.Text)) {
		return labelled{}, false
	}
	p.key, p.column = key, -1
	p.label = grid.Cell{Text: name, Kind: grid.Text, Origin: c.Origin}
	if value = strings.TrimSpace(value); colon && value != "" {
		p.values = []grid.Cell{{Text: value, Kind: grid.Text, Origin: c.Origin, Struck: c.Struck}}
		return p, true
	}
	return p, false
}

// columnsTurned lays out a form in which every task has a column: the labels around that of the task, in one column, with no blank line
// between them.
func (r *reader) columnsTurned(lines []line, labels [][]labelled, task int) *grid.Table {
	at := labels[task][0]
	beside := func(i int) bool {
		return len(labels[i]) == 1 && labels[i][0].column == at.column && lines[i].filled() > 0 && (labels[i][0].known || lines[i].filled() > 1)
	}
	from, to := task, task+1
	for from > 0 && beside(from-1) && labels[from-1][0].known {
		from--
	}
	for to < len(lines) && beside(to) {
		to++
	}
	if at.column < 0 || len(said(at.values)) < 2 || !r.enough(labels[from:to]) {
		return nil
	}
	b := layout{before: lines[:from], after: lines[to:]}
	for k, named := range at.values {
		if named.Text == "" {
			continue
		}
		c := card{values: map[string]*grid.Cell{}}
		for _, ps := range labels[from:to] {
			if k < len(ps[0].values) {
				value := ps[0].values[k]
				c.values[b.column(ps[0])] = &value
			}
		}
		b.cards = append(b.cards, c)
	}
	return b.table()
}

// enough reports whether labels make a form: those of at least three fields.
func (r *reader) enough(labels [][]labelled) bool {
	known := map[string]bool{}
	for _, ps := range labels {
		for _, p := range ps {
			if p.known {
				known[p.key] = true
			}
		}
	}
	return len(known) >= 3
}

func said(values []grid.Cell) []grid.Cell {
	return slices.DeleteFunc(slices.Clone(values), func(c grid.Cell) bool { return c.Text == "" })
}

// cardsTurned lays out a form in which every task has a block. A block begins with the label of line start, and with any that it has already.
func (r *reader) cardsTurned(lines []line, labels [][]labelled, start int) *grid.Table {
	b := layout{before: lines[:start], bullets: map[string]bool{}}
	for _, ps := range labels {
		for _, p := range ps {
			b.bullets[p.bullet] = b.bullets[p.bullet] || p.known
		}
	}
	first := labels[start][0].key
	var open *card
	title := grid.Cell{} // "Nhiệm vụ số 2" above a block
	if start > 0 {
		if m := taskTitle.FindStringSubmatch(lines[start-1].text()); m != nil {
			title = grid.Cell{Text: m[1], Kind: grid.Text, Origin: lines[start-1].origin()}
		}
	}
	for i := start; i < len(lines); i++ {
		l := lines[i]
		if l.filled() == 0 {
			continue
		}
		if m := taskTitle.FindStringSubmatch(l.text()); m != nil {
			open, title = nil, grid.Cell{Text: m[1], Kind: grid.Text, Origin: l.origin()}
			continue
		}
		ps := labels[i]
		if !b.belongs(ps, l, open, first) {
			if open == nil || !open.goesOn(l) {
				open = nil
				b.after = append(b.after, l)
			}
			continue
		}
		for _, p := range ps {
			if _, has := openValue(open, p.key); open == nil || p.key == first || has {
				b.cards = append(b.cards, card{values: map[string]*grid.Cell{}, number: title})
				open, title = &b.cards[len(b.cards)-1], grid.Cell{}
			}
			open.add(b.column(p), p)
		}
	}
	if !r.enough(labels) || len(b.cards) == 0 {
		return nil
	}
	return b.table()
}

// belongs reports whether a line of labels is of a block: a known label, or one with a value within an open block.
func (b *layout) belongs(ps []labelled, l line, open *card, first string) bool {
	switch {
	case len(ps) == 0:
		return false
	case open == nil:
		return ps[0].key == first
	case ps[0].known:
		return true
	}
	return len(said(ps[0].values)) > 0 && (ps[0].column >= 0 && l.filled() == 2 && open.column == ps[0].column || ps[0].column < 0 && open.column < 0 && (b.bullets[ps[0].bullet] || !bulletText.MatchString(l.text())))
}

func openValue(c *card, key string) (*grid.Cell, bool) {
	if c == nil {
		return nil, false
	}
	v, has := c.values[key]
	return v, has
}

// add gives the card a value. Several cells beside one label are one text.
func (c *card) add(key string, p labelled) {
	value := grid.Cell{Origin: p.label.Origin}
	if words := said(p.values); len(words) > 0 {
		value = words[0]
		for _, w := range words[1:] {
			if w.Origin.Cell != value.Origin.Cell {
				value.Text += " " + w.Text
			}
		}
	}
	if p.number != "" && c.number.Text == "" {
		c.number = grid.Cell{Text: p.number, Kind: grid.Text, Origin: p.label.Origin}
	}
	c.values[key], c.last, c.column = &value, &value, p.column
}

// goesOn adds a line without label to the value above it, where it stands under that value or begins as a further line of it does.
func (c *card) goesOn(l line) bool {
	if c.last == nil || l.filled() != 1 {
		return false
	}
	k := slices.IndexFunc(l.cells, func(c cell) bool { return c.own() != "" })
	text := l.cells[k].Text
	start, _ := utf8.DecodeRuneInString(text)
	if c.column >= 0 && k < c.column || c.column < 0 && !bulletText.MatchString(text) && !unicode.IsLower(start) {
		return false
	}
	if c.last.Text != "" {
		text = "\n" + text
	}
	c.last.Text += text
	c.last.Kind = grid.Text
	return true
}
