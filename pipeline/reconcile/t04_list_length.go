package reconcile

import (
	"regexp"
	"strconv"
	"strings"

	"tiendo/pipeline/progress"
)

var announced = regexp.MustCompile(`(?i)(\d+)\s+((?:bộ|cơ quan|đơn vị|tỉnh|thành phố|địa phương|sở|vụ|cục|xã|phường)[^\d:;().]{0,40}?)\s*(?::|\((?:gồm|là)?:?)\s*([^.()]+)`)

// t04: a list that is announced with its length has another length. A list with numbers in its items is not counted: commas inside
// an item cannot be told from those between items.
var t04 = rule{code: "T04", severity: progress.SeverityNote, ofDelivery: ofPassages(func(_ delivery, sentence string) []facts {
	m := announced.FindStringSubmatch(sentence)
	if m == nil || strings.ContainsAny(m[3], "0123456789") {
		return nil
	}
	n, _ := strconv.Atoi(m[1])
	items := listItems(m[3])
	if items < 2 || items == n {
		return nil
	}
	return []facts{facts{"found": strconv.Itoa(items), "expected": m[1] + " " + strings.TrimSpace(m[2]), "quote": short(sentence)}}
})}

// listItems counts the items of a list: by semicolons where it has any, else by commas and the last "và".
func listItems(list string) int {
	separator := ","
	if strings.Contains(list, ";") {
		separator = ";"
	}
	n := 0
	for _, item := range strings.Split(list, separator) {
		if !blank(item) {
			n++
		}
	}
	last := list[strings.LastIndex(list, separator)+1:]
	if separator == "," && strings.Contains(last, " và ") {
		n++
	}
	return n
}
