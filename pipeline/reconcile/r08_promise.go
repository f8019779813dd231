package reconcile

import (
	"regexp"

	"tiendo/pipeline/progress"
)

var promises = regexp.MustCompile(`\b(se (ban hanh|trinh|hoan thanh|phe duyet|xem xet|ky|trien khai)|dang (trinh|du thao|hoan thien|lay y kien|tham dinh|xay dung|cho)|cho (phe duyet|y kien|ban hanh)|du kien)\b`)

// r08: said to be done, while the account of the result only promises it.
var r08 = rule{code: "R08", severity: progress.SeverityWarning, doubts: true, ofClaim: func(c claim) []progress.Finding {
	words := promises.FindString(progress.Fold(c.row.Result))
	if !c.isDone() || words == "" {
		return nil
	}
	return one(progress.Finding{Origin: c.at(progress.FieldResult), Facts: facts{
		"found": short(c.row.Result), "status": c.row.StatusText,
	}})
}}
