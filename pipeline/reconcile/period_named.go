package reconcile

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"tiendo/pipeline/progress"
)

// spelling is one way in which file and folder names write a period. The pattern is matched against folded text and has
// the groups n (number, digits or Roman) and y (year, may be missing).
type spelling struct {
	pattern *regexp.Regexp
	id      string // of the period, with the year and the number
}

const yearAfter = `(?: (?:nam )?(?P<y>20\d\d))?\b`

// spellings stand in the order in which they are tried: ISO ids first, then the shortest period, because the name of a
// week often names its month too ("tuần 20 tháng 5").
var spellings = []spelling{
	{regexp.MustCompile(`\b(?P<y>20\d\d) ?w(?P<n>\d\d)\b`), "%04d-W%02d"},
	{regexp.MustCompile(`\b(?P<y>20\d\d) q(?P<n>[1-4])\b`), "%04d-Q%d"},
	{regexp.MustCompile(`\b(?P<y>20\d\d) h(?P<n>[12])\b`), "%04d-H%d"},
	{regexp.MustCompile(`\b(?:tuan(?: thu)?|w|week) ?(?P<n>\d{1,2})(?: thang \d{1,2})?` + yearAfter), "%04d-W%02d"},
	{regexp.MustCompile(`\bt(?P<n>\d{1,2}) (?P<y>20\d\d)\b`), "%04d-%02d"},
	{regexp.MustCompile(`\bthang ?(?P<n>\d{1,2})` + yearAfter), "%04d-%02d"},
	{regexp.MustCompile(`\b(?:quy|q) ?(?P<n>[1-4]|i{1,3}|iv)` + yearAfter), "%04d-Q%d"},
	{regexp.MustCompile(`^(?P<y>20\d\d) (?P<n>\d\d)$`), "%04d-%02d"},
}

// periodNamed finds the period that a file or folder name names; the zero Period where it names none. A missing year is
// the one that brings the period nearest to the open one. Bare years are no periods: they name plans and archives.
func periodNamed(name string, open progress.Period) progress.Period {
	text := progress.Fold(name)
	for _, s := range spellings {
		m := s.pattern.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		n := number(m[s.pattern.SubexpIndex("n")])
		if y := m[s.pattern.SubexpIndex("y")]; y != "" {
			year, _ := strconv.Atoi(y)
			if p, err := progress.ParsePeriod(fmt.Sprintf(s.id, year, n)); err == nil {
				return p
			}
			continue
		}
		if p, ok := nearest(s.id, n, open); ok {
			return p
		}
	}
	return progress.Period{}
}

// nearest gives the n-th period a year: that of the year before, of or after the open period which is nearest to it.
func nearest(id string, n int, open progress.Period) (progress.Period, bool) {
	best, found := progress.Period{}, false
	for year := open.Start.Year - 1; year <= open.Start.Year+1; year++ {
		p, err := progress.ParsePeriod(fmt.Sprintf(id, year, n))
		if err != nil {
			continue
		}
		if !found || distance(p, open) < distance(best, open) {
			best, found = p, true
		}
	}
	return best, found
}

func distance(a, b progress.Period) int {
	d := a.Start.DaysUntil(b.Start)
	return max(d, -d)
}

// number reads digits or a Roman number up to four.
func number(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	return map[string]int{"i": 1, "ii": 2, "iii": 3, "iv": 4}[strings.ToLower(s)]
}
