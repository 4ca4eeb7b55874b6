; The devices that the kernel uses itself: interrupt controllers, timer, and a serial line for last words.

        phase "machine"

PIC_MASTER      equ 0x20
PIC_SLAVE       equ 0xA0
PIC_EOI         equ 0x20
PIT_CONTROL     equ 0x43
PIT_COUNTER     equ 0x40
IRQ_BASE        equ 0x20

; Interrupts at IRQ_BASE; all masked but the timer.
pic_init:
        mov     al, 0x11                        ; edge, cascade, ICW4
        out     PIC_MASTER, al
        out     PIC_SLAVE, al
        mov     al, IRQ_BASE
        out     PIC_MASTER + 1, al
        mov     al, IRQ_BASE + 8
        out     PIC_SLAVE + 1, al
        mov     al, 4                           ; the slave is on IRQ 2
        out     PIC_MASTER + 1, al
        mov     al, 2
        out     PIC_SLAVE + 1, al
        mov     al, 1                           ; 8086 mode
        out     PIC_MASTER + 1, al
        out     PIC_SLAVE + 1, al
        mov     al, [irq_mask]
        out     PIC_MASTER + 1, al
        mov     al, [irq_mask + 1]
        out     PIC_SLAVE + 1, al
        ret

; A timer interrupt every TICK_US.
pit_init:
        mov     al, 0x34                        ; counter 0, both bytes, rate generator
        out     PIT_CONTROL, al
        mov     al, PIT_DIVISOR & 0xFF
        out     PIT_COUNTER, al
        mov     al, PIT_DIVISOR >> 8
        out     PIT_COUNTER, al
        ret

; COM1 at 115200 baud, 8 data bits, no interrupts. Keeps EBX, EBP.
serial_init:
        mov     dx, COM1 + 1
        xor     eax, eax
        out     dx, al
        mov     dx, COM1 + 3
        mov     al, 0x80                        ; the divisor's turn
        out     dx, al
        mov     dx, COM1
        mov     al, 1
        out     dx, al
        mov     dx, COM1 + 1
        xor     eax, eax
        out     dx, al
        mov     dx, COM1 + 3
        mov     al, 3
        out     dx, al
        ret

; The character AL on COM1. Keeps all registers.
print_char:
        push    edx
        push    eax
        mov     dx, COM1 + 5
.wait:
        in      al, dx
        test    al, 0x20
        jz      .wait
        mov     dx, COM1
        pop     eax
        out     dx, al
        pop     edx
        ret

; The text at ESI, up to its 0.
print:
        lodsb
        test    al, al
        jz      .end
        call    print_char
        jmp     print
.end:
        ret

; EAX as 8 hexadecimal digits. Keeps all registers.
print_hex:
        pushad
        mov     edx, eax
        mov     ecx, 8
.digit:
        rol     edx, 4
        mov     eax, edx
        and     eax, 15
        cmp     al, 10
        jb      .decimal
        add     al, 'A' - '0' - 10
.decimal:
        add     al, '0'
        call    print_char
        dec     ecx
        jnz     .digit
        popad
        ret

; Ends the run with status AL where the machine has an exit port; stops where it has none.
exit:
        out     EXIT_PORT, al
.stop:
        cli
        hlt
        jmp     .stop
