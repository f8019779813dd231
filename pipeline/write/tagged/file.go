package tagged

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
)

// file is a PDF that is being written. An object has its number before it is written, so that others can name it, and what is written is
// not kept: of each object there remains where it lies.
type file struct {
	out    io.Writer
	offset int64
	err    error   // the first that out gave; what is written afterwards goes nowhere
	places []place // of the objects, by number

	stream  [][2]int     // objects of the object stream that is being filled: number, offset
	objects bytes.Buffer // their bytes
	packed  bytes.Buffer
	zip     *zlib.Writer
}

// place is where an object lies: at an offset of the file, or as the n-th of an object stream.
type place struct {
	at   uint32 // offset, or number of the object stream
	nth  uint16
	kind kind
}

type kind uint8

// As the table of offsets has them.
const (
	free kind = iota
	atOffset
	inStream
)

// newFile begins a file. The first numbers, with 0, are reserved for objects that come from elsewhere.
func newFile(out io.Writer, reserved int) *file {
	f := &file{out: out, places: make([]place, 1+reserved), zip: zlib.NewWriter(io.Discard)}
	f.write([]byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")) // four bytes say that it is no text
	return f
}

func (f *file) write(b []byte) {
	if f.err != nil {
		return
	}
	n, err := f.out.Write(b)
	f.offset += int64(n)
	f.err = err
}

// number is the number of a new object.
func (f *file) number() int {
	f.places = append(f.places, place{})
	return len(f.places) - 1
}

// addNew adds an object that no other named before.
func (f *file) addNew(object []byte) (number int) {
	number = f.number()
	f.add(number, object)
	return number
}

// add puts an object into the object stream that is being filled.
func (f *file) add(number int, object []byte) {
	const most = 100 // a reader unpacks a stream as a whole to get at one object
	f.stream = append(f.stream, [2]int{number, f.objects.Len()})
	f.objects.Write(object)
	f.objects.WriteByte('\n')
	if len(f.stream) == most {
		f.flush()
	}
}

// flush writes the object stream.
func (f *file) flush() {
	if len(f.stream) == 0 {
		return
	}
	stream := f.number()
	var head []byte
	for i, object := range f.stream {
		head = append(strconv.AppendInt(head, int64(object[0]), 10), ' ')
		head = append(strconv.AppendInt(head, int64(object[1]), 10), ' ')
		f.places[object[0]] = place{at: uint32(stream), nth: uint16(i), kind: inStream}
	}
	f.addStream(stream, fmt.Sprintf("/Type/ObjStm/N %d/First %d", len(f.stream), len(head)), head, f.objects.Bytes())
	f.stream = f.stream[:0]
	f.objects.Reset()
}

// addStream writes a compressed stream.
func (f *file) addStream(number int, entries string, parts ...[]byte) {
	f.pack(func(zip io.Writer) {
		for _, p := range parts {
			zip.Write(p) // into memory: nothing can fail
		}
	})
	f.addWhole(number, fmt.Appendf(nil, "%d 0 obj\n<<%s/Filter/FlateDecode/Length %d>>\nstream\n", number, entries, f.packed.Len()), f.packed.Bytes(), []byte("\nendstream\nendobj\n"))
}

func (f *file) pack(write func(zip io.Writer)) {
	f.packed.Reset()
	f.zip.Reset(&f.packed)
	write(f.zip)
	f.zip.Close()
}

// addWhole writes an object as it stands, with its number and its end.
func (f *file) addWhole(number int, parts ...[]byte) {
	f.places[number] = place{at: uint32(f.offset), kind: atOffset}
	for _, p := range parts {
		f.write(p)
	}
}

// close writes the table of offsets as a stream, as PDF has it since 1.5. Each row holds the difference to the row above, so that it packs
// well.
func (f *file) close(catalog, info int) error {
	f.flush()
	if f.offset > math.MaxUint32 {
		f.err = errors.Join(f.err, errors.New("a PDF of more than 4 GiB"))
	}
	const columns = 1 + 4 + 2
	own, start := f.number(), f.offset
	f.places[own] = place{at: uint32(start), kind: atOffset}
	f.pack(func(zip io.Writer) {
		const up = 2
		var above [columns]byte
		for _, p := range f.places {
			row := [columns]byte{byte(p.kind), byte(p.at >> 24), byte(p.at >> 16), byte(p.at >> 8), byte(p.at), byte(p.nth >> 8), byte(p.nth)}
			if p.kind == free {
				row[5], row[6] = 0xff, 0xff // never to be used
			}
			delta := [1 + columns]byte{up}
			for i := range row {
				delta[1+i] = row[i] - above[i]
			}
			zip.Write(delta[:])
			above = row
		}
	})
	f.write(fmt.Appendf(nil, "%d 0 obj\n<</Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R/DecodeParms<</Predictor 12/Columns %d>>/Filter/FlateDecode/Length %d>>\nstream\n",
		own, own+1, catalog, info, columns, f.packed.Len()))
	f.write(f.packed.Bytes())
	f.write(fmt.Appendf(nil, "\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n", start))
	return f.err
}
