; What the kernel provides for messages, with puppets as tasks 5, 6 and 7. See test.inc.

        bits 32
%include "test.inc"
layout kip, "kip.layout"

%ifndef ORIGIN
%define ORIGIN 0x00230000
%endif
        org ORIGIN

section .text
global _start
_start:
        call    ask_console
        call    own_id
        call    no_such_partner
        call    info_page
        call    no_time
        call    some_time
        call    first_come
        call    closed_receive
        call    short_message
        call    call_and_reply
        call    reply_to_queue
        call    memory
        call    windows
        call    refused_fpage
        call    null_segments
        call    switching
        call    ports
        call    read_only
        call    dead_threads
        jmp     all_passed

own_id:
        group   "id_nearest"
        xor     esi, esi
        xor     edi, edi
        int     L4_ID_NEAREST
        expect  esi, L4_ROOT_LOW
        expect  edi, L4_INITIAL_HIGH
        expect  eax, 0
        jmp     passed

no_such_partner:
        group   "partner does not exist"
        ipc     L4_SHORT, L4_NEVER, 1, 2, L4_NO_IPC, NOBODY
        expect  eax, L4_NOT_EXISTENT
        ipc     L4_SHORT, L4_NEVER, 1, 2, 0, NOBODY
        expect  eax, L4_NOT_EXISTENT
        ipc     L4_SHORT, L4_NEVER, 1, 2, L4_RECEIVE_OPEN, NOBODY
        expect  eax, L4_NOT_EXISTENT
        ipc     L4_NO_IPC, L4_NEVER, 1, 2, 0, NOBODY
        expect  eax, L4_NOT_EXISTENT
        ipc     L4_SHORT, L4_NEVER, 1, 2, 0, puppet(0) + 1      ; another version
        expect  eax, L4_NOT_EXISTENT
        ipc     L4_SHORT, L4_NEVER, 1, 2, 0, puppet(0) + (1 << L4_LTHREAD_SHIFT)
        expect  eax, L4_NOT_EXISTENT
        ipc     L4_SHORT, L4_NEVER, 1, 2, 0, L4_ROOT_LOW        ; oneself
        expect  eax, L4_NOT_EXISTENT
        ipc     L4_SHORT, L4_NEVER, 1, 2, 0, L4_NIL
        expect  eax, L4_NOT_EXISTENT
        ipc     L4_SHORT, L4_NEVER, 1, 2, 0, L4_INVALID
        expect  eax, L4_NOT_EXISTENT
        mov     eax, L4_SHORT                                   ; another clan
        mov     ecx, L4_NEVER
        xor     ebp, ebp
        mov     esi, puppet(0)
        mov     edi, L4_INITIAL_HIGH + (1 << L4_CHIEF_SHIFT)
        int     L4_IPC
        expect  eax, L4_NOT_EXISTENT
        jmp     passed

info_page:
        group   "kernel info page"
        ipc     L4_SHORT, L4_NEVER, SIGMA0_KIP, SIGMA0_KIP, INFO_WINDOW, L4_SIGMA0_LOW
        expect  eax, L4_FPAGE_RECEIVED
        expect  dword [INFO], 0x4BE6344C
        expect  dword [INFO + kip.servers], 5
        jmp     passed

INFO            equ 0x60000000
INFO_WINDOW     equ INFO | L4_PAGE | L4_RECEIVE_FPAGE

no_time:
        group   "timeout zero"
        play    0, L4_NO_IPC, FIFTY_MS, 0, 0, 0, L4_NIL         ; asleep for 50 ms
        ipc     L4_SHORT, L4_SEND_NOW, 1, 2, 0, puppet(0)
        expect  eax, L4_SEND_TIMEOUT
        ipc     L4_NO_IPC, L4_RECEIVE_NOW, 1, 2, 0, puppet(0)
        expect  eax, L4_RECEIVE_TIMEOUT
        ipc     L4_NO_IPC, L4_RECEIVE_NOW, 1, 2, L4_RECEIVE_OPEN, L4_NIL
        expect  eax, L4_RECEIVE_TIMEOUT
        ipc     L4_NO_IPC, L4_RECEIVE_NOW, 1, 2, 0, L4_NIL
        expect  eax, L4_RECEIVE_TIMEOUT
        ipc     L4_NO_IPC, FIFTY_MS, 0, 0, 0, L4_NIL
        expect  eax, L4_RECEIVE_TIMEOUT
        jmp     passed

some_time:
        group   "timeouts"
        mov     eax, [INFO + kip.clock]
        mov     [before], eax
        ipc     L4_NO_IPC, TEN_MS, 1, 2, 0, L4_NIL
        expect  eax, L4_RECEIVE_TIMEOUT
        call    about_ten_ms
        ipc     L4_NO_IPC, TEN_MS, 1, 2, 0, puppet(0)
        expect  eax, L4_RECEIVE_TIMEOUT
        call    about_ten_ms
        ipc     L4_NO_IPC, TEN_MS, 1, 2, L4_RECEIVE_OPEN, L4_NIL
        expect  eax, L4_RECEIVE_TIMEOUT
        call    about_ten_ms
        play    0, L4_NO_IPC, SECOND, 0, 0, 0, puppet(1)
        mov     eax, [INFO + kip.clock]
        mov     [before], eax
        ipc     L4_SHORT, TEN_MS, 1, 2, 0, puppet(0)            ; it waits for another
        expect  eax, L4_SEND_TIMEOUT
        call    about_ten_ms
        play    1, L4_SHORT, SECOND, 3, 4, L4_NO_IPC, puppet(0)
        ask     0, PUPPET_TELL, PUPPET_EAX
        expect  edx, 0
        ask     0, PUPPET_TELL, PUPPET_EDX
        expect  edx, 3
        jmp     passed

; The clock has moved on by 10 ms, and not by much more.
about_ten_ms:
        mov     eax, [INFO + kip.clock]
        mov     ecx, eax
        sub     eax, [before]
        mov     [before], ecx
        sub     eax, TEN_MS_US
        cmp     eax, 2 * TEN_MS_US
        jbe     .well
        call    failed
.well:
        ret

first_come:
        group   "senders come in order"
        play    2, L4_SHORT, L4_NEVER, 102, 2, L4_NO_IPC, L4_ROOT_LOW
        play    0, L4_SHORT, L4_NEVER, 100, 0, L4_NO_IPC, L4_ROOT_LOW
        play    1, L4_SHORT, L4_NEVER, 101, 1, L4_NO_IPC, L4_ROOT_LOW
        ipc     L4_NO_IPC, SECOND, 0, 0, L4_RECEIVE_OPEN, L4_NIL
        expect  eax, 0
        expect  esi, puppet(2)
        expect  edi, L4_INITIAL_HIGH
        expect  edx, 102
        expect  ebx, 2
        ipc     L4_NO_IPC, SECOND, 0, 0, L4_RECEIVE_OPEN, L4_NIL
        expect  esi, puppet(0)
        expect  edx, 100
        ipc     L4_NO_IPC, SECOND, 0, 0, L4_RECEIVE_OPEN, L4_NIL
        expect  esi, puppet(1)
        expect  edx, 101
        jmp     passed

closed_receive:
        group   "closed receive takes its partner only"
        play    0, L4_SHORT, L4_NEVER, 200, 0, L4_NO_IPC, L4_ROOT_LOW
        play    1, L4_SHORT, L4_NEVER, 201, 1, L4_NO_IPC, L4_ROOT_LOW
        ipc     L4_NO_IPC, SECOND, 0, 0, 0, puppet(1)
        expect  eax, 0
        expect  esi, puppet(1)
        expect  edx, 201
        ipc     L4_NO_IPC, L4_RECEIVE_NOW, 0, 0, 0, puppet(2)
        expect  eax, L4_RECEIVE_TIMEOUT
        ipc     L4_NO_IPC, SECOND, 0, 0, L4_RECEIVE_OPEN, L4_NIL
        expect  esi, puppet(0)
        expect  edx, 200
        jmp     passed

short_message:
        group   "send to a waiting thread"
        play    0, L4_NO_IPC, L4_NEVER, 0, 0, L4_RECEIVE_OPEN, L4_NIL
        ipc     L4_SHORT, L4_SEND_NOW, 0x12345678, 0x9ABCDEF0, L4_NO_IPC, puppet(0)
        expect  eax, 0
        ask     0, PUPPET_TELL, PUPPET_EDX
        expect  edx, 0x12345678
        ask     0, PUPPET_TELL, PUPPET_EBX
        expect  edx, 0x9ABCDEF0
        ask     0, PUPPET_TELL, PUPPET_ESI
        expect  edx, L4_ROOT_LOW
        ask     0, PUPPET_TELL, PUPPET_EDI
        expect  edx, L4_INITIAL_HIGH
        ask     0, PUPPET_TELL, PUPPET_EAX
        expect  edx, 0
        play    0, L4_NO_IPC, SECOND, 0, 0, L4_RECEIVE_OPEN, L4_NIL     ; the same with a timeout
        ipc     L4_SHORT, L4_SEND_NOW, 55, 66, L4_NO_IPC, puppet(0)
        expect  eax, 0
        ask     0, PUPPET_TELL, PUPPET_EDX
        expect  edx, 55
        jmp     passed

call_and_reply:
        group   "call and reply"
        play    0, L4_SHORT, L4_NEVER, 7, 8, 0, L4_ROOT_LOW             ; a call that has to wait for us
        ipc     L4_NO_IPC, SECOND, 0, 0, L4_RECEIVE_OPEN, L4_NIL
        expect  eax, 0
        expect  edx, 7
        expect  ebx, 8
        ipc     L4_SHORT, NOW, 9, 10, L4_NO_IPC, puppet(0)              ; it is already waiting for the answer
        expect  eax, 0
        ask     0, PUPPET_TELL, PUPPET_EDX
        expect  edx, 9
        play    0, L4_SHORT, L4_NEVER, 7, 8, 0, L4_ROOT_LOW
        ipc     L4_NO_IPC, SECOND, 0, 0, L4_RECEIVE_OPEN, L4_NIL
        ipc     L4_SHORT, NOW, 11, 12, L4_RECEIVE_OPEN, puppet(0)       ; reply, and nobody is there
        expect  eax, L4_RECEIVE_TIMEOUT
        ask     0, PUPPET_TELL, PUPPET_EBX
        expect  edx, 12
        jmp     passed

reply_to_queue:
        group   "reply and wait with others waiting"
        play    0, L4_SHORT, L4_NEVER, 20, 0, 0, L4_ROOT_LOW
        play    1, L4_SHORT, L4_NEVER, 21, 0, 0, L4_ROOT_LOW
        play    2, L4_SHORT, L4_NEVER, 22, 0, L4_RECEIVE_OPEN, L4_ROOT_LOW
        ipc     L4_NO_IPC, L4_NEVER, 0, 0, L4_RECEIVE_OPEN, L4_NIL
        expect  edx, 20
        ipc     L4_SHORT, L4_NEVER, 120, 0, L4_RECEIVE_OPEN, esi
        expect  edx, 21
        expect  esi, puppet(1)
        ipc     L4_SHORT, L4_NEVER, 121, 0, L4_RECEIVE_OPEN, esi
        expect  edx, 22
        expect  esi, puppet(2)
        ipc     L4_SHORT, L4_SEND_NOW, 122, 0, L4_NO_IPC, esi
        expect  eax, 0
        ask     0, PUPPET_TELL, PUPPET_EDX
        expect  edx, 120
        ask     1, PUPPET_TELL, PUPPET_EDX
        expect  edx, 121
        ask     2, PUPPET_TELL, PUPPET_EDX
        expect  edx, 122
        jmp     passed

FIRST           equ 0x20000000
SECOND_PLACE    equ 0x30000000
IN_4_MB         equ 0x3000

memory:
        group   "memory from sigma0, mapped on"
        ipc     L4_SHORT, L4_NEVER, SIGMA0_ANY_PAGE, 0, L4_WHOLE_SPACE | L4_RECEIVE_FPAGE, L4_SIGMA0_LOW
        expect  eax, L4_FPAGE_RECEIVED
        mov     [page], edx
        mov     dword [edx], 4711
        play    0, L4_SHORT, L4_NEVER, [page], 0, L4_WHOLE_SPACE | L4_RECEIVE_FPAGE, L4_SIGMA0_LOW
        ask     0, PUPPET_TELL, PUPPET_EAX                      ; a second owner is refused
        expect  edx, 0
        ask     0, PUPPET_TELL, PUPPET_EBX
        expect  edx, 0
        ipc     L4_SHORT, L4_NEVER, [page], 0, L4_WHOLE_SPACE | L4_RECEIVE_FPAGE, L4_SIGMA0_LOW
        expect  eax, L4_FPAGE_RECEIVED                          ; the first is not
        play    0, L4_NO_IPC, L4_NEVER, 0, 0, FIRST | L4_PAGE | L4_RECEIVE_FPAGE, L4_ROOT_LOW
        mov     ebx, [page]
        or      ebx, L4_PAGE | L4_FPAGE_WRITE
        ipc     L4_SEND_FPAGE, L4_SEND_NOW, 0, ebx, L4_NO_IPC, puppet(0)
        expect  eax, 0
        ask     0, PUPPET_TELL, PUPPET_EAX
        expect  edx, L4_FPAGE_RECEIVED
        ask     0, PUPPET_PEEK, FIRST
        expect  edx, 4711
        order   0, PUPPET_EDX, 4712
        order   0, PUPPET_POKE, FIRST + 4
        call    let_run
        mov     eax, [page]
        expect  dword [eax + 4], 4712
        jmp     passed

windows:
        group   "fpages smaller and larger than the window"
        play    0, L4_NO_IPC, L4_NEVER, 0, 0, SECOND_PLACE | 22 << 2 | L4_RECEIVE_FPAGE, L4_ROOT_LOW
        mov     ebx, [page]
        or      ebx, L4_PAGE | L4_FPAGE_WRITE
        ipc     L4_SEND_FPAGE, L4_SEND_NOW, 0x77700000 + IN_4_MB, ebx, L4_NO_IPC, puppet(0)
        expect  eax, 0
        ask     0, PUPPET_PEEK, SECOND_PLACE + (0x77700000 + IN_4_MB & 0x3FF000)
        expect  edx, 4711
        play    0, L4_NO_IPC, L4_NEVER, 0, 0, FIRST + PAGE | L4_PAGE | L4_RECEIVE_FPAGE, L4_ROOT_LOW
        mov     ecx, [page]
        ipc     L4_SEND_FPAGE, L4_SEND_NOW, [page], L4_WHOLE_SPACE | L4_FPAGE_WRITE, L4_NO_IPC, puppet(0)
        expect  eax, 0
        ask     0, PUPPET_PEEK, FIRST + PAGE
        expect  edx, 4711
        jmp     passed

refused_fpage:
        group   "fpage to a thread without window"
        play    0, L4_NO_IPC, L4_NEVER, 0, 0, L4_RECEIVE_OPEN, L4_NIL
        ipc     L4_SEND_FPAGE, L4_SEND_NOW, 1, 2, L4_NO_IPC, puppet(0)
        expect  eax, L4_SEND_CUT
        ask     0, PUPPET_TELL, PUPPET_EAX
        expect  edx, L4_RECEIVE_CUT
        ask     0, PUPPET_TELL, PUPPET_EBX
        expect  edx, 2
        jmp     passed

null_segments:
        group   "null segments read as flat"
        xor     eax, eax
        mov     ds, ax
        mov     es, ax
        mov     fs, ax
        mov     gs, ax
        ipc     L4_SHORT, L4_SEND_NOW, PUPPET_EDX, 31, L4_NO_IPC, puppet(0)
        expect  eax, 0
        xor     eax, eax
        mov     ds, ax
        mov     es, ax
        ask     0, PUPPET_TELL, PUPPET_EDX
        expect  edx, 31
        xor     eax, eax
        mov     es, ax
        mov     edi, before
        stosd
        mov     fs, ax
        expect  dword [fs:before], 0
        jmp     passed

switching:
        group   "thread_switch"
        xor     esi, esi
        xor     edi, edi
        int     L4_THREAD_SWITCH
        mov     esi, puppet(0)
        mov     edi, L4_INITIAL_HIGH
        int     L4_THREAD_SWITCH
        mov     esi, NOBODY
        int     L4_THREAD_SWITCH
        mov     esi, L4_ROOT_LOW
        int     L4_THREAD_SWITCH
        jmp     passed

DELAY_PORT      equ 0x80                        ; writes to it do nothing
DELAY_PORTS     equ L4_IO_FPAGE | DELAY_PORT << 12 | 3 << 2

ports:
        group   "ports, mapped on"
        mov     edx, DELAY_PORTS
        call    ask_ports
        expect  eax, L4_FPAGE_RECEIVED
        out     DELAY_PORT, al
        play    0, L4_NO_IPC, L4_NEVER, 0, 0, L4_WHOLE_SPACE | L4_RECEIVE_FPAGE, L4_ROOT_LOW
        ipc     L4_SEND_FPAGE, L4_SEND_NOW, 0, DELAY_PORTS, L4_NO_IPC, puppet(0)
        expect  eax, 0
        order   0, PUPPET_OUT, DELAY_PORT + 7
        ask     0, PUPPET_PEEK, FIRST                           ; it lives on
        expect  edx, 4711
        play    0, L4_NO_IPC, L4_NEVER, 0, 0, L4_ALL_PORTS | L4_RECEIVE_FPAGE, L4_ROOT_LOW
        ipc     L4_SEND_FPAGE, L4_SEND_NOW, 0, L4_ALL_PORTS, L4_NO_IPC, puppet(0)
        expect  eax, 0
        order   0, PUPPET_OUT, 0x70                             ; not root's, so not its own now
        ipc     L4_SHORT, TEN_MS, 1, 2, 0, puppet(0)
        expect  eax, L4_SEND_TIMEOUT
        jmp     passed

read_only:
        group   "a page to read only"
        play    1, L4_NO_IPC, L4_NEVER, 0, 0, FIRST | L4_PAGE | L4_RECEIVE_FPAGE, L4_ROOT_LOW
        mov     ebx, [page]
        or      ebx, L4_PAGE
        ipc     L4_SEND_FPAGE, L4_SEND_NOW, 0, ebx, L4_NO_IPC, puppet(1)
        expect  eax, 0
        ask     1, PUPPET_PEEK, FIRST
        expect  edx, 4711
        play    2, L4_NO_IPC, L4_NEVER, 0, 0, FIRST | L4_PAGE | L4_RECEIVE_FPAGE, L4_ROOT_LOW
        mov     ebx, [page]
        or      ebx, L4_PAGE
        ipc     L4_SEND_FPAGE, L4_SEND_NOW, 0, ebx, L4_NO_IPC, puppet(2)
        order   2, PUPPET_EDX, 1
        order   2, PUPPET_POKE, FIRST
        ipc     L4_SHORT, TEN_MS, 1, 2, 0, puppet(2)            ; its page fault has no answer
        expect  eax, L4_SEND_TIMEOUT
        mov     eax, [page]
        expect  dword [eax], 4711
        jmp     passed

dead_threads:
        group   "a thread that dies"
        order   1, PUPPET_JUMP, 0xF0100000                      ; the kernel
        ipc     L4_SHORT, TEN_MS, 1, 2, 0, puppet(1)
        expect  eax, L4_SEND_TIMEOUT
        jmp     passed

%include "test-report.inc"

before:         dd 0
page:           dd 0
