package reconcile

import (
	"slices"

	"tiendo/pipeline/progress"
)

// Use is how an office uses a rule.
type Use string

// Uses of a rule. A rule of severity error keeps rows from counting and cannot be set: without it a figure would rest on
// a row that contradicts itself.
const (
	AsIs       Use = "" // as the catalogue has it
	SetOff     Use = "off"
	SetNote    Use = "note"
	SetWarning Use = "warning"
)

// Uses are those that an office may name.
var Uses = []Use{SetOff, SetNote, SetWarning}

// Setting is what an office makes of a rule.
type Setting struct {
	Use        Use
	Thresholds map[string]int // by name; those that are not named are the catalogue's
}

// Threshold is a number from which a rule speaks.
type Threshold struct {
	Rule, Name         string
	Default, Low, High int
	Unit               string // what it counts, in words
	Source             string // where the default comes from
}

// Settable reports whether the catalogue has a rule of that code, and whether an office may set its severity.
func Settable(code string) (known, settable bool) {
	i := slices.IndexFunc(rules, func(r rule) bool { return r.code == code })
	return i >= 0, i >= 0 && rules[i].severity != progress.SeverityError
}

// Thresholds of the rule of that code.
func Thresholds(code string) []Threshold {
	for _, r := range rules {
		if r.code == code {
			return r.thresholds
		}
	}
	return nil
}

// isOn reports whether the office has not switched a rule off.
func (j *judging) isOn(code string) bool { return j.in.Rules[code].Use != SetOff }

// limit is a threshold as the office has set it.
func (j *judging) limit(t Threshold) int {
	if n, ok := j.in.Rules[t.Rule].Thresholds[t.Name]; ok {
		return n
	}
	return t.Default
}

// rulesAsSet is the catalogue as the office has set it.
func rulesAsSet(settings map[string]Setting) []rule {
	out := make([]rule, 0, len(rules))
	for _, r := range rules {
		switch settings[r.code].Use {
		case SetOff:
			continue
		case SetNote:
			r.severity = progress.SeverityNote
		case SetWarning:
			r.severity = progress.SeverityWarning
		}
		out = append(out, r)
	}
	return out
}
