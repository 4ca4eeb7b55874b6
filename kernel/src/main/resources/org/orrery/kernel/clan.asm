; Clans and chiefs. A clan is the tasks that one task, their chief, has made; they have the same id_high: the chief's
; number, the depth of nesting and the site. Inside of a clan, and between a chief and its clan, messages go straight.
; Others go to a chief instead, the first on their way: into a clan to its chief, out of one to the sender's own.
;
; A chief may send a message under another's name (deceive) if the message passes its border: the name is from inside
; of its clan and the receiver is not, or the other way round.

        phase "clans"

TASK_TCBS       equ 128 * tcb_size              ; a task's share of the TCB array

; The thread that a message of EBP to the thread ESI:EDI (low:high) goes to: EBX its TCB, and EAX where ESI:EDI is, one of
; L4_SAME_CLAN, L4_INNER_CLAN and L4_OUTER_CLAN. ZF clear if there is no such thread; a thread of another site is taken
; to exist. Keeps ESI, EDI, EBP.
nearest:
        mov     eax, edi
        xor     eax, [ebp + tcb.id_high]
        test    eax, L4_SITE_MASK
        jnz     .to_chief
        call    thread_of
        jne     .end
        mov     eax, L4_SAME_CLAN
        cmp     edi, [ebp + tcb.id_high]
        je      .end
        mov     ecx, edi
.climb:                                         ; EBX has the id_high ECX; it or one in its clan is the thread sought
        mov     eax, [ebp + tcb.id_high]
        call    deeper
        jbe     .not_inner
        call    chief_of
        jne     .end
        mov     eax, L4_INNER_CLAN
        mov     ecx, edx
        xor     ecx, ebp
        test    ecx, -TASK_TCBS
        jz      .end                            ; in my own task's clan: ZF is set
        mov     ebx, edx
        mov     ecx, [edx + tcb.id_high]
        cmp     ecx, [ebp + tcb.id_high]
        jne     .climb
.end:
        ret

.not_inner:                                     ; my chief itself?
        mov     ecx, [ebp + tcb.id_high]
        call    chief_of
        jne     .end
        mov     ecx, edx
        xor     ecx, ebx
        mov     eax, L4_OUTER_CLAN
        test    ecx, -TASK_TCBS
        jz      .end
.to_chief:
        mov     ecx, [ebp + tcb.id_high]
        call    chief_of
        mov     ebx, edx
        mov     eax, L4_OUTER_CLAN
        ret

; The thread ESI:EDI: EBX its TCB, ZF set if it exists. Keeps all but EBX.
thread_of:
        mov     ebx, esi
        and     ebx, TCB_MASK
        add     ebx, TCB_BASE
        cmp     [ebx + tcb.id_low], esi
        jne     .end
        cmp     [ebx + tcb.id_high], edi
.end:
        ret

; Compares the depth of nesting of the id_high ECX with that of EAX. Keeps all but EAX, EDX.
deeper:
        mov     edx, ecx
        shr     edx, L4_NEST_SHIFT
        shr     eax, L4_NEST_SHIFT
        cmp     edx, eax
        ret

; The first thread of the chief that the id_high ECX names: EDX its TCB. ZF set if it is one level up, or, at the top,
; if it is there. Keeps all but EAX, EDX.
chief_of:
        mov     edx, ecx
        and     edx, L4_CHIEF_MASK
        add     edx, TCB_BASE
        mov     eax, [edx + tcb.id_high]
        cmp     ecx, 1 << L4_NEST_SHIFT
        jb      .top
        shr     eax, L4_NEST_SHIFT
        push    ecx
        shr     ecx, L4_NEST_SHIFT
        dec     ecx
        cmp     eax, ecx
        pop     ecx
        ret
.top:
        cmp     eax, ecx
        ret

; CF set if the id_high EAX is inside of the clan of EBX's task, at any depth. Keeps all but EAX.
inside:
        push    ecx
        push    edx
        mov     ecx, eax
        xor     eax, [ebx + tcb.id_high]
        test    eax, L4_SITE_MASK
        jnz     .outside
.climb:
        mov     eax, [ebx + tcb.id_high]
        call    deeper
        jbe     .outside
        call    chief_of
        jne     .outside
        mov     ecx, edx
        xor     ecx, ebx
        test    ecx, -TASK_TCBS
        mov     ecx, [edx + tcb.id_high]
        jnz     .climb
        stc
        jmp     .end
.outside:
        clc
.end:
        pop     edx
        pop     ecx
        ret

; EBP/ESI wants to deceive EBX: if it may not, it goes on under its own name.
judge_deceit:
        push    ebx
        mov     edx, [ebx + tcb.id_high]
        mov     ebx, ebp
        mov     eax, [ebp + tcb.source_high]
        call    inside
        sbb     ecx, ecx
        mov     eax, edx
        call    inside
        sbb     edx, edx
        pop     ebx
        cmp     ecx, edx
        jne     .end
        and     byte [esi + frame.eax], ~L4_SEND_DECEIT
.end:
        ret

; The message of EBP/ESI as EBX/EDI sees it, ECX being its message dope so far: whether it was meant for another, and
; for whom, and whether its source, in EDI's frame already, is a pretended one. Keeps all but EAX, ECX.
tell_redirection:
        test    byte [esi + frame.eax], L4_SEND_DECEIT
        jz      .honest
        or      ecx, L4_DECEIVED
.honest:
        mov     eax, [esi + frame.esi]
        cmp     eax, [ebx + tcb.id_low]
        jne     .redirected
        mov     eax, [esi + frame.edi]
        cmp     eax, [ebx + tcb.id_high]
        je      .end
.redirected:
        or      ecx, L4_REDIRECTED
        mov     eax, [esi + frame.esi]
        mov     [edi + frame.ecx], eax
        mov     eax, [esi + frame.edi]
        mov     [edi + frame.ebp], eax
        mov     eax, [edi + frame.edi]
        call    inside
        jnc     .end
        or      ecx, L4_SOURCE_INSIDE
.end:
        ret
