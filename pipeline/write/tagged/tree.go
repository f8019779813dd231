package tagged

import (
	"strconv"
	"unicode/utf16"
)

// Role is the standard structure type of an element.
type Role uint8

// The roles. Document holds the others; what is drawn belongs to one of those that hold content.
const (
	Document Role = iota
	H1
	H2
	H3
	P
	L     // a list
	LI    // an item of a list
	LBody // what an item says
	Table
	TR
	TH
	TD
	Link
	Figure // its lines and fills belong to it as its text does
)

var roleNames = [...]string{"Document", "H1", "H2", "H3", "P", "L", "LI", "LBody", "Table", "TR", "TH", "TD", "Link", "Figure"}

func (r Role) String() string { return roleNames[r] }

// Attribute is something said of an element, as it stands in its dictionary.
type Attribute string

// Whose header a TH is: of the cells of its row, or of those below it.
const (
	HeadsRow    Attribute = "/A<</O/Table/Scope/Row>>"
	HeadsColumn Attribute = "/A<</O/Table/Scope/Column>>"
)

// HeadsAll is a TH over so many columns and the rows below it.
func HeadsAll(columns int) Attribute {
	return Attribute("/A<</O/Table/Scope/Column/ColSpan " + strconv.Itoa(columns) + ">>")
}

// Alt says in words what a figure shows.
func Alt(words string) Attribute { return Attribute("/Alt" + textString(words)) }

// Expansion is what an abbreviation stands for.
func Expansion(words string) Attribute { return Attribute("/E" + textString(words)) }

// textString writes text as PDF does: UTF-16 with a mark in front, the bytes that end or escape a string escaped.
func textString(text string) string {
	out := []byte("(\xfe\xff")
	for _, unit := range utf16.Encode([]rune(text)) {
		for _, b := range []byte{byte(unit >> 8), byte(unit)} {
			switch b {
			case '(', ')', '\\':
				out = append(out, '\\', b)
			case '\r':
				out = append(out, '\\', 'r')
			default:
				out = append(out, b)
			}
		}
	}
	return string(append(out, ')'))
}

// Element is an element of the tree: the number of its object. None is 0.
type Element int32

// element is what is known of an element that has not ended. Of one that has, nothing is kept: the annex of a nation has some 300,000.
type element struct {
	role       Role
	parent     Element // 0: the root of the tree
	attributes Attribute
	kids       []kid
}

// kid is a child element, a marked content of a page, or a link.
type kid struct {
	page int32 // of a marked content; 0: the kid is an element; -1: it is a link of the page that over names
	n    int32 // id of the content; number of the element or of the link
	over int32
}

// Add appends an element to the children of another, which has not ended.
func (w *Writer) Add(parent Element, role Role, attributes ...Attribute) Element {
	e := &element{role: role, parent: parent}
	for _, a := range attributes {
		e.attributes += a
	}
	added := Element(w.file.number())
	w.open[added] = e
	w.open[parent].adopt(kid{n: int32(added)})
	return added
}

func (e *element) adopt(k kid) { e.kids = append(e.kids, k) }

// Role is the role of an element that has not ended.
func (w *Writer) Role(e Element) Role { return w.open[e].role }

// End writes an element: it gets no more children and no more content.
func (w *Writer) End(e Element) {
	w.scratch = w.appendElement(w.scratch[:0], w.open[e])
	w.file.add(int(e), w.scratch)
	delete(w.open, e)
}

// Mark appends a marked content on the current page to an element and returns the id that the content is to bear there.
func (w *Writer) Mark(e Element) (id int) {
	id = len(w.contents)
	w.contents = append(w.contents, e)
	w.open[e].adopt(kid{page: int32(len(w.pages)), n: int32(id)})
	return id
}

func (w *Writer) appendElement(b []byte, e *element) []byte {
	parent := w.tree
	if e.parent != 0 {
		parent = int(e.parent)
	}
	b = append(append(b, "<</S/"...), e.role.String()...)
	b = appendRef(append(b, "/P "...), parent)
	b = append(b, e.attributes...)
	page := int32(0) // of the element: that of its first marked content
	for _, k := range e.kids {
		if k.page > 0 {
			page = k.page
			b = appendRef(append(b, "/Pg "...), w.pages[page-1].object)
			break
		}
	}
	b = append(b, "/K["...)
	for _, k := range e.kids {
		switch {
		case k.page == 0:
			b = appendRef(b, int(k.n))
		case k.page < 0:
			b = appendRef(append(b, "<</Type/OBJR/Pg "...), w.pages[k.over-1].object)
			b = append(appendRef(append(b, "/Obj "...), int(k.n)), ">>"...)
		case k.page == page:
			b = append(strconv.AppendInt(b, int64(k.n), 10), ' ')
		default: // a cell or a paragraph that goes on overleaf
			b = appendRef(append(b, "<</Type/MCR/Pg "...), w.pages[k.page-1].object)
			b = append(strconv.AppendInt(append(b, "/MCID "...), int64(k.n), 10), ">>"...)
		}
	}
	return append(b, "]>>"...)
}

func appendRef(b []byte, object int) []byte {
	return append(strconv.AppendInt(b, int64(object), 10), " 0 R "...)
}
