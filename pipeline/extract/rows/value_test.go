package rows

import (
	"math"
	"testing"
	"unicode/utf8"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// The expectations are domain.md 2.6.
func TestReadStatus(t *testing.T) {
	const (
		none   = progress.NoClaim
		onTime = progress.ClaimOnTime
		soon   = progress.ClaimDueSoon
		late   = progress.ClaimLate
	)
	for text, want := range map[string]struct {
		status progress.Status
		claim  progress.Timeliness
	}{
		"Hoàn thành": {progress.Done, none}, "Đã hoàn thành": {progress.Done, none}, "ĐÃ HOÀN THÀNH": {progress.Done, none}, "da hoan thanh": {progress.Done, none},
		"Hoàn thành trước hạn": {progress.Done, onTime}, "Hoàn thành đúng hạn": {progress.Done, onTime}, "Hoàn thành trong hạn": {progress.Done, onTime},
		"Hoàn thành (đúng tiến độ)": {progress.Done, onTime}, "Hoàn thành quá hạn": {progress.Done, late}, "Hoàn thành trễ hạn": {progress.Done, late},
		"Hoàn thành muộn": {progress.Done, late}, "Hoàn thành chậm": {progress.Done, late}, "Hoàn thành 100%": {progress.Done, none},
		"Đã hoàn thành ngày 14/2/2025": {progress.Done, none}, "Đã hoàn thành (Quyết định số 12/QĐ-BTC)": {progress.Done, none},
		"Đang thực hiện": {progress.InProgress, none}, "Đang triển khai": {progress.InProgress, none}, "Đang thực hiện trong hạn": {progress.InProgress, onTime},
		"Đang triển khai đúng tiến độ": {progress.InProgress, onTime}, "Sắp đến hạn": {progress.InProgress, soon}, "Sắp quá hạn": {progress.InProgress, soon},
		"Đang thực hiện quá hạn": {progress.InProgress, late}, "Quá hạn": {progress.InProgress, late}, "Chậm tiến độ": {progress.InProgress, late},
		"Đang thực hiện, chưa quá hạn": {progress.InProgress, onTime}, "Chưa đến hạn": {progress.InProgress, onTime}, "Đang xây dựng dự thảo": {progress.InProgress, none},
		"Chưa thực hiện": {progress.NotStarted, none}, "Chưa triển khai": {progress.NotStarted, none}, "Chưa thực hiện (quá hạn)": {progress.NotStarted, late},
		"Thường xuyên": {progress.Recurring, none}, "Nhiệm vụ thường xuyên": {progress.Recurring, none}, "Hằng năm": {progress.Recurring, none},
		"Định kỳ": {progress.Recurring, none}, "Không thời hạn": {progress.Recurring, none},
		"Chờ xác nhận": {progress.InProgress, none}, "Chờ duyệt": {progress.InProgress, none}, "Đã trình": {progress.InProgress, none}, "Đã trình Thủ tướng Chính phủ": {progress.InProgress, none},
		"Tạm dừng": {progress.Paused, none}, "Tạm hoãn": {progress.Paused, none}, "Chuyển tiếp": {progress.Paused, none},
		"Xin gia hạn": {progress.InProgress, none}, "Đề nghị lùi hạn": {progress.InProgress, none}, "Điều chỉnh thời hạn": {progress.InProgress, none},
		"Chưa hoàn thành": {progress.InProgress, none}, "Không hoàn thành": {progress.InProgress, none}, "Cơ bản hoàn thành": {progress.InProgress, none},
		"Chưa hoàn thành, quá hạn": {progress.InProgress, late}, "Hoàn thành 60%": {progress.InProgress, none}, "Hoàn thành 3/5 nội dung": {progress.InProgress, none},
		"Hoàn thành dự thảo, đang trình": {progress.InProgress, none}, "Sẽ hoàn thành trong tháng 6": {progress.InProgress, none}, "Dự kiến hoàn thành 30/6/2025": {progress.InProgress, none},
		"Đã hủy": {progress.Cancelled, none}, "Dừng thực hiện": {progress.Cancelled, none},
		"Completed": {progress.Done, none}, "Not completed": {progress.InProgress, none}, "In progress": {progress.InProgress, none}, "Overdue": {progress.InProgress, late}, "On hold": {progress.Paused, none},
	} {
		got := readStatus(text, templates.BuiltinVocabulary())
		if got.status != want.status || got.claim != want.claim || !got.known {
			t.Errorf("%q: %q %q (known %v), want %q %q", text, got.status, got.claim, got.known, want.status, want.claim)
		}
	}
	for _, text := range []string{"OK", "xong rồi", "60%", "abc", "Nghị định", "12/QĐ"} {
		if got := readStatus(text, templates.BuiltinVocabulary()); got.known {
			t.Errorf("%q was taken for %+v", text, got)
		}
	}
	if got := readStatus("Không phát sinh", templates.BuiltinVocabulary()); !got.known || got.status != progress.StatusUnknown {
		t.Errorf("nothing this period: %+v", got)
	}
}

func TestReadPercent(t *testing.T) {
	none := math.NaN()
	for text, want := range map[string]float64{
		"82,5%": 82.5, "82.5 %": 82.5, "Đạt 60%": 60, "khoảng 40 %": 40, "60": 60, "0": 0, "100%": 100, "Hoàn thành 75%": 75, "3/4": 75, "ước đạt 55 phần trăm": 55,
		"gần xong": none, "150 %": none, "150": none, "-5%": none, "-5": none, "60% - 70%": none, "NaN": none, "5/3": none, "1e9": none,
	} {
		got, ok := readPercent(grid.Cell{Text: text, Kind: grid.Text}, false)
		switch {
		case ok != !math.IsNaN(want):
			t.Errorf("%q: read %v, %v", text, got, ok)
		case ok && *got != want:
			t.Errorf("%q: %v, want %v", text, *got, want)
		}
	}
	for name, c := range map[string]struct {
		cell      grid.Cell
		fractions bool
		want      float64
	}{
		"number":           {grid.Cell{Text: "60", Kind: grid.Number, Number: 60}, false, 60},
		"shown as percent": {grid.Cell{Text: "7%", Kind: grid.Number, Number: 0.07, Percent: true}, false, 7},
		"fraction":         {grid.Cell{Text: "0,8", Kind: grid.Number, Number: 0.8}, true, 80},
		"text fraction":    {grid.Cell{Text: "0,8", Kind: grid.Text}, true, 80},
	} {
		if got, ok := readPercent(c.cell, c.fractions); !ok || *got != c.want {
			t.Errorf("%s: %v %v, want %v", name, got, ok, c.want)
		}
	}
	if got, ok := readPercent(grid.Cell{}, false); got != nil || !ok {
		t.Error("a blank cell is no fault")
	}
}

func TestScaleOfPercentColumn(t *testing.T) {
	numbers := func(xs ...float64) []grid.Cell {
		var out []grid.Cell
		for _, x := range xs {
			out = append(out, grid.Cell{Kind: grid.Number, Number: x, Text: "n"})
		}
		return out
	}
	for name, c := range map[string]struct {
		cells []grid.Cell
		want  scale
	}{
		"percents": {numbers(60, 75, 100), scalePercent}, "fractions": {numbers(0.2, 0.8, 1), scaleFraction},
		"mixed": {numbers(0.8, 80), scaleMixed}, "only ones": {numbers(0, 1, 1), scaleOnlyOnes}, "nothing": {nil, scalePercent},
	} {
		if got := scaleOf(c.cells); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

// FuzzReadStatus holds that a text without a known wording has no status, and a percent is within 0–100.
func FuzzReadStatus(f *testing.F) {
	for _, s := range []string{"Hoàn thành 60%", "chưa hoàn thành", "9/9", "% %", "Đang thực hiện (60%)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := readStatus(text, templates.BuiltinVocabulary())
		if !got.known && got.status != progress.StatusUnknown {
			t.Errorf("%q: unknown wording has status %q", text, got.status)
		}
		if got.percent != nil && (*got.percent < 0 || *got.percent > 100) {
			t.Errorf("%q: %v %%", text, *got.percent)
		}
	})
}

// FuzzReadPercent holds that a percent that is read lies within 0–100.
func FuzzReadPercent(f *testing.F) {
	for _, s := range []string{"82,5%", "3/4", "1,0", "khoảng 40 %", "0/0", "١٢%"} {
		f.Add(s, false)
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, text string, fractions bool) {
		if !utf8.ValidString(text) {
			return
		}
		if p, ok := readPercent(grid.Cell{Text: text, Kind: grid.Text}, fractions); ok && p != nil && !(*p >= 0 && *p <= 100) {
			t.Errorf("%q: %v", text, *p)
		}
	})
}
