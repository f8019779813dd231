//go:build system

package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"io"
	"mime"
	"mime/multipart"
	"net"
	"net/http/httptest"
	netmail "net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tiendo/pipeline/write/mail/mailtest"
)

// testCertificate writes a key and a certificate for the loopback address, those of the standard library's test server.
func testCertificate(t *testing.T, dir string) (cert, key string) {
	t.Helper()
	server := httptest.NewTLSServer(nil)
	defer server.Close()
	pair := server.TLS.Certificates[0]
	private, err := x509.MarshalPKCS8PrivateKey(pair.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	cert, key = filepath.Join(dir, "mail.crt"), filepath.Join(dir, "mail.key")
	for file, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: pair.Certificate[0]}, key: {Type: "PRIVATE KEY", Bytes: private}} {
		if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := tls.LoadX509KeyPair(cert, key); err != nil {
		t.Fatal(err)
	}
	return cert, key
}

// removeAddress takes the address of a unit out of the register, and returns how many of those that owe a return still have one.
func removeAddress(t *testing.T, file, of string) (left int) {
	t.Helper()
	f, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheet := f.GetSheetList()[0]
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	const heading, email, reports = 2, 7, 8
	if rows[heading][email] != "Email" || rows[heading][reports] != "Nộp báo cáo" {
		t.Fatalf("the register has the columns %v", rows[heading])
	}
	for i, row := range rows[heading+1:] {
		switch {
		case row[0] == of:
			if err := f.SetCellValue(sheet, "H"+strconv.Itoa(heading+2+i), nil); err != nil {
				t.Fatal(err)
			}
		case row[reports] == "Có":
			left++
		}
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
	return left
}

// TestSystemAnswersByMail closes a week while the mail server is down: the edition is published, the exit status asks for attention, and the next
// run sends every unit its answer, once, whatever is run after.
func TestSystemAnswersByMail(t *testing.T) {
	bin, dir := systemOffice(t)
	mails := t.TempDir()
	cert, key := testCertificate(t, mails)
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := free.Addr().(*net.TCPAddr).Port
	_ = free.Close()
	const without = "cuc-bc"
	units := removeAddress(t, filepath.Join(dir, "units.xlsx"), without)
	t.Setenv("TIENDO_MAIL", "mật khẩu")
	config, err := os.OpenFile(filepath.Join(dir, configName), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = config.WriteString("\nmail:\n  host: 127.0.0.1\n  port: " + strconv.Itoa(port) + "\n  from: vpbcd@vidu.gov.vn\n  user: vpbcd\n  password: env:TIENDO_MAIL\n  ca_file: " + cert + "\n  answers: true\n")
	if err := config.Close(); err != nil {
		t.Fatal(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	doctor := func() string {
		out, _ := exec.Command(bin, "doctor", "--office", dir, "--lang", "en").CombinedOutput()
		return string(out)
	}
	arrived := func() []string { files, _ := filepath.Glob(filepath.Join(mails, "*.eml")); return files }

	status, out := runWeek(t, bin, dir)
	if status != exitAttention || !strings.Contains(out, "Published r1") || strings.Count(out, "could not be sent to") != units {
		t.Errorf("server down: exit status %d, %d messages told of, want %d\n%s", status, strings.Count(out, "could not be sent to"), units, out)
	}
	if strings.Count(out, "no e-mail address of theirs") != 1 || !strings.Contains(out, "Cục Báo chí") {
		t.Errorf("the unit without an address is not named once\n%s", out)
	}
	edition := published(t, dir)
	if said := doctor(); !strings.Contains(said, "The mail server 127.0.0.1 cannot be used") || !strings.Contains(said, "no e-mail address of: Cục Báo chí") {
		t.Errorf("doctor says\n%s", said)
	}

	stop := mailtest.Serve(t, mails, cert, key, port)
	if said := doctor(); !strings.Contains(said, "The mail server 127.0.0.1 lets us in") {
		t.Errorf("doctor says\n%s", said)
	}
	for range 3 {
		if _, out := runWeek(t, bin, dir); strings.Contains(out, "could not be sent") {
			t.Errorf("server up:\n%s", out)
		}
		if n := len(arrived()); n != units {
			t.Fatalf("%d messages arrived, want %d", n, units)
		}
	}
	stop()
	if _, out := runWeek(t, bin, dir); strings.Contains(out, "could not be sent") {
		t.Errorf("nothing is left to send:\n%s", out)
	}
	sameTree(t, "after mail", edition, published(t, dir))

	to := map[string]bool{}
	for _, file := range arrived() {
		unit := answerOf(t, dir, file)
		if to[unit] || unit == without {
			t.Errorf("%s was written to again, or has no address", unit)
		}
		to[unit] = true
	}
}

// answerOf holds a message against the answer in the folder of the unit that it goes to.
func answerOf(t *testing.T, dir, file string) (unit string) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, err := netmail.ReadMessage(f)
	if err != nil {
		t.Fatal(err)
	}
	words := mime.WordDecoder{}
	address, err := netmail.ParseAddress(m.Header.Get("To"))
	if err != nil {
		t.Fatal(err)
	}
	unit, _, _ = strings.Cut(address.Address, "@")
	if subject, err := words.DecodeHeader(m.Header.Get("Subject")); err != nil || !strings.Contains(subject, "2025-W20") {
		t.Errorf("%s: subject %q (%v)", unit, subject, err)
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	text, err := parts.NextPart()
	if err != nil {
		t.Fatal(err)
	}
	if body, err := io.ReadAll(text); err != nil || !strings.Contains(string(body), "Kính gửi") || strings.Contains(string(body), "{") {
		t.Errorf("%s: text %q (%v)", unit, body, err)
	}
	attached, err := parts.NextPart()
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := io.ReadAll(attached)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join(dir, "returns", unit, "TraLoi_2025-W20_r1.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	if got := decodeBase64(t, string(encoded)); string(got) != string(want) || attached.FileName() != "TraLoi_2025-W20_r1.xlsx" {
		t.Errorf("%s: %s of %d bytes arrived, not the answer of %d", unit, attached.FileName(), len(got), len(want))
	}
	return unit
}

func decodeBase64(t *testing.T, text string) []byte {
	t.Helper()
	data, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
	if err != nil {
		t.Fatal(err)
	}
	return data
}
