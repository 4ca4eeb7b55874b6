; What the kernel does for virtual 8086 mode. QEMU cannot run it: it lets IRETD enter that mode at privilege 3, which an
; i486 answers with #GP. See test.inc.

        bits 32
%include "test.inc"

%ifndef ORIGIN
%define ORIGIN 0x00230000
%endif
        org ORIGIN

section .text
global _start
_start:
        call    ask_console
        call    virtual_8086
        jmp     all_passed

VIRTUAL         equ 0x10000                     ; a page below 640 KB
EFLAGS_VM       equ 0x20000

virtual_8086:
        group   "virtual 8086 mode"
        mov     esi, code_16
        mov     edi, VIRTUAL
        mov     ecx, code_16_end - code_16
        cld
        rep     movsb
        lidt    [virtual_pointer]
        mov     [old_esp], esp
        push    dword 0                         ; GS, FS, DS, ES, SS, ESP, EFLAGS, CS, EIP
        push    dword 0
        push    dword VIRTUAL >> 4
        push    dword 0
        push    dword VIRTUAL >> 4
        push    dword 0x800
        push    dword EFLAGS_VM | 0x202
        push    dword VIRTUAL >> 4
        push    dword 0
        iretd
.monitor:                                       ; error, EIP, CS, EFLAGS, ESP, SS, ES, DS, FS, GS
        cmp     dword [esp + 4], code_16_end - code_16 - 1
        je      .over
        mov     [seen_eip], eax
        pop     dword [seen_error]
        add     dword [esp], 2                  ; the INT
        iretd
.over:
        mov     [left], eax
        mov     ecx, [esp + 4]
        mov     edx, [esp + 8]
        mov     ebx, [esp + 12]
        mov     esi, [esp + 28]
        mov     esp, [old_esp]
        expect  dword [seen_eip], 0x1234
        expect  dword [left], 0x1235
        expect  edx, VIRTUAL >> 4
        and     ebx, EFLAGS_VM
        expect  ebx, EFLAGS_VM
        expect  esi, VIRTUAL >> 4
        expect  word [VIRTUAL + 0x7FE], 0x1234  ; pushed
        jmp     passed

code_16:
        bits    16
        xor     eax, eax
        mov     ax, 0x1234
        push    ax
        int     0x21
        inc     ax
        hlt
        bits    32
code_16_end:

%include "test-report.inc"

                align 8
virtual_idt:    times   13 dq 0
                dw      (virtual_8086.monitor - _start + ORIGIN) & 0xFFFF, 0x23, 0xEE00
                dw      (virtual_8086.monitor - _start + ORIGIN) >> 16
virtual_pointer: dw     $ - virtual_idt - 1
                dd      virtual_idt
old_esp:        dd      0
seen_eip:       dd      0
seen_error:     dd      0
left:           dd      0
