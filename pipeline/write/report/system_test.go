//go:build system

package report

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tiendo/templates"
)

// TestSystemEveryStringIsExtracted holds what poppler reads on each page against every string drawn there, word for word. The first and the
// last word of a string may touch its neighbour, as in “(74,2 %)”; the others stand alone.
func TestSystemEveryStringIsExtracted(t *testing.T) {
	for _, name := range []string{"a month of a ministry", "a week of a province", "long unit names", "1,700-character tasks", "millions of tasks"} {
		for _, lang := range templates.Langs {
			t.Run(name+" "+string(lang), func(t *testing.T) {
				var all []drawn
				pdf, _, err := drawBytes(offices[name].synthesis(), lang, func(d drawn) { all = append(all, d) })
				if err != nil {
					t.Fatal(err)
				}
				file := filepath.Join(t.TempDir(), "report.pdf")
				if err := os.WriteFile(file, pdf, 0o600); err != nil {
					t.Fatal(err)
				}
				out, err := exec.Command("pdftotext", "-raw", file, "-").Output()
				if err != nil {
					t.Fatal(err)
				}
				read := strings.Split(string(out), "\f")
				for number, texts := range pages(all) {
					page := read[number-1]
					words := strings.Fields(page)
					for _, d := range texts {
						fields := strings.Fields(d.text)
						for i, w := range fields {
							if edge := i == 0 || i == len(fields)-1; !slices.Contains(words, w) && !(edge && strings.Contains(page, w)) {
								t.Errorf("page %d: %q of %q is not extracted", number, w, d.text)
							}
						}
					}
				}
			})
		}
	}
}
