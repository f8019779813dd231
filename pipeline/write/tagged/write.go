package tagged

import (
	"bytes"
	"cmp"
	"compress/zlib"
	"fmt"
	"slices"
	"strconv"
)

// Write adds the tree to a document that gofpdf wrote. Its objects are copied as they are; each page learns where its marked contents
// belong, and the catalogue learns of the tree and of the language (a tag such as vi-VN). The tree is many small objects, so that it
// goes into compressed object streams, and with it the table of offsets becomes a stream, as PDF has them since 1.5.
func (t *Tree) Write(pdf []byte, lang string) ([]byte, error) {
	starts, table, err := offsets(pdf)
	if err != nil {
		return nil, fmt.Errorf("the PDF cannot be tagged: %w", err)
	}
	w := writer{tree: t, places: make([]place, len(starts))}
	w.number()
	w.out.Grow(len(pdf) + 12*len(t.elements))
	if err := w.copy(pdf, starts, table, lang); err != nil {
		return nil, fmt.Errorf("the PDF cannot be tagged: %w", err)
	}
	w.structure()
	w.offsets()
	return w.out.Bytes(), nil
}

// offsets reads the classic table of offsets: where each object starts, the first being object 0, and where the table itself does.
func offsets(pdf []byte) (starts []int, table int, err error) {
	const key = "startxref\n"
	at := bytes.LastIndex(pdf, []byte(key))
	if at < 0 {
		return nil, 0, fmt.Errorf("it names no table of offsets")
	}
	number, _, _ := bytes.Cut(pdf[at+len(key):], []byte("\n"))
	if table, err = strconv.Atoi(string(number)); err != nil || table < 0 || table > at {
		return nil, 0, fmt.Errorf("its table of offsets is not at %q", number)
	}
	var n int
	const head, line = "xref\n0 ", 20
	size, lines, _ := bytes.Cut(bytes.TrimPrefix(pdf[table:at], []byte(head)), []byte("\n"))
	if n, err = strconv.Atoi(string(size)); err != nil || len(lines) < n*line {
		return nil, 0, fmt.Errorf("its table of offsets is not one of %q objects", size)
	}
	starts = make([]int, n)
	for i := 1; i < n; i++ {
		if starts[i], err = strconv.Atoi(string(lines[i*line : i*line+10])); err != nil || starts[i] <= 0 || starts[i] > table {
			return nil, 0, fmt.Errorf("object %d is nowhere", i)
		}
	}
	return starts, table, nil
}

// place is where an object lies in the file written: at an offset, or as the n-th of an object stream.
type place struct {
	offset int
	stream int // number of the object stream; 0: none
	nth    int
}

// writer is a file being written. The new objects follow those that there were: the root of the tree, its elements, the links.
type writer struct {
	tree   *Tree
	out    bytes.Buffer
	places []place // of the objects, by number
	root   int     // number of the root of the tree
	links  int     // number of the first link
	onPage [][]int // page → its links

	stream  [][2]int     // objects of the stream being filled: number, offset
	objects bytes.Buffer // their bytes
	zip     *zlib.Writer
}

// number gives the new objects their numbers. A link that leads nowhere is none.
func (w *writer) number() {
	w.root = len(w.places)
	w.links = w.root + 1 + len(w.tree.elements)
	w.places = append(w.places, make([]place, 1+len(w.tree.elements)+len(w.tree.links))...)
	w.onPage = make([][]int, len(w.tree.contents)+1)
	for i, l := range w.tree.links {
		if w.tree.leads(l) {
			w.onPage[l.page] = append(w.onPage[l.page], i)
		}
	}
}

func (t *Tree) leads(l link) bool { return t.targets[l.target-1].page > 0 }

// pageObject is the number that gofpdf gives a page: each is followed by its contents, after the two objects that all pages share.
func pageObject(page int) int { return 1 + 2*page }

func (w *writer) element(e Element) int { return w.root + int(e) }

// copy writes the objects that there were, in their order. The catalogue is the last.
func (w *writer) copy(pdf []byte, starts []int, table int, lang string) error {
	const version = "%PDF-1.7"
	if !bytes.HasPrefix(pdf, []byte(version[:len(version)-1])) {
		return fmt.Errorf("it does not begin with its version")
	}
	order := make([]int, 0, len(starts))
	for i := 1; i < len(starts); i++ {
		order = append(order, i)
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(starts[a], starts[b]) })
	w.out.WriteString(version)
	w.out.Write(pdf[len(version):starts[order[0]]])
	pages, catalog := len(w.tree.contents), len(starts)-1
	for i, object := range order {
		end := table
		if i+1 < len(order) {
			end = starts[order[i+1]]
		}
		body := pdf[starts[object]:end]
		w.places[object].offset = w.out.Len()
		var err error
		switch page := (object - 1) / 2; {
		case object == catalog:
			err = w.insert(body, "/Type /Catalog\n", fmt.Sprintf("/Lang (%s)\n/ViewerPreferences <</DisplayDocTitle true>>\n/MarkInfo <</Marked true>>\n/StructTreeRoot %d 0 R\n", lang, w.root))
		case object == pageObject(page) && page >= 1 && page <= pages:
			err = w.insert(body, "/Resources 2 0 R\n", w.pageEntries(page))
		default:
			w.out.Write(body)
		}
		if err != nil {
			return fmt.Errorf("object %d: %w", object, err)
		}
	}
	return nil
}

// insert writes an object with entries added behind a key.
func (w *writer) insert(object []byte, key, entries string) error {
	before, after, ok := bytes.Cut(object, []byte(key))
	if !ok {
		return fmt.Errorf("it is no %s", bytes.TrimSpace([]byte(key)))
	}
	w.out.Write(before)
	w.out.WriteString(key)
	w.out.WriteString(entries)
	w.out.Write(after)
	return nil
}

func (w *writer) pageEntries(page int) string {
	entries := []byte("/StructParents " + strconv.Itoa(page-1) + "\n")
	if links := w.onPage[page]; len(links) > 0 {
		entries = append(entries, "/Tabs /S\n/Annots ["...)
		for _, l := range links {
			entries = appendRef(entries, w.links+l)
		}
		entries = append(entries, "]\n"...)
	}
	return string(entries)
}

// structure writes the tree, the links and the way back from both pages and links to the elements that they belong to.
func (w *writer) structure() {
	t := w.tree
	tree := w.parentTree()
	w.add(w.root, fmt.Appendf(nil, "<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>", w.element(Root), tree, len(t.contents)+len(t.links)))
	var object []byte
	for i := range t.elements {
		object = w.appendElement(object[:0], Element(i+1))
		w.add(w.element(Element(i+1)), object)
	}
	for i, l := range t.links {
		if !t.leads(l) {
			continue
		}
		to := t.targets[l.target-1]
		object = fmt.Appendf(object[:0], "<</Type/Annot/Subtype/Link/Rect[%.2f %.2f %.2f %.2f]/Border[0 0 0]/F 4/StructParent %d/Dest[%d 0 R/XYZ 0 %.2f null]>>",
			l.box[0], l.box[1], l.box[2], l.box[3], len(t.contents)+i, pageObject(to.page), to.height)
		w.add(w.links+i, object)
	}
	w.flush()
}

func (w *writer) appendElement(b []byte, e Element) []byte {
	t := w.tree
	of := t.elements[e-1]
	parent := w.root
	if of.parent != 0 {
		parent = w.element(of.parent)
	}
	b = append(append(b, "<</S/"...), of.role.String()...)
	b = appendRef(append(b, "/P "...), parent)
	b = append(b, of.attributes...)
	page := int32(0) // of the element: that of its first marked content
	for _, k := range of.kids {
		if k.page > 0 {
			page = k.page
			b = appendRef(append(b, "/Pg "...), pageObject(int(page)))
			break
		}
	}
	b = append(b, "/K["...)
	for _, k := range of.kids {
		switch {
		case k.page == 0:
			b = appendRef(b, w.element(Element(k.n)))
		case k.page < 0 && t.leads(t.links[k.n]):
			b = appendRef(append(b, "<</Type/OBJR/Pg "...), pageObject(t.links[k.n].page))
			b = append(appendRef(append(b, "/Obj "...), w.links+int(k.n)), ">>"...)
		case k.page == page:
			b = append(strconv.AppendInt(b, int64(k.n), 10), ' ')
		case k.page > 0: // a cell or a paragraph that goes on overleaf
			b = appendRef(append(b, "<</Type/MCR/Pg "...), pageObject(int(k.page)))
			b = append(strconv.AppendInt(append(b, "/MCID "...), int64(k.n), 10), ">>"...)
		}
	}
	return append(b, "]>>"...)
}

func appendRef(b []byte, object int) []byte {
	return append(strconv.AppendInt(b, int64(object), 10), " 0 R "...)
}

// parentTree writes, in leaves of a size that readers like, the elements of each page's contents by their ids, then those of the links.
func (w *writer) parentTree() (object int) {
	const leaf = 64
	t := w.tree
	keys := len(t.contents) + len(t.links)
	tree := []byte("<</Kids[")
	var b []byte
	for first := 0; first < keys; first += leaf {
		last := min(first+leaf, keys) - 1
		b = fmt.Appendf(b[:0], "<</Limits[%d %d]/Nums[", first, last)
		for key := first; key <= last; key++ {
			b = append(strconv.AppendInt(b, int64(key), 10), ' ')
			if key >= len(t.contents) {
				b = appendRef(b, w.element(t.links[key-len(t.contents)].of))
				continue
			}
			b = append(b, '[')
			for _, e := range t.contents[key] {
				b = appendRef(b, w.element(e))
			}
			b = append(b, ']')
		}
		tree = appendRef(tree, w.addNew(append(b, "]>>"...)))
	}
	return w.addNew(append(tree, "]>>"...))
}

func (w *writer) addNew(object []byte) (number int) {
	number = len(w.places)
	w.places = append(w.places, place{})
	w.add(number, object)
	return number
}

// add puts an object into the object stream that is being filled.
func (w *writer) add(number int, object []byte) {
	const most = 100 // a reader unpacks a stream as a whole to get at one object
	w.stream = append(w.stream, [2]int{number, w.objects.Len()})
	w.objects.Write(object)
	w.objects.WriteByte('\n')
	if len(w.stream) == most {
		w.flush()
	}
}

// flush writes the object stream.
func (w *writer) flush() {
	if len(w.stream) == 0 {
		return
	}
	number := len(w.places)
	var head []byte
	for i, object := range w.stream {
		head = append(strconv.AppendInt(head, int64(object[0]), 10), ' ')
		head = append(strconv.AppendInt(head, int64(object[1]), 10), ' ')
		w.places[object[0]] = place{stream: number, nth: i}
	}
	w.writeStream(number, fmt.Sprintf("/Type/ObjStm/N %d/First %d", len(w.stream), len(head)), head, w.objects.Bytes())
	w.stream = w.stream[:0]
	w.objects.Reset()
}

// writeStream writes a compressed stream as an object of its own.
func (w *writer) writeStream(number int, entries string, parts ...[]byte) {
	var packed bytes.Buffer
	if w.zip == nil {
		w.zip = zlib.NewWriter(&packed)
	} else {
		w.zip.Reset(&packed)
	}
	for _, p := range parts {
		w.zip.Write(p) // into memory: nothing can fail
	}
	w.zip.Close()
	w.places = append(w.places, place{offset: w.out.Len()})
	fmt.Fprintf(&w.out, "%d 0 obj\n<<%s/Filter/FlateDecode/Length %d>>\nstream\n", number, entries, packed.Len())
	w.out.Write(packed.Bytes())
	w.out.WriteString("\nendstream\nendobj\n")
}

// offsets writes the table of offsets as a stream. Each row holds the difference to the row above, so that it packs well.
func (w *writer) offsets() {
	const columns = 1 + 4 + 2
	own, start := len(w.places), w.out.Len()
	w.places = append(w.places, place{offset: start})
	rows := make([]byte, 0, len(w.places)*(1+columns))
	var above [columns]byte
	for i, p := range w.places {
		var row [columns]byte
		second, third := p.offset, 0
		switch {
		case p.stream > 0:
			row[0], second, third = 2, p.stream, p.nth
		case p.offset > 0:
			row[0] = 1
		case i == 0:
			third = 65535
		}
		for j := range 4 {
			row[1+j] = byte(second >> (24 - 8*j))
		}
		row[5], row[6] = byte(third>>8), byte(third)
		const up = 2
		rows = append(rows, up)
		for j := range row {
			rows = append(rows, row[j]-above[j])
		}
		above = row
	}
	w.places = w.places[:own] // writeStream enters it
	catalog := w.root - 1
	w.writeStream(own, fmt.Sprintf("/Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R/DecodeParms<</Predictor 12/Columns %d>>", own+1, catalog, catalog-1, columns), rows)
	fmt.Fprintf(&w.out, "startxref\n%d\n%%%%EOF\n", start)
}
