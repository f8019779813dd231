//go:build system

package pipeline

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"

	"tiendo/pipeline/extract"
	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// TestSystemSynthesisSavedWithoutItsHiddenSheet: openpyxl takes the hidden sheet out of a synthesis, LibreOffice saves what is left once more.
// Both are known for what they were.
func TestSystemSynthesisSavedWithoutItsHiddenSheet(t *testing.T) {
	for _, lang := range templates.Langs {
		t.Run(string(lang), func(t *testing.T) {
			data, _, err := bookBytes(rapid.Custom(anySynthesis).Example(1), templates.In(lang))
			if err != nil {
				t.Fatal(err)
			}
			dir, saved, home := t.TempDir(), t.TempDir(), t.TempDir()
			file := filepath.Join(dir, "TongHop.xlsx")
			if err := os.WriteFile(file, data, 0o600); err != nil {
				t.Fatal(err)
			}
			const withoutSheet = "import sys, openpyxl\nbook = openpyxl.load_workbook(sys.argv[1])\ndel book[sys.argv[2]]\nbook.save(sys.argv[1])\n"
			if out, err := exec.Command("/usr/bin/python3", "-c", withoutSheet, file, progress.HiddenSheet).CombinedOutput(); err != nil {
				t.Fatalf("openpyxl: %v\n%s", err, out)
			}
			if out, err := exec.Command("soffice", "-env:UserInstallation=file://"+home, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
				"--outdir", saved, file).CombinedOutput(); err != nil {
				t.Fatalf("soffice: %v\n%s", err, out)
			}
			for _, kept := range []string{file, filepath.Join(saved, "TongHop.xlsx")} {
				data, err := os.ReadFile(kept)
				if err != nil {
					t.Fatal(err)
				}
				reading, err := extract.Read(data, "TongHop.xlsx", extract.Options{})
				if err != nil {
					t.Fatal(err)
				}
				requireLostSeal(t, reading)
			}
		})
	}
}
