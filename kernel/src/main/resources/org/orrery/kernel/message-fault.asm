; Page faults while a message is being copied. They become messages to the pager of the thread whose memory it is, the
; sender or the receiver, from a frame on its own stack below what is there; then the copy goes on where it was. The
; page fault timeout of the other one bounds the message to the pager, and then its answer, each.

        phase "fault in a message"

; ESP the fault, in the kernel. All other places than those that touch user memory: a panic.
kernel_page_fault:
        mov     eax, [esp + fault.eip]
        cmp     eax, reflect_access
        jb      .copy
        cmp     eax, reflect_access_end
        jb      reflect_fault
.copy:
        cmp     eax, plain_access
        jb      .message
        cmp     eax, plain_access_end
        jb      plain_fault
.message:
        cmp     eax, user_access
        jb      panic_exception
        cmp     eax, user_access_end
        jae     panic_exception
        mov     ebp, esp
        and     ebp, -tcb_size
        mov     ebx, [ebp + tcb.receiver]
        mov     eax, cr2
        cmp     eax, USER_TOP
        jae     .window
        mov     ecx, [ebp + tcb.pdir]
        cmp     ecx, [sigma0_space]
        je      .sigma0
        xor     ecx, ecx                        ; before the transfer: for ever
        test    ebx, ebx
        jz      .call
        mov     ecx, [ebx + tcb.ksp]
        cmp     dword [ecx + frame.ebp], L4_MESSAGE_DWORDS
        jb      sender_fault_timeout            ; takes two words only: does not wait for others' memory
        mov     ecx, [ecx + frame.ecx]
        shr     ecx, L4_FAULT_RECEIVE_SHIFT
        call    fault_timeouts
        jc      sender_fault_timeout
.call:
        mov     edx, [esp + fault.error]
        lea     edi, [esp - frame.eip]
        mov     esp, edi
        push    ebx
        mov     ebx, ebp
        call    fault_call
        pop     ebx
        mov     dword [edi + frame.resume], sender_fault_answered
        mov     [ebp + tcb.ksp], edi
        jmp     ipc_in_frame

.sigma0:
        call    sigma0_touch
        jnc     back_to_copy
        test    ebx, ebx
        jz      source_fault_failed
        jmp     transfer_aborted

.window:
        sub     eax, WINDOW
        cmp     eax, WINDOW_SIZE
        jae     panic_exception
        mov     edx, [ebp + tcb.window]
        test    edx, edx
        jz      panic_exception
        lea     eax, [eax + edx - 1]            ; the receiver's address
        mov     edx, [esp + fault.error]
        call    target_page
        jnc     .there
        call    sigma0_target
        jc      receiver_fault
.there:
        call    set_window
        call    flush_tlb
back_to_copy:
        popad
        add     esp, 8
        iretd

; In a plain message nothing has been done yet that counts: it is begun again as a general one.
plain_fault:
        mov     ebp, esp
        and     ebp, -tcb_size
        lea     esp, [ebp + USER_FRAME]
        jmp     ipc_in_frame

; The frame EDI: a call in the name of EBX to its pager, for the address EAX, error code EDX, timeouts ECX. Keeps all
; registers.
fault_call:
        push    eax
        push    edx
        and     eax, ~3
        and     edx, PF_WRITE
        or      eax, edx
        mov     dword [edi + frame.eax], L4_SHORT
        mov     [edi + frame.ecx], ecx
        mov     [edi + frame.edx], eax
        mov     dword [edi + frame.ebx], -1     ; in the kernel
        mov     dword [edi + frame.ebp], L4_WHOLE_SPACE | L4_RECEIVE_FPAGE
        mov     eax, [ebx + tcb.pager_low]
        mov     edx, [ebx + tcb.pager_high]
        mov     [edi + frame.esi], eax
        mov     [edi + frame.edi], edx
        pop     edx
        pop     eax
        ret

; ECX = timeouts word for a page fault timeout with exponent CL (low 4 bits). CF set if that is zero.
fault_timeouts:
        and     ecx, 15
        jz      .end                            ; never
        cmp     ecx, 15
        je      .zero
        push    eax
        mov     eax, ecx
        shl     eax, 4
        lea     ecx, [ecx + eax + 0x01010000]   ; mantissas 1
        pop     eax
.end:
        clc
        ret
.zero:
        stc
        ret

; CF set if EBX has no page at address EAX for an access with error code EDX. Keeps all registers but ECX.
target_page:
        push    eax
        push    edx
        mov     ecx, edx
        mov     edx, [ebx + tcb.pdir]
        add     edx, KERNEL_BASE
        call    find_pte
        jc      .end
        mov     eax, [eax]
        test    al, PTE_PRESENT
        jz      .none
        test    cl, PF_WRITE
        jz      .end                            ; CF is clear
        test    al, PTE_WRITE
        jnz     .end
.none:
        stc
.end:
        pop     edx
        pop     eax
        ret

; If EBX is sigma0, the page at address EAX becomes its own. CF set if it is another, or cannot have it for an access
; with error code EDX. Keeps all registers but ECX.
sigma0_target:
        mov     ecx, [ebx + tcb.pdir]
        cmp     ecx, [sigma0_space]
        jne     .none
        call    sigma0_touch
        jnc     target_page
.none:
        stc
        ret

; Sigma0 gets its page at address EAX. CF set if it cannot have it. Keeps all registers but ECX.
sigma0_touch:
        push    eax
        push    edx
        call    sigma0_mapping
        jc      .end
        cmp     ecx, 1                          ; none?
.end:
        pop     edx
        pop     eax
        ret

; The receiver EBX has no page at address EAX, error code EDX: it asks its pager while the sender EBP waits.
receiver_fault:
        mov     ecx, [ebp + USER_FRAME + frame.ecx]
        shr     ecx, L4_FAULT_SEND_SHIFT
        call    fault_timeouts
        jc      receiver_fault_timeout
        push    dword back_to_copy
        mov     [ebp + tcb.ksp], esp
        mov     dword [ebp + tcb.state], STATE_LOCKED
        mov     edi, [ebx + tcb.ksp]
        sub     edi, frame.eip
        call    fault_call
        mov     dword [edi + frame.resume], receiver_fault_phase
        mov     [ebx + tcb.ksp], edi
        mov     dword [ebx + tcb.state], STATE_READY
        jmp     run

; The receiver on its own stack, with the frame of its call.
receiver_fault_phase:
        push    dword receiver_fault_answered
        mov     ebp, esp
        and     ebp, -tcb_size
        mov     [ebp + tcb.ksp], esp
        jmp     ipc_in_frame

receiver_fault_answered:
        mov     ebp, esp
        and     ebp, -tcb_size
        mov     ebx, [ebp + tcb.sender]
        mov     eax, [esp + frame.eax - 4]
        lea     esp, [esp + frame.eip - 4]
        mov     [ebp + tcb.ksp], esp
        test    eax, L4_ERROR_MASK
        jnz     .failed
        mov     dword [ebp + tcb.state], STATE_LOCKED
        mov     dword [ebx + tcb.state], STATE_READY
        jmp     run
.failed:
        xchg    ebx, ebp
        call    timed_out
        jne     transfer_aborted
receiver_fault_timeout:
        mov     eax, L4_RECEIVER_FAULT_SEND
        mov     ecx, L4_RECEIVER_FAULT_RECEIVE
        jmp     transfer_fails

sender_fault_answered:
        mov     ebp, esp
        and     ebp, -tcb_size
        mov     ebx, [ebp + tcb.receiver]
        mov     eax, [esp + frame.eax - 4]
        lea     esp, [esp + frame.eip - 4]
        test    eax, L4_ERROR_MASK
        jz      back_to_copy
        test    ebx, ebx
        jz      source_fault_failed
        call    timed_out
        jne     transfer_aborted
sender_fault_timeout:
        mov     eax, L4_SENDER_FAULT_SEND
        mov     ecx, L4_SENDER_FAULT_RECEIVE
        jmp     transfer_fails

source_fault_failed:                            ; while the id of a deceiver was read
        lea     esi, [ebp + USER_FRAME]
        mov     [ebp + tcb.ksp], esi
        mov     dword [esi + frame.eax], L4_SEND_ABORTED
        jmp     wake_and_return

; ZF set if EAX, the result of a call to a pager, is a timeout. Keeps all registers but EAX.
timed_out:
        and     eax, L4_ERROR_MASK & ~L4_NOT_EXISTENT
        cmp     eax, L4_RECEIVE_TIMEOUT         ; or L4_SEND_TIMEOUT, which differs in a bit
        ret

transfer_aborted:
        mov     eax, L4_SEND_ABORTED
        mov     ecx, L4_RECEIVE_ABORTED

; The transfer from EBP to EBX ends with the errors EAX and ECX. One of them runs; the sender runs on.
transfer_fails:
        call    end_transfer
        call    make_ready
        mov     ebx, ebp
        jmp     run
