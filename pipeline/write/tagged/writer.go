// Package tagged writes a tagged PDF, as ISO 32000-1, 14.7 and 14.8, has it, page by page: readers for people who do not see the page
// go by a tree of headings, paragraphs, lists, tables and figures instead of by where things lie. In come the contents of each page, as
// gofpdf draws them, with what is marked in them as whose; out goes the file, with pages, tree, links and outline.
//
// What is written is not kept, so that a document of any length is written in little memory: of a page there remain some numbers, of an
// element that has ended its place in the file.
package tagged

import (
	"fmt"
	"io"
	"strconv"
)

// Writer is a document that is being written, in reading order. Pages count from 1; sizes and heights are in points, heights from the
// foot of the page.
type Writer struct {
	file *file
	tree int // number of the root of the tree

	root     Element
	open     map[Element]*element
	contents []Element // of the current page: whose each is, by its id
	links    []int32   // of the current page: their objects

	pages   []page
	linked  []Element // whose each link of the document is
	targets []target
	outline []bookmark
	scratch []byte
}

// page is what remains of a page.
type page struct {
	object, content, over, links, parents int // numbers of objects; 0: none
	width, height                         float64
}

// target is a place to which links lead.
type target struct {
	object int32
	page   int32 // 0: nobody has said where it is
	linked bool
	height float32
}

// bookmark is an entry of the outline.
type bookmark struct {
	title  string
	page   int
	height float64
}

// firstLink is the key of the first link in the way back from contents to elements. The pages come before, from 0.
const firstLink = 1 << 20

// library is how many objects are kept free for what gofpdf writes: the fonts. Four faces need some thirty.
const library = 63

// The objects of a document of gofpdf that has one page.
const (
	pageTree  = 1 + iota
	resources // of all pages
	emptyPage
	emptyContents
)

// NewWriter begins a document.
func NewWriter(out io.Writer) *Writer {
	w := &Writer{file: newFile(out, library), open: map[Element]*element{}}
	w.tree = w.file.number()
	w.root = Element(w.file.number())
	w.open[w.root] = &element{role: Document}
	return w
}

// Root is the document as a whole.
func (w *Writer) Root() Element { return w.root }

// StartPage begins a page.
func (w *Writer) StartPage(width, height float64) {
	w.pages = append(w.pages, page{object: w.file.number(), width: width, height: height})
}

// EndPage writes the contents of the current page.
func (w *Writer) EndPage(contents []byte) {
	p := &w.pages[len(w.pages)-1]
	p.content = w.file.number()
	w.file.addStream(p.content, "", contents)
	p.parents = addRefs(w, w.contents)
	w.contents = w.contents[:0]
	if len(w.links) > 0 {
		p.links = addRefs(w, w.links)
		w.links = w.links[:0]
	}
}

// Over writes contents that lie over those of a page that has ended.
func (w *Writer) Over(page int, contents []byte) {
	p := &w.pages[page-1]
	p.over = w.file.number()
	w.file.addStream(p.over, "", contents)
}

// Target makes a place to which links can lead; Aim says where it is.
func (w *Writer) Target() int {
	w.targets = append(w.targets, target{object: int32(w.file.number())})
	return len(w.targets)
}

// Aim puts a target at a height of the current page.
func (w *Writer) Aim(at int, height float64) {
	t := &w.targets[at-1]
	t.page, t.height = int32(len(w.pages)), float32(height)
}

// Link makes a rectangle of the current page, given by two corners, lead to a target. It belongs to the element e.
func (w *Writer) Link(e Element, box [4]float64, target int) {
	t := &w.targets[target-1]
	t.linked = true
	w.scratch = fmt.Appendf(w.scratch[:0], "<</Type/Annot/Subtype/Link/Rect[%.2f %.2f %.2f %.2f]/Border[0 0 0]/F 4/StructParent %d/Dest %d 0 R>>",
		box[0], box[1], box[2], box[3], firstLink+len(w.linked), t.object)
	number := w.file.addNew(w.scratch)
	w.linked = append(w.linked, e)
	w.links = append(w.links, int32(number))
	w.open[e].adopt(kid{page: -1, n: int32(number), over: int32(len(w.pages))})
}

// Bookmark enters a height of the current page into the outline.
func (w *Writer) Bookmark(title string, height float64) {
	w.outline = append(w.outline, bookmark{title, len(w.pages), height})
}

// Close ends the document, in the language of a tag such as vi-VN. Fonts and metadata are those of a document of one empty page, as gofpdf
// wrote it.
func (w *Writer) Close(empty []byte, lang string) error {
	info, err := w.copyLibrary(empty)
	if err != nil {
		return fmt.Errorf("fonts of the PDF: %w", err)
	}
	w.End(w.root)
	w.file.add(w.tree, fmt.Appendf(nil, "<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>", w.root, w.addParentTree(), firstLink+len(w.linked)))
	if err := w.addTargets(); err != nil {
		return err
	}
	w.addPages()
	outline := w.addOutline()
	catalog := w.file.addNew(fmt.Appendf(nil, "<</Type/Catalog/Pages %d 0 R/OpenAction[%d 0 R/FitH null]%s/Lang(%s)/ViewerPreferences<</DisplayDocTitle true>>/MarkInfo<</Marked true>>/StructTreeRoot %d 0 R>>",
		pageTree, w.pages[0].object, outline, lang, w.tree))
	return w.file.close(catalog, info)
}

// addTargets writes where links lead. A link that leads nowhere is a mistake of who drew it.
func (w *Writer) addTargets() error {
	for i, t := range w.targets {
		if t.page > 0 {
			w.file.add(int(t.object), fmt.Appendf(nil, "[%d 0 R/XYZ 0 %.2f null]", w.pages[t.page-1].object, t.height))
		} else if t.linked {
			return fmt.Errorf("a link of the PDF leads to target %d, which is nowhere", i+1)
		}
	}
	return nil
}

// branch is how many children a node of a tree of pages or numbers has at most: readers go down to what they look for.
const branch = 64

// addParentTree writes the way back from the contents of pages and from links to the elements that they belong to.
func (w *Writer) addParentTree() (number int) {
	tree := []byte("<</Kids[")
	leaf := func(first, values int, value func(i int) int) {
		for from := 0; from < values; from += branch {
			to := min(from+branch, values)
			w.scratch = fmt.Appendf(w.scratch[:0], "<</Limits[%d %d]/Nums[", first+from, first+to-1)
			for i := from; i < to; i++ {
				w.scratch = appendRef(append(strconv.AppendInt(w.scratch, int64(first+i), 10), ' '), value(i))
			}
			tree = appendRef(tree, w.file.addNew(append(w.scratch, "]>>"...)))
		}
	}
	leaf(0, len(w.pages), func(i int) int { return w.pages[i].parents })
	leaf(firstLink, len(w.linked), func(i int) int { return int(w.linked[i]) })
	return w.file.addNew(append(tree, "]>>"...))
}

// addPages writes the pages and the tree of them.
func (w *Writer) addPages() {
	root := []byte("<</Type/Pages/Kids[")
	for first := 0; first < len(w.pages); first += branch {
		some := w.pages[first:min(first+branch, len(w.pages))]
		node := w.file.number()
		kids := fmt.Appendf(nil, "<</Type/Pages/Parent %d 0 R/Count %d/Kids[", pageTree, len(some))
		for i, p := range some {
			w.file.add(p.object, w.appendPage(w.scratch[:0], p, node, first+i))
			kids = appendRef(kids, p.object)
		}
		w.file.add(node, append(kids, "]>>"...))
		root = appendRef(root, node)
	}
	w.file.add(pageTree, fmt.Appendf(root, "]/Count %d>>", len(w.pages)))
}

func (w *Writer) appendPage(b []byte, p page, parent, key int) []byte {
	b = fmt.Appendf(b, "<</Type/Page/Parent %d 0 R/MediaBox[0 0 %.2f %.2f]/Resources %d 0 R/StructParents %d/Contents[%d 0 R ", parent, p.width, p.height, resources, key, p.content)
	if p.over > 0 {
		b = appendRef(b, p.over)
	}
	b = append(b, ']')
	if p.links > 0 {
		b = appendRef(append(b, "/Tabs/S/Annots "...), p.links)
	}
	return append(b, ">>"...)
}

// addOutline writes the outline and returns what the catalogue says of it.
func (w *Writer) addOutline() string {
	if len(w.outline) == 0 {
		return ""
	}
	root := w.file.number()
	first := root + 1
	for range w.outline {
		w.file.number()
	}
	last := root + len(w.outline)
	w.file.add(root, fmt.Appendf(nil, "<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>", first, last, len(w.outline)))
	for i, b := range w.outline {
		item := fmt.Appendf(nil, "<</Title%s/Parent %d 0 R/Dest[%d 0 R/XYZ 0 %.2f null]", textString(b.title), root, w.pages[b.page-1].object, b.height)
		if first+i > first {
			item = appendRef(append(item, "/Prev "...), first+i-1)
		}
		if first+i < last {
			item = appendRef(append(item, "/Next "...), first+i+1)
		}
		w.file.add(first+i, append(item, ">>"...))
	}
	return fmt.Sprintf("/Outlines %d 0 R/PageMode/UseOutlines", root)
}

// addRefs writes a list of objects.
func addRefs[N ~int32](w *Writer, objects []N) (number int) {
	b := append(w.scratch[:0], '[')
	for _, o := range objects {
		b = appendRef(b, int(o))
	}
	w.scratch = append(b, ']')
	return w.file.addNew(w.scratch)
}
