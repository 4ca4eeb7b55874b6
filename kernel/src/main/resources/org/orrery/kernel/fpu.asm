; What is switched only when it is used: the FPU, and the debug registers.
;
; CR0.TS is set but while a thread that uses the FPU runs. The first FPU instruction after a switch raises #NM; then the
; FPU's contents go to the thread whose they are, and the new thread's come in. The short path of ipc does not know of
; this: while TS is clear, or debug registers are loaded (special_state), the gate of ipc leads to ipc_special, which
; puts that right first. A thread with breakpoints always leaves and returns by slow ways: it does not wait in a state
; that the short path knows.
;
; Without an FPU, CR0.EM is set and the thread itself gets #NM.

        phase "lazy state"

VECTOR_DB       equ 1
VECTOR_NM       equ 7
CR0_TS          equ 8
CR0_EM          equ 4
SPECIAL_FPU     equ 1                           ; TS is clear
SPECIAL_DEBUG   equ 2                           ; there are breakpoints in the debug registers
DR7_ENABLED     equ 0xFF                        ; the enable bits
DR7_ALLOWED     equ 0xFFFF03FF
IPC_GATE        equ idt + 8 * L4_IPC            ; its low word is the handler's; all code is in the same 64 KB
IPC_LOW         equ (ipc - image_start + IMAGE_BASE) & 0xFFFF
IPC_SPECIAL_LOW equ (ipc_special - image_start + IMAGE_BASE) & 0xFFFF

; #NM of EBP with fault frame EBX at ESP, EAX its number.
fpu_not_available:
        cmp     byte [has_fpu], 0
        je      reflect
        clts
        mov     ecx, [fpu_owner]
        cmp     ecx, ebp
        je      .mine
        jecxz   .free
        fnsave  [ecx + tcb.fpu]
.free:
        cmp     dword [ebp + tcb.fpu_used], 0
        je      .new
        frstor  [ebp + tcb.fpu]
        jmp     .owned
.new:
        fninit
        inc     dword [ebp + tcb.fpu_used]
.owned:
        mov     [fpu_owner], ebp
.mine:
        or      byte [special_state], SPECIAL_FPU
        mov     word [IPC_GATE], IPC_SPECIAL_LOW
        jmp     leave_exception

; int 0x30 by a thread with special state.
ipc_special:
        test    byte [special_state], SPECIAL_DEBUG
        jnz     ipc_slow
        push    eax
        call    leave_special
        pop     eax
        jmp     ipc

; The state of the running thread that the next one must not see is put away. Keeps all registers but EAX.
leave_special:
        test    byte [special_state], SPECIAL_DEBUG
        jz      .fpu
        xor     eax, eax
        mov     dr7, eax
.fpu:
        mov     eax, cr0
        or      al, CR0_TS
        mov     cr0, eax
        mov     byte [special_state], 0
        mov     word [IPC_GATE], IPC_LOW
        ret

; The breakpoints of EBX, which is going to run, are loaded if it has any. Keeps all registers but EAX.
load_breakpoints:
        test    byte [ebx + tcb.debug + 28], DR7_ENABLED
        jz      .end
        mov     eax, [ebx + tcb.debug]
        mov     dr0, eax
        mov     eax, [ebx + tcb.debug + 4]
        mov     dr1, eax
        mov     eax, [ebx + tcb.debug + 8]
        mov     dr2, eax
        mov     eax, [ebx + tcb.debug + 12]
        mov     dr3, eax
        mov     eax, [ebx + tcb.debug + 28]
        mov     dr7, eax
        or      byte [special_state], SPECIAL_DEBUG
        mov     word [IPC_GATE], IPC_SPECIAL_LOW
.end:
        ret

; #DB of EBP: it finds the reason in its own DR6.
debug_exception:
        mov     ecx, dr6
        mov     [ebp + tcb.debug + 24], ecx
        xor     ecx, ecx
        mov     dr6, ecx
        jmp     reflect

; MOV from or to a debug register: ECX the first four bytes of the instruction (0F 21 /r, 0F 23 /r), EBX the fault of
; EBP. The thread's own registers are in tcb.debug, by number.
move_debug_register:
        mov     edx, ecx
        shr     edx, 16
        mov     esi, edx
        and     edx, 7                          ; the general register,
        shr     esi, 3
        and     esi, 7                          ; the debug register
        mov     edi, esi
        and     edi, ~1
        cmp     edi, 4
        jne     .number
        add     esi, 2                          ; 4 and 5 are 6 and 7
.number:
        neg     edx
        lea     edx, [ebx + fault.eax + edx * 4]
        lea     edi, [ebx + fault.esp]
        cmp     edx, edi
        jne     .register
        lea     edx, [ebx + fault.user_esp]
.register:
        lea     edi, [ebp + tcb.debug + esi * 4]
        test    ch, 2
        jnz     .write
        mov     ecx, [edi]
        mov     [edx], ecx
        jmp     .done
.write:
        mov     ecx, [edx]
        cmp     esi, 4
        jae     .control
        cmp     ecx, USER_TOP                   ; the kernel is not to be watched
        jae     reflect
.control:
        cmp     esi, 7
        jne     .store
        and     ecx, DR7_ALLOWED
.store:
        mov     [edi], ecx
        test    byte [special_state], SPECIAL_DEBUG
        jz      .load
        call    leave_special
.load:
        xchg    ebx, ebp
        call    load_breakpoints
        xchg    ebx, ebp
.done:
        add     dword [ebx + fault.eip], 3
        jmp     leave_exception

; Nothing of EBP is in the FPU. Keeps all registers.
forget_fpu:
        cmp     [fpu_owner], ebp
        jne     .end
        mov     dword [fpu_owner], 0
.end:
        ret

; Is there an FPU? For boot.
find_fpu:
        clts
        fninit
        push    dword -1
        fnstsw  [esp]
        pop     eax
        test    al, al
        setz    [has_fpu]
        mov     eax, cr0
        or      al, CR0_TS
        cmp     byte [has_fpu], 0
        jne     .end
        or      al, CR0_EM
.end:
        mov     cr0, eax
        ret
