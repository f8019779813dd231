package pipeline

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"tiendo/pipeline/ledger"
	"tiendo/pipeline/progress"
)

// threeLevels is the committed sample of three levels; see cmd/samples/levels.go.
const threeLevels = "../samples/ba-cap"

// levelsTruth is what the seed of the three levels knows.
type levelsTruth struct {
	Provinces map[string][]struct {
		Task  string         `json:"task"`
		Unit  string         `json:"unit"`
		Class progress.Class `json:"class"`
	} `json:"provinces"`
	Ministry []struct {
		Task  string         `json:"task"`
		Unit  string         `json:"unit"`
		Class progress.Class `json:"class"`
		Parts []raisedBy     `json:"parts"`
	} `json:"ministry"`
}

type raisedBy struct {
	Unit   string         `json:"unit"`
	Class  progress.Class `json:"class"`
	File   string         `json:"file"`
	Row    int            `json:"row"`
	Column int            `json:"column"`
	Status string         `json:"status"`
}

// levelDesk is the desk of one office of the sample, on the day of the close.
func levelDesk(t *testing.T, dir string, office progress.Office) Desk {
	t.Helper()
	o := sampleOffice(dir)
	o.Office, o.RankDue, o.Quiet = office, 1, 0
	for _, folder := range []string{"reports", "returns", "state"} {
		if err := os.MkdirAll(filepath.Join(dir, folder), 0o750); err != nil {
			t.Fatal(err)
		}
	}
	if plan := filepath.Join(dir, "plan.csv"); exists(plan) {
		o.Plans, o.UnitsFile = []PlanFile{{Path: plan}}, filepath.Join(dir, "units.csv")
	}
	l, err := ledger.Open(context.Background(), o.State)
	if err != nil {
		t.Fatal(err)
	}
	readers, err := newPool(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		readers.Close()
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	d := Desk{Office: o, Ledger: l, Readers: readers, Now: func() time.Time { return time.Date(2025, 5, 16, 14, 0, 0, 0, o.Zone) }}
	if d, err = WithRegisters(context.Background(), d); err != nil {
		t.Fatal(err)
	}
	return d
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// closeLevel pulls and closes the week, and returns what the ledger then holds and the workbook that was published.
func closeLevel(t *testing.T, d Desk) (progress.Past, []byte) {
	t.Helper()
	ctx := context.Background()
	if err := Pull(ctx, d, false); err != nil {
		t.Fatal(err)
	}
	d.Now = func() time.Time { return time.Date(2025, 5, 16, 17, 5, 0, 0, d.Office.Zone) }
	if _, err := Close(ctx, d, period(t, period20)); err != nil {
		t.Fatal(err)
	}
	edition, err := d.Ledger.Edition(ctx, period20, 1)
	if err != nil {
		t.Fatal(err)
	}
	books, err := filepath.Glob(filepath.Join(d.Office.Reports, "*.xlsx"))
	if err != nil || len(books) != 1 {
		t.Fatalf("workbooks %v, %v", books, err)
	}
	data, err := os.ReadFile(books[0])
	if err != nil {
		t.Fatal(err)
	}
	return edition.Past, data
}

// TestThreeLevels lets communes report to provinces and provinces, by the workbooks that they publish, to the ministry. Every position of each
// level is that of the seed; and the ministry's figures are followed down to the cells of the communes' files, read by other libraries.
func TestThreeLevels(t *testing.T) {
	root := t.TempDir()
	if err := os.CopyFS(root, os.DirFS(threeLevels)); err != nil {
		t.Fatal(err)
	}
	var truth levelsTruth
	data, err := os.ReadFile(filepath.Join(threeLevels, "truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &truth); err != nil {
		t.Fatal(err)
	}
	for code, want := range truth.Provinces {
		d := levelDesk(t, filepath.Join(root, code), progress.Office{Name: "Văn phòng UBND tỉnh", Unit: code, Profile: "decree30"})
		past, book := closeLevel(t, d)
		classes := map[string]progress.Class{}
		for _, p := range want {
			classes[p.Task+" "+p.Unit] = p.Class
		}
		if diff := gocmp.Diff(classes, classesOf(past)); diff != "" {
			t.Errorf("%s (- the seed's, + ours):\n%s", code, diff)
		}
		inbox := filepath.Join(root, "bo", "inbox", code)
		if err := os.MkdirAll(inbox, 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(inbox, "TongHop.xlsx"), book, 0o640); err != nil {
			t.Fatal(err)
		}
	}
	d := levelDesk(t, filepath.Join(root, "bo"), progress.Office{Name: "Văn phòng Bộ", Profile: "decree30"})
	past, book := closeLevel(t, d)
	want := map[string]progress.Class{"II.3 vu-cds": progress.DoneOnTime}
	parts := map[string][]raisedBy{}
	for _, p := range truth.Ministry {
		want[p.Task+" "+p.Unit], parts[p.Task+" "+p.Unit] = p.Class, p.Parts
	}
	if diff := gocmp.Diff(want, classesOf(past)); diff != "" {
		t.Errorf("the ministry (- the seed's, + ours):\n%s", diff)
	}
	for _, s := range past.Submissions {
		if s.Punctuality != progress.OnTime || s.Errors > 0 {
			t.Errorf("%s: %s, %d errors", s.Unit, s.Punctuality, s.Errors)
		}
	}
	followed := 0
	for _, measure := range progress.Classes {
		traced, err := Trace(context.Background(), d, period20, "total."+string(measure))
		if err != nil {
			t.Fatalf("%s: %v", measure, err)
		}
		for _, p := range traced.Figure.Counted {
			if p.Row == nil || p.Unit == "vu-cds" {
				continue
			}
			followed++
			followDown(t, filepath.Join(root, p.Unit, "inbox"), p, parts[p.Task+" "+p.Unit])
		}
	}
	if followed != len(truth.Ministry) {
		t.Errorf("followed %d positions of %d", followed, len(truth.Ministry))
	}
	followFromAbove(t, root, book, past, parts)
}

// followFromAbove lets the ministry report to the government by its workbook, and follows the government's tasks through ministry and provinces
// to the cells of the communes.
func followFromAbove(t *testing.T, root string, book []byte, ministry progress.Past, parts map[string][]raisedBy) {
	t.Helper()
	const name = "Bộ Khoa học và Công nghệ"
	plan := "KẾ HOẠCH CHÍNH PHỦ GIAO\nMã nhiệm vụ,Nhiệm vụ,Cơ quan chủ trì,Thời hạn hoàn thành\n"
	tasks := map[string]bool{}
	for _, p := range ministry.Positions {
		if !tasks[p.Task.Code] {
			tasks[p.Task.Code] = true
			plan += fmt.Sprintf("%s,\"%s\",%s,30/9/2025\n", p.Task.Code, p.Task.Title, name)
		}
	}
	dir := filepath.Join(root, "vpcp")
	for file, text := range map[string]string{
		"plan.csv": plan, "units.csv": "Mã đơn vị,Tên đơn vị,Đơn vị cấp trên,Nộp báo cáo\nvpcp,Văn phòng Chính phủ,,\nbo," + name + ",vpcp,x\n",
		"inbox/.inbox-id": "vpcp\n", "inbox/bo/TongHop.xlsx": string(book),
	} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, file)), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o640); err != nil {
			t.Fatal(err)
		}
	}
	d := levelDesk(t, dir, progress.Office{Name: "Văn phòng Chính phủ", Profile: "decree30"})
	closeLevel(t, d)
	provinces := map[string]string{"UBND tỉnh Hà Lam": "ha-lam", "UBND tỉnh Sông Vân": "song-van"}
	followed := 0
	for code := range tasks {
		traced, err := Trace(context.Background(), d, period20, code)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range traced.Task.Positions[0].Row.Parts {
			if province := provinces[p.Unit]; province != "" {
				followed++
				followDown(t, filepath.Join(root, province, "inbox"), TracedPosition{Task: code, Unit: province, Row: &TracedRow{Parts: p.Parts}}, parts[code+" "+province])
			}
		}
	}
	if followed != len(parts) {
		t.Errorf("the government follows %d positions, the ministry has %d", followed, len(parts))
	}
}

func classesOf(past progress.Past) map[string]progress.Class {
	out := map[string]progress.Class{}
	for _, p := range past.Positions {
		out[p.Task.Code+" "+p.Unit] = p.Class
	}
	return out
}

var rowNumber = regexp.MustCompile(`[A-Z]+(\d+)`)

// followDown follows a position of the ministry to the returns of the communes behind it.
func followDown(t *testing.T, inbox string, p TracedPosition, want []raisedBy) {
	t.Helper()
	if len(p.Row.Parts) != len(want) {
		t.Fatalf("%s %s: %d parts, want %d", p.Task, p.Unit, len(p.Row.Parts), len(want))
	}
	for i, part := range p.Row.Parts {
		w := want[i]
		if part.Unit != w.Unit || part.Class != w.Class || part.File != w.File {
			t.Errorf("%s %s: part %d is %s, %s, %q; want %s, %s, %q", p.Task, p.Unit, i, part.Unit, part.Class, part.File, w.Unit, w.Class, w.File)
		}
		if w.File == "" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(inbox, filepath.FromSlash(part.File)))
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != part.SHA256 {
			t.Errorf("%s: the hash is not that of the commune's file", part.File)
		}
		m := rowNumber.FindStringSubmatch(part.Place)
		if m == nil {
			t.Fatalf("%s: the place %q names no cell", part.File, part.Place)
		}
		row, _ := strconv.Atoi(m[1])
		if row != w.Row {
			t.Errorf("%s: row %d, want %d", part.File, row, w.Row)
		}
		if got := heldBy(t, part.File, data, row, w.Column); got != w.Status {
			t.Errorf("%s: row %d says %q, want %q", part.File, row, got, w.Status)
		}
	}
}

// heldBy is what a cell of a file holds, read by other libraries than ours.
func heldBy(t *testing.T, name string, data []byte, row, column int) string {
	t.Helper()
	if strings.HasSuffix(name, ".csv") {
		r := csv.NewReader(bytes.NewReader(data))
		r.Comma, r.FieldsPerRecord = ';', -1
		lines, err := r.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return lines[row-1][column-1]
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	at, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		t.Fatal(err)
	}
	text, err := f.GetCellValue(f.GetSheetName(0), at)
	if err != nil {
		t.Fatal(fmt.Errorf("%s: %w", name, err))
	}
	return text
}
