package pdf

import (
	"strconv"
	"strings"
	"unicode/utf8"

	reader "github.com/ledongthuc/pdf"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// simpleEncoding is what each code of a simple font reads as, by its encoding alone; empty where it does not say.
func simpleEncoding(v reader.Value, fontName string, limits Limits) [256]string {
	e := v.Key("Encoding")
	base := e.Name()
	if e.Kind() == reader.Dict {
		base = e.Key("BaseEncoding").Name()
	}
	var out [256]string
	switch {
	case base == "WinAnsiEncoding":
		out = charmapTexts(charmap.Windows1252)
	case base == "MacRomanEncoding":
		out = charmapTexts(charmap.Macintosh)
	case strings.Contains(fontName, "Dingbats"):
		for i := range out {
			out[i] = dingbat(byte(i))
		}
	case strings.Contains(fontName, "Symbol") && v.Key("Subtype").Name() != "TrueType":
		for i := range out {
			out[i] = symbolText(rune(i))
		}
	case v.Key("Subtype").Name() == "Type3":
	case v.Key("Subtype").Name() == "TrueType" && e.Kind() != reader.Dict:
		out = charmapTexts(charmap.Windows1252) // the encoding inside the font, which in practice is this one
	default:
		out = standardTexts()
		if builtin, ok := builtinTexts(v, limits); ok && base == "" {
			out = builtin
		}
	}
	code := 0
	differences := e.Key("Differences")
	for i := range differences.Len() {
		switch d := differences.Index(i); d.Kind() {
		case reader.Integer, reader.Real:
			code = int(d.Float64())
		case reader.Name:
			if code >= 0 && code < 256 {
				out[code] = namedText(d.Name())
			}
			code++
		}
	}
	return out
}

func charmapTexts(m *charmap.Charmap) (out [256]string) {
	for i := range out {
		if r := m.DecodeByte(byte(i)); i >= ' ' && r != utf8.RuneError {
			out[i] = string(r)
		}
	}
	return out
}

// standardTexts is StandardEncoding (ISO 32000-1, annex D.2).
func standardTexts() (out [256]string) {
	for i := ' '; i <= '~'; i++ {
		out[i] = string(i)
	}
	out['\''], out['`'] = "’", "‘"
	upper := map[int]string{
		0xa1: "¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ", 0xb1: "–†‡·", 0xb6: "¶•‚„”»…‰", 0xbf: "¿", 0xc1: "`´ˆ˜¯˘˙¨", 0xca: "˚¸", 0xcd: "˝˛ˇ—",
		0xe1: "Æ", 0xe3: "ª", 0xe8: "ŁØŒº", 0xf1: "æ", 0xf5: "ı", 0xf8: "łøœß",
	}
	for first, texts := range upper {
		i := first
		for _, r := range texts {
			out[i] = string(r)
			i++
		}
	}
	return out
}

// glyphNames are the names of the Adobe Glyph List that stand for what is no letter with marks: those are made up of
// the letter and the names of the marks.
var glyphNames = namedCharacters(`exclam ! quotedbl " numbersign # dollar $ percent % ampersand & quotesingle ' parenleft ( parenright )
asterisk * plus + comma , hyphen - period . slash / zero 0 one 1 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9
colon : semicolon ; less < equal = greater > question ? at @ bracketleft [ backslash \ bracketright ] asciicircum ^
underscore _ grave ` + "`" + ` braceleft { bar | braceright } asciitilde ~ exclamdown ¡ cent ¢ sterling £ currency ¤ yen ¥ brokenbar ¦
section § dieresis ¨ copyright © ordfeminine ª guillemotleft « logicalnot ¬ registered ® macron ¯ degree ° plusminus ±
twosuperior ² threesuperior ³ onesuperior ¹ acute ´ mu µ paragraph ¶ periodcentered · middot · cedilla ¸ ordmasculine º
guillemotright » onequarter ¼ onehalf ½ threequarters ¾ questiondown ¿ AE Æ ae æ OE Œ oe œ Oslash Ø oslash ø Eth Ð eth ð
Thorn Þ thorn þ germandbls ß multiply × divide ÷ Lslash Ł lslash ł dotlessi ı dotlessj ȷ Dcroat Đ dcroat đ Dmacron Đ dmacron đ
Hbar Ħ hbar ħ Tbar Ŧ tbar ŧ florin ƒ circumflex ˆ caron ˇ breve ˘ dotaccent ˙ ring ˚ ogonek ˛ tilde ˜ hungarumlaut ˝
quoteleft ‘ quoteright ’ quotesinglbase ‚ quotedblleft “ quotedblright ” quotedblbase „ dagger † daggerdbl ‡ bullet •
ellipsis … perthousand ‰ guilsinglleft ‹ guilsinglright › fraction ⁄ Euro € trademark ™ endash – emdash — figuredash ‒
minus − fi ﬁ fl ﬂ ff ﬀ ffi ﬃ ffl ﬄ Alpha Α Beta Β Gamma Γ Delta Δ Epsilon Ε Zeta Ζ Eta Η Theta Θ Iota Ι Kappa Κ Lambda Λ Mu Μ
Nu Ν Xi Ξ Omicron Ο Pi Π Rho Ρ Sigma Σ Tau Τ Upsilon Υ Phi Φ Chi Χ Psi Ψ Omega Ω alpha α beta β gamma γ delta δ epsilon ε
zeta ζ eta η theta θ iota ι kappa κ lambda λ nu ν xi ξ omicron ο pi π rho ρ sigma σ sigma1 ς tau τ upsilon υ phi φ chi χ
psi ψ omega ω theta1 ϑ phi1 ϕ omega1 ϖ infinity ∞ notequal ≠ lessequal ≤ greaterequal ≥ approxequal ≈ equivalence ≡ summation ∑ product ∏
radical √ integral ∫ partialdiff ∂ lozenge ◊ arrowleft ← arrowup ↑ arrowright → arrowdown ↓ arrowboth ↔ element ∈ proportional ∝
similar ∼ triangleright ▷ triangleleft ◁ triangleinv ▽ triangle △ circlecopyrt ○ diamondmath ⋄ openbullet ◦ asteriskmath ∗
angbracketleft ⟨ angbracketright ⟩ bardbl ‖ universal ∀ existential ∃ arrowdblright ⇒ arrowdblleft ⇐ visiblespace ␣ emptyset ∅ union ∪
intersection ∩ logicaland ∧ logicalor ∨ greatermuch ≫ lessmuch ≪ reflexsubset ⊆ prime ′ club ♣ heart ♥ spade ♠ diamond ♦ checkmark ✓ square □ filledbox ■ H22073 □ H18543 ▪ H18551 ▫ triagup ▲ triagdn ▼ circle ○ dong ₫ commaaccent ,
sfthyphen - hyphentwo ‐ afii61352 № gravecomb ̀ acutecomb ́ tildecomb ̃ hookabovecomb ̉ dotbelowcomb ̣ hookabove ̉ dotbelow ̣ horn ̛ eng ŋ Eng Ŋ ij ĳ IJ Ĳ`)

// namedCharacters reads a list of names and characters; white space has names that a list cannot hold.
func namedCharacters(list string) map[string]string {
	m := map[string]string{"space": " ", "nbspace": " ", "nonbreakingspace": " "}
	fields := strings.Fields(list)
	for i := 0; i+1 < len(fields); i += 2 {
		m[fields[i]] = fields[i+1]
	}
	return m
}

// markNames are the names of marks in glyph names, and the combining characters that they stand for.
var markNames = []struct{ name, mark string }{
	{"circumflex", "\u0302"}, {"commaaccent", "\u0326"}, {"hungarumlaut", "\u030b"}, {"hookabove", "\u0309"}, {"dotbelow", "\u0323"}, {"dotaccent", "\u0307"},
	{"dieresis", "\u0308"}, {"cedilla", "\u0327"}, {"ogonek", "\u0328"}, {"macron", "\u0304"}, {"acute", "\u0301"}, {"grave", "\u0300"},
	{"tilde", "\u0303"}, {"breve", "\u0306"}, {"caron", "\u030c"}, {"ring", "\u030a"}, {"horn", "\u031b"}, {"dot", "\u0307"},
}

// glyphText is what a glyph of that name reads as, empty where the name does not say (the Adobe Glyph List specification,
// section 2, with the list itself replaced by its rule of composition).
func glyphText(name string) string {
	if name == ".notdef" {
		return ""
	}
	if i := strings.IndexByte(name, '.'); i > 0 {
		name = name[:i]
	}
	if parts := strings.Split(name, "_"); len(parts) > 1 && name != "_" {
		all := ""
		for _, p := range parts {
			t := glyphText(p)
			if t == "" {
				return ""
			}
			all += t
		}
		return all
	}
	if t, ok := glyphNames[name]; ok {
		return t
	}
	if len(name) == 1 {
		return name
	}
	if digit, ok := strings.CutSuffix(name, "oldstyle"); ok && digit != "" {
		return glyphText(digit)
	}
	if t, ok := hexName(name); ok {
		return t
	}
	return markedLetter(name)
}

// namedText is glyphText for a font that names its glyphs. A name that is a word and not known is that of a sign, which reads as a
// bullet, as an unknown picture does; one that only counts (a27, G01) says nothing.
func namedText(name string) string {
	text := glyphText(name)
	if text != "" || name == ".notdef" || len(name) < 4 {
		return text
	}
	for _, c := range name {
		if c < 'A' || c > 'z' || c > 'Z' && c < 'a' {
			return ""
		}
	}
	return "•"
}

// hexName reads uni0041, uni00410301 and u1EA1.
func hexName(name string) (string, bool) {
	if digits, ok := strings.CutPrefix(name, "uni"); ok && len(digits) >= 4 && len(digits)%4 == 0 && len(digits) <= 32 {
		var raw []byte
		for i := 0; i+1 < len(digits); i += 2 {
			v, err := strconv.ParseUint(digits[i:i+2], 16, 8)
			if err != nil {
				return "", false
			}
			raw = append(raw, byte(v))
		}
		return decodeUTF16(raw), true
	}
	if digits, ok := strings.CutPrefix(name, "u"); ok && len(digits) >= 4 && len(digits) <= 6 {
		if v, err := strconv.ParseUint(digits, 16, 21); err == nil {
			return string(rune(v)), true
		}
	}
	return "", false
}

// markedLetter reads "Aacute", "ohorndotbelow": a letter followed by the names of its marks.
func markedLetter(name string) string {
	marks := ""
search:
	for len(name) > 1 {
		for _, m := range markNames {
			if rest, ok := strings.CutSuffix(name, m.name); ok && rest != "" {
				name, marks = rest, m.mark+marks
				continue search
			}
		}
		switch name {
		case "dotlessi":
			return norm.NFC.String("i" + marks)
		case "ae", "AE", "oslash", "Oslash":
			return norm.NFC.String(glyphNames[name] + marks)
		}
		return ""
	}
	return norm.NFC.String(name + marks)
}

// readable replaces what a font says by what a reader sees: the private codes of symbol fonts by the symbols,
// nothing for control characters.
func readable(text string, symbols func(rune) rune) string {
	plain := true
	for i := 0; i < len(text); i++ {
		if c := text[i]; c < ' ' || c >= 0x7f {
			plain = false
			break
		}
	}
	if plain {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			r = ' '
		case r == 0xad: // a soft hyphen is drawn as a hyphen
			r = '-'
		case r >= 0xf000 && r <= 0xf0ff:
			r = symbols(r - 0xf000)
		case r < ' ' || r >= 0x7f && r < 0xa0 || r == utf8.RuneError || r == 0xfeff || r == 0xffff || r == 0xfffe:
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// symbolFont returns how the font's private codes, U+F000 to U+F0FF, are read. Of a font of pictures the signs of choice are known;
// another picture is a bullet.
func symbolFont(name string) func(rune) rune {
	pictures := map[rune]rune(nil)
	switch {
	case strings.Contains(name, "Wingdings 2"), strings.Contains(name, "Wingdings2"), strings.Contains(name, "Wingdings-2"):
		pictures = wingdings2
	case strings.Contains(name, "Wingdings 3"), strings.Contains(name, "Wingdings3"), strings.Contains(name, "Wingdings-3"):
		pictures = map[rune]rune{' ': ' '}
	case strings.Contains(name, "Webdings"):
		pictures = webdings
	case strings.Contains(name, "Wingdings"):
		pictures = wingdings
	default:
		return func(r rune) rune {
			if t := symbolText(r); t != "" {
				return []rune(t)[0]
			}
			return 0xf000 + r
		}
	}
	return func(r rune) rune {
		if s, ok := pictures[r]; ok {
			return s
		}
		return '•'
	}
}

// wingdings2 and webdings are the signs of choice of those fonts.
var (
	wingdings2 = map[rune]rune{' ': ' ', 0x4f: '✗', 0x50: '✓', 0x51: '☒', 0x52: '☑', 0x53: '☒', 0x54: '☒', 0xa3: '□', 0x97: '●', 0xa2: '■'}
	webdings   = map[rune]rune{' ': ' ', 0x61: '✓', 0x63: '□', 0x67: '■', 0x6e: '●', 0x72: '✗', 0x3d: '✗'}
)

// dingbat is what a code of ZapfDingbats reads as: form fields are ticked with it (ISO 32000-1, annex D.6).
func dingbat(code byte) string {
	if code == ' ' {
		return " "
	}
	exceptions := map[byte]rune{0x25: '☎', 0x2a: '☛', 0x2b: '☞', 0x48: '★', 0x6c: '●', 0x6e: '■', 0x73: '▲', 0x74: '▼', 0x75: '◆', 0x77: '◗',
		0xa8: '♣', 0xa9: '♦', 0xaa: '♥', 0xab: '♠', 0xd5: '→', 0xd6: '↔', 0xd7: '↕'}
	if r, ok := exceptions[code]; ok {
		return string(r)
	}
	switch {
	case code > ' ' && code < 0x7f: // in the order of Unicode's block
		return string(rune('\u2701' + int(code) - 0x21))
	case code >= 0xac && code <= 0xb5:
		return string(rune('①' + int(code) - 0xac))
	case code >= 0xb6 && code <= 0xbf:
		return string(rune('❶' + int(code) - 0xb6))
	case code >= 0xa1 && code <= 0xfe:
		return string(rune('\u2761' + int(code) - 0xa1))
	}
	return ""
}

// wingdings are the signs of that font that stand in reports: bullets, boxes, ticks and arrows.
var wingdings = map[rune]rune{
	0x6c: '●', 0x6e: '■', 0x6f: '□', 0x71: '❑', 0x72: '❒', 0x75: '◆', 0x76: '❖', 0x9f: '•', 0xa1: '○', 0xa7: '▪', 0xa8: '◻',
	0xd8: '➢', 0xe0: '→', 0xdf: '←', 0xe8: '➔', 0xf0: '⇨', 0xfb: '✗', 0xfc: '✓', 0xfd: '☒', 0xfe: '☑', 0x20: ' ', 0x46: '☞',
}

// symbolText is the built-in encoding of the Symbol font (ISO 32000-1, annex D.5); ASCII punctuation and digits are themselves.
func symbolText(c rune) string {
	rows := []struct {
		first rune
		texts string
	}{
		{0x20, " !∀#∃%&∋()∗+,−./0123456789:;<=>?"},
		{0x40, "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"},
		{0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"},
		{0xa1, "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…"},
		{0xc0, "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈"},
		{0xe5, "∑"}, {0xf2, "∫"},
	}
	for _, row := range rows {
		texts := []rune(row.texts)
		if i := int(c - row.first); i >= 0 && i < len(texts) {
			return string(texts[i])
		}
	}
	return ""
}
