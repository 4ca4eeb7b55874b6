; A guest without a kernel: says hello on COM1 and ends the run with status 0.
; orrery asm -f elf hello.asm && orrery run hello.elf

        org     0x100000
        global  _start

COM1    equ     0x3F8
STATUS  equ     COM1 + 5
EMPTY   equ     0x20                    ; the transmitter can take a character
EXIT    equ     0xF4

section .text
_start:
        mov     esi, text
        phase   "wait for the line"
.wait:
        mov     dx, STATUS
        in      al, dx
        test    al, EMPTY
        jz      .wait
        phase   "send"
        mov     al, [esi]
        inc     esi
        mov     dx, COM1
        out     dx, al
        cmp     byte [esi], 0
        jne     .wait
        phase   "end"
        mov     al, 0
        out     EXIT, al

section .data
text:   db      "hello, 486", 13, 10, 0
