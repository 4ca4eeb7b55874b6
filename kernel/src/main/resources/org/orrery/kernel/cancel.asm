; Ending the ipc of a thread from outside: lthread_ex_regs and the deletion of a task need it.

        phase "cancel ipc"

; Where tcb.ksp of a thread points that waits for its pager after a page fault in user mode (see fault.asm).
%define FAULT_KSP (tcb.state - fault_size - frame.eip)

; Thread EBP leaves whatever ipc it is in, its own or one that the kernel does in its name. Keeps all registers.
;
; Afterwards it is in state ready, in no ring of senders and of no timeouts, and is not added to the ready ring: the
; caller does that (make_ready), or gives it another state. Its tcb.ksp is its user frame: `frame` at the top of its
; stack, with return_to_user, so that the registers it goes on with can be changed there. EAX in it is the error:
; cancelled before a transfer, aborted during one; after a page fault in user mode all registers are as they were, and
; the access is tried again. The partner of a transfer is ready and in the ready ring, its ipc aborted.
;
; A thread that is in no ipc, the running thread, and a halted one are left as they are.
ipc_cancel:
        pushad
        mov     eax, esp
        and     eax, -tcb_size
        cmp     eax, ebp
        je      .end
        mov     eax, L4_SEND_ABORTED
        mov     ecx, L4_RECEIVE_ABORTED
        mov     ebx, [ebp + tcb.receiver]
        test    ebx, ebx
        jnz     .sender
        mov     ebx, [ebp + tcb.sender]
        test    ebx, ebx
        jnz     .receiver
        cmp     dword [ebp + tcb.state], STATE_HALTED
        je      .end
        mov     ebx, ebp
        call    give_frame
        call    leave_queues
        call    unwind
        jmp     .end
.sender:
        call    end_transfer
        jmp     .partner
.receiver:
        xchg    ebx, ebp
        call    end_transfer
        xchg    ebx, ebp
        call    unwind
.partner:
        call    make_ready
.end:
        popad
        ret

; EBP leaves the ring of senders or of timeouts that it waits in. EAX = the error for that. Keeps EBX, EBP.
leave_queues:
        mov     eax, L4_SEND_CANCELLED
        cmp     dword [ebp + tcb.state], STATE_SENDING
        jne     .receiving
        push    eax
        call    stop_sending
        pop     eax
        ret
.receiving:
        call    stop_timeout
        mov     eax, L4_RECEIVE_CANCELLED
        ret

; EBP, in no queue, is ready with its user frame; the error EAX is in it if it was in an ipc of its own. Keeps EBX, EBP.
unwind:
        lea     esi, [ebp + tcb.state - frame_size]
        lea     edi, [ebp + FAULT_KSP]
        cmp     [ebp + tcb.ksp], edi
        je      .fault
        cmp     [ebp + tcb.ksp], esi
        jne     .deeper
        cmp     dword [ebp + tcb.state], STATE_READY
        jne     .error
        cmp     dword [esi + frame.resume], return_to_user
        jne     .error
        jmp     .end                            ; its ipc is over, or it was interrupted in user mode
.deeper:                                        ; in a page fault, before its message was on its way
        mov     eax, L4_SEND_CANCELLED
.error:
        mov     [esi + frame.eax], eax
.resume:
        mov     dword [esi + frame.resume], return_to_user
.end:
        mov     [ebp + tcb.ksp], esi
        mov     dword [ebp + tcb.state], STATE_READY
        ret
.fault:                                         ; its registers lie where the fault left them, two dwords lower
        lea     esi, [ebp + tcb.state - fault_size + fault.eax]
        lea     edi, [esi + frame.eax - frame_size - fault.eax + fault_size]
        mov     ecx, 8
        std
        rep     movsd
        cld
        lea     esi, [ebp + tcb.state - frame_size]
        jmp     .resume

; The transfer from EBP to EBX ends with the errors EAX of the sender and ECX of the receiver. Both are then ready, but
; not yet in the ready ring, and in no other. Keeps EBX, EBP.
end_transfer:
        call    unlock_partners
        push    ecx
        call    .to_user_frame
        pop     eax
        xchg    ebx, ebp
        cmp     dword [ebp + tcb.state], STATE_LOCKED
        jne     .in_fault
        mov     esi, [ebp + tcb.ksp]            ; the frame in which it waited for the message
        mov     [esi + frame.eax], eax
        mov     dword [ebp + tcb.state], STATE_READY
        jmp     .end
.in_fault:                                      ; a page fault of its own, deeper in the kernel
        call    .to_user_frame
.end:
        xchg    ebx, ebp
        ret

.to_user_frame:
        push    eax
        call    leave_queues
        pop     eax
        lea     esi, [ebp + tcb.state - frame_size]
        mov     dword [esi + frame.resume], return_to_user
        mov     [esi + frame.eax], eax
        mov     [ebp + tcb.ksp], esi
        mov     dword [ebp + tcb.state], STATE_READY
        ret

; The threads that wait to send to EBP, which is about to end, learn that it does not exist. Keeps all registers.
drop_senders:
        pushad
        mov     ebx, ebp
.next:
        mov     ebp, [ebx + tcb.senders]
        test    ebp, ebp
        jz      .end
        and     ebp, -tcb_size
        mov     esi, [ebp + tcb.ksp]
        mov     dword [esi + frame.eax], L4_NOT_EXISTENT
        call    stop_sending
        xchg    ebx, ebp
        call    make_ready
        mov     ebx, ebp
        jmp     .next
.end:
        popad
        ret
