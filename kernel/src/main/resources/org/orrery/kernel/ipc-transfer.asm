; What passes between the two of an ipc: who may send to whom, under what name, and what a message in two words is.
;
; Registers: EBP the sender's TCB, ESI its frame; EBX the receiver's, EDI its frame.

        phase "slow ipc"

; The thread that EBP/ESI sends to: the one that its frame names, or a chief on the way there. ZF set and EBX its TCB,
; or ZF clear if there is no such thread. Keeps ESI, EBP.
find_partner:
        push    esi
        push    edi
        mov     edi, [esi + frame.edi]
        mov     esi, [esi + frame.esi]
        call    nearest
        pop     edi
        pop     esi
        ret

; ZF set if EBX waits for a message of EBP/ESI.
accepts:
        mov     ecx, [ebx + tcb.state]
        cmp     ecx, STATE_RECEIVING
        je      .receiving
        cmp     ecx, STATE_LIMIT
        jb      .end                            ; ZF is clear
        cmp     ecx, [ebx + tcb.id_high]
        je      .end
        call    source
        cmp     eax, ecx
        ret
.receiving:
        cmp     dword [ebx + tcb.partner], ANYBODY
        je      .end
        call    source
        cmp     eax, [ebx + tcb.partner]
        jne     .end
        mov     ecx, [ebx + tcb.ksp]
        cmp     edx, [ecx + frame.edi]
.end:
        ret

; The id under which the message of EBP/ESI goes: EAX low, EDX high. Keeps all other registers.
source:
        mov     eax, [ebp + tcb.id_low]
        mov     edx, [ebp + tcb.id_high]
        test    byte [esi + frame.eax], L4_SEND_DECEIT
        jz      .end
        mov     eax, [ebp + tcb.source_low]
        mov     edx, [ebp + tcb.source_high]
.end:
        ret

; CF set if the message of EBP/ESI to EBX is to be copied, since one of them has a buffer for it. Not so if EBX is waiting
; for its pager in the course of another message: then it only takes two words and an fpage. A large fpage takes the same
; way, in the course of which interrupts are let in.
in_memory:
        mov     eax, [ebx + tcb.sender]
        or      eax, [ebx + tcb.receiver]
        jnz     .no
        test    dword [esi + frame.eax], ~3
        jnz     .yes
        test    byte [esi + frame.eax], L4_SEND_FPAGE
        jz      .no
        cmp     dword [ebx + tcb.state], STATE_LIMIT
        jae     .no
        mov     eax, [ebx + tcb.ksp]
        mov     eax, [eax + frame.ebp]
        test    al, L4_RECEIVE_FPAGE
        jnz     .window
        test    eax, ~3
        jz      .no
.yes:
        stc
        ret
.window:
        mov     al, [esi + frame.ebx]
        and     al, 0xFC
        cmp     al, LARGE_FPAGE
        ja      .yes
.no:
        clc
        ret

; EBP no longer waits to send.
stop_sending:
        mov     edx, [ebp + tcb.partner]
        and     edx, TCB_MASK
        add     edx, TCB_BASE + tcb.senders
        lea     ecx, [ebp + tcb.sending]
        call    ring_remove
        jmp     stop_timeout

; The message of EBP/ESI goes to EBX, which is then ready to run but in no ring.
; EAX = what the sender gets: 0 or an error of the send phase.
transfer:
        push    edi
        call    give_frame
        mov     edi, [ebx + tcb.ksp]
        xchg    ebp, ebx
        call    stop_timeout
        xchg    ebp, ebx
        mov     dword [ebx + tcb.state], STATE_READY
        xor     eax, eax                        ; EAX what the sender gets, ECX what the receiver gets
        xor     ecx, ecx
        test    byte [esi + frame.eax], L4_SEND_FPAGE
        jz      .words
        call    transfer_fpage
.words:
        test    dword [esi + frame.eax], ~3     ; see in_memory
        jz      .whole
        mov     eax, L4_SEND_CUT
.whole:
        push    eax
        call    pass_words
        call    tell_redirection
        mov     [edi + frame.eax], ecx
        pop     eax
        pop     edi
        ret

; Two words and the source of EBP/ESI to EBX/EDI. Keeps all but EAX, EDX.
pass_words:
        mov     eax, [esi + frame.edx]
        mov     edx, [esi + frame.ebx]
        mov     [edi + frame.edx], eax
        mov     [edi + frame.ebx], edx
        call    source
        mov     [edi + frame.esi], eax
        mov     [edi + frame.edi], edx
        ret

; EBX waits for a message: if it does so on the short path, give it a frame. Keeps all registers.
give_frame:
        cmp     dword [ebx + tcb.state], STATE_LIMIT
        jb      .end
        push    edi
        lea     edi, [ebx + tcb.state - frame_size]
        mov     [ebx + tcb.ksp], edi
        mov     dword [edi + frame.resume], return_to_user
        mov     dword [edi + frame.ebp], 0
        pop     edi
.end:
        ret

; Maps what the message offers into the window that the receiver opened. EAX, ECX: results of the two sides.
transfer_fpage:
        mov     ecx, [edi + frame.ebp]
        test    cl, L4_RECEIVE_FPAGE
        jz      .refused
        mov     eax, [esi + frame.edx]
        mov     edx, [esi + frame.ebx]
        call    map
        jc      .failed
        xor     eax, eax
        mov     ecx, L4_FPAGE_RECEIVED
        ret
.failed:
        mov     eax, L4_SEND_MAP
        mov     ecx, L4_RECEIVE_MAP | L4_FPAGE_RECEIVED
        ret
.refused:
        mov     eax, L4_SEND_CUT
        mov     ecx, L4_RECEIVE_CUT
        ret
