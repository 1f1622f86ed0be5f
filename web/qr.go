package web

import (
	"fmt"
	"strings"

	"github.com/boombuler/barcode/qr"

	"corroborate/web/views"
)

// qrCode draws a text as a QR code: one unit of the path for each module.
func qrCode(text string) (views.QRCode, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return views.QRCode{}, fmt.Errorf("web: QR code: %w", err)
	}
	size := code.Bounds().Dx()
	var path strings.Builder
	for y := range size {
		for x := 0; x < size; x++ {
			run := 0
			for x+run < size && dark(code.At(x+run, y).RGBA()) {
				run++
			}
			if run > 0 {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", x, y, run, run)
				x += run
			}
		}
	}
	return views.QRCode{Size: size, Path: path.String()}, nil
}

func dark(r, _, _, _ uint32) bool { return r == 0 }
