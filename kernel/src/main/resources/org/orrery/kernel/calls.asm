; The system calls other than ipc.

        phase "system calls"

; In:  ESI:EDI an id, or nil for the caller
; Out: ESI:EDI the thread that a message to it would go to: itself, or a chief on the way there; nil if there is none.
;      EAX where it is, L4_SAME_CLAN, L4_INNER_CLAN or L4_OUTER_CLAN. All other registers as they were.
id_nearest:
        test    esi, esi
        jnz     .other
        mov     esi, [esp + MINE + ID_LOW]
        mov     edi, [esp + MINE + ID_HIGH]
        xor     eax, eax
        iretd
.other:
        pushad
        push    dword return_to_user
        mov     ebp, esp
        and     ebp, -tcb_size
        mov     [ebp + tcb.ksp], esp
        call    nearest
        mov     ecx, [ebx + tcb.id_low]
        mov     edx, [ebx + tcb.id_high]
        je      .found
        xor     eax, eax
        xor     ecx, ecx
        xor     edx, edx
.found:
        mov     esi, [ebp + tcb.ksp]
        mov     [esi + frame.eax], eax
        mov     [esi + frame.esi], ecx
        mov     [esi + frame.edi], edx
        jmp     go_on

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
