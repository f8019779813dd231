// Package tagged makes a PDF a tagged one, as ISO 32000-1, 14.7 and 14.8, has it: readers for people who do not see the page go by a
// tree of headings, paragraphs, lists, tables and figures instead of by where things lie. In come the bytes that gofpdf wrote, which
// knows no such tree, and a [Tree] that names the marked content on each page; out comes the same document with the tree, the links
// as its members, and the language. The pages look the same to the last dot.
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

// Element is an element of a tree; none is 0.
type Element int32

// Root is the document as a whole.
const Root Element = 1

// Tree is the structure of a document that is being drawn, in reading order. Pages count from 1; heights are in points from the foot
// of the page.
type Tree struct {
	elements []element   // the first is Root
	contents [][]Element // page → whose its marked contents are, by their ids
	links    []link
	targets  []target
}

// element is compact: the annex of a nation has some 300,000.
type element struct {
	role       Role
	parent     Element
	attributes Attribute
	kids       []kid
}

// kid is a child element, a marked content of a page, or a link.
type kid struct {
	page int32 // of a marked content; 0: the kid is an element; -1: it is a link
	n    int32
}

type link struct {
	page   int
	of     Element
	box    [4]float64
	target int
}

type target struct {
	page   int
	height float64
}

// New is the tree of a document without content.
func New() *Tree { return &Tree{elements: []element{{role: Document}}} }

// Add appends an element to the children of another.
func (t *Tree) Add(parent Element, role Role, attributes ...Attribute) Element {
	e := element{role: role, parent: parent}
	for _, a := range attributes {
		e.attributes += a
	}
	t.elements = append(t.elements, e)
	added := Element(len(t.elements))
	t.adopt(parent, kid{n: int32(added)})
	return added
}

func (t *Tree) adopt(e Element, k kid) {
	kids := &t.elements[e-1].kids
	*kids = append(*kids, k)
}

// Role is the role of an element.
func (t *Tree) Role(e Element) Role { return t.elements[e-1].role }

// Mark appends a marked content on a page to an element and returns the id that the content is to bear there.
func (t *Tree) Mark(e Element, page int) (id int) {
	t.reach(page)
	of := &t.contents[page-1]
	id = len(*of)
	*of = append(*of, e)
	t.adopt(e, kid{page: int32(page), n: int32(id)})
	return id
}

// reach makes the tree know so many pages.
func (t *Tree) reach(page int) {
	for len(t.contents) < page {
		t.contents = append(t.contents, nil)
	}
}

// Target makes a place to which links can lead; Aim says where it is.
func (t *Tree) Target() int {
	t.targets = append(t.targets, target{})
	return len(t.targets)
}

// Aim puts a target at a height of a page.
func (t *Tree) Aim(at, page int, height float64) { t.targets[at-1] = target{page, height} }

// Link makes a rectangle of a page, given by two corners, lead to a target. It belongs to the element e.
func (t *Tree) Link(e Element, page int, box [4]float64, target int) {
	t.reach(page)
	t.links = append(t.links, link{page, e, box, target})
	t.adopt(e, kid{page: -1, n: int32(len(t.links) - 1)})
}
