#include "textflag.h"

// The same sums for processors with AVX512-VNNI: VPDPWSSD multiplies 32 pairs
// and adds the products to 16 sums in one instruction. Twelve rows by two panels
// keep 24 registers of sums; Z24 and Z25 hold the weights, Z26 the pair of a row.

// One row: its next pair at MEM, its sums in LEFT and RIGHT.
#define ROW(MEM, LEFT, RIGHT) \
	VPBROADCASTD MEM, Z26;             \
	VPDPWSSD     Z24, Z26, LEFT;       \
	VPDPWSSD     Z25, Z26, RIGHT

// One step of two numbers of each row, AT bytes on.
#define STEP(AT, WEIGHTS) \
	VMOVDQU32 WEIGHTS(DI), Z24;        \
	VMOVDQU32 WEIGHTS(R15), Z25;       \
	ROW(AT(SI), Z0, Z1);               \
	ROW(AT(SI)(R8*1), Z2, Z3);         \
	ROW(AT(SI)(R8*2), Z4, Z5);         \
	ROW(AT(R9), Z6, Z7);               \
	ROW(AT(R9)(R8*1), Z8, Z9);         \
	ROW(AT(R9)(R8*2), Z10, Z11);       \
	ROW(AT(R12), Z12, Z13);            \
	ROW(AT(R12)(R8*1), Z14, Z15);      \
	ROW(AT(R12)(R8*2), Z16, Z17);      \
	ROW(AT(R13), Z18, Z19);            \
	ROW(AT(R13)(R8*1), Z20, Z21);      \
	ROW(AT(R13)(R8*2), Z22, Z23)

#define CLEAR(A, B, C, D) \
	VPXORD A, A, A;  \
	VPXORD B, B, B;  \
	VPXORD C, C, C;  \
	VPXORD D, D, D

#define STORE(AT, LEFT, RIGHT) \
	VMOVDQU32 LEFT, AT(DX);  \
	VMOVDQU32 RIGHT, AT(R14)

// func multiplyVNNI(c *int32, a, b *int16, rows, pairs int)
TEXT ·multiplyVNNI(SB), NOSPLIT, $0-40
	MOVQ c+0(FP), DX
	MOVQ a+8(FP), BX
	MOVQ rows+24(FP), R10
	MOVQ pairs+32(FP), R11
	LEAQ (R11*4), R8      // bytes of a row of a
	MOVQ R10, R14
	SHLQ $6, R14
	ADDQ DX, R14          // the sums of the second panel

tile:
	MOVQ BX, SI
	LEAQ (R8)(R8*2), CX
	LEAQ (SI)(CX*1), R9
	LEAQ (R9)(CX*1), R12
	LEAQ (R12)(CX*1), R13
	MOVQ b+16(FP), DI
	MOVQ R11, R15
	SHLQ $6, R15
	ADDQ DI, R15          // the second panel
	MOVQ R11, CX
	CLEAR(Z0, Z1, Z2, Z3)
	CLEAR(Z4, Z5, Z6, Z7)
	CLEAR(Z8, Z9, Z10, Z11)
	CLEAR(Z12, Z13, Z14, Z15)
	CLEAR(Z16, Z17, Z18, Z19)
	CLEAR(Z20, Z21, Z22, Z23)

step:
	STEP(0, 0)
	STEP(4, 64)
	ADDQ $8, SI
	ADDQ $8, R9
	ADDQ $8, R12
	ADDQ $8, R13
	ADDQ $128, DI
	ADDQ $128, R15
	SUBQ $2, CX
	JNZ  step

	STORE(0, Z0, Z1)
	STORE(64, Z2, Z3)
	STORE(128, Z4, Z5)
	STORE(192, Z6, Z7)
	STORE(256, Z8, Z9)
	STORE(320, Z10, Z11)
	STORE(384, Z12, Z13)
	STORE(448, Z14, Z15)
	STORE(512, Z16, Z17)
	STORE(576, Z18, Z19)
	STORE(640, Z20, Z21)
	STORE(704, Z22, Z23)
	ADDQ $768, DX
	ADDQ $768, R14
	LEAQ (R8)(R8*2), CX
	LEAQ (BX)(CX*4), BX   // twelve rows on
	SUBQ $12, R10
	JNZ  tile
	VZEROUPPER
	RET
