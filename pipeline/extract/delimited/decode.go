package delimited

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"tiendo/pipeline/extract/archive"
	"tiendo/pipeline/progress"
)

// decode returns the file's text. converted says that it was Windows-1258, the code page of Vietnamese Windows,
// which Excel writes under "CSV (comma delimited)".
func decode(data []byte) (text string, converted bool, err error) {
	if bytes.HasPrefix(data, []byte("\xFF\xFE")) || bytes.HasPrefix(data, []byte("\xFE\xFF")) {
		text, err = decodeUTF16(data, unicode.LittleEndian)
		return text, false, err
	}
	if order, ok := archive.UnmarkedUTF16(data); ok {
		text, err = decodeUTF16(data, order)
		return text, false, err
	}
	data = bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
	if utf8.Valid(data) {
		return string(data), false, nil
	}
	return decode1258(data)
}

func decodeUTF16(data []byte, order unicode.Endianness) (string, error) {
	wide, err := unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(data)
	if err != nil || len(data)%2 != 0 || bytes.ContainsRune(wide, utf8.RuneError) {
		return "", archive.Damaged("CSV")
	}
	return string(wide), nil
}

// decode1258 reads Windows-1258. Text in which more letters are right as UTF-8 than are wrong is UTF-8 with damage,
// and refused: read as Windows-1258 it would be gibberish that looks like text.
func decode1258(data []byte) (string, bool, error) {
	right, wrong, first := 0, 0, -1
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			wrong++
			if first < 0 {
				first = i
			}
		case size > 1:
			right++
		}
		i += size
	}
	text, err := charmap.Windows1258.NewDecoder().String(string(data))
	if err != nil || right >= wrong || strings.ContainsRune(text, utf8.RuneError) {
		refusal := archive.Refuse("encoding")
		line := bytes.Count(data[:first], []byte("\n")) + 1
		refusal.Origin = progress.Origin{Cell: "A" + strconv.Itoa(line)}
		return "", false, refusal
	}
	return text, true, nil
}
