package pipeline

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

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
	d := s.desk
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
	counts, err := d.Ledger.Reminders(context.Background(), period.ID)
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
	d := s.desk
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
