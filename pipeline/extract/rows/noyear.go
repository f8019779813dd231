package rows

import (
	"strconv"
	"time"

	"tiendo/pipeline/progress"
)

// Days, months and quarters that a form writes without their year ("15/5", "Quý III") are those of the year of its period.

// dueOfPeriod reads a deadline without a year. The first months of a year, in a return of the last ones, may be those behind or those
// ahead, so they are left unread.
func (r *reader) dueOfPeriod(text string) (progress.Due, bool) {
	if r.of.End.IsZero() {
		return progress.Due{}, false
	}
	due, ok := progress.ParseDueIn(text, r.of.End.Year)
	if !ok || due.Date.IsZero() || r.of.End.Month >= time.October && due.Date.Month <= time.March {
		return progress.Due{}, false
	}
	return due, true
}

// sendingDays is how long after its period a return may still tell of a day.
const sendingDays = 31

// dayOfPeriod reads a day of completion without a year: the last such day that the return can tell of.
func (r *reader) dayOfPeriod(text string) (progress.Date, bool) {
	if r.of.End.IsZero() {
		return progress.Date{}, false
	}
	year := r.of.End.Year
	d, ok := progress.ParseDayIn(text, year)
	if ok && d.After(r.of.End.AddDays(sendingDays)) {
		year--
		d, ok = progress.ParseDayIn(text, year)
	}
	return d, ok
}

// lentYear tells once for a document how its days without a year were read.
func (r *reader) lentYear(text string, year int, at progress.Origin) {
	if r.lent {
		return
	}
	r.lent = true
	r.find("R03", progress.SeverityNote, "year", at, map[string]string{"found": quote(text), "expected": strconv.Itoa(year)})
}
