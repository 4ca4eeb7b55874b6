; Tasks: task_new ends one and makes another in its place.
;
; A task number belongs to a chief, who alone makes and ends tasks with it: he, or one above him. Task_low and task_high
; are the id that its lthread 0 has, or had last. The task is active if that thread exists. An inactive one is nothing
; but the right to make it; if it still has a space, that is what is left of a task that is being ended: it has no
; threads any more, and whoever comes to task_new next clears away the rest.
;
; All tasks below a chief are nested deeper than he, but for those of the root task: it is its own chief, and the tasks
; that it makes are in its own clan.

NEST_STEP       equ 1 << L4_NEST_SHIFT
VERSION_LOW     equ 0x3FF              ; in id_low; never 0 in a thread's id, and never all ones
VERSION_STEP    equ 1 << 28            ; of the upper part
DYING           equ 1                  ; in task_high, where the site is 0 otherwise: all threads were killed just now

        phase "tasks"

; In:  ESI:EDI the task; EAX its mcp, ECX its ESP, EDX its EIP, EBX:EBP its pager (low, high); or, if the pager is nil,
;      EAX the task that gets the right to make it, nil for the caller itself
; Out: ESI:EDI the new task, active or inactive; nil if nothing was done, or if there is no memory for a new one
;
; Only the task number in ESI counts. In a task that is ended all threads are ended, its clan too, its space is unmapped;
; the caller gets the CPU time of the threads. The thread of a new task has the caller's priority and time slice; its mcp
; is not above the caller's.
task_new:
        pushad
        push    dword return_to_user
        mov     ebp, esp
        and     ebp, -tcb_size
        mov     [ebp + tcb.ksp], esp
        mov     esi, esp
        mov     edi, [esi + frame.esi]
        shr     edi, L4_TASK_SHIFT
        and     edi, L4_TASK_MASK
        call    may_make
        jc      .refused
        call    end_task
        jc      .refused
        call    may_make                        ; still?
        jc      .refused
        cmp     dword [esi + frame.ebx], L4_NIL
        je      .inactive
        call    create_task
        jc      .refused
        jmp     .made
.inactive:
        call    give_task
.made:
        mov     eax, [task_low + edi * 4]
        mov     ecx, [task_high + edi * 4]
        jmp     .end
.refused:
        xor     eax, eax
        xor     ecx, ecx
.end:
        mov     [esi + frame.esi], eax
        mov     [esi + frame.edi], ecx
        mov     [ebp + tcb.ksp], esi
        jmp     go_on

; May EBP make task EDI, as the frame ESI says? CF set if not. Keeps EBX, ESI, EDI, EBP.
may_make:
        test    edi, edi
        jz      .no
        cmp     edi, L4_SIGMA0_TASK
        je      .no
        call    own_task
        cmp     ecx, edi
        je      .no
        mov     eax, edi
        call    is_below
        jne     .no
        mov     eax, ecx
        cmp     dword [esi + frame.ebx], L4_NIL
        jne     clan_high
        call    new_chief
        cmp     eax, edi
        je      .no
        call    is_active
        jne     .no
        push    eax
        mov     ecx, edi
        call    is_below
        pop     eax
        jne     clan_high
.no:
        stc
        ret

; EAX = the task that the frame ESI of EBP gives the right to. Keeps all but ECX.
new_chief:
        call    own_task
        mov     eax, [esi + frame.eax]
        test    eax, eax
        jz      .own
        shr     eax, L4_TASK_SHIFT
        and     eax, L4_TASK_MASK
        ret
.own:
        mov     eax, ecx
        ret

; ECX = the task of thread EBP. Keeps all other registers.
own_task:
        mov     ecx, ebp
        shr     ecx, L4_TASK_SHIFT
        and     ecx, L4_TASK_MASK
        ret

; ZF set if task ECX is the chief of task EAX, or one above. Keeps all but EAX, EDX.
is_below:
        mov     edx, [task_high + eax * 4]
        shr     edx, L4_CHIEF_SHIFT
        and     edx, L4_TASK_MASK
        cmp     edx, ecx
        je      .end
        cmp     edx, eax
        mov     eax, edx
        jne     is_below
        inc     edx                             ; clears ZF
.end:
        ret

; ZF set if task EAX is active. Keeps all but EDX.
is_active:
        mov     edx, eax
        shl     edx, L4_TASK_SHIFT
        mov     edx, [TCB_BASE + edx + tcb.id_low]
        cmp     edx, [task_low + eax * 4]
        ret

; EAX = the id_high of tasks that task EAX makes. CF set if they would be nested too deep. Keeps all but EDX.
clan_high:
        push    ecx
        mov     edx, [task_high + eax * 4]
        mov     ecx, edx
        shr     ecx, L4_CHIEF_SHIFT
        and     ecx, L4_TASK_MASK
        cmp     ecx, eax
        je      .root
        shl     eax, L4_CHIEF_SHIFT
        and     edx, -NEST_STEP
        add     edx, NEST_STEP
        jc      .end
        or      eax, edx
.end:
        pop     ecx
        ret
.root:
        mov     eax, edx                        ; CF is clear
        pop     ecx
        ret

; The id that comes after the one task EDI had. Keeps all but EAX.
next_version:
        mov     eax, [task_low + edi * 4]
        inc     eax
        push    eax
        and     eax, VERSION_LOW
        cmp     eax, VERSION_LOW
        pop     eax
        jne     .end
        sub     eax, VERSION_LOW - 1
        add     eax, VERSION_STEP
.end:
        mov     [task_low + edi * 4], eax
        ret

; Task EDI, inactive, becomes an active one of EBP's, as the frame ESI says. CF set if the pool is used up: it is
; inactive then. Keeps ESI, EDI, EBP.
create_task:
        call    next_version
        call    own_task
        mov     eax, ecx
        call    clan_high
        mov     [task_high + edi * 4], eax
        push    edi
        mov     eax, edi
        call    new_space
        pop     edi
        jc      .end
        mov     edx, eax
        mov     eax, [task_low + edi * 4]
        mov     ebx, [task_high + edi * 4]
        call    new_thread
        jc      .no_thread
        call    start_thread
        mov     eax, [esi + frame.ebx]
        mov     [ebx + tcb.pager_low], eax
        mov     eax, [esi + frame.ebp]
        mov     [ebx + tcb.pager_high], eax
        movzx   eax, byte [esi + frame.eax]
        cmp     eax, [ebx + tcb.mcp]
        jae     .mcp
        mov     [ebx + tcb.mcp], eax
.mcp:
        clc
.end:
        ret
.no_thread:
        inc     dword [dying_spaces]
        mov     ebx, edi
        call    clear_space
        stc
        ret

; Task EDI, inactive, becomes that of the task that the frame ESI of EBP names. Keeps ESI, EDI, EBP.
give_task:
        call    next_version
        call    new_chief
        call    clan_high
        mov     [task_high + edi * 4], eax
        ret

; All task numbers are the root task's, none is active: for boot.
prepare_tasks:
        xor     ecx, ecx
.task:
        mov     eax, ecx
        shl     eax, L4_TASK_SHIFT
        mov     [task_low + ecx * 4], eax
        mov     dword [task_high + ecx * 4], L4_INITIAL_HIGH
        inc     ecx
        cmp     ecx, TASKS
        jb      .task
        ret
