package main

import (
	"bytes"
	_ "embed"
	"fmt"
	"slices"
	"strings"
)

//go:embed data/readme.md
var readmeText string

// readme is the README of the sample with the tables of files and traps in the places of {files} and {traps}.
func (o *office) readme() ([]byte, error) {
	return []byte(strings.NewReplacer("{files}", o.fileTable(), "{traps}", o.trapTable()).Replace(readmeText)), nil
}

// makerNames say in the README how a file was made.
var makerNames = map[maker]string{
	commas: "CSV (comma)", semicolons: "CSV as Excel writes it (semicolon, byte order mark)", goWorkbook: "XLSX (excelize)",
	openpyxl: "XLSX (openpyxl)", calc: "XLSX (LibreOffice Calc)", calcPDF: "PDF (LibreOffice Calc)", word: "DOCX (python-docx)",
	writerPDF: "PDF (LibreOffice Writer)", chromiumPDF: "PDF (Chromium)", scan: "PDF, pictures only", excelLock: "owner file of Excel",
}

func (o *office) fileTable() string {
	var b bytes.Buffer
	b.WriteString("| File below `inbox/` | Made as | Must end as |\n|---|---|---|\n")
	for _, p := range o.parcels {
		if p.edition != o.current().ID {
			continue
		}
		end := string(p.state)
		if p.reason != "" && p.reason != end {
			end += " (" + p.reason + ")"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", strings.TrimPrefix(p.path, "inbox/"), makerNames[p.maker], end)
	}
	return b.String()
}

func (o *office) trapTable() string {
	var lines []string
	for _, c := range o.courses {
		if t, ok := o.traps[c]; ok {
			lines = append(lines, fmt.Sprintf("| %s | %s | `%s` | %s | %s |", t.rules, t.edition, t.unit, c.task.Code, t.what))
		}
	}
	lines = append(lines,
		"| P01 | 2025-W20 | `vu-pc` | II.99 | neither code nor wording is in the plan |",
		"| P02 | 2025-W20 | `cuc-cds` | V.2 | a task of `cuc-attt` |")
	slices.Sort(lines)
	return "| Rule | Period | Unit | Task | What stands there |\n|---|---|---|---|---|\n" + strings.Join(lines, "\n") + "\n"
}
