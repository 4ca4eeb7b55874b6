; What the kernel provides for interrupts. COM1, told to interrupt when it can send, and the clock's periodic interrupt
; are the devices. See test.inc.

        bits 32
%include "test.inc"
%include "thread.inc"

%ifndef ORIGIN
%define ORIGIN 0x00230000
%endif
        org ORIGIN

SERIAL_IRQ      equ 4 + 1                       ; as ids
CLOCK_IRQ       equ 8 + 1
IER             equ COM1 + 1                    ; bit 1: interrupt when empty
IIR             equ COM1 + 2
MCR             equ COM1 + 4                    ; bit 3 lets the interrupt out
CLOCK_INDEX     equ 0x70
CLOCK_DATA      equ 0x71
MARK_PORT       equ 0xE8

; receive: timeouts, receive descriptor, interrupt's id
%macro wait_irq 3
        mov     eax, L4_NO_IPC
        mov     ecx, %1
        mov     ebp, %2
        mov     esi, %3
        xor     edi, edi
        int     L4_IPC
%endmacro

%macro expect_interrupt 1
        expect  eax, 0
        expect  esi, %1
        expect  edi, 0
        expect  edx, 0
        expect  ebx, 0
%endmacro

section .text
global _start
_start:
        call    ask_console
        mov     edx, L4_IO_FPAGE | CLOCK_INDEX << 12 | 1 << 2
        call    ask_ports
        mov     edx, L4_IO_FPAGE | MARK_PORT << 12
        call    ask_ports
        call    attaching
        call    nothing_comes
        call    message
        call    remembered
        call    for_anybody
        call    after_a_reply
        call    after_attaching
        call    latency
        call    detaching
        call    clock
        jmp     all_passed

; An interrupt of COM1, soon.
interrupt_serial:
        mov     dx, IER
        xor     eax, eax
        out     dx, al
        mov     dx, MCR
        mov     al, 8
        out     dx, al
        mov     dx, IER
        mov     al, 2
        out     dx, al
        ret

; COM1 has been heard.
quiet_serial:
        push    eax
        push    edx
        mov     dx, IER
        xor     eax, eax
        out     dx, al
        mov     dx, IIR
        in      al, dx
        pop     edx
        pop     eax
        ret

attaching:
        group   "attach"
        wait_irq L4_RECEIVE_NOW, 0, 0 + 1                       ; the timer
        expect  eax, L4_NOT_EXISTENT
        wait_irq L4_RECEIVE_NOW, 0, 2 + 1                       ; the second controller
        expect  eax, L4_NOT_EXISTENT
        wait_irq TEN_MS, 0, SERIAL_IRQ                          ; not attached
        expect  eax, L4_NOT_EXISTENT
        wait_irq L4_RECEIVE_NOW, 0, SERIAL_IRQ
        expect  eax, L4_RECEIVE_TIMEOUT
        start   1, attach_too
        ipc     L4_NO_IPC, SECOND, 0, 0, 0, own(1)
        expect  eax, 0
        expect  edx, L4_NOT_EXISTENT
        jmp     passed

attach_too:
        wait_irq L4_RECEIVE_NOW, 0, SERIAL_IRQ
        mov     edx, eax
        ipc     L4_SHORT, L4_NEVER, edx, 0, L4_NO_IPC, L4_ROOT_LOW
        jmp     sleep

nothing_comes:
        group   "no interrupt, no message"
        wait_irq TEN_MS, 0, SERIAL_IRQ
        expect  eax, L4_RECEIVE_TIMEOUT
        jmp     passed

message:
        group   "an interrupt is a message"
        start   1, interrupt_soon
        mov     edx, -1
        mov     ebx, -1
        wait_irq SECOND, 0, SERIAL_IRQ
        expect_interrupt SERIAL_IRQ
        call    quiet_serial
        jmp     passed

interrupt_soon:
        ipc     L4_NO_IPC, TEN_MS, 0, 0, 0, L4_NIL
        call    interrupt_serial
        jmp     sleep

remembered:
        group   "an interrupt is remembered"
        wait_irq L4_RECEIVE_NOW, 0, SERIAL_IRQ                  ; unmasks the line
        expect  eax, L4_RECEIVE_TIMEOUT
        call    interrupt_serial
        call    let_run
        call    quiet_serial
        mov     edx, -1
        mov     ebx, -1
        wait_irq L4_RECEIVE_NOW, 0, SERIAL_IRQ
        expect_interrupt SERIAL_IRQ
        wait_irq L4_RECEIVE_NOW, 0, SERIAL_IRQ                  ; once
        expect  eax, L4_RECEIVE_TIMEOUT
        jmp     passed

for_anybody:
        group   "an open wait takes interrupts"
        start   1, interrupt_soon
        mov     edx, -1
        mov     ebx, -1
        wait_irq SECOND, L4_RECEIVE_OPEN, 0
        expect_interrupt SERIAL_IRQ
        call    quiet_serial
        jmp     passed

after_attaching:
        group   "reply and wait right after attaching"
        wait_irq L4_RECEIVE_NOW, 0, 0                           ; detach
        wait_irq L4_RECEIVE_NOW, 0, SERIAL_IRQ
        expect  eax, L4_RECEIVE_TIMEOUT
        jmp     reply_and_wait

after_a_reply:
        group   "reply and wait takes interrupts"
reply_and_wait:
        call    interrupt_serial                                ; the line is masked
        start   1, caller
        ipc     L4_NO_IPC, L4_NEVER, 0, 0, 0, own(1)
        expect  eax, 0
        ipc     L4_SHORT, L4_NEVER, 0, 0, L4_RECEIVE_OPEN, own(1)
        expect_interrupt SERIAL_IRQ
        call    quiet_serial
        jmp     passed
caller:
        ipc     L4_SHORT, L4_NEVER, 0, 0, 0, L4_ROOT_LOW
        jmp     sleep

; A thread that waits for nothing else, and one of less priority that runs when it comes: marks 1 and 2.
LATENCIES       equ 4
latency:
        group   "from the interrupt to its thread"
        schedule own(1), PRIORITY - 1 | DEFAULT_SLICE
        mov     dword [left], LATENCIES
.next:
        start   1, marked
        mov     eax, L4_NO_IPC
        mov     ecx, L4_NEVER
        xor     ebp, ebp
        mov     esi, SERIAL_IRQ
        xor     edi, edi
        int     L4_IPC
        mov     al, 2
        out     MARK_PORT, al
        call    quiet_serial
        dec     dword [left]
        jnz     .next
        schedule own(1), PRIORITY | DEFAULT_SLICE
        jmp     passed
marked:
        call    interrupt_ready
        mov     al, 1
        out     MARK_PORT, al
        mov     al, 2
        out     dx, al
        jmp     $
interrupt_ready:
        mov     dx, MCR
        mov     al, 8
        out     dx, al
        mov     dx, IER
        ret

detaching:
        group   "detach"
        start   1, sleep
        wait_irq L4_RECEIVE_NOW, 0, 0
        expect  eax, L4_RECEIVE_TIMEOUT
        wait_irq TEN_MS, 0, SERIAL_IRQ
        expect  eax, L4_NOT_EXISTENT
        start   1, attach_too
        ipc     L4_NO_IPC, SECOND, 0, 0, 0, own(1)
        expect  edx, L4_RECEIVE_TIMEOUT
        jmp     passed

clock:
        group   "interrupts of the second controller"
        wait_irq L4_RECEIVE_NOW, 0, CLOCK_IRQ
        expect  eax, L4_RECEIVE_TIMEOUT
        mov     al, 0x0B                                        ; periodic, at the rate that is set
        out     CLOCK_INDEX, al
        in      al, CLOCK_DATA
        or      al, 0x40
        push    eax
        mov     al, 0x0B
        out     CLOCK_INDEX, al
        pop     eax
        out     CLOCK_DATA, al
        mov     dword [left], 5
.next:
        mov     al, 0x0C                                        ; what for: lets it interrupt again
        out     CLOCK_INDEX, al
        in      al, CLOCK_DATA
        mov     edx, -1
        mov     ebx, -1
        wait_irq SECOND, 0, CLOCK_IRQ
        expect_interrupt CLOCK_IRQ
        dec     dword [left]
        jnz     .next
        jmp     passed

%include "test-report.inc"

left:           dd 0
                align 16
stacks:         times THREADS * STACK db 0
