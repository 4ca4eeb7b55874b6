; Tests how ipc ends from outside: lthread_ex_regs takes a thread of this task out of what it waits for, before a
; transfer and in the middle of one, as sender and as receiver. Also two threads that copy at the same time. See
; test.inc.

        bits 32
%include "test.inc"

%ifndef ORIGIN
%define ORIGIN 0x00230000
%endif
        org ORIGIN

; Memory that sigma0 gives to whoever touches it first.
MINE            equ 0x00340000                  ; this task's
OTHERS          equ 0x00380000                  ; the puppets', by number
UNSERVED        equ 0x003C0000                  ; puppet 1's, so that a fault of others has no answer
STACK           equ 0x00350000
LARGE_FROM      equ 0x00400000
LARGE_TO        equ 0x00800000
LARGE           equ 0x00010000

SECOND_THREAD   equ L4_ROOT_LOW + (1 << L4_LTHREAD_SHIFT)

%define dope(dwords, strings) ((dwords) << L4_DWORDS_SHIFT | (strings) << L4_STRINGS_SHIFT)
%define others(n) (OTHERS + (n) * 0x10000)

; poke puppet, address, value
%macro poke 3
        order   %1, PUPPET_EDX, %3
        order   %1, PUPPET_POKE, %2
%endmacro

; tell puppet, register, what must be in it
%macro tell 3
        ask     %1, PUPPET_TELL, %2
        expect  edx, %3
%endmacro

; the second thread does an ipc: eax, ecx, edx, ebx, ebp, partner
%macro second 6
        mov     dword [second_registers], %1
        mov     dword [second_registers + 4], %2
        mov     dword [second_registers + 8], %3
        mov     dword [second_registers + 12], %4
        mov     dword [second_registers + 16], %5
        mov     dword [second_registers + 20], %6
        mov     dword [result], -1
        mov     edx, second_ipc
        call    restart_second
        call    let_run
        expect  dword [result], -1              ; it waits
%endmacro

; what the second thread finds in EAX after lthread_ex_regs
%macro cancelled 1
        mov     edx, second_tells
        call    restart_second
        call    let_run
        expect  dword [result], %1
%endmacro

section .text
global _start
_start:
        call    ask_console
        call    waiting
        call    sending
        call    own_fault
        call    sender_in_transfer
        call    receiver_in_transfer
        call    receiver_with_fault
        call    sender_whose_partner_faults
        call    queue
        call    page_fault
        call    two_copies
        jmp     all_passed

; The second thread, created if need be, goes on at EDX.
restart_second:
        mov     eax, 1
        mov     ecx, STACK
        mov     esi, L4_INVALID
        mov     edi, L4_INVALID
        mov     ebx, L4_INVALID
        mov     ebp, L4_INVALID
        int     L4_LTHREAD_EX_REGS
        ret

second_ipc:
        mov     eax, [second_registers]
        mov     ecx, [second_registers + 4]
        mov     edx, [second_registers + 8]
        mov     ebx, [second_registers + 12]
        mov     ebp, [second_registers + 16]
        mov     esi, [second_registers + 20]
        mov     edi, L4_INITIAL_HIGH
        int     L4_IPC
second_tells:
        mov     [result], eax
        jmp     sleep

waiting:
        group   "40: cancelled while it waits for a message"
        second  L4_NO_IPC, L4_NEVER, 0, 0, 0, puppet(0)                 ; on the short path, closed
        cancelled L4_RECEIVE_CANCELLED
        second  L4_NO_IPC, L4_NEVER, 0, 0, L4_RECEIVE_OPEN, L4_NIL
        cancelled L4_RECEIVE_CANCELLED
        second  L4_NO_IPC, SECOND, 0, 0, L4_RECEIVE_OPEN, L4_NIL        ; with a timeout
        cancelled L4_RECEIVE_CANCELLED
        second  L4_NO_IPC, L4_NEVER, 0, 0, 0, L4_NIL
        cancelled L4_RECEIVE_CANCELLED
        play    0, L4_NO_IPC, SECOND, 0, 0, 0, SECOND_THREAD
        second  L4_SHORT, L4_NEVER, 1, 2, 0, puppet(0)                  ; a call: sent, no answer yet
        tell    0, PUPPET_EDX, 1
        cancelled L4_RECEIVE_CANCELLED
        ipc     L4_SHORT, L4_SEND_NOW, 0, 0, L4_NO_IPC, SECOND_THREAD   ; it is not there any more
        expect  eax, L4_SEND_TIMEOUT
        jmp     passed

sending:
        group   "50: cancelled while it waits to send"
        play    0, L4_NO_IPC, SECOND, 0, 0, 0, puppet(1)
        second  L4_SHORT, L4_NEVER, 1, 2, L4_NO_IPC, puppet(0)
        cancelled L4_SEND_CANCELLED
        second  L4_SHORT, SECOND, 1, 2, 0, puppet(0)
        cancelled L4_SEND_CANCELLED
        second  MINE, L4_NEVER, 1, 2, 0, puppet(0)
        cancelled L4_SEND_CANCELLED
        order   1, PUPPET_EAX, L4_SHORT
        play    1, L4_SHORT, SECOND, 3, 4, L4_NO_IPC, puppet(0)
        play    0, L4_NO_IPC, TEN_MS, 0, 0, L4_RECEIVE_OPEN, L4_NIL     ; nobody is in its queue
        call    let_run
        tell    0, PUPPET_EAX, L4_RECEIVE_TIMEOUT
        jmp     passed

; The message of this task or of a puppet: two dwords and a string of 100 bytes from EAX; room for it at EBX.
make_message:
        mov     dword [MINE + L4_MESSAGE_WINDOW], 0
        mov     dword [MINE + L4_MESSAGE_SIZE], dope(2, 1)
        mov     dword [MINE + L4_MESSAGE_SEND], dope(2, 1)
        mov     dword [MINE + L4_MESSAGE_DWORDS + 8], 100
        mov     [MINE + L4_MESSAGE_DWORDS + 12], eax
        mov     dword [MINE + L4_MESSAGE_DWORDS + 16], 100
        mov     [MINE + L4_MESSAGE_DWORDS + 20], ebx
        ret

; the same of a puppet: puppet, from, to
%macro puppet_message 3
        poke    %1, others(%1) + L4_MESSAGE_SIZE, dope(2, 1)
        poke    %1, others(%1) + L4_MESSAGE_SEND, dope(2, 1)
        poke    %1, others(%1) + L4_MESSAGE_DWORDS + 8, 100
        poke    %1, others(%1) + L4_MESSAGE_DWORDS + 12, %2
        poke    %1, others(%1) + L4_MESSAGE_DWORDS + 16, 100
        poke    %1, others(%1) + L4_MESSAGE_DWORDS + 20, %3
%endmacro

own_fault:
        group   "a page fault without answer, ended"
        poke    1, UNSERVED, 1
        mov     dword [result], -1
        mov     edx, .touch
        call    restart_second
        call    let_run
        expect  dword [result], -1
        mov     edx, .other
        call    restart_second
        call    let_run
        expect  dword [result], 4711
        jmp     passed
.touch:
        mov     eax, 4711
        mov     ecx, [UNSERVED]
        mov     [result], ecx
        jmp     sleep
.other:
        mov     [result], eax                   ; the fault has left the registers alone
        jmp     sleep

sender_in_transfer:
        group   "D0, C0: the sender is restarted in the middle of a message"
        puppet_message 0, others(0) + 0x800, others(0) + 0x800
        mov     eax, UNSERVED
        mov     ebx, MINE + 0x800
        call    make_message
        play    0, L4_NO_IPC, L4_NEVER, 0, 0, others(0), SECOND_THREAD
        second  MINE, L4_NEVER, 5, 6, L4_NO_IPC, puppet(0)
        ipc     L4_SHORT, L4_SEND_NOW, PUPPET_TELL, 0, L4_NO_IPC, puppet(0)
        expect  eax, L4_SEND_TIMEOUT                                    ; the puppet is locked
        cancelled L4_SEND_ABORTED
        tell    0, PUPPET_EAX, dope(0, 0) | L4_RECEIVE_ABORTED
        tell    0, PUPPET_EDX, 5
        jmp     passed

receiver_in_transfer:
        group   "D0, C0: the receiver is restarted in the middle of a message"
        puppet_message 0, UNSERVED, others(0) + 0x800
        mov     eax, MINE + 0x800
        mov     ebx, MINE + 0x800
        call    make_message
        second  L4_NO_IPC, L4_NEVER, 0, 0, MINE | L4_RECEIVE_OPEN, L4_NIL
        play    0, others(0), L4_NEVER, 5, 6, L4_NO_IPC, SECOND_THREAD
        expect  dword [result], -1
        cancelled L4_RECEIVE_ABORTED
        tell    0, PUPPET_EAX, L4_SEND_ABORTED
        jmp     passed

receiver_with_fault:
        group   "D0, C0: the receiver is restarted while its pager is asked"
        puppet_message 0, others(0) + 0x800, others(0) + 0x800
        mov     eax, MINE + 0x800
        mov     ebx, UNSERVED
        call    make_message
        play    0, others(0), L4_NEVER, 5, 6, L4_NO_IPC, SECOND_THREAD
        second  L4_NO_IPC, L4_NEVER, 0, 0, MINE | L4_RECEIVE_OPEN, L4_NIL
        cancelled L4_RECEIVE_ABORTED
        tell    0, PUPPET_EAX, L4_SEND_ABORTED
        jmp     passed

sender_whose_partner_faults:
        group   "D0, C0: the sender is restarted while the receiver's pager is asked"
        puppet_message 0, others(0) + 0x800, UNSERVED
        mov     eax, MINE + 0x800
        mov     ebx, MINE + 0x800
        call    make_message
        play    0, L4_NO_IPC, L4_NEVER, 0, 0, others(0), SECOND_THREAD
        second  MINE, L4_NEVER, 5, 6, 0, puppet(0)
        cancelled L4_SEND_ABORTED
        tell    0, PUPPET_EAX, dope(0, 0) | L4_RECEIVE_ABORTED
        jmp     passed

queue:
        group   "a queue of senders goes on after that"
        play    0, L4_SHORT, L4_NEVER, 1, 2, L4_NO_IPC, L4_ROOT_LOW
        second  L4_SHORT, L4_NEVER, 3, 4, L4_NO_IPC, L4_ROOT_LOW
        play    1, L4_SHORT, L4_NEVER, 5, 6, L4_NO_IPC, L4_ROOT_LOW
        cancelled L4_SEND_CANCELLED
        ipc     L4_NO_IPC, SECOND, 0, 0, L4_RECEIVE_OPEN, L4_NIL
        expect  edx, 1
        ipc     L4_NO_IPC, SECOND, 0, 0, L4_RECEIVE_OPEN, L4_NIL
        expect  edx, 5
        ipc     L4_NO_IPC, L4_RECEIVE_NOW, 0, 0, L4_RECEIVE_OPEN, L4_NIL
        expect  eax, L4_RECEIVE_TIMEOUT
        jmp     passed

page_fault:
        group   "an id to deceive with, at a bad address"
        mov     dword [result], -1
        mov     edx, .deceive_kernel
        call    restart_second
        call    let_run
        expect  dword [result], L4_SEND_ABORTED
        mov     dword [result], -1
        mov     edx, .deceive_unserved
        call    restart_second
        call    let_run
        expect  dword [result], -1
        cancelled L4_SEND_CANCELLED
        jmp     passed
.deceive_kernel:
        mov     esp, 0xF0100000
        jmp     .deceive
.deceive_unserved:
        mov     esp, UNSERVED
.deceive:
        mov     eax, L4_SEND_DECEIT
        xor     ecx, ecx
        mov     ebp, L4_NO_IPC
        mov     esi, puppet(0)
        mov     edi, L4_INITIAL_HIGH
        int     L4_IPC
        mov     [result], eax
        jmp     sleep

; Both threads of this task send at the same time, preempting each other: each has its own window.
two_copies:
        group   "two long messages at the same time"
        mov     eax, LARGE_FROM
        mov     ebx, MINE + 0x800
        call    make_message
        mov     dword [MINE + L4_MESSAGE_DWORDS + 8], LARGE
        mov     esi, MINE                       ; and another for the second thread
        mov     edi, MINE + 0x1000
        mov     ecx, 0x40
        cld
        rep     movsd
        mov     dword [MINE + 0x1000 + L4_MESSAGE_DWORDS + 12], LARGE_FROM + LARGE
        mov     edi, LARGE_FROM
        mov     eax, '1111'
        mov     ecx, LARGE / 4
        rep     stosd
        mov     eax, '2222'
        mov     ecx, LARGE / 4
        rep     stosd
        puppet_message 0, 0, LARGE_TO
        puppet_message 1, 0, LARGE_TO + LARGE
        poke    0, others(0) + L4_MESSAGE_DWORDS + 16, LARGE
        poke    1, others(1) + L4_MESSAGE_DWORDS + 16, LARGE
        play    0, L4_NO_IPC, L4_NEVER, 0, 0, others(0), L4_ROOT_LOW
        play    1, L4_NO_IPC, L4_NEVER, 0, 0, others(1), SECOND_THREAD
        mov     dword [second_registers], MINE + 0x1000
        mov     dword [second_registers + 4], L4_NEVER
        mov     dword [second_registers + 16], L4_NO_IPC
        mov     dword [second_registers + 20], puppet(1)
        mov     dword [result], -1
        mov     edx, second_ipc
        call    restart_second
        ipc     MINE, L4_NEVER, 1, 2, L4_NO_IPC, puppet(0)
        expect  eax, 0
.wait:
        call    let_run
        cmp     dword [result], -1
        je      .wait
        expect  dword [result], 0
        tell    0, PUPPET_EAX, dope(2, 1)
        tell    1, PUPPET_EAX, dope(2, 1)
        mov     dword [offset], 0
.page:
        mov     ebx, [offset]
        add     ebx, LARGE_TO
        ask     0, PUPPET_PEEK, ebx
        expect  edx, '1111'
        mov     ebx, [offset]
        add     ebx, LARGE_TO + LARGE
        ask     1, PUPPET_PEEK, ebx
        expect  edx, '2222'
        add     dword [offset], PAGE
        cmp     dword [offset], LARGE
        jb      .page
        jmp     passed

%include "test-report.inc"
second_registers: times 6 dd 0
result:         dd 0
offset:         dd 0
