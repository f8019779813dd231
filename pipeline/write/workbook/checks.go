package workbook

import (
	"strings"

	"github.com/xuri/excelize/v2"

	"tiendo/pipeline/progress"
)

// addFindings writes every finding with what to do about it.
func (b *book) addFindings() error {
	type finding = progress.Finding
	text := func(key string, width float64, of func(finding) string) column[finding] {
		return column[finding]{key: key, width: width, cell: func(f finding) cell { return b.text(of(f)) }}
	}
	return addList(b, list[finding]{id: "findings", items: b.synthesis.Findings, columns: []column[finding]{
		text("unit", 26, func(f finding) string { return b.unitName(f.Unit) }),
		text("file", 28, func(f finding) string { return f.File }),
		text("place", 18, func(f finding) string { return b.place(f.Origin) }),
		b.severityColumn(func(f finding) progress.Severity { return f.Severity }),
		text("rule", 8, func(f finding) string { return f.Rule }),
		text("key", 18, func(f finding) string { return f.Key() }),
		text("since", 11, func(f finding) string { return f.Since }),
		{key: "code", width: 9, cell: func(f finding) cell {
			return b.code(f.Task, f.TaskKey(), f.Unit)
		}},
		text("message", 60, func(f finding) string { message, _ := b.words.Finding(f); return message }),
		text("remedy", 44, func(f finding) string { _, remedy := b.words.Finding(f); return remedy }),
	}})
}

func (b *book) severityColumn(of func(progress.Finding) progress.Severity) column[progress.Finding] {
	return column[progress.Finding]{key: "severity", width: 11, rules: b.severityRules(), cell: func(f progress.Finding) cell {
		return b.severity(of(f))
	}}
}

func (b *book) severity(s progress.Severity) cell {
	return b.text(b.words.Say("workbook.severity." + string(s)))
}

func (b *book) severityRules() []excelize.ConditionalFormatOptions {
	var out []excelize.ConditionalFormatOptions
	for _, s := range []progress.Severity{progress.SeverityError, progress.SeverityWarning} {
		out = append(out, equals(b.words.Say("workbook.severity."+string(s)), b.style.severity[s]))
	}
	return out
}

// addRules writes how often each rule was broken.
func (b *book) addRules() error {
	type rule = progress.RuleCount
	return addList(b, list[rule]{id: "rules", items: b.synthesis.Rules, columns: []column[rule]{
		{key: "rule", width: 12, cell: func(r rule) cell { return b.text(r.Rule) }},
		{key: "checked", width: 52, cell: func(r rule) cell { return b.text(b.words.Say("rule." + r.Rule)) }},
		{key: "severity", width: 14, rules: b.severityRules(), cell: func(r rule) cell { return b.severity(r.Severity) }},
		{key: "times", width: 14, cell: func(r rule) cell {
			return cell{value: r.Count, style: b.style.count, figure: "rule." + r.Rule + "." + string(r.Severity)}
		}},
	}})
}

// addSubmissions writes what became of the return of every reporting unit.
func (b *book) addSubmissions() error {
	type submission = progress.Submission
	count := func(key string, of func(submission) int) column[submission] {
		return column[submission]{key: key, width: 10, cell: func(s submission) cell { return b.count(of(s)) }}
	}
	text := func(key string, width float64, of func(submission) string) column[submission] {
		return column[submission]{key: key, width: width, cell: func(s submission) cell { return b.text(of(s)) }}
	}
	errors := count("errors", func(s submission) int { return s.Errors })
	errors.rules = b.alarm()
	columns := []column[submission]{
		text("unit", 34, func(s submission) string { return b.unitName(s.Unit) }),
		{key: "punctuality", width: 14, rules: b.punctualityRules(), cell: func(s submission) cell { return b.punctuality(s.Punctuality) }},
		{key: "received", width: 17, cell: func(s submission) cell {
			return cell{value: moment(s.Received, b.synthesis.DueAt.Location()), style: b.style.moment}
		}},
		text("file", 36, func(s submission) string { return s.File }),
		count("rows_owed", func(s submission) int { return s.RowsOwed }),
		count("rows_read", func(s submission) int { return s.RowsRead }),
		count("rows_counted", func(s submission) int { return s.RowsCounted }),
		errors,
		count("warnings", func(s submission) int { return s.Warnings }),
		count("notes", func(s submission) int { return s.Notes }),
		count("reminders", func(s submission) int { return s.Reminders }),
		text("superseded", 36, func(s submission) string { return strings.Join(s.Superseded, "\n") }),
		text("sha256", 68, func(s submission) string { return s.SHA256 }),
	}
	return addList(b, list[submission]{id: "submissions", items: b.synthesis.Submissions, frozen: 1, columns: append(columns, b.sentColumns()...), printed: 10})
}

// sentColumns say how each unit delivered in the earlier periods that are remembered, the newest first.
func (b *book) sentColumns() []column[progress.Submission] {
	at := map[string]int{}
	for i, sub := range b.synthesis.Submissions {
		at[sub.Unit] = i
	}
	var out []column[progress.Submission]
	for k := len(b.synthesis.SentPeriods) - 2; k >= 0; k-- {
		out = append(out, column[progress.Submission]{head: b.synthesis.SentPeriods[k], width: 12, rules: b.punctualityRules(), cell: func(s progress.Submission) cell {
			if p := b.synthesis.Sent[at[s.Unit]][k]; p != "" {
				return b.punctuality(p)
			}
			return b.text("")
		}})
	}
	return out
}

func (b *book) punctuality(p progress.Punctuality) cell {
	return b.text(b.words.Say("workbook.punctuality." + string(p)))
}

func (b *book) punctualityRules() []excelize.ConditionalFormatOptions {
	var out []excelize.ConditionalFormatOptions
	for _, p := range []struct {
		of     progress.Punctuality
		format int
	}{{progress.Late, b.style.marks[progress.DueSoon]}, {progress.Missing, b.style.alarm}, {progress.Refused, b.style.alarm}} {
		out = append(out, equals(b.words.Say("workbook.punctuality."+string(p.of)), p.format))
	}
	return out
}
