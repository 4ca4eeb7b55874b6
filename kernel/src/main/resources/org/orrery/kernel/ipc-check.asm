; In kernels built with checks: is what threads say about their ipc consistent? Of the thread on whose stack the kernel
; is, of all in the ready rings, and of all that wait to send to one of these.

%if CHECKS
        phase "checks"

; The thread on whose stack we are. Boot and idle have none.
check_current:
        mov     ebx, esp
        and     ebx, -tcb_size
        cmp     ebx, IDLE_TCB
        jbe     check_ipc.end
        cmp     ebx, KERNEL_BASE
        jae     check_ipc.end

; The thread EBX. Keeps ECX, EDX, EDI, EBP.
check_ipc:
        push    ecx
        push    edx
        push    edi
        push    ebp
        call    check_state
        call    check_transfer
        mov     edx, [ebx + tcb.senders]
        test    edx, edx
        jz      .no_senders
        mov     edi, ebx
        mov     ebp, check_sending
        push    ebx
        call    check_ring
        pop     ebx
.no_senders:
        pop     ebp
        pop     edi
        pop     edx
        pop     ecx
.end:
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
check_locked:   db "a thread is locked, but in no transfer,", 0
%endif
