package reconcile

import "tiendo/pipeline/progress"

const clock = "15:04 02/01/2006"

// f02: the return that counts came after the time due. It counts all the same.
var f02 = rule{code: "F02", severity: progress.SeverityNote, source: "DHIS2, nq57", ofDelivery: func(d delivery) []progress.Finding {
	if !d.isLate() {
		return nil
	}
	return one(progress.Finding{Facts: facts{
		"found":    d.counted.Received.In(d.in.DueAt.Location()).Format(clock),
		"expected": d.in.DueAt.Format(clock),
	}})
}}
