; What the kernel does with exceptions: handlers of a thread's own, threads that are halted, the FPU and the debug
; registers of threads. See test.inc.

        bits 32
%include "test.inc"
%include "thread.inc"

%ifndef ORIGIN
%define ORIGIN 0x00230000
%endif
        org ORIGIN

%macro gate 1
        dw      (%1 - _start + ORIGIN) & 0xFFFF, 0x23, 0xEE00, (%1 - _start + ORIGIN) >> 16
%endmacro

; what the handler saw: vector, where
%macro expect_exception 2
        expect  dword [seen_vector], %1
        expect  dword [seen_eip], %2
%endmacro

section .text
global _start
_start:
        call    ask_console
        call    without_handler
        call    divide
        call    undefined
        call    traps
        call    bounds
        call    protection
        call    single_step
        call    fresh_stack
        call    bad_stacks
        call    breakpoints
        call    fpu
        call    fpu_error
        jmp     all_passed

; Handlers: they note what they got and go on at [go_on].
handler_0:
        mov     dword [seen_vector], 0
        jmp     plain
handler_1:
        mov     dword [seen_vector], 1
        jmp     plain
handler_3:
        mov     dword [seen_vector], 3
        jmp     plain
handler_4:
        mov     dword [seen_vector], 4
        jmp     plain
handler_5:
        mov     dword [seen_vector], 5
        jmp     plain
handler_16:
        mov     dword [seen_vector], 16
        jmp     plain
handler_6:
        mov     dword [seen_vector], 6
plain:
        pop     dword [seen_eip]
        pop     dword [seen_cs]
        pop     dword [seen_flags]
        mov     esp, [old_esp]
        jmp     [go_on]
handler_13:
        mov     dword [seen_vector], 13
        pop     dword [seen_error]
        jmp     plain

; Goes on after the next instruction's exception at the label given.
%macro survive 1
        lidt    [idt_pointer]
        mov     [old_esp], esp
        mov     dword [go_on], %1
%endmacro

without_handler:
        group   "no handler: halted"
        start   1, .undefined
        call    let_run
        expect_state 1, 0xF
        start   1, .with_table
        call    let_run
        expect_state 1, 0xF
        jmp     passed
.with_table:
        lidt    [empty_pointer]
.undefined:
        db      0x0F, 0x0B

divide:
        group   "divide error"
        survive .next
        xor     ecx, ecx
.there:
        div     ecx
.next:
        expect_exception 0, divide.there
        expect  dword [seen_cs], 0x23
        test    dword [seen_flags], 0x202
        setnz   al
        expect  al, 1
        jmp     passed

undefined:
        group   "undefined instruction, LIDT through a register"
        mov     eax, idt_pointer
        lidt    [eax]
        mov     [old_esp], esp
        mov     dword [go_on], .next
.there:
        db      0x0F, 0x0B
.next:
        expect_exception 6, undefined.there
        jmp     passed

traps:
        group   "INT3 and INTO"
        survive .next
        int3
.next:
        expect_exception 3, traps.next
        survive .last
        mov     al, 0x7F
        inc     al
        into
.last:
        expect_exception 4, traps.last
        jmp     passed

bounds:
        group   "BOUND"
        survive .next
        mov     eax, -1
.there:
        bound   eax, [limits]
.next:
        expect_exception 5, bounds.there
        jmp     passed

protection:
        group   "general protection with its error code"
        survive .next
.there:
        int     0x40
.next:
        expect_exception 13, protection.there
        expect  dword [seen_error], 0x40 * 8 + 2
        survive .last
.halt:
        hlt
.last:
        expect_exception 13, protection.halt
        expect  dword [seen_error], 0
        jmp     passed

single_step:
        group   "single step"
        survive .next
        pushfd
        or      dword [esp], 0x100
        popfd
        nop
.there:
        nop
.next:
        expect_exception 1, single_step.there
        test    dword [seen_flags], 0x100
        setnz   al
        expect  al, 1
        pushfd
        pop     eax
        and     eax, 0x100
        expect  eax, 0
        jmp     passed

FRESH           equ 0x00700000                  ; nobody has touched it

fresh_stack:
        group   "a stack that has to be mapped first"
        survive .next
        mov     esp, FRESH + PAGE
        int3
.next:
        expect_exception 3, fresh_stack.next
        jmp     passed

bad_stacks:
        group   "bad stacks halt"
        start   1, .kernel
        call    let_run
        expect_state 1, 0xF
        start   1, .zero
        call    let_run
        expect_state 1, 0xF
        start   1, .last
        call    let_run
        expect_state 1, 0xF
        jmp     passed
.kernel:
        lidt    [idt_pointer]
        mov     esp, 0xE0000000
        int3
.zero:
        lidt    [idt_pointer]
        xor     esp, esp
        int3
.last:
        lidt    [far_pointer]
        int3

breakpoints:
        group   "debug registers of threads"
        survive .next
        mov     eax, watched
        mov     dr0, eax
        mov     eax, 0x000D0001                 ; writes of four bytes
        mov     dr7, eax
        mov     eax, dr0
        expect  eax, watched
        mov     dword [watched], 1
.next:
        expect  dword [seen_vector], 1
        mov     eax, dr6
        and     eax, 0xF
        expect  eax, 1
        mov     dword [seen_vector], -1
        start   1, .other
        ipc     L4_NO_IPC, SECOND, 0, 0, 0, own(1)
        expect  eax, 0
        expect  dword [watched], 2
        expect  dword [seen_vector], -1         ; it was another thread
        survive .again
        mov     dword [watched], 3              ; it is still set
.again:
        expect  dword [seen_vector], 1
        xor     eax, eax
        mov     dr7, eax
        mov     dword [seen_vector], -1
        mov     dword [watched], 4
        expect  dword [seen_vector], -1
        survive .refused
        mov     eax, 0xF0100000                 ; the kernel is not watched
        mov     dr1, eax
.refused:
        expect  dword [seen_vector], 13
        jmp     passed
.other:
        mov     dword [watched], 2
        ipc     L4_SHORT, L4_NEVER, 0, 0, L4_NO_IPC, L4_ROOT_LOW
        jmp     sleep

fpu:
        group   "the FPU, thread by thread"
        start   1, .server
        fninit
        fld1
        fldpi
        mov     dword [left], 10
.next:
        ipc     L4_SHORT, L4_NEVER, 0, 0, 0, own(1)
        expect  eax, 0
        ipc     L4_SHORT, SECOND, 0, 0, 0, own(1)
        expect  eax, 0
        dec     dword [left]
        jnz     .next
        fldpi
        fcomp   st1
        fnstsw  ax
        and     ah, 0x45
        expect  ah, 0x40                        ; equal
        fstp    st0
        fistp   dword [left]
        expect  dword [left], 1
        expect  edx, 20
        jmp     passed
.server:
        fninit
        fldz
        ipc     L4_NO_IPC, L4_NEVER, 0, 0, L4_RECEIVE_OPEN, L4_NIL
.serve:
        fld1
        faddp   st1, st0
        fist    dword [sum]
        ipc     L4_SHORT, L4_NEVER, [sum], 0, L4_RECEIVE_OPEN, L4_ROOT_LOW
        jmp     .serve

fpu_error:
        group   "an error of the FPU"
        survive .next
        fninit
        fldcw   [divisions]
        fld1
        fldz
        fdivp   st1, st0
.there:
        fwait
.next:
        expect_exception 16, fpu_error.there
        fnstsw  ax
        and     eax, 0x84                       ; an error, a division by zero
        expect  eax, 0x84
        fninit
        jmp     passed

%include "test-report.inc"

                align 8
idt:            gate    handler_0
                gate    handler_1
                dq      0
                gate    handler_3
                gate    handler_4
                gate    handler_5
                gate    handler_6
                times   6 dq 0
                gate    handler_13
                times   2 dq 0
                gate    handler_16
idt_pointer:    dw      $ - idt - 1
                dd      idt
empty_pointer:  dw      7
                dd      idt
far_pointer:    dw      0xFFFF
                dd      0xFFFFFF00
old_esp:        dd      0
go_on:          dd      0
seen_vector:    dd      0
seen_eip:       dd      0
seen_cs:        dd      0
seen_flags:     dd      0
seen_error:     dd      0
limits:         dd      0, 100
divisions:      dw      0x37B                   ; by zero are not masked
watched:        dd      0
left:           dd      0
sum:            dd      0
                align 16
stacks:         times THREADS * STACK db 0
