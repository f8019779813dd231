package word

import (
	"strconv"
	"strings"

	"tiendo/pipeline/extract/archive"
)

// paragraphStyle is what a style, of paragraphs or of characters, says that matters for reading.
type paragraphStyle struct {
	font    string
	list    listPlace
	basedOn string
}

// fontOf is the font that an element rFonts names, or else the one given.
func fontOf(x *archive.XML, otherwise string) string {
	for _, name := range []string{"ascii", "hAnsi"} {
		if font := x.Attr(name); font != "" {
			return font
		}
	}
	return otherwise
}

// readStyles reads the styles and settles what each has from those it is based on.
func (r *reader) readStyles(x *archive.XML) error {
	raw := map[string]paragraphStyle{}
	id := ""
	for x.Next() {
		if x.Kind != archive.Start {
			continue
		}
		s := raw[id]
		switch x.Name {
		case "style":
			id = x.Attr("styleId")
			s = paragraphStyle{}
		case "basedOn":
			s.basedOn = x.Attr("val")
		case "rFonts":
			if id == "" { // docDefaults stand before all styles
				r.font = fontOf(x, r.font)
			}
			s.font = fontOf(x, s.font)
		case "numId", "ilvl":
			s.list.read(x.Name, x)
		}
		raw[id] = s
	}
	r.styles = map[string]paragraphStyle{}
	for id := range raw {
		r.styles[id] = inherit(raw, id)
	}
	return nil
}

// inherit fills in what a style leaves to those it is based on. The number of styles bounds a loop among them.
func inherit(raw map[string]paragraphStyle, id string) paragraphStyle {
	s := raw[id]
	base := s.basedOn
	for range min(len(raw), 64) {
		b, ok := raw[base]
		if !ok || base == "" {
			break
		}
		if s.font == "" {
			s.font = b.font
		}
		if s.list.number == "" {
			s.list = listPlace{number: b.list.number, level: max(s.list.level, b.list.level)}
		}
		base = b.basedOn
	}
	return s
}

// listPlace is where a paragraph stands in a list: which one, and how deep.
type listPlace struct {
	number string // numId; empty or "0": in none
	level  int    // from 0
}

// read takes in an element numId or ilvl.
func (l *listPlace) read(name string, x *archive.XML) {
	switch name {
	case "numId":
		l.number = x.Attr("val")
	case "ilvl":
		l.level, _ = strconv.Atoi(x.Attr("val"))
	}
}

const listLevels = 9

// lists gives paragraphs their numbers, as Word does while it lays out the document.
type lists struct {
	abstract map[string]*list  // by abstractNumId
	of       map[string]string // abstractNumId, by numId
	restart  map[string]map[int]int
}

// list is a definition and how far its counters are: all numIds of one definition go on counting together.
type list struct {
	levels [listLevels]level
	seen   map[string]bool // numIds whose own start has been applied
}

type level struct {
	start  int
	count  int
	begun  bool
	format string // decimal, lowerLetter, upperRoman …
	text   string // %1.%2)
}

// readNumbering reads the definitions of lists.
func (r *reader) readNumbering(x *archive.XML) error {
	r.lists = lists{abstract: map[string]*list{}, of: map[string]string{}, restart: map[string]map[int]int{}}
	var at *list
	depth := -1 // level at hand
	num := ""
	for x.Next() {
		if x.Kind != archive.Start {
			continue
		}
		value := x.Attr("val")
		n, _ := strconv.Atoi(value)
		switch x.Name {
		case "abstractNum":
			at, num, depth = &list{seen: map[string]bool{}}, "", -1
			r.lists.abstract[x.Attr("abstractNumId")] = at
		case "num":
			at, num, depth = nil, x.Attr("numId"), -1
		case "abstractNumId":
			r.lists.of[num] = value
		case "lvl", "lvlOverride":
			depth, _ = strconv.Atoi(x.Attr("ilvl"))
		case "startOverride":
			if r.lists.restart[num] == nil {
				r.lists.restart[num] = map[int]int{}
			}
			r.lists.restart[num][depth] = n
		}
		if at == nil || depth < 0 || depth >= listLevels {
			continue
		}
		switch x.Name {
		case "start":
			at.levels[depth].start = n
		case "numFmt":
			at.levels[depth].format = value
		case "lvlText":
			at.levels[depth].text = value
		}
	}
	return nil
}

// next counts a paragraph and returns the number that Word shows before it; empty where it is in no list, or in one
// with bullets.
func (l *lists) next(place listPlace) string {
	at := l.abstract[l.of[place.number]]
	if at == nil || place.level < 0 || place.level >= listLevels {
		return ""
	}
	if !at.seen[place.number] {
		at.seen[place.number] = true
		for depth, start := range l.restart[place.number] {
			if depth >= 0 && depth < listLevels {
				at.levels[depth].start, at.levels[depth].begun = start, false
			}
		}
	}
	for depth := range at.levels {
		lv := &at.levels[depth]
		switch {
		case depth > place.level:
			lv.begun = false
		case !lv.begun:
			lv.begun, lv.count = true, lv.start
		case depth == place.level:
			lv.count++
		}
	}
	return at.label(place.level)
}

// label writes the text of a level with the counters of it and those above.
func (l *list) label(depth int) string {
	lv := l.levels[depth]
	const longest = 100 // bytes; labels have some ten
	if lv.format == "bullet" || lv.format == "none" || len(lv.text) > longest {
		return ""
	}
	text := lv.text
	for i := range l.levels {
		text = strings.ReplaceAll(text, "%"+strconv.Itoa(i+1), numeral(l.levels[i].count, l.levels[i].format))
	}
	return strings.TrimSpace(text)
}

// numeral writes a counter in the format of its level. Formats of other scripts are written in digits.
func numeral(n int, format string) string {
	switch format {
	case "lowerLetter":
		return letters(n)
	case "upperLetter":
		return strings.ToUpper(letters(n))
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "upperRoman":
		return roman(n)
	case "decimalZero":
		if n >= 0 && n < 10 {
			return "0" + strconv.Itoa(n)
		}
	}
	return strconv.Itoa(n)
}

// letters counts a … z, aa, bb …, as Word does.
func letters(n int) string {
	if n < 1 || n > 26*20 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(rune('a'+(n-1)%26)), (n-1)/26+1)
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, r := range []struct {
		value  int
		letter string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= r.value {
			b.WriteString(r.letter)
			n -= r.value
		}
	}
	return b.String()
}
