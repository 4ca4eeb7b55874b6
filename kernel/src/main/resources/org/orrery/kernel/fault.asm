; Exceptions. A page fault in user mode becomes a message to the pager; any other exception goes to user_exception (see
; exception.asm); an exception in the kernel is a panic, but for page faults where it touches user memory, and one kind
; more.
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
        cmp     byte [esp + fault.vector], VECTOR_NMI
        je      panic_exception
        test    dword [esp + fault.eflags], EFLAGS_VM
        jnz     .virtual
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
        jz      kernel_exception
.user:
        mov     ebp, esp
        and     ebp, -tcb_size
        jmp     user_exception
.virtual:                                       ; the processor has left null segments
        call    load_user_segments
        jmp     .user

; In the kernel only a breakpoint that a user has set on its own memory is no panic.
kernel_exception:
        cmp     byte [esp + fault.vector], VECTOR_DB
        jne     panic_exception
        test    byte [special_state], SPECIAL_DEBUG
        jz      panic_exception
        xor     eax, eax
        mov     dr6, eax
        popad
        add     esp, 8
        iretd

; The running thread EBP does not run again until lthread_ex_regs restarts it. ESP the fault.
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
        test    dword [esp + fault.eflags], EFLAGS_VM
        jnz     .user
        test    byte [esp + fault.cs], 3
        jz      kernel_page_fault               ; see message-fault.asm
.user:
        mov     ebp, esp
        and     ebp, -tcb_size
        mov     eax, cr2
        cmp     eax, USER_TOP
        jae     halt_thread
        mov     ecx, [ebp + tcb.pdir]
        cmp     ecx, [sigma0_space]
        je      sigma0_fault
        mov     ecx, [esp + fault.error]
        mov     edi, page_fault_answered

; A call to the pager in the name of the thread EBP, from a frame below the one of its registers, for the address EAX,
; error code ECX. It is to go on at EDI.
call_pager:
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
        push    edi
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
