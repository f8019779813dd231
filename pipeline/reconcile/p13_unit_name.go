package reconcile

import "tiendo/pipeline/progress"

// p13: the file or its folder names a unit by a name that the register does not know, or that passed to a successor. The
// folder's word, or the successor, is taken.
var p13 = rule{code: "P13", severity: progress.SeverityNote, ofSent: func(s sent) []progress.Finding {
	if s.unit != "" && !blank(s.ret.Reading.Unit) && len(s.unitInFile) == 0 {
		return one(progress.Finding{Variant: "unknown", Facts: facts{
			"found": short(s.ret.Reading.Unit), "expected": s.name(),
		}})
	}
	for _, named := range [][]progress.Unit{s.unitInFile, s.unitInFolder} {
		if len(named) == 1 && s.current(named[0]) == s.unit && named[0].Code != s.unit {
			return one(progress.Finding{Variant: "superseded", Facts: facts{
				"found": named[0].Name, "expected": s.name(),
			}})
		}
	}
	return nil
}}
