package reconcile

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tiendo/templates"
)

var update = flag.Bool("update", false, "write docs/RULES.md anew")

// TestCatalogue holds docs/RULES.md against the code: every rule with its severity, its title in both languages and the cases of its
// folder, which TestRules runs. `go test ./pipeline/reconcile -run Catalogue -update` writes the page.
func TestCatalogue(t *testing.T) {
	const page = "../../docs/RULES.md"
	want := catalogue(t)
	if *update {
		if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("docs/RULES.md is not what the rules are: go test ./pipeline/reconcile -run Catalogue -update")
	}
}

func catalogue(t *testing.T) string {
	t.Helper()
	vi, en := templates.In(templates.Vietnamese), templates.In(templates.English)
	var b strings.Builder
	b.WriteString("# The rules\n\nMade from the code by `go test ./pipeline/reconcile -run Catalogue -update`; every example is a case that the tests run.\n" +
		"The readers' own rules (F06, F08, F12–F15, P10, R01–R03) are in `pipeline/extract`, with their files in its `testdata/err`.\n\n" +
		"*error*: the row, or the file, is not counted. *warning*: counted, and the unit owes an explanation. *note*: worth knowing.\n" +
		"*doubts*: a claim of done is not confirmed while it stands. Rules of severity error cannot be set; the others can be `off`, `note` or `warning` under `rules` in tiendo.yaml.\n" +
		"Thresholds stand there too: `rules: {H11: {points: 30, severity: note}}`.\n\n" +
		"T06 looks at the office's own edition, not at returns: before anything is published, the PDF is read back, and each figure that it prints must stand where\n" +
		"it was drawn and be the number in its cell of the workbook; else nothing is published (`pipeline/mouths.go`).\n")
	for _, r := range rules {
		fmt.Fprintf(&b, "\n## %s %s\n%s — %s", r.code, vi.Say("rule."+r.code), en.Say("rule."+r.code), r.severity)
		if r.doubts {
			b.WriteString(", doubts")
		}
		if r.source != "" {
			b.WriteString(" — seen in: " + r.source)
		}
		b.WriteString("\n")
		for _, th := range r.thresholds {
			fmt.Fprintf(&b, "- threshold `%s`: %d (%d to %d) %s; source: %s\n", th.Name, th.Default, th.Low, th.High, th.Unit, th.Source)
		}
		for _, kind := range []struct{ prefix, mark string }{{"fail", "finds"}, {"pass", "passes"}} {
			files, _ := filepath.Glob(filepath.Join(folderOf(r.code), kind.prefix+"*.yaml"))
			for _, file := range files {
				var c caseFile
				load(t, file, &c)
				fmt.Fprintf(&b, "- %s: %s\n", kind.mark, c.Say)
			}
		}
	}
	return b.String()
}
