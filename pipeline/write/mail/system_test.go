//go:build system

package mail

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"io"
	"math/big"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tiendo/pipeline/write/mail/mailtest"
)

// certificate writes a key and a certificate for that host.
func certificate(t *testing.T, dir, host string) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: host}, DNSNames: []string{host}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := x509.MarshalECPrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	cert, key = filepath.Join(dir, host+".crt"), filepath.Join(dir, host+".key")
	for file, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: der}, key: {Type: "EC PRIVATE KEY", Bytes: raw}} {
		if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return cert, key
}

// TestSystemMail sends to a real server over TLS: what arrives is what was sent, and what must not pass does not, without the password in
// any message.
func TestSystemMail(t *testing.T) {
	timeout = 3 * time.Second // each side may wait for the other to speak first
	dir := t.TempDir()
	cert, key := certificate(t, dir, "localhost")
	const port = 42587
	mailtest.Serve(t, dir, cert, key, port)
	secret := filepath.Join(dir, "password")
	if err := os.WriteFile(secret, []byte("mật khẩu\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	server := Server{Host: "localhost", Port: port, TLS: StartTLS, From: "vpbcd@vidu.gov.vn", User: "vpbcd", Password: secret, CA: cert}
	message := Message{To: "vu-pc@vidu.gov.vn", Subject: "Đôn đốc báo cáo tiến độ kỳ 2025-W20", Text: "Kính gửi Vụ Pháp chế", Name: "NhắcViệc_2025-W20_1.pdf", Data: []byte("%PDF-1.7 thử")}
	ctx := context.Background()
	if err := Send(ctx, server, message); err != nil {
		t.Fatal(err)
	}
	arrived(t, filepath.Join(dir, "1.eml"), message)

	t.Setenv("TIENDO_MAIL", "mật khẩu")
	byEnvironment := server
	byEnvironment.Password = "env:TIENDO_MAIL"
	if err := Send(ctx, byEnvironment, message); err != nil {
		t.Errorf("with the password from the environment: %v", err)
	}
	other, _ := certificate(t, dir, "mail.vidu.vn")
	wrong := filepath.Join(dir, "wrong")
	if err := os.WriteFile(wrong, []byte("Sai-Mat-Khau"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*Server){
		"a certificate that nobody trusts": func(s *Server) { s.CA = other },
		"a wrong password":                 func(s *Server) { s.Password = wrong },
		"no login":                         func(s *Server) { s.User = "" },
		"TLS from the beginning":           func(s *Server) { s.TLS = TLS },
		"no server":                        func(s *Server) { s.Port = port + 1 },
	} {
		s := server
		change(&s)
		err := Send(ctx, s, message)
		if err == nil {
			t.Errorf("%s: sent", name)
		} else if strings.Contains(err.Error(), "Sai-Mat-Khau") || strings.Contains(err.Error(), "mật khẩu") {
			t.Errorf("%s: the error tells the password: %v", name, err)
		}
	}
	if mails, _ := filepath.Glob(filepath.Join(dir, "*.eml")); len(mails) != 2 {
		t.Errorf("the server took %d messages, want 2", len(mails))
	}
}

// arrived holds a message that the server took against what was sent.
func arrived(t *testing.T, file string, want Message) {
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
	if subject, err := words.DecodeHeader(m.Header.Get("Subject")); err != nil || subject != want.Subject {
		t.Errorf("subject %q (%v)", subject, err)
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for _, wanted := range []struct{ name, body string }{{"", want.Text}, {want.Name, string(want.Data)}} {
		part, err := parts.NextPart()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(part) // quoted-printable is decoded here
		if err != nil {
			t.Fatal(err)
		}
		text := string(body)
		if part.Header.Get("Content-Transfer-Encoding") == "base64" {
			text = decoded(t, text)
		}
		name, err := words.DecodeHeader(part.FileName())
		if err != nil || name != wanted.name || strings.TrimSpace(text) != wanted.body {
			t.Errorf("part %q holds %q, want %q %q (%v)", name, text, wanted.name, wanted.body, err)
		}
	}
}

func decoded(t *testing.T, text string) string {
	t.Helper()
	raw, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
