package reconcile

import "tiendo/pipeline/progress"

// f09: the very bytes of an earlier period's return were sent again.
var f09 = rule{code: "F09", severity: progress.SeverityWarning, ofDelivery: func(d delivery) []progress.Finding {
	if d.counted == nil || d.counted.SHA256 == "" {
		return nil
	}
	for _, p := range d.past {
		for _, s := range p.Submissions {
			if s.SHA256 == d.counted.SHA256 {
				return one(progress.Finding{Facts: facts{"found": s.File, "period": p.Period.ID}})
			}
		}
	}
	return nil
}}
