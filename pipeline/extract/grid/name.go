package grid

import "strconv"

// CellName is the name of a cell as spreadsheets write it, row and column counted from 1: A1, AB12.
func CellName(row, column int) string { return ColumnName(column) + strconv.Itoa(row) }

// ColumnName is the name of a column counted from 1: A, B … AA.
func ColumnName(column int) string {
	var b [16]byte
	i := len(b)
	for ; column > 0; column = (column - 1) / 26 {
		i--
		b[i] = byte('A' + (column-1)%26)
	}
	return string(b[i:])
}
