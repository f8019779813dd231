package reconcile

import (
	"regexp"

	"tiendo/pipeline/progress"
)

var forecastWords = regexp.MustCompile(`^(du kien|dk|uoc)( hoan thanh| xong)?( trong| vao| truoc)?:? `)

// forecastOf is the day on which a row expects its task to be done: of "dự kiến tháng 8/2025" the last day of the month. Zero where it
// names none.
func forecastOf(row progress.Row) progress.Date {
	text := row.Extra[progress.FieldForecast]
	if blank(text) {
		return progress.Date{}
	}
	if due, ok := progress.ParseDue(text); ok {
		return due.Date
	}
	if due, ok := progress.ParseDue(forecastWords.ReplaceAllString(progress.Fold(text), "")); ok {
		return due.Date
	}
	return progress.Date{}
}

// forecastMoves counts how often the day that the unit expects moved later, over the periods that are remembered, up to this row.
func (j *judging) forecastMoves(k key, row progress.Row) int {
	moves, next := 0, forecastOf(row)
	see := func(before progress.Date) {
		if before.IsZero() {
			return
		}
		if !next.IsZero() && next.After(before) {
			moves++
		}
		next = before
	}
	for _, p := range j.past { // newest first
		if pos := p.at[k]; pos != nil && pos.Claim != nil {
			see(forecastOf(pos.Claim.Row))
		}
	}
	for _, m := range j.older[k] {
		see(m.forecast)
	}
	return moves
}
