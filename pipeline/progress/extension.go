package progress

import (
	"regexp"
	"slices"
	"strings"
)

// Extension is one approved move of a deadline, as the plan's column of approving documents has it.
type Extension struct {
	Document string `json:"document"` // as it is named: Công văn số 123/VPCP-KSTT; empty where the text names none
	Issued   Date   `json:"issued"`   // day of the document; zero where the text gives none
	Due      Due    `json:"due"`      // the deadline that it sets; zero where the text gives none
	Text     string `json:"text"`     // as written
}

// DeadlineStep is one move in the history of a deadline: from one to the next, by the documents that approved it.
type DeadlineStep struct {
	From      Due         `json:"from"`
	To        Due         `json:"to"`
	Approvals []Extension `json:"approvals,omitempty"` // none where the plan names no document
}

// Words names the documents of a step as the plan writes them.
func (s DeadlineStep) Words() string {
	texts := make([]string, len(s.Approvals))
	for i, e := range s.Approvals {
		texts[i] = e.Text
	}
	return strings.Join(texts, "; ")
}

// Differs compares what deadlines mean, not how they are written.
func (d Due) Differs(e Due) bool { return d.Date != e.Date || d.Regular != e.Regular }

// Extended: the plan has another deadline in force than at first. A plan without a column for the first has none.
func (t Task) Extended() bool {
	return (t.OriginalDue.Text != "" || !t.OriginalDue.Date.IsZero()) && t.OriginalDue.Differs(t.Due)
}

// Extensions reads the plan's column of approving documents. It is read from the words, which is all that a stored plan holds.
func (t Task) Extensions() []Extension { return ParseExtensions(t.Extension) }

// DeadlineHistory is the way of the deadline from the original one to the one in force. A document that sets no deadline of its own
// stands with the next move that is known.
func (t Task) DeadlineHistory() []DeadlineStep {
	at := t.OriginalDue
	if at.Text == "" && at.Date.IsZero() {
		at = t.Due
	}
	var steps []DeadlineStep
	var waiting []Extension
	move := func(to Due) {
		steps = append(steps, DeadlineStep{From: at, To: to, Approvals: waiting})
		at, waiting = to, nil
	}
	for _, e := range t.Extensions() {
		waiting = append(waiting, e)
		switch {
		case e.Due.Date.IsZero() || !e.Due.Differs(at):
		case !e.Due.Differs(t.Due): // in the plan's own words
			move(t.Due)
		default:
			move(e.Due)
		}
	}
	if at.Differs(t.Due) {
		move(t.Due)
	} else if len(waiting) > 0 && len(steps) > 0 {
		last := &steps[len(steps)-1]
		last.Approvals = append(slices.Clone(last.Approvals), waiting...)
	}
	return steps
}

var (
	// documentWritten is a document by number and symbol, with the kind before it where one stands, or by kind and number alone. A
	// symbol in small letters is one only behind its kind.
	documentWritten = regexp.MustCompile(`(?i:` + documentKind + `\s*(?:số\s*:?\s*)?|số\s*:?\s*)?(` + documentSymbol + `)|` +
		`(?i:` + documentKind + `\s*(?:số\s*:?\s*)?)\d+(?:(?:[/-]\d{4})?(?:[/-]\p{Ll}[\p{Ll}&\d]*)+)?`)
	// issuedAfter is the day of a document, right behind its number.
	issuedAfter = regexp.MustCompile(`(?i)^[\s,(]*(?:(?:ký|ban hành)\s+)?(?:ngày(?:\s+(?:ký|ban hành))?|dated|of)?\s*:?\s*(\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})`)
	// newDeadline stands before the deadline that an extension sets; the last counts: "từ 30/6/2025 đến 30/9/2025".
	newDeadline    = regexp.MustCompile(`(?is)^.*(?:^|[\s(,:])(?:đến|tới|sang|thành|until|to)\s(.*)$`)
	numbered       = regexp.MustCompile(`(?i)^(?:[-+•]\s*)?lần\s*(?:thứ\s*)?\S+(?:[\s:]|$)`)
	extends        = regexp.MustCompile(`(?i)^(?:[-+•]\s*)?(?:gia hạn|điều chỉnh|lùi|kéo dài|extended)(?:[\s:]|$)`)
	extensionSigns = regexp.MustCompile(`[;\n\r]+|,\s|\s+(?:và|and|[+&])\s+`)
	// approvedBy ends what stands before a document: "đến 31/12/2025 theo Quyết định …".
	approvedBy = regexp.MustCompile(`(?i)[\s(]+(?:theo|tại|bằng|căn cứ|by|under)\s*$`)
)

const (
	documentSymbol = `\d+\s*(?:[/-]\s*\d{4}\s*)?[/-]\s*\p{Lu}[\p{Lu}&\d]*\p{Ll}?(?:[-/]\p{Lu}[\p{Lu}&\d]*\p{Ll}?)*`
	documentKind   = `(?:công văn|văn bản|quyết định|thông báo|nghị định|công điện|tờ trình|nghị quyết|kết luận|chỉ thị|phiếu trình|CV|VB|QĐ|TB|TTr|NQ|KL)`
)

// ParseExtensions reads the documents that approved extensions: "CV 123/VPCP-KSTT ngày 12/5/2025", "Quyết định số 45/QĐ-TTg ngày
// 03/02/2025 (đến 30/9/2025)", "gia hạn đến Quý III/2025 theo Công văn số …", several of them joined by semicolons, commas, line breaks
// or "lần 2:". All words of the text are in one of the extensions, whether or not anything can be read from them.
func ParseExtensions(text string) []Extension {
	var out []Extension
	open, from, end := false, 0, 0 // the extension under way: text[from:end]
	close := func() {
		if t := strings.TrimSpace(text[from:end]); open && t != "" {
			out = append(out, parseExtension(t))
		}
		open = false
	}
	add := func(a, b int) {
		piece := strings.TrimSpace(text[a:b])
		if piece == "" {
			return
		}
		if open && beginsAnother(text[from:end], piece) {
			close()
		}
		if !open {
			open, from = true, a
		}
		end = b
	}
	at := 0
	for _, sign := range extensionSigns.FindAllStringIndex(text, -1) {
		add(at, sign[0])
		at = sign[1]
	}
	add(at, len(text))
	close()
	return out
}

// beginsAnother: the piece is not of the extension before it, because it is numbered or names a document of its own, or because it
// sets a deadline and the one before has its own, or no document yet.
func beginsAnother(before, piece string) bool {
	documented := documentWritten.MatchString(before)
	switch {
	case numbered.MatchString(piece), documented && documentWritten.MatchString(piece):
		return true
	case extends.MatchString(piece):
		return !documented || newDeadline.MatchString(before)
	}
	return false
}

func parseExtension(text string) Extension {
	e := Extension{Text: text}
	rest := text
	if m := documentWritten.FindStringIndex(text); m != nil {
		e.Document = strings.Join(strings.Fields(text[m[0]:m[1]]), " ")
		tail := text[m[1]:]
		if day := issuedAfter.FindStringSubmatchIndex(tail); day != nil {
			if issued, ok := ParseDay(tail[day[2]:day[3]]); ok {
				e.Issued = issued
			}
			tail = tail[day[1]:]
		}
		rest = approvedBy.ReplaceAllString(text[:m[0]], "") + " " + tail
	}
	words := newDeadline.FindStringSubmatch(rest)
	if words == nil {
		return e
	}
	if due, ok := ParseDueIn(strings.Trim(words[1], " ()[].,"), e.Issued.Year); ok && !due.Date.IsZero() {
		e.Due = due
	}
	return e
}

var wholeSymbol = regexp.MustCompile(documentSymbol)

// DocumentNumbers lists the numbers with symbol that a text names, in one spelling: blanks, accents and leading zeros aside. The kind may
// be spelled out in one text and left out in the other.
func DocumentNumbers(text string) []string {
	var out []string
	for _, symbol := range wholeSymbol.FindAllString(text, -1) {
		out = append(out, strings.TrimLeft(strings.ReplaceAll(Fold(symbol), " ", ""), "0"))
	}
	return out
}
