package pdf

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
)

// source is a PDF file as found by walking it from front to back. Its cross-reference tables are not read: they are
// the part that is most often wrong, and the way in for most hostile files (loops, impossible sizes). Walking costs one
// pass over the bytes; where an object is defined twice, the later definition is the valid one, as in every
// incremental update.
type source struct {
	limits  Limits
	size    int // bytes of the file
	objects map[int]place
	trailer object   // of the last trailer, or cross-reference stream, that names a root
	key     *fileKey // nil where the file is not encrypted
	spent   int      // bytes inflated so far
	cut     bool     // the mark of a file's end is missing
	endless int      // no "endstream" stands at or behind this position; 0: not known
}

// place is where an object's value begins.
type place struct {
	data     []byte // the file, or an inflated object stream
	at       int
	gen      int
	inStream bool // what an object stream holds is not encrypted by itself
}

// open walks the file and opens its object streams.
func open(data []byte, limits Limits) (*source, error) {
	s := &source{limits: limits, size: len(data), objects: map[int]place{}, cut: !bytes.Contains(data[max(0, len(data)-1024):], []byte("%%EOF"))}
	streams, err := s.walk(data)
	if err != nil {
		return nil, err
	}
	if len(s.objects) == 0 {
		return nil, refuse("damaged")
	}
	if enc := s.resolve(s.trailer.get("Encrypt")); enc.kind == dictKind {
		if s.key, err = newFileKey(s, enc, s.trailer.get("ID")); err != nil {
			return nil, err
		}
	}
	if err := s.unpack(streams); err != nil {
		return nil, err
	}
	if s.root().kind != dictKind {
		return nil, refuse("damaged")
	}
	return s, nil
}

// numbered is an object stream, its number and where it stands.
type numbered struct {
	number, at int
}

// walk finds every "n g obj" and every trailer of the file; it returns the object streams among them.
func (s *source) walk(data []byte) ([]numbered, error) {
	var streams []numbered
	nextTrailer := bytes.Index(data, []byte("trailer"))
	for pos := 0; pos < len(data); {
		i := bytes.Index(data[pos:], []byte("obj"))
		if nextTrailer >= 0 && (i < 0 || nextTrailer < pos+i) {
			s.readTrailer(data, nextTrailer+len("trailer"))
			pos = max(pos, nextTrailer+len("trailer"))
			nextTrailer = indexFrom(data, "trailer", pos)
			continue
		}
		if i < 0 {
			break
		}
		number, gen, ok := objectNumber(data, pos, pos+i)
		pos += i + len("obj")
		if !ok {
			continue
		}
		if len(s.objects) >= s.limits.Objects {
			return nil, refuse("over_limits")
		}
		at := pos
		s.objects[number] = place{data: data, at: at, gen: gen}
		value, end := s.valueAt(place{data: data, at: at})
		pos = end
		if body, isStream := s.body(data, value, end); isStream {
			pos = body.end
			if value.get("Type").is("ObjStm") {
				streams = append(streams, numbered{number, at})
			}
			if value.get("Type").is("XRef") && value.get("Root").kind == refKind {
				s.trailer = value
			}
		}
		if nextTrailer >= 0 && nextTrailer < pos {
			nextTrailer = indexFrom(data, "trailer", pos)
		}
	}
	return streams, nil
}

func indexFrom(data []byte, what string, pos int) int {
	if i := bytes.Index(data[pos:], []byte(what)); i >= 0 {
		return pos + i
	}
	return -1
}

func (s *source) readTrailer(data []byte, at int) {
	l := lexer{data: data, pos: at}
	if o, ok := l.next(); ok && o.get("Root").kind == refKind {
		s.trailer = o
	}
}

// objectNumber reads the number and generation, "12 0 ", that stand before the word obj at the position end.
func objectNumber(data []byte, start, end int) (number, gen int, ok bool) {
	fields := bytes.Fields(data[max(start, end-24):end])
	if len(fields) < 2 {
		return 0, 0, false
	}
	gen, err1 := strconv.Atoi(string(fields[len(fields)-1]))
	digits := fields[len(fields)-2]
	for i, c := range digits { // "endobj12 0 obj" is seen
		if c < '0' || c > '9' {
			continue
		}
		number, err := strconv.Atoi(string(digits[i:]))
		if err == nil && err1 == nil && number <= maxObjectNumber {
			return number, gen, true
		}
	}
	return 0, 0, false
}

// maxObjectNumber is the highest number that PDF 1.7, annex C, allows an object to have.
const maxObjectNumber = 8388607

// extent is a part of a file.
type extent struct{ start, end int }

// body finds the bytes of the stream whose dictionary ends at the position end. The declared length is believed only
// if the word endstream follows; otherwise the stream runs up to that word.
func (s *source) body(data []byte, dict object, end int) (extent, bool) {
	l := lexer{data: data, pos: end}
	l.skipSpace()
	if dict.kind != dictKind || !bytes.HasPrefix(data[l.pos:], []byte("stream")) {
		return extent{}, false
	}
	start := l.pos + len("stream")
	switch {
	case bytes.HasPrefix(data[start:], []byte("\r\n")):
		start += 2
	case start < len(data) && (data[start] == '\n' || data[start] == '\r'):
		start++
	}
	if n := s.length(dict); n >= 0 && n <= len(data)-start && endsStream(data[start+n:]) {
		return extent{start, start + n}, true
	}
	stop := -1
	if s.endless == 0 || start < s.endless {
		if stop = indexFrom(data, "endstream", start); stop < 0 {
			s.endless = start
		}
	}
	if stop < 0 {
		if stop = indexFrom(data, "endobj", start); stop < 0 {
			stop = len(data)
		}
	}
	if stop > start && data[stop-1] == '\n' {
		stop--
	}
	if stop > start && data[stop-1] == '\r' {
		stop--
	}
	return extent{start, stop}, true
}

// length is the declared length of a stream, -1 where there is none. It reads no more than a number, so that a reference
// to a huge object costs nothing.
func (s *source) length(dict object) int {
	o := dict.get("Length")
	if o.kind == refKind {
		p, ok := s.objects[int(o.num)]
		if !ok {
			return -1
		}
		l := lexer{data: p.data[p.at:min(len(p.data), p.at+24)]}
		o, _ = l.next()
	}
	if o.kind != numberKind || o.num > maxLength {
		return -1
	}
	return int(o.num)
}

// maxLength is more than any file that is read here has.
const maxLength = 1 << 40

func endsStream(rest []byte) bool {
	rest = bytes.TrimLeft(rest[:min(len(rest), 16)], "\r\n\t \x00\f")
	return bytes.HasPrefix(rest, []byte("endstr"))
}

// valueAt reads the object at p and returns the position behind it.
func (s *source) valueAt(p place) (object, int) {
	l := lexer{data: p.data, pos: p.at}
	o, _ := l.next()
	if o.kind == numberKind {
		o = l.valueOrReference(o)
	}
	if o.kind == wordKind { // "5 0 obj endobj"
		return object{}, p.at
	}
	return o, l.pos
}

// resolve follows a reference to its value, through at most eight more.
func (s *source) resolve(o object) object {
	for range 8 {
		if o.kind != refKind {
			return o
		}
		p, ok := s.objects[int(o.num)]
		if !ok {
			return object{}
		}
		o, _ = s.valueAt(p)
	}
	return object{}
}

// unpack opens the object streams in the order in which they stand, and enters what they hold.
func (s *source) unpack(streams []numbered) error {
	at := map[int]int{}
	for n, p := range s.objects {
		at[n] = p.at
	}
	slices.SortFunc(streams, func(a, b numbered) int { return cmp.Compare(a.at, b.at) })
	for _, st := range streams {
		if s.objects[st.number].at != st.at || s.objects[st.number].inStream {
			continue // superseded by a later definition
		}
		data, dict, err := s.streamData(st.number)
		if err != nil {
			return err
		}
		first, count := int(dict.get("First").num), int(s.resolve(dict.get("N")).num)
		l := lexer{data: data}
		for range count {
			number, ok1 := l.next()
			offset, ok2 := l.next()
			if !ok1 || !ok2 || number.kind != numberKind || offset.kind != numberKind {
				return refuse("damaged")
			}
			pos := first + int(offset.num)
			if pos < 0 || pos >= len(data) {
				return refuse("damaged")
			}
			if len(s.objects) >= s.limits.Objects {
				return refuse("over_limits")
			}
			if direct, ok := at[int(number.num)]; ok && direct > st.at {
				continue
			}
			at[int(number.num)] = st.at
			s.objects[int(number.num)] = place{data: data, at: pos, inStream: true}
		}
	}
	return nil
}

// root is the document's catalog: the one that the trailer names, else the first object that says it is one.
func (s *source) root() object {
	if root := s.resolve(s.trailer.get("Root")); root.get("Pages").kind != nullKind {
		return root
	}
	for _, number := range s.numbers() {
		if o, _ := s.valueAt(s.objects[number]); o.get("Type").is("Catalog") && o.get("Pages").kind != nullKind {
			return o
		}
	}
	return object{}
}

func (s *source) numbers() []int {
	all := make([]int, 0, len(s.objects))
	for n := range s.objects {
		all = append(all, n)
	}
	slices.Sort(all)
	return all
}

// streamData is the decrypted and decoded content of the stream with that number.
func (s *source) streamData(number int) ([]byte, object, error) {
	p := s.objects[number]
	dict, end := s.valueAt(p)
	body, ok := s.body(p.data, dict, end)
	if !ok || p.inStream {
		return nil, dict, refuse("damaged")
	}
	raw := p.data[body.start:body.end]
	if s.key != nil {
		raw = s.key.decrypt(number, p.gen, raw)
	}
	data, err := s.decode(dict, raw)
	return data, dict, err
}
