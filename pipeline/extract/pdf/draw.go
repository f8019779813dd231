package pdf

import (
	"bytes"
	"io"

	reader "github.com/ledongthuc/pdf"
)

// drawing is what a page shows, in points from its top left corner, y downwards.
type drawing struct {
	glyphs []glyph
	rules  []rule
	fills  []box // filled areas that are no lines: backgrounds of cells
	images int
	// pictured is the share of the page that images cover, 0–1; shapes counts filled outlines of the size of letters.
	pictured float64
	shapes   int
	hidden   int // glyphs drawn invisibly, as the text layer of a scan is
	clipped  int // glyphs that fall outside the clipping area or the page: left out
	upright  int // glyphs of a font that writes from top to bottom
}

// glyph is one drawn character, or several that the font draws as one.
type glyph struct {
	text  string  // empty where the font does not say what it draws
	x, y  float64 // origin on the baseline
	dx    float64 // advance: the next glyph of the word begins at (x+dx, y+dy)
	dy    float64
	size  float64 // height of the font
	font  *font
	space bool
}

// rule is a straight line parallel to an axis.
type rule struct {
	vertical bool
	at       float64 // x of a vertical, y of a horizontal line
	lo, hi   float64 // its ends
	width    float64
}

// graphics is the graphics state, as far as glyphs and lines depend on it.
type graphics struct {
	ctm                    matrix
	clip                   box
	lineWidth              float64
	fillWhite, strokeWhite bool
	font                   *font
	size                   float64
	charSpace, wordSpace   float64
	stretch, leading, rise float64
	mode                   int
	textMatrix, lineMatrix matrix
}

// painter interprets content streams.
type painter struct {
	limits    Limits
	fonts     *fontCache
	out       drawing
	state     graphics
	stack     []graphics
	floor     int // states below belong to the content that drew the form
	path      path
	page      box
	clipNext  bool
	operators int
	forms     int
	actual    []actualText // open marked content that says what its glyphs read as
	layers    []bool       // of the same content: whether it belongs to a layer that is switched off
	off       int          // how many of them do
	covered   coverage
}

const (
	maxStates    = 512  // nested q; the standard asks readers for 28
	maxFormDepth = 12   // forms inside forms
	maxForms     = 5000 // forms drawn on one page
)

// draw interprets the content of a page. The glyphs are laid down in the room of an earlier page's.
func draw(s sheet, fonts *fontCache, limits Limits, room []glyph) (drawing, error) {
	p := &painter{limits: limits, fonts: fonts, page: box{0, 0, s.width, s.height}, out: drawing{glyphs: room[:0]}}
	p.state = graphics{ctm: s.toSeen, clip: p.page, lineWidth: 1, stretch: 1, textMatrix: identity, lineMatrix: identity}
	content, err := contents(s.dict.Key("Contents"), limits)
	if err != nil {
		return drawing{}, err
	}
	if err := p.run(content, s.resources, 0); err != nil {
		return drawing{}, err
	}
	if err := p.annotations(s); err != nil {
		return drawing{}, err
	}
	p.out.pictured = p.covered.share()
	return p.out, nil
}

// contents joins the content streams of a page.
func contents(v reader.Value, limits Limits) ([]byte, error) {
	if v.Kind() != reader.Array {
		return streamBytes(v, limits)
	}
	var all bytes.Buffer
	for i := range v.Len() {
		data, err := streamBytes(v.Index(i), limits)
		if err != nil {
			return nil, err
		}
		if all.Len()+len(data) > limits.Stream {
			return nil, refuse("over_limits")
		}
		all.Write(data)
		all.WriteByte('\n')
	}
	return all.Bytes(), nil
}

// streamBytes is the decoded content of a stream, nothing where v is none.
func streamBytes(v reader.Value, limits Limits) ([]byte, error) {
	if v.Kind() != reader.Stream {
		return nil, nil
	}
	r := v.Reader()
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, int64(limits.Stream)+1))
	if len(data) > limits.Stream {
		return nil, refuse("over_limits")
	}
	if err != nil {
		return nil, refuse("damaged")
	}
	return data, nil
}

// run interprets one content stream: that of the page or of a form.
func (p *painter) run(content []byte, resources reader.Value, depth int) error {
	l := lexer{data: content, list: make([]object, 0, 256)}
	fonts := map[string]*font{}
	var operands []object
	for {
		o, ok := l.next()
		if !ok {
			return nil
		}
		if o.kind != wordKind {
			if len(operands) < 64 { // no operator takes more
				operands = append(operands, o)
			}
			if p.operators++; p.operators > 8*p.limits.Operators {
				return refuse("over_limits")
			}
			continue
		}
		if p.operators += 8; p.operators > 8*p.limits.Operators || len(p.out.glyphs) > p.limits.Glyphs {
			return refuse("over_limits")
		}
		switch string(o.raw) {
		case "Tf":
			if len(operands) >= 2 {
				p.setFont(p.fontNamed(string(operands[0].raw), resources, fonts), operands[1].num)
			}
		case "gs":
			if len(operands) >= 1 {
				p.extendedState(resources.Key("ExtGState").Key(string(operands[0].raw)))
			}
		case "Do":
			if len(operands) >= 1 {
				if err := p.paintObject(resources.Key("XObject").Key(string(operands[0].raw)), resources, depth); err != nil {
					return err
				}
			}
		case "BI":
			p.image()
			skipInlineImage(&l)
		case "BDC":
			if len(operands) >= 2 {
				p.begin(operands[0], operands[1], resources)
			}
		case "q":
			if len(p.stack) >= maxStates {
				return refuse("over_limits")
			}
			p.stack = append(p.stack, p.state)
		default:
			p.operate(string(o.raw), operands)
		}
		operands = operands[:0]
		l.list = l.list[:0]
	}
}

func (p *painter) fontNamed(name string, resources reader.Value, fonts map[string]*font) *font {
	f, ok := fonts[name]
	if !ok {
		f = p.fonts.load(resources.Key("Font").Key(name))
		fonts[name] = f
	}
	return f
}

func (p *painter) setFont(f *font, size float64) {
	p.state.font, p.state.size = f, size
}

func (p *painter) extendedState(gs reader.Value) {
	if f := gs.Key("Font"); f.Len() == 2 {
		p.setFont(p.fonts.load(f.Index(0)), f.Index(1).Float64())
	}
	if w := gs.Key("LW"); !w.IsNull() {
		p.state.lineWidth = w.Float64()
	}
}

// paintObject draws a form, or counts an image.
func (p *painter) paintObject(x reader.Value, resources reader.Value, depth int) error {
	switch x.Key("Subtype").Name() {
	case "Image":
		if !isOff(x.Key("OC")) {
			p.image()
		}
		return nil
	case "Form":
		return p.form(x, resources, depth)
	}
	return nil
}

// image notes an image, which fills the unit square.
func (p *painter) image() {
	if p.off > 0 {
		return
	}
	p.out.images++
	p.covered.add(box{0, 0, 1, 1}.transform(p.state.ctm).intersect(p.state.clip), p.page)
}

// form draws a form.
func (p *painter) form(x reader.Value, resources reader.Value, depth int) error {
	if p.off > 0 || isOff(x.Key("OC")) {
		return nil
	}
	if p.forms++; depth >= maxFormDepth || p.forms > maxForms {
		return refuse("over_limits")
	}
	content, err := streamBytes(x, p.limits)
	if err != nil {
		return err
	}
	if own := x.Key("Resources"); own.Kind() == reader.Dict {
		resources = own
	}
	saved, floor, marks := p.state, p.floor, len(p.layers)
	p.floor = len(p.stack)
	p.state.ctm = matrixOf(x.Key("Matrix")).then(p.state.ctm)
	if b, ok := rectangle(x.Key("BBox")); ok {
		p.state.clip = p.state.clip.intersect(b.transform(p.state.ctm))
	}
	err = p.run(content, resources, depth+1)
	p.state, p.stack, p.floor = saved, p.stack[:p.floor], floor
	for len(p.layers) > marks { // marked content that the form leaves open ends with it
		p.end()
	}
	return err
}

// skipInlineImage moves behind the EI that ends the image: one that stands alone and is followed by something that
// can be content.
func skipInlineImage(l *lexer) {
	for {
		o, ok := l.next()
		if !ok {
			return
		}
		if o.kind == wordKind && string(o.raw) == "ID" {
			break
		}
	}
	for l.pos < len(l.data) {
		i := bytes.Index(l.data[l.pos:], []byte("EI"))
		if i < 0 {
			l.pos = len(l.data)
			return
		}
		at := l.pos + i
		l.pos = at + 2
		after := l.data[l.pos:min(len(l.data), l.pos+12)]
		if isSpace(l.data[at-1]) && (len(after) == 0 || isSpace(after[0])) && isPrintable(after) {
			return
		}
	}
}

func isPrintable(s []byte) bool {
	for _, c := range s {
		if c >= 0x7f || c < ' ' && !isSpace(c) || c == 0 {
			return false
		}
	}
	return true
}

// operate carries out an operator that needs no resources. One with too few operands is passed over, as all readers do.
func (p *painter) operate(op string, args []object) {
	s := &p.state
	n := func(i int) float64 { return args[i].num }
	if len(args) < operandCount(op) {
		return
	}
	switch op {
	case "Q":
		if k := len(p.stack); k > p.floor {
			*s, p.stack = p.stack[k-1], p.stack[:k-1]
		}
	case "cm":
		s.ctm = matrix{n(0), n(1), n(2), n(3), n(4), n(5)}.then(s.ctm)
	case "w":
		s.lineWidth = n(0)

	case "BT":
		s.textMatrix, s.lineMatrix = identity, identity
	case "Tc":
		s.charSpace = n(0)
	case "Tw":
		s.wordSpace = n(0)
	case "Tz":
		s.stretch = n(0) / 100
	case "TL":
		s.leading = n(0)
	case "Ts":
		s.rise = n(0)
	case "Tr":
		s.mode = int(n(0))
	case "Td":
		p.moveLine(n(0), n(1))
	case "TD":
		s.leading = -n(1)
		p.moveLine(n(0), n(1))
	case "Tm":
		s.lineMatrix = matrix{n(0), n(1), n(2), n(3), n(4), n(5)}
		s.textMatrix = s.lineMatrix
	case "T*":
		p.moveLine(0, -s.leading)
	case "Tj":
		p.show(args[0].raw)
	case "'":
		p.moveLine(0, -s.leading)
		p.show(args[0].raw)
	case "\"":
		s.wordSpace, s.charSpace = n(0), n(1)
		p.moveLine(0, -s.leading)
		p.show(args[2].raw)
	case "TJ":
		for _, e := range args[0].list {
			if e.kind == stringKind {
				p.show(e.raw)
			} else if e.kind == numberKind {
				s.textMatrix = matrix{1, 0, 0, 1, -e.num / 1000 * s.size * s.stretch, 0}.then(s.textMatrix)
			}
		}
	case "BMC":
		p.actual, p.layers = append(p.actual, actualText{}), append(p.layers, false)
	case "EMC":
		p.end()

	case "g", "rg", "k", "sc", "scn":
		s.fillWhite = isWhite(op, args)
	case "G", "RG", "K", "SC", "SCN":
		s.strokeWhite = isWhite(op, args)
	case "cs":
		s.fillWhite = false
	case "CS":
		s.strokeWhite = false

	default:
		p.pathOperator(op, args)
	}
}

// operandCount is the least number of operands that an operator needs.
func operandCount(op string) int {
	switch op {
	case "cm", "Tm", "c":
		return 6
	case "re", "v", "y", "k", "K":
		return 4
	case "\"", "rg", "RG":
		return 3
	case "Td", "TD", "m", "l":
		return 2
	case "w", "Tc", "Tw", "Tz", "TL", "Ts", "Tr", "Tj", "'", "TJ", "g", "G", "sc", "SC", "BMC":
		return 1
	}
	return 0
}

// isWhite reports whether a colour operator sets white. One component may be ink or light, so only g and G tell.
func isWhite(op string, args []object) bool {
	light := len(args) == 3 || len(args) == 1 && (op == "g" || op == "G")
	for _, a := range args {
		if a.kind != numberKind || light && a.num < 0.99 || !light && (a.num > 0.01 || len(args) != 4) {
			return false
		}
	}
	return len(args) > 0
}
