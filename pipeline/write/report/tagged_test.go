package report

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/ledongthuc/pdf"

	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// content is a marked content as another program's reader finds it on a page.
type content struct {
	page int
	id   int // -1: an artifact
	role string
	text string
}

// contentsOf reads the marked contents of a page in the order in which they are drawn. Nothing may be drawn outside of them.
func contentsOf(t *testing.T, p pdf.Page, number int) []content {
	t.Helper()
	var all []content
	open := false
	pdf.Interpret(p.V.Key("Contents"), func(stk *pdf.Stack, op string) {
		switch op {
		case "BMC", "BDC":
			if open {
				t.Fatalf("page %d: a marked content within another", number)
			}
			c := content{page: number, id: -1}
			if op == "BDC" {
				c.id = int(stk.Pop().Key("MCID").Int64())
			}
			c.role = stk.Pop().Name()
			if (c.role == "Artifact") != (op == "BMC") {
				t.Fatalf("page %d: %s %s", number, c.role, op)
			}
			all, open = append(all, c), true
		case "EMC":
			if !open {
				t.Fatalf("page %d: EMC without a beginning", number)
			}
			open = false
		case "Tj":
			text := stk.Pop().RawString()
			if !open {
				t.Fatalf("page %d: %q is drawn outside of any marked content", number, text)
			}
			all[len(all)-1].text += fromUTF16(text)
		case "S", "f", "F", "B", "f*", "b", "s", "W":
			if !open {
				t.Fatalf("page %d: %s outside of any marked content", number, op)
			}
		}
		for stk.Len() > 0 {
			stk.Pop()
		}
	})
	if open {
		t.Fatalf("page %d ends within a marked content", number)
	}
	return all
}

func fromUTF16(s string) string {
	var units []uint16
	for i := 0; i+1 < len(s); i += 2 {
		units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return string(utf16.Decode(units))
}

// structure is what the tree of a file leads to.
type structure struct {
	contents map[[2]int]content // by page and id
	order    [][2]int           // the contents in the order of the tree
	links    int
	headings []string
	heads    []string // what stands in the headings of tables
	alts     []string
	tables   [][]int // of each table the width of each row in columns
}

// read goes down the tree and returns what it says in one string.
func (s *structure) read(t *testing.T, e pdf.Value, parent string) string {
	t.Helper()
	role := e.Key("S").Name()
	if e.Key("P").Key("S").Name() != parent {
		t.Fatalf("%s below %s says that its parent is %s", role, parent, e.Key("P").Key("S").Name())
	}
	holders := map[string]string{"TR": "Table", "TH": "TR", "TD": "TR", "LI": "L", "LBody": "LI"}
	if want, ok := holders[role]; ok && parent != want {
		t.Errorf("%s below %s", role, parent)
	}
	page := int(e.Key("Pg").Key("StructParents").Int64()) + 1
	if role == "Table" {
		s.tables = append(s.tables, nil)
	}
	text := ""
	kids := e.Key("K")
	for i := range kids.Len() {
		switch k := kids.Index(i); {
		case k.Kind() == pdf.Integer:
			text += s.take(t, page, int(k.Int64()), role)
		case k.Key("Type").Name() == "MCR":
			text += s.take(t, int(k.Key("Pg").Key("StructParents").Int64())+1, int(k.Key("MCID").Int64()), role)
		case k.Key("Type").Name() == "OBJR":
			if role != "Link" || k.Key("Obj").Key("Subtype").Name() != "Link" {
				t.Errorf("%s holds a %s", role, k.Key("Obj").Key("Subtype").Name())
			}
			s.links++
		default:
			text += s.read(t, k, role)
		}
	}
	scope := e.Key("A").Key("Scope").Name()
	if (role == "TH") != (scope != "") {
		t.Errorf("%s %q has the scope %q", role, text, scope)
	}
	switch role {
	case "H1", "H2", "H3":
		s.headings = append(s.headings, role+" "+strings.TrimSpace(text))
	case "TH":
		s.heads = append(s.heads, text)
	case "Figure":
		s.alts = append(s.alts, e.Key("Alt").Text())
	case "TR":
		width := 0
		for i := range kids.Len() {
			width += max(1, int(kids.Index(i).Key("A").Key("ColSpan").Int64()))
		}
		s.tables[len(s.tables)-1] = append(s.tables[len(s.tables)-1], width)
	}
	return text
}

// take marks a content as reached. Each is reached once, by an element of its role.
func (s *structure) take(t *testing.T, page, id int, role string) string {
	t.Helper()
	c, ok := s.contents[[2]int{page, id}]
	if !ok || c.role != role || slices.Contains(s.order[max(0, len(s.order)-50):], [2]int{page, id}) {
		t.Fatalf("%s leads to content %d of page %d, which is %+v", role, id, page, c)
	}
	s.order = append(s.order, [2]int{page, id})
	return c.text
}

// nums reads a number tree.
func nums(v pdf.Value, into map[int]pdf.Value) {
	kids := v.Key("Kids")
	for i := range kids.Len() {
		nums(kids.Index(i), into)
	}
	list := v.Key("Nums")
	for i := 0; i+1 < list.Len(); i += 2 {
		into[int(list.Index(i).Int64())] = list.Index(i + 1)
	}
}

// holds reports whether an element holds a content of a page.
func holds(e pdf.Value, page, id int) bool {
	kids := e.Key("K")
	own := int(e.Key("Pg").Key("StructParents").Int64()) + 1
	for i := range kids.Len() {
		k := kids.Index(i)
		switch {
		case k.Kind() == pdf.Integer && own == page && int(k.Int64()) == id:
			return true
		case k.Key("Type").Name() == "MCR" && int(k.Key("Pg").Key("StructParents").Int64())+1 == page && int(k.Key("MCID").Int64()) == id:
			return true
		}
	}
	return false
}

// structureOf reads a tagged file with a reader that is not ours, and holds its tree against what is drawn: whatever is drawn is in one
// element or is an artifact; the tree reads in the order of the pages; from each content and link the way back leads to its element.
func structureOf(t *testing.T, file []byte, all []drawn) structure {
	t.Helper()
	r, err := pdf.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	root := r.Trailer().Key("Root")
	if !root.Key("MarkInfo").Key("Marked").Bool() || root.Key("Lang").RawString() == "" {
		t.Error("the catalogue does not say that the file is tagged, and in which language")
	}
	s := structure{contents: map[[2]int]content{}}
	var inOrder [][2]int
	type side struct {
		page     int
		artifact bool
	}
	read, told := map[side]string{}, map[side]string{}
	for page := 1; page <= r.NumPage(); page++ {
		for _, c := range contentsOf(t, r.Page(page), page) {
			read[side{page, c.id < 0}] += c.text
			if c.id < 0 {
				continue
			}
			at := [2]int{c.page, c.id}
			if _, twice := s.contents[at]; twice {
				t.Fatalf("page %d has two contents %d", page, c.id)
			}
			s.contents[at] = c
			inOrder = append(inOrder, at)
		}
	}
	for _, d := range all {
		told[side{d.page, d.element == 0}] += d.text
	}
	bare := func(text string) string {
		return strings.NewReplacer(" ", "", "\u00a0", "").Replace(text)
	}
	for page := range r.NumPage() {
		for _, artifact := range []bool{false, true} {
			if k := (side{page + 1, artifact}); bare(read[k]) != bare(told[k]) {
				t.Errorf("page %d, artifacts %t: drawn\n%s\nread\n%s", k.page, artifact, told[k], read[k])
			}
		}
	}
	tree := root.Key("StructTreeRoot")
	s.read(t, tree.Key("K"), "")
	if len(s.order) != len(s.contents) {
		t.Errorf("the tree leads to %d contents of %d", len(s.order), len(s.contents))
	}
	for page := 1; page <= r.NumPage(); page++ {
		onPage := func(at [2]int) bool { return at[0] != page }
		if !slices.Equal(slices.DeleteFunc(slices.Clone(s.order), onPage), slices.DeleteFunc(slices.Clone(inOrder), onPage)) {
			t.Errorf("page %d is read in another order than it is drawn", page)
		}
	}
	back := map[int]pdf.Value{}
	nums(tree.Key("ParentTree"), back)
	links := 0
	for page := 1; page <= r.NumPage(); page++ {
		v := r.Page(page).V
		list := back[int(v.Key("StructParents").Int64())]
		n := 0
		for at := range s.contents {
			if at[0] == page {
				n++
				if !holds(list.Index(at[1]), page, at[1]) {
					t.Fatalf("content %d of page %d does not lead back to its element", at[1], page)
				}
			}
		}
		if list.Len() != n {
			t.Errorf("page %d leads back from %d contents, it has %d", page, list.Len(), n)
		}
		annots := v.Key("Annots")
		for i := range annots.Len() {
			links++
			if e := back[int(annots.Index(i).Key("StructParent").Int64())]; e.Key("S").Name() != "Link" {
				t.Errorf("a link of page %d leads back to %q", page, e.Key("S").Name())
			}
		}
		if annots.Len() > 0 && v.Key("Tabs").Name() != "S" {
			t.Errorf("page %d: the order of its links is not that of the structure", page)
		}
	}
	if links != s.links {
		t.Errorf("%d links on the pages, %d in the tree", links, s.links)
	}
	for _, rows := range s.tables {
		if len(rows) < 2 || slices.Min(rows) != slices.Max(rows) {
			t.Errorf("a table with rows of %v columns", rows)
		}
	}
	for _, alt := range s.alts {
		if strings.TrimSpace(alt) == "" || strings.Contains(alt, "{") {
			t.Errorf("a figure says %q", alt)
		}
	}
	return s
}

// TestEverythingIsTagged: whatever is drawn is read by the tree, in order, in editions and letters of all kinds.
func TestEverythingIsTagged(t *testing.T) {
	for _, name := range []string{"a month of a ministry", "one unit", "no units and no tasks", "tasks longer than pages", "names without spaces"} {
		for _, lang := range templates.Langs {
			t.Run(name+" "+string(lang), func(t *testing.T) {
				synthesis := offices[name].synthesis()
				synthesis.Draft = true
				var all []drawn
				file, _, err := drawBytes(synthesis, lang, func(d drawn) { all = append(all, d) })
				if err != nil {
					t.Fatal(err)
				}
				s := structureOf(t, file, all)
				// Nobody is read the heads and feet of pages, and the headings of tables again on each page; all else is read.
				heads, w := strings.Join(s.heads, "\n"), templates.In(lang)
				page := regexp.MustCompile(`^\d+$|` + regexp.QuoteMeta(w.Say("report.draft")) + `|\d+(/| of )\d+$`)
				for _, d := range all {
					if d.element == 0 && !strings.Contains(heads, d.text) && (d.page == 1 || !page.MatchString(d.text)) {
						t.Errorf("page %d: nobody is read %q", d.page, d.text)
					}
				}
				if len(s.headings) < 4 || !strings.HasPrefix(s.headings[0], "H1 ") || slices.ContainsFunc(s.headings[1:], func(h string) bool { return strings.HasPrefix(h, "H1 ") }) {
					t.Errorf("headings: %q", s.headings)
				}
			})
		}
	}
	for _, lang := range templates.Langs {
		var all []drawn
		file, err := drawLetter(reminder("decree30", 12, 1700, progress.Refused), lang, func(d drawn) { all = append(all, d) })
		if err != nil {
			t.Fatal(err)
		}
		if s := structureOf(t, file, all); len(s.headings) != 1 {
			t.Errorf("headings: %q", s.headings)
		}
	}
}

// TestFiguresSayWhatTheyShow: the words of a figure have its numbers, which another function counted.
func TestFiguresSayWhatTheyShow(t *testing.T) {
	synthesis := offices["a month of a ministry"].synthesis()
	var all []drawn
	file, _, err := drawBytes(synthesis, templates.English, func(d drawn) { all = append(all, d) })
	if err != nil {
		t.Fatal(err)
	}
	s := structureOf(t, file, all)
	c := synthesis.Total.Counts
	want := fmt.Sprintf("Bar chart of %d tasks: Done on time %d; Done late %d; ", c.Total, c.DoneOnTime, c.DoneLate)
	if !strings.HasPrefix(s.alts[0], want) || !strings.Contains(s.alts[0], fmt.Sprintf("Overdue %d; ", c.Overdue)) {
		t.Errorf("the bar of page 1 says %q, not %q…", s.alts[0], want)
	}
	last := synthesis.Total.Trend[len(synthesis.Total.Trend)-1].Counts
	share := fmt.Sprintf("%.1f%%.", 100*float64(last.Done())/float64(last.Done()+last.PastDue))
	if !strings.HasPrefix(s.alts[1], "Line chart of the on-schedule rate: ") || !strings.HasSuffix(strings.ReplaceAll(s.alts[1], " %", "%"), share) {
		t.Errorf("the trend of page 1 says %q, which does not end in %q", s.alts[1], share)
	}
	if !slices.ContainsFunc(s.alts, func(alt string) bool {
		return strings.Contains(alt, fmt.Sprintf(" %d.", c.DoneOnTime)) && strings.Contains(alt, fmt.Sprintf(" %d.", c.PastDue))
	}) {
		t.Errorf("no chart ends in %d done on time and %d past due: %q", c.DoneOnTime, c.PastDue, s.alts)
	}
}
