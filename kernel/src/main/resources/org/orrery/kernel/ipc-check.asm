; In kernels built with checks: is what a thread says about its ipc consistent?

%if CHECKS
        phase "checks"

; The TCB EBX. Keeps EBX, and no other register.
check_thread:
        cmp     dword [ebx + tcb.id_low], 0
        je      check_none
        call    check_state
        call    check_transfer
        call    check_links
        mov     edx, [ebx + tcb.senders]
        test    edx, edx
        jz      .end
        mov     edi, ebx
        mov     ebp, check_sending
        push    ebx
        call    check_ring
        pop     ebx
.end:
        ret

; A thread that does not exist is in no ring and has no partner.
check_none:
        mov     esi, check_dead
        mov     eax, [ebx + tcb.ready]
        or      eax, [ebx + tcb.sending]
        or      eax, [ebx + tcb.waking]
        or      eax, [ebx + tcb.interrupting]
        or      eax, [ebx + tcb.senders]
        or      eax, [ebx + tcb.receiver]
        or      eax, [ebx + tcb.sender]
        jnz     check_failed
        ret

; The rings that the thread EBX is in know it, and it is in those that its state demands.
check_links:
        mov     eax, [ebx + tcb.state]
        cmp     eax, STATE_READY
        je      .ready
        cmp     eax, STATE_HALTED
        jne     .waiting
        jmp     .awake
.ready:
        cmp     ebx, [check_next]
        je      .awake
        mov     esi, check_lost
        cmp     dword [ebx + tcb.ready], 0
        je      check_failed
        mov     eax, [ebx + tcb.ksp]
        and     eax, -tcb_size
        mov     esi, check_frame
        cmp     eax, ebx
        jne     check_failed
.awake:
        mov     esi, check_awake
        cmp     dword [ebx + tcb.waking], 0
        jne     check_failed
.waiting:
        mov     esi, check_link
        mov     eax, [ebx + tcb.ready]
        lea     ecx, [ebx + tcb.ready]
        test    eax, eax
        jnz     .check_ready
.sending:
        mov     eax, [ebx + tcb.sending]
        lea     ecx, [ebx + tcb.sending]
        test    eax, eax
        jnz     .check_sending
.interrupting:
        mov     eax, [ebx + tcb.interrupting]
        lea     ecx, [ebx + tcb.interrupting]
        test    eax, eax
        jnz     .check_interrupting
.timeout:
        mov     eax, [ebx + tcb.waking]
        lea     ecx, [ebx + tcb.waking]
        test    eax, eax
        jnz     .link
        ret
.check_ready:
        call    .link
        jmp     .sending
.check_sending:
        call    .link
        jmp     .interrupting
.check_interrupting:
        call    .link
        jmp     .timeout
.link:                                          ; ECX, whose next is EAX
        cmp     [eax + ring.previous], ecx
        jne     check_failed
        mov     eax, [ecx + ring.previous]
        cmp     [eax + ring.next], ecx
        jne     check_failed
        ret

; A state that exists, and a sender is in a queue exactly if it waits to send.
check_state:
        mov     eax, [ebx + tcb.state]
        mov     esi, check_unknown
        cmp     eax, STATE_LIMIT
        jae     .known
        cmp     eax, STATE_LOCKED
        ja      check_failed
.known:
        xor     ecx, ecx
        cmp     eax, STATE_SENDING
        sete    cl
        xor     edx, edx
        cmp     [ebx + tcb.sending + ring.next], edx
        setne   dl
        mov     esi, check_queue
        cmp     ecx, edx
        jne     check_failed
        ret

; The two of a transfer know each other, and one of them waits for the other; nobody else is locked.
check_transfer:
        mov     esi, check_partner
        mov     ecx, [ebx + tcb.receiver]
        test    ecx, ecx
        jz      .not_sender
        cmp     [ecx + tcb.sender], ebx
        jne     check_failed
        mov     eax, [ecx + tcb.state]
        cmp     eax, STATE_LOCKED
        je      .end
        cmp     dword [ebx + tcb.state], STATE_LOCKED
        jne     check_failed
        ret
.not_sender:
        mov     eax, [ebx + tcb.window]
        test    eax, eax
        jnz     check_failed
        mov     ecx, [ebx + tcb.sender]
        test    ecx, ecx
        jz      .alone
        cmp     [ecx + tcb.receiver], ebx
        jne     check_failed
        ret
.alone:
        mov     esi, check_locked
        cmp     dword [ebx + tcb.state], STATE_LOCKED
        je      check_failed
.end:
        ret

; EBX with link ECX waits to send to EDI.
check_sending:
        lea     eax, [ebx + tcb.interrupting]   ; its own, for the sake of its interrupt
        cmp     eax, ecx
        je      .interrupt
        lea     eax, [ebx + tcb.sending]
        mov     esi, check_link
        cmp     eax, ecx
        jne     check_failed
        mov     esi, check_queue
        cmp     dword [ebx + tcb.state], STATE_SENDING
        jne     check_failed
        mov     eax, [ebx + tcb.partner]
        cmp     eax, [edi + tcb.id_low]
        jne     check_failed
.interrupt:
        ret

check_unknown:  db "a thread is in no state that there is,", 0
check_queue:    db "a queue of senders and a thread's state disagree,", 0
check_partner:  db "the two of a transfer disagree,", 0
check_lost:     db "a ready thread is in no ring,", 0
check_frame:    db "a ready thread has no frame,", 0
check_awake:    db "a thread that does not wait has a timeout,", 0
check_locked:   db "a thread is locked, but in no transfer,", 0
%endif
