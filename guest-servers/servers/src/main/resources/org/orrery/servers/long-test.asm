; Tests messages in memory: dwords, strings, fpages, what does not fit, page faults on the way, and bad addresses. See
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
FRESH           equ 0x003C0000                  ; for page faults
LARGE_FROM      equ 0x00800000                  ; 4 MB, this task's
LARGE_TO        equ 0x00400000                  ; puppet 0's
LARGE           equ L4_LONGEST_STRING
ROOM            equ 0x800                       ; in a puppet's memory: where strings come in
MAPPED          equ 0x40000000

FAULT_RECEIVE_MS equ 10 << L4_FAULT_RECEIVE_SHIFT       ; 4^5 us
FAULT_SEND_MS   equ 10 << L4_FAULT_SEND_SHIFT
FAULT_RECEIVE_0 equ 15 << L4_FAULT_RECEIVE_SHIFT
FAULT_SEND_0    equ 15 << L4_FAULT_SEND_SHIFT

%define dope(dwords, strings) ((dwords) << L4_DWORDS_SHIFT | (strings) << L4_STRINGS_SHIFT)
%define others(n) (OTHERS + (n) * 0x10000)

; poke puppet, address, value
%macro poke 3
        order   %1, PUPPET_EDX, %3
        order   %1, PUPPET_POKE, %2
%endmacro

; peek puppet, address, what must be there
%macro peek 3
        ask     %1, PUPPET_PEEK, %2
        expect  edx, %3
%endmacro

; tell puppet, register, what must be in it
%macro tell 3
        ask     %1, PUPPET_TELL, %2
        expect  edx, %3
%endmacro

; a puppet waits for a message of this task into its buffer, with a size dope: puppet, size dope, timeouts
%macro await 3
        poke    %1, others(%1) + L4_MESSAGE_WINDOW, 0
        poke    %1, others(%1) + L4_MESSAGE_SIZE, %2
        play    %1, L4_NO_IPC, %3, 0, 0, others(%1), L4_ROOT_LOW
%endmacro

; a string dope of a puppet: puppet, address, size, where
%macro room 4
        poke    %1, %2 + L4_STRING_RECEIVE, %3
        poke    %1, %2 + L4_STRING_RECEIVE_AT, %4
%endmacro

section .text
global _start
_start:
        call    ask_console
        call    dwords
        call    queued
        call    both_ways
        call    few_dwords
        call    no_buffer
        call    small_buffer
        call    one_string
        call    pieces
        call    string_cut
        call    string_too_many
        call    large_string
        call    across
        call    fpages
        call    fpages_refused
        call    words_to_window
        call    faults
        call    sender_fault_timeout
        call    receiver_fault_timeout
        call    bad_sender
        call    bad_receiver
        call    no_memory
        jmp     all_passed

; The message that most groups send: EAX dwords and ECX strings, the dwords 100, 101, 102, ...
make_message:
        mov     edx, eax
        shl     edx, L4_DWORDS_SHIFT
        mov     [MINE + L4_MESSAGE_SIZE], edx
        shl     ecx, L4_STRINGS_SHIFT
        or      edx, ecx
        mov     [MINE + L4_MESSAGE_SEND], edx
        mov     dword [MINE + L4_MESSAGE_WINDOW], 0
        mov     edi, MINE + L4_MESSAGE_DWORDS
        mov     ecx, eax
        mov     eax, 100
.dword:
        jecxz   .end
        stosd
        inc     eax
        dec     ecx
        jmp     .dword
.end:
        ret

dwords:
        group   "dwords in memory"
        mov     eax, 6
        xor     ecx, ecx
        call    make_message
        await   0, dope(16, 0), L4_NEVER
        ipc     MINE, L4_SEND_NOW, 1, 2, L4_NO_IPC, puppet(0)
        expect  eax, 0
        tell    0, PUPPET_EAX, dope(6, 0)
        tell    0, PUPPET_EDX, 1
        tell    0, PUPPET_EBX, 2
        tell    0, PUPPET_ESI, L4_ROOT_LOW
        tell    0, PUPPET_EDI, L4_INITIAL_HIGH
        peek    0, others(0) + L4_MESSAGE_DWORDS, 100
        peek    0, others(0) + L4_MESSAGE_DWORDS + 8, 102
        peek    0, others(0) + L4_MESSAGE_DWORDS + 20, 105
        peek    0, others(0) + L4_MESSAGE_DWORDS + 24, 0
        jmp     passed

queued:
        group   "a message in memory whose sender has to wait"
        poke    0, others(0) + L4_MESSAGE_SIZE, dope(4, 0)
        poke    0, others(0) + L4_MESSAGE_SEND, dope(4, 0)
        poke    0, others(0) + L4_MESSAGE_DWORDS + 8, 77
        poke    0, others(0) + L4_MESSAGE_DWORDS + 12, 78
        play    0, others(0), L4_NEVER, 75, 76, L4_NO_IPC, L4_ROOT_LOW
        play    1, L4_SHORT, L4_NEVER, 5, 6, L4_NO_IPC, L4_ROOT_LOW
        mov     dword [MINE + L4_MESSAGE_SIZE], dope(8, 0)
        mov     dword [MINE + L4_MESSAGE_DWORDS + 16], 0
        ipc     L4_NO_IPC, SECOND, 0, 0, MINE | L4_RECEIVE_OPEN, L4_NIL
        expect  eax, dope(4, 0)
        expect  esi, puppet(0)
        expect  edx, 75
        expect  ebx, 76
        expect  dword [MINE + L4_MESSAGE_DWORDS + 8], 77
        expect  dword [MINE + L4_MESSAGE_DWORDS + 12], 78
        expect  dword [MINE + L4_MESSAGE_DWORDS + 16], 0
        tell    0, PUPPET_EAX, 0
        ipc     L4_NO_IPC, SECOND, 0, 0, MINE | L4_RECEIVE_OPEN, L4_NIL
        expect  eax, 0                                          ; a short one leaves the buffer alone
        expect  esi, puppet(1)
        expect  edx, 5
        expect  dword [MINE + L4_MESSAGE_DWORDS + 8], 77
        jmp     passed

both_ways:
        group   "call and reply in memory"
        poke    0, others(0) + L4_MESSAGE_SIZE, dope(4, 0)
        poke    0, others(0) + L4_MESSAGE_SEND, dope(4, 0)
        poke    0, others(0) + L4_MESSAGE_DWORDS + 12, 12
        play    0, others(0), L4_NEVER, 1, 2, others(0), L4_ROOT_LOW
        poke    1, others(1) + L4_MESSAGE_SIZE, dope(4, 0)
        poke    1, others(1) + L4_MESSAGE_SEND, dope(3, 0)
        play    1, others(1), L4_NEVER, 3, 4, others(1), L4_ROOT_LOW
        mov     dword [MINE + L4_MESSAGE_SIZE], dope(4, 0)
        ipc     L4_NO_IPC, SECOND, 0, 0, MINE | L4_RECEIVE_OPEN, L4_NIL
        expect  esi, puppet(0)
        expect  eax, dope(4, 0)
        inc     dword [MINE + L4_MESSAGE_DWORDS + 12]
        mov     dword [MINE + L4_MESSAGE_SEND], dope(4, 0)
        ipc     MINE, L4_SEND_NOW, 21, 22, MINE | L4_RECEIVE_OPEN, esi
        expect  esi, puppet(1)
        expect  eax, dope(3, 0)
        expect  edx, 3
        ipc     MINE, NOW, 31, 32, MINE | L4_RECEIVE_OPEN, esi
        expect  eax, L4_RECEIVE_TIMEOUT                         ; the reply went, and nobody else is there
        tell    0, PUPPET_EAX, dope(4, 0)
        tell    0, PUPPET_EDX, 21
        peek    0, others(0) + L4_MESSAGE_DWORDS + 12, 13
        tell    1, PUPPET_EAX, dope(4, 0)
        tell    1, PUPPET_EBX, 32
        jmp     passed

few_dwords:
        group   "fewer dwords than the registers hold"
        mov     eax, 1
        xor     ecx, ecx
        call    make_message
        play    0, L4_NO_IPC, L4_NEVER, 0, 0, 0, L4_ROOT_LOW    ; no buffer needed
        ipc     MINE, L4_SEND_NOW, 8, 9, L4_NO_IPC, puppet(0)
        expect  eax, 0
        tell    0, PUPPET_EAX, dope(1, 0)
        tell    0, PUPPET_EDX, 8
        jmp     passed

no_buffer:
        group   "F0, E0: no buffer for the message"
        mov     eax, 3
        xor     ecx, ecx
        call    make_message
        play    0, L4_NO_IPC, L4_NEVER, 0, 0, 0, L4_ROOT_LOW
        ipc     MINE, L4_SEND_NOW, 8, 9, L4_NO_IPC, puppet(0)
        expect  eax, L4_SEND_CUT
        tell    0, PUPPET_EAX, dope(2, 0) | L4_RECEIVE_CUT
        tell    0, PUPPET_EDX, 8
        tell    0, PUPPET_EBX, 9
        jmp     passed

small_buffer:
        group   "F0, E0: more dwords than the buffer has"
        mov     eax, 6
        xor     ecx, ecx
        call    make_message
        poke    0, others(0) + L4_MESSAGE_DWORDS + 16, 0
        await   0, dope(4, 0), L4_NEVER
        ipc     MINE, L4_SEND_NOW, 8, 9, 0, puppet(0)           ; no receive phase after that
        expect  eax, L4_SEND_CUT
        tell    0, PUPPET_EAX, dope(4, 0) | L4_RECEIVE_CUT
        peek    0, others(0) + L4_MESSAGE_DWORDS + 12, 103
        peek    0, others(0) + L4_MESSAGE_DWORDS + 16, 0
        jmp     passed

; A string dope of this task's message with two dwords: number, size, where
%macro string 3
        mov     dword [MINE + L4_MESSAGE_DWORDS + 8 + (%1) * L4_STRING_DOPE + L4_STRING_SEND], %2
        mov     dword [MINE + L4_MESSAGE_DWORDS + 8 + (%1) * L4_STRING_DOPE + L4_STRING_SEND_AT], %3
%endmacro

%define string_dope(n, i) (others(n) + L4_MESSAGE_DWORDS + 8 + (i) * L4_STRING_DOPE)

one_string:
        group   "a string"
        mov     eax, 2
        mov     ecx, 1
        call    make_message
        string  0, 11, alphabet + 1
        poke    0, others(0) + ROOM + 8, 0
        poke    0, others(0) + ROOM + 12, 0
        room    0, string_dope(0, 0), 100, others(0) + ROOM + 2
        await   0, dope(2, 1), L4_NEVER
        ipc     MINE, L4_SEND_NOW, 8, 9, L4_NO_IPC, puppet(0)
        expect  eax, 0
        tell    0, PUPPET_EAX, dope(2, 1)
        peek    0, others(0) + ROOM + 2, 'bcde'
        peek    0, others(0) + ROOM + 9, 'ijkl'
        peek    0, others(0) + ROOM + 12, 'l'
        peek    0, string_dope(0, 0) + L4_STRING_SEND, 11
        peek    0, string_dope(0, 0) + L4_STRING_SEND_AT, others(0) + ROOM + 2
        peek    0, string_dope(0, 0) + L4_STRING_RECEIVE, 100
        mov     dword [MINE + L4_MESSAGE_SIZE], dope(2, 1)
        mov     dword [MINE + L4_MESSAGE_DWORDS + 8 + L4_STRING_RECEIVE], 16
        mov     dword [MINE + L4_MESSAGE_DWORDS + 8 + L4_STRING_RECEIVE_AT], MINE + ROOM
        poke    0, others(0) + L4_MESSAGE_SEND, dope(2, 1)      ; the rest can be sent on as it came
        play    0, others(0), L4_NEVER, 0, 0, L4_NO_IPC, L4_ROOT_LOW
        ipc     L4_NO_IPC, SECOND, 0, 0, MINE | L4_RECEIVE_OPEN, L4_NIL
        expect  eax, dope(2, 1)
        expect  dword [MINE + ROOM], 'bcde'
        jmp     passed

pieces:
        group   "strings in pieces, cut differently"
        mov     eax, 2
        mov     ecx, 4
        call    make_message
        string  0, 5 | L4_STRING_MORE, alphabet         ; abcde
        string  1, 7, alphabet + 10                     ; klmnopq
        string  2, 0, 0                                 ; an empty one
        string  3, 8, alphabet + 18                     ; stuvwxyz
        room    0, string_dope(0, 0), 4 | L4_STRING_MORE, others(0) + ROOM
        room    0, string_dope(0, 1), 4 | L4_STRING_MORE, others(0) + ROOM + 0x10
        room    0, string_dope(0, 2), 20 | L4_STRING_MORE, others(0) + ROOM + 0x20
        room    0, string_dope(0, 3), 20, others(0) + ROOM + 0x40
        room    0, string_dope(0, 4), 3, others(0) + ROOM + 0x50
        room    0, string_dope(0, 5), 8, others(0) + ROOM + 0x60
        await   0, dope(2, 6), L4_NEVER
        ipc     MINE, L4_SEND_NOW, 8, 9, L4_NO_IPC, puppet(0)
        expect  eax, 0
        tell    0, PUPPET_EAX, dope(2, 6)
        peek    0, others(0) + ROOM, 'abcd'
        peek    0, others(0) + ROOM + 0x10, 'eklm'
        peek    0, others(0) + ROOM + 0x20, 'nopq'
        peek    0, others(0) + ROOM + 0x60, 'stuv'
        peek    0, others(0) + ROOM + 0x64, 'wxyz'
        peek    0, string_dope(0, 0) + L4_STRING_SEND, 4 | L4_STRING_MORE
        peek    0, string_dope(0, 2) + L4_STRING_SEND, 4 | L4_STRING_MORE
        peek    0, string_dope(0, 3) + L4_STRING_SEND, 0
        peek    0, string_dope(0, 4) + L4_STRING_SEND, 0
        peek    0, string_dope(0, 5) + L4_STRING_SEND, 8
        jmp     passed

string_cut:
        group   "F0, E0: a string longer than the room for it"
        mov     eax, 2
        mov     ecx, 2
        call    make_message
        string  0, 12, alphabet
        string  1, 12, alphabet
        room    0, string_dope(0, 0), 5, others(0) + ROOM
        room    0, string_dope(0, 1), 20, others(0) + ROOM + 0x10
        poke    0, others(0) + ROOM + 4, 0
        poke    0, others(0) + ROOM + 0x10, 0
        await   0, dope(2, 2), L4_NEVER
        ipc     MINE, L4_SEND_NOW, 8, 9, L4_NO_IPC, puppet(0)
        expect  eax, L4_SEND_CUT
        tell    0, PUPPET_EAX, dope(2, 1) | L4_RECEIVE_CUT
        peek    0, others(0) + ROOM, 'abcd'
        peek    0, others(0) + ROOM + 4, 'e'
        peek    0, others(0) + ROOM + 0x10, 0
        jmp     passed

string_too_many:
        group   "F0, E0: more strings than there is room for"
        await   0, dope(2, 1), L4_NEVER
        mov     dword [MINE + L4_MESSAGE_DWORDS + 8 + L4_STRING_SEND], 5
        ipc     MINE, L4_SEND_NOW, 8, 9, L4_NO_IPC, puppet(0)
        expect  eax, L4_SEND_CUT
        tell    0, PUPPET_EAX, dope(2, 1) | L4_RECEIVE_CUT
        await   0, dope(2, 0), L4_NEVER
        ipc     MINE, L4_SEND_NOW, 8, 9, L4_NO_IPC, puppet(0)
        expect  eax, L4_SEND_CUT
        tell    0, PUPPET_EAX, dope(2, 0) | L4_RECEIVE_CUT
        play    0, L4_NO_IPC, L4_NEVER, 0, 0, 0, L4_ROOT_LOW
        ipc     MINE, L4_SEND_NOW, 8, 9, L4_NO_IPC, puppet(0)
        expect  eax, L4_SEND_CUT
        tell    0, PUPPET_EAX, dope(2, 0) | L4_RECEIVE_CUT
        jmp     passed

large_string:
        group   "a string of 4 MB"
        ipc     L4_SHORT, L4_NEVER, LARGE_FROM + 1, 22 << 2, L4_WHOLE_SPACE | L4_RECEIVE_FPAGE, L4_SIGMA0_LOW
        expect  eax, L4_FPAGE_RECEIVED
        play    0, L4_SHORT, L4_NEVER, LARGE_TO + 1, 22 << 2, L4_WHOLE_SPACE | L4_RECEIVE_FPAGE, L4_SIGMA0_LOW
        tell    0, PUPPET_EAX, L4_FPAGE_RECEIVED
        mov     eax, 2
        mov     ecx, 1
        call    make_message
        string  0, LARGE, LARGE_FROM
        mov     dword [LARGE_FROM], 1001
        mov     dword [LARGE_FROM + 0x123450], 1002
        mov     dword [LARGE_FROM + 0x37FFF0], 1003
        mov     dword [LARGE_FROM + LARGE - 4], 1004
        room    0, string_dope(0, 0), LARGE, LARGE_TO
        await   0, dope(2, 1), L4_NEVER
        ipc     MINE, L4_SEND_NOW, 8, 9, L4_NO_IPC, puppet(0)
        expect  eax, 0
        tell    0, PUPPET_EAX, dope(2, 1)
        peek    0, LARGE_TO, 1001
        peek    0, LARGE_TO + 0x123450, 1002
        peek    0, LARGE_TO + 0x37FFF0, 1003
        peek    0, LARGE_TO + LARGE - 4, 1004
        jmp     passed

; Two pages of this task's, on both sides of a multiple of 4 MB at puppet 1.
BORDER          equ 0x50000000
across:
        group   "a string across a border of page tables"
        mov     dword [MINE + PAGE], 0
        mov     dword [MINE + 2 * PAGE], 0
        play    1, L4_NO_IPC, L4_NEVER, 0, 0, BORDER - PAGE | L4_PAGE | L4_RECEIVE_FPAGE, L4_ROOT_LOW
        ipc     L4_SEND_FPAGE, L4_SEND_NOW, 0, MINE + PAGE | L4_PAGE | L4_FPAGE_WRITE, L4_NO_IPC, puppet(1)
        expect  eax, 0
        play    1, L4_NO_IPC, L4_NEVER, 0, 0, BORDER | L4_PAGE | L4_RECEIVE_FPAGE, L4_ROOT_LOW
        ipc     L4_SEND_FPAGE, L4_SEND_NOW, 0, MINE + 2 * PAGE | L4_PAGE | L4_FPAGE_WRITE, L4_NO_IPC, puppet(1)
        expect  eax, 0
        mov     eax, 2
        mov     ecx, 1
        call    make_message
        string  0, 26, alphabet
        room    1, string_dope(1, 0), 26, BORDER - 10
        await   1, dope(2, 1), L4_NEVER
        ipc     MINE, L4_SEND_NOW, 8, 9, L4_NO_IPC, puppet(1)
        expect  eax, 0
        expect  dword [MINE + 2 * PAGE - 10], 'abcd'
        expect  dword [MINE + 2 * PAGE - 2], 'ijkl'
        expect  dword [MINE + 2 * PAGE + 12], 'wxyz'
        jmp     passed

fpages:
        group   "several fpages in a message"
        mov     dword [MINE + PAGE], 501
        mov     dword [MINE + 2 * PAGE], 502
        mov     eax, 8
        xor     ecx, ecx
        call    make_message
        mov     dword [MINE + L4_MESSAGE_DWORDS + 8], 5 * PAGE
        mov     dword [MINE + L4_MESSAGE_DWORDS + 12], MINE + 2 * PAGE | L4_PAGE
        mov     dword [MINE + L4_MESSAGE_DWORDS + 16], 0
        mov     dword [MINE + L4_MESSAGE_DWORDS + 20], 0        ; the last: nil
        poke    0, others(0) + L4_MESSAGE_SIZE, dope(8, 0)
        poke    0, others(0) + L4_MESSAGE_WINDOW, MAPPED | 22 << 2
        play    0, L4_NO_IPC, L4_NEVER, 0, 0, others(0), L4_ROOT_LOW
        ipc     MINE | L4_SEND_FPAGE, L4_SEND_NOW, 3 * PAGE, MINE + PAGE | L4_PAGE | L4_FPAGE_WRITE, L4_NO_IPC, puppet(0)
        expect  eax, 0
        tell    0, PUPPET_EAX, dope(8, 0) | L4_FPAGE_RECEIVED
        tell    0, PUPPET_EDX, 3 * PAGE
        peek    0, MAPPED + 3 * PAGE, 501
        peek    0, MAPPED + 5 * PAGE, 502
        peek    0, others(0) + L4_MESSAGE_DWORDS + 28, 107      ; dwords after the fpages
        poke    0, MAPPED + 3 * PAGE, 503
        call    let_run
        expect  dword [MINE + PAGE], 503
        jmp     passed

fpages_refused:
        group   "F0, E0: an fpage in memory, and no window"
        await   0, dope(8, 0), L4_NEVER
        ipc     MINE | L4_SEND_FPAGE, L4_SEND_NOW, 3 * PAGE, MINE + PAGE | L4_PAGE, L4_NO_IPC, puppet(0)
        expect  eax, L4_SEND_CUT
        tell    0, PUPPET_EAX, dope(8, 0) | L4_RECEIVE_CUT
        peek    0, others(0) + L4_MESSAGE_DWORDS + 28, 107
        jmp     passed

words_to_window:
        group   "an fpage in registers to a window in memory, and back"
        poke    1, others(1) + L4_MESSAGE_SIZE, dope(8, 0)
        poke    1, others(1) + L4_MESSAGE_WINDOW, MAPPED | L4_PAGE
        play    1, L4_NO_IPC, L4_NEVER, 0, 0, others(1), L4_ROOT_LOW
        ipc     L4_SEND_FPAGE, L4_SEND_NOW, 0, MINE + PAGE | L4_PAGE, L4_NO_IPC, puppet(1)
        expect  eax, 0
        tell    1, PUPPET_EAX, L4_FPAGE_RECEIVED
        peek    1, MAPPED, 503
        mov     eax, 2
        xor     ecx, ecx
        call    make_message
        play    1, L4_NO_IPC, L4_NEVER, 0, 0, MAPPED + PAGE | L4_PAGE | L4_RECEIVE_FPAGE, L4_ROOT_LOW
        ipc     MINE | L4_SEND_FPAGE, L4_SEND_NOW, 0, MINE + PAGE | L4_PAGE, L4_NO_IPC, puppet(1)
        expect  eax, 0
        tell    1, PUPPET_EAX, dope(2, 0) | L4_FPAGE_RECEIVED
        peek    1, MAPPED + PAGE, 503
        jmp     passed

faults:
        group   "page faults of both sides, in time"
        mov     eax, 2
        mov     ecx, 1
        call    make_message
        string  0, 3 * PAGE, FRESH
        room    0, string_dope(0, 0), 3 * PAGE, FRESH + 0x10004
        await   0, dope(2, 1), FAULT_RECEIVE_MS
        ipc     MINE, FAULT_SEND_MS | L4_SEND_NOW, 8, 9, L4_NO_IPC, puppet(0)
        expect  eax, 0
        tell    0, PUPPET_EAX, dope(2, 1)
        peek    0, FRESH + 0x10004 + 3 * PAGE - 4, 0
        jmp     passed

; Puppet 1 owns the page FRESH + 0x30000, so that sigma0 does not answer a fault there.
sender_fault_timeout:
        group   "B0, A0: a page fault of the sender takes too long"
        poke    1, FRESH + 0x30000, 0
        mov     eax, 2
        mov     ecx, 1
        call    make_message
        string  0, 100, FRESH + 0x30000
        room    0, string_dope(0, 0), 100, others(0) + ROOM
        await   0, dope(2, 1), FAULT_RECEIVE_MS
        ipc     MINE, L4_SEND_NOW, 8, 9, L4_NO_IPC, puppet(0)
        expect  eax, L4_SENDER_FAULT_SEND
        tell    0, PUPPET_EAX, L4_SENDER_FAULT_RECEIVE
        await   0, dope(2, 1), FAULT_RECEIVE_0
        ipc     MINE, L4_SEND_NOW, 8, 9, L4_NO_IPC, puppet(0)
        expect  eax, L4_SENDER_FAULT_SEND
        tell    0, PUPPET_EAX, L4_SENDER_FAULT_RECEIVE
        jmp     passed

receiver_fault_timeout:
        group   "90, 80: a page fault of the receiver takes too long"
        mov     eax, 2
        mov     ecx, 1
        call    make_message
        string  0, 100, alphabet
        room    0, string_dope(0, 0), 100, FRESH + 0x30000
        await   0, dope(2, 1), L4_NEVER
        ipc     MINE, FAULT_SEND_MS | L4_SEND_NOW, 8, 9, L4_NO_IPC, puppet(0)
        expect  eax, L4_RECEIVER_FAULT_SEND
        tell    0, PUPPET_EAX, L4_RECEIVER_FAULT_RECEIVE
        await   0, dope(2, 1), L4_NEVER
        ipc     MINE, FAULT_SEND_0 | L4_SEND_NOW, 8, 9, L4_NO_IPC, puppet(0)
        expect  eax, L4_RECEIVER_FAULT_SEND
        tell    0, PUPPET_EAX, L4_RECEIVER_FAULT_RECEIVE
        play    0, L4_NO_IPC, L4_NEVER, 0, 0, FRESH + 0x30000, L4_ROOT_LOW      ; the buffer itself
        ipc     MINE, FAULT_SEND_MS | L4_SEND_NOW, 8, 9, L4_NO_IPC, puppet(0)
        expect  eax, L4_RECEIVER_FAULT_SEND
        tell    0, PUPPET_EAX, L4_RECEIVER_FAULT_RECEIVE
        jmp     passed

; a message in memory at %1 that must be aborted on both sides
%macro aborts 1
        await   0, dope(8, 4), L4_NEVER
        ipc     %1, L4_SEND_NOW, 8, 9, L4_NO_IPC, puppet(0)
        expect  eax, L4_SEND_ABORTED
        ask     0, PUPPET_TELL, PUPPET_EAX
        and     edx, L4_ERROR_MASK
        expect  edx, L4_RECEIVE_ABORTED
%endmacro

bad_sender:
        group   "D0, C0: addresses that are not the sender's"
        aborts  0xF0100000
        aborts  0xC0000000 - 8
        aborts  0xFFFFFFF8
        mov     eax, 2
        mov     ecx, 1
        call    make_message
        string  0, 100, 0xF0100000
        aborts  MINE
        string  0, 100, 0xC0000000 - 99
        aborts  MINE
        string  0, 100, 0xFFFFFFF0
        aborts  MINE
        string  0, LARGE + 1, LARGE_FROM
        aborts  MINE
        string  0, 0x7FFFFFFF, LARGE_FROM
        aborts  MINE
        jmp     passed

bad_receiver:
        group   "D0, C0: addresses that are not the receiver's"
        ipc     L4_NO_IPC, L4_NEVER, 0, 0, 0xF0100000, L4_NIL
        expect  eax, L4_RECEIVE_ABORTED
        ipc     L4_NO_IPC, L4_NEVER, 0, 0, 0xC0000000 - 4 | L4_RECEIVE_OPEN, L4_NIL
        expect  eax, L4_RECEIVE_ABORTED
        mov     eax, 2
        mov     ecx, 1
        call    make_message
        string  0, 10, alphabet
        room    0, string_dope(0, 0), 100, 0xF0100000
        await   0, dope(2, 1), L4_NEVER
        ipc     MINE, L4_SEND_NOW, 8, 9, L4_NO_IPC, puppet(0)
        expect  eax, L4_SEND_ABORTED
        tell    0, PUPPET_EAX, dope(2, 0) | L4_RECEIVE_ABORTED
        room    0, string_dope(0, 0), 0x100, 0xC0000000 - 0xFF
        await   0, dope(2, 1), L4_NEVER
        ipc     MINE, L4_SEND_NOW, 8, 9, L4_NO_IPC, puppet(0)
        expect  eax, L4_SEND_ABORTED
        tell    0, PUPPET_EAX, dope(2, 0) | L4_RECEIVE_ABORTED
        jmp     passed

; All ports, each with a mapping of its own, are more than the kernel has memory for. The last group: it stays so.
no_memory:
        group   "70, 60: no memory to map with"
        mov     edx, L4_ALL_PORTS
        call    ask_ports
        expect  eax, L4_RECEIVE_MAP | L4_FPAGE_RECEIVED
        play    0, L4_NO_IPC, L4_NEVER, 0, 0, L4_ALL_PORTS | L4_RECEIVE_FPAGE, L4_ROOT_LOW
        ipc     L4_SEND_FPAGE, L4_SEND_NOW, 0, L4_ALL_PORTS, L4_NO_IPC, puppet(0)
        expect  eax, L4_SEND_MAP
        tell    0, PUPPET_EAX, L4_RECEIVE_MAP | L4_FPAGE_RECEIVED
        mov     eax, 2
        xor     ecx, ecx
        call    make_message
        poke    0, others(0) + L4_MESSAGE_SIZE, dope(2, 0)
        poke    0, others(0) + L4_MESSAGE_WINDOW, L4_ALL_PORTS
        play    0, L4_NO_IPC, L4_NEVER, 0, 0, others(0), L4_ROOT_LOW
        ipc     MINE | L4_SEND_FPAGE, L4_SEND_NOW, 0, L4_ALL_PORTS, L4_NO_IPC, puppet(0)
        expect  eax, L4_SEND_MAP
        tell    0, PUPPET_EAX, dope(2, 0) | L4_RECEIVE_MAP | L4_FPAGE_RECEIVED
        jmp     passed

%include "test-report.inc"
alphabet:       db "abcdefghijklmnopqrstuvwxyz", 0
