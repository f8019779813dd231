package reconcile

import (
	"cmp"
	"strings"

	"tiendo/pipeline/progress"
)

// f04: the folder, the file and its name do not agree whose return this is, or none of them tells. The folder is the
// sender's claim, yet a file that names somebody else may be somebody else's: counting it would credit the wrong unit. Nor
// does a return of a unit count that neither reports nor leads a task.
var f04 = rule{code: "F04", severity: progress.SeverityError, source: "PA, GO #895", ofSent: func(s sent) []progress.Finding {
	switch {
	case s.unit == "":
		for _, named := range [][]progress.Unit{s.unitInFolder, s.unitInFile, s.unitInName} {
			if len(named) > 1 {
				return one(progress.Finding{Variant: "ambiguous", Facts: facts{"found": unitNames(named)}})
			}
		}
		if s.ret.Reading.Refused() { // what it could not be read to say is no second fault
			return nil
		}
		if blank(s.ret.Reading.Unit) {
			return one(progress.Finding{Variant: "unnamed"})
		}
		return one(progress.Finding{Variant: "nobody", Facts: facts{"found": short(s.ret.Reading.Unit)}})
	case !s.admits(s.unitInFile):
		return one(progress.Finding{Variant: "file", Facts: facts{
			"found": short(s.ret.Reading.Unit), "expected": s.name(),
		}})
	case len(s.unitInFile) == 0 && !s.admits(s.unitInName):
		return one(progress.Finding{Variant: "name", Facts: facts{
			"found": unitNames(s.unitInName), "expected": s.name(),
		}})
	}
	return nil
}, ofDelivery: func(d delivery) []progress.Finding {
	if d.unit.Code == "" { // of nobody it cannot be said that he owes nothing
		return nil
	}
	var out []progress.Finding
	for _, r := range d.returns {
		if !d.expected && !hasError(r.Findings) {
			out = append(out, progress.Finding{Variant: "not_expected", File: r.Path, Facts: facts{"found": cmp.Or(d.unit.Name, d.unit.Code)}})
		}
	}
	return out
}}

// name is the full name of the verdict.
func (s *sent) name() string {
	u, _ := s.units.ByCode(s.unit)
	return u.Name
}

func unitNames(units []progress.Unit) string {
	names := make([]string, len(units))
	for i, u := range units {
		names[i] = u.Name
	}
	return strings.Join(names, "; ")
}
