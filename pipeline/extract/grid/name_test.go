package grid

import "testing"

func TestCellName(t *testing.T) {
	for want, at := range map[string][2]int{
		"A1": {1, 1}, "Z9": {9, 26}, "AA10": {10, 27}, "AZ9000": {9000, 52}, "BA2": {2, 53}, "ZZ3": {3, 702}, "AAA4": {4, 703}, "XFD1048576": {1048576, 16384},
	} {
		if got := CellName(at[0], at[1]); got != want {
			t.Errorf("row %d, column %d is %s; want %s", at[0], at[1], got, want)
		}
	}
}
