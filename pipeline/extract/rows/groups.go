package rows

import (
	"regexp"
	"slices"
	"strings"

	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// leaveGroups ends the group that a task stands beside, not below: task 2 is no part of the group 1 with its tasks 1.1 and 1.2.
func (b *body) leaveGroups(no string) {
	if !numberMark.MatchString(no) {
		return
	}
	mark := markKind(no, "")
	if at := slices.IndexFunc(b.groups, func(g group) bool { return g.mark == mark }); at >= 0 {
		b.groups = b.groups[:at]
	}
}

// group is a group row above.
type group struct {
	mark  string // kind of its number: roman, letter, 1, 1.1, part, none
	text  string
	ahead bool     // names what is planned for the next period
	had   standing // the caption status that it replaced
	said  string
}

func groupPath(groups []group) string {
	texts := make([]string, len(groups))
	for i, g := range groups {
		texts[i] = g.text
	}
	return strings.Join(texts, " / ")
}

// isGroup reports whether a line names a group of tasks and is no task: a Roman number or letter without status
// and deadline, one text over the whole width, or the head of numbered sub-tasks with nothing of its own.
func (b *body) isGroup(i int, l line) bool {
	no := trimMark(b.number(l))
	task := b.value(l, b.keyField())
	if b.kind == UnitRegister {
		return b.fullWidth(l)
	}
	if b.judgedForGroup(l) {
		return false
	}
	if b.fullWidth(l) {
		return true
	}
	switch {
	case romanMark.MatchString(no) || letterMark.MatchString(no):
		return task != "" || l.filled() > 1 || b.wordsOf(l) != ""
	case no == "" && task != "" && (l.filled() == 1 || l.filled() == 2 && b.number(l) != ""): // "*" may stand where the numbers do
		text := task
		return groupMark.MatchString(text) || b.startsGroup(text) || b.purely(text).known || b.aloneAndNumbered(i, l)
	case l.filled() == 1 && task == "" && !numberMark.MatchString(no) && !bulletMark.MatchString(no):
		return groupMark.MatchString(l.text()) || b.startsGroup(l.text()) || b.purely(l.text()).known || b.aloneAndNumbered(i, l)
	case numberMark.MatchString(no):
		return !b.says(l, progress.FieldLead, progress.FieldResult, progress.FieldProduct, progress.FieldCooperating, progress.FieldEvidence, progress.FieldPerson) && b.headsSubtasks(i, no)
	}
	return false
}

// judgedForGroup: a group row may carry a stray word or a sum in these columns; only what can be read as a status, a deadline or a
// mark makes it a task.
func (b *body) judgedForGroup(l line) bool {
	if b.ticked(l) != "" {
		return true
	}
	if s := b.value(l, progress.FieldStatus); s != "" && b.status(s).known {
		return true
	}
	if d := b.value(l, progress.FieldDue); d != "" {
		if _, ok := b.due(d); ok {
			return true
		}
	}
	return b.says(l, progress.FieldLead) && b.says(l, progress.FieldPercent)
}

func (b *body) wordsOf(l line) string {
	for _, c := range l.cells {
		if c.own() != "" && !romanMark.MatchString(trimMark(c.Text)) {
			return c.Text
		}
	}
	return ""
}

func (b *body) startsGroup(text string) bool {
	key := templates.Key(text)
	for _, w := range b.vocab.Groups {
		if templates.StartsWith(key, w) && len(strings.Fields(text)) <= 30 {
			return true
		}
	}
	return false
}

// aloneAndNumbered: the table numbers its tasks, and this text has no number, nothing beside it, and a numbered task below it.
func (b *body) aloneAndNumbered(i int, l line) bool {
	if !b.section.heading.has(progress.FieldNo) || b.open != nil && l.page > 0 && l.pageStart {
		return false
	}
	for _, next := range b.section.lines[i+1:] {
		if next.filled() > 0 {
			return b.value(next, progress.FieldNo) != ""
		}
	}
	return false
}

// headsSubtasks reports whether the next line with a number is a sub-task of number no: 1.1 after 1; a) with a status of its own.
func (b *body) headsSubtasks(i int, no string) bool {
	for _, next := range b.section.lines[i+1:] {
		if next.filled() == 0 {
			continue
		}
		n := trimMark(b.number(next))
		if n == "" {
			return bulletText.MatchString(b.value(next, b.keyField())) && b.judged(next)
		}
		return strings.HasPrefix(n, no+".") || bulletMark.MatchString(n) && b.judged(next)
	}
	return false
}

// pushGroup puts a group row on the path: it ends the groups of its own kind and all below them.
func (b *body) pushGroup(l line) {
	no := trimMark(b.number(l))
	text := b.value(l, b.keyField())
	if text == "" || l.filled() == 1 || l.caption {
		text = b.groupText(l)
	}
	g := group{mark: markKind(no, text), text: text, ahead: b.isAhead(text)}
	if at := slices.IndexFunc(b.groups, func(o group) bool { return o.mark == g.mark }); at >= 0 {
		if b.groups[at].had.known || b.groups[at].said != "" {
			b.caption, b.said = standing{}, ""
		}
		b.groups = b.groups[:at]
	}
	if p := b.purely(text); p.known {
		g.had, g.said = p.standing, p.text
		b.caption, b.said = p.standing, p.text
	}
	if g.ahead {
		b.leaveOut("next", l.origin(), map[string]string{"found": quote(text)})
	}
	b.groups = append(b.groups, g)
}

// groupText is the longest text of the line: a group row may have its number, or a sum, in cells of their own.
func (b *body) groupText(l line) string {
	longest := ""
	for _, c := range l.cells {
		if len(c.own()) > len(longest) {
			longest = c.Text
		}
	}
	return longest
}

var (
	romanStart  = regexp.MustCompile(`^\s*[IVXLC]+\s*[.)/:-]`)
	letterStart = regexp.MustCompile(`^\s*[A-ZĐ]\s*[.)/:-]`)
	numberStart = regexp.MustCompile(`^\s*(\d+(?:\.\d+)*)\s*[.)/:-]?\s`)
	partStart   = regexp.MustCompile(`(?i)^\s*(phần|mục|nhóm|chương|lĩnh vực|giai đoạn)\s`)
)

// markKind says which kind of number a group has; groups of one kind are beside each other, not within.
func markKind(no, text string) string {
	if no != "" && !strings.ContainsAny(no, " ") {
		switch {
		case no == "I" || no == "V" || no == "X" || romanMark.MatchString(no) && len(no) > 1:
			return "roman"
		case letterMark.MatchString(no):
			return "letter"
		case numberMark.MatchString(no):
			return strings.Repeat("1.", strings.Count(no, ".")+1)
		}
	}
	switch {
	case romanStart.MatchString(text) && !letterOnly(text):
		return "roman"
	case letterStart.MatchString(text):
		return "letter"
	case partStart.MatchString(text):
		return strings.ToLower(strings.Fields(text)[0])
	}
	if m := numberStart.FindStringSubmatch(text); m != nil {
		return strings.Repeat("1.", strings.Count(m[1], ".")+1)
	}
	return "none"
}

// letterOnly: C and D, L, M begin lists of letters far more often than they are Roman numbers.
func letterOnly(text string) bool {
	return strings.HasPrefix(strings.TrimSpace(text), "C") && !strings.HasPrefix(strings.TrimSpace(text), "CX") || strings.HasPrefix(strings.TrimSpace(text), "L.")
}
