; Half of what the short path does: a short message alone, to a thread that waits for it on the short path; and a
; receive alone, of a short message, when nobody is about to send it. As there, whatever is not the plain case goes to
; ipc_slow with all registers as they came.

PRIORITY        equ tcb.priority - HOT_LINE
READY           equ tcb.ready - HOT_LINE
KSP             equ tcb.ksp - HOT_LINE
AFTER_PUSH      equ 4 + MINE                    ; [esp + AFTER_PUSH]: my hot line, after one PUSH

        phase "send alone"
; EBP is L4_NO_IPC. The receiver has no more priority than I have: I go on.
        align 16
ipc_send:
        test    eax, eax
        jnz     ipc_memory
.short:
        push    ecx
        mov     eax, esi
        and     eax, TCB_MASK
        look_up_tcb eax
        add     eax, TCB_BASE + HOT_LINE
        cmp     [esp + AFTER_PUSH + ID_HIGH], edi
        jne     .slow
        cmp     [eax + ID_LOW], esi
        jne     .slow
        mov     cl, [eax + PRIORITY]
        cmp     [esp + AFTER_PUSH + PRIORITY], cl
        jb      .slow
        mov     ecx, [esp + AFTER_PUSH + ID_LOW]
        cmp     [eax], edi                      ; waits for anybody?
        je      .waits
        cmp     [eax], ecx                      ; for me?
        jne     .slow
.waits:
        mov     [eax + IN_FRAME(frame.edx)], edx
        mov     [eax + IN_FRAME(frame.ebx)], ebx
        mov     [eax + IN_FRAME(frame.esi)], ecx
        mov     [eax + IN_FRAME(frame.edi)], edi
        lea     ecx, [eax - frame_size]
        mov     dword [eax + IN_FRAME(frame.resume)], return_to_user
        mov     [eax + KSP], ecx
        xor     ecx, ecx
        mov     [eax + IN_FRAME(frame.eax)], ecx
        mov     [eax], ecx                      ; STATE_READY
        cmp     [eax + READY + ring.next], ecx
        je      .enter_ring
.in_ring:                                       ; perhaps since it ran last
        pop     ecx
        xor     eax, eax
        check_invariants
%if !REPLY_AND_WAIT
        cmp     ebp, L4_RECEIVE_OPEN
        je      .again
%endif
        reload_segments
        iretd
.slow:
        pop     ecx
        jmp     ipc_slow_restore
.enter_ring:
        push    edx
        push    ebx
        lea     ebx, [eax - HOT_LINE]
        movzx   edx, byte [eax + PRIORITY]
        call    enter_ready
        pop     ebx
        pop     edx
        jmp     .in_ring

%if !REPLY_AND_WAIT
.again:                                         ; to the INT once more, for the receive phase
        mov     eax, L4_NO_IPC
        sub     dword [esp], INT_BYTES
        reload_segments
        iretd
%endif

; EBP is 0, or L4_RECEIVE_OPEN.
        phase "receive alone"
        align 16
%if !REPLY_AND_WAIT
ipc_reply_in_two:
        test    eax, eax
        jz      ipc_send.short
%endif
ipc_receive:
        cmp     eax, L4_NO_IPC
        jne     ipc_memory
        test    ebp, ebp
        jz      .closed
        mov     eax, [esp + MINE + SENDERS]
        test    eax, eax                        ; nobody sends to me?
        jnz     .slow
        mov     eax, [esp + MINE + ID_HIGH]
.wait:
        test    cl, 0x0F                        ; wait for ever?
        jnz     .timeout
        mov     [esp + MINE], eax
        jmp     schedule
.timeout:
        cmp     ecx, 1 << 24
        jae     .slow
        mov     eax, L4_RECEIVE_TIMEOUT         ; it is zero
        check_invariants
        reload_segments
        iretd
.closed:
        cmp     esi, STATE_LIMIT                ; from a thread, not from nobody or an interrupt?
        jb      .slow
        mov     eax, esi
        and     eax, TCB_MASK
        look_up_tcb eax
        add     eax, TCB_BASE + HOT_LINE
        cmp     [esp + MINE + ID_HIGH], edi     ; in my clan?
        jne     .slow
        cmp     [eax + ID_LOW], esi             ; does it exist?
        jne     .slow
        cmp     [eax + ID_HIGH], edi
        jne     .slow
        cmp     dword [eax], STATE_SENDING      ; perhaps to me?
        mov     eax, esi
        jne     .wait
.slow:
        mov     eax, L4_NO_IPC
        jmp     ipc_slow
