package pdf

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
)

// fileKey decrypts the streams of a file that opens with an empty user password: the standard security handler of
// ISO 32000-2, 7.6. Strings are left as they are: none of those that are read here is text.
type fileKey struct {
	key    []byte
	cipher streamCipher
}

type streamCipher uint8

const (
	plainStreams streamCipher = iota
	rc4Streams
	aesStreams    // a key for each object, made from the file's
	aes256Streams // the file's key for all
)

// passwordPad fills up a password to 32 bytes; alone it is the empty password (ISO 32000-1, algorithm 2).
var passwordPad = []byte("\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A")

// newFileKey makes the key for the empty password. It refuses the file as encrypted where that is not the user's password.
func newFileKey(s *source, enc, id object) (*fileKey, error) {
	if f := enc.get("Filter"); !f.is("Standard") {
		return nil, refuse("encrypted")
	}
	entry := func(name string) object { return s.resolve(enc.get(name)) }
	version, revision := int(entry("V").num), int(entry("R").num)
	o, u := entry("O").raw, entry("U").raw
	k := &fileKey{cipher: rc4Streams}
	bits := int(entry("Length").num)
	if version == 4 || version == 5 {
		filter := s.resolve(s.resolve(entry("CF")).get(string(entry("StmF").raw)))
		switch method := filter.get("CFM"); {
		case method.is("V2"):
			bits = 128
		case method.is("AESV2"):
			k.cipher, bits = aesStreams, 128
		case method.is("AESV3"):
			k.cipher = aes256Streams
		default:
			k.cipher = plainStreams
		}
	}
	if revision >= 5 {
		k.key = key256(u, entry("UE").raw, revision)
	} else {
		if bits < 40 || bits > 128 || version == 1 {
			bits = 40
		}
		id0 := s.resolve(id)
		var first []byte
		if len(id0.list) > 0 {
			first = s.resolve(id0.list[0]).raw
		}
		encryptMetadata := entry("EncryptMetadata")
		k.key = key128(o, u, int64(entry("P").num), first, revision, bits/8, encryptMetadata.kind != boolKind || encryptMetadata.num == 1)
	}
	if k.key == nil {
		return nil, refuse("encrypted")
	}
	return k, nil
}

// key128 is algorithm 2 with the check of algorithm 6: nil where the empty password is not the user's.
func key128(o, u []byte, permissions int64, id []byte, revision, size int, encryptMetadata bool) []byte {
	if len(o) < 32 || len(u) < 32 {
		return nil
	}
	h := md5.New()
	h.Write(passwordPad)
	h.Write(o[:32])
	h.Write(binary.LittleEndian.AppendUint32(nil, uint32(permissions)))
	h.Write(id)
	if revision >= 4 && !encryptMetadata {
		h.Write([]byte{0xff, 0xff, 0xff, 0xff})
	}
	key := h.Sum(nil)
	if revision >= 3 {
		for range 50 {
			sum := md5.Sum(key[:size])
			key = sum[:]
		}
	}
	key = key[:size]
	want, checked := bytes.Clone(passwordPad), 32
	if revision >= 3 {
		sum := md5.Sum(append(bytes.Clone(passwordPad), id...))
		want, checked = sum[:], 16
	}
	rounds := 1
	if revision >= 3 {
		rounds = 20
	}
	for i := range rounds {
		round := bytes.Clone(key)
		for j := range round {
			round[j] ^= byte(i)
		}
		xorRC4(round, want)
	}
	if !bytes.Equal(want[:checked], u[:checked]) {
		return nil
	}
	return key
}

// key256 is algorithm 2.A for the empty user password.
func key256(u, ue []byte, revision int) []byte {
	if len(u) < 48 || len(ue) < 32 {
		return nil
	}
	hash := hash2B
	if revision == 5 {
		hash = func(salt []byte) []byte { sum := sha256.Sum256(salt); return sum[:] }
	}
	if !bytes.Equal(hash(u[32:40]), u[:32]) {
		return nil
	}
	block, err := aes.NewCipher(hash(u[40:48]))
	if err != nil {
		return nil
	}
	key := make([]byte, 32)
	cipher.NewCBCDecrypter(block, make([]byte, aes.BlockSize)).CryptBlocks(key, ue[:32])
	return key
}

// hash2B is algorithm 2.B of ISO 32000-2 for the empty user password.
func hash2B(salt []byte) []byte {
	sum := sha256.Sum256(salt)
	k := sum[:]
	for round := 0; ; round++ {
		block, err := aes.NewCipher(k[:16])
		if err != nil {
			return nil
		}
		e := bytes.Repeat(k, 64)
		cipher.NewCBCEncrypter(block, k[16:32]).CryptBlocks(e, e)
		mod := 0
		for _, b := range e[:16] {
			mod += int(b)
		}
		switch mod % 3 {
		case 0:
			h := sha256.Sum256(e)
			k = h[:]
		case 1:
			h := sha512.Sum384(e)
			k = h[:]
		default:
			h := sha512.Sum512(e)
			k = h[:]
		}
		if round >= 63 && int(e[len(e)-1]) <= round-31 {
			return k[:32]
		}
	}
}

// decrypt returns the plain bytes of the stream that is object number, generation gen, or of a string in that object.
func (k *fileKey) decrypt(number, gen int, data []byte) []byte {
	key := k.key
	switch k.cipher {
	case plainStreams:
		return data
	case rc4Streams, aesStreams:
		salted := append(bytes.Clone(k.key), byte(number), byte(number>>8), byte(number>>16), byte(gen), byte(gen>>8))
		if k.cipher == aesStreams {
			salted = append(salted, "sAlT"...)
		}
		sum := md5.Sum(salted)
		key = sum[:min(len(k.key)+5, 16)]
	}
	if k.cipher == rc4Streams {
		out := bytes.Clone(data)
		xorRC4(key, out)
		return out
	}
	return decryptAES(key, data)
}

// decryptAES undoes CBC with the initial vector in front and padding behind; a tail that fills no block is cut off.
func decryptAES(key, data []byte) []byte {
	block, err := aes.NewCipher(key)
	if err != nil || len(data) < 2*aes.BlockSize {
		return nil
	}
	iv, body := data[:aes.BlockSize], bytes.Clone(data[aes.BlockSize:])
	body = body[:len(body)-len(body)%aes.BlockSize]
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(body, body)
	if pad := int(body[len(body)-1]); pad >= 1 && pad <= aes.BlockSize {
		body = body[:len(body)-pad]
	}
	return body
}

func xorRC4(key, data []byte) {
	if c, err := rc4.NewCipher(key); err == nil {
		c.XORKeyStream(data, data)
	}
}
