; Making and ending tasks. See test.inc and children.inc.

        bits 32
%include "children.inc"
%include "test.inc"

%ifndef ORIGIN
%define ORIGIN 0x00280000
%endif
        org ORIGIN

RW              equ L4_PAGE | L4_FPAGE_WRITE
X               equ 0x50000000                  ; places in the children
Y               equ 0x60004000
TEXT            equ 0x11110000
INNER           equ 20                          ; as number of a child: a task of a child's
INNER_TASK      equ (FIRST_PUPPET + INNER) << L4_TASK_SHIFT

; the id_high of tasks that a child makes
%define inner_high(n) ((FIRST_PUPPET + n) << L4_CHIEF_SHIFT | 1 << L4_NEST_SHIFT)

; child, stack: a child that was not there before
%macro new_child 2
        mov     esi, (FIRST_PUPPET + %1) << L4_TASK_SHIFT
        mov     eax, %2
        call    make_child
        expect  esi, child(%1)
        expect  edi, L4_INITIAL_HIGH
%endmacro

; id_low of a task, of the task that gets the right to make it
%macro make_inactive 2
        mov     esi, %1
        xor     edi, edi
        mov     eax, %2
        xor     ebx, ebx
        xor     ebp, ebp
        int     L4_TASK_NEW
%endmacro

; child
%macro end_child 1
        make_inactive child(%1), L4_NIL
        expect  esi, child(%1) + 1
        expect  edi, L4_INITIAL_HIGH
%endmacro

; id_low: no such thread
%macro dead 1
        ipc     L4_SHORT, SECOND, 1, 2, L4_NO_IPC, %1
        expect  eax, L4_NOT_EXISTENT
%endmacro

; child, task to make, pager: task_new by a child
%macro play_task_new 3
        order   %1, PUPPET_EAX, 255
        order   %1, PUPPET_ECX, child_stacks + PAGE
        order   %1, PUPPET_EDX, puppet_code
        order   %1, PUPPET_EBX, %3
        order   %1, PUPPET_EBP, L4_INITIAL_HIGH
        order   %1, PUPPET_ESI, %2
        order   %1, PUPPET_EDI, 0
        order   %1, PUPPET_CALL, L4_TASK_NEW
        call    let_run
%endmacro

; child, register, value
%macro told 3
        ask     %1, PUPPET_TELL, %2
        expect  edx, %3
%endmacro

section .text
global _start
_start:
        call    ask_console
        group   "made"
        call    make_children
        call    passed
        call    own_ids
        call    ended
        call    made_again
        call    partners
        call    busy_ones
        call    lthreads
        call    unmapped
        call    refused
        call    rights
        call    clan
        call    controlled
        call    inherited
        call    time_spent
        call    fault_in_message
        call    many
        jmp     all_passed

own_ids:
        group   "its own id"
        order   1, PUPPET_ESI, L4_NIL
        order   1, PUPPET_CALL, L4_ID_NEAREST
        call    let_run
        told    1, PUPPET_ESI, child(1)
        told    1, PUPPET_EDI, L4_INITIAL_HIGH
        jmp     passed

ended:
        group   "ended"
        end_child 0
        dead    child(0)
        dead    child(0) + 1
        make_inactive child(0), L4_NIL          ; once more: another version
        expect  esi, child(0) + 2
        dead    child(0) + 2
        jmp     passed

made_again:
        group   "made again"
        mov     esi, child(0) + 2
        xor     eax, eax
        call    make_child
        expect  esi, child(0) + 3
        ipc     L4_SHORT, SECOND, PUPPET_PEEK, spare, 0, child(0) + 3
        expect  eax, 0
        expect  edx, spare                      ; asks for the page
        dead    child(0)
        mov     esi, child(0) + 3               ; in place of itself
        xor     eax, eax
        call    make_child
        expect  esi, child(0) + 4
        dead    child(0) + 3
        ipc     L4_SHORT, SECOND, PUPPET_TELL, PUPPET_EAX, 0, child(0) + 4
        expect  eax, 0
        make_inactive child(0), L4_NIL
        jmp     passed

partners:
        group   "those that wait for it"
        new_child 5, 0
        play    1, L4_NO_IPC, L4_NEVER, 0, 0, 0, child(5)
        play    2, L4_SHORT, L4_NEVER, 1, 2, L4_NO_IPC, child(5)
        play    3, L4_NO_IPC, SECOND, 0, 0, 0, child(5)
        play    4, L4_SHORT, SECOND, 1, 2, 0, child(5)
        end_child 5
        told    1, PUPPET_EAX, L4_NOT_EXISTENT
        told    2, PUPPET_EAX, L4_NOT_EXISTENT
        told    3, PUPPET_EAX, L4_NOT_EXISTENT
        told    4, PUPPET_EAX, L4_NOT_EXISTENT
        jmp     passed

busy_ones:
        group   "in the midst of an ipc"
        new_child 6, 0
        play    6, L4_SHORT, L4_NEVER, 1, 2, L4_NO_IPC, L4_ROOT_LOW     ; waits for us
        end_child 6
        call    nobody_sends
        new_child 7, 0
        order   7, PUPPET_PEEK, X                                       ; its page fault waits for us
        call    let_run
        end_child 7
        call    nobody_sends
        new_child 8, 0
        play    8, L4_NO_IPC, SECOND, 0, 0, L4_RECEIVE_OPEN, L4_NIL     ; waits for anybody, for some time
        end_child 8
        play    1, L4_NO_IPC, SECOND, 0, 0, 0, L4_NIL
        call    let_run
        told    1, PUPPET_EAX, L4_RECEIVE_TIMEOUT
        jmp     passed

; There is no message for us.
nobody_sends:
        ipc     L4_NO_IPC, TEN_MS, 0, 0, L4_RECEIVE_OPEN, L4_NIL
        expect  eax, L4_RECEIVE_TIMEOUT
        ret

lthreads:
        group   "all its threads"
        new_child 9, 0
        order   9, PUPPET_EAX, 5
        order   9, PUPPET_ECX, child_stacks + PAGE / 2
        order   9, PUPPET_EDX, puppet_code
        order   9, PUPPET_EBX, -1
        order   9, PUPPET_EBP, -1
        order   9, PUPPET_ESI, -1
        order   9, PUPPET_EDI, -1
        order   9, PUPPET_CALL, L4_LTHREAD_EX_REGS
        call    serve_start
        ipc     L4_SHORT, SECOND, PUPPET_TELL, 0, 0, child(9) + (5 << L4_LTHREAD_SHIFT)
        expect  eax, 0
        end_child 9
        dead    child(9)
        dead    child(9) + (5 << L4_LTHREAD_SHIFT)
        jmp     passed

unmapped:
        group   "its space"
        mov     dword [page], TEXT
        new_child 10, 0
        give    10, 0, page + RW, X + L4_PAGE
        pass    10, 1, 0, X + RW, Y + L4_PAGE
        sees    1, Y, TEXT
        end_child 10
        faults  1, Y
        expect  dword [page], TEXT
        jmp     passed

refused:
        group   "what is not allowed"
        make_inactive L4_NIL, L4_NIL
        expect  esi, L4_NIL
        make_inactive L4_SIGMA0_LOW, L4_NIL
        expect  esi, L4_NIL
        make_inactive L4_ROOT_LOW, L4_NIL
        expect  esi, L4_NIL
        make_inactive child(2), child(11)       ; there is no such chief
        expect  esi, L4_NIL
        make_inactive child(2), child(2)
        expect  esi, L4_NIL
        told    2, PUPPET_ESI, child(5)         ; it lives
        play_task_new 1, child(2), child(1)     ; not its own
        told    1, PUPPET_ESI, L4_NIL
        told    1, PUPPET_EDI, L4_NIL
        play_task_new 1, L4_ROOT_LOW, child(1)
        told    1, PUPPET_ESI, L4_NIL
        play_task_new 1, INNER_TASK, child(1)
        told    1, PUPPET_ESI, L4_NIL
        told    2, PUPPET_ESI, child(5)
        jmp     passed

rights:
        group   "the right to make a task"
        make_inactive INNER_TASK, child(1)
        expect  esi, INNER_TASK | 1
        expect  edi, inner_high(1)
        play_task_new 2, INNER_TASK, child(2)
        told    2, PUPPET_ESI, L4_NIL
        play_task_new 1, INNER_TASK, child(1)
        told    1, PUPPET_ESI, INNER_TASK | 2
        told    1, PUPPET_EDI, inner_high(1)
        play    1, L4_NO_IPC, SECOND, 0, 0, L4_RECEIVE_OPEN, L4_NIL     ; its first page fault
        told    1, PUPPET_EAX, 0
        told    1, PUPPET_ESI, INNER_TASK | 2
        told    1, PUPPET_EDI, inner_high(1)
        told    1, PUPPET_EDX, puppet_code
        make_inactive child(1), INNER_TASK | 2  ; a chief below
        expect  esi, L4_NIL
        told    1, PUPPET_ESI, INNER_TASK | 2
        jmp     passed

clan:
        group   "a chief's clan"
        play    3, L4_SHORT, L4_NEVER, 1, 2, 0, L4_ROOT_LOW
        end_child 1
        play_task_new 2, INNER_TASK, child(2)
        told    2, PUPPET_ESI, L4_NIL
        mov     esi, INNER_TASK                 ; the right is ours again
        mov     eax, 1
        call    serve_call
        call    make_child
        expect  esi, INNER_TASK | 3
        expect  edi, L4_INITIAL_HIGH
        make_inactive INNER_TASK, child(2)      ; and somebody's above whose maker we are
        expect  edi, inner_high(2)
        play_task_new 2, INNER_TASK, child(2)
        told    2, PUPPET_ESI, INNER_TASK | 5
        make_inactive INNER_TASK, L4_NIL        ; may end it too
        expect  esi, INNER_TASK | 6
        expect  edi, L4_INITIAL_HIGH
        jmp     passed

; Answers the call of child 3. Keeps EAX, ESI.
serve_call:
        pushad
        ipc     L4_NO_IPC, SECOND, 0, 0, 0, child(3)
        expect  eax, 0
        ipc     L4_SHORT, NOW, 0, 0, L4_NO_IPC, child(3)
        popad
        ret

PRIORITY        equ 128                         ; of the root task
SLICE           equ 11 << 20 | 39 << 24         ; the time slice that all have, as a part of the parameter word
BELOW_TASK      equ (FIRST_PUPPET + 21) << L4_TASK_SHIFT        ; one that a child with a limit makes

; id_low, id_high: EAX, EDX:ECX = what thread_schedule tells
%macro ask_schedule 2
        mov     eax, -1
        mov     ebx, -1
        mov     esi, %1
        mov     edi, %2
        int     L4_THREAD_SCHEDULE
%endmacro

; id_low, id_high, its priority
%macro has_priority 3
        ask_schedule %1, %2
        movzx   eax, al
        expect  eax, %3
%endmacro

; child, priority that it wants to have
%macro wants_priority 2
        order   %1, PUPPET_EAX, (%2) | SLICE
        order   %1, PUPPET_EBX, -1
        order   %1, PUPPET_ESI, child(%1)
        order   %1, PUPPET_EDI, L4_INITIAL_HIGH
        order   %1, PUPPET_CALL, L4_THREAD_SCHEDULE
        call    let_run
%endmacro

; child, its maximum controlled priority
%macro new_controlled_child 2
        mov     esi, (FIRST_PUPPET + %1) << L4_TASK_SHIFT
        xor     eax, eax
        mov     ebx, %2
        call    make_controlled_child
        expect  esi, child(%1)
%endmacro

controlled:
        group   "the maximum controlled priority"
        new_controlled_child 13, PRIORITY
        wants_priority 13, PRIORITY + 1
        has_priority child(13), L4_INITIAL_HIGH, PRIORITY
        wants_priority 13, PRIORITY - 1
        has_priority child(13), L4_INITIAL_HIGH, PRIORITY - 1
        wants_priority 13, PRIORITY
        has_priority child(13), L4_INITIAL_HIGH, PRIORITY
        new_controlled_child 14, PRIORITY - 1
        wants_priority 14, PRIORITY - 1         ; what it has is above its limit
        has_priority child(14), L4_INITIAL_HIGH, PRIORITY
        end_child 14
        jmp     passed

; Child 13 asks for more than it has itself. The task has no stack.
inherited:
        group   "which no task that it makes exceeds"
        make_inactive BELOW_TASK, child(13)
        expect  edi, inner_high(13)
        lock or dword [below_code], 0           ; it must be ours
        give    13, 0, below_code + L4_PAGE, X + L4_PAGE
        order   13, PUPPET_EAX, 255
        order   13, PUPPET_EDX, below_code
        order   13, PUPPET_EBX, child(13)
        order   13, PUPPET_EBP, L4_INITIAL_HIGH
        order   13, PUPPET_ESI, BELOW_TASK
        order   13, PUPPET_CALL, L4_TASK_NEW
        call    let_run
        told    13, PUPPET_ESI, BELOW_TASK | 2
        play    13, L4_NO_IPC, SECOND, 0, 0, L4_RECEIVE_OPEN, L4_NIL
        told    13, PUPPET_EDX, below_code      ; its page fault
        order   13, PUPPET_EAX, L4_SEND_FPAGE
        order   13, PUPPET_EBX, X + L4_PAGE
        order   13, PUPPET_EBP, L4_NO_IPC
        order   13, PUPPET_CALL, L4_IPC
        call    let_run
        has_priority BELOW_TASK | 2, inner_high(13), PRIORITY - 1
        end_child 13
        jmp     passed

; Spins, and ends.
time_spent:
        group   "its processor time goes to who ends it"
        new_child 15, 0
        order   15, PUPPET_JUMP, puppet_code.jump       ; over and over
        ipc     L4_NO_IPC, FIFTY_MS, 0, 0, 0, L4_NIL
        ask_schedule child(15), L4_INITIAL_HIGH
        mov     [count], ecx
        sub     ecx, 20000
        cmp     ecx, 60000
        sbb     eax, eax
        expect  eax, -1
        ask_schedule L4_ROOT_LOW, L4_INITIAL_HIGH
        push    ecx
        end_child 15
        ask_schedule L4_ROOT_LOW, L4_INITIAL_HIGH
        pop     eax
        sub     ecx, eax
        sub     ecx, [count]
        cmp     ecx, 10000                      ; and what it took
        sbb     eax, eax
        expect  eax, -1
        jmp     passed

; A message in memory that is not there yet: a page fault of the kernel's.
fault_in_message:
        group   "a page fault in a message"
        play    4, L4_NO_IPC, SECOND, 0, 0, L4_RECEIVE_OPEN, L4_NIL
        play    3, X, SECOND, 11, 12, L4_NO_IPC, child(4)
        mov     dword [page], 0
        ipc     L4_NO_IPC, SECOND, 0, 0, L4_RECEIVE_OPEN, L4_NIL
        expect  eax, 0
        expect  esi, child(3)
        and     edx, -PAGE | 2
        expect  edx, X                          ; somewhere there, to be read
        expect  ebx, -1
        ipc     L4_SEND_FPAGE, NOW, X, page + RW, L4_NO_IPC, child(3)
        expect  eax, 0
        call    let_run
        told    3, PUPPET_EAX, 0
        told    4, PUPPET_ESI, child(3)
        jmp     passed

MANY            equ 150                         ; more than there is memory for at once

many:
        group   "many, one after the other"
        mov     dword [count], MANY
.next:
        mov     esi, child(12)
        mov     eax, 1
        call    make_child
        test    esi, esi
        setnz   al
        expect  al, 1
        dec     dword [count]
        jnz     .next
        expect  esi, child(12) + MANY - 1
        expect  edi, L4_INITIAL_HIGH
        make_inactive child(12), L4_NIL
        expect  esi, child(12) + MANY
        jmp     passed

%include "children-code.inc"
page:           times PAGE db 0

; What a task that child 13 makes does: it lowers its priority, tries to raise it above the limit, and sleeps.
below_code:
        xor     esi, esi
        int     L4_ID_NEAREST
        mov     ebx, -1
        mov     eax, PRIORITY - 1 | SLICE
        int     L4_THREAD_SCHEDULE
        xor     esi, esi
        int     L4_ID_NEAREST
        mov     ebx, -1
        mov     eax, PRIORITY + 1 | SLICE
        int     L4_THREAD_SCHEDULE
        ipc     L4_NO_IPC, L4_NEVER, 0, 0, 0, L4_NIL
        align   PAGE
%include "test-report.inc"

count:          dd 0
