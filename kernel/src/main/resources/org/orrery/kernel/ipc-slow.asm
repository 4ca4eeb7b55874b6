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
        test    eax, ~L4_SEND_FPAGE
        jnz     .not_provided
        call    find_partner
        jne     .no_partner
        cmp     ebx, ebp
        je      .no_partner
        call    accepts
        jne     send_later
        call    transfer
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

.no_partner:
        xor     ebx, ebx
        mov     dword [esi + frame.eax], L4_NOT_EXISTENT
        jmp     wake_and_return
.not_provided:
        mov     dword [esi + frame.eax], L4_SEND_ABORTED
        jmp     wake_and_return

; The acting thread EBP goes on; the thread it has woken, EBX if any, becomes ready.
wake_and_return_ok:
        mov     dword [esi + frame.eax], 0
wake_and_return:
        test    ebx, ebx
        jz      .return
        call    make_ready
.return:
        mov     esp, [ebp + tcb.ksp]
        ret

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
; it does its own receive phase when it runs.
receive_phase:
        push    dword return_to_user
        mov     ebp, esp
        and     ebp, -tcb_size
        mov     [ebp + tcb.ksp], esp
        mov     esi, esp
        xor     ebx, ebx
        jmp     ipc_in_frame.receive

; The receive phase of EBP/ESI. EAX = 0 if it blocks, else the frame has the result and the thread is ready.
; Keeps EBX, EBP, ESI.
receive:
        push    ebx
        test    byte [esi + frame.ebp], L4_RECEIVE_OPEN
        jz      .closed
        mov     ecx, [ebp + tcb.senders]
        test    ecx, ecx
        jz      .wait
        and     ecx, -tcb_size
        mov     ebx, ecx
        jmp     .take

.closed:
        cmp     dword [esi + frame.esi], L4_NIL ; from nobody: to sleep
        je      .wait
        cmp     dword [esi + frame.esi], L4_INVALID
        je      .wait
        call    find_partner
        jne     .no_partner
        cmp     dword [ebx + tcb.state], STATE_SENDING
        jne     .wait
        mov     eax, [ebp + tcb.id_low]
        cmp     [ebx + tcb.partner], eax
        jne     .wait

.take:                                          ; EBX waits to send to us
        call    take
        pop     ebx
        mov     eax, 1
        ret

.no_partner:
        mov     dword [esi + frame.eax], L4_NOT_EXISTENT
        pop     ebx
        mov     eax, 1
        ret

.wait:
        call    wait_for_message
        pop     ebx
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
.short:                                         ; can the short path wake it? EDX the state for that
        cmp     dword [ebp + tcb.waking], 0
        jne     .receiving                      ; no: it has a timeout,
        cmp     dword [esi + frame.ebp], L4_RECEIVE_OPEN
        ja      .receiving                      ; takes more than two words,
        cmp     dword [esi + frame.resume], return_to_user
        je      .blocked                        ; or the kernel receives in its name
.receiving:
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
        jz      .wait                           ; closed: its partner is the thread that runs, so nothing is there
        cmp     dword [ebp + tcb.senders], 0
        je      .wait
        mov     dword [esi + frame.resume], receive_phase
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

; EBP no longer waits to send.
stop_sending:
        mov     edx, [ebp + tcb.partner]
        and     edx, TCB_MASK
        add     edx, TCB_BASE + tcb.senders
        lea     ecx, [ebp + tcb.sending]
        call    ring_remove
        jmp     stop_timeout

; The message of EBP/ESI goes to EBX, which is then ready to run but in no ring.
; EAX = what the sender gets: 0 or an error of the send phase.
transfer:
        push    edi
        call    give_frame
        mov     edi, [ebx + tcb.ksp]
        xchg    ebp, ebx
        call    stop_timeout
        xchg    ebp, ebx
        mov     dword [ebx + tcb.state], STATE_READY
        xor     eax, eax                        ; EAX what the sender gets, ECX what the receiver gets
        xor     ecx, ecx
        test    byte [esi + frame.eax], L4_SEND_FPAGE
        jz      .words
        call    transfer_fpage
.words:
        mov     [edi + frame.eax], ecx
        mov     ecx, [esi + frame.edx]
        mov     [edi + frame.edx], ecx
        mov     ecx, [esi + frame.ebx]
        mov     [edi + frame.ebx], ecx
        mov     ecx, [ebp + tcb.id_low]
        mov     [edi + frame.esi], ecx
        mov     ecx, [ebp + tcb.id_high]
        mov     [edi + frame.edi], ecx
        pop     edi
        ret

; EBX waits for a message: if it does so on the short path, give it a frame. Keeps all registers.
give_frame:
        cmp     dword [ebx + tcb.state], STATE_LIMIT
        jb      .end
        push    edi
        lea     edi, [ebx + tcb.state - frame_size]
        mov     [ebx + tcb.ksp], edi
        mov     dword [edi + frame.resume], return_to_user
        mov     dword [edi + frame.ebp], 0
        pop     edi
.end:
        ret

; Maps what the message offers into the window that the receiver opened. EAX, ECX: results of the two sides.
transfer_fpage:
        mov     ecx, [edi + frame.ebp]
        test    cl, L4_RECEIVE_FPAGE
        jz      .refused
        mov     eax, [esi + frame.edx]
        mov     edx, [esi + frame.ebx]
        call    map
        jc      .failed
        xor     eax, eax
        mov     ecx, L4_FPAGE_RECEIVED
        ret
.failed:
        mov     eax, L4_SEND_MAP
        mov     ecx, L4_RECEIVE_MAP | L4_FPAGE_RECEIVED
        ret
.refused:
        mov     eax, L4_SEND_CUT
        mov     ecx, L4_RECEIVE_CUT
        ret

; The thread that the frame ESI names as partner. ZF set and EBX its TCB, or ZF clear if there is no such thread.
find_partner:
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

; ZF set if EBX waits for a message of EBP.
accepts:
        mov     eax, [ebx + tcb.state]
        cmp     eax, STATE_RECEIVING
        je      .receiving
        cmp     eax, STATE_LIMIT
        jb      .end                            ; ZF is clear
        cmp     eax, [ebx + tcb.id_high]
        je      .end
        jmp     .closed
.receiving:
        mov     eax, [ebx + tcb.partner]
        cmp     eax, ANYBODY
        je      .end
.closed:
        cmp     eax, [ebp + tcb.id_low]
.end:
        ret
