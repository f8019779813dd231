package report

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"tiendo/pipeline/progress"
)

// syllable is a Vietnamese syllable without its accents; what is none (UBND, CNTT, 286-KH/BCĐTW) is an abbreviation or a number.
var syllable = regexp.MustCompile(`^(ngh|ch|gh|gi|kh|ng|nh|ph|qu|th|tr|[bcdghklmnprstvx])?[aeiouy]{1,3}(ch|ng|nh|[cmnpt])?$`)

// roman is a numeral, which would pass for a syllable: II, XI.
var roman = regexp.MustCompile(`^[IVX]+$`)

// planName is the name of the plan as it stands inside a sentence. Plans carry their names in capitals on their title
// pages; those are set in small letters, but for abbreviations, numerals and the names that the office knows.
func (d *document) planName() string {
	name := d.s.PlanName
	if name != strings.ToUpper(name) {
		return name
	}
	words := strings.Fields(name)
	for i, w := range words {
		bare := strings.Trim(w, ".,;:()“”\"")
		if syllable.MatchString(progress.Fold(bare)) && !roman.MatchString(bare) {
			words[i] = strings.ToLower(w)
		}
	}
	if len(words) == 0 {
		return name
	}
	first, size := utf8.DecodeRuneInString(words[0])
	name = strings.ToUpper(string(first)) + words[0][size:]
	name = strings.Join(append([]string{name}, words[1:]...), " ")
	for _, known := range d.properNames() {
		name = strings.ReplaceAll(name, strings.ToLower(known), known)
	}
	return name
}

// properNames are the names with capitals that a plan's name may hold, the shorter first, so that the longer have the last word.
func (d *document) properNames() []string {
	names := strings.Split(d.say("proper_names"), "; ")
	names = append(names, d.s.Office.Parent, d.s.Office.Name, d.s.Office.Place)
	names = append(names, slices.Collect(maps.Values(d.s.UnitNames))...)
	names = slices.DeleteFunc(names, func(s string) bool { return s == "" })
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(utf8.RuneCountInString(a), utf8.RuneCountInString(b)), cmp.Compare(a, b))
	})
	return slices.Compact(names)
}
