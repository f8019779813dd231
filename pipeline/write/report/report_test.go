package report

import (
	"bytes"
	"fmt"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/ledongthuc/pdf"

	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// offices are the shapes and sizes that every test of the layout draws.
var offices = map[string]office{
	"a week of a ministry":    {kind: progress.Week, units: 16, tasks: 120, history: true},
	"a month of a ministry":   {kind: progress.Month, units: 16, tasks: 120, history: true},
	"a year and a month":      {kind: progress.Month, units: 16, tasks: 120, history: true, earlier: 12},
	"a week of a province":    {kind: progress.Week, units: 60, tasks: 2000, history: true},
	"no tasks":                {kind: progress.Week, units: 1},
	"no units and no tasks":   {kind: progress.Month},
	"one unit":                {kind: progress.Quarter, units: 1, tasks: 20},
	"a nation":                {kind: progress.Week, units: 3400, tasks: 400, history: true},
	"millions of tasks":       {kind: progress.Month, units: 16, tasks: 120, history: true, times: 123456},
	"1,700-character tasks":   {kind: progress.Month, units: 16, tasks: 60, history: true, longTitle: 1700},
	"tasks longer than pages": {kind: progress.Week, units: 4, tasks: 20, longTitle: 20000},
	"long unit names": {kind: progress.Month, units: 16, tasks: 60, history: true,
		unitSuffix: " thuộc Bộ Thông tin và Truyền thông, phụ trách chuyển đổi số và giao dịch điện tử khu vực phía Nam"},
	"names without spaces": {kind: progress.HalfYear, units: 3, tasks: 40, unitSuffix: strings.Repeat("Vụ/Cục", 40)},
}

// pages sorts what was drawn by page.
func pages(all []drawn) map[int][]drawn {
	byPage := map[int][]drawn{}
	for _, d := range all {
		byPage[d.page] = append(byPage[d.page], d)
	}
	return byPage
}

// drawBytes draws the synthesis into memory.
func drawBytes(s progress.Synthesis, lang templates.Lang, observe func(drawn)) ([]byte, []Printed, error) {
	var out bytes.Buffer
	printed, err := draw(&out, s, lang, observe)
	return out.Bytes(), printed, err
}

func TestNothingOverlapsOrLeavesTheMargins(t *testing.T) {
	for name, o := range offices {
		for _, lang := range templates.Langs {
			t.Run(name+" "+string(lang), func(t *testing.T) {
				s := o.synthesis()
				var all []drawn
				pdf, _, err := drawBytes(s, lang, func(d drawn) { all = append(all, d) })
				if err != nil {
					t.Fatal(err)
				}
				boxes := mediaBoxes(t, pdf)
				for page, texts := range pages(all) {
					checkPage(t, page, boxes[page-1], texts)
				}
			})
		}
	}
}

// mediaBoxes reads the sizes of the pages from the file itself.
func mediaBoxes(t *testing.T, file []byte) [][2]float64 {
	t.Helper()
	r, err := pdf.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var sizes [][2]float64
	for n := range r.NumPage() {
		box := r.Page(n + 1).V.Key("MediaBox")
		sizes = append(sizes, [2]float64{box.Index(2).Float64(), box.Index(3).Float64()})
	}
	return sizes
}

// checkPage holds the text of a page against the margins of Decree 30 and against each other.
func checkPage(t *testing.T, page int, size [2]float64, texts []drawn) {
	t.Helper()
	const point = 72 / 25.4
	left, right, bottom, top := 30*point, size[0]-15*point, size[1]-20*point, 20*point
	if size[0] > size[1] {
		left = 20 * point
	}
	// Sorted by their tops, boxes can only overlap with those that begin before they end.
	slices.SortFunc(texts, func(a, b drawn) int { return int(a.y0*100) - int(b.y0*100) })
	for i, a := range texts {
		head := a.text == strconv.Itoa(page)
		foot := regexp.MustCompile(fmt.Sprintf(`[ \x{a0}]%d(/| of )\d+$`, page)).MatchString(a.text)
		if a.x0 < left-0.1 || a.x1 > right+0.1 || a.y1 > bottom+1 && !(foot && a.y0 > bottom && a.y1 < size[1]-8*point) || a.y0 < top-1 && !(head && a.y1 < top) {
			t.Errorf("page %d: %q leaves the margins: %.1f–%.1f, %.1f–%.1f", page, a.text, a.x0, a.x1, a.y0, a.y1)
		}
		for _, b := range texts[i+1:] {
			if b.y0 >= a.y1 {
				break
			}
			// Half a point: the letters of the face do not fill ascent and descent.
			if a.x0+0.5 < b.x1 && b.x0+0.5 < a.x1 && b.y0+0.5 < a.y1 {
				t.Errorf("page %d: %q and %q overlap at %.1f, %.1f", page, a.text, b.text, b.x0, b.y0)
			}
		}
	}
}

// TestFiguresPrinted holds every figure printed against the model: the number read back from its text is that of the
// synthesis.
func TestFiguresPrinted(t *testing.T) {
	for name, o := range offices {
		for _, lang := range templates.Langs {
			s := o.synthesis()
			_, printed, err := drawBytes(s, lang, nil)
			if err != nil {
				t.Fatal(err)
			}
			figures := map[string]progress.Figure{}
			for _, f := range s.Figures() {
				figures[f.ID] = f
			}
			for _, p := range printed {
				f, ok := figures[p.Figure]
				if !ok {
					t.Errorf("%s: printed %s %q is no figure of the synthesis", name, p.Figure, p.Text)
					continue
				}
				if want := aspectOf(f, p.Aspect, s.Total.Counts); readNumber(p.Text, lang) != want {
					t.Errorf("%s %s: %s %s is printed as %q on page %d, the model has %s", name, lang, p.Figure, p.Aspect, p.Text, p.Page, want)
				}
			}
		}
	}
}

// readNumber reduces a printed number to digits, point, sign and slash, as in 1234.5, +3, 61/90.
func readNumber(text string, lang templates.Lang) string {
	thousands, decimal := ".", ","
	if lang == templates.English {
		thousands, decimal = ",", "."
	}
	return strings.NewReplacer(thousands, "", decimal, ".", "−", "-", "%", "", " ", "").Replace(text)
}

func aspectOf(f progress.Figure, a Aspect, total progress.Counts) string {
	percent := func(s progress.Share) string {
		if s.Den == 0 {
			return "–"
		}
		return fmt.Sprintf("%.1f", 100*float64(s.Num)/float64(s.Den))
	}
	change := func(from *progress.Value) string {
		if from == nil {
			return "–"
		}
		by, ok := f.Value.Change(*from)
		switch {
		case !ok:
			return "–"
		case f.Value.Share == nil && by == 0, f.Value.Share != nil && by > -0.05 && by < 0.05:
			return "0"
		case f.Value.Share != nil:
			return fmt.Sprintf("%+.1f", by)
		}
		return fmt.Sprintf("%+.0f", by)
	}
	switch a {
	case Number:
		return strconv.Itoa(f.Value.Count)
	case Percentage:
		return percent(*f.Value.Share)
	case Fraction:
		return fmt.Sprintf("%d/%d", f.Value.Share.Num, f.Value.Share.Den)
	case Portion:
		return percent(progress.Share{Num: f.Value.Count, Den: total.Total - total.Regular})
	case Change:
		return change(f.Previous)
	case YearChange:
		return change(f.YearBefore)
	}
	return "unknown aspect " + string(a)
}

// TestPageOneHasTheAnswer: a leader who reads page 1 alone has the figures of domain 3.1, and they are those that a hand
// count gives: of each 20 tasks nine are done on time, two done late, one unconfirmed, three in term, one due soon, two overdue,
// one not reported and one regular; 120 tasks are six such twenties.
func TestPageOneHasTheAnswer(t *testing.T) {
	s := offices["a week of a ministry"].synthesis()
	_, printed, err := drawBytes(s, templates.Vietnamese, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"total.total": "120", "total.done": "66", "total.done_on_time": "54", "total.done_late": "12", "total.unconfirmed": "6",
		"total.in_term": "18", "total.due_soon": "6", "total.overdue": "12", "total.not_reported": "6", "total.regular": "6",
		"total.dated": "114", "total.past_due": "24", "reporting.missing": "2", "reporting.on_time": "12", "reporting.late": "2",
	}
	percent := map[string]string{"total.on_schedule": "73,3 %"} // 66 / (66 + 24)
	for _, p := range printed {
		if p.Page == 1 && p.Aspect == Number && want[p.Figure] == p.Text {
			delete(want, p.Figure)
		}
		if p.Page == 1 && p.Aspect == Percentage && percent[p.Figure] == p.Text {
			delete(percent, p.Figure)
		}
	}
	if len(want)+len(percent) > 0 {
		t.Errorf("page 1 does not print %v %v", want, percent)
	}
}

// allText is the text in the order in which it is drawn, one space between pieces.
func allText(t *testing.T, s progress.Synthesis, lang templates.Lang) (string, map[int]string) {
	t.Helper()
	var b strings.Builder
	byPage := map[int]string{}
	if _, _, err := drawBytes(s, lang, func(d drawn) {
		b.WriteString(d.text + " ")
		byPage[d.page] += d.text + " "
	}); err != nil {
		t.Fatal(err)
	}
	return b.String(), byPage
}

// TestNothingIsCut: every title, name and quotation of the synthesis stands in the document word for word.
func TestNothingIsCut(t *testing.T) {
	for _, name := range []string{"a month of a ministry", "1,700-character tasks", "long unit names"} {
		s := offices[name].synthesis()
		text, _ := allText(t, s, templates.Vietnamese)
		for _, task := range s.Tasks {
			words := []string{task.Task.Title, task.UnitName, task.Task.Product}
			if task.Claim != nil {
				words = append(words, task.Claim.Row.Result, task.Claim.Row.Reason, task.Claim.Row.Proposal)
			}
			for _, w := range words {
				if !strings.Contains(text, w) {
					t.Fatalf("%s: %.60q of task %s is not printed whole", name, w, task.Task.Code)
				}
			}
		}
	}
}

// TestWeeklyEditionIsShort: whatever the office, a weekly edition is three pages, then the annexes; what is not shown is counted.
func TestWeeklyEditionIsShort(t *testing.T) {
	for name, o := range offices {
		if o.kind != progress.Week {
			continue
		}
		for _, lang := range templates.Langs {
			s := o.synthesis()
			_, byPage := allText(t, s, lang)
			annex := 0
			for page := range byPage {
				if strings.HasPrefix(byPage[page], templates.In(lang).Say("report.annex.tasks")+" ") {
					annex = page
				}
			}
			if annex == 0 || annex > 4 {
				t.Errorf("%s %s: the annex begins on page %d", name, lang, annex)
			}
			late := byPage[2] + byPage[3]
			if n := strconv.Itoa(len(s.Overdue)); !strings.Contains(late, ": "+n+" ") {
				t.Errorf("%s %s: pages 2 and 3 do not count the %s overdue tasks", name, lang, n)
			}
		}
	}
}

// TestPageOneIsAlone: whatever the office, the title of the following part stands on page 2.
func TestPageOneIsAlone(t *testing.T) {
	for name, o := range offices {
		_, byPage := allText(t, o.synthesis(), templates.Vietnamese)
		if !strings.Contains(byPage[1], "Độ tin cậy:") || !strings.HasPrefix(byPage[2], "1. ") {
			t.Errorf("%s: page 1 ends %.40q, page 2 begins %.40q", name, byPage[1][max(0, len(byPage[1])-40):], byPage[2])
		}
		if strings.HasSuffix(byPage[1], " 1 ") || !strings.HasSuffix(byPage[2], " 2 ") { // page heads are drawn last
			t.Errorf("%s: page numbers begin on page 2", name)
		}
	}
}

// TestPageOneKeepsRoomForTheUrgent: whatever names, history and warnings take, five urgent tasks stand on page 1, or all; four where it
// says what a revision changes as well, and one less of an office whose figures have eight digits.
func TestPageOneKeepsRoomForTheUrgent(t *testing.T) {
	for name, o := range offices {
		for _, profile := range []string{"decree30", "party"} {
			s := o.synthesis()
			s.Office.Profile = profile
			s.Warned = warned(s.Overdue)
			check := func(want int) {
				t.Helper()
				if o.times > 0 {
					want--
				}
				_, byPage := allText(t, s, templates.Vietnamese)
				shown := 0
				for _, task := range s.Urgent {
					if strings.Contains(byPage[1], " "+task.Task.Code+" "+task.Task.Title[:6]) {
						shown++
					}
				}
				if shown < min(want, len(s.Urgent)) {
					t.Errorf("%s, %s: %d of %d urgent tasks are on page 1, want %d", name, profile, shown, len(s.Urgent), want)
				}
			}
			check(5)
			if len(s.Overdue) > 0 {
				before := s.Total.Counts
				before.Overdue, before.NotReported = before.Overdue-1, before.NotReported+1
				s.Correction = &progress.Correction{Revision: 1, Before: before, Returns: s.Submissions[:1],
					Moved: []progress.Moved{{TaskLine: s.Overdue[0], From: progress.NotReported}}}
				check(4)
			}
		}
	}
}

// warned gives tasks the longest kind of early warning.
func warned(tasks []progress.TaskLine) []progress.TaskLine {
	tasks = slices.Clone(tasks)
	for i := range tasks {
		tasks[i].Warning = &progress.Warning{Chance: 0.95}
	}
	return tasks
}

func TestNoWordingIsMissing(t *testing.T) {
	for _, kind := range []progress.PeriodKind{progress.Week, progress.Month, progress.Quarter, progress.HalfYear, progress.NineMonths, progress.Year} {
		for _, lang := range templates.Langs {
			s := office{kind: kind, units: 16, tasks: 120, history: kind != progress.Year}.synthesis()
			s.Draft, s.Revision = true, 2
			s.Findings = nil // their sentences belong to those who find them
			text, _ := allText(t, s, lang)
			if at := strings.Index(text, "⟦"); at >= 0 {
				t.Errorf("%s %s: %s", kind, lang, text[at:at+60])
			}
			if at := regexp.MustCompile(`\{[a-z_]+[:}]`).FindString(text); at != "" {
				t.Errorf("%s %s: place %s is not filled", kind, lang, at)
			}
		}
	}
}

// TestContestedPositions: a monthly edition quotes the unit beside what is held; a weekly one leaves that to the workbook.
func TestContestedPositions(t *testing.T) {
	for kind, want := range map[progress.PeriodKind]int{progress.Month: 1, progress.Week: 0} {
		s := office{kind: kind, units: 4, tasks: 40}.synthesis()
		line := s.Unconfirmed[0]
		claim := *line.Claim
		claim.Row.StatusText, claim.Row.Result = "Đã xong từ lâu", "Trình ký trong quý"
		line.Claim, line.Doubts = &claim, []string{"R08"}
		s.Contested = []progress.TaskLine{line}
		text, _ := allText(t, s, templates.English)
		for _, words := range []string{"judges otherwise than this report", "Đã xong từ lâu"} {
			if got := strings.Count(strings.Join(strings.Fields(text), " "), words); got != want {
				t.Errorf("%s: %q stands %d times, want %d", kind, words, got, want)
			}
		}
	}
}

// TestEveryRuleHasATitle: a table that names rules by their codes says in words what each checks. Rules of registers (G)
// stop a run before anything is printed; their titles are for the catalogue (docs/RULES.md).
func TestEveryRuleHasATitle(t *testing.T) {
	code := regexp.MustCompile(`^finding\.([FHPRT]\d\d)`)
	for _, lang := range templates.Langs {
		words := templates.In(lang)
		for _, key := range words.Keys() {
			if m := code.FindStringSubmatch(key); m != nil && !words.Has("rule."+m[1]) {
				t.Errorf("%s: no title for rule %s", lang, m[1])
			}
		}
	}
}

func TestDraftAndRevision(t *testing.T) {
	s := offices["one unit"].synthesis()
	if _, byPage := allText(t, s, templates.Vietnamese); strings.Contains(byPage[1]+byPage[2], "DỰ THẢO") || strings.Contains(byPage[1], "sửa đổi") {
		t.Error("a closed first edition is marked as a draft or as revised")
	}
	s.Draft, s.Revision = true, 2
	before := s.Total.Counts
	before.Overdue, before.NotReported = before.Overdue-1, before.NotReported+1
	s.Correction = &progress.Correction{Revision: 1, Before: before, Returns: s.Submissions[:1],
		Moved: []progress.Moved{{TaskLine: s.Overdue[0], From: progress.NotReported}}}
	text, byPage := allText(t, s, templates.Vietnamese)
	wanted := fmt.Sprintf("quá hạn %d → %d", before.Overdue, before.Overdue+1)
	if !strings.Contains(strings.ReplaceAll(byPage[1], "\u00a0", " "), "So với bản r1: 1 báo cáo mới được tính hoặc thay bản trước") || !strings.Contains(text, wanted) {
		t.Errorf("page 1 does not say what the revision changes: %s", byPage[1])
	}
	if !strings.Contains(text, "PHỤ LỤC III") {
		t.Error("the annex with the changes is missing")
	}
	if !strings.Contains(byPage[1], "DỰ THẢO") || !strings.Contains(byPage[2], "DỰ THẢO") {
		t.Error("a draft is not marked on its pages")
	}
	if !strings.Contains(byPage[1], "Bản sửa đổi lần 1 (r2)") {
		t.Error("page 1 does not name the revision")
	}
}

func TestPartyLayout(t *testing.T) {
	s := offices["one unit"].synthesis()
	s.Office.Profile = "party"
	_, byPage := allText(t, s, templates.Vietnamese)
	if !strings.Contains(byPage[1], "ĐẢNG CỘNG SẢN VIỆT NAM") || strings.Contains(byPage[1], "CỘNG HÒA XÃ HỘI") {
		t.Errorf("head of page 1: %.120s", byPage[1])
	}
}

func TestSameInputsSameBytes(t *testing.T) {
	o := offices["a month of a ministry"]
	first, _, err := drawBytes(o.synthesis(), templates.Vietnamese, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("TZ", "America/New_York")
	t.Setenv("LANG", "vi_VN.UTF-8")
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	for range 5 {
		again, _, err := drawBytes(o.synthesis(), templates.Vietnamese, nil)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first, again) {
			t.Fatal("two drawings of one synthesis differ")
		}
	}
}

func TestDocumentIsDescribed(t *testing.T) {
	for lang, tag := range map[templates.Lang]string{templates.Vietnamese: "vi-VN", templates.English: "en-GB"} {
		file, _, err := drawBytes(offices["one unit"].synthesis(), lang, nil)
		if err != nil {
			t.Fatal(err)
		}
		r, err := pdf.NewReader(bytes.NewReader(file), int64(len(file)))
		if err != nil {
			t.Fatal(err)
		}
		if lang := r.Trailer().Key("Root").Key("Lang").RawString(); lang != tag {
			t.Errorf("the document is in %q, not in %s", lang, tag)
		}
		for _, key := range []string{"Title", "Author", "Subject", "Creator"} {
			if r.Trailer().Key("Info").Key(key).Text() == "" {
				t.Errorf("%s: the document has no %s", tag, key)
			}
		}
		if len(r.Outline().Child) < 3 {
			t.Errorf("%s: the outline has the entries %v", tag, r.Outline().Child)
		}
		for _, font := range r.Page(1).Fonts() {
			if name := r.Page(1).Font(font).V.Key("BaseFont").Name(); !regexp.MustCompile(`^[A-Z]{6}\+`).MatchString(name) {
				t.Errorf("%s: the font %s is not marked as a subset", tag, name)
			}
			if r.Page(1).Font(font).V.Key("DescendantFonts").Index(0).Key("FontDescriptor").Key("FontFile2").Kind() != pdf.Stream {
				t.Errorf("%s: the font %s is not in the file", tag, font)
			}
		}
	}
}

// TestLinksLeadToTheTask: a task of page 1 is linked to its own line in the annex.
func TestLinksLeadToTheTask(t *testing.T) {
	s := offices["a month of a ministry"].synthesis()
	lines := map[string]drawn{} // the code of a task stands alone in one place only: its line in the annex
	file, _, err := drawBytes(s, templates.Vietnamese, func(d drawn) { lines[d.text] = d })
	if err != nil {
		t.Fatal(err)
	}
	places := linkedPlaces(t, file)
	for _, task := range slices.Concat(s.Urgent, s.Overdue) {
		line := lines[task.Task.Code]
		if !slices.ContainsFunc(places[line.page], func(y float64) bool { return line.y0 >= y && line.y0 < y+5 }) {
			t.Errorf("no link leads to the line of %s on page %d at %.0f", task.Task.Code, line.page, line.y0)
		}
	}
}

// linkedPlaces reads from the file where its links lead: page → heights from its top.
func linkedPlaces(t *testing.T, file []byte) map[int][]float64 {
	t.Helper()
	sizes := mediaBoxes(t, file)
	r, err := pdf.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	places := map[int][]float64{}
	for n := range sizes {
		annots := r.Page(n + 1).V.Key("Annots")
		for i := range annots.Len() {
			dest := annots.Index(i).Key("Dest")
			page, y := int(dest.Index(0).Key("StructParents").Int64())+1, dest.Index(3).Float64()
			if dest.Index(0).Key("Type").Name() != "Page" || y < 0 || y > sizes[page-1][1] {
				t.Fatalf("%v leads out of the document", dest)
			}
			places[page] = append(places[page], sizes[page-1][1]-y)
		}
	}
	return places
}

// TestHostileWords: what a unit or a plan may carry in its names neither stops the drawing nor leaves the page.
func TestHostileWords(t *testing.T) {
	const words = "Vụ \u202eA\u202c 👍 \x00\x1b[2J ☑ 漢 \ud7ff (\\) <</JavaScript>> =SUM(1) e\u0301\u0302\u0303"
	s := office{kind: progress.Month, units: 2, tasks: 20, unitSuffix: words}.synthesis()
	s.PlanName, s.PlanVersion, s.Office.Name, s.Office.Parent, s.Office.Symbol = words, words, words, words, words
	for i := range s.Tasks {
		s.Tasks[i].Task.Title, s.Tasks[i].Task.Code, s.Tasks[i].Task.Group = words, words, words
	}
	var all []drawn
	pdf, _, err := drawBytes(s, templates.Vietnamese, func(d drawn) { all = append(all, d) })
	if err != nil {
		t.Fatal(err)
	}
	boxes := mediaBoxes(t, pdf)
	for page, texts := range pages(all) {
		checkPage(t, page, boxes[page-1], texts)
	}
	text, _ := allText(t, s, templates.Vietnamese)
	if !strings.Contains(text, "ký tự trong báo cáo không có trong phông chữ") {
		t.Error("the method annex does not say that characters were replaced")
	}
}
