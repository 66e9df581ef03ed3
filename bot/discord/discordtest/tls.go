package discordtest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"math/big"
	"net"
	"strings"
	"time"
)

// secure makes a listener speak TLS, with a certificate that only Roots trust.
func (d *Discord) secure(l net.Listener) net.Listener {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		d.t.Fatal(err)
	}
	host, _, _ := strings.Cut(strings.TrimPrefix(d.URL, "http://"), "/")
	c := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		DNSNames: []string{host}, IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		d.t.Fatal(err)
	}
	if c, err = x509.ParseCertificate(der); err != nil {
		d.t.Fatal(err)
	}
	d.Roots = x509.NewCertPool()
	d.Roots.AddCert(c)
	d.URL = "https" + strings.TrimPrefix(d.URL, "http")
	return tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}})
}
