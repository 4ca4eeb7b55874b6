; The end of tasks.

        phase "tasks"

; Task EDI ends, with its clan, in the name of EBP; it is inactive then, and nothing is left of it. CF set if somebody else
; has made a task of it meanwhile. Keeps ESI, EDI, EBP.
end_task:
        push    dword [task_low + edi * 4]
        mov     eax, edi
        call    is_active
        jne     .next
        call    kill_clan
        call    take_over
        call    wake_partners
.next:
        cmp     dword [dying_spaces], 0
        je      .end
        call    find_dying
        jc      .end
        call    clear_space
        jmp     .next
.end:
        pop     eax
        cmp     [task_low + edi * 4], eax
        je      .same
        stc
.same:
        ret

; A task that has a space but is not active: EBX its number. CF set if there is none. Keeps ESI, EDI, EBP.
find_dying:
        xor     eax, eax
.task:
        cmp     dword [spaces + eax * 4], 0
        je      .next
        call    is_active
        jne     .found
.next:
        inc     eax
        cmp     eax, TASKS
        jb      .task
        stc
        ret
.found:
        mov     ebx, eax
        clc
        ret

; All threads of task EDI and of all tasks below it cease to be; these tasks are then marked DYING, inactive ones too.
; Keeps ESI, EDI, EBP.
kill_clan:
        push    esi
        mov     esi, [task_high + edi * 4]
        and     esi, -NEST_STEP
        add     esi, NEST_STEP                  ; nobody below has a smaller id_high: EDI is not the root task
        mov     ecx, edi
        mov     eax, edi
        call    kill_task
        xor     eax, eax
.task:
        cmp     [task_high + eax * 4], esi
        jb      .next
        push    eax
        call    is_below
        pop     eax
        jne     .next
        call    kill_task
.next:
        inc     eax
        cmp     eax, TASKS
        jb      .task
        pop     esi
        ret

; All threads of task EAX cease to be, it is DYING. Keeps EAX, ECX, ESI, EDI, EBP.
kill_task:
        push    eax
        push    ecx
        or      dword [task_high + eax * 4], DYING
        mov     ebx, eax
        shl     ebx, L4_TASK_SHIFT
        add     ebx, TCB_BASE
        call    first_thread
        jc      .end
.thread:
        call    kill_thread
        call    next_thread
        jnc     .thread
.end:
        pop     ecx
        pop     eax
        ret

; The first thread that exists from TCB EBX on, or after EBX, in the same task: EBX its TCB. CF set if there is none.
; Keeps ESI, EDI, EBP.
next_thread:
        add     ebx, tcb_size
        test    ebx, TASK_TCBS - 1
        jz      first_thread.none
first_thread:
        test    ebx, PAGE - 1
        jnz     .backed
        mov     eax, ebx
        mov     edx, [kernel_space]
        add     edx, KERNEL_BASE
        call    find_pte
        mov     eax, [eax]
        cmp     eax, [zero_page]
        jne     .backed
        add     ebx, PAGE - tcb_size
        jmp     next_thread
.backed:
        cmp     dword [ebx + tcb.id_low], 0
        je      next_thread
        clc
        ret
.none:
        stc
        ret

; The thread EBX, which is not the running one, ceases to be. Those that wait to send to it get an error; the
; running thread gets its CPU time, and its time slice if that is the present one. Keeps all registers.
kill_thread:
        pushad
        mov     ebp, ebx
        call    ipc_cancel
        call    stop_ready
        call    release_thread
        mov     ecx, esp
        and     ecx, -tcb_size
        mov     eax, [ebp + tcb.cpu_time]
        mov     edx, [ebp + tcb.cpu_time + 4]
        add     [ecx + tcb.cpu_time], eax
        adc     [ecx + tcb.cpu_time + 4], edx
        cmp     [slice_owner], ebp
        jne     .sender
        mov     [slice_owner], ecx
.sender:
        mov     ebx, [ebp + tcb.senders]
        test    ebx, ebx
        jz      .clear
        and     ebx, -tcb_size
        xchg    ebx, ebp
        call    stop_sending
        xchg    ebx, ebp
        call    partner_gone
        jmp     .sender
.clear:
        mov     edi, ebp
        mov     ecx, tcb_size / 4
        xor     eax, eax
        cld
        rep     stosd
        popad
        ret

; The ipc of EBX, which is in no queue, ends because its partner does not exist any longer. Keeps EBX, ESI, EDI, EBP.
partner_gone:
        mov     eax, [ebx + tcb.ksp]
        mov     dword [eax + frame.eax], L4_NOT_EXISTENT
        jmp     make_ready

; Nobody waits any longer for a message of a thread that does not exist. Others may run meanwhile. Keeps ESI, EDI, EBP.
wake_partners:
        push    ebp
        push    edi
        xor     edi, edi
        mov     dword [breath], BREATH
.task:
        cmp     dword [spaces + edi * 4], 0
        je      .next_task
        sub     dword [breath], TASK_BREATH
        jns     .short
        call    breathe
.short:
        mov     ebx, edi
        shl     ebx, L4_TASK_SHIFT
        add     ebx, TCB_BASE
        call    first_thread
        jc      .next_task
.thread:
        call    waits_for_nobody
        jne     .next
        call    give_frame
        mov     ebp, ebx
        call    stop_timeout
        call    partner_gone
.next:
        call    next_thread
        jnc     .thread
.next_task:
        inc     edi
        cmp     edi, TASKS
        jb      .task
        pop     edi
        pop     ebp
        ret

TASK_BREATH     equ 8                  ; what it takes to look at a task's threads, in terms of BREATH

; ZF set if EBX waits for a message of a certain thread of this site, which does not exist. Keeps all but EAX, ECX, EDX.
waits_for_nobody:
        mov     eax, [ebx + tcb.state]
        cmp     eax, STATE_RECEIVING
        jne     .short
        mov     ecx, [ebx + tcb.ksp]
        test    dword [ecx + frame.edi], L4_SITE_MASK
        jnz     .end
        mov     eax, [ebx + tcb.partner]
        jmp     .id
.short:
        cmp     eax, [ebx + tcb.id_high]
        je      .no                             ; for anybody
.id:
        cmp     eax, STATE_LIMIT
        jb      .no
        mov     ecx, eax
        and     ecx, TCB_MASK
        cmp     [TCB_BASE + ecx + tcb.id_low], eax
        je      .no
        cmp     eax, eax
.end:
        ret
.no:
        or      eax, 1                          ; clears ZF
        ret

; Tasks that are DYING become inactive ones of the task of EBP. Keeps ESI, EDI, EBP.
take_over:
        push    edi
        call    own_task
        mov     eax, ecx
        call    clan_high
        mov     ebx, eax
        xor     edi, edi
.task:
        test    byte [task_high + edi * 4], DYING
        jz      .next
        mov     [task_high + edi * 4], ebx
        cmp     dword [spaces + edi * 4], 1     ; CF set if there is none
        cmc
        adc     dword [dying_spaces], 0
.next:
        inc     edi
        cmp     edi, TASKS
        jb      .task
        pop     edi
        ret

; The space of task EBX, which has no threads, is unmapped and goes back to the pool, with its TCBs. Others may run
; meanwhile, and may finish it themselves. Keeps ESI, EDI, EBP.
clear_space:
        push    edi
        push    dword [task_low + ebx * 4]
        xor     edi, edi                        ; address
        mov     dword [breath], BREATH
.page:
        mov     edx, [spaces + ebx * 4]
        add     edx, KERNEL_BASE
        mov     eax, edi
        call    find_pte
        jc      .no_table
        mov     ecx, [eax + PAGE]
        test    ecx, ecx
        jz      .next
        call    remove_derived
        jc      .breathe
        call    remove_mapping
.next:
        add     edi, PAGE
        test    edi, TABLE_SPAN - 1
        jnz     .more
        call    free_table
.more:
        cmp     edi, PORT_END
        jae     .clear
        dec     dword [breath]
        jns     .page
.breathe:
        call    breathe
        mov     eax, [esp]
        cmp     [task_low + ebx * 4], eax
        jne     .end                            ; somebody else was faster
        cmp     dword [spaces + ebx * 4], 0
        jne     .page
.end:
        pop     eax
        pop     edi
        ret
.no_table:
        or      edi, TABLE_SPAN - 1
        inc     edi
        jmp     .more
.clear:
        call    settle_tlb
        call    free_space
        dec     dword [dying_spaces]
        jmp     .end

; The empty page table below address EDI of task EBX goes back to the pool. Keeps EBX, ESI, EDI, EBP.
free_table:
        lea     ecx, [edi - PAGE]
        shr     ecx, 22
        mov     edx, [spaces + ebx * 4]
        lea     edx, [KERNEL_BASE + edx + ecx * 4]
        mov     eax, [edx]
        mov     dword [edx], 0
        and     eax, PTE_FRAME
        add     eax, KERNEL_BASE
        jmp     free_pair

; What is left of the space of task EBX goes back to the pool: port bitmap, TCBs, directory. Keeps EBX, ESI, EBP.
free_space:
        mov     edx, [spaces + ebx * 4]
        add     edx, KERNEL_BASE
        call    free_port_bitmap
        mov     eax, edx
        call    free_page
        mov     dword [spaces + ebx * 4], 0
        mov     edi, ebx
        shl     edi, L4_TASK_SHIFT
        add     edi, TCB_BASE
        mov     edx, [kernel_space]
        add     edx, KERNEL_BASE
        mov     ecx, TASK_TCBS / PAGE
.tcbs:
        mov     eax, edi
        call    find_pte
        push    edx
        mov     edx, [zero_page]
        xchg    edx, [eax]
        mov     eax, edx
        pop     edx
        cmp     eax, [zero_page]
        je      .next
        and     eax, PTE_FRAME
        add     eax, KERNEL_BASE
        call    free_page
        invlpg  [edi]
.next:
        add     edi, PAGE
        dec     ecx
        jnz     .tcbs
        ret

; The port bitmap of directory EDX goes back to the pool, if it has one of its own. Keeps EBX, EDX, ESI, EBP.
free_port_bitmap:
        mov     eax, [kernel_space]
        mov     eax, [KERNEL_BASE + eax + (KERNEL_BASE >> 20)]
        cmp     eax, [edx + (KERNEL_BASE >> 20)]
        je      .end
        mov     eax, port_bitmap
        call    .page
        mov     eax, port_bitmap + PAGE
        call    .page
        mov     eax, [edx + (KERNEL_BASE >> 20)]
        jmp     .free
.page:
        call    find_pte
        mov     eax, [eax]
.free:
        and     eax, PTE_FRAME
        add     eax, KERNEL_BASE
        jmp     free_page
.end:
        ret
