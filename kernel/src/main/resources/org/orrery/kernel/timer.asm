; Time: the clock of the kernel info page, time slices, CPU time, and timeouts.
;
; CPU time is sampled: a tick is charged to the thread that it interrupts, so that the short path of ipc has no part in
; it. Over many ticks the sums are right, but for a thread that always sleeps when a tick comes.
;
; Timeouts are kept in WAKEUP_RINGS unordered rings, by the low bits of the tick at which they are due, so that a
; tick looks at one ring only and to set or to cancel a timeout costs the same however many there are.

WAKEUP_RINGS    equ 8

        phase "timer"
timer:                                          ; IRQ 0, from user mode or from idle
        pushad
        push    dword return_to_user
        mov     al, PIC_EOI
        out     PIC_MASTER, al
        mov     eax, [kernel_info + kip.clock]
        add     eax, TICK_US
        mov     [kernel_info + kip.clock], eax
        inc     dword [now]
        mov     ebp, esp
        and     ebp, -tcb_size
        mov     [ebp + tcb.ksp], esp
        push    ebp
        call    wake_due
        pop     ebp
        cmp     ebp, IDLE_TCB
        je      go_on
        add     dword [ebp + tcb.cpu_time], TICK_US
        adc     dword [ebp + tcb.cpu_time + 4], 0
        dec     dword [slice]
        jz      slice_over
        jmp     go_on

; Ends the ipc of all threads whose timeout is due now.
wake_due:
        mov     edx, [now]
        and     edx, WAKEUP_RINGS - 1
        lea     edx, [wakeup_rings + edx * 4]
        mov     ecx, [edx]
        test    ecx, ecx
        jz      .end
        mov     ebx, [ecx + ring.previous]      ; the last link of this round
.next:
        mov     edi, [ecx + ring.next]
        mov     ebp, ecx
        and     ebp, -tcb_size
        mov     eax, [ebp + tcb.wake_tick]
        cmp     eax, [now]
        jne     .later
        push    ecx
        push    ebx
        call    time_out
        pop     ebx
        pop     ecx
.later:
        cmp     ecx, ebx
        mov     ecx, edi
        jne     .next
.end:
        ret

; The timeout of EBP has come: its ipc ends with an error.
time_out:
        mov     esi, [ebp + tcb.ksp]
        cmp     dword [ebp + tcb.state], STATE_SENDING
        je      .sending
        mov     dword [esi + frame.eax], L4_RECEIVE_TIMEOUT
        call    stop_timeout
        jmp     .ready
.sending:
        mov     dword [esi + frame.eax], L4_SEND_TIMEOUT
        call    stop_sending
.ready:
        mov     ebx, ebp
        jmp     make_ready

; Starts the timeout of EBP with exponent DL (low 4 bits) and mantissa AL: rounded up to ticks, and one more since the
; present tick has begun already; exponent 0 is never. CF set if the timeout is zero. Keeps EBX, ESI, EDI, EBP.
timeout:
        and     edx, 15
        jz      .never
        and     eax, 0xFF
        jz      .zero
        call    ticks
        inc     eax
        add     eax, [now]
        mov     [ebp + tcb.wake_tick], eax
        and     eax, WAKEUP_RINGS - 1
        lea     edx, [wakeup_rings + eax * 4]
        lea     ecx, [ebp + tcb.waking]
        call    ring_append
.never:
        clc
        ret
.zero:
        stc
        ret

; EAX = ticks of the time with mantissa EAX and exponent EDX from 1 to 15: EAX * 4^(15 - EDX) us, rounded up.
; Keeps EBX, ESI, EDI, EBP.
ticks:
        mov     ecx, 15
        sub     ecx, edx
        add     ecx, ecx                        ; log2 of 4^(15 - exponent), 28 at most
        xor     edx, edx
        shld    edx, eax, cl
        shl     eax, cl                         ; EDX:EAX us
        add     eax, TICK_US - 1
        adc     edx, 0
        mov     ecx, TICK_US
        div     ecx                             ; EDX < 16 before: no overflow
        ret

; The time left of the timeout of EBX, encoded as in the time word of thread_schedule: exponent in bits 20 to 23,
; mantissa above, rounded down; 0 if there is none. EAX the result. Keeps EBX, ESI, EDI, EBP.
time_left:
        xor     eax, eax
        cmp     dword [ebx + tcb.waking], 0
        je      .end
        mov     eax, [ebx + tcb.wake_tick]
        sub     eax, [now]
        mov     ecx, TICK_US
        mul     ecx                             ; EDX:EAX us
        mov     ecx, 15
.shift:
        test    edx, edx
        jnz     .larger
        cmp     eax, 0xFF
        jbe     .encode
.larger:
        shrd    eax, edx, 2
        shr     edx, 2
        dec     ecx
        jmp     .shift
.encode:
        shl     eax, 4
        or      eax, ecx
        shl     eax, 20
.end:
        ret

; EBP has no timeout any more. Keeps EBX, ESI, EDI, EBP.
stop_timeout:
        lea     ecx, [ebp + tcb.waking]
        cmp     dword [ecx + ring.next], 0
        je      .end
        mov     edx, [ebp + tcb.wake_tick]
        and     edx, WAKEUP_RINGS - 1
        lea     edx, [wakeup_rings + edx * 4]
        jmp     ring_remove
.end:
        ret
