package report

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// reminder is a unit that owes so many tasks of each kind.
func reminder(profile string, debts, titleLength int, punctuality progress.Punctuality) progress.Reminder {
	day := progress.Date{Year: 2025, Month: 5, Day: 16}
	title := "Xây dựng Nghị định quy định chi tiết một số điều của Luật Giao dịch điện tử"
	if titleLength > 0 {
		title = strings.TrimSpace(strings.Repeat(title+"; ", titleLength/len([]rune(title))+1))
	}
	r := progress.Reminder{
		Office: progress.Office{Name: "Văn phòng Ban Chỉ đạo Chuyển đổi số", Parent: "Bộ Thông tin và Truyền thông", Symbol: "VPBCĐ", Place: "Hà Nội", Profile: profile},
		Unit:   progress.Unit{Code: "vu-pc", Name: "Vụ Pháp chế"}, Period: progress.PeriodOf(progress.Week, day), Plan: "KẾ HOẠCH CHUYỂN ĐỔI SỐ NĂM 2025",
		DueAt: time.Date(2025, 5, 16, 15, 0, 0, 0, hanoi), At: time.Date(2025, 5, 19, 8, 30, 0, 0, hanoi), Number: 2, Version: "1.0.0",
		Submission: progress.Submission{Unit: "vu-pc", Punctuality: punctuality, RowsOwed: 14, File: "vu-pc/BC tuần 20.xlsx"},
	}
	for i := range debts {
		debt := progress.Debt{Task: progress.Task{Code: fmt.Sprintf("I.%d", i+1), Title: fmt.Sprintf("%s (%d)", title, i+1), Due: progress.Due{Text: "Quý I/2025"}}, DaysLate: i}
		r.Silent, r.Unexplained, r.Unproven = append(r.Silent, debt), append(r.Unexplained, debt), append(r.Unproven, debt)
	}
	f := progress.Finding{Rule: "F04", Severity: progress.SeverityError, Variant: "mismatch", Unit: "vu-pc", File: "vu-pc/BC tuần 20.xlsx"}
	r.Refusals, r.Blocked = []progress.Finding{f}, []progress.Finding{f}
	return r
}

// TestLetter: whatever is owed stands in the letter word for word, within the margins, nothing over anything else, in both languages and
// layouts.
func TestLetter(t *testing.T) {
	for name, r := range map[string]progress.Reminder{
		"nothing came":       reminder("decree30", 0, 0, progress.Missing),
		"one debt":           reminder("party", 1, 0, progress.OnTime),
		"sixty debts":        reminder("decree30", 60, 0, progress.Late),
		"1,700 letters each": reminder("decree30", 3, 1700, progress.OnTime),
		"refused":            reminder("party", 0, 0, progress.Refused),
	} {
		for _, lang := range templates.Langs {
			t.Run(name+" "+string(lang), func(t *testing.T) {
				var all []drawn
				pdf, err := drawLetter(r, lang, func(d drawn) { all = append(all, d) })
				if err != nil {
					t.Fatal(err)
				}
				boxes := mediaBoxes(t, pdf)
				text := ""
				for page, texts := range pages(all) {
					checkPage(t, page, boxes[page-1], texts)
				}
				for _, d := range all {
					text += d.text + " "
				}
				text = strings.Join(strings.Fields(strings.ReplaceAll(text, "\u00a0", " ")), " ")
				wanted := []string{r.Unit.Name, "15"}
				for _, debt := range r.Silent {
					wanted = append(wanted, debt.Task.Code+": "+debt.Task.Title)
				}
				if r.Submission.Punctuality == progress.Refused {
					wanted = append(wanted, r.Submission.File)
				}
				for _, w := range wanted {
					if !strings.Contains(text, w) {
						t.Errorf("%.80q is not in the letter", w)
					}
				}
				if strings.Contains(text, "⟦") || strings.Contains(text, "{") {
					t.Errorf("wording is missing: %.300s", text)
				}
				if len(r.Silent) > 0 {
					if n := strings.Count(text, r.Silent[0].Task.Code+": "+r.Silent[0].Task.Title); n != 3 {
						t.Errorf("a task of which three things are owed stands there %d times", n)
					}
				}
			})
		}
	}
}

func TestLetterIsTheSameBytes(t *testing.T) {
	r := reminder("decree30", 12, 0, progress.Late)
	first, err := Letter(r, templates.Vietnamese)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Letter(r, templates.Vietnamese)
	if err != nil || !bytes.Equal(first, again) {
		t.Errorf("the same letter is other bytes (%v)", err)
	}
	r.Number++
	if other, err := Letter(r, templates.Vietnamese); err != nil || bytes.Equal(first, other) {
		t.Errorf("the next letter says the same (%v)", err)
	}
}
