package progress

import "strings"

// Fold reduces wording to the key by which it is compared: lower case, no Vietnamese marks (composed or
// decomposed, old or new tone placement), đ as d, every run of characters that are neither letters nor digits as one space, no space at
// either end. "Tỷ  lệ (%)" and "TI LE" differ only in y and i, which [FoldSpelling] also evens out.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		if r >= 0x0300 && r <= 0x036f { // combining mark of decomposed text
			continue
		}
		switch {
		case r < 0x80:
			switch {
			case r >= 'A' && r <= 'Z':
				r += 'a' - 'A'
			case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			default:
				r = ' '
			}
		default:
			r = foldRune(r)
		}
		if r == ' ' {
			space = b.Len() > 0
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// FoldSpelling is [Fold] with the spellings evened out that Vietnamese offices use side by side for one word:
// final y and i after h, k, l, m, s, t, v ("tỷ lệ", "tỉ lệ"; "lý do", "lí do"; "kỹ thuật", "kĩ thuật").
func FoldSpelling(s string) string {
	words := strings.Fields(Fold(s))
	for i, w := range words {
		if len(w) == 2 && w[1] == 'y' && strings.IndexByte("hklmstv", w[0]) >= 0 {
			words[i] = w[:1] + "i"
		}
	}
	return strings.Join(words, " ")
}

// folded maps the letters of Vietnamese beyond ASCII, and the Latin letters met in foreign names, to their base.
var folded = func() map[rune]rune {
	m := map[rune]rune{}
	for base, letters := range map[rune]string{
		'a': "àáảãạăằắẳẵặâầấẩẫậäåāąÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÄÅĀĄ",
		'c': "çćčÇĆČ",
		'd': "đðĐÐ",
		'e': "èéẻẽẹêềếểễệëēęÈÉẺẼẸÊỀẾỂỄỆËĒĘ",
		'i': "ìíỉĩịïîīÌÍỈĨỊÏÎĪ",
		'n': "ñńÑŃ",
		'o': "òóỏõọôồốổỗộơờớởỡợöøōÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÖØŌ",
		's': "śšŚŠ",
		'u': "ùúủũụưừứửữựüûūÙÚỦŨỤƯỪỨỬỮỰÜÛŪ",
		'y': "ỳýỷỹỵÿỲÝỶỸỴŸ",
		'z': "źžżŹŽŻ",
	} {
		for _, r := range letters {
			m[r] = base
		}
	}
	return m
}()

func foldRune(r rune) rune {
	if base, ok := folded[r]; ok {
		return base
	}
	switch {
	case r >= 'Ａ' && r <= 'Ｚ': // full-width forms of East Asian keyboards
		return r - 'Ａ' + 'a'
	case r >= 'ａ' && r <= 'ｚ':
		return r - 'ａ' + 'a'
	case r >= '０' && r <= '９':
		return r - '０' + '0'
	case r >= 0x0370 && r <= 0x1fff, r >= 0x2e80 && r <= 0xfaff, r >= 0x0100 && r <= 0x024f:
		return r // letters of other scripts stand for themselves
	}
	return ' '
}
