; What happens to threads and tasks meanwhile. See test.inc and children.inc.

        bits 32
%include "children.inc"
%include "test.inc"

%ifndef ORIGIN
%define ORIGIN 0x00280000
%endif
        org ORIGIN

INNER           equ 20                          ; as number of a child: a task of a child's
INNER_TASK      equ (FIRST_PUPPET + INNER) << L4_TASK_SHIFT

; the id_high of tasks that a child makes
%define inner_high(n) ((FIRST_PUPPET + n) << L4_CHIEF_SHIFT | 1 << L4_NEST_SHIFT)

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
        call    waited_for
        call    rivals
        jmp     all_passed

; what, value: an order to another thread of child 2
%macro order_other 2
        ipc     L4_SHORT, SECOND, %1, %2, L4_NO_IPC, child(2) + (5 << L4_LTHREAD_SHIFT)
        expect  eax, 0
%endmacro

; A page fault goes to a pager in another clan, and when that takes it somebody already waits to send to the thread: it
; then goes on to wait for the answer, and after that where the fault was.
waited_for:
        group   "a page fault of a thread that is sent to"
        make_inactive INNER_TASK, child(2)
        play_task_new 2, INNER_TASK, child(2)
        told    2, PUPPET_ESI, INNER_TASK | 2
        order   2, PUPPET_EAX, 5
        order   2, PUPPET_ECX, child_stacks + PAGE / 2
        order   2, PUPPET_EDX, puppet_code
        order   2, PUPPET_EBX, -1
        order   2, PUPPET_EBP, -1
        order   2, PUPPET_ESI, -1
        order   2, PUPPET_EDI, -1
        order   2, PUPPET_CALL, L4_LTHREAD_EX_REGS
        call    serve_start
        order_other PUPPET_EAX, L4_SHORT
        order_other PUPPET_ECX, L4_NEVER
        order_other PUPPET_EBP, L4_NO_IPC
        order_other PUPPET_ESI, INNER_TASK | 2
        order_other PUPPET_EDI, inner_high(2)
        order_other PUPPET_GO, 0
        call    let_run
        play    2, L4_NO_IPC, SECOND, 0, 0, L4_RECEIVE_OPEN, L4_NIL
        told    2, PUPPET_EAX, 0
        told    2, PUPPET_ESI, INNER_TASK | 2
        told    2, PUPPET_EDX, puppet_code
        order   2, PUPPET_EAX, L4_SEND_FPAGE
        order   2, PUPPET_EDX, puppet_code
        order   2, PUPPET_EBX, puppet_code + L4_PAGE
        order   2, PUPPET_GO, 0
        call    let_run
        told    2, PUPPET_EAX, 0                ; now it wants its stack
        told    2, PUPPET_ESI, INNER_TASK | 2
        told    2, PUPPET_EBX, puppet_code
        end_child 2
        jmp     passed

RIVAL_TASK      equ child(18)
RACES           equ 40
SHORT_SLICES    equ 128 | 15 << 20 | 1 << 24    ; priority 128, slices of one tick
USUAL_SLICES    equ 128 | 11 << 20 | 39 << 24

; Two threads that make the same task again and again, among so many tasks that the end of one lets others run.
rivals:
        group   "two that make the same task"
        mov     eax, 13
.child:
        push    eax
        lea     esi, [eax + FIRST_PUPPET]
        shl     esi, L4_TASK_SHIFT
        xor     eax, eax
        call    make_child
        pop     eax
        inc     eax
        cmp     eax, 18
        jb      .child
        mov     eax, 1
        mov     ecx, rival_stack_end
        mov     edx, rival
        or      esi, -1
        mov     ebx, esi
        mov     edi, esi
        mov     ebp, esi
        int     L4_LTHREAD_EX_REGS
        expect  eax, 0
        mov     eax, SHORT_SLICES
        call    set_slices
        mov     dword [count], RACES
.next:
        call    make_rival
        dec     dword [count]
        jnz     .next
.wait:
        xor     esi, esi
        int     L4_THREAD_SWITCH
        cmp     dword [rival_count], 0
        jne     .wait
        mov     eax, USUAL_SLICES
        call    set_slices
        make_inactive RIVAL_TASK, L4_NIL
        and     esi, L4_TASK_MASK << L4_TASK_SHIFT
        expect  esi, RIVAL_TASK - 1
        call    nobody_sends
        jmp     passed

rival:
        call    make_rival
        xor     esi, esi
        int     L4_THREAD_SWITCH
        dec     dword [rival_count]
        jnz     rival
        ipc     L4_NO_IPC, L4_NEVER, 0, 0, 0, L4_NIL

make_rival:
        mov     esi, RIVAL_TASK
        mov     eax, 255
        mov     ecx, child_stacks + PAGE
        mov     edx, puppet_code
        mov     ebx, L4_ROOT_LOW
        mov     ebp, L4_INITIAL_HIGH
        int     L4_TASK_NEW
        ret

; This thread gets the priority and the time slices EAX.
set_slices:
        mov     esi, L4_ROOT_LOW
        mov     edi, L4_INITIAL_HIGH
        mov     ebx, L4_INVALID
        mov     ebp, ebx
        int     L4_THREAD_SCHEDULE
        ret

; There is no message for us.
nobody_sends:
        ipc     L4_NO_IPC, TEN_MS, 0, 0, L4_RECEIVE_OPEN, L4_NIL
        expect  eax, L4_RECEIVE_TIMEOUT
        ret

%include "children-code.inc"
%include "test-report.inc"

count:          dd 0
rival_count:    dd RACES
rival_stack:    times 128 db 0
rival_stack_end:
