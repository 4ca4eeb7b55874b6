; ipc in all other cases. Every thread that is not running and not waiting on the short path has a frame on its
; kernel stack, and tcb.ksp points at it: the address to resume at, and the registers of its ipc. A partner reads the
; message there and leaves the result there.
;
; Registers here: EBP the acting thread's TCB, ESI its frame; EBX a partner's TCB, EDI its frame.

INT_BYTES       equ 2

ipc_slow:
        pushad
        push    dword return_to_user
        mov     ebp, esp
        and     ebp, -tcb_size
        mov     [ebp + tcb.ksp], esp

; Also entered for ipc that the kernel does in a thread's name (see fault.asm), with a frame of its own making.
ipc_in_frame:
        mov     esi, [ebp + tcb.ksp]
        xor     ebx, ebx                        ; nobody woken yet
        mov     eax, [esi + frame.eax]
        cmp     eax, L4_NO_IPC
        je      .receive
        test    eax, ~3
        jnz     .buffer
.there:
        test    byte [esi + frame.eax], L4_SEND_DECEIT
        jnz     .deceit
        call    find_partner
        jne     .no_partner
.partner:
        cmp     ebx, ebp
        je      .no_partner
        call    accepts
        jne     send_later
        call    in_memory
        jc      .message
        call    transfer
.sent:                                          ; to EBX, which is now ready but in no ring; EAX my error
        mov     [esi + frame.eax], eax
        test    eax, eax
        jnz     wake_and_return                 ; the message failed: no receive phase
%if !REPLY_AND_WAIT
        cmp     dword [esi + frame.ebp], L4_NO_IPC
        je      wake_and_return_ok
        test    byte [esi + frame.ebp], L4_RECEIVE_OPEN
        jz      .receive
        cmp     dword [esi + frame.resume], return_to_user
        jne     .receive
        mov     dword [esi + frame.eax], L4_NO_IPC      ; to the INT again, for the receive phase
        sub     dword [esi + frame.eip], INT_BYTES
        jmp     wake_and_return
%endif
.receive:
        cmp     dword [esi + frame.ebp], L4_NO_IPC
        je      wake_and_return_ok
        call    receive
        test    eax, eax
        jnz     wake_and_return
        test    ebx, ebx                        ; blocked: the partner runs on in my time slice
        jz      schedule
        jmp     run

.buffer:
        call    touch_source                    ; may have to wait for a pager
        mov     [ebp + tcb.ksp], esi
        jmp     .there
.message:
        call    lock_partners
        jmp     copy_message
.deceit:
        call    read_source                     ; may have to wait for a pager
        mov     [ebp + tcb.ksp], esi
        jc      .bad
        call    find_partner
        jne     .no_partner
        call    judge_deceit
        jmp     .partner
.bad:
        xor     ebx, ebx
        mov     dword [esi + frame.eax], L4_SEND_ABORTED
        jmp     wake_and_return
.no_partner:
        xor     ebx, ebx
        mov     dword [esi + frame.eax], L4_NOT_EXISTENT
        jmp     wake_and_return

; The acting thread EBP goes on; the thread it has woken, EBX if any, becomes ready.
wake_and_return_ok:
        mov     dword [esi + frame.eax], 0
wake_and_return:
        test    ebx, ebx
        jz      go_on
        call    make_ready
        jmp     go_on

; The partner does not wait for this message: wait until it does.
send_later:
        mov     edx, [esi + frame.ecx]
        mov     eax, edx
        shr     eax, 16                         ; mantissa
        shr     edx, 4                          ; exponent
        call    timeout
        jc      .now
        mov     dword [ebp + tcb.state], STATE_SENDING
        mov     ecx, [ebx + tcb.id_low]
        mov     [ebp + tcb.partner], ecx
        lea     edx, [ebx + tcb.senders]
        lea     ecx, [ebp + tcb.sending]
        call    ring_append
        jmp     schedule
.now:
        xor     ebx, ebx
        mov     dword [esi + frame.eax], L4_SEND_TIMEOUT
        jmp     wake_and_return

; Reached by a thread whose message was taken by a receiver, while others were already waiting to send to it:
; it does its own receive phase when it runs, and then goes on where its frame did before.
receive_phase:
        push    dword [esp + frame.esp - frame.edi]
        mov     ebp, esp
        and     ebp, -tcb_size
        mov     [ebp + tcb.ksp], esp
        mov     esi, esp
        xor     ebx, ebx
        jmp     ipc_in_frame.receive

; The receive phase of EBP/ESI. EAX = 0 if it blocks, else the frame has the result and the thread is ready. Does not
; return if a message in memory is there: its sender then copies it. Keeps EBX, EBP, ESI.
receive:
        push    ebx
        mov     eax, [esi + frame.ebp]
        test    al, L4_RECEIVE_FPAGE
        jnz     .no_buffer
        and     eax, ~3
        cmp     eax, USER_TOP - L4_MESSAGE_DWORDS
        ja      .bad
.no_buffer:
        call    receive_interrupt
        jc      .over
        call    find_sender
        jc      .no_partner
        test    ebx, ebx
        jz      .wait
        xchg    ebp, ebx                        ; EBX waits to send to us
        push    esi
        mov     esi, [ebp + tcb.ksp]
        call    in_memory
        jc      .message
        pop     esi
        xchg    ebp, ebx
        call    take
        pop     ebx
        mov     eax, 1
        ret

.message:                                       ; the sender EBP copies it, and runs in my time slice
        call    stop_sending
        call    lock_partners
        mov     dword [esi + frame.resume], send_phase
        mov     dword [ebp + tcb.state], STATE_READY
        add     esp, 4
        pop     ebx                             ; whom I have woken before
        test    ebx, ebx
        jz      .run
        call    make_ready
.run:
        mov     ebx, ebp
        jmp     run

.no_partner:
        mov     dword [esi + frame.eax], L4_NOT_EXISTENT
        jmp     .over
.bad:
        mov     dword [esi + frame.eax], L4_RECEIVE_ABORTED
.over:
        pop     ebx
        mov     eax, 1
        ret

.wait:
        call    wait_for_message
        pop     ebx
        ret

; EBX = a thread that waits to send what EBP/ESI wants to receive, or 0. CF set if the thread that EBP wants to receive
; from does not exist. Keeps EBP, ESI.
find_sender:
        test    byte [esi + frame.ebp], L4_RECEIVE_OPEN
        jz      .closed
        mov     ebx, [ebp + tcb.senders]
        and     ebx, -tcb_size                  ; clears CF
        ret
.closed:
        xor     ebx, ebx
        mov     eax, [esi + frame.esi]
        cmp     eax, L4_NIL                     ; from nobody: to sleep
        je      .end
        cmp     eax, L4_INVALID
        je      .nobody
        cmp     eax, IRQS                       ; its own interrupt, see receive_interrupt
        jbe     .nobody
        mov     edx, [esi + frame.edi]
        cmp     edx, [ebp + tcb.id_high]
        jne     .other_clan
        mov     ebx, eax
        and     ebx, TCB_MASK
        add     ebx, TCB_BASE
        cmp     [ebx + tcb.id_low], eax
        jne     .none
        cmp     [ebx + tcb.id_high], edx
        jne     .none
        cmp     dword [ebx + tcb.state], STATE_SENDING
        jne     .nobody
        mov     eax, [ebp + tcb.id_low]
        cmp     [ebx + tcb.partner], eax
        jne     .nobody
        mov     eax, [ebx + tcb.ksp]
        test    byte [eax + frame.eax], L4_SEND_DECEIT
        jz      .end                            ; CF is clear
.nobody:
        xor     ebx, ebx
.end:
        ret

.other_clan:                                    ; it, or a chief under its name
        call    find_partner
        jne     .none
        mov     ecx, [ebp + tcb.senders]
        jecxz   .nobody
.next:
        mov     ebx, ecx
        and     ebx, -tcb_size
        push    ecx
        push    esi
        mov     ecx, [esi + frame.edi]
        push    dword [esi + frame.esi]
        mov     esi, [ebx + tcb.ksp]
        xchg    ebx, ebp
        call    source
        xchg    ebx, ebp
        cmp     edx, ecx
        pop     edx
        pop     esi
        pop     ecx
        jne     .not_it
        cmp     eax, edx
        je      .end
.not_it:
        mov     ecx, [ecx + ring.next]
        cmp     ecx, [ebp + tcb.senders]
        jne     .next
        jmp     .nobody
.none:
        stc
        ret

; EBP/ESI blocks in its receive phase. EAX = 0, or 1 if it does not because its receive timeout is zero.
wait_for_message:
        mov     edx, [esi + frame.ecx]
        mov     eax, edx
        shr     eax, 24                         ; mantissa
        call    timeout
        jc      .now
        test    byte [esi + frame.ebp], L4_RECEIVE_OPEN
        jnz     .open
        mov     ecx, [esi + frame.esi]          ; the partner's id_low
        mov     edx, ecx
        cmp     ecx, L4_INVALID
        jne     .closed
        xor     ecx, ecx                        ; nobody, as nil
.closed:
        test    ecx, ecx
        jz      .receiving
        mov     eax, [ebp + tcb.id_high]
        cmp     [esi + frame.edi], eax
        jne     .receiving
        jmp     .short
.open:
        mov     ecx, ANYBODY
        mov     edx, [ebp + tcb.id_high]
.short:                                         ; can a straight path wake it? EDX the state for the short one
        cmp     dword [ebp + tcb.waking], 0
        jne     .receiving                      ; no: it has a timeout,
        test    byte [ebp + tcb.debug + 28], DR7_ENABLED
        jnz     .receiving                      ; has breakpoints to be loaded,
        cmp     dword [esi + frame.resume], return_to_user
        jne     .receiving                      ; the kernel receives in its name,
        mov     eax, [esi + frame.ebp]
%if REGISTER_MESSAGES
        cmp     eax, L4_RECEIVE_OPEN
        jbe     .blocked
%endif
        test    al, L4_RECEIVE_FPAGE
        jnz     .receiving                      ; it has a window,
        cmp     eax, PLAIN_TOP
        ja      .receiving                      ; or an unusual buffer
        or      eax, BIT_0
        mov     [ebp + tcb.plain], edx
        mov     [ebp + tcb.buffer], eax
        mov     edx, STATE_RECEIVING
        jmp     .blocked
.receiving:
        mov     dword [ebp + tcb.plain], 0
        mov     edx, STATE_RECEIVING
.blocked:
        mov     [ebp + tcb.partner], ecx
        mov     [ebp + tcb.state], edx
        xor     eax, eax
        ret
.now:
        mov     dword [esi + frame.eax], L4_RECEIVE_TIMEOUT
        mov     eax, 1
        ret

; EBP/ESI takes the message of EBX, which waits to send it; then EBX goes on to its receive phase.
take:
        push    esi
        push    ebp
        xchg    ebp, ebx                        ; now EBP sends to EBX
        mov     esi, [ebp + tcb.ksp]
        call    stop_sending
        call    transfer
        mov     [esi + frame.eax], eax
        test    eax, eax
        jnz     .ready
        mov     eax, [esi + frame.ebp]
        cmp     eax, L4_NO_IPC
        je      .ready
        test    al, L4_RECEIVE_OPEN
        jnz     .open
        mov     eax, [esi + frame.edi]          ; closed: its partner is the thread that runs, so nothing is there,
        cmp     eax, [ebp + tcb.id_high]        ; unless the message was redirected
        je      .wait
.open:
        cmp     dword [ebp + tcb.senders], 0
        je      .wait
        mov     eax, receive_phase
        xchg    [esi + frame.resume], eax
        mov     [esi + frame.esp], eax
        jmp     .ready
.wait:
        call    wait_for_message
        test    eax, eax
        jz      .done
.ready:
        mov     ebx, ebp
        call    make_ready
.done:
        pop     ebp
        pop     esi
        ret
