package workbook

import (
	"strconv"
	"strings"

	"tiendo/pipeline/progress"
)

// summaryWidths are the columns of the summary: what, figure, numerator, denominator, previous, change, year before, change, list.
var summaryWidths = []float64{46, 11, 10, 10, 11, 12, 13, 12, 24}

// addSummary writes the first sheet: every figure of the whole office, what to deal with now, the best and the worst units.
func (b *book) addSummary() error {
	lines := b.summaryHead()
	lines = append(lines, b.figureBlock("total")...)
	lines = append(lines, b.reconciliation(), line{})
	lines = append(lines, b.figureBlock("reporting")...)
	lines = append(lines, b.missing(), line{})
	lines = append(lines, b.figureBlock("changed", "corrected", "warned", "voices", "findings")...)
	lines = append(lines, line{})
	lines = append(lines, b.urgent()...)
	lines = append(lines, b.ranking("worst", b.synthesis.Worst)...)
	lines = append(lines, b.ranking("best", b.synthesis.Best)...)
	return b.add(sheet{
		name: b.sheetName("summary", 1), widths: summaryWidths, portrait: true,
		rows: len(lines), row: func(i int) line { return lines[i] },
	})
}

// title is the subject of the report.
func (b *book) title() string { return b.words.Say("workbook.report", "plan", b.synthesis.PlanName) }

// periodName is the period in words: Tuần 20 năm 2025 (12/05/2025 – 18/05/2025).
func (b *book) periodName() string {
	p := b.synthesis.Period
	year, n, _ := strings.Cut(p.ID, "-")
	n = strings.TrimLeft(n, "WQH0")
	return b.words.Say("workbook.period."+string(p.Kind), "n", n, "year", year,
		"from", b.words.Date(p.Start), "to", b.words.Date(p.End))
}

// summaryHead says whose report it is, of which period, and as of when.
func (b *book) summaryHead() []line {
	s := b.synthesis
	full := len(summaryWidths)
	one := func(text string, style int, height float64) line {
		return line{cells: []cell{{value: text, style: style, span: full}}, height: height}
	}
	lines := []line{
		one(strings.ToUpper(s.Office.Parent), b.style.note, 16),
		one(strings.ToUpper(s.Office.Name), b.style.office, 18),
		one(b.title(), b.style.title, 22),
		one(b.periodName(), b.style.block, 18),
		one(b.asOf+" "+b.words.Say("workbook.edition", "plan", s.PlanName, "version", s.PlanVersion, "revision", strconv.Itoa(s.Revision)), b.style.note, 0),
	}
	if s.Draft {
		lines = append(lines, one(b.words.Say("workbook.draft"), b.style.block, 18))
	}
	for _, note := range []struct {
		lacks bool
		key   string
	}{{s.Total.Previous == nil, "workbook.no_previous"}, {s.Total.YearBefore == nil, "workbook.no_year_before"}} {
		if note.lacks {
			lines = append(lines, one(b.words.Say(note.key), b.style.note, 16))
		}
	}
	return append(lines, line{})
}

// summaryBlock is the block of the summary to which a figure belongs: the first part of its id. Empty: none.
func summaryBlock(id string) string {
	switch block, _, _ := strings.Cut(id, "."); block {
	case "total", "reporting", "changed", "corrected", "warned", "voices", "findings":
		return block
	}
	return ""
}

// figureBlock is a heading and a row for each figure of the blocks named; the first one names the heading.
func (b *book) figureBlock(blocks ...string) []line {
	heads := line{cells: []cell{{value: b.words.Say("workbook.block." + blocks[0]), style: b.style.head}}}
	for _, key := range []string{"now", "numerator", "denominator", "previous", "change", "year_before", "year_change", "list"} {
		heads.cells = append(heads.cells, cell{value: b.words.Say("workbook.column." + key), style: b.style.head})
	}
	lines := []line{heads}
	for _, block := range blocks {
		for _, f := range b.figures {
			if summaryBlock(f.ID) == block {
				lines = append(lines, b.figureLine(f))
			}
		}
	}
	return lines
}

// figureLine is the row of one figure. Where there is no earlier period to compare with, the cells are empty.
func (b *book) figureLine(f progress.Figure) line {
	key := "workbook.figure." + f.ID
	if measure, ok := strings.CutPrefix(f.ID, "total."); ok {
		key = "workbook.measure." + measure
	}
	link := b.listOf(f.ID)
	now := b.value(&f.Value)
	now.figure, now.link = f.ID, link
	if link != nil {
		now.style = b.style.countLink
	}
	cells := []cell{{value: b.words.Say(key), style: b.style.label}, now}
	if rate := f.Value.Share; rate != nil {
		cells = append(cells, b.count(rate.Num), b.count(rate.Den))
	} else {
		cells = append(cells, cell{style: b.style.count}, cell{style: b.style.count})
	}
	for _, earlier := range []*progress.Value{f.Previous, f.YearBefore} {
		cells = append(cells, b.value(earlier), b.change(f.Value, earlier))
	}
	list := cell{style: b.style.link}
	if link != nil {
		list.value, list.link = link.Sheet, link
	}
	return line{cells: append(cells, list)}
}

// value is a count, or a rate as a percent.
func (b *book) value(v *progress.Value) cell {
	switch {
	case v == nil:
		return cell{style: b.style.count}
	case v.Share != nil:
		return cell{value: share(*v.Share), style: b.style.rate}
	}
	return b.count(v.Count)
}

// change is how far v has moved: pieces for a count, percentage points for a rate.
func (b *book) change(v progress.Value, from *progress.Value) cell {
	if from == nil {
		return cell{style: b.style.change}
	}
	moved, ok := v.Change(*from)
	switch {
	case !ok:
		return cell{style: b.style.change}
	case v.Share != nil:
		return cell{value: moved, style: b.style.points}
	}
	return cell{value: int(moved), style: b.style.change}
}

// listOf is the list behind a figure; nil for rates, which have two.
func (b *book) listOf(figure string) *Place {
	lists := map[string]string{
		"total.overdue": "overdue", "total.due_soon": "due_soon", "total.unconfirmed": "unconfirmed",
		"changed.deadlines": "moves", "warned.count": "warned", "corrected.positions": "correction", "voices.count": "voices", "findings.count": "findings",
		"total.completion": "", "total.on_schedule": "", "total.on_time_share": "",
		"reporting.received_rate": "", "reporting.on_time_rate": "", "reporting.rows_rate": "",
	}
	byBlock := map[string]string{"total": "tasks", "reporting": "submissions", "changed": "changes"}
	id, ok := lists[figure]
	if !ok {
		id = byBlock[summaryBlock(figure)]
	}
	if id == "" {
		return nil
	}
	return &Place{b.sheetName(id, 1), ref(1, headingRow)}
}

// reconciliation is the line by which a reader can see that the classes sum to the total.
func (b *book) reconciliation() line {
	c := b.synthesis.Total.Counts
	var parts []string
	for _, class := range progress.Classes {
		parts = append(parts, b.words.Int(c.Of(class))+" "+strings.ToLower(b.className(class)))
	}
	text := b.words.Say("workbook.reconciliation", "total", b.words.Int(c.Total), "parts", strings.Join(parts, " + "))
	return line{cells: []cell{{value: text, style: b.style.note, span: len(summaryWidths)}}}
}

// missing names the units from which nothing that counts was received.
func (b *book) missing() line {
	var names []string
	for _, sub := range b.synthesis.Submissions {
		if sub.Punctuality == progress.Missing || sub.Punctuality == progress.Refused {
			names = append(names, b.unitName(sub.Unit))
		}
	}
	text := b.words.Say("workbook.none_missing")
	if len(names) > 0 {
		text = b.words.Say("workbook.missing", "units", strings.Join(names, "; "))
	}
	return line{cells: []cell{{value: text, style: b.style.note, span: len(summaryWidths)}}}
}

// urgent lists what must be dealt with now.
func (b *book) urgent() []line {
	lines := []line{b.blockHead("urgent", "task", "days_late", "original_due", "unit", "head")}
	for _, t := range b.synthesis.Urgent {
		late := b.count(t.DaysLate)
		late.style, late.link = b.style.countLink, b.taskPlace(t.Task.Key(), t.Unit)
		cells := []cell{
			b.text(t.Task.Code + ". " + t.Task.Title),
			late,
			{value: day(t.Task.OriginalDue.Date), style: b.style.date, span: 2},
			{value: t.UnitName, style: b.style.text, span: 3},
			{value: t.Head, style: b.style.text, span: 2},
		}
		lines = append(lines, line{cells: cells})
	}
	return append(lines, line{})
}

// ranking lists units by their on-schedule rate, with what it is made of.
func (b *book) ranking(id string, units []progress.Line) []line {
	lines := []line{b.blockHead(id, "unit", "on_schedule", "done", "past_due", "head")}
	for _, u := range units {
		rate := u.Counts.OnSchedule()
		lines = append(lines, line{cells: []cell{
			b.text(u.Name), {value: share(rate), style: b.style.rate},
			{value: rate.Num, style: b.style.count, span: 2},
			{value: u.Counts.PastDue, style: b.style.count, span: 3},
			{value: u.Head, style: b.style.text, span: 2},
		}})
	}
	return append(lines, line{})
}

// blockHead is the row of headings of a block with five columns.
func (b *book) blockHead(id string, keys ...string) line {
	spans := []int{1, 1, 2, 3, 2}
	var l line
	for i, key := range keys {
		text := b.words.Say("workbook.column." + key)
		if i == 0 {
			text = b.words.Say("workbook.block." + id)
		}
		l.cells = append(l.cells, cell{value: text, style: b.style.head, span: spans[i]})
	}
	return l
}

// unitName is the name of a unit, or its code where the synthesis names none.
func (b *book) unitName(code string) string {
	if name, ok := b.synthesis.UnitNames[code]; ok {
		return name
	}
	return code
}
