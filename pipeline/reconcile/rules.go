package reconcile

import (
	"tiendo/pipeline/progress"
)

// rule is one check of the catalogue. At least one of the checks is set; it says how much the rule gets to see.
// A check returns findings with what is particular to them: origin, facts, variant, and the severity where it is not
// the rule's own. Rule code, severity, unit, task and file are stamped on by the caller.
type rule struct {
	code     string
	severity progress.Severity
	// doubts: a claim of done about which the rule finds something is not confirmed.
	doubts     bool
	thresholds []Threshold
	// source is where the rule comes from: the systems and documents in which the check was seen.
	source string

	ofSent     func(sent) []progress.Finding     // a file: whose it is, for which period
	ofDelivery func(delivery) []progress.Finding // all that one unit sent for the period
	ofMatch    func(match) []progress.Finding    // a row and the task it was found to be about, if any
	ofClaim    func(claim) []progress.Finding    // a row about a task that its unit leads
	// ofPeriod sees what all units sent. Its findings name their unit, task and file themselves: see [claim.finding].
	ofPeriod func(period) []progress.Finding
	// ofWaivers sees the waivers of the office's own register that hold nothing.
	ofWaivers func(waiving) []progress.Finding
}

// period is what all units sent for the period: their deliveries in order, and the rows that count.
type period struct {
	*judging
	deliveries []*delivery
	claims     []*claim
}

// rules is the catalogue, in the order of the codes.
var rules = []rule{
	f01, f02, f03, f04, f05, f07, f09, f10, f11, f16, f17,
	g10,
	h01, h02, h03, h04, h05, h06, h07, h08, h09, h10, h11, h12, h13, h14,
	p01, p02, p03, p04, p05, p06, p07, p08, p09, p11, p12, p13,
	r04, r05, r06, r07, r08, r09, r10, r11, r12, r13, r14, r15, r16, r17, r18, r19, r20, r21, r22, r23,
	t01, t02, t03, t04, t05,
}

// stamp completes the findings of a rule; task is the zero Task where it is about none.
func (r rule) stamp(fs []progress.Finding, unit string, task progress.Task, file string) []progress.Finding {
	for i := range fs {
		f := &fs[i]
		f.Rule = r.code
		if f.Severity == "" {
			f.Severity = r.severity
		}
		if f.Unit == "" {
			f.Unit = unit
		}
		if f.Task == "" {
			f.Task, f.TaskID = task.Code, task.ID
		}
		if f.File == "" {
			f.File = file
		}
	}
	return fs
}

// one is the common result of a check: a single finding.
func one(f progress.Finding) []progress.Finding { return []progress.Finding{f} }

// facts pairs names and values.
type facts = map[string]string
