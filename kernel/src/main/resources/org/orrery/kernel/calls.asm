; The system calls other than ipc.

        phase "system calls"

; ESI:EDI nil: the caller's own id. Any other id is its own nearest: all threads are in one clan so far.
; EAX = 0: the same clan.
id_nearest:
        xor     eax, eax
        test    esi, esi
        jnz     .end
        mov     esi, [esp + MINE + ID_LOW]
        mov     edi, [esp + MINE + ID_HIGH]
.end:
        iretd

; The caller gives up the rest of its time slice: to the thread ESI if that is ready, else it is over.
thread_switch:
        pushad
        push    dword return_to_user
        mov     ebp, esp
        and     ebp, -tcb_size
        mov     [ebp + tcb.ksp], esp
        mov     ebx, esi
        and     ebx, TCB_MASK
        add     ebx, TCB_BASE
        cmp     ebx, ebp
        je      run_next
        cmp     [ebx + tcb.id_low], esi
        jne     run_next
        cmp     dword [ebx + tcb.state], STATE_READY
        jne     run_next
        xchg    ebx, ebp
        call    make_ready
        mov     dword [woken], 0                ; it gives way even if its priority is higher
        mov     ebx, ebp
        jmp     run
