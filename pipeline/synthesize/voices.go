package synthesize

import (
	"cmp"
	"slices"
	"strings"

	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// voices quotes the difficulties and proposals of the rows that count, by addressee, then in the order of the register,
// then of the plan. Those that address nobody known come last.
func voices(in Input) []progress.Voice {
	ears := newEars(in)
	place := map[string]int{}
	for i, u := range in.Units.All() {
		place[u.Code] = i
	}
	names := unitNames(in.Units)
	var out []progress.Voice
	for _, p := range in.Positions {
		if p.Claim == nil || p.Carried {
			continue
		}
		row := p.Claim.Row
		if progress.Fold(row.Difficulty) == "" && progress.Fold(row.Proposal) == "" {
			continue
		}
		origin := row.Origin
		for _, f := range []progress.Field{progress.FieldDifficulty, progress.FieldProposal} {
			if o, ok := row.Cells[f]; ok {
				origin = o
			}
		}
		out = append(out, progress.Voice{
			Addressee: ears.addressee(row.Proposal, p.Unit), Unit: p.Unit, UnitName: nameOr(names, p.Unit), Task: p.Task,
			Difficulty: row.Difficulty, Proposal: row.Proposal, Reason: row.Reason, File: p.Claim.File, Origin: origin,
		})
	}
	slices.SortStableFunc(out, func(a, b progress.Voice) int {
		return cmp.Or(
			compareBool(a.Addressee == "", b.Addressee == ""),
			cmp.Compare(progress.Fold(a.Addressee), progress.Fold(b.Addressee)),
			cmp.Compare(place[a.Unit], place[b.Unit]),
		)
	})
	return out
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// ears know who can be addressed: the units, the authorities of the plan, and those of the state.
type ears struct {
	units       progress.Units
	authorities []string
}

func newEars(in Input) ears {
	e := ears{units: in.Units}
	seen := map[string]bool{}
	for _, t := range in.Plan.Tasks {
		if t.Authority != "" && !seen[t.Authority] {
			seen[t.Authority] = true
			e.authorities = append(e.authorities, t.Authority)
		}
	}
	return e
}

// addressee is, of the units and authorities of the plan that a proposal names, and the authorities of the state that it asks, the one with
// the longest name, other than the unit that speaks; empty where there is none. Authorities of the state are named in many words that ask
// nothing of them: "the law of the National Assembly".
func (e ears) addressee(proposal, speaker string) string {
	text := " " + progress.FoldSpelling(proposal) + " "
	best, length := "", 0
	for _, u := range e.units.Mentioned(proposal) {
		if u.Code == speaker {
			continue
		}
		for _, name := range append([]string{u.Name, u.Code}, u.Aliases...) {
			folded := progress.FoldSpelling(name)
			if len(folded) > length && strings.Contains(text, " "+folded+" ") {
				best, length = u.Name, len(folded)
			}
		}
	}
	for _, name := range e.authorities {
		folded := progress.FoldSpelling(name)
		if len(folded) > length && strings.Contains(text, " "+folded+" ") {
			best, length = name, len(folded)
		}
	}
	v := templates.BuiltinVocabulary()
	for _, name := range v.Authorities {
		folded := progress.FoldSpelling(name)
		for _, asking := range v.Asking {
			if len(folded) > length && strings.Contains(text, " "+asking+" "+folded+" ") {
				best, length = name, len(folded)
			}
		}
	}
	return best
}
