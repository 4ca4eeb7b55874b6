; Tests the straight paths of ipc, short ones and in memory: no timeouts, partners that wait already, in the same address
; space (a thread of its own) and in another (puppet 0); and where they have to give way to the general path. See test.inc.

        bits 32
%include "test.inc"
%include "thread.inc"

%ifndef ORIGIN
%define ORIGIN 0x00230000
%endif
        org ORIGIN

; Memory that sigma0 gives to whoever touches it first.
MINE            equ 0x00340000                  ; this task's: what goes out,
BACK            equ 0x00350000                  ; and what comes in
OTHERS          equ 0x00380000                  ; puppet 0's
FRESH           equ 0x003C0000                  ; for page faults
LARGE_FROM      equ 0x00800000                  ; this task's
LARGE_TO        equ 0x00900000
LARGE_DWORDS    equ 0x8000                      ; 4 ms and more to copy
SOME            equ 200                         ; dwords that are copied with interrupts on
TWELVE_MS       equ 0x0C0C00AA
KEPT            equ 0x12345678

%define dope(dwords) ((dwords) << L4_DWORDS_SHIFT)

; poke puppet 0: address, value
%macro poke 2
        order   0, PUPPET_EDX, %2
        order   0, PUPPET_POKE, %1
%endmacro

; tell puppet 0: register, what must be in it
%macro tell 2
        ask     0, PUPPET_TELL, %1
        expect  edx, %2
%endmacro

section .text
global _start
_start:
        call    ask_console
        call    short_alone
        call    for_another
        call    less_priority
        call    memory_here
        call    memory_alone
        call    memory_there
        call    some_here
        call    too_many
        call    sender_faults
        call    receiver_faults
        call    long_faults
        call    interrupted
        jmp     all_passed

; A message of EAX dwords at EDI: 100, 101, 102, ... Keeps EDI.
make_message:
        push    edi
        mov     edx, eax
        shl     edx, L4_DWORDS_SHIFT
        mov     dword [edi + L4_MESSAGE_WINDOW], 0
        mov     [edi + L4_MESSAGE_SIZE], edx
        mov     [edi + L4_MESSAGE_SEND], edx
        add     edi, L4_MESSAGE_DWORDS
        mov     ecx, eax
        mov     eax, 100
.dword:
        stosd
        inc     eax
        dec     ecx
        jnz     .dword
        pop     edi
        ret

; Thread 1 with waits and answers that are calls of their own, and keep the registers.
alone_server:
        ipc     L4_NO_IPC, L4_NEVER, 0, 0, L4_RECEIVE_OPEN, L4_NIL
.next:
        test    eax, eax
        jnz     .bad
        inc     edx
        add     ebx, 2
        mov     ecx, KEPT
        mov     ebp, L4_NO_IPC
        int     L4_IPC
        mov     [answered], edx
        add     [answered], ebx
        add     [answered], esi
        add     [answered], edi
        sub     ecx, KEPT
        add     [answered], ecx
        inc     ebp
        add     [answered], ebp
        test    eax, eax
        jnz     .bad
        ipc     L4_NO_IPC, L4_NEVER, 0, 0, 0, L4_ROOT_LOW       ; for me alone, this time
        test    eax, eax
        jnz     .bad
        mov     [alone], edx
        jmp     alone_server
.bad:
        mov     [bad], eax
        jmp     sleep

short_alone:
        group   "short messages alone"
        start   1, alone_server
        call    let_run
        mov     dword [left], 3
.next:
        ipc     L4_SHORT, L4_NEVER, 5, 6, 0, own(1)
        expect  eax, 0
        expect  edx, 6
        expect  ebx, 8
        expect  esi, own(1)
        expect  edi, L4_INITIAL_HIGH
        call    let_run
        expect  dword [answered], 6 + 8 + L4_ROOT_LOW + L4_INITIAL_HIGH
        mov     dword [alone], 0
        ipc     L4_SHORT, L4_SEND_NOW, 33, 34, L4_NO_IPC, own(1)
        expect  eax, 0
        expect  dword [alone], 0                                ; it is its turn later
        call    let_run
        expect  dword [alone], 33
        expect  dword [bad], 0
        dec     dword [left]
        jnz     .next
        jmp     passed

for_another:
        group   "not for who waits for another"
        start   1, wait_for_second
        start   2, sleep
        call    let_run
        ipc     L4_SHORT, L4_SEND_NOW, 1, 2, L4_NO_IPC, own(1)
        expect  eax, L4_SEND_TIMEOUT
        start   1, wait_for_nobody
        call    let_run
        ipc     L4_NO_IPC, L4_RECEIVE_NOW, 0, 0, L4_RECEIVE_OPEN, L4_NIL
        expect  eax, 0                                          ; it does not block
        expect  edx, L4_NOT_EXISTENT
        jmp     passed
wait_for_second:
        ipc     L4_NO_IPC, L4_NEVER, 0, 0, 0, own(2)
        jmp     sleep
wait_for_nobody:
        ipc     L4_NO_IPC, L4_NEVER, 0, 0, 0, own(7)            ; there is none
        mov     edx, eax
        ipc     L4_SHORT, L4_NEVER, edx, 0, L4_NO_IPC, L4_ROOT_LOW
        jmp     sleep

less_priority:
        group   "who gets a message alone runs by its priority"
        start   1, note
        call    let_run
        schedule own(1), PRIORITY - 1 | DEFAULT_SLICE
        ipc     L4_SHORT, L4_NEVER, 1, 0, L4_NO_IPC, own(1)
        expect  dword [alone], 0
        call    let_run
        expect  dword [alone], 1
        schedule own(1), PRIORITY + 1 | DEFAULT_SLICE
        ipc     L4_SHORT, L4_NEVER, 2, 0, L4_NO_IPC, own(1)
        expect  dword [alone], 2
        schedule own(1), PRIORITY | DEFAULT_SLICE
        jmp     passed
note:
        mov     dword [alone], 0
.next:
        ipc     L4_NO_IPC, L4_NEVER, 0, 0, L4_RECEIVE_OPEN, L4_NIL
        mov     [alone], edx
        jmp     .next

; Thread 1 answers from the buffer that it receives in, with one word more each time.
memory_server:
        mov     edi, BACK + PAGE
        mov     eax, [dwords]
        call    make_message
        ipc     L4_NO_IPC, L4_NEVER, 0, 0, BACK + PAGE | L4_RECEIVE_OPEN, L4_NIL
.next:
        inc     dword [BACK + PAGE + L4_MESSAGE_DWORDS]
        mov     eax, BACK + PAGE
        mov     ecx, L4_NEVER
        mov     ebp, BACK + PAGE | L4_RECEIVE_OPEN
        int     L4_IPC
        jmp     .next

; A call in memory with so many dwords to thread 1, and its answer.
exchange:
        mov     edi, BACK
        mov     eax, [dwords]
        call    make_message
        mov     edi, MINE
        mov     eax, [dwords]
        call    make_message
        mov     dword [BACK + L4_MESSAGE_DWORDS + 8], 0
        ipc     MINE, L4_NEVER, 5, 6, BACK, own(1)
        mov     ecx, [dwords]
        shl     ecx, L4_DWORDS_SHIFT
        expect  eax, ecx
        expect  edx, 5
        expect  ebx, 6
        expect  esi, own(1)
        expect  edi, L4_INITIAL_HIGH
        expect  dword [BACK + L4_MESSAGE_DWORDS], 101
        mov     ecx, [dwords]
        mov     eax, [BACK + L4_MESSAGE_DWORDS + ecx * 4 - 4]
        add     ecx, 99
        expect  eax, ecx
        ret

memory_here:
        group   "call and reply in memory, one address space"
        mov     dword [dwords], 3
        start   1, memory_server
        call    let_run
        mov     dword [left], 3
.next:
        call    exchange
        dec     dword [left]
        jnz     .next
        ipc     MINE, L4_NEVER, 5, 6, 0, own(1)                 ; no room for its answer
        expect  eax, dope(2) | L4_RECEIVE_CUT
        jmp     passed

memory_alone:
        group   "messages in memory alone"
        start   1, memory_collector
        call    let_run
        mov     edi, MINE
        mov     eax, 4
        call    make_message
        mov     dword [alone], 0
        ipc     MINE, L4_NEVER, 7, 8, L4_NO_IPC, own(1)
        expect  eax, 0
        expect  dword [alone], 0
        call    let_run
        expect  dword [alone], dope(4)
        expect  dword [BACK + L4_MESSAGE_DWORDS + 12], 103
        ipc     L4_SHORT, L4_NEVER, 9, 8, L4_NO_IPC, own(1)     ; its buffer is not needed
        expect  eax, 0
        call    let_run
        expect  dword [alone], 0
        jmp     passed
memory_collector:
        mov     edi, BACK
        mov     eax, 5
        call    make_message
.next:
        ipc     L4_NO_IPC, L4_NEVER, 0, 0, BACK | L4_RECEIVE_OPEN, L4_NIL
        mov     [alone], eax
        jmp     .next

; Puppet 0 calls: what it is to do is its last order.
memory_there:
        group   "call and reply in memory, two address spaces"
        poke    OTHERS + L4_MESSAGE_WINDOW, 0
        poke    OTHERS + L4_MESSAGE_SIZE, dope(4)
        poke    OTHERS + L4_MESSAGE_SEND, dope(3)
        poke    OTHERS + L4_MESSAGE_DWORDS + 8, 77
        mov     edi, MINE
        mov     eax, 4
        call    make_message
        mov     dword [left], 2
.next:
        order   0, PUPPET_EAX, OTHERS
        order   0, PUPPET_ECX, L4_NEVER
        order   0, PUPPET_EDX, 1
        order   0, PUPPET_EBX, 2
        order   0, PUPPET_EBP, OTHERS
        order   0, PUPPET_ESI, L4_ROOT_LOW
        order   0, PUPPET_EDI, L4_INITIAL_HIGH
        mov     dword [MINE + L4_MESSAGE_DWORDS + 8], 0
        order   0, PUPPET_GO, 0
        ipc     L4_NO_IPC, L4_NEVER, 0, 0, MINE | L4_RECEIVE_OPEN, L4_NIL
        expect  eax, dope(3)
        expect  edx, 1
        expect  ebx, 2
        expect  esi, puppet(0)
        expect  dword [MINE + L4_MESSAGE_DWORDS + 8], 77
        mov     dword [MINE + L4_MESSAGE_DWORDS + 12], 78
        mov     dword [MINE + L4_MESSAGE_SEND], dope(4)
        start   2, wake_root
        ipc     MINE, L4_NEVER, 3, 4, MINE | L4_RECEIVE_OPEN, puppet(0)
        expect  eax, 0
        expect  edx, 99
        expect  esi, own(2)
        tell    PUPPET_EAX, dope(4)
        tell    PUPPET_EDX, 3
        tell    PUPPET_EBX, 4
        tell    PUPPET_ESI, L4_ROOT_LOW
        ask     0, PUPPET_PEEK, OTHERS + L4_MESSAGE_DWORDS + 12
        expect  edx, 78
        dec     dword [left]
        jnz     .next
        jmp     passed
wake_root:
        ipc     L4_NO_IPC, TEN_MS, 0, 0, 0, L4_NIL
        ipc     L4_SHORT, L4_NEVER, 99, 0, L4_NO_IPC, L4_ROOT_LOW
        jmp     sleep

some_here:
        group   "more dwords than are copied in one go"
        mov     dword [dwords], SOME
        start   1, memory_server
        call    let_run
        call    exchange
        call    exchange
        jmp     passed

too_many:
        group   "more dwords than there is room for"
        start   1, memory_collector
        call    let_run
        mov     edi, MINE
        mov     eax, 6
        call    make_message
        ipc     MINE, L4_NEVER, 7, 8, L4_NO_IPC, own(1)
        expect  eax, L4_SEND_CUT
        call    let_run
        expect  dword [alone], dope(5) | L4_RECEIVE_CUT
        jmp     passed

; The buffers' headers and words on pages that nobody has touched.
sender_faults:
        group   "page faults of the sender"
        start   1, memory_collector
        call    let_run
        ipc     FRESH, L4_NEVER, 7, 8, L4_NO_IPC, own(1)        ; a header of zeros
        expect  eax, 0
        call    let_run
        expect  dword [alone], 0
        mov     dword [FRESH + 2 * PAGE - 12 + L4_MESSAGE_SEND], dope(3)
        ipc     FRESH + 2 * PAGE - 12, L4_NEVER, 7, 8, L4_NO_IPC, own(1)
        expect  eax, 0
        call    let_run
        expect  dword [alone], dope(3)
        expect  dword [BACK + L4_MESSAGE_DWORDS], 0
        jmp     passed

receiver_faults:
        group   "page faults of the receiver"
        poke    FRESH + 0x9000 - 12 + L4_MESSAGE_SIZE, dope(8)
        play    0, L4_NO_IPC, L4_NEVER, 0, 0, FRESH + 0x9000 - 12, L4_ROOT_LOW
        mov     edi, MINE
        mov     eax, 8
        call    make_message
        ipc     MINE, L4_NEVER, 7, 8, L4_NO_IPC, puppet(0)
        expect  eax, 0
        tell    PUPPET_EAX, dope(8)
        tell    PUPPET_EDX, 7
        ask     0, PUPPET_PEEK, FRESH + 0x9000 + 28
        expect  edx, 107
        jmp     passed

long_faults:
        group   "page faults in a long message"
        poke    FRESH + 0x10000 + L4_MESSAGE_SIZE, dope(0x1000)
        play    0, L4_NO_IPC, L4_NEVER, 0, 0, FRESH + 0x10000, L4_ROOT_LOW
        mov     dword [FRESH + 0x20000 + L4_MESSAGE_SEND], dope(0x1000)
        ipc     FRESH + 0x20000, L4_NEVER, 7, 8, L4_NO_IPC, puppet(0)
        expect  eax, 0
        tell    PUPPET_EAX, dope(0x1000)
        ask     0, PUPPET_PEEK, FRESH + 0x10000 + 0x4000
        expect  edx, 0
        jmp     passed

; A thread of more priority calls while a long message is copied, before the wait that goes with it.
interrupted:
        group   "a sender comes in the course of a long message"
        mov     edi, LARGE_FROM
        mov     eax, LARGE_DWORDS
        call    make_message
        start   1, large_receiver
        call    let_run
        start   2, soon
        schedule own(2), PRIORITY + 1 | DEFAULT_SLICE
        call    let_run                                         ; it wakes a tick later than this thread
        ipc     LARGE_FROM, L4_NEVER, 7, 8, L4_RECEIVE_OPEN, own(1)
        expect  eax, 0
        expect  esi, own(2)
        expect  edx, 99
        expect  dword [alone], 0                                ; the receiver has not run yet
        call    let_run
        expect  dword [alone], dope(LARGE_DWORDS)
        expect  dword [LARGE_TO + L4_MESSAGE_DWORDS + LARGE_DWORDS * 4 - 4], LARGE_DWORDS + 99
        jmp     passed
large_receiver:
        mov     edi, LARGE_TO
        mov     eax, LARGE_DWORDS
        call    make_message
        mov     dword [LARGE_TO + L4_MESSAGE_DWORDS + LARGE_DWORDS * 4 - 4], 0
        mov     dword [alone], 0
        ipc     L4_NO_IPC, L4_NEVER, 0, 0, LARGE_TO, L4_ROOT_LOW
        mov     [alone], eax
        jmp     sleep
soon:
        ipc     L4_NO_IPC, TWELVE_MS, 0, 0, 0, L4_NIL
        ipc     L4_SHORT, L4_NEVER, 99, 0, L4_NO_IPC, L4_ROOT_LOW
        jmp     sleep

%include "test-report.inc"
left:           dd 0
dwords:         dd 0
answered:       dd 0
alone:          dd 0
bad:            dd 0
                align 16
stacks:         times THREADS * STACK db 0
