; Interrupts as messages. The id of an interrupt is its IRQ's number + 1 (low half, the high half is 0).
;
; A thread attaches an interrupt by a closed receive from its id with timeout zero; the answer is the error "receive
; timeout", or "not existent" if it belongs to somebody already or to the kernel. A thread has one at most: attaching
; another detaches the first, and so does a receive from nil with timeout zero.
;
; When the interrupt comes its line is masked. If its thread waits for it, or for anybody, it gets an empty message from
; the id. If not, the interrupt is pending, and the thread's next receive that takes it gets the message at once. A
; receive that finds none pending unmasks the line. While the line is masked the interrupt controller remembers one
; interrupt more.
;
; A thread whose line is masked has itself in its ring of senders, by tcb.interrupting: so that its next open receive
; does not take the short path of ipc, which knows nothing of interrupts.

        phase "interrupt"

IRQS            equ 16
IRQ_CASCADE     equ 2
IRQ_MASTER_LAST equ 7                           ; what comes by these two may be spurious
IRQ_SLAVE_LAST  equ 15
PIC_READ_ISR    equ 0x0B

interrupt:                                      ; [ESP] the IRQ's number, on what the processor pushed
        xchg    eax, [esp]
        push    ecx                             ; as PUSHAD
        push    edx
        push    ebx
        push    eax
        push    ebp
        push    esi
        push    edi
        push    dword return_to_user
        mov     ebp, esp
        and     ebp, -tcb_size
        mov     [ebp + tcb.ksp], esp
        call    acknowledge
        jc      go_on
        mov     ebx, [irq_owners + eax * 4]
        test    ebx, ebx
        jz      go_on
        call    block_short_path
        call    awaits_interrupt
        je      .deliver
        bts     [irq_pending], eax
        jmp     go_on
.deliver:
        call    give_frame
        mov     edi, [ebx + tcb.ksp]
        call    interrupt_message
        xchg    ebp, ebx
        call    stop_timeout
        xchg    ebp, ebx
        call    make_ready
        jmp     go_on

; IRQ EAX is masked, and the controllers may send others. CF set if it was spurious. Keeps all registers but ECX, EDX.
acknowledge:
        mov     edx, eax
        cmp     al, IRQ_MASTER_LAST
        je      .master_last
        cmp     al, IRQ_SLAVE_LAST
        je      .slave_last
.real:
        call    mask_irq
        mov     al, PIC_EOI
        test    dl, 8
        jz      .master
        out     PIC_SLAVE, al
.master:
        out     PIC_MASTER, al
        mov     eax, edx
        clc
        ret
.master_last:
        mov     al, PIC_READ_ISR
        out     PIC_MASTER, al
        in      al, PIC_MASTER
        test    al, al                          ; bit 7: IRQ 7 is in service
        mov     eax, edx
        js      .real
        stc
        ret
.slave_last:
        mov     al, PIC_READ_ISR
        out     PIC_SLAVE, al
        in      al, PIC_SLAVE
        test    al, al
        mov     eax, edx
        js      .real
        mov     al, PIC_EOI                     ; the master took it for real
        out     PIC_MASTER, al
        stc
        ret

; Both keep all registers. EAX the IRQ.
mask_irq:
        bts     [irq_mask], eax
        jmp     write_irq_mask
unmask_irq:
        btr     [irq_mask], eax
write_irq_mask:
        push    eax
        test    al, 8
        jnz     .slave
        mov     al, [irq_mask]
        out     PIC_MASTER + 1, al
        pop     eax
        ret
.slave:
        mov     al, [irq_mask + 1]
        out     PIC_SLAVE + 1, al
        pop     eax
        ret

; ZF set if EBX waits for IRQ EAX, which is its own. Keeps all registers but ECX.
awaits_interrupt:
        mov     ecx, [ebx + tcb.state]
        cmp     ecx, [ebx + tcb.id_high]        ; for anybody, on the short path
        je      .end
        cmp     ecx, STATE_RECEIVING
        jne     .end
        mov     ecx, [ebx + tcb.partner]
        cmp     ecx, ANYBODY
        je      .end
        dec     ecx
        cmp     ecx, eax
.end:
        ret

; The frame EDI gets the message of IRQ EAX. Keeps all registers but ECX.
interrupt_message:
        xor     ecx, ecx
        mov     [edi + frame.eax], ecx
        mov     [edi + frame.ebx], ecx
        mov     [edi + frame.edx], ecx
        mov     [edi + frame.edi], ecx
        lea     ecx, [eax + 1]
        mov     [edi + frame.esi], ecx
        ret

; EBX, the thread of IRQ EAX, does not take the short path. Keeps all registers but ECX, EDX.
block_short_path:
        lea     ecx, [ebx + tcb.interrupting]
        cmp     dword [ecx + ring.next], 0
        jne     .end
        lea     edx, [ebx + tcb.senders]
        push    eax
        call    ring_append
        pop     eax
.end:
        ret

; EBP may take it again. Keeps all registers but EAX, ECX, EDX.
free_short_path:
        lea     ecx, [ebp + tcb.interrupting]
        cmp     dword [ecx + ring.next], 0
        je      .end
        lea     edx, [ebp + tcb.senders]
        jmp     ring_remove
.end:
        ret

; What the receive phase of EBP/ESI has to do with interrupts. CF set if it is over, and the frame has a message or an
; error. Keeps EBX, EBP, ESI, EDI.
receive_interrupt:
        test    byte [esi + frame.ebp], L4_RECEIVE_OPEN
        jnz     .open
        mov     eax, [esi + frame.esi]
        cmp     eax, IRQS
        ja      .none
        cmp     dword [esi + frame.edi], 0
        jne     .none
        test    eax, eax
        jz      .nil
        cmp     [ebp + tcb.irq], eax
        je      .mine
        call    receives_now
        jne     .refused
        call    attach_interrupt
        jc      .refused
        mov     dword [esi + frame.eax], L4_RECEIVE_TIMEOUT
        stc
        ret
.refused:
        mov     dword [esi + frame.eax], L4_NOT_EXISTENT
        stc
        ret
.nil:
        call    receives_now
        jne     .none
        call    detach_interrupt
.none:
        clc
        ret
.open:
        cmp     dword [ebp + tcb.irq], 0
        je      .none
.mine:
        call    free_short_path
        mov     eax, [ebp + tcb.irq]
        dec     eax
        btr     [irq_pending], eax
        jc      .pending
        call    unmask_irq
        clc
        ret
.pending:
        push    edi
        mov     edi, esi
        call    interrupt_message
        pop     edi
        push    ebx
        mov     ebx, ebp
        call    block_short_path
        pop     ebx
        stc
        ret

; ZF set if the receive timeout of frame ESI is zero. Keeps all registers but ECX.
receives_now:
        mov     ecx, [esi + frame.ecx]
        test    cl, 15
        jz      .never
        shr     ecx, 24
        ret
.never:
        or      cl, 1
        ret

; The interrupt with id EAX becomes EBP's, masked. CF set if it is not to be had. Keeps EBX, EBP, ESI, EDI.
attach_interrupt:
        dec     eax
        jz      .no                             ; the timer
        cmp     eax, IRQ_CASCADE
        je      .no
        cmp     dword [irq_owners + eax * 4], 0
        jne     .no
        push    eax
        call    detach_interrupt
        pop     eax
        mov     [irq_owners + eax * 4], ebp
        inc     eax
        mov     [ebp + tcb.irq], eax
        push    ebx
        mov     ebx, ebp
        call    block_short_path
        pop     ebx
        clc
        ret
.no:
        stc
        ret

; EBP has no interrupt any more. Keeps EBX, EBP, ESI, EDI.
detach_interrupt:
        cmp     dword [ebp + tcb.irq], 0
        je      .end
        call    free_short_path
        mov     eax, [ebp + tcb.irq]
        dec     eax
        call    mask_irq
        btr     [irq_pending], eax
        xor     ecx, ecx
        mov     [irq_owners + eax * 4], ecx
        mov     [ebp + tcb.irq], ecx
.end:
        ret
