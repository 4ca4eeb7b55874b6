; A hostile program: system calls with pseudo-random registers, and now and then with random flags and null segments.
; Some values are such that they make sense to the kernel, so that more than the first check is reached. Timeouts are
; always short, since a thread that sleeps does no harm. Command line: n=SEED.

        bits 32
%include "l4.inc"

%ifndef ORIGIN
%define ORIGIN 0x00250000
%endif
        org ORIGIN

section .text
global _start
_start:
        mov     [own_stack], esp
        mov     esi, [ebx + 16]
        mov     eax, 1
        call    parse_count
        mov     [seed], eax

next:
        mov     edi, registers
.register:
        call    value
        mov     [edi], eax
        add     edi, 4
        cmp     edi, registers_end
        jb      .register
        call    random
        mov     ecx, eax
        and     eax, 0x01010033                 ; mantissas 0 or 1, exponents 12 to 15: 64 us at most,
        or      eax, 0x000000CC
        shr     ecx, 23
        jz      .timeouts
        and     eax, 0x0000FFFF                 ; but mostly zero
.timeouts:
        mov     [registers + 4], eax
        call    random
        test    al, 0x1C
        jnz     .flags
        xor     ecx, ecx
        mov     ds, cx
        mov     es, cx
        mov     fs, cx
        mov     gs, cx
.flags:
        and     eax, 0x00044CD5                 ; AC, NT, OF, DF and the arithmetic ones
        push    eax
        popfd
        call    random
        xor     edx, edx
        mov     ecx, CALLS
        div     ecx
        and     eax, 0x3FF
        jz      .yield
        mov     edx, [calls + edx * 4]
        jmp     .call
.yield:
        mov     edx, call_switch                ; seldom, since it costs the rest of the time slice
.call:
        mov     [call_address], edx
        mov     eax, [registers]
        mov     ecx, [registers + 4]
        mov     edx, [registers + 8]
        mov     ebx, [registers + 12]
        mov     ebp, [registers + 16]
        mov     esi, [registers + 20]
        mov     edi, [registers + 24]
        mov     esp, [registers + 28]
        jmp     [call_address]

call_ipc:
        int     L4_IPC
        jmp     back
call_nearest:
        int     L4_ID_NEAREST
        jmp     back
call_unmap:
        int     L4_FPAGE_UNMAP
        jmp     back
call_switch:
        int     L4_THREAD_SWITCH
        jmp     back
call_schedule:                                  ; itself only, with the priority it has: others must run
        mov     al, 128
        mov     esi, (L4_ROOT_TASK + 2) << L4_TASK_SHIFT | 1
        mov     edi, L4_INITIAL_HIGH
        int     L4_THREAD_SCHEDULE
        jmp     back
call_ex_regs:                                   ; not itself, and not too many
        and     eax, 7
        or      eax, 1
        int     L4_LTHREAD_EX_REGS
        jmp     back
call_task_new:
        int     L4_TASK_NEW
back:
        mov     esp, [own_stack]
        cld
        inc     dword [done]
        jmp     next

; EAX = a value for a register: random, small, or one that means something. Keeps EDI.
value:
        call    random
        mov     ecx, eax
        shr     ecx, 28
        mov     ecx, [kinds + ecx * 4]
        jmp     ecx
.any:
        jmp     random
.small:
        call    random
        and     eax, 0x1F
        ret
.thread:                                        ; of task 0 to 7, mostly a live one
        call    random
        and     eax, 7 << L4_TASK_SHIFT
        or      eax, 1
        ret
.high:
        mov     eax, L4_INITIAL_HIGH
        ret
.page:                                          ; an fpage, or a window
        call    random
        mov     ecx, eax
        and     ecx, 3
        jz      .all
        and     eax, 0xFFFFF003
        or      eax, L4_PAGE
        ret
.all:
        and     eax, 3
        or      eax, L4_WHOLE_SPACE
        ret
.own:                                           ; a page of its own
        mov     eax, ORIGIN | L4_PAGE | L4_FPAGE_WRITE
        ret
.minus:
        mov     eax, -1
        ret
.zero:
        xor     eax, eax
        ret

; EAX = the next pseudo-random number (xorshift).
random:
        mov     eax, [seed]
        mov     ecx, eax
        shl     ecx, 13
        xor     eax, ecx
        mov     ecx, eax
        shr     ecx, 17
        xor     eax, ecx
        mov     ecx, eax
        shl     ecx, 5
        xor     eax, ecx
        mov     [seed], eax
        ret

%include "console.inc"

section .data
own_stack:      dd 0
seed:           dd 1
done:           dd 0                            ; system calls so far
call_address:   dd 0
calls:          dd call_ipc, call_ipc, call_ipc, call_ipc, call_nearest, call_unmap
                dd call_schedule, call_ex_regs, call_task_new
CALLS           equ ($ - calls) / 4
kinds:          dd value.any, value.any, value.any, value.small, value.small, value.thread, value.thread, value.thread
                dd value.high, value.high, value.page, value.page, value.own, value.minus, value.zero, value.zero
registers:      times 8 dd 0                    ; EAX, ECX, EDX, EBX, EBP, ESI, EDI, ESP
registers_end:
