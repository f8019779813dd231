package progress

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// span is one time named in a text: its days, and where it stands in the key.
type span struct {
	first, last Date
	precision   Precision
	at, end     int
	vague       bool // nobody can say on which day it begins
}

// Notations, the longest first: what one has taken, the next does not see. Group names say what each number is.
const (
	monthName  = `(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)`
	year       = `(?P<y>(?:19|20|21)\d\d)`
	quarterNo  = `(?:iii|ii|iv|i|[1-4])`
	listJoiner = `(?:-|,|;|/|\+| va | den | toi | hoac | and | to |&)`
	toYear     = `(?:/|-|\.|,|,? ?nam | |,? ?cua nam | of )`
	yearBehind = `(?:` + toYear + `(?:nam )?` + year + `|/(?P<yy>\d\d))?`
	monthNo    = `(?:thang|t) ?(?P<m>\d{1,2})` + yearBehind
	weekNo     = `(?:(?:tuan|weeks?) )?(?:thu |so )?`
	moreWeeks  = `(?:` + listJoiner + weekNo + `\d{1,2})*` + listJoiner + weekNo
)

var notations = func() []*regexp.Regexp {
	var all []*regexp.Regexp
	for _, p := range []string{
		`tuan (?:thu )?(?P<n0>\d{1,2})` + moreWeeks + `(?P<n>\d{1,2}),? ?(?:cua )?` + monthNo,
		`tuan (?P<n>(?:thu )?\d{1,2}|thu nhat|thu hai|thu ba|thu tu),? ?(?:cua )?` + monthNo,
		`(?P<n>(?:\d{1,2} |hai |ba )?tuan dau)(?: tien)?(?: cua)? ` + monthNo,
		`(?:tuan|weeks?) (?:thu |so )?(?P<w0>\d{1,2})` + moreWeeks + `(?P<w>\d{1,2})` + toYear + `(?:nam )?` + year,
		`(?:tuan|week) (?:thu |so )?(?P<w>\d{1,2})` + toYear + `(?:nam )?` + year,
		`w(?P<w>\d{1,2})[ /-]?` + year,
		year + `[ /-]?w(?P<w>\d{1,2})`,
		`(?:bat|khoi|lan|buoc) dau ` + monthNo, // begins in June, or the first time: not the first days of the month
		`(?P<days>\d{1,2}) ngay (?P<part>dau|cuoi)(?: cua)? ` + monthNo,
		`(?P<part>nua dau|nua cuoi|nua sau|thuong tuan|trung tuan|ha tuan|dau|giua)(?: cua)? ` + monthNo,
		`(?P<part>early|mid|first half of|second half of)[ -]` + monthName + `\.?[ ,/-]` + year,
		`(?P<d>\d{1,2}) thang (?P<m>\d{1,2})` + toYear + `(?:nam )?` + year,
		year + `[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})`,
		`(?P<d0>\d{1,2})-(?P<d>\d{1,2})/(?P<m>\d{1,2})[/.]` + year,
		`(?P<d>\d{1,2})/(?P<m>\d{1,2})[-/.](?:nam )?` + year,
		`(?P<d>\d{1,2})-(?P<m>\d{1,2})-` + year,
		`(?P<d>\d{1,2})\.(?P<m>\d{1,2})[./]` + year,
		`(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<yy>\d\d)`,
		`(?P<d>\d{1,2})-(?P<m>\d{1,2})-(?P<yy>\d\d)`,
		`(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<yy>\d\d)`,
		`(?P<d>\d{1,2})[-/.](?P<m>\d{1,2}) nam ` + year,
		`(?P<d>\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -]` + monthName + `\.?[ ,/-]` + year,
		monthName + `\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?,? ?` + year,
		`(?P<half>6|sau|06) ?(?:thang|t) (?P<end>dau|cuoi)(?: cua)?(?: nam)?[ /]` + year,
		`(?P<half>nua) (?P<end>dau|cuoi)(?: nam)?[ /]` + year,
		`(?P<nine>9|09|chin) thang(?: dau)?(?: nam)?[ /]` + year,
		`(?P<end>first|second) (?P<half>half)(?: of)? ` + year,
		`(?P<half>h)(?P<end>[12])[ /-]?` + year,
		year + `[ /-]?(?P<half>h)(?P<end>[12])`,
		`(?P<half>)(?P<end>cuoi|giua|het nua dau|end of|mid|late)[ -](?:nam )?` + year,
		`qu[yi] (?P<q0>` + quarterNo + `)` + listJoiner + `(?:qu[yi] )?(?:` + quarterNo + listJoiner + `(?:qu[yi] )?)*(?P<q>` + quarterNo + `)` + toYear + `(?:nam )?` + year,
		`(?:qu[yi] |q\.)(?P<q>` + quarterNo + `)(?:` + toYear + `(?:nam )?` + year + `)?`,
		`qu[yi] (?P<q>` + quarterNo + `)/(?P<yy>\d\d)`,
		`q(?:uarter )?(?P<q0>[1-4])-q?(?P<q>[1-4])[ /,-]?` + year,
		`q(?:uarter )?(?P<q>[1-4])(?:[ /,-]{0,2}| of )` + year,
		`(?:nam )?` + year + `[ /-]?q(?P<q>[1-4])`,
		`thang (?P<m0>\d{1,2})` + listJoiner + `(?:thang )?(?:\d{1,2}` + listJoiner + `(?:thang )?)*(?P<m>\d{1,2})` + toYear + `(?:nam )?` + year,
		`(?:thang|t) ?(?P<m>\d{1,2})` + toYear + `(?:nam )?` + year,
		`thang (?P<m>\d{1,2})/(?P<yy>\d\d)`,
		`(?P<m0>\d{1,2})-(?P<m>\d{1,2})/` + year,
		`(?P<m>\d{1,2})[-/.]` + year,
		monthName + `\.?[ ,/-]` + year,
		monthName + `-(?P<yy>\d\d)`,
		year + `[-/](?P<m>0[1-9]|1[0-2])`,
		`(?P<d>\d{1,2}) thang (?P<m>\d{1,2})`,
		`thang (?P<m>\d{1,2})`,
		`(?P<half>6|sau|06) ?(?:thang|t) (?P<end>dau|cuoi)(?: nam)?(?: nay)?`,
		`(?P<d>\d{1,2})[/.](?P<m>\d{1,2})`,
		`(?:tuan|week) (?:so )?(?P<w>0?[6-9]|[1-5]\d)`, // week 3 may be that of a month
		`(?:nam )?` + year,
	} {
		all = append(all, regexp.MustCompile(p))
	}
	return all
}()

// findSpans lists the times that the key names, in reading order. It returns false where one of them is impossible or lacks
// its year. A year that is not 0 is that of times without one, where the key names none at all.
func findSpans(s string, year int) ([]span, bool) {
	s = SpelledMonths(s)
	rest := []byte(s)
	var found []pieces
	for _, re := range notations {
		for _, at := range re.FindAllSubmatchIndex(rest, -1) {
			if !standsAlone(s, at[0], at[1]) {
				continue
			}
			p := pieces{at: at[0], end: at[1], values: map[string]string{}}
			for i, name := range re.SubexpNames() {
				if name != "" && at[2*i] >= 0 {
					p.values[name] = s[at[2*i]:at[2*i+1]]
				}
			}
			found = append(found, p)
			for i := at[0]; i < at[1]; i++ {
				rest[i] = '#'
			}
		}
	}
	slices.SortFunc(found, func(a, b pieces) int { return cmp.Compare(a.at, b.at) })
	if !lendYears(found, year) {
		return nil, false
	}
	spans := make([]span, 0, len(found))
	for _, p := range found {
		sp, ok := p.span()
		if !ok {
			return nil, false
		}
		spans = append(spans, sp)
	}
	return spans, true
}

// standsAlone keeps the numbers of documents out: 12/2025/QH15 names no month, 12/QĐ-2025 no year.
func standsAlone(s string, from, to int) bool {
	if from > 0 {
		switch c := s[from-1]; {
		case isWordByte(c):
			return false
		case c == '/' || c == '.':
			return false
		case c == '-' && symbolEnd.MatchString(s[:from]):
			return false
		case c == ' ' && strings.HasSuffix(s[:from-1], " so"), strings.HasSuffix(s[:from], "so:"):
			return false
		}
	}
	if to < len(s) {
		c := s[to]
		if isWordByte(c) {
			return false
		}
		if (c == '/' || c == '-') && to+1 < len(s) && s[to+1] >= 'a' && s[to+1] <= 'z' && !startsWithTime(s[to+1:]) {
			return false
		}
	}
	return true
}

var (
	// symbolEnd is the number of a document as far as its last dash: 12/QĐ- of 12/QĐ-2025.
	symbolEnd = regexp.MustCompile(`\d+/[a-z]+-$`)
	timeWord  = regexp.MustCompile(`^(thang|quy|nam|ngay|den|het|t\d|q\d|h\d|` + strings.Replace(monthName, "?P<name>", "?:", 1) + `)\b`)
)

func startsWithTime(s string) bool { return timeWord.MatchString(s) }

func isDigit(c byte) bool    { return c >= '0' && c <= '9' }
func isWordByte(c byte) bool { return isDigit(c) || c >= 'a' && c <= 'z' }

// pieces are the pieces of one notation as they stand in the key.
type pieces struct {
	values  map[string]string
	at, end int
}

// lendYears gives a week, month or quarter without a year the year of the next time named to its right, else to its left:
// "tháng 5 và tháng 6 năm 2025". Where no time has one, all take the year given, if that is not 0.
func lendYears(parts []pieces, year int) bool {
	hasYear := func(p pieces) bool { return p.values["y"] != "" || p.values["yy"] != "" }
	lend := func(from, to pieces) {
		to.values["y"], to.values["yy"] = from.values["y"], from.values["yy"]
	}
	for i := len(parts) - 2; i >= 0; i-- {
		if !hasYear(parts[i]) && hasYear(parts[i+1]) {
			lend(parts[i+1], parts[i])
			if y := atoi(parts[i].values["y"]); y > 0 && parts[i].laterInYear(parts[i+1]) {
				parts[i].values["y"] = strconv.Itoa(y - 1) // từ 15/12 đến 15/01/2026
			}
		}
	}
	for i := range parts {
		if hasYear(parts[i]) {
			continue
		}
		if i == 0 {
			if year == 0 {
				return false
			}
			parts[i].values["y"] = strconv.Itoa(year)
			continue
		}
		lend(parts[i-1], parts[i])
	}
	return true
}

// laterInYear reports two days, or two weeks, of which the first would come after the second in one year.
func (p pieces) laterInYear(q pieces) bool {
	if p.values["w"] != "" && q.values["w"] != "" {
		return atoi(p.values["w"]) > atoi(q.values["w"])
	}
	return p.isDay() && q.isDay() && atoi(p.values["m"]) > atoi(q.values["m"])
}

func (p pieces) isDay() bool { return p.values["d"] != "" && p.values["m"] != "" }

// span turns the pieces into days.
func (p pieces) span() (span, bool) {
	v := p.values
	y := atoi(v["y"])
	if v["yy"] != "" {
		y = 2000 + atoi(v["yy"])
	}
	m := atoi(v["m"])
	if v["name"] != "" {
		m = 1 + slices.Index([]string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}, v["name"][:3])
	}
	out := span{at: p.at, end: p.end}
	ok := true
	_, isHalf := v["half"]
	switch {
	case v["d"] != "":
		out.precision = Day
		out.last, ok = NewDate(y, time.Month(m), atoi(v["d"]))
		out.first = out.last
		if v["d0"] != "" && ok {
			out.precision = Range
			out.first, ok = NewDate(y, time.Month(m), atoi(v["d0"]))
		}
	case v["w"] != "":
		out.first, out.last, ok = weekSpan(y, atoi(cmp.Or(v["w0"], v["w"])), atoi(v["w"]))
		out.precision = Range
	case v["n"] != "":
		out.first, out.last, ok = weeksOfMonth(y, m, ordinalOf(cmp.Or(v["n0"], v["n"])), ordinalOf(v["n"]))
		out.precision = Range
	case v["part"] != "":
		out.first, out.last, ok = partOfMonth(y, m, v["part"], v["days"])
		out.precision = Range
		out.vague = v["part"] == "giua" || v["part"] == "mid"
	case v["nine"] != "":
		out.first, out.last, ok = monthSpan(y, 1, 9)
		out.precision = Range
	case isHalf:
		first := 7
		if slices.Contains([]string{"dau", "1", "first", "giua", "mid", "het nua dau"}, v["end"]) {
			first = 1
		}
		out.first, out.last, ok = monthSpan(y, first, first+5)
		out.precision = HalfOnly
	case v["q"] != "":
		from, to := quarterOf(cmp.Or(v["q0"], v["q"])), quarterOf(v["q"])
		out.first, out.last, ok = monthSpan(y, 3*from-2, 3*to)
		out.precision = QuarterOnly
		if from != to {
			out.precision = Range
		}
	case m != 0 || v["m"] != "":
		from := m
		if v["m0"] != "" {
			from = atoi(v["m0"])
		}
		out.first, out.last, ok = monthSpan(y, from, m)
		out.precision = MonthOnly
		if from != m {
			out.precision = Range
		}
	default:
		out.first, out.last, ok = monthSpan(y, 1, 12)
		out.precision = YearOnly
	}
	return out, ok
}

// monthSpan is the first day of month from and the last day of month to; false where they are not months in order.
func monthSpan(y, from, to int) (Date, Date, bool) {
	first, ok := NewDate(y, time.Month(from), 1)
	if !ok || from < 1 || to > 12 || from > to {
		return Date{}, Date{}, false
	}
	return first, Date{y, time.Month(to), 1}.MonthEnd(), true
}

// weekSpan is the Monday of ISO week from and the Sunday of ISO week to, as periods count weeks.
func weekSpan(y, from, to int) (Date, Date, bool) {
	first, err := ParsePeriod(fmt.Sprintf("%04d-W%02d", y, from))
	last, err2 := ParsePeriod(fmt.Sprintf("%04d-W%02d", y, to))
	return first.Start, last.End, err == nil && err2 == nil && from <= to
}

// weeksOfMonth is week from to week to of a month that begins on a Monday. In any other month offices count otherwise: from the week that
// holds the 1st, from the first whole week, or by sevens from the 1st. A week too early accuses a unit that is in time, so it is left unread.
func weeksOfMonth(y, m, from, to int) (Date, Date, bool) {
	first, _, ok := monthSpan(y, m, m)
	if !ok || WeekOf(first).Start != first || from < 1 || to > 4 || from > to {
		return Date{}, Date{}, false
	}
	return first.AddDays(7 * (from - 1)), first.AddDays(7*to - 1), true
}

// monthParts are the first and the last day of what a part of a month is called. The three times ten days (thượng, trung, hạ tuần) are those
// of the dictionary, which explains them as the first, middle and last ten days: so are "đầu" and "giữa tháng". Their last day is the latest
// that anyone can mean by them. "Cuối tháng" is the month itself, whose last day counts.
var monthParts = map[string][2]int{
	"nua dau": {1, 15}, "nua cuoi": {16, 31}, "nua sau": {16, 31}, "first half of": {1, 15}, "second half of": {16, 31},
	"thuong tuan": {1, 10}, "dau": {1, 10}, "early": {1, 10}, "trung tuan": {11, 20}, "giua": {11, 20}, "mid": {11, 20}, "ha tuan": {21, 31},
}

// partOfMonth is the part with this name, or as many of the first or last days as days says.
func partOfMonth(y, m int, part, days string) (Date, Date, bool) {
	first, last, ok := monthSpan(y, m, m)
	if !ok {
		return Date{}, Date{}, false
	}
	if days == "" {
		bounds := monthParts[part]
		return Date{y, time.Month(m), bounds[0]}, Date{y, time.Month(m), min(bounds[1], last.Day)}, true
	}
	n := atoi(days)
	switch {
	case n < 1 || n > last.Day:
		return Date{}, Date{}, false
	case part == "cuoi":
		return last.AddDays(1 - n), last, true
	}
	return first, first.AddDays(n - 1), true
}

// ordinalOf reads the number of a week of a month; 0 for several at once.
func ordinalOf(s string) int {
	s = strings.TrimPrefix(s, "thu ")
	if s == "tuan dau" {
		return 1
	}
	if n := 1 + slices.Index([]string{"nhat", "hai", "ba", "tu"}, s); n > 0 {
		return n
	}
	return atoi(s)
}

func quarterOf(s string) int {
	if n := 1 + slices.Index([]string{"i", "ii", "iii", "iv"}, s); n > 0 {
		return n
	}
	return atoi(s)
}

// impossibleDay reports a full date that the calendar does not have, such as 31/6/2025.
func impossibleDay(s string) bool { return fullDay.MatchString(s) }

var fullDay = regexp.MustCompile(`\d{1,2}[-/.]\d{1,2}[-/.]\d{4}`)

var spelledMonth = regexp.MustCompile(`((?:^|[^\d ]) ?)thang (mot|gieng|hai|ba|tu|bon|nam|sau|bay|tam|chin|muoi mot|muoi hai|muoi)((?: nam |/| )(?:19|20|21)\d\d)`)

var monthNumbers = map[string]string{"mot": "1", "gieng": "1", "hai": "2", "ba": "3", "tu": "4", "bon": "4", "nam": "5", "sau": "6", "bay": "7",
	"tam": "8", "chin": "9", "muoi": "10", "muoi mot": "11", "muoi hai": "12"}

// SpelledMonths writes months that a folded text spells out as figures, where the year stands behind them: "thang sau nam 2025" is
// 6/2025, while "6 thang nam 2025" counts months.
func SpelledMonths(s string) string {
	return spelledMonth.ReplaceAllStringFunc(s, func(m string) string {
		p := spelledMonth.FindStringSubmatch(m)
		return p[1] + "thang " + monthNumbers[p[2]] + p[3]
	})
}
