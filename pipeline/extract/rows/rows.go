// Package rows turns tables into rows: what comes in is a grid.Document, of which it does not know the format, and a
// vocabulary; what goes out are the task rows that a careful clerk would write down, the unit and period that the
// document names, and findings about what could not be read.
//
// The way: every table is looked at as it is seen (hidden rows and columns dropped, merged values looked up); headings
// are found anywhere in it, one to three lines deep; each heading and the lines below it are a section, which may run on over pages;
// the columns of a section are settled from wording, neighbours and content; then the lines are told apart
// into tasks, their continuations, groups, totals and what stands outside the table.
package rows

import (
	"cmp"
	"strings"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// Kind is what the document is, which decides headings that mean different things in each.
type Kind uint8

const (
	Return       Kind = iota // what a unit reports: "Kết quả" is what was achieved
	Plan                     // a master plan: "Kết quả" is the product owed
	UnitRegister             // the tree of units: rows carry their fields in Extra, the name in Task
)

// Result is what was read.
type Result struct {
	Rows     []progress.Row
	Unit     string // as the document names it; empty where it names none
	Period   string // id; empty where the document names none, or several
	Findings []progress.Finding
	Titles   []string // what stands outside the tables, above the first heading
	// Narrative is what stands outside the tables, wherever, and holds a figure.
	Narrative []progress.Passage
	Sections  []Section // what was seen, for those who ask why a column was read as it was
	Refused   []Section // headings under which nothing may be read; a finding says why
}

// Read reads the rows of a document. Document.Findings stay with the caller.
func Read(doc grid.Document, kind Kind, vocab *templates.Vocabulary) Result {
	r := newReader(kind, vocab)
	found := r.sectionsOrTurned(doc)
	sections, ofSheets := found, ""
	if kind == Return {
		sections, ofSheets = r.otherPeriods(found)
	}
	if id := cmp.Or(ofSheets, declaredPeriod(r.titles)); kind == Return && id != "" {
		r.of, _ = progress.ParsePeriod(id)
	}
	for _, s := range sections {
		r.section(s)
	}
	if len(found) == 0 {
		r.noHeading()
	} else if len(r.rows) == 0 && !r.refused {
		r.find("F03", progress.SeverityError, "no_rows", found[0].origin, nil)
	}
	if r.refused {
		r.rows = nil
		for i := range r.seen {
			r.seen[i].Rows, r.seen[i].Refused = 0, true
		}
	}
	unit, period := "", ""
	if kind == Return && len(found) > 0 {
		unit, period = r.declared()
		period = cmp.Or(ofSheets, period)
	}
	return Result{Rows: r.rows, Unit: unit, Period: period, Findings: r.findings, Titles: r.above(), Narrative: r.narrative(), Sections: r.seen, Refused: r.denied}
}

// sectionsOrTurned finds the sections of a document; where no table of a return has a heading, those of its forms laid out as tables.
func (r *reader) sectionsOrTurned(doc grid.Document) []*section {
	found := r.sections(doc)
	if len(found) > 0 || r.kind != Return {
		return found
	}
	laid, ok := r.turned(doc)
	if !ok {
		return nil
	}
	titles, almost := r.titles, r.almost
	r.titles, r.almost = nil, nil
	if found = r.sections(laid); len(found) == 0 {
		r.titles, r.almost = titles, almost
	}
	return found
}

// reader holds what is known while a document is read.
type reader struct {
	kind     Kind
	vocab    *templates.Vocabulary
	headings *templates.Headings

	rows     []progress.Row
	findings []progress.Finding
	seen     []Section
	denied   []Section
	refused  bool // a finding says why no row may be taken

	of   progress.Period // that the document names; zero where it names none
	lent bool            // a finding says that days took their year from it

	titles []title  // what stands outside the tables, for unit and period
	almost *heading // the best heading without a task column

	// What was read in a wording; returns repeat few of them thousands of times.
	dues     map[string]dueReading
	statuses map[string]standing
	pures    map[string]pure
}

func newReader(kind Kind, vocab *templates.Vocabulary) *reader {
	r := &reader{kind: kind, vocab: vocab, headings: &vocab.Tasks, dues: map[string]dueReading{}, statuses: map[string]standing{}, pures: map[string]pure{}}
	if kind == UnitRegister {
		r.headings = &vocab.Units
	}
	return r
}

type dueReading struct {
	due  progress.Due
	ok   bool
	lent bool // the year is that of the period
}

// status is readStatus, remembered.
func (r *reader) status(text string) standing {
	s, seen := r.statuses[text]
	if !seen {
		s = readStatus(text, r.vocab)
		r.statuses[text] = s
	}
	return s
}

// due is progress.ParseDue, in the year of the period where the text names none, remembered.
func (r *reader) due(text string) (progress.Due, bool) {
	d, seen := r.dues[text]
	if !seen {
		if d.due, d.ok = progress.ParseDue(text); !d.ok {
			d.due, d.ok = r.dueOfPeriod(text)
			d.lent = d.ok
		}
		r.dues[text] = d
	}
	return d.due, d.ok
}

func (r *reader) find(rule string, severity progress.Severity, variant string, at progress.Origin, facts map[string]string) {
	r.findings = append(r.findings, progress.Finding{Rule: rule, Severity: severity, Variant: variant, Origin: at, Facts: facts})
}

// noHeading refuses a document in which no table has the columns of tasks, and names the headings that were seen.
func (r *reader) noHeading() {
	r.refused = true
	facts := map[string]string{"expected": r.expected()}
	if r.almost == nil {
		r.find("F08", progress.SeverityError, "none", progress.Origin{}, facts)
		return
	}
	facts["found"] = r.almost.quoted()
	r.deny(r.almost)
	r.find("F08", progress.SeverityError, "missing", r.almost.origin, facts)
}

// expected names the heading that a table must have, as its commonest wording.
func (r *reader) expected() string {
	if r.kind == UnitRegister {
		return "Tên đơn vị"
	}
	return "Nhiệm vụ"
}

// above lists the titles above the first heading.
func (r *reader) above() []string {
	var out []string
	for _, t := range r.titles {
		if t.above && !t.sheet && t.text != "" {
			out = append(out, t.text)
		}
	}
	return out
}

// narrative lists the passages outside the tables that hold a figure and more than a few words: what a unit tells of its tasks in
// sentences. The office holds it against the table.
func (r *reader) narrative() []progress.Passage {
	var out []progress.Passage
	for _, t := range r.titles {
		if !t.sheet && !t.row && !t.inner && len(strings.Fields(t.text)) >= 6 && strings.ContainsAny(t.text, "0123456789") {
			out = append(out, progress.Passage{Text: t.text, Origin: t.origin})
		}
	}
	return out
}

// keyField is the field that makes a line a row.
func (r *reader) keyField() progress.Field {
	if r.kind == UnitRegister {
		return progress.FieldUnitName
	}
	return progress.FieldTask
}
