package reconcile

import (
	"regexp"
	"strings"

	"tiendo/pipeline/progress"
)

// p06: the return has another deadline and names a document for it that the plan does not know, or knows with another deadline
// ("registered"). The coordinator must register the extension or reject it; until then the plan's deadline stays in force.
var p06 = rule{code: "P06", severity: progress.SeverityWarning, ofClaim: func(c claim) []progress.Finding {
	if c.deadlineChange() == "" || !c.extensionNamed() {
		return nil
	}
	variant := ""
	if sharesDocument(c.extensionText(), c.task.Extension) {
		variant = "registered"
	}
	return one(progress.Finding{Variant: variant, Origin: c.at(progress.FieldDue), Facts: facts{
		"found": c.row.Due, "expected": dueText(c.task.Due), "document": short(c.extensionText()),
	}})
}}

var extensionWords = regexp.MustCompile(`\b(gia han|lui (thoi )?han|dieu chinh (thoi )?han|dieu chinh thoi gian|keo dai)\b`)

// extensionText is the text of the row that speaks of a moved deadline; empty where none does.
func (c *claim) extensionText() string {
	if text := c.row.Extra[progress.FieldExtension]; !blank(text) {
		return text
	}
	for _, text := range []string{c.row.Due, c.row.Reason, c.row.Note, c.row.Result} {
		if extensionWords.MatchString(progress.Fold(text)) {
			return strings.TrimSpace(text)
		}
	}
	return ""
}

func (c *claim) extensionNamed() bool { return namesDocument(c.extensionText()) }
