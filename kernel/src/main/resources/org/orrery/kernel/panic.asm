; The kernel found itself wrong: all registers on the serial line, and the end of the run with EXIT_PANIC.

        phase "panic"

; An exception in the kernel, on the stack as in fault.
panic_exception:
        mov     word [esp + fault.error + 2], 0 ; an i486 pushes two bytes of an error code
        call    load_user_segments
        cld
        mov     esi, panic_text
        call    print
        mov     ebp, esp
        mov     ebx, panic_registers
.next:
        mov     esi, ebx
        call    print
        mov     ebx, esi
        movzx   ecx, byte [ebx]
        inc     ebx
        mov     eax, [ebp + ecx]
        call    print_hex
        cmp     byte [ebx], 0
        jne     .next
        mov     esi, panic_cr2
        call    print
        mov     eax, cr2
        call    print_hex
        mov     esi, panic_cr3
        call    print
        mov     eax, cr3
        call    print_hex
        mov     esi, panic_thread
        call    print
        mov     eax, [tss_esp0]
        dec     eax
        and     eax, -tcb_size
        mov     eax, [eax + tcb.id_low]
        call    print_hex
        mov     esi, new_line
        call    print
        mov     al, EXIT_PANIC
        jmp     exit

panic_text:     db "kernel panic", 13, 10, 0
panic_registers:                                ; text, 0, where the value is in the fault frame
        db      "exception ", 0, fault.vector, " error ", 0, fault.error
        db      " at ", 0, fault.eip, " flags ", 0, fault.eflags, 13, 10
        db      "eax ", 0, fault.eax, " ebx ", 0, fault.ebx, " ecx ", 0, fault.ecx, " edx ", 0, fault.edx, 13, 10
        db      "esi ", 0, fault.esi, " edi ", 0, fault.edi, " ebp ", 0, fault.ebp, " esp ", 0, fault.esp
        db      0
panic_cr2:      db 13, 10, "cr2 ", 0
panic_cr3:      db " cr3 ", 0
panic_thread:   db " thread ", 0
new_line:       db 13, 10, 0

%if DEBUG
; One line about the thread EBP, which an exception halts. ESP + 4: the fault.
print_halted:
        lea     edi, [esp + 4]
        cld
        mov     esi, halted_text
        call    print
        mov     eax, [ebp + tcb.id_low]
        call    print_hex
        mov     esi, halted_vector
        call    print
        mov     eax, [edi + fault.vector]
        call    print_hex
        mov     esi, halted_at
        call    print
        mov     eax, [edi + fault.eip]
        call    print_hex
        mov     esi, new_line
        jmp     print

halted_text:    db "halted thread ", 0
halted_vector:  db " exception ", 0
halted_at:      db " at ", 0
%endif
