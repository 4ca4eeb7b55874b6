; Exceptions of users. As in V2 they are not messages: a thread may load an interrupt descriptor table of its own, which
; the kernel remembers, and gets its exceptions as that says, on its own stack. Without a handler the thread is halted.
; Emulated for user mode: LIDT, moves to and from debug registers, and IRETD to virtual 8086 mode.
;
; Between reflect_access and reflect_access_end user memory is touched; all of it starts again after a page fault there.
; Registers: EBP the running thread, EBX its fault frame, which lies right below its hot line, so that it can be found
; again: a thread in virtual 8086 mode (tcb.v86_esp not 0) has VM_BYTES more above it.

        phase "user exception"

VM_BYTES        equ 16                          ; GS, FS, DS, ES above SS
EFLAGS_TF       equ 0x00000100
EFLAGS_IF       equ 0x00000200
EFLAGS_NT       equ 0x00004000
EFLAGS_RF       equ 0x00010000
EFLAGS_VM       equ 0x00020000
EFLAGS_AC       equ 0x00040000
EFLAGS_STATUS   equ 0x00000DD5                  ; the arithmetic ones, DF and TF: what IRETD takes from a user
WITH_ERROR_CODE equ 1 << 8 | 1 << 10 | 1 << 11 | 1 << 12 | 1 << 13 | 1 << 14 | 1 << 17
HANDLER_PRESENT equ 0x80                        ; in byte 5 of a gate
MOST_PUSHED     equ 40                          ; bytes

user_exception:                                 ; EBP, ESP: the fault
        mov     ebx, esp
        movzx   eax, byte [ebx + fault.vector]
        cmp     al, VECTOR_NM
        je      fpu_not_available
        cmp     al, VECTOR_DB
        je      debug_exception
        cmp     al, VECTOR_GP
        je      general_protection

; Exception EAX to the thread's own handler.
reflect:
        lea     edx, [eax * 8 + 7]
        cmp     edx, [ebp + tcb.idt_limit]
        ja      halt_faulty
        add     edx, [ebp + tcb.idt_base]
        jc      halt_faulty
        cmp     edx, USER_TOP
        jae     halt_faulty
        mov     edi, [ebx + fault.user_esp]
        mov     ecx, [ebp + tcb.v86_esp]
        jecxz   .stack
        mov     edi, ecx
.stack:
        lea     ecx, [edi - MOST_PUSHED]
        cmp     ecx, USER_TOP - MOST_PUSHED
        ja      halt_faulty

reflect_access:
        mov     esi, [edx - 7]
        mov     edx, [edx - 3]
        test    dh, HANDLER_PRESENT
        jz      halt_faulty
        mov     dx, si                          ; the handler
        mov     ecx, (fault_size - fault.eip) / 4 - 2
        cmp     dword [ebp + tcb.v86_esp], 0
        je      .push
        mov     ecx, (fault_size - fault.eip + VM_BYTES) / 4
.push:                                          ; EIP, CS, EFLAGS, and what else virtual 8086 mode has
        mov     esi, [ebx + fault.eip - 4 + ecx * 4]
        sub     edi, 4
        mov     [edi], esi
        dec     ecx
        jnz     .push
        mov     ecx, WITH_ERROR_CODE
        bt      ecx, eax
        jnc     .pushed
        movzx   esi, word [ebx + fault.error]
        sub     edi, 4
        mov     [edi], esi
.pushed:
        cmp     dword [ebp + tcb.v86_esp], 0
        je      .enter
        call    leave_v86
.enter:
        mov     [ebx + fault.eip], edx
        mov     [ebx + fault.user_esp], edi
        and     dword [ebx + fault.eflags], ~(EFLAGS_TF | EFLAGS_NT | EFLAGS_RF | EFLAGS_AC)
        jmp     leave_exception

; #GP: some instructions that user mode may not execute are executed here.
general_protection:
        test    dword [ebx + fault.eflags], EFLAGS_VM
        jnz     reflect
        mov     edi, [ebx + fault.eip]
        cmp     edi, USER_TOP - 8
        ja      reflect
        mov     ecx, [edi]
        cmp     cl, 0xCF
        je      iret_to_v86
        cmp     cl, 0x0F
        jne     reflect
        cmp     ch, 0x01
        je      .lidt
        mov     edx, ecx                        ; 0F 21 /r from a debug register, 0F 23 /r to one
        and     dh, ~2
        cmp     dh, 0x21
        je      move_debug_register
        jmp     reflect
.lidt:                                          ; 0F 01 /3, with an address in a register or in the instruction
        shr     ecx, 16
        mov     dl, cl
        and     dl, 0xF8
        cmp     dl, 0x18
        jne     reflect
        and     ecx, 7
        cmp     cl, 4
        je      reflect                         ; other forms of address are not emulated
        cmp     cl, 5
        je      .absolute
        lea     edx, [ecx * 4]
        neg     edx
        mov     ecx, [ebx + fault.eax + edx]
        add     edi, 3
        jmp     .address
.absolute:
        mov     ecx, [edi + 3]
        add     edi, 7
.address:
        cmp     ecx, USER_TOP - 6
        ja      reflect
        mov     edx, [ecx + 2]
        movzx   ecx, word [ecx]
        mov     [ebp + tcb.idt_base], edx
        mov     [ebp + tcb.idt_limit], ecx
        mov     [ebx + fault.eip], edi
        jmp     leave_exception

; IRETD with VM set in the flags image: to virtual 8086 mode. The frame on the user's stack is that of the processor in
; ring 0: EIP, CS, EFLAGS, ESP, SS, ES, DS, FS, GS. The exceptions of the thread then push the same frame (and an error
; code) on the stack where this one was. CS 0023h cannot be entered so, since it means something in protected mode.
iret_to_v86:
        mov     esi, [ebx + fault.user_esp]
        cmp     esi, USER_TOP - V86_FRAME
        ja      reflect
        test    dword [esi + 8], EFLAGS_VM
        jz      reflect
        mov     ecx, V86_FRAME / 4 - 1
.touch:                                         ; after this nothing can fault
        mov     edx, [esi + ecx * 4]
        dec     ecx
        jns     .touch
        lea     ecx, [esi + V86_FRAME]
        mov     [ebp + tcb.v86_esp], ecx
        mov     edx, esi
        mov     esi, ebx
        lea     edi, [ebx - VM_BYTES]
        mov     esp, edi
        mov     ebx, edi
        mov     ecx, fault.eip / 4
        cld
        rep     movsd
        mov     esi, edx
        mov     ecx, V86_FRAME / 4
        rep     movsd
reflect_access_end:
        movzx   eax, word [ebx + fault.eip]
        mov     [ebx + fault.eip], eax
        mov     eax, [ebx + fault.eflags]
        and     eax, EFLAGS_STATUS
        or      eax, EFLAGS_VM | EFLAGS_IF | 2
        mov     [ebx + fault.eflags], eax

; Back to the user with the fault frame at ESP.
leave_exception:
        popad
        add     esp, 8
        iretd

V86_FRAME       equ 36

; The frame of EBP becomes one of protected mode: EBX, ESP where it is then. Called. Keeps EAX, EDX, EDI.
leave_v86:
        pop     ecx
        push    edi
        push    ecx
        lea     esi, [ebx + fault.eip - 4]
        lea     edi, [ebx + fault.eip - 4 + VM_BYTES]
        mov     ecx, fault.eip / 4
        std
        rep     movsd
        cld
        add     ebx, VM_BYTES
        mov     dword [ebx + fault.cs], USER_CODE
        mov     dword [ebx + fault.eflags], EFLAGS_USER
        mov     dword [ebx + fault.user_ss], USER_DATA
        mov     dword [ebp + tcb.v86_esp], 0
        pop     ecx
        pop     edi
        mov     esp, ebx
        jmp     ecx

; A thread without a handler, or with a bad one, or without a stack for it.
halt_faulty:
        mov     esp, ebx
        jmp     halt_thread

; A page fault in the kernel while user memory was touched for an exception. ESP the fault in the kernel.
reflect_fault:
        mov     ebp, esp
        and     ebp, -tcb_size
        lea     ebx, [ebp + tcb.state - fault_size]
        cmp     dword [ebp + tcb.v86_esp], 0
        je      .found
        sub     ebx, VM_BYTES
.found:
        mov     eax, cr2
        cmp     eax, USER_TOP
        jae     halt_faulty
        mov     ecx, [ebp + tcb.pdir]
        cmp     ecx, [sigma0_space]
        je      sigma0_fault
        mov     ecx, [esp + fault.error]
        mov     esp, ebx
        mov     edi, exception_page_answered
        jmp     call_pager

exception_page_answered:
        mov     ebp, esp
        and     ebp, -tcb_size
        test    byte [esp + frame.eax - 4], L4_ERROR_MASK
        lea     esp, [esp + frame.eip - 4]
        jnz     halt_thread
        jmp     user_exception
