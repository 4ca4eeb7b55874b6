; Exceptions. A page fault in user mode becomes a message to the pager; any other exception halts its thread;
; an exception in the kernel is a panic, but for one kind.
;
; That kind: user mode can load a data segment register with flat USER_DATA or with a null selector, nothing else (see
; the GDT). The kernel does not look at them when it is entered. When it then uses a null one, the #GP gives it
; USER_DATA and the instruction is tried again. The same holds for user mode, since registers are not saved by thread:
; everywhere a null selector reads as the flat segment.

        phase "exception"
%include "stubs.inc"

VECTOR_NMI      equ 2
VECTOR_GP       equ 13

; The stubs push vector and error code as needed: vector, error code, EIP, CS, EFLAGS, and from user mode ESP, SS.
exception:
        pushad
        cmp     byte [esp + fault.vector], VECTOR_GP
        jne     .not_null
        call    null_segments
        jne     .not_null
        call    load_user_segments
        popad
        add     esp, 8
        iretd
.not_null:
        test    byte [esp + fault.cs], 3
        jz      panic_exception
        cmp     byte [esp + fault.vector], VECTOR_NMI
        je      panic_exception
        mov     ebp, esp
        and     ebp, -tcb_size

; The running thread EBP will never run again.
halt_thread:
        mov     dword [ebp + tcb.state], STATE_HALTED
%if DEBUG
        call    print_halted
%endif
        jmp     schedule

; ZF set if one of the data segment registers is null.
null_segments:
        mov     eax, ds
        test    eax, 0xFFFC
        jz      .end
        mov     eax, es
        test    eax, 0xFFFC
        jz      .end
        mov     eax, fs
        test    eax, 0xFFFC
        jz      .end
        mov     eax, gs
        test    eax, 0xFFFC
.end:
        ret

load_user_segments:
        mov     eax, USER_DATA
        mov     ds, ax
        mov     es, ax
        mov     fs, ax
        mov     gs, ax
        ret

        phase "page fault"
page_fault:
        pushad
        test    byte [esp + fault.cs], 3
        jz      kernel_page_fault               ; see message-fault.asm
        mov     ebp, esp
        and     ebp, -tcb_size
        mov     eax, cr2
        cmp     eax, USER_TOP
        jae     halt_thread
        mov     ecx, [ebp + tcb.pdir]
        cmp     ecx, [sigma0_space]
        je      sigma0_fault

; A call to the pager in the name of the thread, from a frame below the one of its registers.
        mov     ecx, [esp + fault.error]
        mov     edx, [esp + fault.eip]
        and     ecx, PF_WRITE
        and     eax, ~3
        or      eax, ecx
        push    byte L4_SHORT                   ; EAX
        push    byte L4_NEVER                   ; ECX
        push    eax                             ; EDX: address, and whether it was a write
        push    edx                             ; EBX: EIP
        push    eax                             ; ESP: unused
        push    dword L4_WHOLE_SPACE | L4_RECEIVE_FPAGE
        push    dword [ebp + tcb.pager_low]     ; ESI
        push    dword [ebp + tcb.pager_high]    ; EDI
        push    dword page_fault_answered
        mov     [ebp + tcb.ksp], esp
        jmp     ipc_in_frame

PF_WRITE        equ 2                           ; in the error code

; The pager has mapped the page, or only answered: the access is tried again. Without a pager the thread ends here.
page_fault_answered:
        mov     ebp, esp
        and     ebp, -tcb_size
        test    byte [esp + frame.eax - 4], L4_ERROR_MASK
        lea     esp, [esp + frame.eip - 4]
        jnz     halt_thread
        popad
        add     esp, 8
        iretd

; IRQs other than the timer's are masked, so this one is spurious. An interrupt of the slave has been seen by the
; master as one of its own.
interrupt:
        test    byte [esp], 8
        jz      .end
        push    eax
        mov     al, PIC_EOI
        out     PIC_MASTER, al
        pop     eax
.end:
        add     esp, 4
        iretd
