; The plain message in memory: words alone, from a buffer to a buffer, to a thread of the same clan that waits for them
; without a timeout, and then to wait oneself without a timeout. Whatever is not that goes on as any other ipc does: to
; ipc_in_frame before the two are locked to each other, to copy_message after that (see message.asm).
;
; Registers: EBP the sender's TCB, ESI its frame; EBX the receiver's TCB, EDI its frame.

        phase "check memory message"
ipc_memory:
        pushad
        push    dword return_to_user
        mov     ebp, esp
        mov     ebx, esi
        and     ebp, -tcb_size
        and     ebx, TCB_MASK
        mov     [ebp + tcb.ksp], esp
        look_up_tcb ebx
        add     ebx, TCB_BASE
        test    al, 3                           ; no fpages, no deceit, and something to send
        jnz     ipc_in_frame
        cmp     eax, L4_MESSAGE_DWORDS          ; a buffer
        jb      .no_buffer
        cmp     eax, USER_TOP - L4_MESSAGE_DWORDS
        ja      ipc_in_frame
.checked:
        test    cl, 0x0F                        ; wait for ever
        jnz     ipc_in_frame
        cmp     [ebx + tcb.id_low], esi
        jne     ipc_in_frame
        cmp     [ebx + tcb.id_high], edi
        jne     ipc_in_frame
        cmp     [ebp + tcb.id_high], edi
        jne     ipc_in_frame
        cmp     dword [ebx + tcb.state], STATE_RECEIVING
        jne     ipc_in_frame
        mov     ecx, [ebx + tcb.partner]
        cmp     ecx, ANYBODY
        je      .waits
        cmp     ecx, [ebp + tcb.id_low]
        jne     ipc_in_frame
.waits:
        mov     edi, [ebx + tcb.ksp]
        cmp     dword [ebx + tcb.waking], 0
        jne     ipc_in_frame
        mov     ecx, [ebx + tcb.sender]
        or      ecx, [ebx + tcb.receiver]
        jnz     ipc_in_frame                    ; it waits for its pager, in the course of another message
        mov     ecx, [edi + frame.ebp]
%if REGISTER_MESSAGES
        cmp     ecx, L4_MESSAGE_DWORDS
        jb      ipc_in_frame
%else
        test    eax, eax
        jz      .words
        cmp     ecx, L4_MESSAGE_DWORDS
        jb      ipc_in_frame
.words:
%endif
        test    cl, L4_RECEIVE_FPAGE
        jnz     ipc_in_frame

; What lock_partners does; the receiver has a frame and no timeout.
        phase "copy message"
        mov     dword [ebx + tcb.state], STATE_LOCKED
        mov     [ebp + tcb.receiver], ebx
        mov     [ebx + tcb.sender], ebp
        mov     esi, [ebp + USER_FRAME + frame.ebx]
        mov     [edi + frame.edx], edx
        mov     [edi + frame.ebx], esi
        mov     edx, [ebp + tcb.id_low]
        mov     esi, [ebp + tcb.id_high]
        mov     [edi + frame.esi], edx
        mov     [edi + frame.edi], esi
%if !REGISTER_MESSAGES
        xor     edx, edx
        test    eax, eax
        jz      plain_copied
        mov     edi, [ebx + tcb.ksp]
%endif
        copy_stack
        cld
        mov     edi, ecx
        mov     esi, eax
        and     edi, ~3
        jmp     copy_plain

; It is copied: the receiver EBX is ready. EDX what its frame EDI gets as result.
plain_copied:
        phase "wait for an answer"
        lea     esi, [ebp + USER_FRAME]
        mov     [edi + frame.eax], edx
        xor     eax, eax
        mov     esp, esi
        mov     [ebp + tcb.ksp], esi
        mov     [ebx + tcb.state], eax          ; STATE_READY
        mov     [ebp + tcb.receiver], eax
        mov     [ebp + tcb.window], eax
        mov     [ebx + tcb.sender], eax
        mov     edx, [esi + frame.ebp]
        test    dl, L4_RECEIVE_FPAGE            ; also: nothing to receive
        jnz     ipc_in_frame.sent
        cmp     edx, USER_TOP - L4_MESSAGE_DWORDS
        ja      ipc_in_frame.sent
        test    dl, L4_RECEIVE_OPEN
        jnz     .open
        mov     ecx, [esi + frame.esi]          ; closed: my partner is not about to send to me
        mov     [ebp + tcb.partner], ecx
%if REGISTER_MESSAGES
        test    edx, edx
        jz      .short
%endif
.receiving:
        mov     dword [ebp + tcb.state], STATE_RECEIVING
        jmp     .switch
.open:
%if !REPLY_AND_WAIT
        jmp     ipc_in_frame.sent
%endif
        cmp     [ebp + tcb.senders], eax
        jne     ipc_in_frame.sent
        cmp     edx, L4_RECEIVE_OPEN
        mov     dword [ebp + tcb.partner], ANYBODY
        jne     .receiving
        mov     ecx, [ebp + tcb.id_high]
%if !REGISTER_MESSAGES
        jmp     .receiving
%endif
.short:                                         ; the short path can wake it
        mov     [ebp + tcb.state], ecx
.switch:
%if !LAZY_SCHEDULING
        call    exchange_ready
%endif
        jmp     run

ipc_memory.no_buffer:
%if !REGISTER_MESSAGES
        test    eax, eax
        jz      ipc_memory.checked
%endif
        jmp     ipc_in_frame
