package pipeline

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"tiendo/pipeline/ledger"
)

// Each fault of an installation is found, by the part that has it and by no other.
func TestExamine(t *testing.T) {
	s := openSample(t)
	ctx := context.Background()
	known, err := ledger.OpenReadOnly(ctx, s.desk.Office.State)
	if err != nil {
		t.Fatal(err)
	}
	defer known.Close()
	write := func(t *testing.T, path, text string) string {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o640); err != nil {
			t.Fatal(err)
		}
		return path
	}
	tests := map[string]struct {
		ill    string // the part that is found ill; empty: none
		change func(t *testing.T, o *Office, dir string)
	}{
		"all well":             {"", func(*testing.T, *Office, string) {}},
		"no inbox":             {"inbox", func(_ *testing.T, o *Office, dir string) { o.Inbox = filepath.Join(dir, "not-mounted") }},
		"an empty mount point": {"inbox", func(t *testing.T, o *Office, dir string) { o.Inbox = dir }},
		"another inbox": {"inbox", func(t *testing.T, o *Office, dir string) {
			write(t, filepath.Join(dir, Sentinel), "another office\n")
			o.Inbox = dir
		}},
		"no reports folder": {"reports", func(_ *testing.T, o *Office, dir string) { o.Reports = filepath.Join(dir, "gone") }},
		"returns is a file": {"returns", func(t *testing.T, o *Office, dir string) { o.Returns = write(t, filepath.Join(dir, "returns"), "") }},
		"a bad plan": {"registers", func(t *testing.T, o *Office, dir string) {
			o.Plans = []PlanFile{{Path: write(t, filepath.Join(dir, "plan.xlsx"), "no workbook")}}
		}},
		"no unit register": {"register_files", func(_ *testing.T, o *Office, dir string) { o.UnitsFile = filepath.Join(dir, "units.xlsx") }},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			o := s.desk.Office
			o.Returns = t.TempDir()
			test.change(t, &o, t.TempDir())
			seen := map[string]bool{}
			for _, e := range Examine(ctx, o, known, nil, s.desk.Readers) {
				seen[e.What] = true
				if (e.Health == Ill) != (e.What == test.ill) {
					t.Errorf("%s is %s: %s", e.What, e.Health, e.Detail)
				}
			}
			if len(seen) != 8 {
				t.Errorf("%d parts were examined: %v", len(seen), seen)
			}
			if left, _ := filepath.Glob(filepath.Join(o.Returns, ".tiendo-doctor-*")); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

func TestExamineFindsADamagedLedger(t *testing.T) {
	ctx := context.Background()
	s := openSample(t)
	state := t.TempDir()
	file := filepath.Join(state, ledger.FileName)
	if err := s.desk.Ledger.CopyTo(ctx, file); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for i := len(data) / 2; i < len(data)/2+8192; i++ {
		data[i] ^= 0xA5
	}
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	damaged, err := ledger.OpenReadOnly(ctx, state)
	if err != nil {
		t.Fatal(err)
	}
	defer damaged.Close()
	o := s.desk.Office
	o.State = state
	for _, e := range Examine(ctx, o, damaged, nil, s.desk.Readers) {
		if e.What == "ledger" && e.Health != Ill {
			t.Errorf("a damaged ledger is %s", e.Health)
		}
	}
}

// A ledger that cannot be opened is told with the rest, by what is to be done about it.
func TestExamineTellsWhyALedgerCannotBeOpened(t *testing.T) {
	s := openSample(t)
	for want, unopened := range map[string]error{"ledger_newer": ledger.ErrNewer, "ledger_access": fs.ErrPermission} {
		ill := []string{}
		for _, e := range Examine(context.Background(), s.desk.Office, nil, unopened, s.desk.Readers) {
			if e.Health == Ill {
				ill = append(ill, e.What)
			}
		}
		if !slices.Equal(ill, []string{want}) {
			t.Errorf("%v: found ill %v, want %s", unopened, ill, want)
		}
	}
}

// A plan that can be worked by and has something to be mended is no reason to stop, and none to be silent.
func TestExamineCountsTheWarningsOfThePlan(t *testing.T) {
	s := openSample(t)
	o := s.desk.Office
	dir := t.TempDir()
	o.UnitsFile, o.Plans = filepath.Join(dir, "units.csv"), []PlanFile{{Path: filepath.Join(dir, "plan.csv")}}
	for path, text := range map[string]string{
		o.UnitsFile:     "Mã đơn vị,Tên đơn vị\nvu-a,Vụ A\n",
		o.Plans[0].Path: "Mã nhiệm vụ,Nhiệm vụ,Cơ quan chủ trì,Thời hạn hoàn thành,Thời hạn ban đầu,Mốc 1\nI.1,Một,Vụ A,30/9/2025,30/6/2025,Trình\n",
	} {
		if err := os.WriteFile(path, []byte(text), 0o640); err != nil {
			t.Fatal(err)
		}
	}
	for _, e := range Examine(context.Background(), o, nil, nil, s.desk.Readers) {
		if e.What == "registers" && (e.Health != Uneasy || e.Facts["n"] != "2" || e.Detail != "") {
			t.Errorf("%+v", e)
		}
	}
}
