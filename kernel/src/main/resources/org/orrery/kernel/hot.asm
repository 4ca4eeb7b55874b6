; The tables that the processor reads in every ipc, in one page: one TLB entry. The offsets keep their cache sets
; apart from those of page directories and TCBs.

        phase "data"
hot_page:

%macro gate 2                                   ; handler, type and privilege
        dw      (%1 - $$ + IMAGE_BASE) & 0xFFFF, KERNEL_CODE
        dw      %2, (%1 - $$ + IMAGE_BASE) >> 16
%endmacro
KERNEL_GATE equ 0x8E00
USER_GATE   equ 0xEE00

idt:
%include "entries-idt.inc"
idt_end:

        align   16
gdt:                                            ; the pairs that INT and IRET read share a cache line
        dq      0
        dw      0, 0, 0x8900, 0                 ; TASK_STATE: filled in at boot
        dw      0xFFFF, 0, 0x9B00, 0x00CF       ; KERNEL_CODE
        dw      0xFFFF, 0, 0x9300, 0x00CF       ; KERNEL_DATA
        dw      0xFFFF, 0, 0xF900, 0x00CF       ; USER_CODE: execute only
        dw      0xFFFF, 0, 0xF300, 0x00CF       ; USER_DATA
gdt_end:

        align   16
tss:
        dd      0
.esp0:  dd      0
        dd      KERNEL_DATA
        times   22 dd 0
        dw      0, PORT_BITMAP - HOT_TSS

HOT_TSS         equ HOT_BASE + (tss - hot_page)
TSS_LIMIT       equ PORT_BITMAP - HOT_TSS + 2 * PAGE    ; the last byte is the one after the bitmap
tss_esp0        equ HOT_BASE + (tss.esp0 - hot_page)

gdt_pointer:
        dw      gdt_end - gdt - 1
        dd      HOT_BASE + (gdt - hot_page)
idt_pointer:
        dw      idt_end - idt - 1
        dd      HOT_BASE + (idt - hot_page)
