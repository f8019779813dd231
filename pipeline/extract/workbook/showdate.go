package workbook

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/progress"
)

// showDate fills in a cell whose number v counts days. Whatever order the format has, the day is written as
// Vietnamese offices do; what the format leaves out is left out.
func (s section) showDate(c *grid.Cell, v float64, date1904 bool) {
	days := math.Floor(v)
	seconds := int(math.Round((v - days) * 86400))
	if seconds == 86400 {
		days, seconds = days+1, 0
	}
	if v > 2958466 { // after the year 9999
		c.Text = general(v)
		return
	}
	clock := s.clock(int(days), seconds)
	if !s.has("ymd") {
		c.Text = clock
		return
	}
	y, m, d := civil(int(days), date1904)
	var parts []string
	precision := progress.YearOnly
	if s.has("d") {
		precision = progress.Day
		parts = append(parts, fmt.Sprintf("%02d", d))
	}
	if s.has("m") {
		if precision != progress.Day {
			precision = progress.MonthOnly
		}
		parts = append(parts, fmt.Sprintf("%02d", m))
	}
	if s.has("y") {
		parts = append(parts, fmt.Sprintf("%04d", y))
	}
	c.Text = strings.TrimSpace(strings.Join(parts, "/") + " " + clock)
	if date, ok := progress.NewDate(y, time.Month(m), d); ok {
		c.Kind, c.Date, c.Precision = grid.Date, date, precision
	} else {
		c.Kind = grid.Text // a day that the calendar has not, or far from our time: shown, never understood
	}
}

// clock writes the time of day, or the time elapsed, as far as the section shows it.
func (s section) clock(days, seconds int) string {
	switch {
	case s.has("H"):
		text := fmt.Sprintf("%d:%02d", days*24+seconds/3600, seconds/60%60)
		if s.has("s") {
			text += fmt.Sprintf(":%02d", seconds%60)
		}
		return text
	case s.has("N"):
		return fmt.Sprintf("%d:%02d", days*1440+seconds/60, seconds%60)
	case s.has("S"):
		return strconv.Itoa(days*86400 + seconds)
	case s.has("h") && s.has("s"):
		return fmt.Sprintf("%02d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60)
	case s.has("h"):
		return fmt.Sprintf("%02d:%02d", seconds/3600, seconds/60%60)
	case s.has("s"):
		return fmt.Sprintf("%02d:%02d", seconds/60%60, seconds%60)
	}
	return ""
}

// civil is the day of a serial number. The 1900 system counts a 29/02/1900 that never was, and a day 0.
func civil(days int, date1904 bool) (year, month, day int) {
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case date1904:
		epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case days == 60:
		return 1900, 2, 29
	case days == 0:
		return 1900, 1, 0
	case days < 60:
		epoch = epoch.AddDate(0, 0, 1)
	}
	t := epoch.AddDate(0, 0, days)
	return t.Year(), int(t.Month()), t.Day()
}
