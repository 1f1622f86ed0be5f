#include "textflag.h"

// The floats of the model, for processors with AVX2. Each function does what its
// sister in kernels_generic.go does, in the same order: products are rounded before
// they are added (no fused instructions), and eight lanes hold partial sums.

// Adds the lanes of Y0 into X0, using X1, in the order of fold.
#define FOLD \
	VEXTRACTF128 $1, Y0, X1;      \
	VADDPS       X1, X0, X0;      \
	VMOVHLPS     X0, X0, X1;      \
	VADDPS       X1, X0, X0;      \
	VMOVSHDUP    X0, X1;          \
	VADDSS       X1, X0, X0

// Takes the largest lane of Y0 into X0, using X1.
#define FOLDMAX \
	VEXTRACTF128 $1, Y0, X1;      \
	VMAXPS       X1, X0, X0;      \
	VMOVHLPS     X0, X0, X1;      \
	VMAXPS       X1, X0, X0;      \
	VMOVSHDUP    X0, X1;          \
	VMAXSS       X1, X0, X0

// The lines of constants behind BX, 32 bytes each.
#define LEAST  0(BX)
#define MOST   32(BX)
#define LOG2E  64(BX)
#define HIGH   96(BX)
#define LOW    128(BX)
#define TERM0  160(BX)
#define TERM1  192(BX)
#define TERM2  224(BX)
#define TERM3  256(BX)
#define TERM4  288(BX)
#define TERM5  320(BX)
#define ONE    352(BX)
#define LINEAR 384(BX)
#define CUBE   416(BX)

// Replaces Y4 by its exponential, using Y5 to Y7. Y15 holds ones.
#define EXPONENTIAL \
	VMAXPS     LEAST, Y4, Y4;   \
	VMINPS     MOST, Y4, Y4;    \
	VMULPS     LOG2E, Y4, Y5;   \
	VCVTPS2DQ  Y5, Y5;          \
	VCVTDQ2PS  Y5, Y6;          \
	VMULPS     HIGH, Y6, Y7;    \
	VSUBPS     Y7, Y4, Y4;      \
	VMULPS     LOW, Y6, Y7;     \
	VSUBPS     Y7, Y4, Y4;      \
	VMULPS     TERM0, Y4, Y6;   \
	VADDPS     TERM1, Y6, Y6;   \
	VMULPS     Y4, Y6, Y6;      \
	VADDPS     TERM2, Y6, Y6;   \
	VMULPS     Y4, Y6, Y6;      \
	VADDPS     TERM3, Y6, Y6;   \
	VMULPS     Y4, Y6, Y6;      \
	VADDPS     TERM4, Y6, Y6;   \
	VMULPS     Y4, Y6, Y6;      \
	VADDPS     TERM5, Y6, Y6;   \
	VMULPS     Y4, Y4, Y7;      \
	VMULPS     Y7, Y6, Y6;      \
	VADDPS     Y4, Y6, Y6;      \
	VADDPS     Y15, Y6, Y6;     \
	VPSLLD     $23, Y5, Y5;     \
	VPADDD     Y15, Y5, Y5;     \
	VMULPS     Y5, Y6, Y4

// func geluAVX2(x *float32, n int, constants *float32)
TEXT ·geluAVX2(SB), NOSPLIT, $0-24
	MOVQ    x+0(FP), DI
	MOVQ    n+8(FP), CX
	MOVQ    constants+16(FP), BX
	VMOVUPS ONE, Y15

next:
	VMOVUPS (DI), Y3
	VMULPS  Y3, Y3, Y4
	VMULPS  CUBE, Y4, Y4
	VADDPS  LINEAR, Y4, Y4
	VMULPS  Y3, Y4, Y4
	EXPONENTIAL
	VADDPS  Y15, Y4, Y4
	VDIVPS  Y4, Y3, Y3
	VMOVUPS Y3, (DI)
	ADDQ    $32, DI
	SUBQ    $8, CX
	JNZ     next
	VZEROUPPER
	RET

// func exponentialsAVX2(x *float32, n int, constants *float32, top float32) float32
TEXT ·exponentialsAVX2(SB), NOSPLIT, $0-36
	MOVQ         x+0(FP), DI
	MOVQ         n+8(FP), CX
	MOVQ         constants+16(FP), BX
	VBROADCASTSS top+24(FP), Y2
	VMOVUPS      ONE, Y15
	VXORPS       Y0, Y0, Y0

next:
	VMOVUPS (DI), Y4
	VSUBPS  Y2, Y4, Y4
	EXPONENTIAL
	VADDPS  Y4, Y0, Y0
	VMOVUPS Y4, (DI)
	ADDQ    $32, DI
	SUBQ    $8, CX
	JNZ     next
	FOLD
	VMOVSS  X0, ret+32(FP)
	VZEROUPPER
	RET

// func largestAVX2(x *float32, n int) float32
TEXT ·largestAVX2(SB), NOSPLIT, $0-20
	MOVQ    x+0(FP), SI
	MOVQ    n+8(FP), CX
	VMOVUPS (SI), Y0

next:
	VMAXPS (SI), Y0, Y0
	ADDQ   $32, SI
	SUBQ   $8, CX
	JNZ    next
	FOLDMAX
	VMOVSS X0, ret+16(FP)
	VZEROUPPER
	RET

// func largestSizeAVX2(x *float32, n int) float32
TEXT ·largestSizeAVX2(SB), NOSPLIT, $0-20
	MOVQ     x+0(FP), SI
	MOVQ     n+8(FP), CX
	VXORPS   Y0, Y0, Y0
	VPCMPEQD Y2, Y2, Y2
	VPSRLD   $1, Y2, Y2 // all bits but the sign

next:
	VANDPS (SI), Y2, Y1
	VMAXPS Y1, Y0, Y0
	ADDQ   $32, SI
	SUBQ   $8, CX
	JNZ    next
	FOLDMAX
	VMOVSS X0, ret+16(FP)
	VZEROUPPER
	RET

// func roundAVX2(q *int16, x *float32, n int, factor float32)
TEXT ·roundAVX2(SB), NOSPLIT, $0-28
	MOVQ         q+0(FP), DI
	MOVQ         x+8(FP), SI
	MOVQ         n+16(FP), CX
	VBROADCASTSS factor+24(FP), Y2

next:
	VMULPS    (SI), Y2, Y0
	VMULPS    32(SI), Y2, Y1
	VCVTPS2DQ Y0, Y0
	VCVTPS2DQ Y1, Y1
	VPACKSSDW Y1, Y0, Y0
	VPERMQ    $0xD8, Y0, Y0
	VMOVDQU   Y0, (DI)
	ADDQ      $64, SI
	ADDQ      $32, DI
	SUBQ      $16, CX
	JNZ       next
	VZEROUPPER
	RET

// func addAVX2(x, y *float32, n int) float32
TEXT ·addAVX2(SB), NOSPLIT, $0-28
	MOVQ   x+0(FP), DI
	MOVQ   y+8(FP), SI
	MOVQ   n+16(FP), CX
	VXORPS Y0, Y0, Y0

next:
	VMOVUPS (DI), Y1
	VADDPS  (SI), Y1, Y1
	VMOVUPS Y1, (DI)
	VADDPS  Y1, Y0, Y0
	ADDQ    $32, SI
	ADDQ    $32, DI
	SUBQ    $8, CX
	JNZ     next
	FOLD
	VMOVSS  X0, ret+24(FP)
	VZEROUPPER
	RET

// func squaresAVX2(x *float32, n int, mean float32) float32
TEXT ·squaresAVX2(SB), NOSPLIT, $0-28
	MOVQ         x+0(FP), SI
	MOVQ         n+8(FP), CX
	VBROADCASTSS mean+16(FP), Y2
	VXORPS       Y0, Y0, Y0

next:
	VMOVUPS (SI), Y1
	VSUBPS  Y2, Y1, Y1
	VMULPS  Y1, Y1, Y1
	VADDPS  Y1, Y0, Y0
	ADDQ    $32, SI
	SUBQ    $8, CX
	JNZ     next
	FOLD
	VMOVSS  X0, ret+24(FP)
	VZEROUPPER
	RET

// func normaliseAVX2(x, weight, bias *float32, n int, mean, factor float32)
TEXT ·normaliseAVX2(SB), NOSPLIT, $0-40
	MOVQ         x+0(FP), DI
	MOVQ         weight+8(FP), SI
	MOVQ         bias+16(FP), DX
	MOVQ         n+24(FP), CX
	VBROADCASTSS mean+32(FP), Y2
	VBROADCASTSS factor+36(FP), Y3

next:
	VMOVUPS (DI), Y1
	VSUBPS  Y2, Y1, Y1
	VMULPS  Y3, Y1, Y1
	VMULPS  (SI), Y1, Y1
	VADDPS  (DX), Y1, Y1
	VMOVUPS Y1, (DI)
	ADDQ    $32, SI
	ADDQ    $32, DX
	ADDQ    $32, DI
	SUBQ    $8, CX
	JNZ     next
	VZEROUPPER
	RET

// func timesAVX2(out, x *float32, n int, factor float32)
TEXT ·timesAVX2(SB), NOSPLIT, $0-28
	MOVQ         out+0(FP), DI
	MOVQ         x+8(FP), SI
	MOVQ         n+16(FP), CX
	VBROADCASTSS factor+24(FP), Y2

next:
	VMULPS  (SI), Y2, Y0
	VMOVUPS Y0, (DI)
	ADDQ    $32, SI
	ADDQ    $32, DI
	SUBQ    $8, CX
	JNZ     next
	VZEROUPPER
	RET

// One row of a: its next number at MEM, its sums in LEFT and RIGHT.
#define ROW(MEM, LEFT, RIGHT) \
	VBROADCASTSS MEM, Y14;           \
	VMULPS       Y12, Y14, Y15;      \
	VADDPS       Y15, LEFT, LEFT;    \
	VMULPS       Y13, Y14, Y15;      \
	VADDPS       Y15, RIGHT, RIGHT

// func outerAVX2(c *float32, cStride int, a *float32, aStride int, b *float32, bStride, n int)
TEXT ·outerAVX2(SB), NOSPLIT, $0-56
	MOVQ   c+0(FP), DX
	MOVQ   cStride+8(FP), R10
	MOVQ   a+16(FP), SI
	MOVQ   aStride+24(FP), R8
	MOVQ   b+32(FP), DI
	MOVQ   bStride+40(FP), R11
	MOVQ   n+48(FP), CX
	SHLQ   $2, R8
	SHLQ   $2, R10
	SHLQ   $2, R11
	LEAQ   (SI)(R8*2), R9
	ADDQ   R8, R9
	VXORPS Y0, Y0, Y0
	VXORPS Y1, Y1, Y1
	VXORPS Y2, Y2, Y2
	VXORPS Y3, Y3, Y3
	VXORPS Y4, Y4, Y4
	VXORPS Y5, Y5, Y5
	VXORPS Y6, Y6, Y6
	VXORPS Y7, Y7, Y7
	VXORPS Y8, Y8, Y8
	VXORPS Y9, Y9, Y9
	VXORPS Y10, Y10, Y10
	VXORPS Y11, Y11, Y11

next:
	VMOVUPS (DI), Y12
	VMOVUPS 32(DI), Y13
	ROW((SI), Y0, Y1)
	ROW((SI)(R8*1), Y2, Y3)
	ROW((SI)(R8*2), Y4, Y5)
	ROW((R9), Y6, Y7)
	ROW((R9)(R8*1), Y8, Y9)
	ROW((R9)(R8*2), Y10, Y11)
	ADDQ    $4, SI
	ADDQ    $4, R9
	ADDQ    R11, DI
	DECQ    CX
	JNZ     next

	VMOVUPS Y0, (DX)
	VMOVUPS Y1, 32(DX)
	VMOVUPS Y2, (DX)(R10*1)
	VMOVUPS Y3, 32(DX)(R10*1)
	LEAQ    (DX)(R10*2), DX
	VMOVUPS Y4, (DX)
	VMOVUPS Y5, 32(DX)
	VMOVUPS Y6, (DX)(R10*1)
	VMOVUPS Y7, 32(DX)(R10*1)
	LEAQ    (DX)(R10*2), DX
	VMOVUPS Y8, (DX)
	VMOVUPS Y9, 32(DX)
	VMOVUPS Y10, (DX)(R10*1)
	VMOVUPS Y11, 32(DX)(R10*1)
	VZEROUPPER
	RET
