package legacy

import (
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// iconv is what glibc's iconv -f TCVN5712-1 makes of the bytes A1–FE that the fonts use.
var iconv = map[rune]string{
	0xA1: "Ă", 0xA2: "Â", 0xA3: "Ê", 0xA4: "Ô", 0xA5: "Ơ", 0xA6: "Ư", 0xA7: "Đ", 0xA8: "ă", 0xA9: "â", 0xAA: "ê", 0xAB: "ô",
	0xAC: "ơ", 0xAD: "ư", 0xAE: "đ", 0xB5: "à", 0xB6: "ả", 0xB7: "ã", 0xB8: "á", 0xB9: "ạ", 0xBB: "ằ", 0xBC: "ẳ", 0xBD: "ẵ",
	0xBE: "ắ", 0xC6: "ặ", 0xC7: "ầ", 0xC8: "ẩ", 0xC9: "ẫ", 0xCA: "ấ", 0xCB: "ậ", 0xCC: "è", 0xCE: "ẻ", 0xCF: "ẽ", 0xD0: "é",
	0xD1: "ẹ", 0xD2: "ề", 0xD3: "ể", 0xD4: "ễ", 0xD5: "ế", 0xD6: "ệ", 0xD7: "ì", 0xD8: "ỉ", 0xDC: "ĩ", 0xDD: "í", 0xDE: "ị",
	0xDF: "ò", 0xE1: "ỏ", 0xE2: "õ", 0xE3: "ó", 0xE4: "ọ", 0xE5: "ồ", 0xE6: "ổ", 0xE7: "ỗ", 0xE8: "ố", 0xE9: "ộ", 0xEA: "ờ",
	0xEB: "ở", 0xEC: "ỡ", 0xED: "ớ", 0xEE: "ợ", 0xEF: "ù", 0xF1: "ủ", 0xF2: "ũ", 0xF3: "ú", 0xF4: "ụ", 0xF5: "ừ", 0xF6: "ử",
	0xF7: "ữ", 0xF8: "ứ", 0xF9: "ự", 0xFA: "ỳ", 0xFB: "ỷ", 0xFC: "ỹ", 0xFD: "ý", 0xFE: "ỵ",
}

func TestTCVN3AgreesWithIconv(t *testing.T) {
	for code := rune(0xA1); code <= 0xFF; code++ {
		got, from := Convert(string(code), ".VnTime")
		want, used := iconv[code]
		if !used {
			if from != None || got != string(code) {
				t.Errorf("%X, which no font uses, became %q", code, got)
			}
			continue
		}
		if got != want || (from == TCVN3) != (want != string(code)) { // ý is ý in both
			t.Errorf("%X became %q (%s); iconv says %q", code, got, from, want)
		}
	}
}

func TestConvert(t *testing.T) {
	for name, c := range map[string]struct {
		text, font, want string
		from             Encoding
	}{
		"TCVN3":                         {"Uû ban nh©n d©n", ".VnTime", "Uỷ ban nhân dân", TCVN3},
		"TCVN3 with the letter ư":       {"TrÇn V¨n L\u00adîng", ".VnArial", "Trần Văn Lượng", TCVN3},
		"capital font":                  {"Bé Khoa häc vµ C«ng nghÖ", ".VnTimeH", "BỘ KHOA HỌC VÀ CÔNG NGHỆ", TCVN3},
		"capital font, ASCII":           {"viet nam", ".VnArialH", "VIET NAM", TCVN3},
		"ASCII is the same":             {"STT 12", ".VnTime", "STT 12", None},
		"Unicode typed in a TCVN3 font": {"Nguyễn Đức", ".VnTime", "Nguyễn Đức", None},
		"quotation marks put in":        {"“kÕ ho¹ch” – 2025", ".VnTime", "“kế hoạch” – 2025", TCVN3},
		"VNI":                           {"Nhieäm vuï thöôøng xuyeân", "VNI-Times", "Nhiệm vụ thường xuyên", VNI},
		"VNI capitals":                  {"COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "VNI-Helve", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", VNI},
		"VNI letters of one character":  {"ñòa chæ, kyù, kyø, ñòch kî, höõu", "VNI-Times", "địa chỉ, ký, kỳ, địch kỵ, hữu", VNI},
		"VNI breve":                     {"naêm, thaúng, nhaèm, vaéng, taïm, maët", "vni-times", "năm, thẳng, nhằm, vắng, tạm, mặt", VNI},
		"Unicode typed in a VNI font":   {"Thường xuyên", "VNI-Times", "Thường xuyên", None},
		"another font":                  {"Bé Khoa häc", "Times New Roman", "Bé Khoa häc", None},
		"no font":                       {"Bé", "", "Bé", None},
		"ticks":                         {"ü o", "Wingdings", "✓ ☐", None},
		"tick stored in private use":    {"\uF0FC", "Wingdings", "✓", None},
		"tick of Wingdings 2":           {"P", "Wingdings 2", "✓", None},
		"root sign of Symbol":           {"Ö", "Symbol", "√", None},
	} {
		t.Run(name, func(t *testing.T) {
			got, from := Convert(c.text, c.font)
			if got != c.want || from != c.from {
				t.Errorf("%q in %s: %q (%s); want %q (%s)", c.text, c.font, got, from, c.want, c.from)
			}
		})
	}
}

// TestVNICoversTheAlphabet types every Vietnamese letter as VNI does, a base and a mark, and reads it back.
func TestVNICoversTheAlphabet(t *testing.T) {
	count := 0
	for _, bases := range []string{"aeouyôöAEOUYÔÖ"} {
		for _, base := range bases {
			seen := map[string]bool{}
			for mark := range vniMarks {
				if unicode.IsUpper(mark) != unicode.IsUpper(base) {
					continue
				}
				got, _ := Convert(string(base)+string(mark), "VNI-Times")
				if norm.NFC.String(got) != got {
					t.Errorf("%c%c is read as %q, which is not composed", base, mark, got)
				}
				if len([]rune(got)) == 1 {
					seen[got] = true
				}
			}
			count += len(seen)
		}
	}
	// Letters with marks: a 17, e 11, o 11, u 5, y 4 (ỵ is î), ơ 5, ư 5 in each case; y with a dot below is also composed.
	if want := 2 * (17 + 11 + 11 + 5 + 5 + 5 + 5); count < want {
		t.Errorf("%d letters are made of a base and a mark; the alphabet has %d", count, want)
	}
}

func FuzzConvert(f *testing.F) {
	f.Add("Nhieäm vuï", "VNI-Times")
	f.Add("Bé Khoa häc", ".VnTimeH")
	f.Fuzz(func(t *testing.T, text, font string) {
		got, from := Convert(text, font)
		if from != None && got == text {
			t.Error("said to be converted, and is the same")
		}
	})
}
