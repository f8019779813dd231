package reconcile

import (
	"regexp"
	"slices"
	"strings"

	"tiendo/pipeline/progress"
)

// p06: the return has another deadline and names a document for it that the plan does not know, or knows with another deadline
// ("registered"), or knows by that number with another day ("dated"). The coordinator must register the extension or reject it; until
// then the plan's deadline stays in force. Which document it is, its number decides; words in common are none.
var p06 = rule{code: "P06", severity: progress.SeverityWarning, ofClaim: func(c claim) []progress.Finding {
	if !c.extensionNamed() {
		return nil
	}
	registered, isKnown := c.registeredExtension()
	variant := ""
	switch {
	case isKnown && c.otherDay(registered):
		variant = "dated"
	case c.deadlineChange() == "":
		return nil
	case isKnown:
		variant = "registered"
	}
	f := progress.Finding{Variant: variant, Origin: c.at(progress.FieldDue), Facts: facts{
		"found": c.row.Due, "expected": dueText(c.task.Due), "document": short(c.extensionText()),
	}}
	if variant == "dated" {
		f.Facts["expected"] = short(registered.Text)
	}
	return one(f)
}}

// registeredExtension is the last extension of the plan whose document the row names by number and symbol.
func (c *claim) registeredExtension() (progress.Extension, bool) {
	named := progress.DocumentNumbers(c.extensionText())
	for _, e := range slices.Backward(c.task.Extensions()) {
		for _, number := range progress.DocumentNumbers(e.Document) {
			if slices.Contains(named, number) {
				return e, true
			}
		}
	}
	return progress.Extension{}, false
}

// otherDay: the row gives the document of that number another day than the plan has. A row or a plan without a day says nothing.
func (c *claim) otherDay(registered progress.Extension) bool {
	number := progress.DocumentNumbers(registered.Document)
	for _, e := range progress.ParseExtensions(c.extensionText()) {
		if slices.Equal(progress.DocumentNumbers(e.Document), number) && !e.Issued.IsZero() && !registered.Issued.IsZero() {
			return e.Issued != registered.Issued
		}
	}
	return false
}

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
