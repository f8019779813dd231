package main

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tiendo/pipeline/ledger"
)

func mustSay(t *testing.T, what, text string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(text, want) {
			t.Errorf("%s does not say %q:\n%s", what, want, text)
		}
	}
	if strings.Contains(text, "⟦") {
		t.Errorf("%s lacks wording:\n%s", what, text)
	}
}

// TestLifeOfAnOffice walks through the commands on the sample office, as its coordinator and its clerks do.
func TestLifeOfAnOffice(t *testing.T) {
	dir := newSample(t)
	office := []string{"--office", dir, "--lang", "en"}

	status, out, errs := call(t, append([]string{"run", "--period", "2025-W20", "--dry-run"}, office...)...)
	if status != exitAttention {
		t.Fatalf("draft: exit status %d, want %d: three files are refused\n%s%s", status, exitAttention, out, errs)
	}
	mustSay(t, "draft", out, "16/16", "DuThao_2025-W20.pdf", "DuThao_2025-W20.xlsx", "is a scan", "files refused, named above: 3;")
	if _, err := os.Stat(filepath.Join(dir, "reports", "TongHop_2025-W20_r1.pdf")); err == nil {
		t.Error("a draft was published")
	}

	status, out, errs = call(t, append([]string{"run", "--period", "2025-W20"}, office...)...)
	if status != exitAttention {
		t.Fatalf("run: exit status %d, want %d: three files are refused\n%s%s", status, exitAttention, out, errs)
	}
	mustSay(t, "run", out, "16/16", "TongHop_2025-W20_r1.pdf", "TongHop_2025-W20_r1.xlsx", "Next:", "is a scan")

	status, out, _ = call(t, append([]string{"run", "--period", "2025-W20"}, office...)...)
	mustSay(t, "second run", out, "nothing new since r1")
	if status != exitAttention {
		t.Errorf("second run: exit status %d", status)
	}
	if _, err := os.Stat(filepath.Join(dir, "reports", "TongHop_2025-W20_r2.pdf")); err == nil {
		t.Error("the second run published without anything new")
	}

	// The missing unit's return comes in after all: revision 2, and revision 1 stays as it was.
	before := hashTree(t, filepath.Join(dir, "reports"))
	late := "Mã nhiệm vụ;Nhiệm vụ;Tình trạng;Tỷ lệ hoàn thành\nI.4;Báo cáo muộn;Đang thực hiện;10%\n"
	if err := os.WriteFile(filepath.Join(dir, "inbox", "cuc-bc", "BC tuan 20.csv"), []byte("BÁO CÁO TUẦN 20 NĂM 2025\n"+late), 0o640); err != nil {
		t.Fatal(err)
	}
	if status, out, errs = call(t, append([]string{"run", "--period", "2025-W20"}, office...)...); status != exitAttention {
		t.Fatalf("run with a late return: exit status %d\n%s%s", status, out, errs)
	}
	mustSay(t, "run with a late return", out, "TongHop_2025-W20_r2.pdf")
	for name, sum := range before {
		if after := hashTree(t, filepath.Join(dir, "reports")); after[name] != sum {
			t.Errorf("%s changed after it was published", name)
		}
	}

	status, out, _ = call(t, append([]string{"verify"}, office...)...)
	if status != exitDone {
		t.Errorf("verify: exit status %d\n%s", status, out)
	}
	if err := os.WriteFile(filepath.Join(dir, "reports", "TongHop_2025-W20_r2.pdf"), []byte("touched"), 0o640); err != nil {
		t.Fatal(err)
	}
	status, out, _ = call(t, append([]string{"verify"}, office...)...)
	mustSay(t, "verify", out, "TongHop_2025-W20_r2.pdf")
	if status != exitAttention {
		t.Errorf("verify after a change: exit status %d, want %d", status, exitAttention)
	}

	status, out, _ = call(t, append([]string{"explain", "total.overdue"}, office...)...)
	mustSay(t, "explain of a figure", out, "Period 2025-W20, revision r2", "total.overdue = ", "sha256 ", "of sheet ")
	if status != exitDone {
		t.Errorf("explain of a figure: exit status %d", status)
	}
	_, out, _ = call(t, append([]string{"explain", "IV.3"}, office...)...)
	mustSay(t, "explain of a task", out, "Task IV.3: ", "plan.xlsx", "Period 2025-W15:")
	_, out, _ = call(t, append([]string{"explain", "II.5"}, office...)...)
	mustSay(t, "explain of a task with milestones", out, "Milestone: “Trình cấp có thẩm quyền”, ", "demands 80% (cell B", "of sheet Mốc tiến độ)")
	_, out, _ = call(t, append([]string{"explain", "cuc-bc/BC tuan 20.csv"}, office...)...)
	mustSay(t, "explain of a file", out, "accepted; counts for 2025-W20", "cell A3: I.4", "I.4")
	if status, _, errs = call(t, append([]string{"explain", "nothing"}, office...)...); status != exitUsage || !strings.Contains(errs, `"nothing"`) {
		t.Errorf("explain of nothing: exit status %d\n%s", status, errs)
	}

	// What was published rests on the ledger: a plan that is broken today does not keep it from being explained.
	plan := filepath.Join(dir, "plan.xlsx")
	sound, err := os.ReadFile(plan)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(plan, []byte("broken"), 0o640); err != nil {
		t.Fatal(err)
	}
	if status, out, errs = call(t, append([]string{"explain", "total.overdue"}, office...)...); status != exitDone {
		t.Errorf("explain beside a broken plan: exit status %d\n%s%s", status, out, errs)
	}
	if err := os.WriteFile(plan, sound, 0o640); err != nil {
		t.Fatal(err)
	}

	status, out, _ = call(t, append([]string{"doctor"}, office...)...)
	mustSay(t, "doctor", out, "The plan has 120 tasks", "The ledger is sound; 8 editions are published")
	if status != exitDone {
		t.Errorf("doctor: exit status %d", status)
	}
	copied := filepath.Join(t.TempDir(), "copy")
	if status, out, errs = call(t, append([]string{"backup", copied}, office...)...); status != exitDone {
		t.Errorf("backup: exit status %d\n%s%s", status, out, errs)
	}
	if status, _, errs = call(t, append([]string{"backup", copied}, office...)...); status != exitUsage || !strings.Contains(errs, "is there already") {
		t.Errorf("a backup over a backup: exit status %d\n%s", status, errs)
	}
	status, out, _ = call(t, "status", "--lang", "en", "--office", copied)
	mustSay(t, "status of the copy", out, "2025-W20 r2")
	if status != exitDone {
		t.Errorf("status of the copy: exit status %d", status)
	}

	status, out, _ = call(t, append([]string{"status"}, office...)...)
	mustSay(t, "status", out, "2025-W20 r2", "2025-W21")
	if status != exitDone {
		t.Errorf("status: exit status %d", status)
	}

	status, out, _ = call(t, append([]string{"plan", "diff"}, office...)...)
	mustSay(t, "plan diff", out, "Nothing changed")
	if status != exitDone {
		t.Errorf("plan diff: exit status %d", status)
	}
	book, err := excelize.OpenFile(plan)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if err := errors.Join(book.SetCellValue("Mốc tiến độ", "D4", 37.5), book.Save()); err != nil { // was 30
		t.Fatal(err)
	}
	for lang, percent := range map[string]string{"vi": "37,5%", "en": "37.5%"} {
		_, out, _ = call(t, "plan", "diff", "--office", dir, "--lang", lang)
		mustSay(t, "plan diff in "+lang, out, "Hoàn thành dự thảo lần 1 (28/02/2025, 30%) → Hoàn thành dự thảo lần 1 (28/02/2025, "+percent+")")
	}
}

func hashTree(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		out[e.Name()] = string(data)
	}
	return out
}

// TestExtractKeepsItsContract holds the JSON against the fields that other programs depend on.
func TestExtractKeepsItsContract(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "..", "samples", "bo-tttt", "inbox", "vu-khtc", "*"))
	if err != nil || len(files) == 0 {
		t.Fatal("no sample file", err)
	}
	status, out, errs := call(t, "extract", "--json", "--lang", "en", files[0])
	if status != exitDone {
		t.Fatalf("exit status %d: %s", status, errs)
	}
	var reading map[string]any
	if err := json.Unmarshal([]byte(out), &reading); err != nil {
		t.Fatal(err)
	}
	if got, want := slices.Sorted(maps.Keys(reading)), []string{"file", "findings", "format", "period", "rows", "sha256", "unit"}; !slices.Equal(got, want) {
		t.Errorf("keys %v, want %v", got, want)
	}
	row := reading["rows"].([]any)[0].(map[string]any)
	want := strings.Fields("origin code task group lead cooperating person product due due_date due_precision status_text status percent completed result evidence difficulty proposal reason note")
	slices.Sort(want)
	if got := slices.Sorted(maps.Keys(row)); !slices.Equal(got, want) {
		t.Errorf("keys of a row %v, want %v", got, want)
	}

	status, out, _ = call(t, "extract", "--json", files[0], files[0])
	var two []map[string]any
	if err := json.Unmarshal([]byte(out), &two); err != nil || len(two) != 2 || status != exitDone {
		t.Errorf("two files: exit status %d, %v", status, err)
	}

	status, out, _ = call(t, "extract", "--tables", "--json", files[0])
	var tables struct {
		File   string
		Tables []struct {
			Sheet string
			Rows  [][]string
		}
		Findings []any
	}
	if err := json.Unmarshal([]byte(out), &tables); err != nil || len(tables.Tables) == 0 || tables.Tables[0].Sheet == "" || status != exitDone {
		t.Errorf("tables: exit status %d, %v\n%.300s", status, err, out)
	}
}

func TestARefusedFileIsOneErrorAndNoRows(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"empty.xlsx": "", "text.xlsx": "not a workbook at all", "cut.pdf": "%PDF-1.4\n1 0 obj", "old.xls": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600),
	} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		status, out, _ := call(t, "extract", "--json", path)
		var r struct {
			Rows     []any
			Findings []struct{ Rule, Severity, Message string }
		}
		if err := json.Unmarshal([]byte(out), &r); err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
		if status != exitAttention || r.Rows == nil || len(r.Rows) != 0 || len(r.Findings) != 1 || r.Findings[0].Severity != "error" {
			t.Errorf("%s: exit status %d, %d rows, findings %+v", name, status, len(r.Rows), r.Findings)
			continue
		}
		mustSay(t, name, r.Findings[0].Message, " ")
	}
}

func TestCheckTellsAUnitWhatToMend(t *testing.T) {
	dir := newSample(t)
	good, err := filepath.Glob(filepath.Join(dir, "inbox", "vu-khtc", "*"))
	if err != nil || len(good) == 0 {
		t.Fatal("no sample file", err)
	}
	status, out, errs := call(t, "check", "--office", dir, "--lang", "en", "--unit", "vu-khtc", "--period", "2025-W20", good[0])
	if status != exitDone {
		t.Errorf("a good return: exit status %d\n%s%s", status, out, errs)
	}
	mustSay(t, "check", out, "Vụ Kế hoạch - Tài chính", "2025-W20")

	status, out, _ = call(t, "check", "--office", dir, "--lang", "en", "--unit", "vu-pc", "--period", "2025-W20", good[0])
	if status != exitAttention {
		t.Errorf("another unit's return: exit status %d\n%s", status, out)
	}
	mustSay(t, "check", out, "F04")
}

// TestFailuresAreSaid breaks the machine in the ways that happen, and reads what the person in front of it gets.
func TestFailuresAreSaid(t *testing.T) {
	tests := map[string]struct {
		harm   func(t *testing.T, dir string)
		status int
		say    []string
	}{
		"share not mounted": {func(t *testing.T, dir string) { rename(t, filepath.Join(dir, "inbox"), filepath.Join(dir, "gone")) }, exitFailed, []string{"The inbox", "cannot be opened"}},
		"empty mount point": {func(t *testing.T, dir string) {
			rename(t, filepath.Join(dir, "inbox"), filepath.Join(dir, "gone"))
			if err := os.Mkdir(filepath.Join(dir, "inbox"), 0o750); err != nil {
				t.Fatal(err)
			}
		}, exitFailed, []string{"the share may not be connected", ".inbox-id"}},
		"most files gone": {func(t *testing.T, dir string) {
			folders, err := filepath.Glob(filepath.Join(dir, "inbox", "[v-z]*"))
			more, err2 := filepath.Glob(filepath.Join(dir, "inbox", "c*"))
			if err != nil || err2 != nil {
				t.Fatal(err, err2)
			}
			for _, f := range append(folders, more...) {
				if err := os.RemoveAll(f); err != nil {
					t.Fatal(err)
				}
			}
		}, exitFailed, []string{"fewer than half are left", "--force"}},
		"bad plan": {func(t *testing.T, dir string) {
			if err := os.WriteFile(filepath.Join(dir, "plan.xlsx"), []byte("oh"), 0o640); err != nil {
				t.Fatal(err)
			}
		}, exitUsage, []string{"plan.xlsx has faults"}},
		"state of another instance": {func(t *testing.T, dir string) {
			l, err := ledger.Open(context.Background(), filepath.Join(dir, "state"))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = l.Close() })
			for _, beside := range []string{"status", "explain total.overdue", "form", "plan diff", "verify"} {
				if status, out, errs := call(t, append(strings.Fields(beside), "--office", dir)...); status != exitDone {
					t.Errorf("%s beside another instance: exit status %d\n%s%s", beside, status, out, errs)
				}
			}
		}, exitBusy, []string{"Another tiendo"}},
		"reports folder gone": {func(t *testing.T, dir string) {
			if err := os.RemoveAll(filepath.Join(dir, "reports")); err != nil {
				t.Fatal(err)
			}
		}, exitFailed, []string{"nothing was published"}},
	}
	master := newSample(t)
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "office")
			if err := os.CopyFS(dir, os.DirFS(master)); err != nil {
				t.Fatal(err)
			}
			tt.harm(t, dir)
			status, out, errs := call(t, "run", "--office", dir, "--lang", "en", "--period", "2025-W20")
			if status != tt.status {
				t.Errorf("exit status %d, want %d\n%s%s", status, tt.status, out, errs)
			}
			mustSay(t, "the message", errs, tt.say...)
			if found, _ := filepath.Glob(filepath.Join(dir, "reports", "*W20*")); len(found) > 0 {
				t.Errorf("published all the same: %v", found)
			}
		})
	}
}

func rename(t *testing.T, from, to string) {
	t.Helper()
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
}

func TestUsage(t *testing.T) {
	tests := map[string]struct {
		args []string
		say  string
	}{
		"unknown command":  {[]string{"runn", "--lang", "en"}, `there is no command "runn"; is it run?`},
		"unknown in plan":  {[]string{"plan", "xyz", "--lang", "en"}, `there is no command "xyz"`},
		"unknown flag":     {[]string{"run", "--preiod", "x", "--lang", "en"}, "there is no flag --preiod"},
		"unknown letter":   {[]string{"run", "-x", "--lang", "en"}, "there is no flag -x"},
		"flag with no end": {[]string{"run", "--lang", "en", "--period"}, "the flag --period needs a value after it"},
		"no such value":    {[]string{"run", "--all=perhaps", "--lang", "vi"}, `tùy chọn --all không nhận "perhaps"`},
		"strange flag":     {[]string{"run", "--=x", "--lang", "en"}, "cannot understand"},
		"no file":          {[]string{"extract", "--lang", "en"}, "this command is written: tiendo extract FILE..."},
		"one too many":     {[]string{"status", "now", "--lang", "vi"}, "lệnh này viết là: tiendo status"},
		"absent file":      {[]string{"extract", "--lang", "en", "no-such.xlsx"}, "There is no file no-such.xlsx"},
		"tables explained": {[]string{"extract", "--tables", "--explain", "--lang", "en", "a.xlsx"}, "not both"},
		"unknown language": {[]string{"version", "--lang", "fr"}, "vi"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			status, _, errs := call(t, tt.args...)
			if status != exitUsage || !strings.Contains(errs, tt.say) {
				t.Errorf("exit status %d, message %q; want %d and %q", status, errs, exitUsage, tt.say)
			}
		})
	}
}

func TestEveryCommandHasHelpWithAnExample(t *testing.T) {
	for _, lang := range []string{"vi", "en"} {
		for _, command := range [][]string{{"init"}, {"run"}, {"serve"}, {"status"}, {"extract"}, {"check"}, {"plan"}, {"plan", "import"}, {"plan", "diff"}, {"verify"}, {"version"}} {
			status, out, _ := call(t, append(slices.Clone(command), "--help", "--lang", lang)...)
			if status != exitDone || !strings.Contains(out, "  tiendo "+strings.Join(command, " ")) {
				t.Errorf("%s %v: exit status %d, no example:\n%s", lang, command, status, out)
			}
			mustSay(t, "help", out)
		}
	}
}
