package rows

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// declared finds the unit and the period that the words outside the tables name.
func (r *reader) declared() (unit, period string) {
	return r.declaredUnit(), declaredPeriod(r.titles)
}

// declaredUnit is the unit as it names itself: after a label ("Đơn vị báo cáo: …"), as the body that issues the paper, or in the title
// ("BÁO CÁO của Sở Y tế").
func (r *reader) declaredUnit() string {
	for _, find := range []func(title) string{r.labelledUnit, r.unitOfTitle} {
		for _, t := range r.titles {
			if !t.above || t.sheet {
				continue
			}
			if name := find(t); name != "" {
				return name
			}
		}
		if name := r.issuingBody(); name != "" {
			return name
		}
	}
	return r.loneUnit()
}

var (
	// nextLabel ends a name where another label begins on the same line.
	nextLabel = regexp.MustCompile(`(?i)\s{3,}|\t|;|\s[-–]?\s*\(?(kỳ báo cáo|kỳ|thời gian|thời kỳ|tuần|tháng \d|quý [IV\d]|năm \d|period|week|người báo cáo|ngày báo cáo|mã đơn vị)(\s|:)`)
	leaders   = regexp.MustCompile(`[.…_\s]{3,}$|^[.…_\s]+$`)
)

// labelledUnit reads "Đơn vị báo cáo: Vụ Kế hoạch - Tài chính", also where the name stands in the next cell.
func (r *reader) labelledUnit(t title) string {
	label, name, colon := strings.Cut(t.text, ":")
	if !isOneOf(r.vocab.UnitLabels, templates.Key(label)) {
		return ""
	}
	name = cleanName(name)
	if name == "" && t.next != "" && (colon || r.beginsUnit(t.next)) {
		name = cleanName(t.next)
	}
	if r.vocab.Measures[templates.Key(name)] {
		return ""
	}
	return name
}

func isOneOf(keys []string, key string) bool {
	for _, k := range keys {
		if k == key {
			return true
		}
	}
	return false
}

// cleanName cuts what follows a name, and the dots of an unfilled form.
func cleanName(name string) string {
	name = strings.TrimSpace(strings.ReplaceAll(name, "\n", " "))
	if at := nextLabel.FindStringIndex(name); at != nil {
		name = name[:at[0]]
	}
	return strings.Trim(leaders.ReplaceAllString(name, ""), " .,;:–-()*")
}

// beginsUnit reports whether a text begins as names of units do.
func (r *reader) beginsUnit(text string) bool {
	key := templates.Key(text)
	for _, stop := range r.vocab.NotUnits {
		if templates.StartsWith(key, stop) {
			return false
		}
	}
	for _, w := range r.vocab.UnitWords {
		if templates.StartsWith(key, w) {
			return isPlain(text) || r.vocab.UnitSpellings[templates.Spelling(text)]
		}
	}
	return false
}

// isPlain reports whether the first word of a text is written without accents, as "So Y te" is.
func isPlain(text string) bool {
	word, _, _ := strings.Cut(strings.TrimSpace(text), " ")
	return strings.ToLower(word) == progress.Fold(word)
}

var ofUnit = regexp.MustCompile(`(?i)(?:báo cáo|biểu|bảng|phụ lục|tổng hợp|tiến độ|kết quả)\b.*?\s(?:của|do)\s+(\pL.*)$`)

// unitOfTitle reads "BÁO CÁO tiến độ của Sở Y tế tuần 20".
func (r *reader) unitOfTitle(t title) string {
	m := ofUnit.FindStringSubmatch(t.text)
	if m == nil {
		return ""
	}
	name := m[1]
	if !r.beginsUnit(name) {
		return ""
	}
	if at := endOfUnit.FindStringIndex(name); at != nil {
		name = name[:at[0]]
	}
	return cleanName(name)
}

var endOfUnit = regexp.MustCompile(`(?i)[(,]|\s(về|trong|tuần|tháng|quý|năm|kỳ|từ ngày|tính đến|đến ngày|gửi|thực hiện|triển khai|giao|tại)(\s|$)`)

// republic cuts the other half of a letterhead whose two halves came as one line.
var republic = regexp.MustCompile(`(?i)\s*(cộng h[oò][aà] xã hội|cộng hoà xã hội|đảng cộng sản việt nam|độc lập\s*[-–]\s*tự do).*$`)

var endOfRepublic = regexp.MustCompile(`(?i)\s*việt nam$`)

// issuingBody is the lower of the bodies in the letterhead: a department stands below its ministry.
func (r *reader) issuingBody() string {
	var last title                   // the line that named body
	body, seen, open := "", 0, false // open: the name of the republic goes on in the next line
	for _, t := range r.titles {
		if !t.above || t.sheet {
			continue
		}
		if !t.row {
			seen++ // figures on a sheet before it are no part of the letterhead
		}
		if seen > 15 {
			break
		}
		whole := t.text
		if open {
			whole = endOfRepublic.ReplaceAllString(whole, "")
		}
		open = strings.HasSuffix(templates.Key(whole), "xa hoi chu nghia")
		text := strings.TrimSpace(republic.ReplaceAllString(whole, ""))
		key := templates.Key(text)
		switch {
		case key == "" || isOneOf(r.vocab.Letterhead, key):
			continue
		case t.inner && body != "" && isCapitals(text) && !r.beginsUnit(text) && !startsAny(key, r.vocab.TitleWords):
			body += " " + text // a name that takes two lines
			continue
		case body != "" && isCapitals(text) && (strings.HasPrefix(key, "va ") || strings.HasPrefix(text, "-")):
			body += " " + text
			continue
		case startsAny(key, r.vocab.TitleWords):
			return cleanName(body)
		case bareBody.MatchString(templates.Key(body)) && ofPlace.MatchString(key) && isCapitals(text):
			body += " " + text // ỦY BAN NHÂN DÂN / XÃ TÂN HÒA
			continue
		case !r.beginsUnit(text) || len(strings.Fields(text)) > 15:
			continue
		case !isCapitals(text) && (body == "" || !isBelow(t, last) || strings.Contains(text, ":")):
			continue
		}
		body, last = text, t
	}
	return cleanName(body)
}

var (
	// bareBody is half of a name: the place stands in the line below.
	bareBody = regexp.MustCompile(`^(uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|dang uy|hdnd va ubnd|uy ban mttq viet nam)$`)
	ofPlace  = regexp.MustCompile(`^(xa|phuong|dac khu|thi tran|huyen|quan|thi xa|thanh pho|tp|tinh)\b`)
)

// isBelow reports whether a title stands in the cell just below another one.
func isBelow(t, above title) bool {
	column := strings.TrimRight(above.origin.Cell, "0123456789")
	row, err := strconv.Atoi(strings.TrimPrefix(above.origin.Cell, column))
	return err == nil && column != "" && t.origin.Sheet == above.origin.Sheet && t.origin.Cell == column+strconv.Itoa(row+1)
}

// loneUnit is a line above the table that is the name of a unit and nothing else, or the end of a title behind a dash.
func (r *reader) loneUnit() string {
	for _, t := range r.titles {
		if !t.above || t.sheet || t.row || placeAndDate.MatchString(t.text) {
			continue
		}
		text := t.text
		if parts := behindDash.Split(text, -1); len(parts) > 1 && startsAny(templates.Key(text), r.vocab.TitleWords) {
			text = parts[len(parts)-1]
		}
		if r.beginsUnit(text) && len(strings.Fields(text)) <= 12 && !strings.ContainsAny(text, ":;") {
			return cleanName(text)
		}
	}
	return ""
}

var behindDash = regexp.MustCompile(`\s[-–—]\s`)

func startsAny(key string, words []string) bool {
	for _, w := range words {
		if templates.StartsWith(key, w) {
			return true
		}
	}
	return false
}

// isCapitals reports whether every letter is a capital.
func isCapitals(text string) bool {
	letters := 0
	for _, r := range text {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters > 1
}
