package pipeline

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"tiendo/pipeline/progress"
)

// Moment is a time that recurs in every period of one kind: "friday 17:00" of a week, "day 25 17:00" of a month, and of
// the last month of a longer period. Days that a month does not have are its last day; "last day 17:00" always is.
type Moment struct {
	weekday time.Weekday // of weeks
	day     int          // of months and longer periods, from 1; 31 and more is the last day
	clock   Clock
}

// Clock is a time of day, in minutes after midnight.
type Clock int

// String is the clock as 17:00.
func (c Clock) String() string { return fmt.Sprintf("%02d:%02d", int(c)/60, int(c)%60) }

// ParseClock reads 17:00.
func ParseClock(s string) (Clock, error) {
	t, err := time.Parse("15:04", s)
	if err != nil {
		return 0, fmt.Errorf("%q is not a time of day such as 17:00", s)
	}
	return Clock(t.Hour()*60 + t.Minute()), nil
}

var (
	weekdays = []string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}
	ofMonth  = regexp.MustCompile(`^(?:day (\d{1,2})|(last) day) (\d{1,2}:\d{2})$`)
	ofWeek   = regexp.MustCompile(`^([a-z]+) (\d{1,2}:\d{2})$`)
)

// ParseMoment reads the moment of a period of that kind.
func ParseMoment(kind progress.PeriodKind, s string) (Moment, error) {
	s = strings.Join(strings.Fields(strings.ToLower(s)), " ")
	var m Moment
	var err error
	if kind == progress.Week {
		parts := ofWeek.FindStringSubmatch(s)
		if parts == nil || !slices.Contains(weekdays, parts[1]) {
			return m, fmt.Errorf("%q is not a moment of a week such as \"friday 17:00\"", s)
		}
		m.weekday = time.Weekday(slices.Index(weekdays, parts[1]))
		m.clock, err = ParseClock(parts[2])
		return m, err
	}
	parts := ofMonth.FindStringSubmatch(s)
	if parts == nil {
		return m, fmt.Errorf("%q is not a moment of a month such as \"day 25 17:00\" or \"last day 17:00\"", s)
	}
	m.day = 31
	if parts[1] != "" {
		if m.day, err = strconv.Atoi(parts[1]); err != nil || m.day < 1 || m.day > 31 {
			return m, fmt.Errorf("%q is not a day of a month, 1 to 31", parts[1])
		}
	}
	m.clock, err = ParseClock(parts[3])
	return m, err
}

// In is the moment in period p, in zone loc.
func (m Moment) In(p progress.Period, loc *time.Location) time.Time {
	day := p.End
	if p.Kind == progress.Week {
		day = p.Start.AddDays((int(m.weekday) + 6) % 7)
	} else if m.day < day.Day {
		day.Day = m.day
	}
	return time.Date(day.Year, day.Month, day.Day, int(m.clock)/60, int(m.clock)%60, 0, 0, loc)
}

// Edition is a kind of period that the office publishes: when returns are due, when the period is closed and the
// synthesis made, how many days before a deadline a task is "due soon", and for how many days after the close serve takes
// late returns into a revision; 0: never by itself.
type Edition struct {
	Kind       progress.PeriodKind
	Due        Moment
	Close      Moment
	SoonDays   int
	ReviseDays int
}

// ClosedBy is the newest period of the edition whose close is not after now.
func (e Edition) ClosedBy(now time.Time, loc *time.Location) progress.Period {
	p := progress.PeriodOf(e.Kind, progress.DateOf(now.In(loc)))
	for e.Close.In(p, loc).After(now) {
		p = p.Previous()
	}
	return p
}

// OpenAt is the period of the edition for which returns are sent at that moment: the first whose close lies after it.
func (e Edition) OpenAt(t time.Time, loc *time.Location) progress.Period {
	return e.ClosedBy(t, loc).Next()
}

// DuePeriods lists the periods that are closed and not yet published, in the order of their closes. last names the newest
// published period of each kind; of a kind that was never published only the newest closed period is due, since
// what lies before the office began is nobody's debt.
func DuePeriods(editions []Edition, last map[progress.PeriodKind]progress.Period, now time.Time, loc *time.Location) []progress.Period {
	var due []progress.Period
	closes := map[string]time.Time{}
	for _, e := range editions {
		newest := e.ClosedBy(now, loc)
		p := newest
		if l, ok := last[e.Kind]; ok {
			p = l.Next()
		}
		for ; !p.Start.After(newest.Start); p = p.Next() {
			due = append(due, p)
			closes[p.ID] = e.Close.In(p, loc)
		}
	}
	slices.SortStableFunc(due, func(a, b progress.Period) int {
		return cmp.Or(closes[a.ID].Compare(closes[b.ID]), cmp.Compare(len(a.ID), len(b.ID)), cmp.Compare(a.ID, b.ID))
	})
	return due
}
