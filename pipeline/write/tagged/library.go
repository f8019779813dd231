package tagged

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"strconv"
)

// copyLibrary copies the fonts, the resources that name them and the metadata out of a document of gofpdf, under their numbers. Its page,
// its tree of pages and its catalogue are left behind.
func (w *Writer) copyLibrary(empty []byte) (info int, err error) {
	starts, table, err := offsets(empty)
	if err != nil {
		return 0, err
	}
	catalog := len(starts) - 1
	if catalog-1 <= emptyContents || catalog > library+1 {
		return 0, fmt.Errorf("%d objects: there must be more than %d, and at most %d", catalog, emptyContents+1, library+1)
	}
	order := make([]int, 0, len(starts)) // as the objects lie
	for i := 1; i < len(starts); i++ {
		order = append(order, i)
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(starts[a], starts[b]) })
	tag := subsetTag(empty)
	for i, object := range order {
		end := table
		if i+1 < len(order) {
			end = starts[order[i+1]]
		}
		body := empty[starts[object]:end]
		if !bytes.HasPrefix(body, fmt.Appendf(nil, "%d 0 obj\n", object)) {
			return 0, fmt.Errorf("object %d does not begin where the table has it", object)
		}
		switch object {
		case pageTree, emptyPage, emptyContents, catalog:
		default:
			w.file.addWhole(object, nameSubsets(body, tag))
		}
	}
	return catalog - 1, nil
}

// subsetTag is the mark of a font of which a file holds only what it uses (ISO 32000-1, 9.6.4): six letters, others for another subset.
func subsetTag(document []byte) string {
	sum := sha256.Sum256(document)
	tag := make([]byte, 6)
	for i := range tag {
		tag[i] = 'A' + sum[i]%26
	}
	return string(tag)
}

// nameSubsets puts the tag before the name of a font. A program that knows the font would otherwise take its own in place of the subset.
func nameSubsets(object []byte, tag string) []byte {
	if bytes.Contains(object, []byte("\nstream\n")) {
		return object
	}
	for _, key := range []string{"/BaseFont /", "/FontName /"} {
		object = bytes.ReplaceAll(object, []byte(key), []byte(key+tag+"+"))
	}
	return object
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
	if n, err = strconv.Atoi(string(size)); err != nil || n < 1 || len(lines) < n*line {
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
