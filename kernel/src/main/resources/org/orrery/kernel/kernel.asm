; The microkernel: L4 Version 2 on a 486. Start reading at ipc.asm; README.md gives the order.
; One flat image, linked at IMAGE_BASE and loaded at IMAGE_PHYS.

        bits 32

%include "l4.inc"
%include "memory.inc"
%include "kernel.inc"
layout tcb, "thread.layout"
layout ring, "thread.layout"
layout frame, "thread.layout"
layout fault, "thread.layout"
layout copy, "thread.layout"
layout kip, "kip.layout"
layout server, "kip.layout"
layout mapping, "mapping.layout"
layout mbi, "boot.layout"
layout module, "boot.layout"
layout elf, "boot.layout"
layout elf_segment, "boot.layout"
debug abi, "l4-v2"

        org IMAGE_BASE

section .text
image_start:
%include "boot.asm"                    ; page 0: multiboot header, start
        align PAGE
%include "kip.asm"                     ; page 1: kernel info page
        align PAGE
%include "fault.asm"
%include "exception.asm"
%include "fpu.asm"
%include "interrupt.asm"
%include "space.asm"
%include "map.asm"
%include "mapdb.asm"
%include "unmap.asm"
%include "ports.asm"
%include "sigma0.asm"
%include "task.asm"
%include "task-end.asm"
%include "map-check.asm"
%include "calls.asm"
%include "threads.asm"
%include "cancel.asm"
%include "accounting.asm"
%include "clan.asm"
%include "ipc-slow.asm"
%include "ipc-transfer.asm"
%include "message.asm"
%include "message-fault.asm"
%include "machine.asm"
%include "modules.asm"
%include "servers.asm"
%include "panic.asm"
%include "check.asm"
%include "ipc-check.asm"
        align PAGE
hot_page:                              ; last page: all that straight paths touch in the kernel but TCBs
%include "tables.asm"
%include "ipc.asm"
%include "ipc-alone.asm"
%include "ipc-memory.asm"
%include "schedule.asm"
%include "timer.asm"
%include "data.asm"
%if CONDENSED_TABLES
        times PAGE - ($ - hot_page) db 0
%else
        align   PAGE
%endif
image_end:
port_bitmap     equ image_end                   ; see bss.asm

section .bss
%include "bss.asm"
bss_end:
