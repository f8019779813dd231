package main

import (
	"path"
	"slices"
	"time"

	"tiendo/pipeline/progress"
)

// variant is what is wrong with a file as a whole.
type variant int

const (
	whole       variant = iota
	first               // a first version: the last row is not there yet
	otherUnit           // the title names another unit
	lastWeek            // the title names the week before
	noRows              // headings only
	twoResults          // two columns headed "Kết quả", and no telling which is the product and which the achievement
	cut                 // half of the bytes
	sameAgain           // the bytes of the unit's other file
	lockOfExcel         // what Excel leaves beside an open workbook
)

// delivery is one file that a unit put into its folder.
type delivery struct {
	unit     string
	name     string
	maker    maker
	form     form
	variant  variant
	received time.Time
	state    progress.EntryState
	reason   string // why it does not count: a rule of the catalogue or the collector's word
}

// counts reports whether the file is the one that speaks for its unit.
func (d delivery) counts() bool { return d.state == progress.Accepted }

// sent says when: some days before the close, at an hour. Returns are due on the closing day at 15:00.
func sent(e edition, daysBefore, hour, minute int) time.Time { return e.at(daysBefore, hour, minute) }

// dueHour of the closing day is the end of the time for returns.
const dueHour = 15

// inboxWeek is what lies in the inbox: the returns of the current week.
func inboxWeek(e edition) []delivery {
	ok := progress.Accepted
	return []delivery{
		{"vu-khtc", "BC_VuKHTC_Tuan20.xlsx", openpyxl, plain, whole, sent(e, 1, 16, 12), ok, ""},
		{"vu-pc", "Báo cáo tuần 20 - Vụ Pháp chế.xlsx", openpyxl, grouped, whole, sent(e, 0, 9, 5), ok, ""},
		{"vu-tccb", "vu-tccb_2025-W20.csv", semicolons, bare, whole, sent(e, 0, 10, 31), ok, ""},
		{"vu-tccb", "vu-tccb_2025-W20 - Copy.csv", semicolons, bare, sameAgain, sent(e, 0, 10, 40), progress.Duplicate, "duplicate"},
		{"vu-htqt", "Bao cao tuan 20 (HTQT).docx", word, paged, whole, sent(e, 0, 11, 2), ok, ""},
		{"vu-bc", "Tuan 20/BC nhiem vu CDS.pdf", writerPDF, pagedGroups, lastWeek, sent(e, 1, 8, 20), progress.Rejected, "F05"},
		{"vu-bc", "BC tuan 20 Vu Buu chinh.pdf", writerPDF, pagedGroups, whole, sent(e, 0, 8, 47), ok, ""},
		{"vu-ktxhs", "KTXHS_T20.xlsx", calc, ticks, whole, sent(e, 0, 13, 58), ok, ""},
		{"cuc-cnict", "tien do W20.xlsx", openpyxl, shuffled, whole, sent(e, 0, 14, 20), ok, ""},
		{"cuc-cds", "CDSQG - bao cao tuan 20.2025.pdf", calcPDF, paged, whole, sent(e, 0, 14, 41), ok, ""},
		{"tt-cps", "Scan_BC_tuan20.pdf", scan, paged, whole, sent(e, 0, 10, 15), progress.Rejected, "F06"},
		{"cuc-attt", "ATTT_baocao_W20.pdf", chromiumPDF, pagedGroups, whole, sent(e, 1, 17, 26), ok, ""},
		{"cuc-vt", "BC_CucVT_tuan20.xlsx", openpyxl, plain, first, sent(e, 2, 15, 30), progress.Superseded, "superseded"},
		{"cuc-vt", "BC_CucVT_tuan20_v2.xlsx", openpyxl, plain, whole, sent(e, 0, 9, 12), ok, ""},
		{"cuc-ts", "Cuc TSVTD bao cao tuan 20.xlsx", openpyxl, grouped, whole, sent(e, 0, 16, 5), ok, ""},
		{"cuc-bc", "~$BC_CucBaochi_tuan20.xlsx", excelLock, plain, lockOfExcel, sent(e, 0, 14, 55), progress.Ignored, "lock_file"},
		{"cuc-ptth", "BaoCaoTuan20.xlsx", openpyxl, plain, otherUnit, sent(e, 0, 14, 2), progress.Rejected, "F04"},
		{"cuc-xb", "Bao cao tuan 20 Cuc XBIPH.xlsx", openpyxl, shuffled, whole, sent(e, 1, 10, 44), ok, ""},
		{"hv-bcvt", "HV_BCVT_T20.xlsx", openpyxl, grouped, cut, sent(e, 0, 11, 29), progress.Pending, "incomplete"},
		{"hv-bcvt", "HV_BCVT_T20 (du).docx", word, pagedGroups, whole, sent(e, 0, 11, 48), ok, ""},
	}
}

// Past editions in which a unit was not on time with one good file.
var (
	pastMissing = map[string]string{"2025-W15": "cuc-xb", "2025-W16": "cuc-bc", "2025-W19": "cuc-bc", "2025-04": "cuc-ptth"}
	pastLate    = map[string]string{"2025-W15": "cuc-bc", "2025-W16": "hv-bcvt", "2025-W17": "cuc-ptth", "2025-W18": "cuc-bc", "2025-W19": "cuc-ts", "2025-04": "vu-tccb"}
	pastEmpty   = map[string]string{"2025-W18": "vu-htqt"}   // headings only: refused, and nothing better followed
	pastForm    = map[string]string{"2025-W17": "cuc-cnict"} // two columns of one heading first, then a good form
)

// past are the returns of an edition that is over: one small file for each unit.
func past(e edition, units []progress.Unit) []delivery {
	var out []delivery
	for i, u := range units {
		if !u.Reports || pastMissing[e.ID] == u.Code {
			continue
		}
		d := habit(i, u.Code, e)
		if pastLate[e.ID] == u.Code {
			d.received = sent(e, 0, dueHour+1, 5+i)
		}
		if pastEmpty[e.ID] == u.Code {
			d.variant, d.state, d.reason = noRows, progress.Rejected, "F03"
		}
		if pastForm[e.ID] == u.Code {
			bad := d
			bad.name, bad.variant, bad.state, bad.reason = "BC tuan 17.xlsx", twoResults, progress.Rejected, "F08"
			bad.maker, bad.received = goWorkbook, d.received.Add(-90*time.Minute)
			out = append(out, bad)
		}
		out = append(out, d)
	}
	return out
}

// habit is how the i-th unit usually reports: as CSV or as one of three workbooks.
func habit(i int, unit string, e edition) delivery {
	d := delivery{
		unit: unit, name: unit + "_" + e.ID + ".xlsx", maker: goWorkbook, form: plain,
		received: sent(e, i%3, 8+i%6, 3*i+i%7), state: progress.Accepted,
	}
	switch i % 4 {
	case 0:
		d.form, d.maker, d.name = bare, commas, unit+"_"+e.ID+".csv"
	case 1:
		d.form = shuffledCoded
	case 2:
		d.form, d.maker, d.name = bare, semicolons, "BC "+e.ID+".csv"
	}
	return d
}

// path of the file below the sample.
func (d delivery) path(e edition, current string) string {
	if e.ID == current {
		return path.Join("inbox", d.unit, d.name)
	}
	return path.Join("history", e.ID, d.unit, d.name)
}

// ambiguous is the plain form with "Kết quả" over both the product owed and what was achieved.
func ambiguous() form {
	f := plain
	f.columns = slices.Clone(plain.columns)
	for i, c := range f.columns {
		if c.field == progress.FieldProduct || c.field == progress.FieldResult {
			f.columns[i].heading = "Kết quả"
		}
	}
	return f
}

// fill writes the unit's reports into the file's form. before is the edition before, other a unit that is not the sender.
func (d delivery) fill(e, before edition, unit, other progress.Unit, reports []*report) filled {
	f, titled, named := d.form, e, unit
	switch d.variant {
	case first:
		reports = reports[:len(reports)-1]
	case otherUnit:
		named = other
	case lastWeek:
		titled = before
	case noRows:
		reports = nil
	case twoResults:
		f = ambiguous()
	}
	return f.fill(named, titled, reports)
}
