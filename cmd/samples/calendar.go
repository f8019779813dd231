package main

import (
	"fmt"
	"time"

	"tiendo/pipeline/progress"
)

// edition is one period for which returns are due.
type edition struct {
	progress.Period
	close    progress.Date // data date: the Friday of a week, the 25th of a month
	soonDays int
	title    string // as titles of returns write it: TUẦN 20 NĂM 2025
}

// weekEditions are n consecutive ISO weeks, the last one being last.
func weekEditions(last string, n int) []edition {
	p, err := progress.ParsePeriod(last)
	if err != nil {
		panic(err)
	}
	out := make([]edition, n)
	for i := n - 1; i >= 0; i-- {
		out[i] = edition{p, p.Start.AddDays(4), 7, fmt.Sprintf("TUẦN %s NĂM %s", p.ID[6:], p.ID[:4])}
		p = p.Previous()
	}
	return out
}

// monthEdition closes on the 25th of the month itself.
func monthEdition(id string) edition {
	p, err := progress.ParsePeriod(id)
	if err != nil {
		panic(err)
	}
	return edition{p, p.Start.AddDays(24), 15, fmt.Sprintf("THÁNG %s NĂM %s", id[5:], id[:4])}
}

// at is a moment of the edition's closing day, or some days before it, in the office's zone.
func (e edition) at(daysBefore, hour, minute int) time.Time {
	t := e.close.AddDays(-daysBefore).Time(zone)
	return t.Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
}

// slash writes a day as returns do: 9/5/2025 is 09/5/2025, months from 3 on have no zero (Decree 30).
func slash(d progress.Date) string {
	if d.Month < 3 {
		return fmt.Sprintf("%02d/%02d/%d", d.Day, int(d.Month), d.Year)
	}
	return fmt.Sprintf("%02d/%d/%d", d.Day, int(d.Month), d.Year)
}
