; The tables that the processor reads in every ipc. They share a page with the ipc code, and so one TLB entry.

        phase

%macro gate 2                                   ; handler, type and privilege
        dw      (%1 - $$ + IMAGE_BASE) & 0xFFFF, KERNEL_CODE
        dw      %2, (%1 - $$ + IMAGE_BASE) >> 16
%endmacro
KERNEL_GATE equ 0x8E00
USER_GATE   equ 0xEE00

idt:
%include "gates.inc"
idt_end:

        page_break
        align   16
gdt:                                            ; the pairs that INT and IRET read share a cache line
        dq      0
        dw      0, 0, 0x8900, 0                 ; TASK_STATE: filled in at boot
        dw      0xFFFF, 0, 0x9B00, 0x00CF       ; KERNEL_CODE
        dw      0xFFFF, 0, 0x9300, 0x00CF       ; KERNEL_DATA
        dw      0xFFFF, 0, 0xF900, 0x00CF       ; USER_CODE: execute only
        dw      0xFFFF, 0, 0xF300, 0x00CF       ; USER_DATA
gdt_end:

        page_break
        align   16
tss:
        dd      0
tss_esp0:
        dd      0
        dd      KERNEL_DATA
        times   22 dd 0
        dw      0, port_bitmap - tss

        page_break
TSS_LIMIT       equ port_bitmap - tss + 2 * PAGE        ; the last byte is the one after the bitmap

gdt_pointer:
        dw      gdt_end - gdt - 1
        dd      gdt
idt_pointer:
        dw      idt_end - idt - 1
        dd      idt
