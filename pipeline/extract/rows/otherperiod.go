package rows

import (
	"slices"
	"strings"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// What a return holds beside the rows of its own period: the plan for the next one, and the sheets of earlier ones. None of that is
// reported now; a finding says that it was left out.

// otherPeriods leaves out the sections that are not of the period of the return, and gives back the others and that period;
// empty where the sheets do not tell it.
func (r *reader) otherPeriods(all []*section) (kept []*section, period string) {
	declared := declaredPeriod(r.titles)
	if newest := r.periodOfSheets(all, declared); newest != "" {
		declared, period = newest, newest
	}
	for _, s := range all {
		switch {
		case period != "" && s.period != "" && s.period != period && sameKind(s.period, period):
			r.leaveOut("period", s.origin, map[string]string{"found": s.period, "expected": period})
		case r.isAhead(s.caption), later(periodOfCaption(s.caption, declared), declared):
			r.leaveOut("next", s.origin, map[string]string{"found": quote(s.caption)})
		default:
			kept = append(kept, s)
			continue
		}
		seen := s.heading.seen()
		seen.LeftOut.OtherPeriod = len(s.lines)
		r.seen = append(r.seen, seen)
	}
	return kept, period
}

func (r *reader) leaveOut(variant string, at progress.Origin, facts map[string]string) {
	r.find("F12", progress.SeverityNote, variant, at, facts)
}

// periodOfSheets is the period that counts where the sheets of a workbook name several of one kind: the one that a cover names,
// else the newest. It is empty where they do not.
func (r *reader) periodOfSheets(all []*section, declared string) string {
	var ids []string
	for _, s := range all {
		if s.period != "" && sameKind(s.period, declared) && !slices.Contains(ids, s.period) {
			ids = append(ids, s.period)
		}
	}
	if len(ids) < 2 {
		return ""
	}
	if cover := declaredPeriod(r.titles[:all[0].titlesFrom]); slices.Contains(ids, cover) {
		return cover
	}
	newest := ids[0]
	for _, id := range ids {
		if later(id, newest) {
			newest = id
		}
	}
	return newest
}

// sheetPeriod is the period that the words above the first heading of a worksheet name, else the name of the worksheet.
func (r *reader) sheetPeriod(t *grid.Table, from int) string {
	if t.Sheet == "" {
		return ""
	}
	titles := slices.Clone(r.titles[from:])
	for i := range titles {
		titles[i].above = true
	}
	return declaredPeriod(titles)
}

// isAhead reports a caption of what is planned for the next period: "Nhiệm vụ trọng tâm tuần tới". One that also names what was
// achieved stands above a table of both.
func (r *reader) isAhead(caption string) bool {
	if r.kind != Return || len(caption) > longestCaption {
		return false
	}
	key := templates.Key(captionMark.ReplaceAllString(caption, ""))
	return slices.ContainsFunc(r.vocab.NextPeriods, func(w string) bool { return templates.HasWords(key, w) }) &&
		!slices.ContainsFunc(r.vocab.ThisPeriods, func(w string) bool { return templates.HasWords(key, w) })
}

// periodOfCaption is the period whose plan a caption names: "II. Kế hoạch công tác tuần 21". A year that it does not say is that of the
// declared period.
func periodOfCaption(caption, declared string) string {
	if declared == "" || caption == "" || !strings.Contains(periodKey(caption), "ke hoach") {
		return ""
	}
	return bestPeriod([]string{caption}, number(declared[:4]), false)
}

func sameKind(a, b string) bool {
	p, errA := progress.ParsePeriod(a)
	q, errB := progress.ParsePeriod(b)
	return errA == nil && errB == nil && p.Kind == q.Kind
}

// later reports whether period a, of the same kind as b, comes after it.
func later(a, b string) bool {
	if !sameKind(a, b) {
		return false
	}
	p, _ := progress.ParsePeriod(a)
	q, _ := progress.ParsePeriod(b)
	return p.Start.After(q.End)
}
