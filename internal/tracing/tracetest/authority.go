package tracetest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// Authority vouches for servers and clients of one test.
type Authority struct {
	// File holds its certificate in the form PEM.
	File string
	own  *x509.Certificate
	key  *ecdsa.PrivateKey
}

// NewAuthority makes an authority that nobody knows.
func NewAuthority(t testing.TB) *Authority {
	t.Helper()
	a := &Authority{key: newKey(t)}
	about := template("an authority of the tests")
	about.IsCA, about.BasicConstraintsValid, about.KeyUsage = true, true, x509.KeyUsageCertSign
	der, err := x509.CreateCertificate(rand.Reader, about, about, &a.key.PublicKey, a.key)
	if err == nil {
		a.own, err = x509.ParseCertificate(der)
	}
	if err != nil {
		t.Fatal(err)
	}
	a.File = write(t, "authority.pem", "CERTIFICATE", der)
	return a
}

// Issue gives files with a certificate, for 127.0.0.1, and its key.
func (a *Authority) Issue(t testing.TB, name string) (certificate, key string) {
	t.Helper()
	about := template(name)
	about.KeyUsage = x509.KeyUsageDigitalSignature
	about.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}
	about.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1)}
	own := newKey(t)
	der, err := x509.CreateCertificate(rand.Reader, about, a.own, &own.PublicKey, a.key)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalECPrivateKey(own)
	if err != nil {
		t.Fatal(err)
	}
	return write(t, name+".pem", "CERTIFICATE", der), write(t, name+".key", "EC PRIVATE KEY", secret)
}

func write(t testing.TB, name, kind string, der []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func newKey(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func template(name string) *x509.Certificate {
	return &x509.Certificate{SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}
}

// NewTLS starts a collector at https:// that an authority vouches for. It takes those alone
// that clients vouches for, anybody where that is nil.
func NewTLS(t testing.TB, by, clients *Authority) *Collector {
	t.Helper()
	pair, err := tls.LoadX509KeyPair(by.Issue(t, "collector"))
	if err != nil {
		t.Fatal(err)
	}
	c := &Collector{}
	c.Server = httptest.NewUnstartedServer(http.HandlerFunc(c.take))
	c.TLS = &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}
	if clients != nil {
		c.TLS.ClientAuth, c.TLS.ClientCAs = tls.RequireAndVerifyClientCert, x509.NewCertPool()
		c.TLS.ClientCAs.AddCert(clients.own)
	}
	c.EnableHTTP2 = true
	c.StartTLS()
	t.Cleanup(c.Close)
	return c
}
