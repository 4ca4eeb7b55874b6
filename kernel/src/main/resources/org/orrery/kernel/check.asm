; Checks of the kernel's invariants, in a kernel built with `checks`: at the end of every slow way through the kernel.
; The first that does not hold is a panic with a line that says which.

%if CHECKS

        phase "checks"

; Keeps all registers.
check_kernel:
        pushad
        call    check_current
        call    check_threads
        popad
        ret

; An invariant does not hold: ESI says which, EBX the thread.
check_failed:
        push    esi
        mov     esi, check_text
        call    print
        pop     esi
        call    print
        mov     esi, panic_thread
        call    print
        mov     eax, [ebx + tcb.id_low]
        call    print_hex
        mov     esi, new_line
        call    print
        mov     al, EXIT_PANIC
        jmp     exit

; Every ready ring is a ring of threads of its priority, and the map tells which are empty; above ready_top all are. So do
; the rings of timeouts hold what belongs there. The owner of the time slice exists.
check_threads:
        xor     edi, edi
.word:                                          ; of ready_map
        mov     ebp, edi
        shr     ebp, 3
        mov     ebp, [ready_map + ebp]
        mov     ebx, IDLE_TCB
        mov     esi, check_map
.ring:
        mov     edx, [ready_rings + edi * 4]
        shr     ebp, 1
        jc      .full
        test    edx, edx
        jnz     check_failed
.next:
        inc     edi
        test    edi, 31
        jnz     .ring
        cmp     edi, PRIORITIES
        jb      .word
        jmp     .rings
.full:
        test    edx, edx
        jz      check_failed
        cmp     edi, [ready_top]
        ja      check_failed
        push    ebp
        mov     ebp, check_ready
        call    check_ring
        pop     ebp
        mov     ebx, IDLE_TCB
        mov     esi, check_map
        jmp     .next
.rings:
        xor     edi, edi
.timeouts:
        mov     edx, [wakeup_rings + edi * 4]
        mov     ebp, check_waking
        test    edx, edx
        jz      .none
        call    check_ring
.none:
        inc     edi
        cmp     edi, WAKEUP_RINGS
        jb      .timeouts
        mov     ebx, [slice_owner]
        mov     esi, check_owner
        cmp     dword [ebx + tcb.id_low], 0
        je      check_failed
        ret

; The ring whose first link is EDX: links point at each other, and EBP holds for each thread EBX with link ECX.
; Keeps EDI.
check_ring:
        mov     ecx, edx
.link:
        mov     ebx, ecx
        and     ebx, -tcb_size
        mov     esi, check_link
        mov     eax, [ecx + ring.next]
        cmp     [eax + ring.previous], ecx
        jne     check_failed
        mov     esi, check_dead
        cmp     dword [ebx + tcb.id_low], 0
        je      check_failed
        call    ebp
        mov     ecx, [ecx + ring.next]
        cmp     ecx, edx
        jne     .link
        ret

; EBX with link ECX belongs in the ready ring of priority EDI; if it is ready and does not run it has a frame.
check_ready:
        lea     eax, [ebx + tcb.ready]
        mov     esi, check_link
        cmp     eax, ecx
        jne     check_failed
        movzx   eax, byte [ebx + tcb.priority]
        mov     esi, check_priority
        cmp     eax, edi
        jne     check_failed
        call    check_ipc
        cmp     dword [ebx + tcb.state], STATE_READY
        jne     .end
        mov     eax, [ebx + tcb.ksp]
        and     eax, -tcb_size
        mov     esi, check_frame
        cmp     eax, ebx
        jne     check_failed
.end:
        ret

; EBX with link ECX belongs in the ring EDI of timeouts, and has not been forgotten there.
check_waking:
        lea     eax, [ebx + tcb.waking]
        mov     esi, check_link
        cmp     eax, ecx
        jne     check_failed
        mov     eax, [ebx + tcb.wake_tick]
        mov     esi, check_late
        sub     eax, [now]
        js      check_failed
        mov     eax, [ebx + tcb.wake_tick]
        and     eax, WAKEUP_RINGS - 1
        mov     esi, check_link
        cmp     eax, edi
        jne     check_failed
        mov     esi, check_awake
        cmp     dword [ebx + tcb.state], STATE_READY
        je      check_failed
        cmp     dword [ebx + tcb.state], STATE_HALTED
        je      check_failed
        ret

check_text:     db "kernel panic", 13, 10, "check failed: ", 0
check_map:      db "ready_map is not what the rings are,", 0
check_link:     db "a link points to the wrong place,", 0
check_dead:     db "a thread that does not exist is in a ring,", 0
check_priority: db "a thread is in the ring of another priority,", 0
check_frame:    db "a ready thread has no frame,", 0
check_late:     db "a timeout is past,", 0
check_awake:    db "a thread that does not wait has a timeout,", 0
check_owner:    db "the time slice belongs to nobody,", 0

%endif
