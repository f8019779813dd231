package pdf

import (
	"bytes"
	"fmt"
	"math"
	"strconv"

	reader "github.com/ledongthuc/pdf"
)

// The object layer of ledongthuc/pdf reads well-formed files of PDF 1.0 to 1.7 well, and can be brought to hang, to use
// all memory or to end the process by others (loops between cross-reference sections, streams that hold themselves,
// impossible sizes). So it is never shown a foreign file: it is shown a plain one with the same pages, written here
// from the objects that open found. Plain means: one cross-reference table, no object streams, no encryption, no filter
// but Flate without predictor, every reference leading to an object, and nothing that a reader of text does not need
// (images, TrueType programs, structure trees, of annotations all but how they look).

// plainFile writes the pages of s as a plain file.
func plainFile(s *source) ([]byte, error) {
	w := &plainWriter{source: s, numbers: map[int]int{}, off: s.layersOff()}
	w.out.WriteString("%PDF-1.7\n")
	pages := s.root().get("Pages")
	w.begin()
	w.out.WriteString("<</Type/Catalog/Pages ")
	w.value(pages, "Pages")
	if s.resolve(s.resolve(s.root().get("AcroForm")).get("NeedAppearances")).num == 1 {
		w.out.WriteString("/NeedAppearances true")
	}
	w.out.WriteString(">>\nendobj\n")
	most := s.size + s.limits.Inflated // object streams can name one large object many times
	for ; len(w.queue) > 0; w.queue = w.queue[1:] {
		if w.out.Len() > most {
			return nil, refuse("over_limits")
		}
		if err := w.object(w.queue[0]); err != nil {
			return nil, err
		}
	}
	if w.torn {
		return nil, refuse("damaged")
	}
	start := w.out.Len()
	fmt.Fprintf(&w.out, "xref\n0 %d\n0000000000 65535 f \n", len(w.offsets)+1)
	for _, at := range w.offsets {
		fmt.Fprintf(&w.out, "%010d 00000 n \n", at)
	}
	// The reader looks for startxref in the last 100 bytes.
	fmt.Fprintf(&w.out, "trailer\n<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n", len(w.offsets)+1, start)
	return w.out.Bytes(), nil
}

// openPlain opens what plainFile wrote.
func openPlain(data []byte) (*reader.Reader, error) {
	r, err := reader.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, refuse("damaged")
	}
	return r, nil
}

type plainWriter struct {
	source  *source
	out     bytes.Buffer
	offsets []int               // of object i+1
	numbers map[int]int         // number in the foreign file → number here
	off     map[int]bool        // foreign numbers of the layers that are switched off
	queue   []queued            // objects that are referred to and not yet written, in the order of their numbers here
	unlock  func([]byte) []byte // decrypts the strings of the object that is being written; nil where they are plain
	torn    bool                // a reference without which text is lost leads nowhere
}

// queued is an object to write, and the key under which it was first referred to.
type queued struct {
	number int
	key    string
}

func (w *plainWriter) begin() {
	w.offsets = append(w.offsets, w.out.Len())
	fmt.Fprintf(&w.out, "%d 0 obj\n", len(w.offsets))
}

func (w *plainWriter) object(q queued) error {
	p := w.source.objects[q.number]
	o, end := w.source.valueAt(p)
	if o.kind == refKind {
		o = w.source.resolve(o)
	}
	w.begin()
	w.unlock = nil
	if w.source.key != nil && !p.inStream { // an object stream is decrypted as a whole
		w.unlock = func(raw []byte) []byte { return w.source.key.decrypt(q.number, p.gen, raw) }
	}
	body, isStream := extent{}, false
	if !p.inStream {
		body, isStream = w.source.body(p.data, o, end)
	}
	if w.off[q.number] {
		w.out.WriteString("<</" + layerOff + " true>>\nendobj\n")
		return nil
	}
	if !isStream || o.get("Subtype").is("Image") {
		w.value(o, q.key)
		w.out.WriteString("\nendobj\n")
		return nil
	}
	return w.stream(q, p, o, body)
}

func (w *plainWriter) stream(q queued, p place, dict object, body extent) error {
	raw := p.data[body.start:body.end]
	if w.source.key != nil {
		raw = w.source.key.decrypt(q.number, p.gen, raw)
	}
	filter := "/Filter/FlateDecode"
	if names, parms := w.source.filters(dict); len(names) != 1 || names[0] != "FlateDecode" || parms[0].kind != nullKind {
		filter = ""
		var err error
		if raw, err = w.source.decode(dict, raw); err != nil {
			return err
		}
	}
	w.out.WriteString("<<" + filter)
	w.entries(dict, "")
	fmt.Fprintf(&w.out, "/Length %d>>stream\n", len(raw))
	w.out.Write(raw)
	w.out.WriteString("\nendstream\nendobj\n")
	return nil
}

// value writes o, which stands under that key of its dictionary.
func (w *plainWriter) value(o object, key string) {
	switch o.kind {
	case nullKind, wordKind:
		w.out.WriteString("null")
	case boolKind:
		w.out.WriteString(strconv.FormatBool(o.num == 1))
	case numberKind:
		w.number(o.num)
	case stringKind:
		raw := o.raw
		if w.unlock != nil {
			raw = w.unlock(raw)
		}
		fmt.Fprintf(&w.out, "<%x>", raw)
	case nameKind:
		w.name(o.raw)
	case refKind:
		w.reference(int(o.num), key)
	case arrayKind:
		w.out.WriteByte('[')
		for i, e := range o.list {
			if i > 0 {
				w.out.WriteByte(' ')
			}
			w.value(e, key)
		}
		w.out.WriteByte(']')
	case dictKind:
		w.out.WriteString("<<")
		w.entries(o, key)
		w.out.WriteString(">>")
	}
}

// entries writes the entries of a dictionary that stands under key itself.
func (w *plainWriter) entries(dict object, key string) {
	for i := 0; i+1 < len(dict.list); i += 2 {
		k, v := string(dict.list[i].raw), dict.list[i+1]
		if v.kind == nullKind || !isNeeded(k, key) {
			continue
		}
		w.name(dict.list[i].raw)
		w.out.WriteByte(' ')
		if namesResources(key) {
			k = ""
		}
		w.value(v, k)
	}
}

// isNeeded reports whether a reader of text and lines needs entry k of the dictionary that stands under key. Of an annotation it needs
// how it looks, where, and whether it is seen; of a field also what was filled in, of the field above it the same.
func isNeeded(k, key string) bool {
	switch key {
	case "Annots":
		switch k {
		case "Subtype", "Rect", "F", "AP", "AS", "FT", "Ff", "V", "Opt", "Parent", "OC":
			return true
		}
		return false
	case "Parent":
		switch k {
		case "FT", "Ff", "V", "Opt", "Parent":
			return true
		}
		return false
	case "V":
		return false // of a signature
	case "AP":
		return k == "N"
	}
	return namesResources(key) || !unneeded(k)
}

// namesResources reports whether the keys of the dictionary under key are names that the producer chose: of resources, or of the
// states of a check box.
func namesResources(key string) bool {
	switch key {
	case "Font", "XObject", "ExtGState", "Properties", "N":
		return true
	}
	return false
}

// unneeded reports whether a reader of text and lines can do without the entry. Length and filters are written anew.
func unneeded(key string) bool {
	switch key {
	case "Length", "Filter", "DecodeParms", "DL", "F", "FFilter",
		"Parent", "StructParents", "StructParent", "Metadata", "Thumb", "B", "PieceInfo", "AA", "Group",
		"ColorSpace", "Pattern", "Shading", "SMask", "Mask", "Alternates", "OPI", "Ref", "AF",
		"FontFile2", "CharProcs", "CIDSet", "Names", "Tabs", "PresSteps", "Dur", "Trans", "ProcSet", "LastModified":
		return true
	}
	return false
}

// carriesText reports whether text would be lost, or read wrongly, without the object under that key. To other keys a
// missing object is null, as the standard has it.
func carriesText(key string) bool {
	switch key {
	case "Pages", "Kids", "Contents", "Resources", "Font", "XObject", "ToUnicode", "Encoding", "DescendantFonts", "Widths", "W":
		return true
	}
	return false
}

// carriesFields reports whether what was filled into a form is lost without the object under that key. Files that are whole keep references
// to annotations that were deleted; one that was cut off has lost them.
func carriesFields(key string) bool {
	switch key {
	case "Annots", "AP", "N", "Parent", "V", "Opt":
		return true
	}
	return false
}

func (w *plainWriter) reference(number int, key string) {
	if _, ok := w.source.objects[number]; !ok {
		w.torn = w.torn || carriesText(key) || w.source.cut && carriesFields(key)
		w.out.WriteString("null")
		return
	}
	n, ok := w.numbers[number]
	if !ok {
		n = len(w.numbers) + 2 // 1 is the catalog
		w.numbers[number] = n
		w.queue = append(w.queue, queued{number, key})
	}
	fmt.Fprintf(&w.out, "%d 0 R", n)
}

func (w *plainWriter) number(v float64) {
	switch {
	case math.Abs(v) > 1e9:
		w.out.WriteString("0") // no coordinate, width or count is that large
	case v == math.Trunc(v):
		w.out.WriteString(strconv.Itoa(int(v)))
	default:
		w.out.WriteString(strconv.FormatFloat(v, 'f', 6, 64))
	}
}

func (w *plainWriter) name(raw []byte) {
	w.out.WriteByte('/')
	for _, c := range raw {
		if c <= ' ' || c > '~' || c == '#' || isDelimiter(c) {
			fmt.Fprintf(&w.out, "#%02x", c)
			continue
		}
		w.out.WriteByte(c)
	}
}
