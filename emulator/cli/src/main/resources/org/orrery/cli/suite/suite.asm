; A self-checking test of the i486 from the inside, organised by the chapters of its Programmer's Reference Manual. A multiboot
; image; each group of checks prints a line on COM1, each check that fails another. It writes 0 to port F4h if all passed, else 1.

        bits    32
BASE            equ 0x100000
LOW             equ 0x20000             ; where 16-bit code and its data are copied to, as segment 2000h of real mode
EXIT_PORT       equ 0xF4
        org     BASE
%define ADDR(label) (label - $$ + BASE)

MAGIC           equ 0x1BADB002
ADDRESSES       equ 1 << 16             ; this header says where to load

%include "macros.inc"

        align   4
header:
        dd      MAGIC, ADDRESSES, -(MAGIC + ADDRESSES)
        dd      header, BASE, image_end, image_end, _start

_start:
        mov     esp, stack
        cld
        call    open_serial
        mov     al, 0xFF                ; no interrupts from the board
        out     0x21, al
        out     0xA1, al
        mov     esi, low_start
        mov     edi, LOW
        mov     ecx, low_end - low_start
        rep     movsb
        mov     word [LOW + 0x10000], 0xCD | SERVICE << 8      ; where a CPU without limits would come to
        call    make_idt
        lgdt    [gdt_pointer]
        lidt    [idt_pointer]
        jmp     CODE0:.flat
.flat:
        mov     eax, DATA0
        mov     ds, ax
        mov     es, ax
        mov     fs, ax
        mov     gs, ax
        mov     ss, ax
        call    main_task
        xor     eax, eax
        lldt    ax

%include "protection.inc"
%include "interrupts.inc"
%include "tasks.inc"
%include "paging.inc"
%include "testability.inc"
%include "debugging.inc"
%include "priorities.inc"
%include "virtual.inc"
%include "alignment.inc"
%include "numerics.inc"
%include "floating.inc"
%include "real.inc"
%include "instructions.inc"

        call    end_group
        xor     eax, eax
        cmp     [all_failures], eax
        setne   al
        out     EXIT_PORT, al
        cli
        hlt

make_idt:
        mov     edi, idt
        mov     edx, stubs
        mov     ecx, 256
.gate:
        mov     eax, edx
        and     eax, 0xFFFF
        or      eax, CODE0 << 16
        stosd
        mov     eax, edx
        and     eax, 0xFFFF0000
        or      eax, 0x8E00
        stosd
        add     edx, STUB
        loop    .gate
        or      byte [idt + 3 * 8 + 5], 0x60
        or      byte [idt + 4 * 8 + 5], 0x60
        or      byte [idt + 5 * 8 + 5], 0x60
        or      byte [idt + SERVICE * 8 + 5], 0x60
        ret

%include "harness.inc"

low_start:
%include "low.inc"
low_end:

%include "tables.inc"
image_end:
