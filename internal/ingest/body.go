package ingest

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/andybalholm/brotli"
)

// acceptEncoding is what we can unpack.
const acceptEncoding = "gzip, deflate, br"

// maxPackings is the most encodings one inside the other.
const maxPackings = 2

var (
	errTooLarge = errors.New("more bytes than asked for")
	errPacking  = errors.New("packed in a way that was not asked for")
)

// readBody reads and unpacks a body. Neither what comes over the wire nor what it
// unpacks to may be larger than most, so that a bomb is dropped when it has
// grown to that.
func readBody(wire io.Reader, packing string, most int64) ([]byte, error) {
	r := io.Reader(&limited{r: wire, left: most})
	layers := strings.FieldsFunc(strings.ToLower(packing), func(c rune) bool { return c == ',' || c == ' ' })
	if len(layers) > maxPackings {
		return nil, fmt.Errorf("%w: %q", errPacking, packing)
	}
	for i := len(layers) - 1; i >= 0; i-- { // the last was put on last
		var err error
		if r, err = unpack(r, layers[i]); err != nil {
			return nil, err
		}
		r = &limited{r: r, left: most}
	}
	return io.ReadAll(r)
}

func unpack(r io.Reader, packing string) (io.Reader, error) {
	switch packing {
	case "identity":
		return r, nil
	case "gzip", "x-gzip":
		return gzip.NewReader(r)
	case "br":
		return brotli.NewReader(r), nil
	case "deflate":
		return inflate(r)
	}
	return nil, fmt.Errorf("%w: %q", errPacking, packing)
}

// inflate unpacks "deflate", which by the standard has zlib's frame and with some
// servers has none. The frame's first two bytes are a multiple of 31.
func inflate(r io.Reader) (io.Reader, error) {
	buffered := bufio.NewReader(r)
	head, err := buffered.Peek(2)
	if err == nil && head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
		return zlib.NewReader(buffered)
	}
	return flate.NewReader(buffered), nil
}

// limited gives errTooLarge when more than left bytes come, where [io.LimitReader]
// would take the cut for the end.
type limited struct {
	r    io.Reader
	left int64
}

// Read reads what is left.
func (l *limited) Read(p []byte) (int, error) {
	if int64(len(p)) > l.left+1 {
		p = p[:l.left+1]
	}
	n, err := l.r.Read(p)
	if l.left -= int64(n); l.left < 0 {
		return 0, errTooLarge
	}
	return n, err
}
