package pipeline

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"tiendo/pipeline/progress"
)

// Every unit that owes a return finds an answer in its folder, with exactly the findings of the synthesis about it; a folder that
// cannot be written to stops nothing and is made up for.
func TestEveryUnitIsAnswered(t *testing.T) {
	s := openSample(t)
	synthesis := s.closed[period20].Synthesis
	about := map[string]int{}
	for _, f := range synthesis.Findings {
		about[f.Unit]++
	}
	for _, sub := range synthesis.Submissions {
		f, err := excelize.OpenFile(filepath.Join(s.desk.Office.Returns, sub.Unit, "TraLoi_2025-W20_r1.xlsx"))
		if err != nil {
			t.Errorf("%s: %v", sub.Unit, err)
			continue
		}
		rows, err := f.GetRows("Việc cần sửa")
		if err != nil {
			t.Fatal(err)
		}
		if got := len(rows) - 1; got != max(1, about[sub.Unit]) { // one line says that there is nothing to mend
			t.Errorf("%s: %d findings in the answer, %d in the synthesis", sub.Unit, got, about[sub.Unit])
		}
		_ = f.Close()
	}
}

// A unit that sent a workbook finds it again behind the list, with a comment in every cell that a finding names.
func TestWorkbooksComeBackMarked(t *testing.T) {
	s := openSample(t)
	synthesis := s.closed[period20].Synthesis
	marked := 0
	for _, sub := range synthesis.Submissions {
		if filepath.Ext(sub.File) != ".xlsx" || sub.Punctuality == progress.Refused {
			continue
		}
		want := map[string]bool{}
		for _, f := range synthesis.Findings {
			if f.Unit == sub.Unit && f.File == sub.File && f.Origin.Cell != "" {
				want[f.Origin.Sheet+"!"+f.Origin.Cell] = true
			}
		}
		f, err := excelize.OpenFile(filepath.Join(s.desk.Office.Returns, sub.Unit, "TraLoi_2025-W20_r1.xlsx"))
		if err != nil {
			t.Fatal(err)
		}
		if len(f.GetSheetList()) < 3 {
			t.Errorf("%s: no copy of %s", sub.Unit, sub.File)
		}
		got := map[string]bool{}
		for _, sheet := range f.GetSheetList() {
			comments, err := f.GetComments(sheet)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range comments {
				got[sheet+"!"+c.Cell] = true
			}
		}
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Errorf("%s: marked cells (-findings +copy)\n%s", sub.Unit, diff)
		}
		marked += len(got)
		_ = f.Close()
	}
	if marked == 0 {
		t.Error("the sample has no marked cell")
	}
}

func TestABrokenReturnsFolderStopsNothing(t *testing.T) {
	d := smallOffice(t, PlanFile{Path: "plan.xlsx"})
	writeSheet(t, d.Office.Plans[0].Path, planHeading, []any{"1", "Ban hành quy chế quản lý tài khoản người dùng", "Vụ An Toàn", "30/6/2025"})
	if err := os.WriteFile(d.Office.Returns, nil, 0o600); err != nil { // a file where the folder should be
		t.Fatal(err)
	}
	const row = "1;Ban hành quy chế quản lý tài khoản người dùng;Đang thực hiện;;;\n"
	first := closeWeek(t, d, 20, row)
	if len(first.Files) != 2 || len(first.Trouble) != 2 { // answers and forms
		t.Fatalf("published %v, trouble %v", first.Files, first.Trouble)
	}
	if err := os.Remove(d.Office.Returns); err != nil {
		t.Fatal(err)
	}
	time.Sleep(10 * time.Millisecond)
	again := closeWeek(t, d, 20, row)
	if again.Already != 1 || len(again.Trouble) != 0 {
		t.Errorf("second run: already r%d, trouble %v", again.Already, again.Trouble)
	}
	for _, unit := range []string{"vu-a", "vu-b"} {
		if _, err := os.Stat(filepath.Join(d.Office.Returns, unit, "TraLoi_2025-W20_r1.xlsx")); err != nil {
			t.Error(err)
		}
	}
}
