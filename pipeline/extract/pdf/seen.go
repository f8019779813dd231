package pdf

import (
	reader "github.com/ledongthuc/pdf"
)

// What belongs to a page besides its content: annotations that a person sees as part of it, and layers that are switched off.

// layerOff is the key by which [plainFile] marks a layer that is switched off.
const layerOff = "Off"

// layersOff are the numbers of the layers (optional content groups) that the document switches off.
func (s *source) layersOff() map[int]bool {
	properties := s.resolve(s.root().get("OCProperties"))
	config := s.resolve(properties.get("D"))
	off := map[int]bool{}
	set := func(list object, to bool) {
		for _, o := range s.resolve(list).list {
			if o.kind == refKind {
				off[int(o.num)] = to
			}
		}
	}
	if s.resolve(config.get("BaseState")).is("OFF") {
		set(properties.get("OCGs"), true)
	}
	set(config.get("ON"), false)
	set(config.get("OFF"), true)
	return off
}

// isOff reports whether what belongs to a layer, or to several by a rule (ISO 32000-1, 8.11.2.2), is not seen.
func isOff(v reader.Value) bool {
	groups := v.Key("OCGs")
	if groups.IsNull() {
		return v.Key(layerOff).Bool()
	}
	on, off := 0, 0
	count := func(g reader.Value) {
		if g.Kind() != reader.Dict {
			return
		}
		if g.Key(layerOff).Bool() {
			off++
		} else {
			on++
		}
	}
	if groups.Kind() == reader.Array {
		for i := range groups.Len() {
			count(groups.Index(i))
		}
	} else {
		count(groups)
	}
	if on+off == 0 {
		return false
	}
	switch v.Key("P").Name() {
	case "AllOn":
		return off > 0
	case "AnyOff":
		return off == 0
	case "AllOff":
		return on > 0
	}
	return on == 0 // AnyOn
}

// begin opens marked content whose properties stand in the operand or, by name, among the resources.
func (p *painter) begin(tag, properties object, resources reader.Value) {
	actual, off := actualTextOf(properties), false
	if properties.kind == nameKind {
		named := resources.Key("Properties").Key(string(properties.raw))
		if t := named.Key("ActualText"); t.Kind() == reader.String {
			actual = actualText{text: textString([]byte(t.RawString())), set: true}
		}
		off = tag.is("OC") && isOff(named)
	}
	p.actual, p.layers = append(p.actual, actual), append(p.layers, off)
	if off {
		p.off++
	}
}

// end closes the marked content that was opened last.
func (p *painter) end() {
	k := len(p.layers)
	if k == 0 {
		return
	}
	if p.layers[k-1] {
		p.off--
	}
	p.actual, p.layers = p.actual[:k-1], p.layers[:k-1]
}

// Flags of an annotation (ISO 32000-1, table 165).
const (
	annotationHidden = 1 << 1
	annotationNoView = 1 << 5
)

// maxAnnotations bounds the annotations of a page.
const maxAnnotations = 20_000

// annotations draws what was filled into the fields of a form and what was typed upon the page. A signature is not read, nor is a
// stamp: what they show is no part of the report.
func (p *painter) annotations(s sheet) error {
	list := s.dict.Key("Annots")
	if list.Len() > maxAnnotations {
		return refuse("over_limits")
	}
	p.state = graphics{clip: p.page, lineWidth: 1, stretch: 1, textMatrix: identity, lineMatrix: identity}
	p.stack, p.floor, p.actual, p.layers, p.off = p.stack[:0], 0, p.actual[:0], p.layers[:0], 0
	for i := range list.Len() {
		a := list.Index(i)
		switch a.Key("Subtype").Name() {
		case "Widget":
			if fieldEntry(a, "FT").Name() == "Sig" {
				continue
			}
		case "FreeText":
		default:
			continue
		}
		if int(a.Key("F").Int64())&(annotationHidden|annotationNoView) != 0 || isOff(a.Key("OC")) {
			continue
		}
		look := a.Key("AP").Key("N")
		if look.Kind() == reader.Dict { // one for each state of a check box
			look = look.Key(a.Key("AS").Name())
		}
		rect, ok := rectangle(a.Key("Rect"))
		if !ok {
			continue
		}
		if value := fieldValue(a); value != "" && (s.fieldsAnew || look.Kind() != reader.Stream) {
			p.state.ctm = s.toSeen
			if err := p.write(value, rect, fieldFlags(a)&fieldMultiline != 0); err != nil {
				return err
			}
			continue
		}
		if look.Kind() != reader.Stream {
			continue
		}
		p.state.ctm = fitted(look, rect).then(s.toSeen)
		if err := p.form(look, s.resources, 0); err != nil {
			return err
		}
	}
	return nil
}

// fitted is the map that lays the box of an appearance into the rectangle of its annotation (ISO 32000-1, 12.5.5).
func fitted(look reader.Value, rect box) matrix {
	b, ok := rectangle(look.Key("BBox"))
	if !ok {
		return identity
	}
	b = b.transform(matrixOf(look.Key("Matrix")))
	if b.x1-b.x0 == 0 || b.y1-b.y0 == 0 {
		return identity
	}
	sx, sy := (rect.x1-rect.x0)/(b.x1-b.x0), (rect.y1-rect.y0)/(b.y1-b.y0)
	return matrix{sx, 0, 0, sy, rect.x0 - sx*b.x0, rect.y0 - sy*b.y0}
}

// coverage is a page as fields, and which of them images cover: a scan may be cut into strips.
type coverage [coverageSide * coverageSide]bool

const coverageSide = 24

// add covers the fields whose middle lies in the box.
func (c *coverage) add(b, page box) {
	for i := range c {
		x := page.x0 + (page.x1-page.x0)*(float64(i%coverageSide)+0.5)/coverageSide
		y := page.y0 + (page.y1-page.y0)*(float64(i/coverageSide)+0.5)/coverageSide
		if x >= b.x0 && x <= b.x1 && y >= b.y0 && y <= b.y1 {
			c[i] = true
		}
	}
}

func (c *coverage) share() float64 {
	n := 0
	for _, covered := range c {
		if covered {
			n++
		}
	}
	return float64(n) / float64(len(c))
}
