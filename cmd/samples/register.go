package main

import (
	_ "embed"
	"fmt"
	"strings"
	"time"

	"tiendo/pipeline/progress"
)

//go:embed data/units.txt
var unitsText string

//go:embed data/plan.txt
var planText string

// everyUnit is the lead of a task on which all reporting units report.
const everyUnit = "Các đơn vị thuộc Bộ"

// phaseOneEnd divides the two phases of the plan.
var phaseOneEnd = day("2025-06-30")

var phases = [2]string{"Giai đoạn 1 (đến 30/6/2025)", "Giai đoạn 2 (đến 31/12/2025)"}

// authority is who assigned a task, and by which document. The document numbers are invented.
type authority struct {
	name, mandate string
	assigned      progress.Date
}

var authorities = map[string]authority{
	"C": {"Chính phủ", "Nghị quyết số 901/NQ-CP ngày 10/01/2025", day("2025-01-10")},
	"T": {"Thủ tướng Chính phủ", "Quyết định số 9002/QĐ-TTg ngày 15/01/2025", day("2025-01-15")},
	"B": {"Bộ trưởng", "Kế hoạch số 9003/KH-BTTTT ngày 20/01/2025", day("2025-01-20")},
}

// leaders of the office share the groups of the plan. All persons of the sample are invented.
var leaders = []string{"Ninh Trúc Khang", "Lạc Thanh Hiên", "Văn Kim Tước"}

// lastDays resolves the deadline wordings of the sample by hand: wording → last day in term and precision.
var lastDays = map[string]struct{ day, precision string }{
	"28/02/2025": {"2025-02-28", "day"}, "31/3/2025": {"2025-03-31", "day"}, "15/4/2025": {"2025-04-15", "day"},
	"30/4/2025": {"2025-04-30", "day"}, "10/5/2025": {"2025-05-10", "day"}, "15/5/2025": {"2025-05-15", "day"},
	"20/5/2025": {"2025-05-20", "day"}, "22/5/2025": {"2025-05-22", "day"}, "trước ngày 24/5/2025": {"2025-05-23", "day"},
	"15/6/2025": {"2025-06-15", "day"}, "trước ngày 01/7/2025": {"2025-06-30", "day"}, "31/7/2025": {"2025-07-31", "day"},
	"31/12/2025": {"2025-12-31", "day"},
	"3/2025":     {"2025-03-31", "month"}, "4/2025": {"2025-04-30", "month"}, "5/2025": {"2025-05-31", "month"},
	"6/2025": {"2025-06-30", "month"}, "9/2025": {"2025-09-30", "month"}, "10/2025": {"2025-10-31", "month"},
	"12/2025":    {"2025-12-31", "month"},
	"Quý I/2025": {"2025-03-31", "quarter"}, "Quý II/2025": {"2025-06-30", "quarter"},
	"Quý III/2025": {"2025-09-30", "quarter"}, "Quý IV/2025": {"2025-12-31", "quarter"},
	"6 tháng đầu năm 2025": {"2025-06-30", "half"}, "6 tháng cuối năm 2025": {"2025-12-31", "half"},
	"2025": {"2025-12-31", "year"}, "Năm 2025": {"2025-12-31", "year"}, "2026": {"2026-12-31", "year"},
	"2025-2026": {"2026-12-31", "range"}, "2025 và những năm tiếp theo": {"2025-12-31", "year"},
	"Thường xuyên": {"", "none"}, "Nhiệm vụ thường xuyên": {"", "none"}, "Hằng năm": {"", "none"}, "hằng năm": {"", "none"},
	"Sau khi Khung kiến trúc số quốc gia được ban hành": {"", "none"},
}

// dueOf resolves one wording; an unknown one is a mistake in data/plan.txt.
func dueOf(text string) (progress.Due, error) {
	last, ok := lastDays[text]
	if !ok {
		return progress.Due{}, fmt.Errorf("deadline %q has no last day in the table", text)
	}
	due := progress.Due{Text: text, Precision: progress.Precision(last.precision), Open: strings.HasSuffix(text, "những năm tiếp theo")}
	switch {
	case last.day != "":
		due.Date = day(last.day)
	case strings.HasPrefix(text, "Sau khi"):
		due.Conditional = true
	default:
		due.Regular = true
	}
	return due, nil
}

// readUnits reads data/units.txt. The root does not report.
func readUnits(text string) ([]progress.Unit, error) {
	var units []progress.Unit
	for _, line := range dataLines(text) {
		f := fields(line)
		if len(f) != 7 {
			return nil, fmt.Errorf("units: %q has %d fields, not 7", line, len(f))
		}
		units = append(units, progress.Unit{
			Code: f[0], Name: f[1], Aliases: list(f[2]), Parent: f[3], Level: f[4], Head: f[5], Person: f[6],
			Email: f[0] + "@donvi.example", Reports: f[3] != "",
		})
	}
	return units, nil
}

// readPlan reads data/plan.txt.
func readPlan(text string, units []progress.Unit) ([]progress.Task, error) {
	var tasks []progress.Task
	group, number, groups := "", 0, 0
	for _, line := range dataLines(text) {
		if title, ok := strings.CutPrefix(line, "= "); ok {
			group, number = title, 0
			groups++
			continue
		}
		number++
		task, err := readTask(line, units)
		if err != nil {
			return nil, fmt.Errorf("plan: %q: %w", line, err)
		}
		roman, _, _ := strings.Cut(group, ".")
		task.Code = fmt.Sprintf("%s.%d", roman, number)
		task.Group = group
		task.Leader = leaders[groups%len(leaders)]
		tasks = append(tasks, task)
	}
	return tasks, nil
}

func readTask(line string, units []progress.Unit) (progress.Task, error) {
	f := fields(line)
	if len(f) != 6 && len(f) != 8 {
		return progress.Task{}, fmt.Errorf("%d fields, not 6 or 8", len(f))
	}
	due, err := dueOf(f[5])
	if err != nil {
		return progress.Task{}, err
	}
	by := authorities[f[0]]
	task := progress.Task{
		Title: f[1], Product: f[2], Authority: by.name, Mandate: by.mandate, Assigned: by.assigned,
		Due: due, OriginalDue: due, Phase: phases[0],
	}
	if len(f) == 8 {
		if task.OriginalDue, err = dueOf(f[6]); err != nil {
			return progress.Task{}, err
		}
		task.Extension = f[7]
	}
	if due.Date.IsZero() || due.Date.After(phaseOneEnd) {
		task.Phase = phases[1]
	}
	task.LeadText, task.Leads = namedUnits(f[3], units)
	task.Cooperating, _ = namedUnits(f[4], units)
	if len(task.Leads) == 0 {
		return progress.Task{}, fmt.Errorf("no lead unit in %q", f[3])
	}
	if len(task.Leads) == 1 {
		task.Person = personOf(units, task.Leads[0])
	}
	return task, nil
}

// namedUnits puts names in the place of unit codes (the first other name for @code) and keeps the signs and words between them.
func namedUnits(text string, units []progress.Unit) (written string, codes []string) {
	if text == "*" {
		for _, u := range units {
			if u.Reports {
				codes = append(codes, u.Code)
			}
		}
		return everyUnit, codes
	}
	words := strings.Fields(text)
	for i, word := range words {
		code, short := strings.CutPrefix(strings.TrimRight(word, ",;"), "@")
		for _, u := range units {
			if u.Code != code {
				continue
			}
			name := u.Name
			if short {
				name = u.Aliases[0]
			}
			words[i] = name + word[len(strings.TrimRight(word, ",;")):]
			codes = append(codes, code)
		}
	}
	return strings.Join(words, " "), codes
}

func personOf(units []progress.Unit, code string) string {
	for _, u := range units {
		if u.Code == code {
			return u.Person
		}
	}
	return ""
}

// dataLines are the lines of a data file that are neither blank nor comments.
func dataLines(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return out
}

func fields(line string) []string {
	f := strings.Split(line, "|")
	for i := range f {
		f[i] = strings.TrimSpace(f[i])
	}
	return f
}

func list(s string) []string {
	if s == "" {
		return nil
	}
	out := strings.Split(s, ";")
	for i := range out {
		out[i] = strings.TrimSpace(out[i])
	}
	return out
}

// day reads an ISO day of this program's own tables.
func day(iso string) progress.Date {
	d, err := progress.ParseDate(iso)
	if err != nil {
		panic(err)
	}
	return d
}

// zone is the office's; it has no daylight saving.
var zone = time.FixedZone("+07", 7*3600)
