package progress

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// ParseDue reads the wordings of deadlines that Vietnamese offices use, and their English ones; accents, case and
// decomposed letters do not matter. Days are read day/month/year only, and 6/2025 is always a month. The last day of
// the span that is named is the deadline; "trước ngày 01/7/2025" means the day before. It returns false for an empty
// text, for a date that the calendar does not have, and for wording that names no time (and no year: "Quý II").
//
// A week is that of the calendar, Monday to Sunday, and its precision [Range], as is that of a part of a month (nửa đầu, giữa tháng 6/2025).
// What offices count in more than one way is not read: weeks of a month that does not begin on a Monday, "trước giữa tháng 6/2025".
//
// A text may name several spans ("Quý II-III/2025", "từ 01/5/2025 đến 30/6/2025"): then the precision is [Range] from
// the first day of the earliest to the last day of the latest. What stands in brackets counts only where nothing
// outside them names a time.
func ParseDue(text string) (Due, bool) { return ParseDueIn(text, 0) }

// ParseDueIn is [ParseDue] for wording that may leave its year to the paper it stands in: 15/5, Quý III, tháng 6. The year is lent only where
// the text names none; year 0 lends none.
func ParseDueIn(text string, year int) (Due, bool) {
	due := Due{Text: strings.TrimSpace(text), Precision: NoDate}
	if len(text) > longestDue {
		return due, false
	}
	s := dueKey(text)
	if s == "" {
		return due, false
	}
	if outside := strings.TrimSpace(bracketed.ReplaceAllString(s, " ")); outside != "" && outside != s {
		if d, ok := readDue(due, outside, year); ok {
			return d, true
		}
	}
	return readDue(due, strings.NewReplacer("(", " ", ")", " ").Replace(s), year)
}

// ParseDay reads one day: 30/6/2025, 30.06.2025, ngày 30 tháng 6 năm 2025, 2025-06-30, 30 June 2025, or a spreadsheet's serial number of a
// day (45838). It returns false where the text names no day, several, or one that the calendar does not have.
func ParseDay(text string) (Date, bool) { return ParseDayIn(text, 0) }

// ParseDayIn is [ParseDay] for a day that may leave its year to the paper it stands in (12/5); year 0 lends none.
func ParseDayIn(text string, year int) (Date, bool) {
	if len(text) > longestDue {
		return Date{}, false
	}
	s := dueKey(text)
	if outside := strings.TrimSpace(bracketed.ReplaceAllString(s, " ")); outside != "" {
		s = outside
	}
	if d, ok := serialDay(s); ok {
		return d, true
	}
	spans, ok := findSpans(s, year)
	if !ok || len(spans) != 1 || spans[0].precision != Day {
		return Date{}, false
	}
	return spans[0].last, true
}

// longestDue bounds, in bytes, what is taken for a deadline; a longer text is prose.
const longestDue = 1000

var (
	bracketed = regexp.MustCompile(`\([^()]*\)|\[[^\[\]]*\]`)
	// regularWork is wording for work without an end. "6 tháng/lần" says how often, "15/12 hằng năm" when each year.
	regularWork = regexp.MustCompile(`\b(thuong xuyen|hang (nam|thang|quy|tuan|ngay)|dinh ky|lien tuc|khong (xac dinh )?(thoi )?(han|thoi han)|khong thoi han|((moi|mot|\d+) )?(nam|thang|quy|tuan)(/| )((1|mot) )?lan|ongoing|on going|regular|regularly|continuous|continuously|recurring|annual|annually|every year|monthly|quarterly|weekly|no deadline|permanent)\b`)
	// openEnd after a date makes it the first date of work that then goes on.
	openEnd = regexp.MustCompile(`\b(nhung|cac) nam (tiep theo|tiep|sau|ke tiep)\b|\btro di\b|\bva (cac )?nam sau\b|\bva tiep tuc\b|\bva thuong xuyen\b|\bonwards?\b|\band (the )?(following|subsequent) years\b`)
	// Wording that makes any date beside it a part of the condition, not a deadline …
	conditionFirst = regexp.MustCompile(`^(ngay )?sau (khi|thoi diem|ngay)\b|^(ngay )?khi \D|^sau \d+ (ngay|thang|nam|tuan)\b|^(trong )?(vong|thoi han) \d+ (ngay|thang)|^trong \d+ (ngay|thang|tuan)\b|^cham nhat (la )?\d+ (ngay|thang) (lam viec )?(sau|ke tu|tu)\b|^(after|upon|once|when|within \d+)\b`)
	// … but the first days or months of a time that is named are no such part …
	firstOfTime = regexp.MustCompile(`^(trong )?(vong |thoi han )?\d+ (ngay|thang|tuan) (dau|cuoi)( tien)?( cua)? (thang|quy|nam|t\d|(19|20|21)\d\d)`)
	// … and wording that is one only where no date stands beside it.
	condition = regexp.MustCompile(`\b(theo (tien do|ke hoach|lo trinh|yeu cau|chi dao|quy dinh|chuong trinh|thoi gian|thoi han|dien bien|tinh hinh|tung)|sau khi|ke tu (khi|ngay)|khi (co|duoc|luat|nghi|du an|de an)|tuy (theo|thuoc)|phu hop voi tien do|as scheduled|as required|as planned|to be determined|tbd|chua xac dinh|after|upon)\b`)
	// laterYears cuts what a programme only looks forward to: "2021-2025, định hướng đến 2030".
	laterYears = regexp.MustCompile(`[,;]? ?\b(dinh huong|tam nhin|huong (den|toi)|with a vision)\b.*$`)
	// movedTo between two dates: the later wording replaces the earlier.
	movedTo = regexp.MustCompile(`\b(gia han|dieu chinh|lui|doi|chuyen|sang|thanh|extended|moved|postponed)\b`)
	// strictlyBefore, at the end of what stands before a date.
	strictlyBefore = regexp.MustCompile(`\b(truoc|before|prior to)( (thoi diem|moc|ngay|thang|quy|nam))?[ :,]?$`)
	inclusive      = regexp.MustCompile(`\b(truoc (hoac|va) trong|trong (hoac|va) truoc|truoc het)\b`)
)

// readDue reads a key without brackets.
func readDue(due Due, s string, year int) (Due, bool) {
	s = strings.TrimSpace(s)
	if d, ok := serialDay(s); ok {
		due.Date, due.Precision = d, Day
		return due, true
	}
	if conditionFirst.MatchString(s) && !firstOfTime.MatchString(s) {
		due.Conditional = true
		return due, true
	}
	s = laterYears.ReplaceAllString(s, "")
	spans, ok := findSpans(s, year)
	if !ok {
		if regularWork.MatchString(s) && !impossibleDay(s) {
			due.Regular = true
			return due, true
		}
		return due, false
	}
	regular := regularWork.FindStringIndex(s)
	switch {
	case len(spans) == 0 && regular != nil:
		due.Regular = true
		return due, true
	case len(spans) == 0:
		due.Conditional = condition.MatchString(s)
		return due, due.Conditional
	case regular != nil && regular[0] <= spans[0].at:
		due.Regular = true // "Thường xuyên, từ năm 2025"
		return due, true
	}
	due.Open = regular != nil || openEnd.MatchString(s) || strings.HasPrefix(s, "tu ") && len(spans) == 1 && !strings.Contains(s, "den")
	spans = lastMove(s, spans)
	for i := range spans {
		if strictlyBefore.MatchString(s[:spans[i].at]) && !inclusive.MatchString(s) {
			if spans[i].vague {
				return due, false
			}
			spans[i].last = spans[i].first.AddDays(-1)
			spans[i].first = Date{}
		}
	}
	first, last := spans[0].first, spans[0].last
	for _, p := range spans[1:] {
		if !p.first.IsZero() && p.first.Before(first) {
			first = p.first
		}
		if p.last.After(last) {
			last = p.last
		}
	}
	due.Date, due.Precision = last, spans[0].precision
	if len(spans) > 1 {
		due.Precision = Range
	}
	if due.Precision == Range {
		due.From = first
	}
	return due, true
}

// lastMove drops the dates that a later one replaces: "30/6/2025, gia hạn đến 30/9/2025".
func lastMove(s string, spans []span) []span {
	for i := len(spans) - 1; i > 0; i-- {
		if movedTo.MatchString(s[spans[i-1].end:spans[i].at]) {
			return spans[i:]
		}
	}
	return spans
}

// dueKey folds a text as [Fold] does, but keeps the signs that dates are written with and drops the spaces around
// them: "Quý II – III / 2025." becomes "quy ii-iii/2025".
func dueKey(text string) string {
	var b strings.Builder
	word := func(w string) {
		if k := Fold(w); k != "" {
			b.WriteString(k)
		}
	}
	start := -1
	for i, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			word(text[start:i])
			start = -1
		}
		switch r {
		case '/', '.', ',', ';', ':', '(', ')', '[', ']', '-':
			b.WriteRune(r)
		case '–', '—', '‐', '‑', '−', '~', '÷', '→':
			b.WriteByte('-')
		default:
			b.WriteByte(' ')
		}
	}
	if start >= 0 {
		word(text[start:])
	}
	s := spacedSign.ReplaceAllString(strings.Join(strings.Fields(b.String()), " "), "$1")
	return strings.Trim(s, " .,;:-/")
}

var spacedSign = regexp.MustCompile(` *([/.,;:-]) *`)

// serialDay reads a number that a spreadsheet keeps for a day (days since 30/12/1899), between 2000 and 2099.
func serialDay(s string) (Date, bool) {
	n, err := strconv.Atoi(s)
	if err != nil || len(s) != 5 || n < 36526 || n > 73050 {
		return Date{}, false
	}
	return Date{1899, time.December, 30}.AddDays(n), true
}
