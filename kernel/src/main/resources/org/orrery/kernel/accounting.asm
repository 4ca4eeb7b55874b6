; thread_schedule: priorities, time slices, and what a thread is doing.

        phase "system calls"

; What a thread looks like from outside, bits 16 to 19 of the parameter word.
LOOKS_RUNNING   equ 0x0
LOOKS_SENDING   equ 0x4                ; a message is being copied from it,
LOOKS_RECEIVING equ 0x8                ; or to it
LOOKS_WAITING   equ 0xC                ; for a message
LOOKS_PENDING   equ 0xD                ; waits to send
LOOKS_DEAD      equ 0xF                ; does not run until lthread_ex_regs restarts it
WITH_PAGER      equ 1                  ; added: the kernel calls its pager in its name

; In:  EAX parameter word (priority:8, small:8, state:4, slice exponent:4, slice mantissa:8) or -1, ESI:EDI a thread,
;      EBX:EBP new external preempter or -1
; Out: EAX the old parameter word with the thread's state, EDX:ECX (high:low) its CPU time in us:48, 0:4 and what is left
;      of its timeout (exponent:4, mantissa:8), ESI:EDI the partner that it waits for or nil, EBX:EBP the old external
;      preempter; EAX = -1 and the rest 0 if there is no such thread
;
; Nothing changes if the thread's priority or the new one is above the caller's maximum controlled priority.
; Preempters are remembered and told, but get no messages.
thread_schedule:
        pushad
        push    dword return_to_user
        mov     ebp, esp
        and     ebp, -tcb_size
        mov     [ebp + tcb.ksp], esp
        mov     esi, esp
        call    find_thread
        jne     .no_thread
        call    thread_parameters
        push    eax
        push    dword [ebx + tcb.ext_preempter_low]
        push    dword [ebx + tcb.ext_preempter_high]
        call    set_parameters
        pop     dword [esi + frame.ebp]
        pop     dword [esi + frame.ebx]
        pop     dword [esi + frame.eax]
        mov     eax, [ebx + tcb.cpu_time]
        mov     [esi + frame.ecx], eax
        call    time_left
        mov     ax, [ebx + tcb.cpu_time + 4]
        mov     [esi + frame.edx], eax
        call    waited_for
        mov     [esi + frame.esi], eax
        mov     [esi + frame.edi], edx
        jmp     go_on
.no_thread:
        lea     edi, [esi + frame.edi]
        xor     eax, eax
        mov     ecx, 7
        cld
        rep     stosd
        dec     eax
        stosd
        jmp     go_on

; The thread that the frame ESI names in ESI:EDI. ZF set and EBX its TCB, or ZF clear if there is no such thread.
find_thread:
        mov     eax, [esi + frame.esi]
        mov     ebx, eax
        and     ebx, TCB_MASK
        add     ebx, TCB_BASE
        cmp     [ebx + tcb.id_low], eax
        jne     .end
        mov     eax, [esi + frame.edi]
        cmp     [ebx + tcb.id_high], eax
.end:
        ret

; EAX = the parameter word of EBX, with its state. Keeps all but ECX.
thread_parameters:
        mov     ecx, [ebx + tcb.state]
        mov     eax, LOOKS_RUNNING
        cmp     ecx, STATE_READY
        je      .told
        mov     al, LOOKS_DEAD
        cmp     ecx, STATE_HALTED
        je      .told
        mov     al, LOOKS_SENDING
        cmp     dword [ebx + tcb.receiver], 0
        jne     .told
        mov     al, LOOKS_RECEIVING
        cmp     dword [ebx + tcb.sender], 0
        jne     .told
        mov     al, LOOKS_WAITING
        cmp     ecx, STATE_LIMIT
        jae     .told
        cmp     ecx, STATE_SENDING
        jne     .waiting
        mov     al, LOOKS_PENDING
.waiting:
        lea     ecx, [ebx + FAULT_KSP]
        cmp     [ebx + tcb.ksp], ecx
        jne     .told
        mov     al, LOOKS_RUNNING + WITH_PAGER
.told:
        shl     eax, 16
        or      eax, [ebx + tcb.priority]
        ret

; Sets parameters and external preempter of EBX as the frame ESI of the caller EBP says, if it may.
; Keeps EBX, ESI, EBP.
set_parameters:
        mov     eax, [ebp + tcb.mcp]
        cmp     [ebx + tcb.priority], al
        ja      .end
        mov     ecx, [esi + frame.eax]
        cmp     ecx, UNCHANGED
        je      .preempter
        cmp     cl, al
        ja      .end
        call    stop_ready
        mov     eax, [esi + frame.eax]
        and     eax, 0xFFF0FFFF
        mov     [ebx + tcb.priority], eax
        call    set_slice
        cmp     dword [ebx + tcb.state], STATE_READY
        jne     .not_ready
        call    make_ready
.not_ready:
        mov     dword [woken], PRIORITIES       ; whoever is first now
.preempter:
        mov     eax, [esi + frame.ebx]
        cmp     eax, UNCHANGED
        je      .end
        mov     [ebx + tcb.ext_preempter_low], eax
        mov     eax, [esi + frame.ebp]
        mov     [ebx + tcb.ext_preempter_high], eax
.end:
        ret

; The time slices of EBX get the length that its parameters say: at least one tick, or without end if the exponent is
; 0. A slice that it has begun becomes no longer. Keeps EBX, ESI, EBP.
set_slice:
        movzx   edx, byte [ebx + tcb.slice_exp]
        shr     edx, 4
        mov     eax, -1
        jz      .ticks
        movzx   eax, byte [ebx + tcb.slice_man]
        call    ticks
        test    eax, eax
        jnz     .ticks
        inc     eax
.ticks:
        mov     [ebx + tcb.slice], eax
        cmp     [ebx + tcb.left], eax
        jbe     .left
        mov     [ebx + tcb.left], eax
.left:
        cmp     ebx, [slice_owner]
        jne     .end
        cmp     [slice], eax
        jbe     .end
        mov     [slice], eax
.end:
        ret

; EDX:EAX (high:low) = the thread or interrupt that EBX waits for, or nil. Keeps all other registers but ECX.
waited_for:
        xor     eax, eax
        xor     edx, edx
        mov     ecx, [ebx + tcb.state]
        cmp     ecx, STATE_LIMIT
        jae     .short
        cmp     ecx, STATE_RECEIVING
        je      .partner
        cmp     ecx, STATE_SENDING
        jne     .end
.partner:
        mov     ecx, [ebx + tcb.partner]
        cmp     ecx, ANYBODY
        je      .end
        jmp     .thread
.short:
        cmp     ecx, [ebx + tcb.id_high]
        je      .end
.thread:
        mov     eax, ecx
        cmp     ecx, STATE_LIMIT
        jb      .end                            ; an interrupt, or nobody
        and     ecx, TCB_MASK
        mov     edx, [TCB_BASE + ecx + tcb.id_high]
.end:
        ret
