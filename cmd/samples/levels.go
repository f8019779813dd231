package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"tiendo/pipeline/progress"
)

// levelsCommand makes three levels: communes report to the office of their province, and the offices of the provinces, by their syntheses, to
// that of the ministry.
func levelsCommand(args []string) error {
	flags := flag.NewFlagSet("levels", flag.ContinueOnError)
	seed := flags.Uint64("seed", 77, "decides every story")
	out := flags.String("out", "", "folder to write, its offices removed first")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *out == "" {
		return errors.New("levels: --out is missing")
	}
	for _, o := range append([]string{ministry}, provinceCodes()...) {
		if err := os.RemoveAll(filepath.Join(*out, o)); err != nil {
			return err
		}
	}
	return newLevels(*seed).write(*out)
}

const ministry = "bo"

// province is an office of the middle level and its communes. All names are invented.
type province struct {
	code, name string
	communes   []string
	silent     int // commune that sends nothing
}

var provinces = []province{
	{"ha-lam", "UBND tỉnh Hà Lam", []string{"Tân Sơn", "Đông Trà", "Bình Lộc", "Phú Vang Hạ", "An Khê Đông"}, 4},
	{"song-van", "UBND tỉnh Sông Vân", []string{"Thượng Kiều", "Hạ Kiều", "Lâm Thủy", "Mỹ Đàn"}, -1},
}

func provinceCodes() []string {
	var out []string
	for _, p := range provinces {
		out = append(out, p.code)
	}
	return out
}

// errand is a task of the ministry that provinces pass on to their communes. below is the deadline that they give them; local tasks are the
// provinces' own, which the ministry's plan does not have.
type errand struct {
	code, title, product, due, below string
	local                            bool
}

var errands = []errand{
	{"I.1", "Số hóa sổ hộ tịch và đồng bộ vào cơ sở dữ liệu hộ tịch điện tử", "Báo cáo nghiệm thu", "15/5/2025", "30/4/2025", false},
	{"I.2", "Ban hành quy chế tiếp nhận và trả kết quả thủ tục hành chính trên môi trường mạng", "Quyết định", "10/5/2025", "10/5/2025", false},
	{"I.3", "Kiện toàn tổ công nghệ số cộng đồng tại các thôn, tổ dân phố", "Quyết định", "20/5/2025", "20/5/2025", false},
	{"II.1", "Rà soát, công khai danh mục dịch vụ công trực tuyến toàn trình", "Danh mục", "6/2025", "15/6/2025", false},
	{"II.2", "Bảo đảm an toàn thông tin cho mạng nội bộ của ủy ban nhân dân", "Hồ sơ đề xuất cấp độ", "31/7/2025", "31/7/2025", false},
	{"III.1", "Chỉnh trang biển chỉ dẫn tại bộ phận một cửa", "Biên bản", "31/12/2025", "31/12/2025", true},
}

// ownTask is a task that a unit of the ministry leads itself.
var ownTask = errand{"II.3", "Hướng dẫn các địa phương đánh giá mức độ chuyển đổi số cấp xã", "Công văn", "30/4/2025", "", false}

var errandGroups = map[string]string{"I": "I. Thể chế và dữ liệu", "II": "II. Dịch vụ số và an toàn thông tin", "III": "III. Nhiệm vụ riêng của tỉnh"}

func (e errand) task(due, leads string) progress.Task {
	d, ok := lastDays[due]
	if !ok {
		panic("no last day for " + due)
	}
	roman, _, _ := strings.Cut(e.code, ".")
	when := progress.Due{Text: due, Date: day(d.day), Precision: progress.Precision(d.precision)}
	return progress.Task{
		Code: e.code, Group: errandGroups[roman], Phase: phases[0], Title: e.title, Product: e.product, Authority: "Thủ tướng Chính phủ",
		Mandate: "Quyết định số 9002/QĐ-TTg ngày 15/01/2025", Assigned: day("2025-01-15"), LeadText: leads, Due: when, OriginalDue: when,
	}
}

// levels is all that the seed decides.
type levels struct {
	week  edition
	truth levelsTruth
	// files are the returns, by path below the folder of all offices.
	files map[string]func() ([]byte, error)
}

// levelsTruth is truth.json of the three levels.
type levelsTruth struct {
	// Provinces are the positions of the communes, by province.
	Provinces map[string][]truthPosition `json:"provinces"`
	// Ministry are the positions of the provinces, each with what it is made of.
	Ministry []truthRaised `json:"ministry"`
}

// truthRaised is a position that a lower office's synthesis reports on.
type truthRaised struct {
	Task  string          `json:"task"`
	Unit  string          `json:"unit"`
	Class progress.Class  `json:"class"`
	Parts []truthRaisedBy `json:"parts"`
}

// truthRaisedBy is a commune's share: its return, and the place of its row and of its status in it. No file: it sent none.
type truthRaisedBy struct {
	Unit   string         `json:"unit"`
	Class  progress.Class `json:"class"`
	File   string         `json:"file,omitempty"` // below the province's inbox
	Row    int            `json:"row,omitempty"`
	Column int            `json:"column,omitempty"` // of the status, from 1
	Status string         `json:"status,omitempty"` // as written there
}

func communeCode(p province, i int) string { return fmt.Sprintf("%s-x%d", p.code, i+1) }

func newLevels(seed uint64) *levels {
	l := &levels{week: weekEditions("2025-W20", 1)[0], files: map[string]func() ([]byte, error){}, truth: levelsTruth{Provinces: map[string][]truthPosition{}}}
	for at, p := range provinces {
		r := rand.New(rand.NewPCG(seed, uint64(at)))
		reports := map[int][]*report{} // by commune
		for _, e := range errands {
			for i := range p.communes {
				reports[i] = append(reports[i], l.story(r, e, p, i))
			}
		}
		made := map[int]map[string]truthRaisedBy{} // where the rows stand
		for i, name := range p.communes {
			made[i] = map[string]truthRaisedBy{}
			if i != p.silent {
				made[i] = l.send(p, i, name, reports[i])
			}
		}
		for n, e := range errands {
			raised := truthRaised{Task: e.code, Unit: p.code}
			var heard []*report
			for i, name := range p.communes {
				rep := reports[i][n]
				part := truthRaisedBy{Unit: "UBND xã " + name, Class: progress.NotReported}
				if sent, ok := made[i][e.code]; ok {
					part = sent
					part.Class = l.class(rep, rep.task.Due.Date)
					heard = append(heard, rep)
				}
				raised.Parts = append(raised.Parts, part)
				l.truth.Provinces[p.code] = append(l.truth.Provinces[p.code], truthPosition{Task: e.code, Unit: communeCode(p, i), Class: part.Class})
			}
			if !e.local {
				raised.Class = l.raise(heard, len(p.communes), e.task(e.due, "").Due.Date)
				l.truth.Ministry = append(l.truth.Ministry, raised)
			}
		}
	}
	return l
}

// story is what a commune says of a task.
func (l *levels) story(r *rand.Rand, e errand, p province, i int) *report {
	task := e.task(e.below, "Các xã, phường")
	full, part := 100.0, float64(20+5*r.IntN(13))
	number := 10 + r.IntN(80)
	rep := &report{task: task, unit: communeCode(p, i), code: e.code, title: e.title, due: task.Due}
	done := func(on progress.Date, proven bool) {
		rep.status, rep.statusText, rep.percent, rep.completed = progress.Done, "Hoàn thành", &full, on
		rep.result = fmt.Sprintf("Đã thực hiện xong tại %d thôn.", 3+r.IntN(9))
		if proven {
			rep.evidence = fmt.Sprintf("Quyết định số %d/QĐ-UBND ngày %s", number, slash(on))
			if e.product != "Quyết định" {
				rep.evidence = fmt.Sprintf("%s số %d/BC-UBND ngày %s", e.product, number, slash(on))
			}
		}
	}
	early := task.Due.Date
	if early.After(l.week.close) {
		early = l.week.close
	}
	switch n := r.IntN(10); {
	case n < 6:
		done(early.AddDays(-1-r.IntN(9)), true)
	case n < 7 && task.Due.Date.Before(l.week.close.AddDays(-3)):
		done(task.Due.Date.AddDays(2), true)
	case n < 8 && n != 6:
		done(early.AddDays(-2), false)
	case n < 9:
		rep.status, rep.statusText, rep.percent = progress.InProgress, "Đang thực hiện", &part
		rep.result = fmt.Sprintf("Đã triển khai tại %d thôn, còn %d thôn.", 2+r.IntN(5), 1+r.IntN(4))
	default:
		none := 0.0
		rep.status, rep.statusText, rep.percent = progress.NotStarted, "Chưa triển khai", &none
		rep.result = fmt.Sprintf("Chờ bố trí %d cán bộ.", 1+r.IntN(3))
	}
	if rep.status != progress.Done && !l.week.close.Before(task.Due.Date) {
		rep.reason = fmt.Sprintf("Thiếu %d cán bộ phụ trách.", 1+r.IntN(3))
		rep.proposal = "Đề nghị UBND tỉnh bổ sung nhân sự."
	}
	return rep
}

// class is where a report stands on the closing day.
func (l *levels) class(rep *report, due progress.Date) progress.Class {
	switch {
	case rep.status == progress.Done && rep.evidence == "":
		return progress.Unconfirmed
	case rep.status == progress.Done && rep.completed.After(due):
		return progress.DoneLate
	case rep.status == progress.Done:
		return progress.DoneOnTime
	}
	return l.open(due)
}

func (l *levels) open(due progress.Date) progress.Class {
	switch {
	case l.week.close.After(due):
		return progress.Overdue
	case l.week.close.DaysUntil(due) <= l.week.soonDays:
		return progress.DueSoon
	}
	return progress.InTerm
}

// raise is where a province stands with a task, by the reports of its communes and the ministry's deadline: done when the last commune is, and
// confirmed when every one is.
func (l *levels) raise(heard []*report, communes int, due progress.Date) progress.Class {
	if len(heard) == 0 {
		return progress.NotReported
	}
	last, proven := progress.Date{}, true
	for _, rep := range heard {
		if rep.status != progress.Done {
			return l.open(due)
		}
		proven = proven && rep.evidence != ""
		if rep.completed.After(last) {
			last = rep.completed
		}
	}
	switch {
	case len(heard) < communes:
		return l.open(due)
	case !proven:
		return progress.Unconfirmed
	case last.After(due):
		return progress.DoneLate
	}
	return progress.DoneOnTime
}

// send writes the return of a commune, each in a form of its own, and tells where each row stands.
func (l *levels) send(p province, i int, name string, reports []*report) map[string]truthRaisedBy {
	unit := progress.Unit{Code: communeCode(p, i), Name: "UBND xã " + name}
	f := []form{plain, grouped}[i%2]
	f.bare, f.groups, f.numbered = true, false, false
	content := f.fill(unit, l.week, reports)
	above := len(content.sheet.Title) + len(content.sheet.Head)
	file := fmt.Sprintf("%s/BC_%s.xlsx", unit.Code, l.week.ID)
	write := content.sheet.writeXLSX
	if above++; i%3 == 2 { // a workbook has a blank line between title and table
		above--
		file = fmt.Sprintf("%s/BC_%s.csv", unit.Code, l.week.ID)
		write = func() ([]byte, error) { return content.sheet.writeCSV(';', true) }
	}
	l.files[filepath.Join(p.code, "inbox", filepath.FromSlash(file))] = write
	out := map[string]truthRaisedBy{}
	for n, rep := range reports {
		at := 0
		for j, c := range f.columns {
			if c.field == progress.FieldStatus {
				at = j + 1
			}
		}
		out[rep.code] = truthRaisedBy{Unit: unit.Name, File: file, Row: above + n + 1, Column: at, Status: rep.statusText}
	}
	return out
}

func (l *levels) write(dir string) error {
	files := l.files
	marshal := func() ([]byte, error) {
		var b bytes.Buffer
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", " ")
		err := enc.Encode(l.truth)
		return b.Bytes(), err
	}
	files["truth.json"] = marshal
	var above []progress.Task
	provinceUnits := []progress.Unit{{Code: ministry, Name: "Bộ Khoa học và Công nghệ", Level: "Bộ"}}
	for _, e := range errands {
		if !e.local {
			above = append(above, e.task(e.due, "Các tỉnh, thành phố"))
		}
	}
	provinceUnits = append(provinceUnits, progress.Unit{Code: "vu-cds", Name: "Vụ Chuyển đổi số địa phương", Parent: ministry, Level: "Vụ", Reports: true})
	above = append(above, ownTask.task(ownTask.due, "Vụ Chuyển đổi số địa phương"))
	for _, p := range provinces {
		provinceUnits = append(provinceUnits, progress.Unit{Code: p.code, Name: p.name, Parent: ministry, Level: "Tỉnh", Reports: true})
		l.office(p.code, "Văn phòng "+p.name, p.name, p.code, p.tasks(), p.units())
	}
	l.office(ministry, "Văn phòng Bộ", "Bộ Khoa học và Công nghệ", "", above, provinceUnits)
	full := 100.0
	own := ownTask.task(ownTask.due, "Vụ Chuyển đổi số địa phương")
	bare := plain
	bare.bare = true
	files[filepath.Join(ministry, "inbox", "vu-cds", "BC_2025-W20.xlsx")] = bare.fill(provinceUnits[1], l.week, []*report{{
		task: own, unit: "vu-cds", code: own.Code, title: own.Title, due: own.Due, status: progress.Done, statusText: "Hoàn thành", percent: &full,
		completed: day("2025-04-25"), result: "Đã gửi hướng dẫn tới các tỉnh.", evidence: "Công văn số 77/BKHCN-CĐS ngày 25/4/2025",
	}}).sheet.writeXLSX
	for name, write := range files {
		if err := put(filepath.Join(dir, name), write); err != nil {
			return err
		}
	}
	return nil
}

// office adds the registers and settings of one office.
func (l *levels) office(code, name, parent, unit string, tasks []progress.Task, units []progress.Unit) {
	plan := planSheet(tasks)
	plan.Title = []string{"KẾ HOẠCH CHUYỂN ĐỔI SỐ CẤP XÃ NĂM 2025", "Phiên bản: 2025.1 (hiệu lực từ ngày 20/01/2025)"}
	text := strings.NewReplacer("Văn phòng Ban Chỉ đạo Chuyển đổi số", name, "Bộ Thông tin và Truyền thông", parent, "VPBCĐ", "VP").Replace(string(settings))
	if unit != "" {
		text = strings.Replace(text, "  profile:", fmt.Sprintf("  unit: %q\n  profile:", unit), 1)
	}
	text = strings.Replace(text, "rank_due: 3", "rank_due: 1", 1)
	for file, data := range map[string]func() ([]byte, error){
		"plan.xlsx": plan.writeXLSX, "units.xlsx": unitSheet(units).writeXLSX,
		"tiendo.yaml":     func() ([]byte, error) { return []byte(text), nil },
		"inbox/.inbox-id": func() ([]byte, error) { return []byte(code + "\n"), nil },
	} {
		l.files[filepath.Join(code, filepath.FromSlash(file))] = data
	}
}

func (p province) tasks() []progress.Task {
	var out []progress.Task
	for _, e := range errands {
		out = append(out, e.task(e.below, "Các xã, phường"))
	}
	return out
}

func (p province) units() []progress.Unit {
	out := []progress.Unit{{Code: p.code, Name: p.name, Level: "Tỉnh"}}
	for i, name := range p.communes {
		out = append(out, progress.Unit{Code: communeCode(p, i), Name: "UBND xã " + name, Parent: p.code, Level: "Xã", Reports: true})
	}
	return out
}
