package reconcile

import "tiendo/pipeline/progress"

// Entry is a rule as the catalogue of rules lists it.
type Entry struct {
	Code       string
	Severity   progress.Severity
	Doubts     bool // a claim of done is not confirmed while the finding stands
	Thresholds []Threshold
	Source     string
}

// Catalogue lists the rules in the order of their codes.
func Catalogue() []Entry {
	out := make([]Entry, len(rules))
	for i, r := range rules {
		out[i] = Entry{Code: r.code, Severity: r.severity, Doubts: r.doubts, Thresholds: r.thresholds, Source: r.source}
	}
	return out
}
