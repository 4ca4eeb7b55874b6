; The plain message in memory: words alone, from a buffer to a buffer, to a thread of the same clan that waits for
; them without a timeout; and what the sender does then, to wait without a timeout itself. Also a receive alone into a
; buffer.
;
; Up to UNINTERRUPTED dwords nobody else has a part in it, and nothing that counts is changed before they are copied:
; whatever is not that plain, and a page fault of either side, goes to ipc_in_frame as any other ipc does, from the
; start. For more dwords the two are locked to each other as in message.asm, and page faults are handled as there.
;
; A thread that waits for such a message is in STATE_RECEIVING with tcb.plain not 0: what its state would be on the short
; path, so that a sender compares with it as there. It has no timeout, no breakpoints, and its user frame on its stack.
;
; Registers: EDX the sender's TCB, EBX the receiver's, EAX the sender's buffer; then EBP the dope for the receiver.

PLAIN_TOP       equ USER_TOP - L4_MESSAGE_DWORDS - UNINTERRUPTED * 4   ; the end of buffers that need no more checks
BIT_0           equ 1                           ; of tcb.buffer: always set

        phase "check memory message"

; The thread EDX, with receive descriptor EBP and partner ESI, is to wait in the state ECX, once that is its state.
; Goes to the label if that is not plain.
%macro plain_wait 1
        test    ebp, L4_RECEIVE_FPAGE           ; also: nothing to receive
        jnz     %1
        cmp     ebp, PLAIN_TOP
        ja      %1
        mov     ecx, esi                        ; closed: my partner is not about to send to me
        test    ebp, L4_RECEIVE_OPEN
        jz      %%mine
        mov     ecx, [edx + tcb.senders]
        mov     esi, ANYBODY
        test    ecx, ecx
        jnz     %1
        mov     ecx, [edx + tcb.id_high]
%%mine:
        mov     [edx + tcb.partner], esi
%if REGISTER_MESSAGES
        cmp     ebp, L4_RECEIVE_OPEN
        jbe     %%state
%endif
        mov     [edx + tcb.plain], ecx
        or      ebp, BIT_0
        mov     ecx, STATE_RECEIVING
        mov     [edx + tcb.buffer], ebp
%%state:
%endmacro

        align   16
ipc_buffer:                                     ; EBP is not 0 or 1
        cmp     ebp, L4_NO_IPC
        je      ipc_send
ipc_memory:
        push    eax                             ; as PUSHAD, which takes longer
        push    ecx
        push    edx
        push    ebx
        push    esp
        push    ebp
        push    esi
        push    edi
        mov     edx, esp
        mov     ebx, esi
        push    dword return_to_user
        and     edx, -tcb_size
        and     ebx, TCB_MASK
        mov     [edx + tcb.ksp], esp
        look_up_tcb ebx
        add     ebx, TCB_BASE
        test    al, 3                           ; no fpages, no deceit, and something to send
        jnz     .alone
        test    cl, 0x0F                        ; wait for ever
        jnz     .other
%if !REGISTER_MESSAGES
        test    eax, eax
        jz      .short
%endif
        lea     ecx, [eax - L4_MESSAGE_DWORDS]
        cmp     ecx, PLAIN_TOP - L4_MESSAGE_DWORDS
        ja      .other
.short:
        cmp     [ebx + tcb.id_low], esi         ; the thread meant
        jne     .other
        cmp     [edx + tcb.id_high], edi        ; in my clan
        jne     .other
        mov     ecx, [ebx + tcb.state]
        cmp     ecx, STATE_RECEIVING
        jne     .other
        mov     ecx, [ebx + tcb.plain]
        cmp     ecx, edi                        ; waits for anybody
        je      .waits
        cmp     ecx, [edx + tcb.id_low]         ; or for me
        jne     .other
.waits:
        mov     edi, [ebx + tcb.buffer]
%if !REGISTER_MESSAGES
        cmp     edi, BIT_0
        jne     .room
        test    eax, eax
        jnz     .other
.room:
%endif
%if !REPLY_AND_WAIT
        test    ebp, L4_RECEIVE_OPEN
        jnz     .leave_wait
%endif
        plain_wait .leave_wait
.window:
        push    ecx                             ; my state afterwards, or 0: ipc_in_frame sees to it
%if !REGISTER_MESSAGES
        xor     ebp, ebp
        test    eax, eax
        jz      plain_copied
%endif

; The window shows the receiver's buffer, and at least 4 MB after it. Nothing that it showed before is in the TLB.
        phase "copy message"
        mov     esi, edi
        mov     ecx, [ebx + tcb.pdir]
        shr     esi, 20
        and     edi, TABLE_SPAN - 1
        and     esi, 0xFFC
        add     edi, WINDOW
        add     ecx, esi
        mov     ebp, [edx + tcb.pdir]
        mov     esi, [KERNEL_BASE + ecx]
        mov     ecx, [KERNEL_BASE + ecx + 4]
        and     esi, ~PTE_USER
        and     ecx, ~PTE_USER
        mov     [KERNEL_BASE + ebp + (WINDOW >> 20)], esi
        mov     [KERNEL_BASE + ebp + (WINDOW >> 20) + 4], ecx
        cmp     [window_space], ebp
        mov     [window_space], ebp
        je      .flush
.clean:
        cld
plain_access:
        mov     ecx, [eax + L4_MESSAGE_SEND]
        lea     esi, [eax + L4_MESSAGE_DWORDS]
        test    ecx, 31 << L4_STRINGS_SHIFT
        jnz     ipc_memory.other
        mov     ebp, ecx
        shr     ecx, L4_DWORDS_SHIFT
        and     ebp, -1 << L4_DWORDS_SHIFT
        cmp     [edi + L4_MESSAGE_SIZE - BIT_0], ebp
        jb      ipc_memory.other
        add     edi, L4_MESSAGE_DWORDS - BIT_0
        cmp     ecx, UNINTERRUPTED
        ja      plain_long
        move_dwords edx
plain_access_end:

; It is copied: the receiver EBX is ready, with EBP as its message dope, and runs in my time slice.
        phase "wait for an answer"
plain_copied:
        pop     ecx
        mov     eax, ebp
        test    ecx, ecx
        jz      plain_go_on
        mov     [edx + tcb.state], ecx
.switch:
        mov     ebp, [ebx + tcb.pdir]
%if !LAZY_SCHEDULING
        push    eax
        mov     ebp, edx
        call    exchange_ready
        mov     edx, ebp
        mov     ebp, [ebx + tcb.pdir]
        pop     eax
%endif
        xor     edi, edi
        lea     ecx, [ebx + tcb.state]
        mov     [ebx + tcb.state], edi          ; STATE_READY
        mov     [tss_esp0], ecx
        check_exit ebx
        mov     esi, [edx + tcb.id_low]
        lea     esp, [ebx + tcb.state - FRAME_BYTES]
        cmp     [edx + tcb.pdir], ebp
        mov     ebx, [edx + USER_FRAME + frame.ebx]
        je      .same_space
        mov     [window_space], edi             ; nothing of a window is in the TLB now
        mov     edi, [edx + tcb.id_high]
        mov     edx, [edx + USER_FRAME + frame.edx]
        mov     cr3, ebp
        reload_segments
        iretd
.same_space:
        mov     edi, [edx + tcb.id_high]
        mov     edx, [edx + USER_FRAME + frame.edx]
        reload_segments
        iretd

; ECX dwords, more than can be copied in one go, from ESI to EDI.
plain_long:
        mov     eax, ecx
        shl     eax, 2
        add     eax, esi
        cmp     eax, USER_TOP
        ja      ipc_memory.other
        sub     eax, esi
        add     eax, [ebx + tcb.buffer]
        add     eax, L4_MESSAGE_DWORDS - BIT_0
        cmp     eax, USER_TOP
        ja      ipc_memory.other
        mov     eax, [ebx + tcb.buffer]
        push    ebp
        and     eax, -TABLE_SPAN
        mov     ebp, edx
        inc     eax
        mov     [edx + tcb.receiver], ebx
        mov     [edx + tcb.window], eax
        mov     [ebx + tcb.sender], edx
        mov     dword [ebx + tcb.state], STATE_LOCKED
        copy_stack
        call    copy_dwords
        lea     esp, [ebp + USER_FRAME]         ; interrupts and page faults have made frames of their own
        mov     edx, ebp
        mov     [ebp + tcb.ksp], esp
        sub     esp, 8
        call    unlock_partners
        pop     ebp
        test    byte [edx + USER_FRAME + frame.ebp], L4_RECEIVE_OPEN
        jz      plain_copied
        cmp     dword [edx + tcb.senders], 0    ; still?
        je      plain_copied
        pop     ecx
        mov     eax, ebp
plain_go_on:                                    ; EAX what the receiver gets; then I go on as after any other message
        mov     ebp, edx
        mov     esi, [edx + tcb.ksp]
        mov     edi, [ebx + tcb.ksp]
        mov     esp, esi
        mov     [edi + frame.eax], eax
        call    pass_words
        mov     dword [ebx + tcb.state], STATE_READY
        xor     eax, eax
        jmp     ipc_in_frame.sent

ipc_memory.leave_wait:
        xor     ecx, ecx
        jmp     ipc_memory.window
ipc_memory.flush:
        mov     ecx, cr3
        mov     cr3, ecx
        jmp     ipc_memory.clean

ipc_memory.alone:
        cmp     eax, L4_NO_IPC
        jne     ipc_memory.other
        test    cl, 0x0F
        jnz     ipc_memory.other
        test    ebp, L4_RECEIVE_OPEN            ; a closed one has to look at its partner
        jz      ipc_memory.other
        plain_wait ipc_memory.other
        mov     [edx + tcb.state], ecx
        jmp     schedule

; Whatever is not plain, before anything has been done.
ipc_memory.other:
        mov     ebp, edx
        mov     esp, [edx + tcb.ksp]
        jmp     ipc_in_frame
