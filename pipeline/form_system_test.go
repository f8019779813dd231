//go:build system

package pipeline

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"tiendo/pipeline/extract"
	"tiendo/pipeline/progress"
	"tiendo/pipeline/write/form"
	"tiendo/templates"
)

// fillByOpenpyxl types into the forms that its standard input names: {FILE: [{code, status, percent, completed, texts: {HEADING: TEXT}}]}.
const fillByOpenpyxl = `
import datetime, json, sys, openpyxl
job = json.load(sys.stdin)
for file, lines in job["files"].items():
    book = openpyxl.load_workbook(file)
    sheet = book[job["sheet"]]
    heading = next(r for r in sheet.iter_rows() if any(c.value == job["status"] for c in r))
    column = {c.value: c.column for c in heading if c.value}
    first = heading[0].row + 1
    row = {str(sheet.cell(r, 1).value): r for r in range(first, sheet.max_row + 1) if sheet.cell(r, 1).value}
    for line in lines:
        r = row[line["code"]]
        if line["status"]: sheet.cell(r, column[job["status"]]).value = line["status"]
        if line["percent"] >= 0: sheet.cell(r, column[job["percent"]]).value = line["percent"] / 100
        if line["completed"]: sheet.cell(r, column[job["completed"]]).value = datetime.datetime.fromisoformat(line["completed"])
        for head, text in line["texts"].items():
            cell = sheet.cell(r, column[head])
            cell.value = text
            cell.data_type = "s"  # what a clerk quotes is no formula
    book.save(file)
`

// TestSystemFormSavedByLibreOffice: the forms of all units of the sample are filled by openpyxl and saved again by LibreOffice, as an office does that has
// no Excel. Every row is read as it was typed, the marker still tells unit, period and plan, and nothing is found that the clerk did not cause.
func TestSystemFormSavedByLibreOffice(t *testing.T) {
	s := openSample(t)
	period, err := progress.ParsePeriod("2025-W21")
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range templates.Langs {
		t.Run(string(lang), func(t *testing.T) { savedByLibreOffice(t, s.desk, period, templates.In(lang)) })
	}
}

func savedByLibreOffice(t *testing.T, d Desk, period progress.Period, w *templates.Words) {
	blanks, err := blanksOf(context.Background(), d, period)
	if err != nil {
		t.Fatal(err)
	}
	type line struct {
		Code      string            `json:"code"`
		Status    string            `json:"status"`
		Percent   int               `json:"percent"`
		Completed string            `json:"completed"`
		Texts     map[string]string `json:"texts"`
	}
	dir, saved, home := t.TempDir(), t.TempDir(), t.TempDir()
	typedInto, lines, files := map[string][]filling{}, map[string][]line{}, []string{}
	n := 0
	for _, b := range blanks {
		data, err := form.XLSX(b, w)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, b.Unit.Code+".xlsx")
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
		for _, task := range b.Tasks {
			f := exampleFilling(n)
			n++
			l := line{Code: task.Number(), Percent: f.percent, Completed: f.completed.String(), Texts: map[string]string{}}
			if f.status != "" {
				l.Status = w.Say("form.status." + string(f.status))
			}
			for field, text := range f.texts {
				if text != "" {
					l.Texts[w.Say("form.column."+string(field))] = text
				}
			}
			typedInto[file], lines[file] = append(typedInto[file], f), append(lines[file], l)
		}
	}
	if n < 100 {
		t.Fatalf("%d lines to fill in", n)
	}
	job, err := os.Create(filepath.Join(home, "job.json"))
	if err != nil {
		t.Fatal(err)
	}
	defer job.Close()
	if err := json.NewEncoder(job).Encode(map[string]any{"files": lines, "sheet": w.Say("form.sheet"), "status": w.Say("form.column.status"),
		"percent": w.Say("form.column.percent"), "completed": w.Say("form.column.completed")}); err != nil {
		t.Fatal(err)
	}
	if _, err := job.Seek(0, 0); err != nil {
		t.Fatal(err)
	}
	fill := exec.Command("/usr/bin/python3", "-c", fillByOpenpyxl)
	fill.Stdin = job
	if out, err := fill.CombinedOutput(); err != nil {
		t.Fatalf("openpyxl: %v\n%s", err, out)
	}
	convert := append([]string{"-env:UserInstallation=file://" + home, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", saved}, files...)
	if out, err := exec.Command("soffice", convert...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	for i, file := range files {
		data, err := os.ReadFile(filepath.Join(saved, filepath.Base(file)))
		if err != nil {
			t.Fatal(err)
		}
		reading, err := extract.Read(data, "Mau.xlsx", extract.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Run(blanks[i].Unit.Code, func(t *testing.T) {
			readsBack(t, reading, w, blanks[i], typedInto[file])
			for _, f := range reading.Findings {
				t.Errorf("finding %s.%s %v %v", f.Rule, f.Variant, f.Origin, f.Facts)
			}
		})
	}
}

// exampleFilling is the n-th of a row of fillings in which every status, every whole percent and every odd word comes up.
func exampleFilling(n int) filling {
	f := filling{percent: n*7%102 - 1, texts: map[progress.Field]string{}}
	if n%6 > 0 {
		f.status = form.Statuses[n%6-1]
	}
	if n%3 == 0 {
		f.completed = progress.Date{Year: 2025, Month: 1, Day: 1}.AddDays(n % 130)
	}
	for i, field := range typedFields {
		if (n+i)%3 > 0 {
			f.texts[field] = typedWords[(n+i)%len(typedWords)] + " " + typedWords[(5*n+i)%len(typedWords)]
		}
	}
	return f
}
