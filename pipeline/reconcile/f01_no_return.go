package reconcile

import "tiendo/pipeline/progress"

// f01: a unit that owes a return sent nothing. Who owes one is the register's and the plan's word, never the inbox's.
var f01 = rule{code: "F01", severity: progress.SeverityWarning, source: "DHIS2, TANF #3028", ofDelivery: func(d delivery) []progress.Finding {
	if !d.expected || len(d.returns) > 0 {
		return nil
	}
	return one(progress.Finding{Facts: facts{"name": d.unit.Name, "period": d.in.Period.ID}})
}}
