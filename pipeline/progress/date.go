package progress

import (
	"fmt"
	"time"
)

// Date is a day of the civil calendar, without clock or zone. The zero Date means that no date is known.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// NewDate returns the day y-m-d, and false where the calendar has no such day (31/6, 29/2 of a common year,
// years outside 1900–2199, which in a return are always mistakes of typing).
func NewDate(y int, m time.Month, d int) (Date, bool) {
	t := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	if t.Year() != y || t.Month() != m || t.Day() != d || y < 1900 || y > 2199 {
		return Date{}, false
	}
	return Date{y, m, d}, true
}

// DateOf returns the day on which t falls in t's own zone.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// ParseDate reads an ISO day, 2025-06-30. The empty string is the zero Date.
func ParseDate(iso string) (Date, error) {
	if iso == "" {
		return Date{}, nil
	}
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return Date{}, fmt.Errorf("%q is not a day written as 2025-06-30", iso)
	}
	return DateOf(t), nil
}

// IsZero reports whether no date is known.
func (d Date) IsZero() bool { return d == Date{} }

// String is the ISO form, 2025-06-30, and empty for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Time is midnight of the day in zone loc.
func (d Date) Time(loc *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, loc)
}

// AddDays returns the day n days later (earlier where n is negative).
func (d Date) AddDays(n int) Date { return DateOf(d.Time(time.UTC).AddDate(0, 0, n)) }

// DaysUntil counts the days from d to e; it is negative where e is earlier.
func (d Date) DaysUntil(e Date) int {
	return int(e.Time(time.UTC).Sub(d.Time(time.UTC)).Hours() / 24)
}

// Before reports whether d is earlier than e.
func (d Date) Before(e Date) bool { return d.DaysUntil(e) > 0 }

// After reports whether d is later than e.
func (d Date) After(e Date) bool { return d.DaysUntil(e) < 0 }

// MonthEnd is the last day of the month of d.
func (d Date) MonthEnd() Date {
	return DateOf(time.Date(d.Year, d.Month+1, 0, 0, 0, 0, 0, time.UTC))
}

// MarshalText writes the ISO form, so that JSON and YAML show dates as text.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the ISO form.
func (d *Date) UnmarshalText(b []byte) error {
	v, err := ParseDate(string(b))
	if err != nil {
		return err
	}
	*d = v
	return nil
}
