; Does one forbidden thing, which n=NUMBER in the command line selects, and must not survive it.
; If it does, it ends the run with status 1.

        bits 32
%include "l4.inc"

%ifndef ORIGIN
%define ORIGIN 0x00260000
%endif
        org ORIGIN

KERNEL          equ 0xF0100000

section .text
global _start
_start:
        mov     esi, [ebx + 16]
        xor     eax, eax
        call    parse_count
        push    eax
        call    ask_console
        pop     eax
        cmp     eax, DEEDS
        jae     .survived
        call    [deeds + eax * 4]
.survived:
        mov     esi, text
        call    print
        mov     al, 1
        jmp     exit

deed_cli:       cli
                ret
deed_hlt:       hlt
                ret
deed_out:       out     0x70, al
                ret
deed_in:        in      al, 0x60
                ret
deed_undefined: db 0x0F, 0x0B
                ret
deed_divide:    xor     ecx, ecx
                div     ecx
                ret
deed_int_low:   int     0x20
                ret
deed_int_high:  int     0x80
                ret
deed_int_last:  int     0x37
                ret
deed_breakpoint: int3
                ret
deed_overflow:  mov     al, 0x7F
                inc     al
                into
                ret
deed_bound:     mov     eax, -1
                bound   eax, [limits]
                ret
deed_jump_kernel: mov   eax, KERNEL
                jmp     eax
deed_read_kernel: mov   eax, [KERNEL]
                ret
deed_write_kernel: mov  [KERNEL], eax
                ret
deed_read_tcb:  mov     eax, [0xE0000000]
                ret
deed_jump_top:  mov     eax, -1
                jmp     eax
deed_stack_kernel: mov  esp, KERNEL
                push    eax
                ret
deed_stack_zero: xor    esp, esp
                push    eax
                ret
deed_lgdt:      lgdt    [limits]
                ret
deed_cr0:       mov     cr0, eax
                ret
deed_cr3:       mov     eax, cr3
                ret
deed_clts:      clts
                ret
deed_invlpg:    invlpg  [0]
                ret
deed_ltr:       mov     eax, 8
                ltr     ax
                ret
deed_kernel_ds: mov     eax, 0x18
                mov     ds, ax
                ret
deed_code_ds:   mov     eax, cs
                mov     ds, ax
                ret
deed_local_ds:  mov     dword [0x8000], 0x0000FFFF ; a descriptor where a local table might be
                mov     dword [0x8004], 0x00CFF300
                mov     eax, 0x8007
                mov     ds, ax
                ret
deed_null_ss:   xor     eax, eax
                mov     ss, ax
                ret
deed_far:       jmp     0x10:KERNEL
deed_task:      jmp     0x08:0
deed_trap:      pushfd
                or      dword [esp], 0x100
                popfd
                nop
                ret
deed_nested:    pushfd
                or      dword [esp], 0x4000
                popfd
                iretd
deed_iret_kernel: pushfd
                push    dword 0x10
                push    dword KERNEL
                iretd
deed_icebp:     db      0xF1
                ret

        phase "start"
%include "console.inc"

section .data
deeds:          dd deed_cli, deed_hlt, deed_out, deed_in, deed_undefined, deed_divide, deed_int_low, deed_int_high
                dd deed_int_last, deed_breakpoint, deed_overflow, deed_bound, deed_jump_kernel, deed_read_kernel
                dd deed_write_kernel, deed_read_tcb, deed_jump_top, deed_stack_kernel, deed_stack_zero, deed_lgdt
                dd deed_cr0, deed_cr3, deed_clts, deed_invlpg, deed_ltr, deed_kernel_ds, deed_code_ds, deed_null_ss
                dd deed_far, deed_task, deed_trap, deed_nested, deed_iret_kernel, deed_icebp, deed_local_ds
DEEDS           equ ($ - deeds) / 4
limits:         dd 0, 100
text:           db "fault: survived", 13, 10, 0
