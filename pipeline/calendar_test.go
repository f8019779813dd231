package pipeline

import (
	"slices"
	"testing"
	"time"

	"tiendo/pipeline/progress"
)

var hanoi = time.FixedZone("ICT", 7*3600)

func period(t *testing.T, id string) progress.Period {
	t.Helper()
	p, err := progress.ParsePeriod(id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestMomentInPeriod(t *testing.T) {
	// Days counted on a calendar: 16 May 2025 is the Friday of ISO week 20; 2024 is a leap year.
	tests := map[string]struct{ moment, period, want string }{
		"friday of a week":             {"friday 17:00", "2025-W20", "2025-05-16T17:00"},
		"sunday ends the ISO week":     {"sunday 23:30", "2025-W20", "2025-05-18T23:30"},
		"monday begins it":             {"Monday 8:00", "2025-W01", "2024-12-30T08:00"},
		"day of a month":               {"day 25 17:00", "2025-05", "2025-05-25T17:00"},
		"a day the month lacks":        {"day 31 17:00", "2025-04", "2025-04-30T17:00"},
		"last day, leap February":      {"last day 17:00", "2024-02", "2024-02-29T17:00"},
		"quarter, in its last month":   {"day 14 17:00", "2025-Q2", "2025-06-14T17:00"},
		"half year, in its last month": {"day 14 17:00", "2025-H2", "2025-12-14T17:00"},
		"nine months, in September":    {"day 14 17:00", "2025-9M", "2025-09-14T17:00"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			p := period(t, tt.period)
			m, err := ParseMoment(p.Kind, tt.moment)
			if err != nil {
				t.Fatal(err)
			}
			if got := m.In(p, hanoi).Format("2006-01-02T15:04"); got != tt.want {
				t.Errorf("%s in %s is %s, want %s", tt.moment, tt.period, got, tt.want)
			}
		})
	}
}

func TestParseMomentRefuses(t *testing.T) {
	for _, bad := range []struct {
		kind progress.PeriodKind
		text string
	}{
		{progress.Week, "day 25 17:00"}, {progress.Week, "freitag 17:00"}, {progress.Week, "friday"},
		{progress.Month, "friday 17:00"}, {progress.Month, "day 32 17:00"}, {progress.Month, "day 0 17:00"}, {progress.Month, "day 3 25:00"},
	} {
		if m, err := ParseMoment(bad.kind, bad.text); err == nil {
			t.Errorf("%q was taken as %v", bad.text, m)
		}
	}
}

func testEditions(t *testing.T) []Edition {
	t.Helper()
	moment := func(k progress.PeriodKind, s string) Moment {
		m, err := ParseMoment(k, s)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	return []Edition{
		{Kind: progress.Week, Due: moment(progress.Week, "friday 15:00"), Close: moment(progress.Week, "friday 17:00")},
		{Kind: progress.Month, Due: moment(progress.Month, "day 25 15:00"), Close: moment(progress.Month, "day 25 17:00")},
	}
}

func TestDuePeriods(t *testing.T) {
	at := func(s string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04", s, hanoi)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	tests := map[string]struct {
		now  string
		last []string // newest published of each kind
		want []string
	}{
		"a minute before the close":             {"2025-05-16 16:59", []string{"2025-W19", "2025-04"}, nil},
		"at the close":                          {"2025-05-16 17:00", []string{"2025-W19", "2025-04"}, []string{"2025-W20"}},
		"three weeks off, a month's end inside": {"2025-06-02 09:00", []string{"2025-W19", "2025-04"}, []string{"2025-W20", "2025-W21", "2025-05", "2025-W22"}},
		"a new office owes only the newest":     {"2025-05-17 09:00", nil, []string{"2025-04", "2025-W20"}},
		"over the end of a year":                {"2026-01-03 09:00", []string{"2025-W51", "2025-12"}, []string{"2025-W52", "2026-W01"}},
		"clock set back":                        {"2025-05-01 09:00", []string{"2025-W19", "2025-04"}, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			last := map[progress.PeriodKind]progress.Period{}
			for _, id := range tt.last {
				p := period(t, id)
				last[p.Kind] = p
			}
			var got []string
			for _, p := range DuePeriods(testEditions(t), last, at(tt.now), hanoi) {
				got = append(got, p.ID)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("due %v, want %v", got, tt.want)
			}
		})
	}
}

func TestZoneDecidesTheDay(t *testing.T) {
	// 16 May 10:00 UTC is 17:00 in Hà Nội: closed there.
	e := testEditions(t)[0]
	if got := e.ClosedBy(time.Date(2025, 5, 16, 10, 0, 0, 0, time.UTC), hanoi).ID; got != "2025-W20" {
		t.Errorf("closed period %s, want 2025-W20", got)
	}
	if got := e.ClosedBy(time.Date(2025, 5, 16, 9, 59, 0, 0, time.UTC), hanoi).ID; got != "2025-W19" {
		t.Errorf("closed period %s, want 2025-W19", got)
	}
}
