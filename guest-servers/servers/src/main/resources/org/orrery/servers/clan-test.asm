; Tests messages across the border of a clan: puppet 0 becomes the chief of a task of its own, whose messages to others,
; and those of others to it, come to the chief, who passes them on under the name of their source. See test.inc.

        bits 32
%include "test.inc"

%ifndef ORIGIN
%define ORIGIN 0x00230000
%endif
        org ORIGIN

CHILD_TASK      equ 30
CHILD_LOW       equ (CHILD_TASK << L4_TASK_SHIFT) | 2   ; its second version: the first was inactive
CHILD_HIGH      equ (5 << L4_CHIEF_SHIFT) | (1 << L4_NEST_SHIFT)
CODE            equ 0x40000000                  ; where the chief has the child's code
NAME            equ 0x00380000                  ; in the chief's memory: the id to deceive with

; a puppet does a call with these registers: puppet, vector, eax, ecx, edx, ebx, ebp, esi, edi
%macro play_call 9
        order   %1, PUPPET_EAX, %3
        order   %1, PUPPET_ECX, %4
        order   %1, PUPPET_EDX, %5
        order   %1, PUPPET_EBX, %6
        order   %1, PUPPET_EBP, %7
        order   %1, PUPPET_ESI, %8
        order   %1, PUPPET_EDI, %9
        order   %1, PUPPET_CALL, %2
        call    let_run
%endmacro

; tell puppet, register, what must be in it
%macro tell 3
        ask     %1, PUPPET_TELL, %2
        expect  edx, %3
%endmacro

; the chief sends EDX, EBX under the name of %1:%2 to %3:%4
%macro deceive 6
        order   0, PUPPET_EDX, %1
        order   0, PUPPET_POKE, NAME
        order   0, PUPPET_EDX, %2
        order   0, PUPPET_POKE, NAME + 4
        order   0, PUPPET_EAX, L4_SEND_DECEIT
        order   0, PUPPET_ECX, L4_SEND_NOW
        order   0, PUPPET_EDX, %5
        order   0, PUPPET_EBX, %6
        order   0, PUPPET_EBP, L4_NO_IPC
        order   0, PUPPET_ESI, %3
        order   0, PUPPET_EDI, %4
        order   0, PUPPET_DECEIVE, NAME
        call    let_run
%endmacro

section .text
global _start
_start:
        call    ask_console
        call    make_child
        call    outward
        call    answer_under_own_name
        call    answer_under_name
        call    inward
        call    forwarded
        call    not_passing
        call    from_within
        call    neighbours
        jmp     all_passed

; The chief gets the right to make task 30, and the page of its code; and makes it. It is its pager too.
make_child:
        group   "a task of another clan"
        mov     eax, puppet(0)
        xor     ebx, ebx
        xor     ebp, ebp
        mov     esi, CHILD_TASK << L4_TASK_SHIFT
        mov     edi, L4_INITIAL_HIGH
        int     L4_TASK_NEW
        expect  edi, CHILD_HIGH
        lock or dword [child_code], 0           ; it must be ours
        play    0, L4_NO_IPC, L4_NEVER, 0, 0, CODE | L4_PAGE | L4_RECEIVE_FPAGE, L4_ROOT_LOW
        ipc     L4_SEND_FPAGE, L4_SEND_NOW, 0, child_code + L4_PAGE, L4_NO_IPC, puppet(0)
        expect  eax, 0
        play_call 0, L4_TASK_NEW, 255, 0, child_code, puppet(0), L4_INITIAL_HIGH, CHILD_LOW - 1, CHILD_HIGH
        tell    0, PUPPET_ESI, CHILD_LOW
        tell    0, PUPPET_EDI, CHILD_HIGH
        play    0, L4_NO_IPC, SECOND, 0, 0, L4_RECEIVE_OPEN, L4_NIL
        tell    0, PUPPET_EAX, 0                ; the page fault: from a member to its chief, straight
        tell    0, PUPPET_EDX, child_code
        tell    0, PUPPET_ESI, CHILD_LOW
        play_call 0, L4_IPC, L4_SEND_FPAGE, L4_SEND_NOW, child_code, CODE | L4_PAGE, L4_NO_IPC, CHILD_LOW, CHILD_HIGH
        tell    0, PUPPET_EAX, 0                ; and back
        jmp     passed

; The child calls puppet 1: what comes to the chief.
%macro chief_receives 2
        play    0, L4_NO_IPC, SECOND, 0, 0, L4_RECEIVE_OPEN, L4_NIL
        tell    0, PUPPET_EAX, L4_REDIRECTED | L4_SOURCE_INSIDE
        tell    0, PUPPET_EDX, %1
        tell    0, PUPPET_EBX, %2
        tell    0, PUPPET_ESI, CHILD_LOW
        tell    0, PUPPET_EDI, CHILD_HIGH
        tell    0, PUPPET_ECX, puppet(1)
        tell    0, PUPPET_EBP, L4_INITIAL_HIGH
%endmacro

outward:
        group   "out of a clan: redirected to the chief"
        chief_receives 1111, 2222
        jmp     passed

answer_under_own_name:
        group   "who waits for another takes no answer of its chief"
        play_call 0, L4_IPC, L4_SHORT, L4_SEND_NOW, 1, 2, L4_NO_IPC, CHILD_LOW, CHILD_HIGH
        tell    0, PUPPET_EAX, L4_SEND_TIMEOUT
        deceive puppet(2), L4_INITIAL_HIGH, CHILD_LOW, CHILD_HIGH, 1, 2        ; nor under a third name
        tell    0, PUPPET_EAX, L4_SEND_TIMEOUT
        jmp     passed

answer_under_name:
        group   "into a clan under the name of one outside"
        deceive puppet(1), L4_INITIAL_HIGH, CHILD_LOW, CHILD_HIGH, 3333, 4444
        tell    0, PUPPET_EAX, 0
        chief_receives L4_DECEIVED, 3333        ; the child's next call says what it has got
        deceive puppet(1), L4_INITIAL_HIGH, CHILD_LOW, CHILD_HIGH, 5555, 0
        tell    0, PUPPET_EAX, 0
        jmp     passed

inward:
        group   "into a clan: redirected to its chief"
        chief_receives L4_DECEIVED, 5555
        order   0, PUPPET_EAX, L4_NO_IPC
        play    0, L4_NO_IPC, SECOND, 0, 0, L4_RECEIVE_OPEN, L4_NIL
        mov     eax, L4_SHORT
        mov     ecx, SECOND
        mov     edx, 77
        mov     ebx, 88
        mov     ebp, L4_NO_IPC
        mov     esi, CHILD_LOW
        mov     edi, CHILD_HIGH
        int     L4_IPC
        expect  eax, 0
        tell    0, PUPPET_EAX, L4_REDIRECTED
        tell    0, PUPPET_EDX, 77
        tell    0, PUPPET_ESI, L4_ROOT_LOW
        tell    0, PUPPET_ECX, CHILD_LOW
        tell    0, PUPPET_EBP, CHILD_HIGH
        jmp     passed

forwarded:
        group   "out of a clan under the name of one inside"
        play    1, L4_NO_IPC, L4_NEVER, 0, 0, L4_RECEIVE_OPEN, L4_NIL
        deceive CHILD_LOW, CHILD_HIGH, puppet(1), L4_INITIAL_HIGH, 6, 7
        tell    0, PUPPET_EAX, 0
        tell    1, PUPPET_EAX, L4_DECEIVED
        tell    1, PUPPET_EDX, 6
        tell    1, PUPPET_ESI, CHILD_LOW
        tell    1, PUPPET_EDI, CHILD_HIGH
        play_call 1, L4_IPC, L4_NO_IPC, SECOND, 0, 0, 0, CHILD_LOW, CHILD_HIGH ; one who waits for it
        deceive CHILD_LOW, CHILD_HIGH, puppet(1), L4_INITIAL_HIGH, 8, 9
        tell    1, PUPPET_EAX, L4_DECEIVED
        tell    1, PUPPET_EDX, 8
        jmp     passed

not_passing:
        group   "a name that does not pass the border is not taken"
        play    1, L4_NO_IPC, L4_NEVER, 0, 0, L4_RECEIVE_OPEN, L4_NIL
        deceive puppet(2), L4_INITIAL_HIGH, puppet(1), L4_INITIAL_HIGH, 10, 11
        tell    0, PUPPET_EAX, 0
        tell    1, PUPPET_EAX, 0
        tell    1, PUPPET_EDX, 10
        tell    1, PUPPET_ESI, puppet(0)
        push    dword CHILD_HIGH                ; nor that of one below another chief
        push    dword CHILD_LOW
        play    1, L4_NO_IPC, L4_NEVER, 0, 0, L4_RECEIVE_OPEN, L4_NIL
        ipc     L4_SEND_DECEIT, SECOND, 12, 13, L4_NO_IPC, puppet(1)
        expect  eax, 0
        add     esp, 8
        tell    1, PUPPET_EDX, 12
        jmp     passed

; A queue: the chief, under the child's name, has to wait; who waits for the child finds it.
from_within:
        group   "one who waits for a name finds it in the queue"
        play    1, L4_NO_IPC, TEN_MS, 0, 0, 0, L4_NIL
        order   0, PUPPET_EDX, CHILD_LOW
        order   0, PUPPET_POKE, NAME
        order   0, PUPPET_EDX, CHILD_HIGH
        order   0, PUPPET_POKE, NAME + 4
        order   0, PUPPET_EAX, L4_SEND_DECEIT
        order   0, PUPPET_ECX, SECOND
        order   0, PUPPET_EDX, 14
        order   0, PUPPET_EBX, 15
        order   0, PUPPET_EBP, L4_NO_IPC
        order   0, PUPPET_ESI, L4_ROOT_LOW
        order   0, PUPPET_EDI, L4_INITIAL_HIGH
        order   0, PUPPET_DECEIVE, NAME
        play    1, L4_SHORT, SECOND, 16, 17, L4_NO_IPC, L4_ROOT_LOW
        ipc     L4_NO_IPC, L4_RECEIVE_NOW, 0, 0, 0, puppet(0)
        expect  eax, L4_RECEIVE_TIMEOUT         ; it is not there under its own
        mov     eax, L4_NO_IPC
        mov     ecx, SECOND
        xor     ebp, ebp
        mov     esi, CHILD_LOW
        mov     edi, CHILD_HIGH
        int     L4_IPC
        expect  eax, L4_DECEIVED
        expect  edx, 14
        expect  esi, CHILD_LOW
        ipc     L4_NO_IPC, SECOND, 0, 0, L4_RECEIVE_OPEN, L4_NIL
        expect  eax, 0
        expect  edx, 16
        jmp     passed

neighbours:
        group   "id_nearest across borders"
        mov     esi, CHILD_LOW
        mov     edi, CHILD_HIGH
        int     L4_ID_NEAREST
        expect  eax, L4_INNER_CLAN
        expect  esi, puppet(0)
        expect  edi, L4_INITIAL_HIGH
        mov     esi, puppet(1)
        int     L4_ID_NEAREST
        expect  eax, L4_SAME_CLAN
        expect  esi, puppet(1)
        mov     esi, NOBODY
        int     L4_ID_NEAREST
        expect  esi, L4_NIL
        play_call 0, L4_ID_NEAREST, 9, 0, 0, 0, 0, CHILD_LOW, CHILD_HIGH
        tell    0, PUPPET_EAX, L4_INNER_CLAN
        tell    0, PUPPET_ESI, CHILD_LOW
        play_call 0, L4_ID_NEAREST, 9, 0, 0, 0, 0, puppet(1), L4_INITIAL_HIGH + 1      ; another site
        tell    0, PUPPET_EAX, L4_OUTER_CLAN
        tell    0, PUPPET_ESI, L4_ROOT_LOW
        jmp     passed

; The child: calls puppet 1 for ever, and sends it what it has got from it. It has no stack.
        align   PAGE
child_code:
        mov     edx, 1111
        mov     ebx, 2222
.next:
        mov     eax, L4_SHORT
        mov     ecx, L4_NEVER
        xor     ebp, ebp
        mov     esi, puppet(1)
        mov     edi, L4_INITIAL_HIGH
        int     L4_IPC
        mov     ebx, edx
        mov     edx, eax
        jmp     .next
        align   PAGE

%include "test-report.inc"
