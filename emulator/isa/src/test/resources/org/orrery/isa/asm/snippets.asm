;;;; Sources whose bytes are compared with NASM's; see SnippetsTest.
;;; numbers
dd 10, 0x10, 10h, 0FFh, $0f, 0b101, 101b, 17o, 17q, 0o17, 0q17, 0d19, 19d, 0h1F, 0y11, 11y, 1_000_000, 0xDEAD_BEEF
dd 0t12, 12t, 0xB, 0b1h, 1bh
dq 0x123456789ABCDEF0, -1
;;; characters and strings
db 'a', "b", `c\n\t\x41\101\e\\\'\0`, 'it"s', "it's"
dw 'ab', 'abc', 'a'
dd 'abcd', 'abcde', "ab"
mov ax, 'ab'
bits 32
mov eax, 'abcd'
cmp al, 'x'
db 'a'+1, 'ab'-'aa'
;;; floating point
dd 1.0, -2.5, 1.6e11, 3.1415926535897932
dq 1.0, -2.5e-3, 1e100, 0.1
dt 1.0, -0.1, 1e4000, 3.1415926535897932384626433832795028841971
;;; precedence
dd 1+2*3, (1+2)*3, 10-3-2, 100/7/2, 1<<4+1, 1|2^3&6, 7&3|8, ~0>>60, -7//2, -7 %% 3, 7 % 3, 2*3 % 4
dd 5 & ~4, - - 5, !5, !0, ~5 & 0xFF, -1 >> 60
dd 1 == 1, 1 = 2, 1 != 2, 1 <> 1, 3 < 4, 4 <= 4, 5 > 6, 5 >= 5, -1 < 1
dd 1 && 0, 1 || 0, 1 ^^ 1, 2 && 3
dd 1 ? 2 : 3, 0 ? 2 : 3 ? 4 : 5
;;; here and base
org 0x100
nop
dd $, $$, $-$$
dw $-$$, $
times 3 dw $-$$
times 40-($-$$) db 0xAA
jmp $
times 2 jmp $
x: dd x, x-$$, y-x
y:
;;; labels
bits 32
global a
a: nop
.one: jmp .one
.two jmp .two
b:
.one: jmp a.one
jmp .one
jmp a.two
..@here: jmp ..@here
jmp .one
$mov: jmp $mov
c?_x#y: dd c?_x#y
;;; local labels and equ
bits 32
a:
val equ 5
.l: jmp .l
.k equ 7
b: db a.k, val
jmp a.l
;;; forward equ
bits 32
add eax, k
push k
mov [ebx + k], al
mov byte [ebx + j], k
k equ 5
j equ k*100
dd j
;;; branches
bits 32
l0: jz near l0
jz l0
jmp l2
times 120 nop
jz l1
times 126 nop
l1: loop l1
jmp short l2
jecxz l2
jcxz l2
l2: call l0
call l3
jmp l3
times 300 nop
l3: jnz l1
;;; branches that pull each other out of reach
bits 32
%assign i 0
%rep 20
jmp l %+ i
jz end
times 122-i nop
l %+ i: nop
%assign i i+1
%endrep
end:
;;; branches in a chain
bits 16
%assign i 0
%rep 40
%assign j i+9
jmp lab%+j
lab%+i: times 12 nop
%assign i i+1
%endrep
%rep 9
lab%+i: nop
%assign i i+1
%endrep
;;; data with padding
dw 'abc'
dd 1, 'abcdef', 2
db 1, 2, 'xyz', -1, 255
dq 'abc'
;;; reserved space in a section with bytes
db 1
resb 3
dw 2
resw 2
resd 1
resq 1
db 3
;;; times
times 3 db 1, 2
bits 32
times 2 mov eax, ebx
times 0 db 5
label: times 2 dd label
;;; align
db 1
align 4
db 2
align 8, db 0xCC
db 3
alignb 4
db 4
align 16
align 16
db 5
align 4, int3
;;; structures
struc tcb
.state: resb 1
.kind: resb 1
alignb 4
.stack: resd 2
.link resw 1
endstruc
struc second, 8
.a: resd 1
.b: resd 1
endstruc
dw tcb.stack, tcb.link, tcb_size, second.a, second.b, second_size, tcb
istruc tcb
at tcb.state, db 1
at tcb.stack, dd 2, 3
at tcb.link, dw 4
iend
istruc tcb
at tcb.kind, db 5
iend
bits 32
mov eax, [ebx + tcb.stack]
mov al, [ebx + tcb.state]
;;; absolute
absolute 0x400
av: resw 1
aw: resd 1
.local: resb 1
az:
section .text
dw av, aw, aw.local, az, az-av
mov ax, [aw]
bits 32
mov eax, [ebx + aw]
push az
;;; sections
org 0x1000
section .data
d: dd d, b, t
section .text
t: dd t, d
section .bss
b: resb 10
c: resd 1
section .data
dd c, e
section extra align=32
e: dd e
section .text
db 1
;;; sections with addresses
section .text start=0x1000 vstart=0x8000
t: dd t, d, section.high.start, section.high.vstart, section..text.start
section high vstart=0xF0000000 align=16
h: dd h, t
jmp t
section .data
d: dd d, h, z
section zero nobits
z: resb 100
;;; sections that follow
org 0x7C00
section .text
dd 0
section one align=8
dd 1, one_label
one_label:
section two follows=.text align=16
dd 2
section three vfollows=one
t3: dd t3
section .bss nobits follows=three align=64
b: resb 4
section .text
dd b
;;; sections with start
section .text
dd 1
section late start=0x100
dd 2
section middle start=0x40
dd 3
section after align=2
a: dd a
;;; segment and use16
segment .text
use16
mov ax, bx
use32
mov ax, bx
[bits 16]
mov eax, ebx
[section .data]
db 1
__SECT__
db 2
;;; section and absolute with __SECT__
section .data
db 1
[absolute 5]
x: resb 1
__SECT__
db x
section .text
db 3
;;; defines
%define A 5
%define B A+1
%define F(x) x*2
%define G(x,y) (F(x)+y)
%define H() 7
%xdefine C B
%define A 6
db A, B, C, F(3), F(A), G(1,2), G(F(2),A), H()
%undef A
A: db 1
%idefine foo 9
db FOO, foo, Foo
%define rec rec+1
%define empty
empty db empty 1 empty
%define two(a) a
%define two(a,b) a+b
db two(1), two(1,2)
db F
F equ 2
;;; assign and expressions
%assign i 1
%assign i i+1
%assign j i<<4
%assign k -5
%assign l (3*4) - i
db i, j, k, l, -k
%iassign M 4
db m, M
;;; assign sees addresses
bits 32
start: nop
jmp far_away
%assign here $-$$
dd here
%if $-$$ > 4
db 1
%else
db 2
%endif
times 200 db 0
far_away:
%if far_away-start < 220
db 3
%endif
;;; paste
%define name(x) pre_ %+ x
%define n 5
name(a): db 1
pre_a %+ _b: db 2
dw pre_a, pre_a_b
l %+ n: dw l5
db 1 %+ 2
;;; macros
%macro put 1
db %1
%endmacro
%macro put 2
db %2, %1
%endmacro
%macro many 1-*
%rep %0
db %1
%rotate 1
%endrep
%endmacro
%macro dflt 1-3 7, {8, 9}
db %0, %1, %2, %3
%endmacro
%macro greedy 2+
db %1
db %2
%endmacro
%macro local 0
%%a: jmp %%a
jmp %%b
%%b:
%endmacro
put 1
put 1, 2
many 1, 2, 3, 4
dflt 1
dflt 1, 2
dflt 1, 2, 3
greedy 1, 2, 3, 'x,y'
put {5, 6}
local
local
lab: put 3
lab2 put 4
dw lab, lab2
;;; macros with parts of names
%macro reg 2
mov e%1x, e%2x
mov %1l, %2h
lab_%1: dd lab_%1
lab%1_%2%0: dd lab%1_%2%0
%endmacro
bits 32
reg a, b
reg c, d
;;; macros with conditions
%macro jump 2
j%+1 %2
j%-1 %2
%endmacro
bits 32
x: jump z, x
jump ae, x
jump nle, x
;;; macros named as instructions
bits 32
%macro push 2
push %1
push %2
%endmacro
push eax, ebx
push ecx
%imacro RET2 0
ret
%endmacro
ret2
;;; nested macros
%macro outer 1
%macro inner_%1 1
db %1, 100
%endmacro
inner_%1 %1
%endmacro
outer 5
inner_5 6
%macro a 1
b %1, 1
%endmacro
%macro b 2
%if %1 > 2
db %1
%else
db %2
%endif
%endmacro
a 1
a 5
;;; unmacro and exit
%macro m 0
db 1
%endmacro
m
%unmacro m 0
%macro n 1
db 2
%if %1
%exitmacro
%endif
db 3
%endmacro
n 0
n 1
;;; repetition
%assign i 0
%rep 5
db i
%assign i i+1
%if i = 3
%exitrep
%endif
%endrep
%rep 3
%rep 2
db 7
%endrep
db 8
%endrep
%rep 0
db 9
%endrep
;;; conditions
%define D
%if 1
db 1
%elif 1
db 2
%else
db 3
%endif
%if 0
db 1
%if 1
db 99
%else
db 98
%endif
%elif 0
db 2
%else
db 3
%endif
%ifdef D
db 4
%endif
%ifndef D
db 5
%elifdef D
db 6
%endif
%ifndef E
db 7
%endif
%if 0
%elifndef E
db 8
%endif
%if 2 > 1 && 3 == 3
db 9
%endif
;;; conditions on tokens
%macro kind 1
%ifnum %1
db 1
%elifid %1
db 2
%elifstr %1
db 3
%else
db 4
%endif
%endmacro
kind 5
kind eax
kind 'x'
kind [ebx]
%macro same 2
%ifidn %1, %2
db 1
%elifidni %1, %2
db 2
%else
db 3
%endif
%endmacro
same a, a
same a, A
same a, b
same {a, b}, c
%ifmacro kind
db 5
%endif
%ifmacro kind 1
db 6
%endif
%ifnmacro nothing
db 7
%endif
%ifempty
db 8
%endif
%ifnempty x
db 9
%endif
%iftoken x
db 10
%endif
%ifntoken x y
db 11
%endif
;;; strings
%define s 'hello'
%strlen n s
%substr c s 2
%substr d s 2, 3
%substr e s 2, -2
%strcat f 'ab', "cd", 'e'
%defstr g some text
db n, c, d, e, f, g
%strlen m 'four'
db m
%deftok h 'db 5'
h
;;; include
%include "some.inc"
%include "some.inc"
db SOME
;;; incbin
db 1
incbin "data.bin"
incbin "data.bin", 7
incbin "data.bin", 2, 3
times 2 incbin "data.bin", 8
;;; contexts
%push outer
%$lab: dw %$lab
%define %$x 5
db %$x
%push inner
%$lab: dw %$lab, %$$lab
%define %$x 6
db %$x, %$$x
%ifctx inner
db 1
%endif
%pop
%ifctx inner
db 2
%else
db 3
%endif
dw %$lab
%pop
;;; blocks with contexts
bits 32
%macro IF 1
%push if
j%-1 %$else
%endmacro
%macro ELSE 0
%ifctx if
%repl else
jmp %$end
%$else:
%endif
%endmacro
%macro ENDIF 0
%ifctx if
%$else:
%else
%$end:
%endif
%pop
%endmacro
cmp eax, 1
IF e
mov ebx, 1
cmp ecx, 2
IF b
inc ecx
ENDIF
ELSE
mov ebx, 2
ENDIF
ret
;;; lines that go on
%define long(a, b) \
    a, \
    b
db long(1, \
  2)
%macro m 2
db %1, \
   %2
%endmacro
m 3, \
  4
;;; line and file
db __LINE__
db __LINE__
%macro m 0
db 1
%endmacro
m
;;; prefixes
bits 32
rep movsb
repe cmpsd
repne scasw
lock add [ebx], eax
lock cmpxchg [ebx], ecx
es mov al, [ebx]
es lodsb
o16 push es
o16 ret
a16 rep stosd
a16 loop $
cs
lock
rep
o16
mov ax, [fs:ebx+4]
jmp far [gs:4]
;;; operand sizes
bits 32
mov [ebx], dword 5
add word [ebx], 5
add [ebx], byte 5
inc dword [ebx]
push dword [ebx]
push word 5
push byte 5
push strict dword 5
mov dword [ebx], 5
imul eax, 5
imul eax, ebx, 500
imul eax, [ebx], 5
imul cx, dx, -1
shl dword [ebx], 1
shl byte [ebx], cl
shl eax, 5
rcl word [ebx], 3
fld dword [ebx]
fld qword [ebx]
fld tword [ebx]
fild word [ebx]
movzx eax, byte [ebx]
movsx ecx, word [ebx]
enter 16, 0
test eax, [ebx]
xchg [ebx], eax
xchg ecx, eax
call [ebx]
jmp [ebx]
call far [ebx]
jmp 8:0x1234
call dword 8:0x1234
jmp word 8:0x1234
ret 4
retf
retf 8
int 0x30
int3
in al, 0x60
in eax, dx
out 0x20, al
out dx, ax
mov eax, cr0
mov cr3, eax
mov dr7, ecx
mov ds, ax
mov ds, eax
mov ax, ds
push fs
lgdt [ebx]
lea eax, [ebx+ecx*4+5]
bswap ecx
fstsw ax
fnstsw ax
fstsw [ebx]
finit
fadd st0, st3
fadd st3, st0
fadd to st3
fadd st3
fadd dword [ebx]
faddp
faddp st3
faddp st3, st0
fxch
fcomp st2
fucompp
;;; 16-bit boot sector
bits 16
org 0x7C00
start: cli
xor ax, ax
mov ds, ax
mov ss, ax
mov sp, start
lgdt [gdtr]
mov eax, cr0
or al, 1
mov cr0, eax
jmp dword 8:protected
bits 32
protected: mov ax, 16
mov ds, eax
mov esp, 0x90000
jmp $
align 8
gdt: dq 0
dw 0xFFFF, 0, 0x9A00, 0xCF
dw 0xFFFF, 0, 0x9200, 0xCF
gdtr: dw gdtr-gdt-1
dd gdt
times 510-($-$$) db 0
dw 0xAA55
;;; effective addresses with hints
bits 32
mov eax, [esi+ecx]
mov eax, [ecx+esi]
mov eax, [esi*1+ecx]
mov eax, [5+esi+ecx]
mov eax, [5+6+esi+ecx]
mov eax, [esi+ecx-1-2]
mov eax, [esi+ecx+lab+1]
mov eax, [lab+esi+ecx]
mov eax, [esi-esi+ecx+ebx]
mov eax, [esi*3-esi*2+ecx]
mov eax, [(esi+ecx)*1]
mov eax, [esi*2+esi]
mov eax, [ebp*2+esp]
mov eax, [esp*1+ebp]
mov eax, [eax+eax*4]
mov eax, [eax*5]
mov eax, [eax*9+1]
mov eax, [nosplit eax+eax]
mov eax, [ebp+eax*1]
mov eax, [eax+ebp]
mov ax, [si+bx]
mov ax, [bx+2+si+2]
mov ax, [di+bp-1]
mov [0x12345678], eax
mov [0x12345678], ecx
lab:
