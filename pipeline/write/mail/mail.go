// Package mail sends a message with one attachment to a unit. In come the server, as the office has configured it, and the message; out
// goes mail over TLS, or an error that says whether the server can have taken it. There is no mail without TLS, and no password in an error.
package mail

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// How a connection is secured.
const (
	StartTLS = "starttls" // a plain connection that must become a secure one before anything is said
	TLS      = "tls"      // secure from the beginning
)

// Server is an SMTP server and how to log in there. The zero Server: mail is off.
type Server struct {
	Host string
	Port int    // 0: 587 for StartTLS, 465 for TLS
	TLS  string // StartTLS or TLS
	From string // address of the office
	User string // empty: the server asks for none
	// Password names where the password is: a file, whose first line it is, or env:NAME.
	Password string
	CA       string // file of certificates (PEM) to trust beside those of the system; empty: none
}

// IsOff reports whether the office has configured no mail.
func (s Server) IsOff() bool { return s.Host == "" }

// Message is what is sent.
type Message struct {
	To, Subject, Text string
	Name              string // of the attachment
	Data              []byte
}

// ErrUncertain: the connection broke when the message had been handed over, so that it may have arrived.
var ErrUncertain = errors.New("the connection broke after the message was handed over")

// ErrNoServer: no message can be sent, because the server is not reached, is not the one that it should be, or lets nobody in.
var ErrNoServer = errors.New("no connection to the mail server")

// timeout bounds every step of a delivery; a test waits less.
var timeout = 30 * time.Second

// Send delivers one message.
func Send(ctx context.Context, s Server, m Message) error {
	client, err := s.client()
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNoServer, err)
	}
	msg := gomail.NewMsg()
	if err := msg.From(s.From); err != nil {
		return fmt.Errorf("sender %q: %w", s.From, err)
	}
	if err := msg.To(m.To); err != nil {
		return fmt.Errorf("recipient %q: %w", m.To, err)
	}
	msg.Subject(m.Subject)
	msg.SetMessageID()
	msg.SetDate()
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	if err := msg.AttachReader(m.Name, bytes.NewReader(m.Data)); err != nil {
		return err
	}
	if err := client.DialWithContext(ctx); err != nil {
		return fmt.Errorf("%w: %w", ErrNoServer, err)
	}
	err = client.Send(msg)
	// What the server says to a farewell changes nothing of what it has said to the message.
	_ = client.Close()
	if err != nil {
		var sent *gomail.SendError
		if errors.As(err, &sent) && sent.Reason == gomail.ErrSMTPDataClose && sent.ErrorCode() < 400 { // no answer of the server's: it may have it
			return fmt.Errorf("%w: %w", ErrUncertain, err)
		}
		return err
	}
	return nil
}

// Probe connects to the server, logs in and sends nothing.
func Probe(ctx context.Context, s Server) error {
	client, err := s.client()
	if err != nil {
		return err
	}
	if err := client.DialWithContext(ctx); err != nil {
		return err
	}
	return client.Close()
}

// client is ready to connect; the password is read here and kept nowhere else.
func (s Server) client() (*gomail.Client, error) {
	roots, err := s.roots()
	if err != nil {
		return nil, err
	}
	options := []gomail.Option{
		gomail.WithTimeout(timeout),
		gomail.WithTLSConfig(&tls.Config{ServerName: s.Host, MinVersion: tls.VersionTLS12, RootCAs: roots}),
	}
	port := s.Port
	if s.TLS == TLS {
		options = append(options, gomail.WithSSL())
		if port == 0 {
			port = 465
		}
	} else {
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
		if port == 0 {
			port = 587
		}
	}
	options = append(options, gomail.WithPort(port))
	if s.User != "" {
		password, err := s.password()
		if err != nil {
			return nil, err
		}
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(s.User), gomail.WithPassword(password))
	}
	return gomail.NewClient(s.Host, options...)
}

// roots are the certificates that are trusted; nil: those of the system.
func (s Server) roots() (*x509.CertPool, error) {
	if s.CA == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(s.CA)
	if err != nil {
		return nil, err
	}
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = x509.NewCertPool()
	}
	if !roots.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("%s holds no certificate", s.CA)
	}
	return roots, nil
}

func (s Server) password() (string, error) {
	if name, ok := strings.CutPrefix(s.Password, "env:"); ok {
		value, set := os.LookupEnv(name)
		if !set {
			return "", fmt.Errorf("the environment has no %s", name)
		}
		return value, nil
	}
	data, err := os.ReadFile(s.Password)
	if err != nil {
		return "", err
	}
	line, _, _ := strings.Cut(string(data), "\n")
	return strings.TrimRight(line, "\r"), nil
}
