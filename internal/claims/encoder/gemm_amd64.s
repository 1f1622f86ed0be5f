#include "textflag.h"

// The sums of products of whole numbers, for processors with AVX2.
//
// VPMADDWD multiplies 16 pairs of 16-bit numbers and adds each two products, so
// one instruction takes a step of two along the inner dimension for 8 outputs.
// Six rows by sixteen columns keep twelve registers of sums busy; two hold the
// weights, one the broadcast pair of a row, one the products. The shape is that of
// Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication"
// (2008): a narrow panel of weights stays in the first cache while rows pass.

// One row: its next pair at MEM, its sums in LOW and HIGH.
#define ROW(MEM, LOW, HIGH) \
	VPBROADCASTD MEM, Y14;       \
	VPMADDWD     Y12, Y14, Y15;  \
	VPADDD       Y15, LOW, LOW;  \
	VPMADDWD     Y13, Y14, Y15;  \
	VPADDD       Y15, HIGH, HIGH

// One step of two numbers of each row, AT bytes on.
#define STEP(AT, WEIGHTS) \
	VMOVDQU WEIGHTS(DI), Y12;       \
	VMOVDQU (WEIGHTS+32)(DI), Y13;  \
	ROW(AT(SI), Y0, Y1);            \
	ROW(AT(SI)(R8*1), Y2, Y3);      \
	ROW(AT(SI)(R8*2), Y4, Y5);      \
	ROW(AT(R9), Y6, Y7);            \
	ROW(AT(R9)(R8*1), Y8, Y9);      \
	ROW(AT(R9)(R8*2), Y10, Y11)

// func multiplyAVX2(c *int32, a, b *int16, rows, pairs int)
TEXT ·multiplyAVX2(SB), NOSPLIT, $0-40
	MOVQ c+0(FP), DX
	MOVQ a+8(FP), BX
	MOVQ rows+24(FP), R10
	MOVQ pairs+32(FP), R11
	LEAQ (R11*4), R8 // bytes of a row of a

tile:
	MOVQ  BX, SI
	LEAQ  (BX)(R8*2), R9
	ADDQ  R8, R9
	MOVQ  b+16(FP), DI
	MOVQ  R11, CX
	VPXOR Y0, Y0, Y0
	VPXOR Y1, Y1, Y1
	VPXOR Y2, Y2, Y2
	VPXOR Y3, Y3, Y3
	VPXOR Y4, Y4, Y4
	VPXOR Y5, Y5, Y5
	VPXOR Y6, Y6, Y6
	VPXOR Y7, Y7, Y7
	VPXOR Y8, Y8, Y8
	VPXOR Y9, Y9, Y9
	VPXOR Y10, Y10, Y10
	VPXOR Y11, Y11, Y11

step:
	STEP(0, 0)
	STEP(4, 64)
	ADDQ $8, SI
	ADDQ $8, R9
	ADDQ $128, DI
	SUBQ $2, CX
	JNZ  step

	VMOVDQU Y0, (DX)
	VMOVDQU Y1, 32(DX)
	VMOVDQU Y2, 64(DX)
	VMOVDQU Y3, 96(DX)
	VMOVDQU Y4, 128(DX)
	VMOVDQU Y5, 160(DX)
	VMOVDQU Y6, 192(DX)
	VMOVDQU Y7, 224(DX)
	VMOVDQU Y8, 256(DX)
	VMOVDQU Y9, 288(DX)
	VMOVDQU Y10, 320(DX)
	VMOVDQU Y11, 352(DX)
	ADDQ    $384, DX
	LEAQ    (BX)(R8*4), BX // six rows on
	LEAQ    (BX)(R8*2), BX
	SUBQ    $6, R10
	JNZ     tile
	VZEROUPPER
	RET

// func scaleAVX2(out *float32, stride int, c *int32, rows int, rowScale, scaleAndBias *float32)
TEXT ·scaleAVX2(SB), NOSPLIT, $0-48
	MOVQ    out+0(FP), DI
	MOVQ    stride+8(FP), R8
	MOVQ    c+16(FP), SI
	MOVQ    rows+24(FP), CX
	MOVQ    rowScale+32(FP), DX
	MOVQ    scaleAndBias+40(FP), BX
	SHLQ    $2, R8
	VMOVUPS (BX), Y0
	VMOVUPS 32(BX), Y1
	VMOVUPS 64(BX), Y2
	VMOVUPS 96(BX), Y3

row:
	VBROADCASTSS (DX), Y4
	VCVTDQ2PS    (SI), Y5
	VCVTDQ2PS    32(SI), Y6
	VMULPS       Y0, Y5, Y5
	VMULPS       Y1, Y6, Y6
	VMULPS       Y4, Y5, Y5
	VMULPS       Y4, Y6, Y6
	VADDPS       Y2, Y5, Y5
	VADDPS       Y3, Y6, Y6
	VMOVUPS      Y5, (DI)
	VMOVUPS      Y6, 32(DI)
	ADDQ         $64, SI
	ADDQ         $4, DX
	ADDQ         R8, DI
	DECQ         CX
	JNZ          row
	VZEROUPPER
	RET
