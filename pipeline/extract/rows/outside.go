package rows

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// What stands among or below the rows of a table and is none.

// isTotal reports a line that sums up.
func (b *body) isTotal(l line) bool {
	c := l.first()
	if c == nil {
		return false
	}
	text := c.Text
	if numberMark.MatchString(trimMark(text)) || romanMark.MatchString(trimMark(text)) {
		return false
	}
	if s := b.value(l, progress.FieldStatus); s != "" && b.status(s).known {
		return false
	}
	key := templates.Key(totalNumbers.ReplaceAllString(text, " "))
	if b.vocab.TotalsExact[key] {
		return true
	}
	if b.says(l, progress.FieldDue) || b.ticked(l) != "" {
		return false
	}
	for _, w := range b.vocab.TotalsStarting {
		if templates.StartsWith(key, w) {
			return true
		}
	}
	return false
}

var totalNumbers = regexp.MustCompile(`\([^()]*\)|[\d:.,=+%]+`)

// isNote reports a line below or between the rows that explains: "Ghi chú: …", "(*) …".
func (b *body) isNote(l line) bool {
	c := l.first()
	if c == nil || l.filled() > 2 || b.judged(l) || b.number(l) != "" && numberMark.MatchString(trimMark(b.number(l))) {
		return false
	}
	text := strings.TrimSpace(l.text())
	if strings.HasPrefix(text, "*") && b.startsGroup(text) {
		return false
	}
	if strings.HasPrefix(text, "*") || strings.HasPrefix(text, "(*)") || strings.HasPrefix(text, "./.") {
		return b.fullWidth(l) || l.filled() == 1 && b.value(l, b.keyField()) == ""
	}
	key := templates.Key(text)
	for _, w := range b.vocab.Notes {
		if templates.StartsWith(key, w) && strings.Contains(text, ":") && strings.Index(text, ":") <= len(w)*3 {
			return b.open == nil || b.fullWidth(l) || b.value(l, b.keyField()) == "" || l.filled() == 1
		}
	}
	return false
}

var placeAndDate = regexp.MustCompile(`(?i)^\s*[\pL\s.()-]*,?\s*ngày\s*[\d.…_ ]*\s*tháng\s*[\d.…_ ]*\s*năm\s*[\d.…_ ]*\s*$`)

// isClosing reports the first line of the block of signatures and recipients: no number, nothing judged, and no task behind it.
func (b *body) isClosing(i int, l line) bool {
	c := l.first()
	if c == nil || b.judgedForGroup(l) || numberMark.MatchString(trimMark(b.number(l))) || !b.closingWords(l) {
		return false
	}
	for _, next := range b.section.lines[i+1:] {
		if n := trimMark(b.number(next)); numberMark.MatchString(n) && b.value(next, b.keyField()) != "" && next.filled() > 2 {
			return false
		}
	}
	return true
}

// closingWords reports whether every cell of the line is of the closing block, and one begins with its words.
func (b *body) closingWords(l line) bool {
	found := false
	for _, c := range l.cells {
		text := c.own()
		if text == "" {
			continue
		}
		if placeAndDate.MatchString(text) || b.closes(text) {
			found = true
			continue
		}
		if utf8.RuneCountInString(text) > 60 {
			return false
		}
	}
	return found
}

// capacity is how a signature says in whose place it stands. The dot tells it from words.
var capacity = regexp.MustCompile(`^\s*(TM|KT|TL|TUQ|Q|TH)\s*\.\s*\pL`)

func (b *body) closes(text string) bool {
	if capacity.MatchString(text) {
		return true
	}
	key := templates.Key(strings.TrimLeft(text, "( "))
	for _, w := range b.vocab.Closing {
		if len(w) > 3 && templates.StartsWith(key, w) && len(strings.Fields(text)) <= len(strings.Fields(w))+closingSlack(text) {
			return true
		}
	}
	return false
}

// closingSlack: the recipients may stand in one cell with their heading; an office is short.
func closingSlack(text string) int {
	if strings.Contains(text, ":") || strings.Contains(text, "\n") {
		return 200
	}
	return 6
}

// quote shortens a text for a finding.
func quote(text string) string {
	const longest = 120
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= longest {
		return text
	}
	return string([]rune(text)[:longest]) + "…"
}
