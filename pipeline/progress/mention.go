package progress

import (
	"cmp"
	"slices"
	"strings"
)

// Mentioned finds the units that a text names, by name, code or alias, as whole words and accents, case and spelling
// aside: the longest name first. A name inside a longer one that was found is not found again ("Sở Y tế" in "Chi cục
// Dân số - Sở Y tế"). A name that several units carry yields all of them. Names of one or two letters are no
// evidence in running text and are passed over.
func (u Units) Mentioned(text string) []Unit {
	words := strings.Fields(FoldSpelling(text))
	type span struct{ from, to int }
	var spans []span
	for from := range words {
		for to := min(len(words), from+u.longest); to > from; to-- {
			name := strings.Join(words[from:to], " ")
			if _, known := u.byName[name]; known && len(name) > 2 {
				spans = append(spans, span{from, to})
				break
			}
		}
	}
	slices.SortStableFunc(spans, func(a, b span) int { return cmp.Compare(b.to-b.from, a.to-a.from) })
	var out []Unit
	taken := make([]bool, len(words))
	seen := map[string]bool{}
	for _, s := range spans {
		if slices.Contains(taken[s.from:s.to], true) {
			continue
		}
		for i := s.from; i < s.to; i++ {
			taken[i] = true
		}
		for _, unit := range u.Named(strings.Join(words[s.from:s.to], " ")) {
			if !seen[unit.Code] {
				seen[unit.Code] = true
				out = append(out, unit)
			}
		}
	}
	return out
}
