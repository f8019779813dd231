package rows_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiendo/pipeline/extract/rows"
	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// A case file holds a document in the notation of notation_test.go and, below a line "---", what a clerk would write
// down: "unit: …", "period: …", a line for each row and one for each finding. Expectations are written by hand.
func TestCases(t *testing.T) {
	for _, folder := range []string{"ok", "err"} {
		files, err := filepath.Glob(filepath.Join("testdata", folder, "*.txt"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no cases in %s: %v", folder, err)
		}
		for _, file := range files {
			t.Run(folder+"/"+strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
				data, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				document, want, found := strings.Cut(string(data), "\n---\n")
				if !found {
					t.Fatal("the case has no line ---")
				}
				kind := rows.Return
				if strings.HasPrefix(filepath.Base(file), "plan") {
					kind = rows.Plan
				}
				result := rows.Read(parseDocument(t, document), kind, templates.BuiltinVocabulary())
				if folder == "err" && len(result.Rows) > 0 {
					t.Errorf("a refused file has %d rows", len(result.Rows))
				}
				for _, f := range result.Findings {
					requireWording(t, f)
				}
				if diff := cmp.Diff(strings.Split(strings.TrimSpace(want), "\n"), show(result)); diff != "" {
					t.Errorf("expected (-), read (+):\n%s", diff)
				}
			})
		}
	}
}

// requireWording holds that every finding has its sentence and remedy in both languages, with no place left open.
func requireWording(t *testing.T, f progress.Finding) {
	t.Helper()
	f.File = "bc.xlsx"
	for _, lang := range templates.Langs {
		message, remedy := templates.In(lang).Finding(f)
		if strings.ContainsAny(message+remedy, "⟦{") {
			t.Errorf("%s: %s / %s", lang, message, remedy)
		}
	}
}

// show writes a result as the case files do.
func show(r rows.Result) []string {
	var out []string
	if r.Unit != "" {
		out = append(out, "unit: "+r.Unit)
	}
	if r.Period != "" {
		out = append(out, "period: "+r.Period)
	}
	for _, row := range r.Rows {
		out = append(out, showRow(row))
	}
	for _, f := range r.Findings {
		code := f.Rule
		if f.Variant != "" {
			code += "." + f.Variant
		}
		line := fmt.Sprintf("! %s %s %s", code, f.Severity, f.Origin.Cell)
		if found := f.Facts["found"]; found != "" {
			line += ": " + found
		}
		out = append(out, strings.TrimSpace(line))
	}
	return out
}

func showRow(row progress.Row) string {
	due := row.Due
	if row.Due != "" {
		due += " (" + strings.TrimSpace(row.DueDate.String()+" "+string(row.DuePrecision)) + ")"
	}
	status := row.StatusText
	if status != "" {
		status += " (" + strings.TrimSpace(string(row.Status)+" "+string(row.Claim)) + ")"
	}
	percent := ""
	if row.Percent != nil {
		percent = strconv.FormatFloat(*row.Percent, 'f', -1, 64) + "%"
	}
	parts := []string{row.Origin.Cell}
	for _, f := range []struct{ name, value string }{
		{"code", row.Code}, {"task", row.Task}, {"group", row.Group}, {"lead", row.Lead}, {"with", row.Cooperating},
		{"person", row.Person}, {"product", row.Product}, {"due", due}, {"status", status}, {"percent", percent},
		{"completed", row.Completed.String()}, {"result", row.Result}, {"evidence", row.Evidence},
		{"difficulty", row.Difficulty}, {"proposal", row.Proposal}, {"reason", row.Reason}, {"note", row.Note},
	} {
		if f.value != "" {
			parts = append(parts, f.name+"="+strings.ReplaceAll(f.value, "\n", `\n`))
		}
	}
	extra := []string{}
	for f, v := range row.Extra {
		extra = append(extra, string(f)+"="+strings.ReplaceAll(v, "\n", `\n`))
	}
	slices.Sort(extra)
	return strings.Join(append(parts, extra...), " | ")
}
