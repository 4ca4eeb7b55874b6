; Making threads.

        phase "threads"

; A new thread with id EBX:EAX (high:low) in the space whose directory is at EDX, halted: EBX its TCB, with a frame
; of zeros and a user stack frame to be filled in, no pager. CF set if the pool is used up. Keeps ESI, EDI, EBP.
new_thread:
        push    edi
        push    ebx
        push    edx
        push    eax
        mov     ebx, eax
        and     ebx, TCB_MASK
        add     ebx, TCB_BASE
        mov     eax, ebx
        call    back_tcb
        jc      .end
        mov     edi, ebx
        mov     ecx, tcb_size / 4
        xor     eax, eax
        cld
        rep     stosd
        mov     dword [ebx + tcb.state], STATE_HALTED
        mov     eax, [esp]
        mov     [ebx + tcb.id_low], eax
        mov     eax, [esp + 8]
        mov     [ebx + tcb.id_high], eax
        mov     eax, [esp + 4]
        sub     eax, KERNEL_BASE
        mov     [ebx + tcb.pdir], eax
        lea     eax, [ebx + tcb.state - frame_size]
        mov     [ebx + tcb.ksp], eax
        mov     dword [eax + frame.resume], return_to_user
        mov     dword [eax + frame.cs], USER_CODE
        mov     dword [eax + frame.eflags], EFLAGS_USER
        mov     dword [eax + frame.user_ss], USER_DATA
        clc
.end:
        pop     eax
        pop     edx
        pop     ecx
        pop     edi
        ret

EFLAGS_USER     equ 0x202              ; interrupts on, and the bit that is always set

; The kernel's own thread: in no ring, named by no id that anybody can ask for.
create_idle:
        mov     eax, L4_NIL
        mov     ebx, L4_NIL
        mov     edx, [kernel_space]
        add     edx, KERNEL_BASE
        call    new_thread
        mov     dword [ebx + tcb.id_low], L4_INVALID
        ret
