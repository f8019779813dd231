// Package archive opens the ZIP packages in which workbooks and Word files come, reads their XML, and tells the
// formats of files apart.
// Bytes come in; verified parts go out, or the reason why the file is refused.
//
// A package is read whole before anything in it is believed: every entry is inflated against bounds and its
// checksum verified. The usual libraries ignore both and then return fewer rows without an error.
package archive

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"tiendo/pipeline/progress"
)

// Limits bound what a package may inflate to. A field that is zero stands for that of [DefaultLimits].
type Limits struct {
	Total   int64 // bytes of all entries together
	Part    int64 // bytes of one entry
	Entries int
	Ratio   int64 // inflated to deflated bytes of one entry, where it is larger than 1 MiB
}

// DefaultLimits are far above any return and far below what would hurt the machine.
var DefaultLimits = Limits{Total: 128 << 20, Part: 64 << 20, Entries: 2000, Ratio: 200}

func (l Limits) orDefault() Limits {
	return Limits{
		Total:   cmp.Or(l.Total, DefaultLimits.Total),
		Part:    cmp.Or(l.Part, DefaultLimits.Part),
		Entries: cmp.Or(l.Entries, DefaultLimits.Entries),
		Ratio:   cmp.Or(l.Ratio, DefaultLimits.Ratio),
	}
}

// Refusal says why a file is not read. Readers pass it up as an error and turn it into a finding at their door.
type Refusal struct {
	Variant string            // of rule F06
	Facts   map[string]string // of the finding
	Origin  progress.Origin   // zero where it is the file as a whole
}

// Error names the variant; people read the finding's sentence instead.
func (r *Refusal) Error() string { return "refused: " + r.Variant }

// Finding is the refusal as the unit reads it.
func (r *Refusal) Finding() progress.Finding {
	return progress.Finding{Rule: "F06", Severity: progress.SeverityError, Variant: r.Variant, Facts: r.Facts, Origin: r.Origin}
}

func refusal(variant string, pairs ...string) *Refusal {
	r := &Refusal{Variant: variant}
	if len(pairs) > 0 {
		r.Facts = map[string]string{}
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		r.Facts[pairs[i]] = pairs[i+1]
	}
	return r
}

// Damaged refuses a file of which the named part is broken or missing.
func Damaged(part string) *Refusal { return refusal("damaged", "part", part) }

// TooMany refuses a file that holds more than limit of something: "rows", "columns", "cells".
func TooMany(what string, found, limit int) *Refusal {
	return refusal("too_many_"+what, "found", strconv.Itoa(found), "limit", strconv.Itoa(limit))
}

// TooBig refuses a file of which a part is larger than limit bytes.
func TooBig(part string, limit int64) *Refusal {
	return refusal("too_big", "part", part, "limit", strconv.FormatInt(max(1, limit>>20), 10))
}

// Refuse refuses a file for a reason that needs no facts.
func Refuse(variant string) *Refusal { return refusal(variant) }

// Package is a ZIP package whose every entry has been inflated and verified.
type Package struct {
	parts map[string]string // by partKey
}

// Open inflates and verifies every entry of a package. The error, if any, is a *[Refusal].
func Open(data []byte, limits Limits) (*Package, error) {
	limits = limits.orDefault()
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // names are checked below
		if format := Sniff(data, ""); format == EncryptedOffice || format == XLS || format == DOC {
			return nil, format.refusal() // under the name of a newer format
		}
		return nil, Damaged("ZIP")
	}
	if len(zr.File) > limits.Entries {
		return nil, TooMany("entries", len(zr.File), limits.Entries)
	}
	p := &Package{parts: make(map[string]string, len(zr.File))}
	total := int64(0)
	for _, entry := range zr.File {
		key := partKey(entry.Name)
		if strings.HasSuffix(key, "/") { // a folder
			continue
		}
		if _, twice := p.parts[key]; twice || !safeName(entry.Name) {
			return nil, Damaged(entry.Name)
		}
		body, err := inflate(entry, limits, limits.Total-total)
		if err != nil {
			return nil, err
		}
		total += int64(len(body))
		p.parts[key] = body
	}
	return p, nil
}

// inflate reads one entry to its end, which also verifies its length and checksum.
func inflate(entry *zip.File, limits Limits, left int64) (string, error) {
	const encrypted = 0x1
	if entry.Flags&encrypted != 0 {
		return "", refusal("encrypted")
	}
	if entry.CompressedSize64 == 0 && entry.UncompressedSize64 == 0 && entry.CRC32 == 0 {
		return "", nil // empty; some programs call it deflated, although no deflate stream is of no bytes
	}
	limit := min(limits.Part, left)
	if packed := int64(entry.CompressedSize64); limits.Ratio*packed < limit {
		limit = max(limits.Ratio*packed, min(limit, 1<<20))
	}
	r, err := entry.Open()
	if err != nil {
		return "", Damaged(entry.Name)
	}
	defer r.Close()
	var body strings.Builder // what reads a part wants a string; a large one is not to be there twice
	// The declared size is a hint worth having only where it may be true.
	if size := entry.UncompressedSize64; size <= uint64(limit) {
		body.Grow(int(size))
	}
	n, err := io.Copy(&body, io.LimitReader(r, limit+1))
	if n > limit {
		return "", TooBig(entry.Name, limit)
	}
	if err != nil {
		return "", Damaged(entry.Name)
	}
	return body.String(), nil
}

// Part returns a part by its name, which may differ in case and in its slashes from the entry's.
func (p *Package) Part(name string) (string, bool) {
	body, ok := p.parts[partKey(name)]
	return body, ok
}

// Take hands a part out once: its memory is free when the reader is done, and a package that has one part read a
// thousand times, which no program writes, gets it no second time.
func (p *Package) Take(name string) (string, bool) {
	body, ok := p.Part(name)
	delete(p.parts, partKey(name))
	return body, ok
}

// partKey is the form in which names of parts are compared. OPC compares them without regard to case; some
// programs write back-slashes or a leading slash.
func partKey(name string) string {
	return strings.TrimPrefix(strings.ToLower(strings.ReplaceAll(name, `\`, "/")), "/")
}

// safeName refuses names that leave the package. Nothing is ever written under these names; but who packs them
// means harm.
func safeName(name string) bool {
	name = strings.ReplaceAll(name, `\`, "/")
	return name != "" && path.Clean("/"+name) == "/"+name && !strings.HasPrefix(name, "/") && !strings.Contains(name, ":")
}

// Relation is a relationship from one part to another, or to something outside the package.
type Relation struct {
	ID       string
	Type     string // last element of the type's address: worksheet, styles, officeDocument …
	Target   string // name of a part, or an address outside
	External bool
}

// Relations are those of one part, in the order in which it lists them.
type Relations []Relation

// ByID finds a relationship.
func (rs Relations) ByID(id string) (Relation, bool) {
	i := slices.IndexFunc(rs, func(r Relation) bool { return r.ID == id })
	if i < 0 {
		return Relation{}, false
	}
	return rs[i], true
}

// Relations reads the relationships of a part; those of the package itself for the empty name. A part may have none.
func (p *Package) Relations(part string) (Relations, error) {
	dir, file := path.Split(partKey(part))
	name := dir + "_rels/" + file + ".rels"
	body, ok := p.Part(name)
	if !ok {
		return nil, nil
	}
	var relations Relations
	x := NewXML(body)
	for x.Next() {
		if x.Kind != Start || x.Name != "Relationship" {
			continue
		}
		r := Relation{ID: x.Attr("Id"), Type: path.Base(x.Attr("Type")), Target: x.Attr("Target"), External: x.Attr("TargetMode") == "External"}
		if !r.External {
			r.Target = resolve(dir, r.Target)
		}
		relations = append(relations, r)
	}
	if x.Err() != nil {
		return nil, Damaged(name)
	}
	return relations, nil
}

// resolve makes a target, relative to the folder of its source or absolute in the package, the name of a part.
func resolve(dir, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	if !strings.HasPrefix(target, "/") {
		target = path.Join("/", dir, target)
	}
	return strings.TrimPrefix(path.Clean(target), "/")
}

// Main returns the name and bytes of the part that the package is about: the workbook, the document. usual is where
// it stands when no relationship names it.
func (p *Package) Main(usual string) (part, body string, err error) {
	relations, err := p.Relations("")
	if err != nil {
		return "", "", err
	}
	part = usual
	for _, r := range relations {
		if r.Type == "officeDocument" && !r.External {
			part = r.Target
			break
		}
	}
	if _, ok := p.Part("[Content_Types].xml"); !ok {
		return "", "", Damaged("[Content_Types].xml")
	}
	body, ok := p.Part(part)
	if !ok {
		return "", "", Damaged(part)
	}
	return part, body, nil
}
