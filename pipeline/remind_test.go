package pipeline

import (
	"bytes"
	"context"
	"net"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"tiendo/pipeline/ledger"
	"tiendo/pipeline/progress"
	"tiendo/pipeline/write/mail"
)

// TestRemind: a letter for every unit that owes something and for no other; the same is urged once a day; a letter that was cut off is drawn
// again under its number.
func TestRemind(t *testing.T) {
	s := openSample(t)
	synthesis := s.closed[period20].Synthesis
	owes := map[string]bool{}
	for _, sub := range synthesis.Submissions {
		if sub.Punctuality == progress.Missing || sub.Punctuality == progress.Refused {
			owes[sub.Unit] = true
		}
	}
	for _, p := range synthesis.Tasks {
		if p.Class == progress.NotReported || p.Class == progress.Unconfirmed {
			owes[p.Unit] = true
		}
	}
	for _, f := range synthesis.Findings {
		if f.Severity == progress.SeverityError || f.Rule == overdueNoReason {
			owes[f.Unit] = true
		}
	}
	d := ownLedger(t, s)
	d.Office.Returns = t.TempDir()
	now := time.Date(2025, 5, 19, 8, 30, 0, 0, d.Office.Zone)
	d.Now = func() time.Time { return now }
	period := synthesis.Period
	remind := func() map[string]Reminded {
		t.Helper()
		letters, err := Remind(context.Background(), d, period, "")
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]Reminded{}
		for _, r := range letters {
			out[r.Unit] = r
			if data, err := os.ReadFile(r.File); err != nil || string(data[:5]) != "%PDF-" {
				t.Errorf("%s: no letter in %s (%v)", r.Unit, r.File, err)
			}
		}
		return out
	}
	first := remind()
	for _, sub := range synthesis.Submissions {
		r, made := first[sub.Unit]
		if made != owes[sub.Unit] {
			t.Errorf("%s owes something: %v; letter: %v", sub.Unit, owes[sub.Unit], made)
		}
		if made && (r.Number != 1 || !r.New || r.Punctuality != sub.Punctuality) {
			t.Errorf("%s: letter %d, new %v, %s", sub.Unit, r.Number, r.New, r.Punctuality)
		}
		files, err := filepath.Glob(filepath.Join(d.Office.Returns, sub.Unit, "*"))
		if err != nil || len(files) > 1 || !made && len(files) > 0 {
			t.Errorf("%s: files %v (%v)", sub.Unit, files, err)
		}
	}
	if len(first) < 5 || len(first) == len(synthesis.Submissions) {
		t.Fatalf("%d letters: the sample must have units that owe and units that do not", len(first))
	}

	now = now.Add(3 * time.Hour)
	for _, r := range first {
		if err := os.Remove(r.File); err != nil { // as if it had been cut off
			t.Fatal(err)
		}
	}
	for unit, r := range remind() {
		if r.New || r.Number != 1 || r.File != first[unit].File {
			t.Errorf("%s is urged twice on one day: %+v", unit, r)
		}
	}
	now = now.Add(24 * time.Hour)
	for unit, r := range remind() {
		if !r.New || r.Number != 2 {
			t.Errorf("%s, the next day: letter %d, new %v", unit, r.Number, r.New)
		}
	}
	counts, err := d.Ledger.Reminders(context.Background(), period.ID, now.Add(time.Minute))
	if err != nil || len(counts) != len(first) {
		t.Errorf("the ledger remembers %v (%v)", counts, err)
	}
	for unit, n := range counts {
		if n != 2 {
			t.Errorf("%s: %d letters remembered", unit, n)
		}
	}
}

// TestLettersWaitForTheServer: a server that cannot be reached loses no letter; what the server may have taken is not sent again by itself,
// what it has taken never.
func TestLettersWaitForTheServer(t *testing.T) {
	s := openSample(t)
	d := ownLedger(t, s)
	d.Office.Returns = t.TempDir()
	now := time.Date(2025, 6, 2, 8, 0, 0, 0, d.Office.Zone)
	d.Now = func() time.Time { return now }
	ctx := context.Background()
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := closed.Addr().(*net.TCPAddr).Port
	if err := closed.Close(); err != nil { // nobody listens there any more
		t.Fatal(err)
	}
	d.Office.Mail = mail.Server{Host: "127.0.0.1", Port: port, TLS: mail.StartTLS, From: "vpbcd@vidu.gov.vn"}
	letters, err := Remind(ctx, d, s.closed[period20].Synthesis.Period, "")
	if err != nil {
		t.Fatal(err)
	}
	letters[0].Email = ""
	for i := range letters[1:] {
		letters[i+1].Email = letters[i+1].Unit + "@vidu.gov.vn"
	}
	outcomes := func(letters []Reminded) map[MailOutcome]int {
		t.Helper()
		mailed, err := SendLetters(ctx, d, letters)
		if err != nil {
			t.Fatal(err)
		}
		n := map[MailOutcome]int{}
		for _, m := range mailed {
			n[m.Outcome]++
			if m.Outcome == MailFailed && m.Trouble == "" {
				t.Errorf("%s: nothing says why", m.Unit)
			}
		}
		return n
	}
	if n := outcomes(letters); n[MailNoAddress] != 1 || n[MailFailed] != len(letters)-1 || len(n) != 2 {
		t.Errorf("%d letters: %v", len(letters), n)
	}
	waiting, err := d.Ledger.UnsentMail(ctx)
	if err != nil || len(waiting) != len(letters)-1 {
		t.Fatalf("%d letters wait (%v)", len(waiting), err)
	}
	move := func(key string, from, to ledger.MailState) {
		t.Helper()
		if err := d.Ledger.MoveMail(ctx, key, from, to, now); err != nil {
			t.Fatal(err)
		}
	}
	move(waiting[0].Key, ledger.MailQueued, ledger.MailSending) // a run was cut off there
	move(waiting[1].Key, ledger.MailQueued, ledger.MailSending)
	move(waiting[1].Key, ledger.MailSending, ledger.MailSent)
	if n := outcomes(letters[1:]); n[MailUncertain] != 1 || n[MailFailed] != len(letters)-3 || len(n) != 2 {
		t.Errorf("the next call: %v", n)
	}
}

// TestRemindersOfAnEdition: both outputs tell how often a unit was reminded before the close; a letter after it changes neither, and calls
// for no revision.
func TestRemindersOfAnEdition(t *testing.T) {
	ctx := context.Background()
	period, err := progress.ParsePeriod("2025-W20")
	if err != nil {
		t.Fatal(err)
	}
	plan := filepath.Join(t.TempDir(), "plan.xlsx")
	writeSheet(t, plan, planHeading, []any{"1", "Ban hành quy chế quản lý tài khoản người dùng", "Vụ An Toàn", "30/6/2025"},
		[]any{"2", "Kết nối cơ sở dữ liệu bưu phẩm quốc gia", "Vụ Bưu Phẩm", "30/9/2025"})
	remind := func(d Desk, unit string, day, hour int) {
		t.Helper()
		d.Now = func() time.Time { return time.Date(2025, 5, day, hour, 30, 0, 0, d.Office.Zone) }
		d, err := WithRegisters(ctx, d)
		if err != nil {
			t.Fatal(err)
		}
		if letters, err := Remind(ctx, d, period, unit); err != nil || len(letters) != 1 || !letters[0].New {
			t.Fatalf("%s: letters %v (%v)", unit, letters, err)
		}
	}
	const row = "1;Ban hành quy chế quản lý tài khoản người dùng;Đang thực hiện;;;\n"
	closeOf := func(lettersAfter int) (Desk, [][]byte) {
		t.Helper()
		d := smallOffice(t)
		d.Office.Plans = []PlanFile{{Path: plan}}
		remind(d, "vu-a", 15, 8)
		remind(d, "vu-b", 15, 8)
		remind(d, "vu-b", 16, 15)
		for i := range lettersAfter {
			remind(d, "vu-b", 17+i, 8) // the day after the close, and before it is worked on
		}
		closed := closeWeek(t, d, 20, row)
		got := map[string]int{}
		for _, sub := range closed.Synthesis.Submissions {
			got[sub.Unit] = sub.Reminders
		}
		if got["vu-a"] != 1 || got["vu-b"] != 2 || len(closed.Files) != 2 {
			t.Errorf("%v reminders, files %v", got, closed.Files)
		}
		var files [][]byte
		for _, name := range closed.Files {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, data)
		}
		return d, files
	}
	_, want := closeOf(0)
	d, got := closeOf(1)
	for i := range want {
		if !bytes.Equal(got[i], want[i]) {
			t.Errorf("file %d of the edition changes by a letter after the close", i)
		}
	}
	remind(d, "vu-b", 19, 8)
	if again := closeWeek(t, d, 20, row); again.Already != 1 {
		t.Errorf("a letter after the close calls for a revision: already r%d, files %v", again.Already, again.Files)
	}
	book, err := excelize.OpenReader(bytes.NewReader(got[1]))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("Tình hình nộp")
	if err != nil {
		t.Fatal(err)
	}
	const heading = 3 // below the title, the count and the way back
	at := slices.Index(rows[heading], "Số lần đôn đốc")
	if at < 0 || rows[heading+1][at] != "1" || rows[heading+2][at] != "2" {
		t.Errorf("the sheet of submissions holds %v", rows)
	}
}
