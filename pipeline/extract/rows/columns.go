package rows

import (
	"slices"
	"strings"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// settle decides what every column of a section holds: headings of several meanings by neighbours and content, and columns that claim
// the same field. It returns false where the section may not be read.
func (r *reader) settle(s *section) bool {
	h := s.heading
	for i := range h.columns {
		c := &h.columns[i]
		if c.tick != "" && !r.isTickColumn(s, i) {
			r.worded(s, c)
		}
	}
	for i := range h.columns {
		if c := &h.columns[i]; c.ambiguity != "" {
			r.decide(s, c)
		}
	}
	if r.kind == Plan {
		r.planColumns(h)
	}
	if r.kind == Return {
		actualBesidePlanned(h)
	}
	for i := range h.columns {
		for j := i + 1; j < len(h.columns); j++ {
			if !r.rivals(s, &h.columns[i], &h.columns[j]) {
				return false
			}
		}
	}
	r.unknown(s)
	return true
}

// isTickColumn reports whether a column holds marks. One without any is one of the set, be it empty or full of empty boxes, and a sum
// below the marks does no harm.
func (r *reader) isTickColumn(s *section, i int) bool {
	cells := slices.DeleteFunc(s.column(i), func(c grid.Cell) bool { return r.vocab.Blanks[strings.ToLower(strings.TrimSpace(c.Text))] })
	return len(cells) == 0 || shareOf(cells, r.isTick) >= 0.5
}

// worded settles a column that is named by a status and holds words: the result of the tasks of that status, or the days on which they
// were done. Figures alone are neither.
func (r *reader) worded(s *section, c *column) {
	cells := s.column(c.index)
	switch {
	case shareOf(cells, r.isDay) > 0.5 && r.status(c.tick).status == progress.Done:
		c.field = progress.FieldCompleted
	case shareOf(cells, func(c grid.Cell) bool { return strings.Contains(c.Text, " ") }) > 0.5:
		c.field = progress.FieldResult
	default:
		c.tick = ""
		r.recogniseColumn(c)
	}
}

func (r *reader) isTick(c grid.Cell) bool {
	return c.Text != "" && r.vocab.Ticks[strings.ToLower(c.Text)] || c.Kind == grid.Bool && c.Text == "TRUE"
}

// column lists what stands in column i (none for -1) below the heading, without blanks and without group rows: as much of it as
// tells what the column holds.
func (s *section) column(i int) []grid.Cell { return s.cells(i, enough) }

// cells lists at most limit cells of a column.
func (s *section) cells(i, limit int) []grid.Cell {
	var out []grid.Cell
	for _, l := range s.lines {
		if len(out) == limit {
			break
		}
		if i >= 0 && i < len(l.cells) && l.cells[i].own() != "" && l.filled() > 1 && !isNumbering(l) {
			out = append(out, *l.cells[i].Cell)
		}
	}
	return out
}

// enough cells tell what a column holds.
const enough = 400

// shareOf is the part of the cells for which is holds; 0 where there are none.
func shareOf(cells []grid.Cell, is func(grid.Cell) bool) float64 {
	if len(cells) == 0 {
		return 0
	}
	n := 0
	for _, c := range cells {
		if is(c) {
			n++
		}
	}
	return float64(n) / float64(len(cells))
}

// decide settles a heading of several meanings (domain.md 2.5).
func (r *reader) decide(s *section, c *column) {
	cells := s.column(c.index)
	h := s.heading
	switch c.ambiguity {
	case templates.ProductOrResult:
		// In a plan the product owed. In a return what was achieved, unless another column says that and none the product.
		c.field = progress.FieldResult
		if r.kind == Plan || hasNamedOtherwise(h, c) && !hasOther(h, c, progress.FieldProduct) {
			c.field = progress.FieldProduct
		}
	case templates.DueOrDuration:
		c.field = progress.FieldDue
		if hasOther(h, c, progress.FieldDue) || len(cells) > 0 && shareOf(cells, r.isDue) < 0.5 {
			c.field, c.ignored = "", true
		}
	case templates.StatusOrPercent:
		r.decideProgress(h, c, cells)
	case templates.StatusOrResult:
		r.decideStatus(h, c, cells)
	case templates.LeadOrMeasure:
		c.field = progress.FieldLead
		if hasOther(h, c, progress.FieldLead) || shareOf(cells, r.isMeasure) >= 0.5 {
			c.field, c.ignored = "", true
		}
	}
}

// decideProgress: "Tiến độ" with mostly percents is the percent, with mostly deadlines the deadline, else the status.
func (r *reader) decideProgress(h *heading, c *column, cells []grid.Cell) {
	percents, statuses := shareOf(cells, isPercent), shareOf(cells, r.isStatus)
	switch {
	case len(cells) == 0 && c.field != "":
	case shareOf(cells, r.isTick) > 0.5 && percents <= 0.5 && r.purely(c.text()).known:
		c.tick = c.text()
	case percents > 0.5 && statuses < 0.5 && !hasOther(h, c, progress.FieldPercent):
		c.field = progress.FieldPercent
	case statuses < 0.5 && shareOf(cells, r.isDay) > 0.5:
		c.field = progress.FieldCompleted
		if !hasOther(h, c, progress.FieldDue) {
			c.field = progress.FieldDue
		}
	case statuses < 0.5 && shareOf(cells, r.isDue) > 0.5 && !hasOther(h, c, progress.FieldDue):
		c.field = progress.FieldDue
	case hasOther(h, c, progress.FieldStatus) && statuses < 0.5 && !hasOther(h, c, progress.FieldResult):
		c.field = progress.FieldResult
	default:
		c.field = progress.FieldStatus
	}
}

// decideStatus: "Tình hình thực hiện" with words of the status alone is the status; with stories, the result.
func (r *reader) decideStatus(h *heading, c *column, cells []grid.Cell) {
	defaultField := c.field
	percents, statuses := shareOf(cells, isPercent), shareOf(cells, r.isShortStatus)
	if defaultField == progress.FieldResult {
		statuses = shareOf(cells, r.isPureStatus)
	}
	elsewhere := hasOther(h, c, progress.FieldStatus) || hasTicks(h)
	switch {
	case percents > 0.5 && statuses < 0.5 && !hasOther(h, c, progress.FieldPercent):
		c.field = progress.FieldPercent
	case len(cells) == 0:
		if c.field = defaultField; c.field == "" {
			c.field = progress.FieldStatus
		}
	case elsewhere:
		c.field = progress.FieldResult
	case statuses >= 0.5:
		c.field = progress.FieldStatus
	case defaultField == progress.FieldStatus && hasOther(h, c, progress.FieldResult) && shareOf(cells, r.isStatus) >= 0.5:
		c.field = progress.FieldStatus
	case defaultField == progress.FieldStatus && c.match == exact && shortCells(cells):
		c.field = progress.FieldStatus // short words that the vocabulary does not know are still statuses
	default:
		c.field = progress.FieldResult
	}
}

func shortCells(cells []grid.Cell) bool {
	return shareOf(cells, func(c grid.Cell) bool { return len(strings.Fields(c.Text)) <= 5 }) > 0.5
}

func hasTicks(h *heading) bool {
	for _, c := range h.columns {
		if c.tick != "" {
			return true
		}
	}
	return false
}

// hasOther reports whether another column is surely of the field.
func hasOther(h *heading, c *column, f progress.Field) bool {
	for _, o := range h.columns {
		if o.index != c.index && o.field == f && (o.ambiguity == "" || o.index < c.index) {
			return true
		}
	}
	return false
}

// hasNamedOtherwise reports whether a column of another wording is the result.
func hasNamedOtherwise(h *heading, c *column) bool {
	for _, o := range h.columns {
		if o.field == progress.FieldResult && o.index != c.index && templates.Key(o.text()) != templates.Key(c.text()) {
			return true
		}
	}
	return false
}

func (r *reader) isDue(c grid.Cell) bool {
	if c.Kind == grid.Date {
		return true
	}
	_, ok := r.due(c.Text)
	return ok
}

func (r *reader) isDay(c grid.Cell) bool {
	if c.Kind == grid.Date {
		return c.Precision == progress.Day || c.Precision == ""
	}
	if _, ok := progress.ParseDay(c.Text); ok {
		return true
	}
	_, ok := r.dayOfPeriod(c.Text)
	return ok
}

func isPercent(c grid.Cell) bool {
	if c.Percent || c.Kind == grid.Number && c.Number >= 0 && c.Number <= 100 {
		return true
	}
	p, ok := readPercent(c, false)
	return ok && p != nil && len(strings.Fields(c.Text)) <= longestShare
}

// longestShare is how many words a percent may have: "Đạt khoảng 60% khối lượng". More of them tell a story with a percent in it.
const longestShare = 6

func (r *reader) isStatus(c grid.Cell) bool { return r.status(c.Text).known }

// isShortStatus: a status and little else. Results often begin with the words of a status.
func (r *reader) isShortStatus(c grid.Cell) bool {
	return len(strings.Fields(c.Text)) <= 10 && r.isStatus(c)
}

// isPureStatus: the words of a status alone.
func (r *reader) isPureStatus(c grid.Cell) bool { return r.purely(withoutPercent(c.Text)).known }

func (r *reader) isMeasure(c grid.Cell) bool { return r.vocab.Measures[templates.Key(c.Text)] }

// planColumns: in a plan the day of completion is the deadline, where nothing else is.
func (r *reader) planColumns(h *heading) {
	if h.has(progress.FieldDue) {
		return
	}
	for i := range h.columns {
		if h.columns[i].field == progress.FieldCompleted {
			h.columns[i].field = progress.FieldDue
			return
		}
	}
}

// actualBesidePlanned: beside a "Thời hạn", a "Thời gian hoàn thành" or "Thời điểm hoàn thành" is the day on which the task was done.
func actualBesidePlanned(h *heading) {
	if h.has(progress.FieldCompleted) {
		return
	}
	var limit, done *column
	for i := range h.columns {
		c := &h.columns[i]
		if c.field != progress.FieldDue {
			continue
		}
		key := templates.Key(c.text())
		switch {
		case templates.HasWords(key, "han") || templates.HasWords(key, "ke hoach") || templates.HasWords(key, "yeu cau"):
			limit = c
		case templates.StartsWith(key, "thoi gian hoan thanh") || templates.StartsWith(key, "thoi diem hoan thanh"):
			done = c
		}
	}
	if limit != nil && done != nil {
		done.field = progress.FieldCompleted
	}
}

// joined are the fields that several columns may make up together: number and day of a document, difficulties and
// shortcomings.
var joined = map[progress.Field]bool{
	progress.FieldResult: true, progress.FieldEvidence: true, progress.FieldDifficulty: true, progress.FieldProposal: true,
	progress.FieldReason: true, progress.FieldNote: true, progress.FieldMandate: true, progress.FieldCooperating: true,
	progress.FieldPerson: true, progress.FieldLeader: true, progress.FieldProduct: true, progress.FieldAliases: true,
}

// rivals settles two columns of one field: the better recognised heading has it, else the column that says anything. Two
// of the same wording that differ below leave no safe reading.
func (r *reader) rivals(s *section, a, b *column) bool {
	if a.field == "" || a.field != b.field || a.dropped || b.dropped || b.extends {
		return true
	}
	same := templates.Key(a.text()) == templates.Key(b.text())
	if joined[a.field] && !same {
		return true
	}
	drop := b
	switch as, bs := s.column(a.index), s.column(b.index); {
	case a.match != b.match:
		if b.match > a.match {
			drop = a
		}
	case len(bs) == 0 || sameCells(as, bs):
	case len(as) == 0:
		drop = a
	case a.field == progress.FieldTask && namesTarget(a) != namesTarget(b):
		if namesTarget(a) {
			drop = a
		}
	case a.field == progress.FieldTask && !same && 2*len(as) <= len(bs):
		a.field = progress.FieldGroup // named once for several tasks
		return true
	case same:
		r.refused = true
		r.find("F08", progress.SeverityError, "ambiguous", b.origin, map[string]string{"found": b.text(), "first": a.text(), "column": string(a.field)})
		return false
	}
	drop.dropped = true
	if kept := map[bool]*column{true: b, false: a}[drop == a]; len(s.column(drop.index)) > 0 {
		r.find("F08", progress.SeverityNote, "second", drop.origin, map[string]string{"found": drop.text(), "kept": kept.text()})
	}
	return true
}

// namesTarget reports a heading that is the task only where the table has no better one.
func namesTarget(c *column) bool {
	return templates.StartsWith(templates.Key(c.texts[len(c.texts)-1]), "chi tieu")
}

func sameCells(as, bs []grid.Cell) bool {
	if len(as) != len(bs) {
		return false
	}
	for i := range as {
		if as[i].Text != bs[i].Text {
			return false
		}
	}
	return true
}

// unknown names the headings that the vocabulary lacks, where something stands below them.
func (r *reader) unknown(s *section) {
	for _, c := range s.heading.columns {
		if len(c.texts) == 0 || c.field != "" || c.tick != "" || c.ignored || len(s.column(c.index)) == 0 {
			continue
		}
		wording := strings.Join(strings.Fields(strings.Join(c.texts, " ")), " ")
		r.find("F08", progress.SeverityNote, "unknown", c.origin, map[string]string{"found": wording})
	}
}
