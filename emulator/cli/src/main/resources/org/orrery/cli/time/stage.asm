; What a timed snippet runs on: tables, tasks, handlers, and a way into each mode. It is loaded at 1000h and entered in real mode at
; one of the enter_ labels. All pages of the first 640 KB but the first are present, with accessed and dirty bits set.

%include "stage.inc"

                org     0x1000
                bits    16

%macro segment_descriptor 3             ; base below 64 KB, limit, rights with flags in the upper nibble
                dw      (%2) & 0xFFFF, %1
                db      0, (%3) & 0xFF, (%3) >> 8 & 0xF0 | (%2) >> 16 & 15, 0
%endmacro

%macro gate 3                           ; selector, offset below 64 KB, rights with the number of parameters in the upper byte
                dw      %2, %1
                db      (%3) >> 8 & 0xFF, (%3) & 0xFF
                dw      0
%endmacro

gdt:            dq      0
                segment_descriptor 0, 0xFFFFF, 0xC09B
                segment_descriptor 0, 0xFFFFF, 0xC093
                segment_descriptor 0, 0xFFFFF, 0xC0FB
                segment_descriptor 0, 0xFFFFF, 0xC0F3
                segment_descriptor task, port_map.end - task - 1, 0x0089
                segment_descriptor task386, 103, 0x0089
                segment_descriptor task286, 43, 0x0081
                segment_descriptor task_vm, 103, 0x0089
                gate    TASK386, 0, 0x00E5
                gate    CODE0, far_return, 0x008C
                gate    CODE0, far_return, 0x00EC
                gate    CODE0, far_return_params, 0x04EC
                segment_descriptor 0, 0xFFFFF, 0xC0F2
                segment_descriptor gdt, 15, 0x0082
                segment_descriptor 0, 0xFFFF, 0x0093
.end:

gdt_pointer:    dw      gdt.end - gdt - 1
                dd      gdt
idt_pointer:    dw      idt.end - idt - 1
                dd      idt

resume:         dd      0               ; where to go on after a fault or in ring 0: an offset in the segment of the code
mode_flags:     dd      2               ; EFLAGS for levels above 0

                times   IDT - 0x1000 - ($ - $$) db 0
idt:
%assign vector 0
%rep 64
  %if vector >= 10 && vector <= 14 || vector == 17
                gate    CODE0, skip_with_error, 0x00EE
  %elif vector == VECTOR_TASK
                gate    TASK386, 0, 0x00E5
  %elif vector == VECTOR_RETURN
                gate    TASK, 0, 0x00E5
  %elif vector == VECTOR_RING0
                gate    CODE0, to_ring0, 0x00EE
  %elif vector < 32
                gate    CODE0, skip, 0x00EE
  %else
                gate    CODE0, return, 0x00EE
  %endif
  %assign vector vector + 1
%endrep
.end:

                times   TASK_STATE - 0x1000 - ($ - $$) db 0
task:           dd      0, 0x7000, DATA0, 0, 0, 0, 0, page_directory
                times   17 dd 0
                dw      0, port_map - task
port_map:       times   REFUSED_PORT / 8 db 0
                db      1
                times   0x80 - REFUSED_PORT / 8 - 1 db 0
                db      0xFF
.end:

                align   16
task386:        dd      0, 0, 0, 0, 0, 0, 0, page_directory
                dd      task_loop, 2, 0, 0, 0, 0, 0x6800, 0, 0, 0
                dd      DATA0, CODE0, DATA0, DATA0, DATA0, DATA0, 0, 0

                align   16
task286:        dw      0, 0, 0, 0, 0, 0, 0
                dw      task_loop, 2, 0, 0, 0, 0, 0x6800, 0, 0, 0
                dw      DATA0, CODE0, STACK16, DATA0, 0

                align   16
task_vm:        dd      0, 0x7000, DATA0, 0, 0, 0, 0, page_directory
                dd      vm_loop, 0x23002, 0, 0, 0, 0, 0x6800, 0, 0, 0
                dd      0, 0, 0, 0, 0, 0, 0, 0x680000

; ---------------------------------------------------------------------------------------------------------------- ways in

enter_real:     call    fill_vectors
                mov     eax, 0x10
                mov     cr0, eax
                mov     ax, SEGMENT_BASE >> 4
                mov     ds, ax
                mov     es, ax
                mov     fs, ax
                mov     gs, ax
                mov     ss, ax
                wbinvd
                jmp     SEGMENT_BASE >> 4:CODE - SEGMENT_BASE

; Vectors 0 to 31 lead to the handler that skips what failed, all others to an IRET.
fill_vectors:   xor     di, di
.next:          mov     word [di], skip16
                cmp     di, 4 * 32
                jb      .segment
                mov     word [di], return16
.segment:       mov     word [di + 2], cs
                add     di, 4
                cmp     di, 4 * 256
                jb      .next
                ret

enter_protected:
                mov     ebx, flat
                mov     edx, 0x11
                jmp     protect
enter_paged:    mov     ebx, flat
                jmp     page
enter_user:     mov     ebx, user
                jmp     page
enter_v86:      mov     dword [mode_flags], 0x23002
                mov     ebx, virtual
                jmp     page
enter_v86_iopl0:
                mov     dword [mode_flags], 0x20002
                mov     ebx, virtual
page:           mov     edx, 0x80000011

protect:        lgdt    [gdt_pointer]
                lidt    [idt_pointer]
                mov     eax, page_directory
                mov     cr3, eax
                mov     cr0, edx
                jmp     dword CODE0:in_protected_mode

                bits    32
in_protected_mode:
                mov     ecx, DATA0
                mov     ds, cx
                mov     es, cx
                mov     fs, cx
                mov     gs, cx
                mov     ss, cx
                mov     esp, 0x7000
                mov     ecx, TASK
                ltr     cx
                jmp     ebx

flat:           call    empty_caches
                jmp     CODE

user:           push    DATA3
                push    STACK
                push    dword [mode_flags]
                push    CODE3
                push    CODE
                mov     ecx, DATA3
                mov     ds, cx
                mov     es, cx
                mov     fs, cx
                mov     gs, cx
                call    empty_caches
                iretd

virtual:        times   4 push SEGMENT_BASE >> 4
                push    SEGMENT_BASE >> 4
                push    STACK - SEGMENT_BASE
                push    dword [mode_flags]
                push    SEGMENT_BASE >> 4
                push    CODE - SEGMENT_BASE
                call    empty_caches
                iretd

empty_caches:   wbinvd
                mov     eax, cr3
                mov     cr3, eax
                ret

; ---------------------------------------------------------------------------------------------------------------- handlers

; Vector 8 is the timer of the board here, so a double fault is not expected.

far_return:     retf
far_return_params:
                retf    16

return:         iretd

skip_with_error:
                add     esp, 4
skip:           push    eax
                mov     eax, [ss:resume]
                mov     [ss:esp + 4], eax
                pop     eax
                iretd

to_ring0:       mov     ecx, DATA0
                mov     ds, cx
                mov     es, cx
                mov     fs, cx
                mov     gs, cx
                mov     esp, 0x7000
                jmp     [resume]

; A task that goes back to where it came from, and does so again when it is entered again.
task_loop:      pushf
                pop     eax
                test    ah, 0x40
                jnz     .nested
                jmp     TASK:0
                jmp     task_loop
.nested:        times   8 cld
task_return:    iretd
                jmp     task_loop

                bits    16
skip16:         push    bp
                mov     bp, sp
                push    ax
                mov     ax, [cs:resume]
                mov     [bp + 2], ax
                pop     ax
                pop     bp
                iret
return16:       iret

vm_loop:        int     VECTOR_RETURN
                jmp     vm_loop

; ---------------------------------------------------------------------------------------------------------------- pages

                align   4096, db 0
page_directory: dd      page_table + 0x67
                times   1023 dd 0

page_table:     dd      0
%assign number 1
%rep 159
                dd      number * 4096 + 0x67
  %assign number number + 1
%endrep
                times   1024 - 160 dd 0
