package progress

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
)

// subject is what tells two findings of a rule within a unit apart, where they are about no task or about several things of one.
type subject struct {
	fact string // the fact that names it: a code, a heading, a name
	// inWords: the fact quotes a sentence whose figures move from period to period; its first words name it.
	inWords bool
}

// subjects of the rules that have one. A rule that is not listed is told apart by unit, task and variant: what it found is a figure, a
// day or the name of a file, which the next period has anew.
var subjects = map[string]subject{
	"F04": {fact: "found"}, "F08": {fact: "found"}, "H09": {fact: "found"}, "P01": {fact: "found"}, "P10": {fact: "found"}, "P12": {fact: "other"},
	"P13": {fact: "found"}, "R01": {fact: "found"}, "R02": {fact: "found"}, "R03": {fact: "found"},
	"T01": {fact: "quote", inWords: true}, "T02": {fact: "quote", inWords: true}, "T03": {fact: "quote", inWords: true},
	"T04": {fact: "quote", inWords: true}, "T05": {fact: "quote", inWords: true},
}

// ofTask are the rules whose subject counts beside the task too: several units can contradict one row. Of the others the task is enough.
var ofTask = map[string]bool{"P12": true}

// subject is the text of what the finding is about; empty where unit, task and variant are enough.
func (f Finding) subject() string {
	s, ok := subjects[f.Rule]
	if !ok || f.TaskKey() != "" && !ofTask[f.Rule] {
		return ""
	}
	if !s.inWords {
		return FoldSpelling(f.Facts[s.fact])
	}
	const telling = 6 // words: a quotation is cut at a length that depends on its figures
	words := strings.Fields(strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return ' '
		}
		return r
	}, FoldSpelling(f.Facts[s.fact])))
	return strings.Join(words[:min(telling, len(words))], " ")
}

// Key names the finding across periods: the same rule about the same thing of the same unit has the same key. The place in the
// file is no part of it, so that an inserted row does not make an old finding new, nor are the figures that it quotes, which move
// from period to period. Findings of one period have different keys once [NumberFindings] has seen them.
func (f Finding) Key() string {
	h := sha256.New()
	for _, s := range []string{f.Rule, f.Variant, f.Unit, f.TaskKey(), f.subject()} {
		h.Write([]byte(s))
		h.Write([]byte{0})
	}
	if f.Nth > 0 {
		h.Write([]byte(strconv.Itoa(f.Nth)))
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// NumberFindings sorts findings and counts those that rule, unit, task and subject do not tell apart, in the order of their places.
func NumberFindings(fs []Finding) {
	SortFindings(fs)
	seen := map[string]int{}
	for i := range fs {
		fs[i].Nth = 0
		key := fs[i].Key()
		fs[i].Nth = seen[key]
		seen[key]++
	}
}

// Waiver is the coordinator's word that a finding is explained: who allows it, why, and until which day. It is carried beside the
// finding, which stays on every list.
type Waiver struct {
	Key    string `json:"key"` // of the finding
	By     string `json:"by"`
	Reason string `json:"reason"`
	Until  Date   `json:"until"` // the last day on which it holds
	File   string `json:"file"`  // the register
	Origin Origin `json:"origin"`
}

// Waive puts the waivers that hold on the day on the findings that they name. A finding of severity error cannot be waived: the row
// would rest on a contradiction. The faults are waivers that are over, that name an error, or that name nothing that was found.
func Waive(fs []Finding, waivers []Waiver, on Date) (expired, refused, unmatched []Waiver) {
	if len(waivers) == 0 {
		return nil, nil, nil
	}
	place := make(map[string]int, len(fs))
	for i := range fs {
		place[fs[i].Key()] = i
	}
	for i := range waivers {
		w := &waivers[i]
		at, found := place[w.Key]
		switch {
		case w.Until.Before(on):
			expired = append(expired, *w)
		case !found:
			unmatched = append(unmatched, *w)
		case fs[at].Severity == SeverityError:
			refused = append(refused, *w)
		default:
			fs[at].Waived = w
		}
	}
	return expired, refused, unmatched
}
