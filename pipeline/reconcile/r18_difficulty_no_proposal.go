package reconcile

import (
	"regexp"

	"tiendo/pipeline/progress"
)

var noDifficulty = regexp.MustCompile(`^(khong|chua)( co)?( kho khan| vuong mac| kho khan vuong mac| phat sinh)?$`)

// r18: a difficulty is told and nothing proposed: nobody is asked to help.
var r18 = rule{code: "R18", severity: progress.SeverityNote, ofClaim: func(c claim) []progress.Finding {
	difficulty := progress.Fold(c.row.Difficulty)
	if difficulty == "" || noDifficulty.MatchString(difficulty) || !blank(c.row.Proposal) {
		return nil
	}
	return one(progress.Finding{Origin: c.at(progress.FieldDifficulty), Facts: facts{"found": short(c.row.Difficulty)}})
}}
