// Package delimited reads tables written as plain text: .csv, .tsv, .txt with cells set apart by commas, semicolons
// or tabs. The bytes of a file come in; one table of the grid goes out, or the reason why the file is refused.
//
// Every cell is text as written: what "1.10" or "3/2025" means is for others to say. The origin of a cell counts
// records, not lines of the file, as a spreadsheet that opens the file does: a quoted cell with a line break is one
// record, an empty line is one, and a line "sep=;" before the first is none.
package delimited

import (
	"cmp"
	"errors"
	"strings"

	"golang.org/x/text/unicode/norm"

	"tiendo/pipeline/extract/archive"
	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/progress"
)

// Limits bound what a file may hold. A field that is zero stands for that of [DefaultLimits].
type Limits struct {
	Bytes   int
	Rows    int
	Columns int
	Cells   int // rows times columns
}

// DefaultLimits are for a worker of 512 MiB.
var DefaultLimits = Limits{Bytes: 64 << 20, Rows: 200_000, Columns: 4096, Cells: 1_000_000}

func (l Limits) orDefault() Limits {
	return Limits{
		Bytes:   cmp.Or(l.Bytes, DefaultLimits.Bytes),
		Rows:    cmp.Or(l.Rows, DefaultLimits.Rows),
		Columns: cmp.Or(l.Columns, DefaultLimits.Columns),
		Cells:   cmp.Or(l.Cells, DefaultLimits.Cells),
	}
}

// Read reads a text table. A file that cannot be read whole is refused: a document without blocks and one finding
// F06. The error is for a broken machine; today nothing here can break it.
func Read(data []byte, limits Limits) (grid.Document, error) {
	doc, err := read(data, limits.orDefault())
	var refused *archive.Refusal
	if errors.As(err, &refused) {
		return grid.Document{Findings: []progress.Finding{refused.Finding()}}, nil
	}
	return doc, err
}

func read(data []byte, limits Limits) (grid.Document, error) {
	if len(data) > limits.Bytes {
		return grid.Document{}, archive.TooBig("CSV", int64(limits.Bytes))
	}
	text, converted, err := decode(data)
	if err != nil {
		return grid.Document{}, err
	}
	records, err := split(text, limits.Cells)
	if err != nil {
		return grid.Document{}, err
	}
	table, err := tableOf(records, limits)
	if err != nil {
		return grid.Document{}, err
	}
	doc := grid.Document{Blocks: []grid.Block{{Table: table}}}
	if converted {
		doc.Findings = append(doc.Findings, progress.Finding{Rule: "F14", Severity: progress.SeverityNote, Variant: "windows1258"})
	}
	return doc, nil
}

// split finds the delimiter and splits text into records of no more than limit cells together.
func split(text string, limit int) ([][]string, error) {
	if strings.ContainsFunc(text, isControl) {
		return nil, archive.Damaged("CSV")
	}
	if delimiter, rest, ok := declared(text); ok {
		return parse(rest, delimiter, limit)
	}
	return parse(text, guess(text), limit)
}

// tableOf makes the records a rectangle without empty margins at its end.
func tableOf(records [][]string, limits Limits) (*grid.Table, error) {
	columns, rows := 0, 0
	for i, record := range records {
		for j := range record {
			record[j] = strings.TrimSpace(norm.NFC.String(record[j]))
			if record[j] != "" {
				rows, columns = i+1, max(columns, j+1)
			}
		}
	}
	switch {
	case rows == 0:
		return nil, archive.Refuse("empty")
	case rows > limits.Rows:
		return nil, archive.TooMany("rows", rows, limits.Rows)
	case columns > limits.Columns:
		return nil, archive.TooMany("columns", columns, limits.Columns)
	case rows*columns > limits.Cells:
		return nil, archive.TooMany("cells", rows*columns, limits.Cells)
	}
	table := &grid.Table{Rows: make([]grid.Row, rows)}
	for i := range table.Rows {
		cells := make([]grid.Cell, columns)
		for j := range cells {
			cells[j].Origin = progress.Origin{Cell: grid.CellName(i+1, j+1)}
			if j < len(records[i]) && records[i][j] != "" {
				cells[j].Kind, cells[j].Text = grid.Text, records[i][j]
			}
		}
		table.Rows[i].Cells = cells
	}
	return table, nil
}

// isControl reports characters that no table written as text has.
func isControl(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' && r != '\v' && r != '\f'
}

// declared reads a first line "sep=;", by which files tell Excel their delimiter.
func declared(text string) (delimiter rune, rest string, ok bool) {
	line, rest, _ := strings.Cut(text, "\n")
	line = strings.TrimSuffix(line, "\r")
	if len(line) != len("sep=;") || !strings.EqualFold(line[:4], "sep=") {
		return 0, "", false
	}
	return rune(line[4]), rest, true
}

// delimiters that are looked for, those first that text holds least by chance.
var delimiters = []rune{'\t', ';', '|', ','}

// sample is how many bytes are enough to tell the delimiter.
const sample = 256 << 10

// guess returns the delimiter that makes the most cells in records of one length. Where none makes two cells of anything,
// every line is a cell.
func guess(text string) rune {
	if len(text) > sample {
		text = text[:sample]
		text = text[:strings.LastIndexByte(text, '\n')+1]
	}
	best, bestScore := '\n', 0.0
	for _, delimiter := range delimiters {
		records, _ := parse(text, delimiter, sample) // of a sample cut off within quotes, what comes before
		if score := consistency(records); score > bestScore {
			best, bestScore = delimiter, score
		}
	}
	return best
}

// consistency is high where many records are cut into many cells and most of these records into the same number: a sign that only
// stands in the words of some cells cuts few records, and each of them in two.
func consistency(records [][]string) float64 {
	lengths := map[int]int{}
	cut, most, cells := 0, 0, 0
	for _, record := range records {
		if n := len(record); n > 1 {
			lengths[n]++
			cut++
			if lengths[n] > most {
				most, cells = lengths[n], n
			}
		}
	}
	if cut == 0 {
		return 0
	}
	return float64(most) * float64(most) / float64(cut) * float64(cells-1)
}

// parse splits text into records of cells. A cell that begins with a quotation mark goes on to its closing one, over
// delimiters and line ends; doubled marks inside stand for one.
func parse(text string, delimiter rune, limit int) ([][]string, error) {
	var records [][]string
	var record []string
	for cells := 1; ; cells++ {
		if cells > limit {
			return records, archive.TooMany("cells", cells, limit)
		}
		cell, rest, closed := parseCell(text, delimiter)
		if !closed {
			refusal := archive.Refuse("open_quote")
			refusal.Origin = progress.Origin{Cell: grid.CellName(len(records)+1, len(record)+1)}
			return records, refusal
		}
		record = append(record, cell)
		switch {
		case rest == "":
			return append(records, record), nil
		case delimiter != '\n' && strings.HasPrefix(rest, string(delimiter)):
			text = rest[len(string(delimiter)):]
			continue
		}
		records = append(records, record)
		record = nil
		text = strings.TrimPrefix(strings.TrimPrefix(rest, "\r"), "\n")
		if text == "" {
			return records, nil
		}
	}
}

// parseCell reads one cell and returns what follows it, its delimiter or line end first. closed is false where its
// quotation mark is not closed.
func parseCell(text string, delimiter rune) (cell, rest string, closed bool) {
	quoted := ""
	if strings.HasPrefix(text, `"`) {
		var b strings.Builder
		text = text[1:]
		for {
			before, after, found := strings.Cut(text, `"`)
			if !found {
				return "", "", false
			}
			b.WriteString(before)
			text = after
			if !strings.HasPrefix(after, `"`) {
				break
			}
			b.WriteByte('"')
			text = after[1:]
		}
		quoted = strings.ReplaceAll(strings.ReplaceAll(b.String(), "\r\n", "\n"), "\r", "\n")
	}
	end := strings.IndexAny(text, "\r\n"+string(delimiter))
	if end < 0 {
		return quoted + text, "", true
	}
	return quoted + text[:end], text[end:], true
}
