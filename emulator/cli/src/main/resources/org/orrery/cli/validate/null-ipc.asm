; The null message of the paper's table 3: A sends to B, which waits, in another address space. All that is touched is in the cache. In the
; TLB is what a system call of A's has left there: A's code, the kernel's, the descriptor tables, and A's kernel stack. EDI points to B's
; control block, and EDX holds the upper half of B's id, which the table compares without saying where from.

%include "stage.inc"

                bits    32
                org     CODE

%macro page 1                           ; goes on at a linear address
                times   %1 - CODE - ($ - $$) db 0
%endmacro

SEND            equ     0x34
BACK            equ     0x35
STACK_SIZE      equ     256
FRAME           equ     20

start:          mov     dword [IDT + 8 * SEND], CODE0 << 16 | ((send - start) + CODE) & 0xFFFF
                mov     word [IDT + 8 * SEND + 6], ((send - start) + CODE) >> 16
                mov     dword [IDT + 8 * BACK], CODE0 << 16 | ((back - start) + CODE) & 0xFFFF
                mov     word [IDT + 8 * BACK + 6], ((back - start) + CODE) >> 16
                mov     eax, cr3
                mov     [tcb_a.directory], eax
                mov     eax, [eax]
                mov     [directory_b], eax
                mov     dword [TASK_STATE + 4], tcb_a.end
                push    DATA3
                push    user_stack_a
                push    2
                push    CODE3
                push    user_a
                mov     eax, DATA3
                mov     ds, ax
                iretd

                page    0x11000
                times   0xA0 + 11 db 0          ; apart from other lines in the cache; MOV CR3 ends a line
send:           cmp     eax, [tcb_b.id]
                cmp     ebx, edx
                jne     wrong
                mov     eax, [tcb_a.id]
                mov     ebx, [tcb_a.id + 4]
                mov     [tcb_a.stack], esp
                mov     esp, [tcb_b.stack]
                add     edi, tcb_b.end - tcb_b
                mov     [TASK_STATE + 4], edi
                mov     eax, [tcb_b.directory]
                mov     cr3, eax
                iretd                           ; begins a line: its fetch is the first after the flush, as the paper counts it

                align   16
back:           mov     [tcb_b.stack], esp
                mov     esp, [tcb_a.stack]
                mov     dword [TASK_STATE + 4], tcb_a.end
                mov     eax, [tcb_a.directory]
                times   (29 - ($ - back) % 16) % 16 nop
                mov     cr3, eax
                iretd

wrong:          hlt

                page    0x12200
tcb_a:
.id:            dd      1, 2
.stack:         dd      0
.directory:     dd      0
                times   STACK_SIZE db 0
.end:

                page    0x13400
tcb_b:
.id:            dd      3, 4
.stack:         dd      .end - FRAME
.directory:     dd      directory_b
                times   STACK_SIZE - FRAME db 0
                dd      inspect, CODE3, 2, user_stack_b, DATA3
.end:

                page    0x14600
user_a:         int     VECTOR_IRET
                mov     edi, tcb_b
                mov     edx, 4
                times   8 cld
measured:       mov     eax, [id_of_b]
                mov     ebx, [id_of_b + 4]
                mov     ecx, 0
                int     SEND
                jmp     user_a
id_of_b:        dd      3, 4
                times   64 db 0
user_stack_a:

                page    0x15780
again:          int     BACK
inspect:        cmp     ecx, 0
                jne     again
measured_end:   jmp     again
                times   64 db 0
user_stack_b:

                page    0x16000
directory_b:    dd      0
