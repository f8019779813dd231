package pdf

import (
	"errors"
	"math"

	reader "github.com/ledongthuc/pdf"
)

// sheet is a page as the page tree describes it.
type sheet struct {
	number    int // from 1
	dict      reader.Value
	resources reader.Value
	toSeen    matrix // user space → points from the top left corner of the page as it is seen, y downwards
	width     float64
	height    float64
	// fieldsAnew: the fields of the form show their values, whatever looks the file holds.
	fieldsAnew bool
}

// inherited are the attributes that a page takes from the nodes above it.
type inherited struct {
	resources, mediaBox, cropBox, rotate reader.Value
}

func (a inherited) under(node reader.Value) inherited {
	take := func(field *reader.Value, key string) {
		if v := node.Key(key); !v.IsNull() {
			*field = v
		}
	}
	take(&a.resources, "Resources")
	take(&a.mediaBox, "MediaBox")
	take(&a.cropBox, "CropBox")
	take(&a.rotate, "Rotate")
	return a
}

// maxTreeDepth bounds the page tree; balanced trees of 500 pages are three nodes deep.
const maxTreeDepth = 40

// pages walks the page tree.
func pages(root reader.Value, limits Limits) ([]sheet, error) {
	var all []sheet
	visited := 0
	var walk func(node reader.Value, a inherited, depth int) error
	walk = func(node reader.Value, a inherited, depth int) error {
		if visited++; depth > maxTreeDepth || visited > 4*limits.Pages {
			return refuse("over_limits")
		}
		if node.Kind() != reader.Dict {
			return refuse("damaged")
		}
		a = a.under(node)
		kids := node.Key("Kids")
		if kids.Kind() != reader.Array {
			if len(all) == limits.Pages {
				return refuse("over_limits")
			}
			all = append(all, newSheet(len(all)+1, node, a))
			return nil
		}
		before := len(all)
		for i := range kids.Len() {
			if err := walk(kids.Index(i), a, depth+1); err != nil {
				return err
			}
		}
		if int(node.Key("Count").Int64()) > len(all)-before {
			return refuse("damaged") // pages are lost
		}
		return nil
	}
	if err := walk(root.Key("Pages"), inherited{}, 0); err != nil {
		return nil, err
	}
	for i := range all {
		all[i].fieldsAnew = root.Key("NeedAppearances").Bool()
	}
	if len(all) == 0 {
		return nil, errors.New("no page")
	}
	return all, nil
}

func newSheet(number int, dict reader.Value, a inherited) sheet {
	media, ok := rectangle(a.mediaBox)
	if !ok {
		media = box{0, 0, 612, 792} // readers agree on US Letter where the box is missing
	}
	if crop, ok := rectangle(a.cropBox); ok {
		if c := media.intersect(crop); c.x1 > c.x0 && c.y1 > c.y0 {
			media = c
		}
	}
	s := sheet{number: number, dict: dict, resources: a.resources, width: media.x1 - media.x0, height: media.y1 - media.y0}
	quarter := int(math.Round(a.rotate.Float64()/90)) % 4
	if quarter < 0 {
		quarter += 4
	}
	switch quarter { // clockwise
	case 0:
		s.toSeen = matrix{1, 0, 0, -1, -media.x0, media.y1}
	case 1:
		s.toSeen = matrix{0, 1, 1, 0, -media.y0, -media.x0}
	case 2:
		s.toSeen = matrix{-1, 0, 0, 1, media.x1, -media.y0}
	case 3:
		s.toSeen = matrix{0, -1, -1, 0, media.y1, media.x1}
	}
	if quarter%2 == 1 {
		s.width, s.height = s.height, s.width
	}
	return s
}

// rectangle reads a PDF rectangle, whose corners come in any order.
func rectangle(v reader.Value) (box, bool) {
	if v.Len() != 4 {
		return box{}, false
	}
	at := func(i int) float64 { return v.Index(i).Float64() }
	b := box{min(at(0), at(2)), min(at(1), at(3)), max(at(0), at(2)), max(at(1), at(3))}
	return b, b.x1 > b.x0 && b.y1 > b.y0
}

// matrix maps (x, y) to (ax+cy+e, bx+dy+f).
type matrix struct{ a, b, c, d, e, f float64 }

var identity = matrix{a: 1, d: 1}

// then is the map m followed by n.
func (m matrix) then(n matrix) matrix {
	return matrix{
		m.a*n.a + m.b*n.c, m.a*n.b + m.b*n.d,
		m.c*n.a + m.d*n.c, m.c*n.b + m.d*n.d,
		m.e*n.a + m.f*n.c + n.e, m.e*n.b + m.f*n.d + n.f,
	}
}

func (m matrix) apply(x, y float64) (float64, float64) {
	return m.a*x + m.c*y + m.e, m.b*x + m.d*y + m.f
}

// scale is the mean factor by which m enlarges lengths.
func (m matrix) scale() float64 { return math.Sqrt(math.Abs(m.a*m.d - m.b*m.c)) }

// matrixOf reads a matrix of six numbers, the identity where there is none.
func matrixOf(v reader.Value) matrix {
	if v.Len() != 6 {
		return identity
	}
	at := func(i int) float64 { return v.Index(i).Float64() }
	return matrix{at(0), at(1), at(2), at(3), at(4), at(5)}
}

// box is a rectangle in points, x0 ≤ x1 and y0 ≤ y1.
type box struct{ x0, y0, x1, y1 float64 }

func (b box) intersect(o box) box {
	return box{max(b.x0, o.x0), max(b.y0, o.y0), min(b.x1, o.x1), min(b.y1, o.y1)}
}

// union is the smallest box that holds both; the zero box holds nothing.
func (b box) union(o box) box {
	if b == (box{}) {
		return o
	}
	return box{min(b.x0, o.x0), min(b.y0, o.y0), max(b.x1, o.x1), max(b.y1, o.y1)}
}

// transform is the box around b's four corners under m.
func (b box) transform(m matrix) box {
	x, y := m.apply(b.x0, b.y0)
	out := box{x, y, x, y}
	for _, p := range [][2]float64{{b.x1, b.y0}, {b.x0, b.y1}, {b.x1, b.y1}} {
		x, y := m.apply(p[0], p[1])
		out = box{min(out.x0, x), min(out.y0, y), max(out.x1, x), max(out.y1, y)}
	}
	return out
}
