package workbook

import (
	"bytes"
	"math"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// writeBytes writes the synthesis into memory.
func writeBytes(s progress.Synthesis, words *templates.Words, rowLimit int) ([]byte, map[string]Place, error) {
	var out bytes.Buffer
	places, err := write(&out, s, words, rowLimit)
	return out.Bytes(), places, err
}

func xlsx(t testing.TB, s progress.Synthesis, lang templates.Lang) (parts, map[string]Place) {
	t.Helper()
	data, places, err := writeBytes(s, templates.In(lang), rowLimit)
	if err != nil {
		t.Fatal(err)
	}
	return unpack(t, data), places
}

// Every figure of the synthesis stands in a cell of its own, as a number.
func TestFigures(t *testing.T) {
	s := weekly.synthesis()
	s.Units = slices.Clone(s.Units)
	s.Units[0].Standing = &progress.Standing{
		Rank: 2, Score: 81.5, WeeksLate: 3.4, OnSchedule: progress.Share{Num: 7, Den: 9}, Punctual: progress.Share{Num: 19, Den: 20}, Complete: progress.Share{Num: 11, Den: 12},
	}
	s.Units[1].Standing = &progress.Standing{WeeksLate: 0.1}
	p, places := xlsx(t, s, templates.Vietnamese)
	for id, want := range map[string]string{".score": "81.5", ".rank": "2", ".weeks_late": "3.4"} {
		if got := p.cells(t)[places[s.Units[0].ID+id]].number; got != want {
			t.Errorf("%s is %q, want %s", id, got, want)
		}
	}
	cells := p.cells(t)
	taken := map[Place]string{}
	for _, f := range s.Figures() {
		at, ok := places[f.ID]
		if !ok {
			t.Errorf("figure %s has no cell", f.ID)
			continue
		}
		if other, twice := taken[at]; twice {
			t.Errorf("figures %s and %s stand in one cell, %s", f.ID, other, at)
		}
		taken[at] = f.ID
		got := cells[at].number
		switch {
		case f.Value.Tenths != nil:
			if x, err := strconv.ParseFloat(got, 64); err != nil || x != *f.Value.Tenths {
				t.Errorf("%s at %s is %q, want %v", f.ID, at, got, *f.Value.Tenths)
			}
		case f.Value.Share == nil:
			if got != strconv.Itoa(f.Value.Count) {
				t.Errorf("%s at %s is %q, want %d", f.ID, at, got, f.Value.Count)
			}
		case f.Value.Share.Den == 0:
			if got != "" {
				t.Errorf("%s at %s is %q, want an empty cell: there is nothing to divide by", f.ID, at, got)
			}
		default:
			x, err := strconv.ParseFloat(got, 64)
			if want := float64(f.Value.Share.Num) / float64(f.Value.Share.Den); err != nil || math.Abs(x-want) > 1e-12 {
				t.Errorf("%s at %s is %q, want %v", f.ID, at, got, want)
			}
		}
	}
}

// The summary sets this period beside the one before and last year's: counts by pieces, rates by points. What is not there is
// empty, not 0.
func TestComparison(t *testing.T) {
	s := weekly.synthesis()
	s.Total = progress.Line{
		ID:       "total",
		Counts:   progress.Counts{Total: 12, DoneOnTime: 6, DoneLate: 2, Overdue: 2, InTerm: 2, PastDue: 2},
		Previous: &progress.Counts{Total: 12, DoneOnTime: 3, Overdue: 5, InTerm: 4, PastDue: 1},
	}
	s.ReportingPrevious = nil
	p, places := xlsx(t, s, templates.Vietnamese)
	cells := p.cells(t)
	for id, want := range map[string][]string{ // from the figure to the right: now, of, of, before, change, year before, change
		"total.overdue":     {"2", "", "", "5", "-3", "", ""},
		"total.on_schedule": {"0.8", "8", "10", "0.75", "5", "", ""}, // 8 ÷ (8 + 2); 3 ÷ (3 + 1)
		"total.completion":  {"", "8", "12", "0.25", "", "", ""},     // 8 ÷ 12 is checked below
		"reporting.missing": {"1", "", "", "", "", "", ""},
	} {
		at := places[id]
		for i, digits := range want {
			ref := string(rune(at.Cell[0])+rune(i)) + at.Cell[1:]
			got := cells[Place{at.Sheet, ref}].number
			if id == "total.completion" && (i == 0 || i == 4) {
				x, err := strconv.ParseFloat(got, 64)
				if exact := []float64{2.0 / 3, 0, 0, 0, 100*2.0/3 - 25}[i]; err != nil || math.Abs(x-exact) > 1e-9 {
					t.Errorf("%s at %s is %q, want %v", id, ref, got, exact)
				}
				continue
			}
			if got != digits {
				t.Errorf("%s at %s is %q, want %q", id, ref, got, digits)
			}
		}
	}
}

// A code in a list leads to the row of that task among all tasks.
func TestLinks(t *testing.T) {
	p, _ := xlsx(t, weekly.synthesis(), templates.Vietnamese)
	cells := p.cells(t)
	_, part := p.sheets(t)
	for _, sheet := range []string{"Quá hạn", "Sắp đến hạn", "Chưa xác nhận", "Thay đổi", "Thay đổi thời hạn", "Khó khăn–kiến nghị", "Kiểm tra dữ liệu"} {
		var ws worksheetXML
		p.decode(t, part[sheet], &ws)
		checked := 0
		for _, l := range ws.Links {
			to, cell, _ := strings.Cut(l.Location, "!")
			if to != "'Toàn bộ nhiệm vụ'" {
				continue
			}
			from, there := cells[Place{sheet, l.Ref}].text, cells[Place{"Toàn bộ nhiệm vụ", cell}].text
			if from != there || from == "" {
				t.Errorf("%s: %s says %q and leads to %q", sheet, l.Ref, from, there)
			}
			checked++
		}
		if checked == 0 {
			t.Errorf("%s has no links to the tasks", sheet)
		}
	}
}

// The file behind a row leads to where the book names that file with its hash; a file of an earlier period is named and leads nowhere.
func TestSources(t *testing.T) {
	s := weekly.synthesis()
	s.Tasks[0].Claim.File = "vu-01/tuan 19.xlsx"
	p, _ := xlsx(t, s, templates.Vietnamese)
	cells := p.cells(t)
	_, part := p.sheets(t)
	var ws worksheetXML
	p.decode(t, part["Toàn bộ nhiệm vụ"], &ws)
	checked := 0
	for _, l := range ws.Links {
		to, cell, _ := strings.Cut(l.Location, "!")
		if to != "'Tệp nguồn'" {
			continue
		}
		from, there := cells[Place{"Toàn bộ nhiệm vụ", l.Ref}].text, cells[Place{"Tệp nguồn", cell}].text
		if from != there || from == "" || from == "vu-01/tuan 19.xlsx" {
			t.Errorf("%s says %q and leads to %q", l.Ref, from, there)
		}
		checked++
	}
	if checked < 10 {
		t.Errorf("only %d rows lead to their file", checked)
	}
}

// The words of the workbook are complete in both languages.
func TestWording(t *testing.T) {
	for _, lang := range templates.Langs {
		p, _ := xlsx(t, weekly.synthesis(), lang)
		for at, c := range p.cells(t) {
			if strings.Contains(c.text, "⟦workbook") {
				t.Errorf("%s: %s says %s", lang, at, c.text)
			}
		}
	}
	for _, id := range []string{"2025-W06", "2025-02", "2025-Q1", "2025-H2", "2025-9M", "2025"} {
		s := office{units: 4, tasksEach: 2}.synthesis()
		s.Period, _ = progress.ParsePeriod(id)
		p, _ := xlsx(t, s, templates.Vietnamese)
		want := map[string]string{
			"2025-W06": "Tuần 6 năm 2025 (03/02/2025 – 09/02/2025)", "2025-02": "Tháng 2 năm 2025 (01/02/2025 – 28/02/2025)",
			"2025-Q1": "Quý 1 năm 2025 (01/01/2025 – 31/03/2025)", "2025-H2": "6 tháng, kỳ 2 năm 2025 (01/07/2025 – 31/12/2025)",
			"2025-9M": "9 tháng đầu năm 2025 (01/01/2025 – 30/09/2025)", "2025": "Năm 2025 (01/01/2025 – 31/12/2025)",
		}[id]
		if got := p.cells(t)[Place{"Tổng hợp", "A4"}].text; got != want {
			t.Errorf("period %s is %q, want %q", id, got, want)
		}
	}
}

// Same synthesis, same bytes: in the same process, and with another number of processors.
func TestSameBytes(t *testing.T) {
	first, _, err := writeBytes(weekly.synthesis(), templates.In(templates.Vietnamese), rowLimit)
	if err != nil {
		t.Fatal(err)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for n := range 6 {
		runtime.GOMAXPROCS(1 + n%3)
		again, _, err := writeBytes(weekly.synthesis(), templates.In(templates.Vietnamese), rowLimit)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first, again) {
			t.Fatalf("run %d wrote other bytes", n+2)
		}
	}
}

// What a unit wrote is text, whatever it looks like, and stays text when someone enters the cell again.
func TestUnitsWordsAreText(t *testing.T) {
	hostile := []string{
		`=HYPERLINK("http://example.com","x")`, "+84 24", "-1+1|cmd", "@SUM(A1)", "<c><f>1</f></c> & co", "_x0041_", "a\x00b\x1bc", "\u202Egpj.exe", "bad \xff byte",
		" hai  dấu cách ", "0012", "1/2",
	}
	want := []string{
		`=HYPERLINK("http://example.com","x")`, "+84 24", "-1+1|cmd", "@SUM(A1)", "<c><f>1</f></c> & co", "_x005F_x0041_", "abc", "gpj.exe", "bad \uFFFD byte",
		" hai  dấu cách ", "0012", "1/2",
	}
	s := weekly.synthesis()
	for i, words := range hostile {
		s.Tasks[i].Task.Title = words
	}
	p, _ := xlsx(t, s, templates.Vietnamese)
	cells := p.cells(t)
	for i := range hostile {
		at := Place{"Toàn bộ nhiệm vụ", "B" + strconv.Itoa(headingRow+1+i)}
		if got := cells[at]; got.text != want[i] || got.number != "" {
			t.Errorf("%q stands in %s as text %q, number %q; want text %q", hostile[i], at, got.text, got.number, want[i])
		}
	}
	for at, c := range cells {
		if acts := c.text != "" && strings.ContainsAny(c.text[:1], "=+-@"); acts != c.quoted {
			t.Errorf("%q in %s bears the mark of words: %v", c.text, at, c.quoted)
		}
	}
}

// A list longer than a sheet goes on in another sheet, a branch of the unit tree whole where it can be; links and figures follow it.
func TestLongList(t *testing.T) {
	s := weekly.synthesis()
	const limit = 50
	data, _, err := writeBytes(s, templates.In(templates.Vietnamese), limit)
	if err != nil {
		t.Fatal(err)
	}
	p := unpack(t, data)
	sound(t, p)
	cells := p.cells(t)
	type position struct{ code, unit string }
	rows, sheets := map[position]int{}, map[string]map[string]bool{} // unit → sheets
	for part := 1; ; part++ {
		name := "Toàn bộ nhiệm vụ"
		if part > 1 {
			name += " (" + strconv.Itoa(part) + ")"
		}
		if cells[Place{name, "A5"}].text == "" {
			break
		}
		for row := 5; row < 5+limit; row++ {
			code, unit := cells[Place{name, "A" + strconv.Itoa(row)}].text, cells[Place{name, "C" + strconv.Itoa(row)}].text
			if code == "" {
				break
			}
			rows[position{code, unit}]++
			if sheets[unit] == nil {
				sheets[unit] = map[string]bool{}
			}
			sheets[unit][name] = true
		}
		if row := "A" + strconv.Itoa(5+limit); cells[Place{name, row}].text != "" {
			t.Errorf("%s goes on at %s", name, row)
		}
	}
	for _, task := range s.Tasks {
		if n := rows[position{task.Task.Code, task.UnitName}]; n != 1 {
			t.Errorf("%s of %s stands on the sheets %d times", task.Task.Code, task.UnitName, n)
		}
	}
	if len(rows) != len(s.Tasks) {
		t.Errorf("%d rows for %d positions", len(rows), len(s.Tasks))
	}
	for unit, on := range sheets {
		if len(on) != 1 {
			t.Errorf("%s, whose tasks fit on a sheet, is on %d", unit, len(on))
		}
	}
}

// Days and hours are the numbers by which Excel counts them.
func TestDates(t *testing.T) {
	s := weekly.synthesis()
	s.Tasks[0].Task.Due.Date = progress.Date{Year: 2025, Month: 6, Day: 30}
	s.Tasks[1].Task.Due.Date = progress.Date{}
	p, _ := xlsx(t, s, templates.Vietnamese)
	cells := p.cells(t)
	for at, want := range map[Place]string{
		{"Toàn bộ nhiệm vụ", "F5"}: "45838", // 30/06/2025
		{"Toàn bộ nhiệm vụ", "F6"}: "",
		{"Tình hình nộp", "C5"}:    "45793.3958333333", // 16/05/2025 09:30
	} {
		if got := cells[at].number; got != want {
			t.Errorf("%s is %q, want %q", at, got, want)
		}
	}
}

// An office without tasks, units or history is a sound workbook too.
func TestEmpty(t *testing.T) {
	s := progress.Synthesis{Period: weekly.synthesis().Period, DataDate: progress.Date{Year: 2025, Month: 5, Day: 16}, Total: progress.Line{ID: "total"}}
	p, places := xlsx(t, s, templates.English)
	sound(t, p)
	if got := p.cells(t)[places["total.total"]].number; got != "0" {
		t.Errorf("total of nothing is %q, want 0", got)
	}
}

// Two plans of an office number their tasks alike: each line leads to its own task.
func TestLinksTellPlansApart(t *testing.T) {
	line := func(plan string) progress.TaskLine {
		return progress.TaskLine{UnitName: "Vụ An", Position: progress.Position{
			Unit: "vu-a", Class: progress.Overdue, PastDue: true, Task: progress.Task{ID: plan + "/1", Plan: plan, Code: "1", Title: "Nhiệm vụ của " + plan},
		}}
	}
	s := progress.Synthesis{Tasks: []progress.TaskLine{line("KH"), line("CT")}, Overdue: []progress.TaskLine{line("CT"), line("KH")}}
	words := templates.In(templates.English)
	data, _, err := writeBytes(s, words, rowLimit)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for cell, want := range map[string]string{"A5": "A6", "A6": "A5"} { // the lists have them in another order than the plan
		_, target, err := f.GetCellHyperLink(words.Say("workbook.sheet.overdue"), cell)
		if _, place, _ := strings.Cut(target, "!"); err != nil || place != want {
			t.Errorf("%s leads to %q, want %s of all tasks (%v)", cell, target, want, err)
		}
	}
}
