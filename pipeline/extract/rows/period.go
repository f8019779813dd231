package rows

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// longestTitle is how long a text is at the most, in bytes, that may name the period: a page of it is none.
const longestTitle = 2000

// declaredPeriod is the id of the period that the titles name. A line with a label ("Kỳ báo cáo: …") goes before a title, a title
// before the name of the worksheet; a week before a month, a month before a year. A period without its year takes the one
// named nearest to it. Documents and the day of signing name no period.
func declaredPeriod(titles []title) string {
	var labelled, plain, sheets []string
	for _, t := range titles {
		text := t.text
		if len(text) > longestTitle {
			continue
		}
		switch {
		case t.sheet:
			sheets = append(sheets, text)
			continue
		case !t.above:
			continue
		}
		if periodLabel.MatchString(templates.Key(text)) {
			labelled = append(labelled, text+" "+t.next)
			continue
		}
		plain = append(plain, text)
	}
	year := nearestYear(slices.Concat(labelled, plain))
	for i, group := range [][]string{labelled, plain, sheets} {
		if id := bestPeriod(group, year, i == 0); id != "" {
			return id
		}
	}
	return ""
}

var (
	periodLabel = regexp.MustCompile(`^(ki bao cao|ki|thoi ki bao cao|thoi ki|period|reporting period|tuan bao cao|thang bao cao|bao cao ki|bao cao tuan|bao cao thang|thoi gian bao cao|giai doan bao cao)\b`)
	periodID    = regexp.MustCompile(`(?i)\b((?:19|20|21)\d\d)-(W\d\d|Q[1-4]|H[12]|9M)\b`)
	monthID     = regexp.MustCompile(`\b((?:19|20|21)\d\d)-(0[1-9]|1[0-2])\b(?:[^-\d]|$)`)
	// Documents are named with their own days and years.
	annexTo     = regexp.MustCompile(`\b(kem theo|can cu)\b.*$`)
	documentDay = regexp.MustCompile(`(\bso \d+.*?) ngay \d{1,2} (?:thang )?\d{1,2} (?:nam )?\d{4}`)
	documentNo  = regexp.MustCompile(`\bso \d+ \d{4}\b`)
	ahead       = regexp.MustCompile(`\b(ke hoach|nhiem vu|phuong huong|trong tam) (trong )?(tuan|thang|quy|nam) (toi|sau|tiep)|\b(tuan|thang|quy) (toi|sau|tiep theo|truoc)\b`)
	ofDay       = regexp.MustCompile(`\b(ngay \d{1,2}|tinh den|den ngay|so lieu den) thang \d{1,2} nam \d{4}`)

	anyYear     = regexp.MustCompile(`\b((?:19|20|21)\d\d)\b`)
	weekNo      = regexp.MustCompile(`\b(?:tuan|week|w) ?(?:thu |so )?(\d{1,2})\b(?: (thang))?(?:(?: nam)? ((?:19|20|21)\d\d)\b)?`)
	weekOfMonth = regexp.MustCompile(`\b(?:tuan|week|w) ?(?:thu |so )?(\d{1,2}) thang (\d{1,2})\b(?:(?: nam)? ((?:19|20|21)\d\d)\b)?`)
	oneMonth    = regexp.MustCompile(`(?i)(?:^|[^\d/.-])(\d{1,2})\s*(?:[-–]|đến(?: ngày| hết ngày)?)\s*(\d{1,2})(?:\s*[/.-]\s*|\s+tháng\s+)(\d{1,2})(?:\s*[/.-]\s*|\s+năm\s+)((?:19|20|21)\d\d)`)
	twoDays     = regexp.MustCompile(`\b(\d{1,2}) (\d{1,2})(?: ((?:19|20|21)\d\d))? (?:den |toi |to |- )?(\d{1,2}) (\d{1,2}) ((?:19|20|21)\d\d)\b`)
	monthNo     = regexp.MustCompile(`\b(?:thang|month) (\d{1,2})\b(?:(?: nam)? ((?:19|20|21)\d\d)\b)?`)
	monthYear   = regexp.MustCompile(`\bt ?(\d{1,2}) (?:nam )?((?:19|20|21)\d\d)\b`) // T5/2025
	monthName   = regexp.MustCompile(`\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* ((?:19|20|21)\d\d)\b`)
	quarterNo   = regexp.MustCompile(`\b(?:qu[yi]|quarter|q) ?(iii|ii|iv|i|[1-4])\b(?:(?: nam)? ((?:19|20|21)\d\d)\b)?`)
	halfNo      = regexp.MustCompile(`\b(?:(?:6|sau) thang|6t)(?: (dau|cuoi))?(?: nam)?(?: ((?:19|20|21)\d\d)\b)?`)
	nineNo      = regexp.MustCompile(`\b(?:(?:9|chin) thang|9t)(?: dau)?(?: nam)?(?: ((?:19|20|21)\d\d)\b)?`)
	yearNo      = regexp.MustCompile(`\bnam ((?:19|20|21)\d\d)\b`)
)

// periodKey is a line as the patterns read it: folded, without documents. The line of place and day of signing is empty.
func periodKey(text string) string {
	if placeAndDate.MatchString(text) {
		return ""
	}
	key := annexTo.ReplaceAllString(progress.SpelledMonths(progress.Fold(text)), "")
	key = documentDay.ReplaceAllString(key, "$1")
	return documentNo.ReplaceAllString(key, "")
}

// nearestYear is the year of the week whose days the titles name (week 1 may begin in December), else the first year that they
// name beside no document, else the year of the day of signing.
func nearestYear(titles []string) int {
	for _, t := range titles {
		if id := periodByDays(t, periodKey(t), 0); strings.Contains(id, "-W") {
			return number(id[:4])
		}
	}
	for _, read := range []func(string) string{periodKey, progress.Fold} {
		for _, t := range titles {
			if m := anyYear.FindString(read(t)); m != "" {
				return number(m)
			}
		}
	}
	return 0
}

// bestPeriod is the first period of the shortest kind that the lines name. A bare year counts only behind a label or in the title of a
// report.
func bestPeriod(lines []string, year int, labelled bool) string {
	finds := []func(text, key string, year int) string{periodByID, periodByWeek, periodByDays, periodByPart, periodByMonth}
	for _, find := range finds {
		for _, text := range lines {
			key := periodKey(text)
			if ahead.MatchString(key) {
				continue
			}
			if id := find(text, key, year); id != "" {
				return id
			}
		}
	}
	for _, text := range lines {
		key := periodKey(text)
		if weekNo.MatchString(key) || monthNo.MatchString(key) {
			continue
		}
		if m := yearNo.FindStringSubmatch(key); m != nil && (labelled || strings.Contains(key, "bao cao")) {
			return valid(m[1])
		}
		if labelled {
			if m := anyYear.FindString(key); m != "" {
				return valid(m)
			}
		}
	}
	return ""
}

func periodByID(text, _ string, _ int) string {
	if m := periodID.FindStringSubmatch(text); m != nil {
		return valid(m[1] + "-" + strings.ToUpper(m[2]))
	}
	if m := monthID.FindStringSubmatch(text); m != nil {
		return valid(m[1] + "-" + m[2])
	}
	return ""
}

// periodByWeek reads "Tuần 20 năm 2025", and "Tuần 3 tháng 5" where its ways of counting agree.
func periodByWeek(_, key string, year int) string {
	m := weekNo.FindStringSubmatch(key)
	if m == nil {
		return ""
	}
	if m[2] != "" {
		if m := weekOfMonth.FindStringSubmatch(key); m != nil {
			return weekInMonth(number(m[1]), number(m[2]), cmp.Or(number(m[3]), year))
		}
		return ""
	}
	if m[3] != "" {
		year = number(m[3])
	}
	if year == 0 {
		return ""
	}
	return valid(fmt.Sprintf("%04d-W%02d", year, number(m[1])))
}

// weekInMonth is the n-th week of a month. The first is the one that holds the 1st, or the first with most of its days in the month;
// where these differ the words alone do not tell the week.
func weekInMonth(n, month, year int) string {
	first, ok := progress.NewDate(year, time.Month(month), 1)
	if !ok || n < 1 || n > 5 {
		return ""
	}
	ofFirst := progress.PeriodOf(progress.Week, first)
	if ofFirst.Start.AddDays(3).Month != first.Month {
		return ""
	}
	return progress.PeriodOf(progress.Week, first.AddDays(7*(n-1))).ID
}

// periodByDays reads "từ ngày 12/5/2025 đến ngày 18/5/2025": up to seven days are the week of the last one, a month or
// what a decree counts as one (15th to 14th) the month of the last one.
func periodByDays(text, key string, _ int) string {
	m := twoDays.FindStringSubmatch(bareDays(key))
	if key == "" {
		return ""
	}
	if days := oneMonth.FindStringSubmatch(text); m == nil && days != nil { // 12-16/5/2025
		m = []string{"", days[1], days[3], "", days[2], days[3], days[4]}
	}
	if m == nil {
		return ""
	}
	last, ok := progress.NewDate(number(m[6]), time.Month(number(m[5])), number(m[4]))
	firstYear := last.Year
	if m[3] != "" {
		firstYear = number(m[3])
	} else if number(m[2]) > int(last.Month) {
		firstYear--
	}
	first, ok2 := progress.NewDate(firstYear, time.Month(number(m[2])), number(m[1]))
	if !ok || !ok2 {
		return ""
	}
	kind := progress.Year
	switch n := first.DaysUntil(last) + 1; {
	case n < 1 || n > 366:
		return ""
	case n <= 7:
		kind = progress.Week
	case n >= 27 && n <= 31:
		kind = progress.Month
	case n >= 89 && n <= 93:
		kind = progress.Quarter
	case n >= 180 && n <= 185:
		kind = progress.HalfYear
	case n >= 272 && n <= 275:
		kind = progress.NineMonths
	case n < 364:
		return ""
	}
	return progress.PeriodOf(kind, last).ID
}

var dayWords = regexp.MustCompile(`\b(\d{1,2}h\d{0,2}|\d{1,2} gio( \d{1,2} phut)?|ngay|het|thang|nam|thu (hai|ba|tu|nam|sau|bay)|chu nhat|from)\b`)

// bareDays takes the words out of "12 tháng 5 đến ngày 18 tháng 5 năm 2025".
func bareDays(key string) string {
	return strings.Join(strings.Fields(dayWords.ReplaceAllString(key, " ")), " ")
}

// periodByPart reads quarters, half-years and nine months.
func periodByPart(_, key string, year int) string {
	pick := func(named string) int {
		if named != "" {
			return number(named)
		}
		return year
	}
	id := ""
	if m := nineNo.FindStringSubmatch(key); m != nil && pick(m[1]) > 0 {
		id = fmt.Sprintf("%04d-9M", pick(m[1]))
	} else if m := halfNo.FindStringSubmatch(key); m != nil && pick(m[2]) > 0 {
		id = fmt.Sprintf("%04d-H%d", pick(m[2]), map[bool]int{true: 2, false: 1}[m[1] == "cuoi"])
	} else if m := quarterNo.FindStringSubmatch(key); m != nil && pick(m[2]) > 0 {
		q := 1 + slices.Index([]string{"i", "ii", "iii", "iv"}, m[1])
		if q == 0 {
			q = number(m[1])
		}
		id = fmt.Sprintf("%04d-Q%d", pick(m[2]), q)
	}
	return valid(id)
}

func periodByMonth(_, key string, year int) string {
	if weekOfMonth.MatchString(key) {
		return "" // a week, whichever it is
	}
	if m := monthName.FindStringSubmatch(key); m != nil {
		return valid(fmt.Sprintf("%s-%02d", m[2], 1+strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", m[1])/3))
	}
	if m := monthYear.FindStringSubmatch(key); m != nil {
		return valid(m[2] + "-" + fmt.Sprintf("%02d", number(m[1])))
	}
	m := monthNo.FindStringSubmatch(ofDay.ReplaceAllString(key, ""))
	if m == nil {
		return ""
	}
	if m[2] != "" {
		year = number(m[2])
	}
	if year == 0 {
		return ""
	}
	return valid(fmt.Sprintf("%04d-%02d", year, number(m[1])))
}

// valid is the id, or nothing where the calendar has no such period.
func valid(id string) string {
	if _, err := progress.ParsePeriod(id); err != nil {
		return ""
	}
	return id
}

func number(s string) int { n, _ := strconv.Atoi(s); return n }
