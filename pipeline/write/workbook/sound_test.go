package workbook

import (
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"tiendo/templates"
)

// The rules below are those whose breach makes Excel offer to repair a workbook: ECMA-376 part 1 (18.2, 18.3, 18.5) and
// part 2 (9, 10), and Excel's published limits.

func TestSound(t *testing.T) {
	for _, lang := range templates.Langs {
		p, _ := xlsx(t, weekly.synthesis(), lang)
		sound(t, p)
	}
}

// sound checks a workbook against the rules.
func sound(t testing.TB, p parts) {
	t.Helper()
	for name, data := range p {
		wellFormed(t, name, data)
	}
	soundPackage(t, p)
	names, part := p.sheets(t)
	dimension := map[string]area{}
	for _, name := range names {
		dimension[name] = soundSheet(t, p, name, part[name])
	}
	soundNames(t, p, names, dimension)
	soundLinks(t, p, part, dimension)
	soundTables(t, p, names, part, dimension)
	soundCharts(t, p, dimension)
}

func wellFormed(t testing.TB, name string, data []byte) {
	t.Helper()
	dec := xml.NewDecoder(bytes.NewReader(data))
	for {
		tok, err := dec.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		if _, ok := tok.(xml.Directive); ok {
			t.Errorf("%s has a document type", name)
		}
	}
}

const contentTypes = "[Content_Types].xml"

// contentList is the part that names what each part is.
type contentList struct {
	Default []struct {
		Extension string `xml:",attr"`
	} `xml:"Default"`
	Override []struct {
		PartName string `xml:",attr"`
	} `xml:"Override"`
}

// soundPackage checks content types and relationships: each part is named, each name is a part, nothing leads out.
func soundPackage(t testing.TB, p parts) {
	t.Helper()
	var list contentList
	p.decode(t, contentTypes, &list)
	byExtension, byPart := map[string]bool{}, map[string]bool{}
	for _, d := range list.Default {
		byExtension[d.Extension] = true
	}
	for _, o := range list.Override {
		name := strings.TrimPrefix(o.PartName, "/")
		if p[name] == nil {
			t.Errorf("content types name %s, which is not there", o.PartName)
		}
		if byPart[name] {
			t.Errorf("content types name %s twice", o.PartName)
		}
		byPart[name] = true
	}
	for name := range p {
		extension := strings.TrimPrefix(path.Ext(name), ".")
		if name != contentTypes && !byPart[name] && (!byExtension[extension] || extension == "xml") {
			t.Errorf("part %s has no content type of its own", name)
		}
		if extension != "rels" {
			continue
		}
		var r relationships
		p.decode(t, name, &r)
		base := path.Join(path.Dir(name), "..")
		for _, rel := range r.Relationship {
			target := strings.TrimPrefix(rel.Target, "/")
			if target == rel.Target {
				target = path.Join(base, rel.Target)
			}
			if rel.TargetMode == "External" || p[target] == nil {
				t.Errorf("%s: %s leads to %q (%s)", name, rel.ID, rel.Target, rel.TargetMode)
			}
		}
	}
}

// area is a range of cells, from 1, both ends included.
type area struct{ x0, y0, x1, y1 int }

func areaOf(t testing.TB, ref string) area {
	t.Helper()
	ref = strings.ReplaceAll(ref, "$", "")
	from, to, ranged := strings.Cut(ref, ":")
	if !ranged {
		to = from
	}
	x0, y0, err0 := excelize.CellNameToCoordinates(from)
	x1, y1, err1 := excelize.CellNameToCoordinates(to)
	if err0 != nil || err1 != nil || x0 > x1 || y0 > y1 {
		t.Errorf("%q is no range", ref)
	}
	return area{x0, y0, x1, y1}
}

func (a area) holds(b area) bool { return a.x0 <= b.x0 && a.y0 <= b.y0 && b.x1 <= a.x1 && b.y1 <= a.y1 }
func (a area) meets(b area) bool { return a.x0 <= b.x1 && b.x0 <= a.x1 && a.y0 <= b.y1 && b.y0 <= a.y1 }

// sheetOrder is the order of the elements of a worksheet (CT_Worksheet).
var sheetOrder = []string{
	"sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection", "protectedRanges",
	"scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting",
	"dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks",
	"customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture",
	"oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
}

type stylesXML struct {
	Xfs  []struct{} `xml:"cellXfs>xf"`
	Dxfs []struct{} `xml:"dxfs>dxf"`
}

type sheetExtraXML struct {
	Children []struct{ XMLName xml.Name } `xml:",any"`
	Cols     []struct {
		Min int `xml:"min,attr"`
		Max int `xml:"max,attr"`
	} `xml:"cols>col"`
	Formats []struct {
		Area  string `xml:"sqref,attr"`
		Rules []struct {
			Dxf int `xml:"dxfId,attr"`
		} `xml:"cfRule"`
	} `xml:"conditionalFormatting"`
}

// soundSheet checks one sheet and returns its dimension.
func soundSheet(t testing.TB, p parts, name, part string) area {
	t.Helper()
	var ws worksheetXML
	p.decode(t, part, &ws)
	whole := areaOf(t, ws.Dimension.Ref)
	soundOrder(t, p, name, part, whole)
	var style stylesXML
	p.decode(t, "xl/styles.xml", &style)
	lastRow := 0
	for _, row := range ws.Rows {
		if row.R <= lastRow {
			t.Errorf("%s: row %d after row %d", name, row.R, lastRow)
		}
		lastRow = row.R
		lastColumn := 0
		for _, c := range row.Cells {
			at := areaOf(t, c.R)
			switch {
			case at.y0 != row.R || at.x0 <= lastColumn || !whole.holds(at):
				t.Errorf("%s: cell %s in row %d after column %d, dimension %s", name, c.R, row.R, lastColumn, ws.Dimension.Ref)
			case c.Formula != nil:
				t.Errorf("%s: cell %s holds a formula", name, c.R)
			case c.S < 0 || c.S >= len(style.Xfs):
				t.Errorf("%s: cell %s has style %d of %d", name, c.R, c.S, len(style.Xfs))
			case c.T != "" && c.T != "inlineStr":
				t.Errorf("%s: cell %s has type %s", name, c.R, c.T)
			case len(utf16.Encode([]rune(c.Text))) > 32767:
				t.Errorf("%s: cell %s holds too much text", name, c.R)
			}
			lastColumn = at.x0
		}
	}
	if lastRow != whole.y1 {
		t.Errorf("%s: dimension %s, last row %d", name, ws.Dimension.Ref, lastRow)
	}
	for i, a := range ws.Merges {
		if x := areaOf(t, a.Ref); !whole.holds(x) || x.x0 == x.x1 && x.y0 == x.y1 {
			t.Errorf("%s: merge %s in %s", name, a.Ref, ws.Dimension.Ref)
		}
		for _, b := range ws.Merges[:i] {
			if areaOf(t, a.Ref).meets(areaOf(t, b.Ref)) {
				t.Errorf("%s: merges %s and %s overlap", name, a.Ref, b.Ref)
			}
		}
	}
	return whole
}

// soundOrder checks the order of elements and columns, and the conditional formats.
func soundOrder(t testing.TB, p parts, name, part string, whole area) {
	t.Helper()
	var extra sheetExtraXML
	p.decode(t, part, &extra)
	if i := bytes.Index(p[part], []byte("<autoFilter")); i >= 0 {
		t.Errorf("%s has a filter besides that of its table", name)
	}
	last, dec, depth := -1, xml.NewDecoder(bytes.NewReader(p[part])), 0
	for {
		tok, err := dec.Token()
		if err != nil {
			break // its form was checked before
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			if depth == 1 {
				at := slices.Index(sheetOrder, tok.Name.Local)
				if at < last || at < 0 {
					t.Errorf("%s: element %s out of order", name, tok.Name.Local)
				}
				last = at
			}
			depth++
		case xml.EndElement:
			depth--
		}
	}
	end := 0
	for _, c := range extra.Cols {
		if c.Min != end+1 || c.Max < c.Min {
			t.Errorf("%s: columns %d to %d after column %d", name, c.Min, c.Max, end)
		}
		end = c.Max
	}
	var style stylesXML
	p.decode(t, "xl/styles.xml", &style)
	for _, f := range extra.Formats {
		if !whole.holds(areaOf(t, f.Area)) {
			t.Errorf("%s: conditional format of %s outside the sheet", name, f.Area)
		}
		for _, r := range f.Rules {
			if r.Dxf < 0 || r.Dxf >= len(style.Dxfs) {
				t.Errorf("%s: conditional format %d of %d", name, r.Dxf, len(style.Dxfs))
			}
		}
	}
}

var (
	definedName = regexp.MustCompile(`^[\p{L}_\\][\p{L}\p{N}_.\\]*$`)
	likeACell   = regexp.MustCompile(`(?i)^([a-z]{1,3}[0-9]+|r[0-9]*c[0-9]*|[rc])$`)
	reference   = regexp.MustCompile(`^'((?:[^']|'')+)'!(\$?[A-Z]*\$?[0-9]+(?::\$?[A-Z]*\$?[0-9]+)?)$`)
)

// target is the sheet and the cells to which a reference leads.
func target(t testing.TB, ref string, dimension map[string]area) (string, string) {
	t.Helper()
	m := reference.FindStringSubmatch(ref)
	if m == nil {
		t.Errorf("%q is no reference", ref)
		return "", ""
	}
	sheet := strings.ReplaceAll(m[1], "''", "'")
	if _, ok := dimension[sheet]; !ok {
		t.Errorf("%q leads to a sheet that is not there", ref)
	}
	return sheet, m[2]
}

// soundNames checks the names of sheets and the defined names.
func soundNames(t testing.TB, p parts, names []string, dimension map[string]area) {
	t.Helper()
	seen := map[string]bool{}
	for _, name := range names {
		if n := len(utf16.Encode([]rune(name))); n == 0 || n > 31 || strings.ContainsAny(name, `:\/?*[]`) || strings.Trim(name, "'") != name || seen[strings.ToLower(name)] {
			t.Errorf("%q is no name for a sheet, or it is taken", name)
		}
		seen[strings.ToLower(name)] = true
	}
	var wb workbookXML
	p.decode(t, "xl/workbook.xml", &wb)
	taken := map[string]bool{}
	for _, d := range wb.DefinedNames {
		key := d.Local + "!" + strings.ToLower(d.Name)
		if !definedName.MatchString(d.Name) || likeACell.MatchString(d.Name) || taken[key] {
			t.Errorf("%q is no name for cells, or it is taken", d.Name)
		}
		taken[key] = true
		sheet, cells := target(t, d.Text, dimension)
		if !strings.HasPrefix(d.Name, "_xlnm.Print_Titles") && !dimension[sheet].holds(areaOf(t, cells)) {
			t.Errorf("name %s leads out of its sheet: %s", d.Name, d.Text)
		}
	}
}

// soundLinks checks that links lead to cells of this workbook.
func soundLinks(t testing.TB, p parts, part map[string]string, dimension map[string]area) {
	t.Helper()
	for name := range part {
		var ws worksheetXML
		p.decode(t, part[name], &ws)
		if len(ws.Links) > 65530 {
			t.Errorf("%s has %d links", name, len(ws.Links))
		}
		seen := map[string]bool{}
		for _, l := range ws.Links {
			sheet, cell := target(t, l.Location, dimension)
			if l.RID != "" || seen[l.Ref] || !dimension[sheet].holds(areaOf(t, cell)) || !dimension[name].holds(areaOf(t, l.Ref)) {
				t.Errorf("%s: link at %s to %s", name, l.Ref, l.Location)
			}
			seen[l.Ref] = true
		}
	}
}

type tableXML struct {
	ID     int    `xml:"id,attr"`
	Name   string `xml:"displayName,attr"`
	Ref    string `xml:"ref,attr"`
	Filter struct {
		Ref string `xml:"ref,attr"`
	} `xml:"autoFilter"`
	Columns []struct {
		ID   int    `xml:"id,attr"`
		Name string `xml:"name,attr"`
	} `xml:"tableColumns>tableColumn"`
}

// soundTables checks that tables have ids and names of their own, and that their columns are named as the cells
// above them.
func soundTables(t testing.TB, p parts, names []string, part map[string]string, dimension map[string]area) {
	t.Helper()
	cells := p.cells(t)
	ids, taken := map[int]bool{}, map[string]bool{}
	for _, sheet := range names {
		var ws worksheetXML
		p.decode(t, part[sheet], &ws)
		rels := p.rels(t, part[sheet])
		for _, link := range ws.Tables {
			var table tableXML
			p.decode(t, rels[link.RID], &table)
			a := areaOf(t, table.Ref)
			if ids[table.ID] || taken[strings.ToLower(table.Name)] || !definedName.MatchString(table.Name) || likeACell.MatchString(table.Name) {
				t.Errorf("%s: table %d %q has an id or a name that is taken or none", sheet, table.ID, table.Name)
			}
			ids[table.ID], taken[strings.ToLower(table.Name)] = true, true
			if table.Filter.Ref != table.Ref || !dimension[sheet].holds(a) || a.y1 == a.y0 || len(table.Columns) != a.x1-a.x0+1 {
				t.Errorf("%s: table %s with filter %s and %d columns", sheet, table.Ref, table.Filter.Ref, len(table.Columns))
			}
			heads := map[string]bool{}
			for i, c := range table.Columns {
				ref, _ := excelize.CoordinatesToCellName(a.x0+i, a.y0)
				if above := cells[Place{sheet, ref}].text; above != c.Name || c.Name == "" || c.ID != i+1 || heads[strings.ToLower(c.Name)] {
					t.Errorf("%s: column %d of the table is %q, the cell above it %q", sheet, c.ID, c.Name, above)
				}
				heads[strings.ToLower(c.Name)] = true
			}
			for _, m := range ws.Merges {
				if areaOf(t, m.Ref).meets(a) {
					t.Errorf("%s: merge %s inside the table", sheet, m.Ref)
				}
			}
		}
	}
}

var chartReference = regexp.MustCompile(`<(?:c:)?f>([^<]*)</(?:c:)?f>`)

// soundCharts checks that charts draw cells that are there.
func soundCharts(t testing.TB, p parts, dimension map[string]area) {
	t.Helper()
	for name, data := range p {
		if !strings.HasPrefix(name, "xl/charts/") {
			continue
		}
		refs := chartReference.FindAllSubmatch(data, -1)
		if len(refs) == 0 {
			t.Errorf("%s draws nothing", name)
		}
		for _, m := range refs {
			ref := strings.NewReplacer("&#39;", "'", "&apos;", "'").Replace(string(m[1]))
			sheet, cells := target(t, ref, dimension)
			if !dimension[sheet].holds(areaOf(t, cells)) {
				t.Errorf("%s draws %s, which is not on the sheet", name, ref)
			}
		}
	}
}

// The rules are worth something only if they find what is wrong.
func TestSoundFindsFaults(t *testing.T) {
	small := office{units: 5, tasksEach: 4, weeks: 2, previous: true}
	data, _, err := writeBytes(small.synthesis(), templates.In(templates.Vietnamese), rowLimit)
	if err != nil {
		t.Fatal(err)
	}
	if faulty(t, unpack(t, data)) {
		t.Fatal("the rules complain of a sound workbook")
	}
	for name, fault := range map[string]struct{ part, from, to string }{
		"formula":       {"xl/worksheets/sheet6.xml", "<v>", "<f>1</f><v>"},
		"dimension":     {"xl/worksheets/sheet6.xml", `<dimension ref="A1:R`, `<dimension ref="A1:B`},
		"style":         {"xl/worksheets/sheet6.xml", `<c r="A5" s="`, `<c r="A5" s="900`},
		"link":          {"xl/worksheets/sheet6.xml", `location="&#39;Tổng hợp`, `location="&#39;Tổng kết`},
		"table heading": {"xl/tables/table1.xml", `name="Đơn vị"`, `name="Đơn vi"`},
		"table name":    {"xl/tables/table1.xml", `displayName="list_units"`, `displayName="list_overdue"`},
		"relationship":  {"xl/worksheets/_rels/sheet6.xml.rels", "../tables/", "../table/"},
		"content type":  {contentTypes, "/xl/tables/table1.xml", "/xl/tables/table99.xml"},
		"defined name":  {"xl/workbook.xml", `name="total.overdue"`, `name="A1"`},
		"chart":         {"xl/charts/chart1.xml", "$A$", "$ZZ$"},
		"well-formed":   {"xl/styles.xml", "</fonts>", "</font>"},
	} {
		p := unpack(t, data)
		if !bytes.Contains(p[fault.part], []byte(fault.from)) {
			t.Errorf("%s: %s holds no %s", name, fault.part, fault.from)
			continue
		}
		p[fault.part] = bytes.Replace(p[fault.part], []byte(fault.from), []byte(fault.to), 1)
		if !faulty(t, p) {
			t.Errorf("%s: not found", name)
		}
	}
}

// complaint is a test that fails for itself alone.
type complaint struct {
	testing.TB
	made bool
}

func (c *complaint) Errorf(string, ...any) { c.made = true }

func (c *complaint) Fatalf(string, ...any) {
	c.made = true
	runtime.Goexit()
}

// faulty runs the rules on p and reports whether they complain.
func faulty(t *testing.T, p parts) bool {
	c := &complaint{TB: t}
	done := make(chan struct{})
	go func() { // Fatalf ends the goroutine
		defer close(done)
		sound(c, p)
	}()
	<-done
	return c.made
}
