; Checks of the kernel's invariants, in a kernel built with `checks`: on each way out of a system call, the short path of
; ipc too. The first that does not hold is a panic with a line that says which.
;
; Always: all rings of timeouts; all threads in whose pages of TCBs something has been written since the last time, which
; the processor tells (the dirty bits of these pages' entries); all ready rings if one has gained or lost a thread; all
; trees of mappings of which something was changed, and all places that mappings went from. Every CHECK_PERIOD times:
; all threads, all rings, all mappings.

%if CHECKS

CHECK_PERIOD    equ 1024
MAX_TCB_PAGES   equ 2048
PTE_DIRTY       equ 0x40

        phase "checks"

; The thread on whose stack we are goes on. Keeps all registers, and the flags.
check_running:
        push    eax
        mov     eax, esp
        and     eax, -tcb_size
        mov     [check_next], eax
        pop     eax

; The thread [check_next] will run. Keeps all registers, and the flags.
check_kernel:
        pushfd
        pushad
        cld
        mov     byte [check_mask], PTE_DIRTY
        dec     dword [until_check]
        jns     .notes
        mov     dword [until_check], CHECK_PERIOD - 1
        mov     byte [check_mask], PTE_PRESENT
        mov     byte [check_rings], 1
        call    check_mappings
.notes:
        call    check_notes
        call    check_tcbs
        cmp     byte [check_rings], 0
        je      .waking
        mov     byte [check_rings], 0
        call    check_ready_rings
.waking:
        call    check_wakeup_rings
        popad
        popfd
        ret

; The entry ECX of the page table is for the page of TCBs EBX, since now. Keeps all registers.
note_tcb_page:
        push    eax
        mov     eax, [tcb_page_count]
        cmp     eax, MAX_TCB_PAGES
        jae     .many
        mov     [tcb_pages + eax * 8], ecx
        mov     [tcb_pages + eax * 8 + 4], ebx
        inc     dword [tcb_page_count]
        pop     eax
        ret
.many:
        mov     esi, check_many
        jmp     check_failed

; The threads in pages of TCBs that were written to, or in all pages.
check_tcbs:
        mov     ecx, [tcb_page_count]
        mov     dl, [check_mask]
.page:
        dec     ecx
        js      .end
        mov     esi, [tcb_pages + ecx * 8]
        test    [esi], dl
        jz      .page
        push    ecx
        call    check_tcb_page
        pop     ecx
        mov     dl, [check_mask]
        jmp     .page
.end:
        ret

; The page of TCBs ECX, whose entry is at ESI: what was written to it so far is checked then. A page that has gone is
; forgotten.
check_tcb_page:
        mov     eax, [zero_page]
        cmp     [esi], eax
        je      .gone
        mov     ebx, [tcb_pages + ecx * 8 + 4]
        and     dword [esi], ~PTE_DIRTY
        invlpg  [ebx]
.thread:
        call    check_thread
        add     ebx, tcb_size
        test    ebx, PAGE - 1
        jnz     .thread
        ret
.gone:
        mov     eax, [tcb_page_count]
        dec     eax
        mov     [tcb_page_count], eax
        mov     edx, [tcb_pages + eax * 8]
        mov     eax, [tcb_pages + eax * 8 + 4]
        mov     [tcb_pages + ecx * 8], edx
        mov     [tcb_pages + ecx * 8 + 4], eax
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

; The map tells which ready rings are empty, and above ready_top all are; the others are rings of threads of their
; priority.
check_ready_rings:
        mov     ebx, [slice_owner]
        mov     esi, check_owner
        cmp     dword [ebx + tcb.id_low], 0
        je      check_failed
        xor     ebp, ebp                        ; rings that are not empty, by the map
        xor     edx, edx
.word:                                          ; EDX of the map
        mov     edi, [ready_map + edx * 4]
.bit:
        bsf     ecx, edi
        jz      .next_word
        btr     edi, ecx
        inc     ebp
        push    edx
        push    edi
        shl     edx, 5
        lea     edi, [edx + ecx]
        call    check_ready_ring
        pop     edi
        pop     edx
        jmp     .bit
.next_word:
        inc     edx
        cmp     edx, PRIORITIES / 32
        jb      .word
        mov     edi, ready_rings
        mov     ecx, PRIORITIES
        xor     eax, eax
.skip:
        jecxz   .counted
        repe    scasd
        je      .counted
        dec     ebp
        jmp     .skip
.counted:
        mov     ebx, IDLE_TCB
        mov     esi, check_map
        test    ebp, ebp
        jnz     check_failed
        ret

; The ring of priority EDI. Keeps EDI, EBP.
check_ready_ring:
        mov     ebx, IDLE_TCB
        mov     esi, check_map
        mov     edx, [ready_rings + edi * 4]
        test    edx, edx
        jz      check_failed
        cmp     edi, [ready_top]
        ja      check_failed
        mov     ecx, edx
        mov     eax, edi
.link:
        lea     ebx, [ecx - tcb.ready]
        mov     esi, check_link
        test    ebx, tcb_size - 1
        jnz     check_failed
        cmp     al, [ebx + tcb.priority]
        jne     .priority
        cmp     dword [ebx + tcb.id_low], 0
        je      .dead
        mov     ecx, [ebx + tcb.ready]
        lea     ebx, [ebx + tcb.ready]
        cmp     [ecx + ring.previous], ebx
        jne     check_failed
        cmp     ecx, edx
        jne     .link
        ret
.priority:
        mov     esi, check_priority
        jmp     check_failed
.dead:
        mov     esi, check_dead
        jmp     check_failed

; The rings of timeouts hold what belongs there.
check_wakeup_rings:
        xor     edi, edi
.ring:
        mov     edx, [wakeup_rings + edi * 4]
        mov     ebp, check_waking
        test    edx, edx
        jz      .none
        call    check_ring
.none:
        inc     edi
        cmp     edi, WAKEUP_RINGS
        jb      .ring
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
        ret

check_text:     db "kernel panic", 13, 10, "check failed: ", 0
check_map:      db "ready_map is not what the rings are,", 0
check_link:     db "a link points to the wrong place,", 0
check_dead:     db "a thread that does not exist is in a ring,", 0
check_priority: db "a thread is in the ring of another priority,", 0
check_late:     db "a timeout is past,", 0
check_many:     db "there are too many pages of TCBs for the checks,", 0
check_owner:    db "the time slice belongs to nobody,", 0

%endif
