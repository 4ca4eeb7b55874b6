; Who runs. One ring of ready threads, round robin, 10 ms each.
;
; The ring is lazy: a thread that blocks stays in it until the scheduler comes across it, and the running thread need
; not be in it. What holds always: a ready thread that does not run is in the ring, and its tcb.ksp points at a frame.

        phase "schedule"

; The running thread EBP stays ready, but it is the others' turn.
run_next:
        mov     ebx, ebp
        call    make_ready
        lea     ecx, [ebp + tcb.ready]
        cmp     [ready_ring], ecx
        jne     schedule
        mov     ecx, [ecx + ring.next]
        mov     [ready_ring], ecx

; Runs the next ready thread, with a fresh time slice. Does not return.
schedule:
        mov     ecx, [ready_ring]
        test    ecx, ecx
        jz      idle
        mov     ebx, ecx
        and     ebx, -tcb_size
        cmp     dword [ebx + tcb.state], STATE_READY
        je      .found
        mov     edx, ready_ring
        call    ring_remove
        jmp     schedule
.found:
        mov     eax, [ecx + ring.next]
        mov     [ready_ring], eax               ; it is the last now
        mov     dword [slice], SLICE_TICKS

; Runs the ready thread EBX where its frame says.
run:
        mov     esp, [ebx + tcb.ksp]
        call    enter_space
        cmp     dword [ebx + tcb.window], 0
        jne     restore_window
        ret

; The stack and the address space of EBX become the current ones, but for ESP.
enter_space:
        lea     ecx, [ebx + tcb.state]
        mov     [tss_esp0], ecx
        mov     ecx, [ebx + tcb.pdir]
        mov     eax, cr3
        cmp     eax, ecx
        je      .same
        mov     cr3, ecx
        mov     dword [window_space], 0         ; nothing of a window is in the TLB now
.same:
        ret

; Nobody is ready: wait for an interrupt in a thread of the kernel's own.
idle:
        mov     ebx, IDLE_TCB
        lea     esp, [ebx + tcb.state]
        call    enter_space
.wait:
        sti
        hlt
        cli
        jmp     .wait

; The resume address of a thread that goes back to user mode with the registers of its frame.
return_to_user:
        popad
        reload_segments
        iretd

; EBX is ready and waits for its turn. Keeps all but EAX, ECX, EDX.
make_ready:
        mov     dword [ebx + tcb.state], STATE_READY
        lea     ecx, [ebx + tcb.ready]
        cmp     dword [ecx + ring.next], 0
        jne     .end                            ; left there when it blocked
        mov     edx, ready_ring
        jmp     ring_append
.end:
        ret

; A ring is a pointer to its first link, or 0; links are doubly linked in a circle, and a link in no ring has next 0.
; Links lie in TCBs, so that the thread is the link's address rounded down to tcb_size.

; ECX becomes the last of the ring at [EDX]. Keeps all but EAX.
ring_append:
        push    ebx
        mov     eax, [edx]
        test    eax, eax
        jz      .first
        mov     ebx, [eax + ring.previous]
        mov     [ecx + ring.next], eax
        mov     [ecx + ring.previous], ebx
        mov     [ebx + ring.next], ecx
        mov     [eax + ring.previous], ecx
        pop     ebx
        ret
.first:
        mov     [edx], ecx
        mov     [ecx + ring.next], ecx
        mov     [ecx + ring.previous], ecx
        pop     ebx
        ret

; ECX leaves the ring at [EDX]. Keeps all but EAX.
ring_remove:
        push    ebx
        mov     eax, [ecx + ring.next]
        mov     ebx, [ecx + ring.previous]
        mov     [ebx + ring.next], eax
        mov     [eax + ring.previous], ebx
        mov     dword [ecx + ring.next], 0
        cmp     [edx], ecx
        jne     .end
        cmp     eax, ecx
        jne     .first
        xor     eax, eax                        ; it was the only one
.first:
        mov     [edx], eax
.end:
        pop     ebx
        ret
