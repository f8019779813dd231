package progress

import (
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// PeriodKind is the length of a reporting period.
type PeriodKind string

const (
	Week       PeriodKind = "week"
	Month      PeriodKind = "month"
	Quarter    PeriodKind = "quarter"
	HalfYear   PeriodKind = "half-year"
	NineMonths PeriodKind = "nine-months"
	Year       PeriodKind = "year"
)

// Period is a reporting period. The id names it in commands, file names and the ledger:
// 2025-W06 (ISO week), 2025-02, 2025-Q1, 2025-H1, 2025-9M, 2025.
type Period struct {
	ID    string     `json:"id"`
	Kind  PeriodKind `json:"kind"`
	Start Date       `json:"start"` // first day, inclusive
	End   Date       `json:"end"`   // last day, inclusive
}

var periodID = regexp.MustCompile(`^(\d{4})(?:-(?:W(\d{2})|Q([1-4])|H([12])|(9M)|(\d{2})))?$`)

// ParsePeriod reads a period id.
func ParsePeriod(id string) (Period, error) {
	bad := func() (Period, error) {
		return Period{}, fmt.Errorf("%q is not a period; expected one of 2025-W06, 2025-02, 2025-Q1, 2025-H1, 2025-9M, 2025", id)
	}
	m := periodID.FindStringSubmatch(id)
	if m == nil {
		return bad()
	}
	year, _ := strconv.Atoi(m[1])
	if year < 1900 || year > 2199 {
		return bad()
	}
	switch {
	case m[2] != "":
		w, _ := strconv.Atoi(m[2])
		p := WeekOf(Date{year, time.January, 4}.AddDays(7 * (w - 1)))
		if p.ID != id { // week 00, week 53 of a year that has 52
			return bad()
		}
		return p, nil
	case m[3] != "":
		q, _ := strconv.Atoi(m[3])
		return months(id, Quarter, year, 3*q-2, 3*q), nil
	case m[4] != "":
		h, _ := strconv.Atoi(m[4])
		return months(id, HalfYear, year, 6*h-5, 6*h), nil
	case m[5] != "":
		return months(id, NineMonths, year, 1, 9), nil
	case m[6] != "":
		n, _ := strconv.Atoi(m[6])
		if n < 1 || n > 12 {
			return bad()
		}
		return months(id, Month, year, n, n), nil
	}
	return months(id, Year, year, 1, 12), nil
}

func months(id string, kind PeriodKind, year, first, last int) Period {
	return Period{
		ID: id, Kind: kind,
		Start: Date{year, time.Month(first), 1},
		End:   Date{year, time.Month(last), 1}.MonthEnd(),
	}
}

// WeekOf is the ISO week (Monday to Sunday) that holds d.
func WeekOf(d Date) Period {
	t := d.Time(time.UTC)
	year, week := t.ISOWeek()
	monday := d.AddDays(-(int(t.Weekday()) + 6) % 7)
	return Period{ID: fmt.Sprintf("%04d-W%02d", year, week), Kind: Week, Start: monday, End: monday.AddDays(6)}
}

// PeriodOf is the period of the kind that holds d. Nine-month periods hold January to September;
// a later day belongs to the nine-month period of its own year, which has then ended.
func PeriodOf(kind PeriodKind, d Date) Period {
	id := fmt.Sprintf("%04d", d.Year)
	switch kind {
	case Week:
		return WeekOf(d)
	case Month:
		id = fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	case Quarter:
		id = fmt.Sprintf("%04d-Q%d", d.Year, (d.Month+2)/3)
	case HalfYear:
		id = fmt.Sprintf("%04d-H%d", d.Year, (d.Month+5)/6)
	case NineMonths:
		id = fmt.Sprintf("%04d-9M", d.Year)
	}
	p, err := ParsePeriod(id)
	if err != nil {
		panic(err) // a Date outside 1900–2199 cannot be made by NewDate
	}
	return p
}

// Previous is the period of the same kind just before p.
func (p Period) Previous() Period {
	if p.Kind == NineMonths {
		return PeriodOf(p.Kind, Date{p.Start.Year - 1, 1, 1})
	}
	return PeriodOf(p.Kind, p.Start.AddDays(-1))
}

// Next is the period of the same kind just after p.
func (p Period) Next() Period {
	if p.Kind == NineMonths {
		return PeriodOf(p.Kind, Date{p.Start.Year + 1, 1, 1})
	}
	return PeriodOf(p.Kind, p.End.AddDays(1))
}

// YearBefore is the same period of last year: the same month, quarter…, the ISO week of the same number
// (week 52 where last year had no week 53).
func (p Period) YearBefore() Period {
	id := fmt.Sprintf("%04d%s", atoi(p.ID[:4])-1, p.ID[4:])
	if q, err := ParsePeriod(id); err == nil {
		return q
	}
	q, err := ParsePeriod(fmt.Sprintf("%04d-W52", atoi(p.ID[:4])-1))
	if err != nil {
		panic(err)
	}
	return q
}

// Contains reports whether d falls in p.
func (p Period) Contains(d Date) bool { return !d.Before(p.Start) && !d.After(p.End) }

func atoi(s string) int { n, _ := strconv.Atoi(s); return n }
