package progress

import (
	"cmp"
	"regexp"
	"slices"
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
// A text may name several spans ("Quý II-III/2025", "từ 01/5/2025 đến 30/6/2025"): then the precision is [Range] from
// the first day of the earliest to the last day of the latest. What stands in brackets counts only where nothing
// outside them names a time.
func ParseDue(text string) (Due, bool) {
	due := Due{Text: strings.TrimSpace(text), Precision: NoDate}
	if len(text) > longestDue {
		return due, false
	}
	s := dueKey(text)
	if s == "" {
		return due, false
	}
	if outside := strings.TrimSpace(bracketed.ReplaceAllString(s, " ")); outside != "" && outside != s {
		if d, ok := readDue(due, outside); ok {
			return d, true
		}
	}
	return readDue(due, strings.NewReplacer("(", " ", ")", " ").Replace(s))
}

// ParseDay reads one day: 30/6/2025, 30.06.2025, ngày 30 tháng 6 năm 2025, 2025-06-30, 30 June 2025, or a spreadsheet's serial number of a
// day (45838). It returns false where the text names no day, several, or one that the calendar does not have.
func ParseDay(text string) (Date, bool) {
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
	spans, ok := findSpans(s)
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
	regularWork = regexp.MustCompile(`\b(thuong xuyen|hang (nam|thang|quy|tuan|ngay)|dinh ky|lien tuc|khong (xac dinh )?(thoi )?(han|thoi han)|khong thoi han|\d+ (thang|nam|tuan|quy)/(1 )?lan|(moi|1) (nam|thang|quy|tuan)/?(1|mot)? lan|ongoing|on going|regular|regularly|continuous|continuously|recurring|annual|annually|every year|monthly|quarterly|weekly|no deadline|permanent)\b`)
	// openEnd after a date makes it the first date of work that then goes on.
	openEnd = regexp.MustCompile(`\b(nhung|cac) nam (tiep theo|tiep|sau|ke tiep)\b|\btro di\b|\bva (cac )?nam sau\b|\bva tiep tuc\b|\bva thuong xuyen\b|\bonwards?\b|\band (the )?(following|subsequent) years\b`)
	// Wording that makes any date beside it a part of the condition, not a deadline …
	conditionFirst = regexp.MustCompile(`^(ngay )?sau (khi|thoi diem|ngay)\b|^(ngay )?khi \D|^sau \d+ (ngay|thang|nam|tuan)\b|^(trong )?(vong|thoi han) \d+ (ngay|thang)|^trong \d+ (ngay|thang|tuan)\b|^cham nhat (la )?\d+ (ngay|thang) (lam viec )?(sau|ke tu|tu)\b|^(after|upon|once|when|within \d+)\b`)
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
func readDue(due Due, s string) (Due, bool) {
	s = strings.TrimSpace(s)
	if d, ok := serialDay(s); ok {
		due.Date, due.Precision = d, Day
		return due, true
	}
	if conditionFirst.MatchString(s) {
		due.Conditional = true
		return due, true
	}
	s = laterYears.ReplaceAllString(s, "")
	spans, ok := findSpans(s)
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
	case regular != nil && regular[0] < spans[0].at:
		due.Regular = true // "Thường xuyên, từ năm 2025"
		return due, true
	}
	due.Open = regular != nil || openEnd.MatchString(s) || strings.HasPrefix(s, "tu ") && len(spans) == 1 && !strings.Contains(s, "den")
	spans = lastMove(s, spans)
	for i := range spans {
		if strictlyBefore.MatchString(s[:spans[i].at]) && !inclusive.MatchString(s) {
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

// span is one time named in a text: its days, and where it stands in the key.
type span struct {
	first, last Date
	precision   Precision
	at, end     int
}

// Notations, the longest first: what one has taken, the next does not see. Group names say what each number is.
const (
	monthName  = `(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)`
	year       = `(?P<y>(?:19|20|21)\d\d)`
	quarterNo  = `(?:iii|ii|iv|i|[1-4])`
	listJoiner = `(?:-|,|;|/|\+| va | den | toi | hoac | and | to |&)`
	toYear     = `(?:/|-|\.|,|,? ?nam | |,? ?cua nam | of )`
)

var notations = func() []*regexp.Regexp {
	var all []*regexp.Regexp
	for _, p := range []string{
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
		`qu[yi] (?P<q>` + quarterNo + `)(?:` + toYear + `(?:nam )?` + year + `)?`,
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
		`thang (?P<m>\d{1,2})`,
		`(?P<d>\d{1,2})[/.](?P<m>\d{1,2})`,
		`(?:nam )?` + year,
	} {
		all = append(all, regexp.MustCompile(p))
	}
	return all
}()

// findSpans lists the times that the key names, in reading order. It returns false where one of them is impossible or lacks
// its year.
func findSpans(s string) ([]span, bool) {
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
	if !lendYears(found) {
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
		case c == '-' && from > 1 && !isDigit(s[from-2]) && s[from-2] != ' ' && isDigit(s[from]) && looksLikeNumberOfDocument(s[:from]):
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

// looksLikeNumberOfDocument reports whether the text ends in a symbol such as 12/qd-.
func looksLikeNumberOfDocument(s string) bool { return symbolEnd.MatchString(s) }

var (
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

// lendYears gives a month or quarter without a year the year of the next time named to its right, else to its left:
// "tháng 5 và tháng 6 năm 2025".
func lendYears(parts []pieces) bool {
	hasYear := func(p pieces) bool { return p.values["y"] != "" || p.values["yy"] != "" }
	lend := func(from, to pieces) {
		to.values["y"], to.values["yy"] = from.values["y"], from.values["yy"]
	}
	for i := len(parts) - 2; i >= 0; i-- {
		if !hasYear(parts[i]) && hasYear(parts[i+1]) {
			lend(parts[i+1], parts[i])
		}
	}
	for i := range parts {
		if hasYear(parts[i]) {
			continue
		}
		if i == 0 {
			return false
		}
		lend(parts[i-1], parts[i])
	}
	return true
}

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

func quarterOf(s string) int {
	if n := 1 + slices.Index([]string{"i", "ii", "iii", "iv"}, s); n > 0 {
		return n
	}
	return atoi(s)
}

// impossibleDay reports a full date that the calendar does not have, such as 31/6/2025.
func impossibleDay(s string) bool { return fullDay.MatchString(s) }

var fullDay = regexp.MustCompile(`\d{1,2}[-/.]\d{1,2}[-/.]\d{4}`)
