; The microkernel: L4 Version 2 on a 486. Start reading at ipc.asm; README.md gives the order.
; One flat image, linked at IMAGE_BASE and loaded at IMAGE_PHYS.

        bits 32

%include "l4.inc"
%include "memory.inc"
%include "structures.inc"
%include "macros.inc"

        org IMAGE_BASE

section .text
image_start:
%include "boot.asm"                    ; page 0: multiboot header, start
        align PAGE
%include "kip.asm"                     ; page 1: kernel info page
        align PAGE
%include "hot.asm"                     ; page 2: IDT, GDT, TSS
        align PAGE
code_page:                             ; page 3: what runs in every ipc
%include "ipc.asm"
%include "ipc-slow.asm"
%include "schedule.asm"
%include "timer.asm"
%include "fault.asm"
%include "space.asm"
%include "map.asm"
%include "calls.asm"
%include "threads.asm"
%include "machine.asm"
%include "modules.asm"
%include "panic.asm"
%include "data.asm"
image_end:

section .bss
        alignb PAGE
%include "bss.asm"
bss_end:
