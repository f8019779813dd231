// Package legacy converts text typed with the fonts that Vietnamese offices used before Unicode: TCVN3 (.VnTime,
// .VnTimeH …) and VNI (VNI-Times …). A font name and text as a program stores it come in; Unicode text goes out.
//
// Such text is stored as Latin letters and signs that only its font draws as Vietnamese, so the font is the one
// sure sign of it; the characters must agree.
package legacy

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Encoding names a way of writing Vietnamese before Unicode; it is also the variant of finding F14.
type Encoding string

const (
	None  Encoding = ""
	TCVN3 Encoding = "tcvn3"
	VNI   Encoding = "vni"
)

// Convert returns what a reader sees of text set in font, and the encoding that it was converted from: None for text
// in other fonts, for text that is Unicode whatever its font says, and for text that is the same either way. Ticks and boxes of the fonts Wingdings are shown as such; they
// are no encoding of words, so that is None, too.
func Convert(text, font string) (string, Encoding) {
	var out string
	var from Encoding
	switch name := strings.ToLower(font); {
	case strings.HasPrefix(name, ".vn") && fits(text, isTCVN3):
		from, out = TCVN3, strings.Map(fromTCVN3, text)
		if strings.HasSuffix(name, "h") { // .VnTimeH draws small letters as capitals
			out = strings.ToUpper(out)
		}
	case strings.HasPrefix(name, "vni-") && fits(text, isVNI):
		from, out = VNI, fromVNI(text)
	case ticks[name] != nil:
		return strings.Map(func(r rune) rune { return tick(ticks[name], r) }, text), None
	}
	if from == None || out == text {
		return text, None
	}
	return out, from
}

// ticks are the signs that forms are filled in with, in the fonts that draw them for letters.
var ticks = map[string]map[rune]rune{
	"wingdings":   pairs("\u00FC\u00FB\u00FE\u00FD\u00A8olnt", "✓✗☑☒☐☐●■◆"),
	"wingdings 2": pairs("POR\u00A3QS\u0098", "✓✗☑☐☒☒●"),
	"symbol":      pairs("\u00B7\u00D6", "•√"),
}

// tick returns the sign drawn for r, which programs also store at U+F000 and above.
func tick(signs map[rune]rune, r rune) rune {
	if sign, ok := signs[r&0xFF]; ok && (r <= 0xFF || r&^0xFF == 0xF000) {
		return sign
	}
	return r
}

// fits reports whether every character beyond ASCII is one that the encoding uses, or a sign (dash, quotation mark)
// that programs put in by themselves.
func fits(text string, known func(rune) bool) bool {
	for _, r := range text {
		if r >= utf8.RuneSelf && r != 0xA0 && (r < 0x2010 || r > 0x20AB) && !known(r) {
			return false
		}
	}
	return true
}

// tcvn3 pairs the Latin-1 characters of TCVN3 (TCVN 5712:1993, VN3) with the letters drawn for them. Capitals with
// tone marks have no code: fonts whose name ends in H draw them for the small ones.
var tcvn3 = pairs(
	"µ¶·¸¹"+"¨»¼½¾Æ"+"©ÇÈÉÊË"+"®"+"ÌÎÏÐÑ"+"ªÒÓÔÕÖ"+"×ØÜÝÞ"+"ßáâãä"+"«åæçèé"+"¬êëìíî"+"ïñòóô"+"\u00adõö÷øù"+"úûüýþ"+"¡¢£¤¥¦§",
	"àảãáạ"+"ăằẳẵắặ"+"âầẩẫấậ"+"đ"+"èẻẽéẹ"+"êềểễếệ"+"ìỉĩíị"+"òỏõóọ"+"ôồổỗốộ"+"ơờởỡớợ"+"ùủũúụ"+"ưừửữứự"+"ỳỷỹýỵ"+"ĂÂÊÔƠƯĐ",
)

func isTCVN3(r rune) bool { _, ok := tcvn3[r]; return ok }

func fromTCVN3(r rune) rune {
	if letter, ok := tcvn3[r]; ok {
		return letter
	}
	return r
}

// vniLetters are the VNI characters that are letters by themselves; marks may follow ô and ö.
var vniLetters = pairs("íìæóòôöîñÍÌÆÓÒÔÖÎÑ", "íìỉĩịơưỵđÍÌỈĨỊƠƯỴĐ")

// vniMarks are the VNI characters that stand for marks over or under the letter before them, as combining marks.
var vniMarks = map[rune]string{
	'ù': "\u0301", 'ø': "\u0300", 'û': "\u0309", 'õ': "\u0303", 'ï': "\u0323",
	'ê': "\u0306", 'é': "\u0306\u0301", 'è': "\u0306\u0300", 'ú': "\u0306\u0309", 'ü': "\u0306\u0303", 'ë': "\u0306\u0323",
	'â': "\u0302", 'á': "\u0302\u0301", 'à': "\u0302\u0300", 'å': "\u0302\u0309", 'ã': "\u0302\u0303", 'ä': "\u0302\u0323",
	'Ù': "\u0301", 'Ø': "\u0300", 'Û': "\u0309", 'Õ': "\u0303", 'Ï': "\u0323",
	'Ê': "\u0306", 'É': "\u0306\u0301", 'È': "\u0306\u0300", 'Ú': "\u0306\u0309", 'Ü': "\u0306\u0303", 'Ë': "\u0306\u0323",
	'Â': "\u0302", 'Á': "\u0302\u0301", 'À': "\u0302\u0300", 'Å': "\u0302\u0309", 'Ã': "\u0302\u0303", 'Ä': "\u0302\u0323",
}

func isVNI(r rune) bool {
	_, letter := vniLetters[r]
	_, mark := vniMarks[r]
	return letter || mark
}

func fromVNI(text string) string {
	var b strings.Builder
	bearer := false // the character before can bear a mark
	for _, r := range text {
		if marks, ok := vniMarks[r]; ok && bearer {
			b.WriteString(marks)
			bearer = false
			continue
		}
		bearer = strings.ContainsRune("aeouyAEOUYôöÔÖ", r)
		if letter, ok := vniLetters[r]; ok {
			r = letter
		}
		b.WriteRune(r)
	}
	return norm.NFC.String(b.String())
}

func pairs(from, to string) map[rune]rune {
	m, letters := map[rune]rune{}, []rune(to)
	for i, r := range []rune(from) {
		m[r] = letters[i]
	}
	return m
}
