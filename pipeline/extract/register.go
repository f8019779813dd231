package extract

import (
	"maps"
	"slices"
	"strings"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/extract/rows"
	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// Faults of the office's own registers. Every fault is listed with its cell; one of severity error refuses the whole
// register, because a plan that is half right makes every figure wrong.
const (
	ruleHeading   = "G01" // a column that the register must have is missing
	ruleDuplicate = "G02" // a code stands twice
	ruleLead      = "G03" // a lead is blank, unknown, or a name of several units
	ruleDeadline  = "G04" // a deadline is blank or cannot be read
	ruleParent    = "G05" // a unit above, or a successor, is not in the register
	ruleLoop      = "G06" // units are above each other, or succeed each other, in a ring
	ruleDate      = "G07" // a date cannot be read
	ruleName      = "G08" // two units carry one name
	ruleBlank     = "G09" // a code or name is blank
	ruleMilestone = "G12" // a milestone of the plan cannot be held against its task
)

// register reads the office's own files and collects their faults.
type register struct {
	name     string
	findings []progress.Finding
}

func (r *register) fault(rule, variant string, at progress.Origin, pairs ...string) {
	r.findings = append(r.findings, finding(rule, progress.SeverityError, variant, at, pairs...))
}

// warn adds what the office should mend and can work with.
func (r *register) warn(rule, variant string, at progress.Origin, pairs ...string) {
	r.findings = append(r.findings, finding(rule, progress.SeverityWarning, variant, at, pairs...))
}

// finding makes a finding of pairs of names and values.
func finding(rule string, severity progress.Severity, variant string, at progress.Origin, pairs ...string) progress.Finding {
	facts := map[string]string{}
	for i := 0; i+1 < len(pairs); i += 2 {
		facts[pairs[i]] = pairs[i+1]
	}
	return progress.Finding{Rule: rule, Severity: severity, Variant: variant, Origin: at, Facts: facts}
}

// read reads the file as a register of the kind. It returns false where that cannot be done at all.
func (r *register) read(data []byte, kind rows.Kind) (rows.Result, bool, error) {
	return r.readWithout(data, kind, func(doc grid.Document) grid.Document { return doc })
}

// readWithout reads the file as [register.read] does, after take has taken out what is no table of the kind.
func (r *register) readWithout(data []byte, kind rows.Kind, take func(grid.Document) grid.Document) (rows.Result, bool, error) {
	doc, _, err := open(data, r.name)
	if err != nil {
		return rows.Result{}, false, err
	}
	r.findings = append(r.findings, doc.Findings...)
	if isRefused(doc.Findings) {
		return rows.Result{}, false, nil
	}
	result := rows.Read(take(doc), kind, templates.BuiltinVocabulary())
	for _, f := range result.Findings {
		switch f.Rule {
		case "F03": // of returns; an empty register is a fault of its own
			r.fault(ruleBlank, "empty", f.Origin)
			continue
		case "R01": // no register is read for its states
			continue
		}
		r.findings = append(r.findings, f)
	}
	return result, len(result.Rows) > 0, nil
}

// need reports the columns that no table of the register has.
func (r *register) need(result rows.Result, fields map[progress.Field]string) {
	has := map[progress.Field]bool{}
	for _, s := range result.Sections {
		for _, c := range s.Columns {
			has[c.Field] = true
		}
	}
	for _, f := range slices.Sorted(maps.Keys(fields)) {
		if !has[f] {
			r.fault(ruleHeading, "", result.Sections[0].Origin, "expected", fields[f])
		}
	}
}

// failed reports whether a fault refuses the register.
func (r *register) failed() bool {
	for _, f := range r.findings {
		if f.Severity == progress.SeverityError {
			return true
		}
	}
	return false
}

// cellOf is where a field of a row stands, or the row itself where the cell is blank.
func cellOf(row progress.Row, f progress.Field) progress.Origin {
	if o, ok := row.Cells[f]; ok {
		return o
	}
	return row.Origin
}

// day reads a date of a register; blank is the zero Date.
func (r *register) day(row progress.Row, f progress.Field) progress.Date {
	text := row.Extra[f]
	if text == "" {
		return progress.Date{}
	}
	d, ok := progress.ParseDay(text)
	if !ok {
		r.fault(ruleDate, "", cellOf(row, f), "found", text)
	}
	return d
}

// isYes reports a mark in a column of yes and no.
func isYes(text string) bool {
	return templates.BuiltinVocabulary().Ticks[strings.ToLower(strings.TrimSpace(text))]
}
