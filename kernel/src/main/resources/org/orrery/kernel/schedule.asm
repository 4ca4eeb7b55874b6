; Who runs: the thread of the highest priority that is ready, round robin among equals, each for its time slice.
;
; There is a ring of ready threads for each priority. The rings are lazy: a thread that blocks stays in its ring until
; the scheduler comes across it, and the running thread need not be in one. What holds always: a ready thread that
; does not run is in the ring of its priority, and its tcb.ksp points at a frame; ready_map has the bits of the rings
; that are not empty, and none of these is above ready_top (BSR takes up to 103 clocks: it is done when that ring is
; empty only).
;
; Time slices are donated: a thread that wakes its partner by ipc and blocks, or switches to it, lets it run on in the
; same slice. So the running thread has the priority of the slice's owner, if that is higher than its own, and a
; partner runs at once whatever its priority. A slice ends when its ticks are used up; if it is interrupted by a
; thread of higher priority, its owner keeps the rest.

        phase "schedule"

; The stack and the address space of EBX become the current ones, but for ESP. Keeps all registers but EAX, ECX, EDX.
%macro enter_space 0
        mov     ecx, [ebx + tcb.pdir]
        lea     edx, [ebx + tcb.state]
        mov     eax, cr3
        mov     [tss_esp0], edx
        cmp     eax, ecx
        je      %%same
        mov     cr3, ecx
        mov     dword [window_space], 0         ; nothing of a window is in the TLB now
%%same:
%endmacro

; The running thread EBP, with its frame at tcb.ksp, goes on, unless a thread of higher priority has become ready.
go_on:
        mov     eax, [woken]
        test    eax, eax
        jnz     .woken
.same:
        check_exit ebp
        mov     esp, [ebp + tcb.ksp]
        ret
.woken:
        mov     dword [woken], 0
        cmp     ebp, IDLE_TCB
        je      schedule
        dec     eax
        cmp     al, [ebp + tcb.priority]
        jbe     .same
        mov     ecx, [slice_owner]
        cmp     al, [ecx + tcb.priority]
        jbe     .same
        mov     ebx, ebp                        ; it is the next of its priority
        call    stop_ready
        call    make_ready
        mov     [edx], ecx
        jmp     schedule

; The running thread EBP stays ready, but gives up the rest of the time slice: it is the others' turn.
run_next:
        mov     dword [slice], 0

; The time slice is over. EBP is the running thread.
slice_over:
        mov     ebx, [slice_owner]
        call    stop_ready
        cmp     dword [ebx + tcb.state], STATE_READY
        jne     .blocked
        call    make_ready
.blocked:
        mov     ebx, ebp
        call    make_ready

; Runs the ready thread of the highest priority, in a time slice of its own. Does not return.
schedule:
        mov     eax, [slice_owner]
        mov     ecx, [slice]
        mov     [eax + tcb.left], ecx
        mov     dword [woken], 0
.next:
        mov     eax, [ready_top]
        mov     ebx, [ready_rings + eax * 4]
        test    ebx, ebx
        jz      .lower
.candidate:
        and     ebx, -tcb_size
        cmp     dword [ebx + tcb.state], STATE_READY
        jne     .blocked
        mov     [slice_owner], ebx
        mov     eax, [ebx + tcb.left]
        test    eax, eax
        jz      .whole_slice
.started:
        mov     [slice], eax

; Runs the ready thread EBX where its frame says.
run:
        check_exit ebx
        mov     esp, [ebx + tcb.ksp]
        enter_space
        cmp     byte [special_state], 0
        jne     .special
.ordinary:
        test    byte [ebx + tcb.debug + 28], DR7_ENABLED
        jnz     .breakpoints
.loaded:
        cmp     dword [ebx + tcb.window], 0
        jne     restore_window
        ret
.special:
        call    leave_special
        jmp     .ordinary
.breakpoints:
        call    load_breakpoints
        jmp     .loaded

schedule.blocked:
        call    stop_ready
        jmp     schedule.next
schedule.lower:
        call    find_top
        jnz     schedule.candidate
        jmp     idle
schedule.whole_slice:
        mov     eax, [ebx + tcb.slice]
        jmp     schedule.started

; Nobody is ready: wait for an interrupt in a thread of the kernel's own. It ends in go_on.
idle:
        mov     ebx, IDLE_TCB
        lea     esp, [ebx + tcb.state]
        enter_space
        check_exit ebx
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

; Ready_top is right again: EBX = the link of the first thread there. ZF set if all rings are empty.
find_top:
        mov     ecx, PRIORITIES / 32 - 1
.word:
        mov     eax, [ready_map + ecx * 4]
        test    eax, eax
        jnz     .found
        dec     ecx
        jns     .word
        xor     eax, eax
        ret
.found:
        bsr     eax, eax
        shl     ecx, 5
        or      eax, ecx
        mov     [ready_top], eax
        mov     ebx, [ready_rings + eax * 4]
        test    ebx, ebx                        ; ZF is clear
        ret

; EBX is ready and waits for its turn: ECX is its link, EDX where its ring begins. Keeps EBX, ESI, EDI, EBP.
make_ready:
        mov     dword [ebx + tcb.state], STATE_READY
        movzx   edx, byte [ebx + tcb.priority]
        lea     eax, [edx + 1]
        cmp     eax, [woken]
        jbe     enter_ready
        mov     [woken], eax

; The same for a thread of priority EDX, but for its state.
enter_ready:
        lea     ecx, [ebx + tcb.ready]
        cmp     dword [ecx + ring.next], 0
        jne     .there                          ; left there when it blocked
        ready_ring_changes
        bts     [ready_map], edx
        cmp     edx, [ready_top]
        jbe     .append
        mov     [ready_top], edx
.append:
        lea     edx, [ready_rings + edx * 4]
        jmp     ring_append
.there:
        lea     edx, [ready_rings + edx * 4]
        ret

%if !LAZY_SCHEDULING
; The running thread EBP blocks, and EBX is ready in its place. Keeps EBX, ESI, EDI, EBP.
exchange_ready:
        push    ebx
        mov     ebx, ebp
        call    stop_ready
        pop     ebx
        movzx   edx, byte [ebx + tcb.priority]
        jmp     enter_ready
%endif

; EBX is in no ready ring. Keeps EBX, ESI, EDI, EBP.
stop_ready:
        lea     ecx, [ebx + tcb.ready]
        cmp     dword [ecx + ring.next], 0
        je      .end
        ready_ring_changes
        movzx   eax, byte [ebx + tcb.priority]
        lea     edx, [ready_rings + eax * 4]
        call    ring_remove
        cmp     dword [edx], 0
        jne     .end
        sub     edx, ready_rings
        shr     edx, 2
        btr     [ready_map], edx
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
