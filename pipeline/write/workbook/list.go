package workbook

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"tiendo/pipeline/progress"
)

// column is one column of a list of T.
type column[T any] struct {
	key   string // wording: workbook.column.KEY, unless head is set
	head  string
	width float64 // in characters
	cell  func(T) cell
	rules []excelize.ConditionalFormatOptions
}

// list is a sheet that holds one table: a title, a note, a way back to the summary, headings and a row for each item.
type list[T any] struct {
	id      string // wording: workbook.sheet.ID, workbook.title.ID; name of the Excel table
	columns []column[T]
	items   []T
	frozen  int
	printed int    // columns that are printed, from the first; 0: all
	of      string // what part of the items a sheet holds, after its title; empty: all, or the next so many
}

// headingRow is the row of headings of every list; the first item stands below it.
const headingRow = 4

// rowLimit is how many rows one sheet of a list holds; Excel's own limit is 1,048,576. A longer list goes on in another sheet.
const rowLimit = 1_000_000

// pick returns the columns of those keys, in the order of keys.
func pick[T any](all []column[T], keys ...string) []column[T] {
	out := make([]column[T], len(keys))
	for i, key := range keys {
		at := slices.IndexFunc(all, func(c column[T]) bool { return c.key == key })
		out[i] = all[at]
	}
	return out
}

// addList writes the list on as many sheets as it needs, at least one.
func addList[T any](b *book, l list[T]) error {
	for part := 1; part == 1 || (part-1)*b.rowLimit < len(l.items); part++ {
		items := l.items[(part-1)*b.rowLimit : min(part*b.rowLimit, len(l.items))]
		if err := b.add(listSheet(b, l, items, part)); err != nil {
			return err
		}
	}
	return nil
}

// listSheet lays one part of a list on a sheet.
func listSheet[T any](b *book, l list[T], items []T, part int) sheet {
	s := sheet{
		name: b.sheetName(l.id, part), table: tableName(l.id, part),
		headings: headingRow, frozen: l.frozen, printed: l.printed,
		rows: headingRow + max(len(items), 1), // a table has at least one row, if an empty one
	}
	head := line{}
	for i, c := range l.columns {
		s.widths = append(s.widths, c.width)
		head.cells = append(head.cells, cell{value: b.heading(c.key, c.head), style: b.style.head})
		for _, when := range c.rules {
			s.rules = append(s.rules, rule{column: i, when: when})
		}
	}
	title := b.words.Say("workbook.title." + l.id)
	if l.of != "" {
		title += ": " + l.of
	}
	above := []line{
		{cells: []cell{{value: title, style: b.style.heading}}, height: 20},
		{cells: []cell{{value: b.words.Say("workbook.items", "n", b.words.Int(len(l.items)), "as_of", b.asOf), style: b.style.remark}}, height: 16},
		{cells: []cell{{value: b.words.Say("workbook.back"), style: b.style.back, link: &Place{b.sheetName("summary", 1), "A1"}}}, height: 16},
		head,
	}
	s.row = func(i int) line {
		if i < headingRow {
			return above[i]
		}
		if i-headingRow >= len(items) {
			return line{}
		}
		item := items[i-headingRow]
		cells := make([]cell, len(l.columns))
		for j, c := range l.columns {
			cells[j] = c.cell(item)
		}
		return line{cells: cells}
	}
	return s
}

// heading is the text of a column's heading.
func (b *book) heading(key, head string) string {
	if head != "" {
		return head
	}
	return b.words.Say("workbook.column." + key)
}

// sheetName is the name of the part-th sheet of a list: Quá hạn, Quá hạn (2).
func (b *book) sheetName(id string, part int) string {
	name := b.words.Say("workbook.sheet." + id)
	if part == 1 {
		return name
	}
	return fmt.Sprintf("%s (%d)", name, part)
}

// tableName is the name of the Excel table of the part-th sheet of a list: list_overdue, list_overdue_2.
func tableName(id string, part int) string {
	if part == 1 {
		return "list_" + id
	}
	return fmt.Sprintf("list_%s_%d", id, part)
}

// text, count and the like are the cells that most columns are made of.
func (b *book) text(s string) cell          { return cell{value: s, style: b.style.text} }
func (b *book) count(n int) cell            { return cell{value: n, style: b.style.count} }
func (b *book) date(d progress.Date) cell   { return cell{value: day(d), style: b.style.date} }
func (b *book) class(c progress.Class) cell { return b.text(b.className(c)) }
func (b *book) className(c progress.Class) string {
	if c == "" {
		return ""
	}
	return b.words.Say("workbook.measure." + string(c))
}

// classRules colour the cells of a column that names classes.
func (b *book) classRules() []excelize.ConditionalFormatOptions {
	var out []excelize.ConditionalFormatOptions
	for _, class := range progress.Classes {
		if format, ok := b.style.marks[class]; ok {
			out = append(out, equals(b.className(class), format))
		}
	}
	return out
}

// equals is a conditional format for cells that hold exactly that text.
func equals(text string, format int) excelize.ConditionalFormatOptions {
	return excelize.ConditionalFormatOptions{Type: "cell", Criteria: "==", Value: `"` + strings.ReplaceAll(text, `"`, `""`) + `"`, Format: &format}
}

// alarm is a conditional format for counts that should be 0.
func (b *book) alarm() []excelize.ConditionalFormatOptions {
	return []excelize.ConditionalFormatOptions{{Type: "cell", Criteria: ">", Value: "0", Format: &b.style.alarm}}
}
