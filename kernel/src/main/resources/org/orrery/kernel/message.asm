; Messages in memory: copied once, from the sender's address space through a window onto the receiver's.
;
; This is the general way; plain messages take a straight path of their own (ipc-memory.asm).
;
; The sender does all of the copying, on its own kernel stack below its user frame, with its locals (struct copy) at a
; fixed place there. Meanwhile the receiver is locked: nobody else touches its frame or its queue of timeouts. Between
; the two markers user_access and user_access_end the kernel touches memory of users: the sender's directly, and the
; receiver's in the window. A page fault there goes to a pager and the copy then goes on (see message-fault.asm). Long
; copies can be interrupted, and the sender preempted.
;
; The window is two entries of each page directory, copied from the receiver's, so that 4 MB from anywhere are in it.
; One window serves all threads of an address space: a thread whose tcb.window is not 0 gets it back when it runs again
; (restore_window).
;
; Registers: EBP the sender's TCB, EBX the receiver's.

        phase "copy message"

%define USER_FRAME (tcb.state - frame_size)
%define COPY (tcb.state - frame_size - copy_size)

UNINTERRUPTED   equ 128                         ; dwords that are copied with interrupts off

; Without direct transfer: a buffer of the sender's, below its locals and above the frames of a page fault's message.
BUFFER_DWORDS   equ 64
%define BUFFER (COPY - BUFFER_DWORDS * 4)
TWO_DWORDS      equ 2 << L4_DWORDS_SHIFT

; The stack pointer of EBP during the copy.
%macro copy_stack 0
%if DIRECT_TRANSFER
        lea     esp, [ebp + COPY]
%else
        lea     esp, [ebp + BUFFER]
%endif
%endmacro

; ECX dwords from ESI to EDI, in a thread with the TCB %1. Keeps EAX, EBX, EDX, EBP.
%macro move_dwords 1
%if DIRECT_TRANSFER
        rep     movsd
%else
        jecxz   %%end
%%piece:
        push    ecx
        cmp     ecx, BUFFER_DWORDS
        jbe     %%last
        mov     ecx, BUFFER_DWORDS
%%last:
        push    ecx
        push    edi
        lea     edi, [%1 + BUFFER]
        rep     movsd
        pop     edi
        mov     ecx, [esp]
        push    esi
        lea     esi, [%1 + BUFFER]
        rep     movsd
        pop     esi
        pop     ecx
        sub     [esp], ecx
        pop     ecx
        jnz     %%piece
%%end:
%endif
%endmacro

; Both are locked to each other: the message of EBP/ESI to EBX, which waits for it.
lock_partners:
        push    edi
        call    give_frame
        xchg    ebx, ebp
        call    stop_timeout
        xchg    ebx, ebp
        mov     dword [ebx + tcb.state], STATE_LOCKED
        mov     [ebp + tcb.receiver], ebx
        mov     [ebx + tcb.sender], ebp
        mov     edi, [ebx + tcb.ksp]
        call    pass_words
        pop     edi
        ret

; EBP and EBX are free again. Keeps all registers.
unlock_partners:
        mov     dword [ebp + tcb.receiver], 0
        mov     dword [ebp + tcb.window], 0
        mov     dword [ebx + tcb.sender], 0
        ret

; Where a sender goes on whose message a receiver has asked for.
send_phase:
        mov     ebp, esp
        and     ebp, -tcb_size
        mov     ebx, [ebp + tcb.receiver]
        mov     dword [ebp + USER_FRAME + frame.resume], return_to_user

; The whole transfer, EBP to EBX.
copy_message:
        copy_stack
        cld
        call    open_source
        call    open_target
        call    copy_words
        test    byte [ebp + USER_FRAME + frame.eax], L4_SEND_FPAGE
        jz      .no_fpages
        call    copy_fpages
.no_fpages:
        mov     eax, [ebp + COPY + copy.dope]
        shr     eax, L4_STRINGS_SHIFT
        and     eax, 31
        jz      message_copied
        call    copy_strings

; Where all transfers end that no page fault has ended before.
message_copied:
        lea     esi, [ebp + USER_FRAME]
        mov     esp, esi
        mov     [ebp + tcb.ksp], esi
        mov     edi, [ebx + tcb.ksp]
        mov     ecx, [ebp + COPY + copy.done]
        call    tell_redirection
        mov     [edi + frame.eax], ecx
        mov     dword [ebx + tcb.state], STATE_READY
        call    unlock_partners
        mov     eax, [ebp + COPY + copy.send_error]
        jmp     ipc_in_frame.sent

; What does not fit ends the message.
message_cut:
        or      dword [ebp + COPY + copy.done], L4_RECEIVE_CUT
        mov     dword [ebp + COPY + copy.send_error], L4_SEND_CUT
        jmp     message_copied

; One of the two gave addresses that are not a user's, or too large a string.
message_bad:
        or      dword [ebp + COPY + copy.done], L4_RECEIVE_ABORTED
        mov     dword [ebp + COPY + copy.send_error], L4_SEND_ABORTED
        jmp     message_copied

user_access:

; ECX dwords from ESI to EDI. Keeps EAX, EBX, EDX, EBP.
copy_dwords:
        cmp     ecx, UNINTERRUPTED
        ja      .long
        move_dwords ebp
        ret
.long:
        sti
        move_dwords ebp
        cli
        ret

; Reads the header of the sender's buffer, descriptor EAX, so that a page fault there makes nobody else wait. Keeps all
; but EAX, ECX.
touch_source:
        and     eax, ~3
        cmp     eax, USER_TOP - L4_MESSAGE_DWORDS
        ja      .end
        mov     ecx, [eax + L4_MESSAGE_SIZE]
        mov     ecx, [eax + L4_MESSAGE_SEND]
.end:
        ret

; The id under which EBP/ESI deceives, from its user stack, to its TCB. CF set if its stack pointer is bad.
read_source:
        mov     edx, [esi + frame.user_esp]
        cmp     edx, USER_TOP - 7
        cmc
        jc      .end
        mov     eax, [edx]
        mov     edx, [edx + 4]
        mov     [ebp + tcb.source_low], eax
        mov     [ebp + tcb.source_high], edx
.end:
        ret

; What the sender's message buffer says. A message without buffer is two words that count for nothing.
open_source:
        xor     edx, edx
        mov     [ebp + COPY + copy.done], edx
        mov     [ebp + COPY + copy.send_error], edx
        mov     eax, [ebp + USER_FRAME + frame.eax]
        and     eax, ~3
        mov     [ebp + COPY + copy.source], eax
        jz      .end
        cmp     eax, USER_TOP - L4_MESSAGE_DWORDS
        ja      message_bad
        mov     ecx, [eax + L4_MESSAGE_SIZE]
        mov     edx, [eax + L4_MESSAGE_SEND]
        mov     [ebp + COPY + copy.size], ecx
.end:
        mov     [ebp + COPY + copy.dope], edx
        ret

; The same of the receiver's. One without buffer has room for two words.
open_target:
        mov     edi, [ebx + tcb.ksp]
        mov     eax, [edi + frame.ebp]
        xor     edi, edi
        mov     ecx, eax
        test    al, L4_RECEIVE_FPAGE
        mov     edx, TWO_DWORDS
        jnz     .end
        xor     ecx, ecx
        mov     edi, eax
        and     edi, ~3
        jz      .end
        push    edi
        call    map_window
        mov     ecx, [edi + L4_MESSAGE_WINDOW]
        mov     edx, [edi + L4_MESSAGE_SIZE]
        pop     edi
.end:
        mov     [ebp + COPY + copy.target], edi
        mov     [ebp + COPY + copy.fpages], ecx
        mov     [ebp + COPY + copy.room], edx
        ret

; The dwords.
copy_words:
        mov     ecx, [ebp + COPY + copy.dope]
        mov     eax, [ebp + COPY + copy.room]
        shr     ecx, L4_DWORDS_SHIFT
        shr     eax, L4_DWORDS_SHIFT
        cmp     eax, 2
        jae     .room
        mov     eax, 2                          ; for those in the registers there is always room
.room:
        push    eax
        cmp     ecx, eax
        jbe     .fits
        mov     ecx, eax
.fits:
        mov     edx, ecx
        shl     edx, L4_DWORDS_SHIFT
        mov     esi, [ebp + COPY + copy.source]
        mov     edi, [ebp + COPY + copy.target]
        test    esi, esi
        jz      .copied
        lea     eax, [esi + ecx * 4 + L4_MESSAGE_DWORDS]
        cmp     eax, USER_TOP
        ja      message_bad
        test    edi, edi
        jz      .copied
        lea     eax, [edi + ecx * 4 + L4_MESSAGE_DWORDS]
        cmp     eax, USER_TOP
        ja      message_bad
        push    edx
        call    map_window
        pop     edx
        add     esi, L4_MESSAGE_DWORDS
        add     edi, L4_MESSAGE_DWORDS
        call    copy_dwords
.copied:
        mov     [ebp + COPY + copy.done], edx
        pop     eax
        mov     ecx, [ebp + COPY + copy.dope]
        shr     ecx, L4_DWORDS_SHIFT
        cmp     ecx, eax
        ja      message_cut
        ret

; The fpages: pairs of a send base and an fpage, the first in the registers, up to a nil fpage or the last dword.
copy_fpages:
        mov     dword [ebp + COPY + copy.from], 2
        mov     eax, [ebp + USER_FRAME + frame.edx]
        mov     edx, [ebp + USER_FRAME + frame.ebx]
.pair:
        test    edx, edx
        jz      .end
        mov     ecx, [ebp + COPY + copy.fpages]
        test    ecx, ecx
        jz      message_cut
        or      dword [ebp + COPY + copy.done], L4_FPAGE_RECEIVED
        call    map
        jc      .failed
        mov     eax, [ebp + COPY + copy.from]
        mov     ecx, [ebp + COPY + copy.dope]
        lea     edx, [eax + 2]
        shr     ecx, L4_DWORDS_SHIFT
        cmp     edx, ecx
        ja      .end
        mov     [ebp + COPY + copy.from], edx
        mov     ecx, [ebp + COPY + copy.source]
        lea     ecx, [ecx + eax * 4 + L4_MESSAGE_DWORDS]
        mov     eax, [ecx]
        mov     edx, [ecx + 4]
        jmp     .pair
.failed:
        or      dword [ebp + COPY + copy.done], L4_RECEIVE_MAP
        mov     dword [ebp + COPY + copy.send_error], L4_SEND_MAP
        jmp     message_copied
.end:
        ret

%include "message-string.asm"

user_access_end:

; The receiver's address EDI is shown by the window, with at least 4 MB after it: EDI = its address there. Keeps all
; but EAX, EDX.
map_window:
        mov     edx, edi
        and     edi, TABLE_SPAN - 1
        and     edx, -TABLE_SPAN
        inc     edx
        add     edi, WINDOW
        cmp     [ebp + tcb.window], edx
        je      window_set
        mov     [ebp + tcb.window], edx

; The window of EBP's address space, the current one, shows what EBP wants to see of EBX, and nothing of it is in the
; TLB. Keeps all but EAX, EDX.
set_window:
        push    ecx
        mov     edx, [ebp + tcb.window]
        shr     edx, 22
        mov     ecx, [ebx + tcb.pdir]
        lea     edx, [KERNEL_BASE + ecx + edx * 4]
        mov     ecx, [edx]
        mov     eax, [edx + 4]
        and     ecx, ~PTE_USER
        and     eax, ~PTE_USER
        mov     edx, [ebp + tcb.pdir]
        mov     [KERNEL_BASE + edx + (WINDOW >> 20)], ecx
        mov     [KERNEL_BASE + edx + (WINDOW >> 20) + 4], eax
        pop     ecx
        cmp     [window_space], edx
        mov     [window_space], edx
        je      flush_tlb
window_set:
        ret

; Nothing of user memory is in the TLB. Keeps all but EAX.
flush_tlb:
        mov     eax, cr3
        mov     cr3, eax
        ret

; The last step to a thread EBX that has been copying: its window may show something else, and pages may have gone.
restore_window:
        mov     ebp, ebx
        mov     ebx, [ebp + tcb.receiver]
        call    set_window
        jmp     flush_tlb
