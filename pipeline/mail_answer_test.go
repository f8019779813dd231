package pipeline

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tiendo/pipeline/progress"
	"tiendo/pipeline/write/mail"
	"tiendo/templates"
)

// The message says what was received, how much of it is to be mended, and until when: before the edition's revisions end in this period, else in the next.
func TestAnswerText(t *testing.T) {
	d := Desk{Office: sampleOffice(t.TempDir())}
	period, err := progress.ParsePeriod("2025-W20")
	if err != nil {
		t.Fatal(err)
	}
	received := time.Date(2025, 5, 16, 7, 15, 0, 0, time.UTC)
	tests := map[string]struct {
		sub        progress.Submission
		revise     int
		want, lack []string
	}{
		"nothing to mend": {progress.Submission{Punctuality: progress.OnTime, File: "vu-a/bc.xlsx", Received: received, RowsRead: 9, RowsCounted: 8, RowsOwed: 8, Notes: 2}, 3,
			[]string{"đúng hạn tệp vu-a/bc.xlsx lúc 14:15 16/05/2025: đọc được 9 dòng, tính 8 trong 8", "Không có điểm nào", "không phải làm gì thêm"}, []string{"Đề nghị"}},
		"mended in a revision": {progress.Submission{Punctuality: progress.Late, File: "vu-a/bc.xlsx", Received: received, Errors: 2, Warnings: 3}, 3,
			[]string{"nhận muộn", "5 điểm: 2 lỗi, 3 cần giải trình", "trước 17:00 19/05/2025", "kỳ 2025-W20 sẽ được lập lại"}, []string{"2025-W21"}},
		"mended in the next return": {progress.Submission{Punctuality: progress.OnTime, File: "vu-a/bc.xlsx", Received: received, Warnings: 1}, 0,
			[]string{"1 điểm: 0 lỗi, 1 cần giải trình", "báo cáo kỳ 2025-W21, hạn nộp 15:00 23/05/2025"}, []string{"lập lại"}},
		"refused": {progress.Submission{Punctuality: progress.Refused, File: "vu-a/scan.pdf", Received: received, Errors: 1}, 3,
			[]string{"vu-a/scan.pdf", "bị từ chối", "trước 17:00 19/05/2025"}, nil},
		"missing": {progress.Submission{Punctuality: progress.Missing, RowsOwed: 6}, 3,
			[]string{"Chưa nhận được báo cáo", "6 nhiệm vụ", "trước 17:00 19/05/2025"}, []string{"0001"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			d.Office.Editions[0].ReviseDays = test.revise
			d.Now = func() time.Time { return time.Date(2025, 5, 16, 17, 1, 0, 0, d.Office.Zone) }
			text := answerText(d, period, test.sub, templates.In(templates.Vietnamese))
			for _, want := range test.want {
				if !strings.Contains(text, want) {
					t.Errorf("no %q in\n%s", want, text)
				}
			}
			for _, lack := range append(test.lack, "{") {
				if strings.Contains(text, lack) {
					t.Errorf("%q in\n%s", lack, text)
				}
			}
		})
	}
}

// What a unit puts in the place of its answer (a link out of the folder, a folder) or takes away holds back that message alone, and is not read.
func TestAttachmentsStayInTheReturnsFolder(t *testing.T) {
	returns, outside := t.TempDir(), filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(outside, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(returns, "link")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(returns, "folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"link", "folder", "gone", filepath.Join("..", filepath.Base(filepath.Dir(outside)), "secret")} {
		if data, err := attachment(returns, name); err == nil {
			t.Errorf("%s: read %q", name, data)
		}
	}
}

// A close queues one answer for each unit with an address; the same revision never queues another, and an answer that is gone holds back no other.
func TestAnswersAreQueuedOnce(t *testing.T) {
	ctx := context.Background()
	d := smallOffice(t, PlanFile{Path: "plan.xlsx"})
	writeSheet(t, d.Office.Plans[0].Path, planHeading, []any{"1", "Ban hành quy chế quản lý tài khoản người dùng", "Vụ An Toàn", "30/6/2025"})
	writeSheet(t, d.Office.UnitsFile, []any{"Mã đơn vị", "Tên đơn vị", "Phải báo cáo", "Email"},
		[]any{"vu-a", "Vụ An Toàn", "x", "vu-a@vidu.gov.vn"}, []any{"vu-b", "Vụ Bưu Phẩm", "x", ""}, []any{"vu-c", "Vụ Cước", "x", "vu-c@vidu.gov.vn"})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	_ = listener.Close()
	d.Office.Mail, d.Office.MailAnswers = mail.Server{Host: "127.0.0.1", Port: port, TLS: mail.StartTLS, From: "vpbcd@vidu.gov.vn"}, true
	const row = "1;Ban hành quy chế quản lý tài khoản người dùng;Đang thực hiện;;;\n"
	first := closeWeek(t, d, 20, row)
	if len(first.Files) != 2 || len(first.Trouble) > 0 || len(first.NoAddress) != 1 || first.NoAddress[0] != "Vụ Bưu Phẩm" {
		t.Errorf("files %v, trouble %v, without address %v", first.Files, first.Trouble, first.NoAddress)
	}
	d.Now = time.Now
	for range 2 {
		if err := os.RemoveAll(filepath.Join(d.Office.Returns, "vu-a")); err != nil {
			t.Fatal(err)
		}
		mailed, err := SendWaiting(ctx, d)
		if err != nil || len(mailed) != 2 || mailed[0].To != "vu-a@vidu.gov.vn" || mailed[1].To != "vu-c@vidu.gov.vn" {
			t.Fatalf("messages %+v (%v)", mailed, err)
		}
		for _, m := range mailed {
			if m.Outcome != MailFailed || m.Trouble == "" {
				t.Errorf("%s: %s %q", m.Unit, m.Outcome, m.Trouble)
			}
		}
		if again := closeWeek(t, d, 20, row); again.Already != 1 || len(again.NoAddress) > 0 {
			t.Errorf("again: already r%d, without address %v", again.Already, again.NoAddress)
		}
	}
}
