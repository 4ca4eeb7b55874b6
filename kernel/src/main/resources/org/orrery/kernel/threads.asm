; Making threads, restarting them, ending them.

        phase "threads"

; A new thread with id EBX:EAX (high:low) in the space whose directory is at EDX, halted: EBX its TCB, with a frame
; of zeros and a user stack frame to be filled in, no pager, priority and time slice of an initial server. CF set if
; the pool is used up. Keeps ESI, EDI, EBP.
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
%if !VIRTUAL_TCBS
        call    enter_tcb
        jc      .end
%endif
        mov     edi, ebx
        mov     ecx, tcb_size / 4
        xor     eax, eax
        cld
        rep     stosd
        mov     dword [ebx + tcb.state], STATE_HALTED
        mov     dword [ebx + tcb.priority], PRIORITY_START | SLICE_EXP << 20 | SLICE_MAN << 24
        mov     dword [ebx + tcb.mcp], PRIORITIES - 1
        mov     dword [ebx + tcb.slice], SLICE_TICKS
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
        call    protected_frame
        clc
.end:
        pop     eax
        pop     edx
        pop     ecx
        pop     edi
        ret

%if !VIRTUAL_TCBS
; The table of TCBs gets an entry for the TCB EBX. CF set if the pool is used up. Keeps EBX.
enter_tcb:
        mov     eax, ebx
        and     eax, TCB_MASK
        shr     eax, TCB_SHIFT - 2
        add     eax, TCB_TABLE
        push    eax
        call    back_tcb
        pop     ecx
        jc      .end
        mov     eax, ebx
        and     eax, TCB_MASK                   ; clears CF
        mov     [ecx], eax
.end:
        ret
%endif

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

; What user mode was interrupted with lies at the top of a thread's kernel stack, whatever the kernel does for it.
USER_EIP        equ tcb.state - 20
USER_EFLAGS     equ tcb.state - 12
USER_ESP        equ tcb.state - 8
LTHREADS        equ 128                ; in a task
UNCHANGED       equ -1                 ; as new ESP, EIP, or low half of an id

; In:  EAX number of a thread in the caller's task, ECX new ESP, EDX new EIP, ESI:EDI new pager, EBX:EBP new
;      (internal) preempter, UNCHANGED where it keeps what it has
; Out: the old values in the same registers, but in EAX the old EFLAGS
;
; With a new ESP or EIP the thread leaves whatever ipc it is in, with an error, and a thread that an exception has
; halted runs again. A thread that does not exist is created if both are given: it gets the caller's priorities and
; time slice, and its pager if none is named; all old values are then -1, but EAX is 0, or -1 if it was not created.
lthread_ex_regs:
        pushad
        push    dword return_to_user
        mov     ebp, esp
        and     ebp, -tcb_size
        mov     [ebp + tcb.ksp], esp
        mov     esi, esp
        mov     eax, [esi + frame.eax]
        and     eax, LTHREADS - 1
        shl     eax, L4_LTHREAD_SHIFT
        mov     ecx, [ebp + tcb.id_low]
        and     ecx, ~((LTHREADS - 1) << L4_LTHREAD_SHIFT)
        or      eax, ecx
        mov     ebx, eax
        and     ebx, TCB_MASK
        add     ebx, TCB_BASE
        cmp     [ebx + tcb.id_low], eax
        je      restart_lthread

; Creates the thread with id EAX as the frame ESI of EBP says.
create_lthread:
        mov     ecx, UNCHANGED
        cmp     [esi + frame.ecx], ecx
        je      .not_created
        cmp     [esi + frame.edx], ecx
        je      .not_created
        mov     ebx, [ebp + tcb.id_high]
        mov     edx, [ebp + tcb.pdir]
        add     edx, KERNEL_BASE
        call    new_thread
        jc      .not_created
        call    start_thread
        mov     eax, [ebp + tcb.pager_low]
        mov     [ebx + tcb.pager_low], eax
        mov     eax, [ebp + tcb.pager_high]
        mov     [ebx + tcb.pager_high], eax
        call    exchange_ids
        xor     eax, eax
        jmp     .end
.not_created:
        mov     eax, -1
.end:
        mov     [esi + frame.eax], eax
        mov     eax, -1
        mov     [esi + frame.ecx], eax
        mov     [esi + frame.edx], eax
        mov     [esi + frame.ebx], eax
        mov     [esi + frame.ebp], eax
        mov     [esi + frame.esi], eax
        mov     [esi + frame.edi], eax
        jmp     go_on

; The new thread EBX is ready, with the priorities and the time slice of EBP, and ESP and EIP from its frame ESI. Keeps
; EBX, ESI, EDI, EBP.
start_thread:
        mov     eax, [ebp + tcb.priority]
        mov     [ebx + tcb.priority], eax
        mov     eax, [ebp + tcb.mcp]
        mov     [ebx + tcb.mcp], eax
        mov     eax, [ebp + tcb.slice]
        mov     [ebx + tcb.slice], eax
        mov     eax, [esi + frame.ecx]
        mov     [ebx + USER_ESP], eax
        mov     eax, [esi + frame.edx]
        mov     [ebx + USER_EIP], eax
        jmp     make_ready

; The thread EBX exists: new values for it from the frame ESI of EBP, old ones into it.
restart_lthread:
        call    exchange_ids
        mov     eax, [ebx + USER_EFLAGS]
        mov     [esi + frame.eax], eax
        mov     ecx, [esi + frame.ecx]
        mov     edx, [esi + frame.edx]
        mov     eax, [ebx + USER_ESP]
        mov     [esi + frame.ecx], eax
        mov     eax, [ebx + USER_EIP]
        mov     [esi + frame.edx], eax
        mov     eax, ecx
        and     eax, edx
        cmp     eax, UNCHANGED
        je      go_on
        cmp     dword [ebx + tcb.v86_esp], 0
        jne     .virtual
        cmp     ecx, UNCHANGED
        je      .same_stack
        mov     [ebx + USER_ESP], ecx
.same_stack:
        cmp     edx, UNCHANGED
        je      .same_place
        mov     [ebx + USER_EIP], edx
.same_place:
        cmp     ebx, ebp
        je      go_on
        cmp     dword [ebx + tcb.state], STATE_HALTED
        je      .anew
        xchg    ebx, ebp
        call    ipc_cancel
        xchg    ebx, ebp
        jmp     .ready
.anew:
        lea     edi, [ebx + tcb.state - frame_size]
        mov     [ebx + tcb.ksp], edi
        mov     eax, return_to_user
        cld
        stosd
        xor     eax, eax                        ; it forgets its registers
        mov     ecx, 8
        rep     stosd
        call    protected_frame
.ready:
        call    make_ready
        jmp     go_on
.virtual:                                       ; leaves virtual 8086 mode, if it is told all it needs
        cmp     ecx, UNCHANGED
        je      go_on
        cmp     edx, UNCHANGED
        je      go_on
        push    ecx
        push    edx
        xchg    ebx, ebp
        call    ipc_cancel
        xchg    ebx, ebp
        pop     dword [ebx + USER_EIP]
        pop     dword [ebx + USER_ESP]
        jmp     .anew

; What the user frame of EBX has in protected mode but for EIP and ESP. Keeps all registers.
protected_frame:
        mov     dword [ebx + USER_EIP + 4], USER_CODE
        mov     dword [ebx + USER_EFLAGS], EFLAGS_USER
        mov     dword [ebx + USER_ESP + 4], USER_DATA
        mov     dword [ebx + tcb.v86_esp], 0
        ret

; Pager and internal preempter of EBX: those that the frame ESI has, which gets the old ones. Keeps all but EAX.
exchange_ids:
        mov     eax, [esi + frame.esi]
        cmp     eax, UNCHANGED
        je      .same_pager
        xchg    [ebx + tcb.pager_low], eax
        mov     [esi + frame.esi], eax
        mov     eax, [esi + frame.edi]
        xchg    [ebx + tcb.pager_high], eax
        mov     [esi + frame.edi], eax
        jmp     .preempter
.same_pager:
        mov     eax, [ebx + tcb.pager_low]
        mov     [esi + frame.esi], eax
        mov     eax, [ebx + tcb.pager_high]
        mov     [esi + frame.edi], eax
.preempter:
        mov     eax, [esi + frame.ebx]
        cmp     eax, UNCHANGED
        je      .same_preempter
        xchg    [ebx + tcb.int_preempter_low], eax
        mov     [esi + frame.ebx], eax
        mov     eax, [esi + frame.ebp]
        xchg    [ebx + tcb.int_preempter_high], eax
        mov     [esi + frame.ebp], eax
        ret
.same_preempter:
        mov     eax, [ebx + tcb.int_preempter_low]
        mov     [esi + frame.ebx], eax
        mov     eax, [ebx + tcb.int_preempter_high]
        mov     [esi + frame.ebp], eax
        ret

; What the thread EBP has of the machine is free again: its interrupt, and the FPU. Keeps EBX, EBP, ESI, EDI.
release_thread:
        call    detach_interrupt
        jmp     forget_fpu
