; What the kernel provides for threads: lthread_ex_regs, thread_schedule, thread_switch, priorities and time slices.
; See test.inc.

        bits 32
%include "test.inc"
%include "thread.inc"

%ifndef ORIGIN
%define ORIGIN 0x00230000
%endif
        org ORIGIN

section .text
global _start
_start:
        call    ask_console
        call    creation
        call    no_creation
        call    old_values
        call    out_of_receive
        call    out_of_short_wait
        call    out_of_send
        call    out_of_fault
        call    out_of_death
        call    itself
        call    states
        call    partners
        call    no_thread
        call    preempters
        call    parameters
        call    preemption
        call    own_priority
        call    yielding
        call    donation
        call    round_robin
        call    slices
        call    strictness
        call    processor_time
        call    timeout_left
        call    crowd
        jmp     all_passed

; The programs of the other threads.

; Tells the root thread what EAX, EBX and ESP are, and sleeps.
tell:
        mov     edx, eax
        mov     [told_esp], esp
        ipc     L4_SHORT, L4_NEVER, edx, ebx, L4_NO_IPC, L4_ROOT_LOW
        jmp     sleep
receiver:
        ipc     L4_NO_IPC, SECOND, 0, 0, L4_RECEIVE_OPEN, L4_NIL
        jmp     tell
short_receiver:
        ipc     L4_NO_IPC, L4_NEVER, 0, 0, 0, L4_ROOT_LOW
        jmp     tell
sender:
        ipc     L4_SHORT, L4_NEVER, 0, 0, L4_NO_IPC, L4_ROOT_LOW
        jmp     tell
faulty:
        mov     ebx, 4711
        mov     eax, [NOWHERE]
        jmp     tell
illegal:
        db      0x0F, 0x0B
        jmp     tell
counter:
        ipc     L4_NO_IPC, L4_NEVER, 0, 0, 0, L4_ROOT_LOW
        inc     dword [count]
        jmp     counter
server:
        mov     esi, L4_NO_IPC
.next:
        ipc     esi, L4_NEVER, edx, ebx, L4_RECEIVE_OPEN, L4_ROOT_LOW
        inc     edx
        xor     esi, esi
        jmp     .next
spin_1:
        inc     dword [spins]
        jmp     spin_1
spin_2:
        inc     dword [spins + 4]
        jmp     spin_2
one_of_many:
        lock inc dword [count]
        jmp     sleep

NOWHERE         equ 0x10                        ; sigma0 does not answer

creation:
        group   "lthread_ex_regs creates a thread"
        mov     dword [told_esp], 0
        start   1, tell
        expect  eax, 0
        expect  ecx, -1
        expect  edx, -1
        expect  ebx, -1
        expect  ebp, -1
        expect  esi, -1
        expect  edi, -1
        ipc     L4_NO_IPC, SECOND, 0, 0, L4_RECEIVE_OPEN, L4_NIL
        expect  eax, 0
        expect  esi, own(1)
        expect  edi, L4_INITIAL_HIGH
        expect  edx, 0
        expect  dword [told_esp], stack_of(1)
        jmp     passed

no_creation:
        group   "but not without stack or place"
        ex_regs 2, tell, UNCHANGED
        expect  eax, -1
        ex_regs 2, UNCHANGED, stack_of(2)
        expect  eax, -1
        ipc     L4_SHORT, NOW, 0, 0, L4_NO_IPC, own(2)
        expect  eax, L4_NOT_EXISTENT
        jmp     passed

old_values:
        group   "lthread_ex_regs tells the old values"
        start   1, receiver
        call    let_run
        ex_regs 1, UNCHANGED, UNCHANGED
        and     eax, 0x202
        expect  eax, 0x202
        expect_between ecx, stack_of(0), stack_of(1)
        expect_between edx, receiver, receiver + 40
        expect  esi, L4_SIGMA0_LOW
        expect  edi, L4_INITIAL_HIGH
        expect  ebx, 0
        expect  ebp, 0
        mov     eax, 1
        mov     ecx, UNCHANGED
        mov     edx, UNCHANGED
        mov     esi, puppet(0)
        mov     edi, L4_INITIAL_HIGH
        mov     ebx, puppet(1)
        mov     ebp, L4_INITIAL_HIGH
        int     L4_LTHREAD_EX_REGS
        expect  esi, L4_SIGMA0_LOW
        expect  ebx, 0
        expect_state 1, 0xC                                     ; it waits on
        ex_regs 1, UNCHANGED, UNCHANGED
        expect  esi, puppet(0)
        expect  ebx, puppet(1)
        expect  ebp, L4_INITIAL_HIGH
        mov     eax, 1
        mov     ecx, UNCHANGED
        mov     edx, UNCHANGED
        mov     esi, L4_SIGMA0_LOW
        mov     edi, L4_INITIAL_HIGH
        xor     ebx, ebx
        xor     ebp, ebp
        int     L4_LTHREAD_EX_REGS
        expect  esi, puppet(0)
        jmp     passed

; Restarts thread 1 at `tell`: EDX = the EAX it finds, EBX its EBX.
restart:
        call    let_run
        start   1, tell
        ipc     L4_NO_IPC, SECOND, 0, 0, 0, own(1)
        expect  eax, 0
        ret

out_of_receive:
        group   "a restart ends a receive with a timeout"
        start   1, receiver
        call    restart
        expect  edx, L4_RECEIVE_CANCELLED
        jmp     passed

out_of_short_wait:
        group   "a restart ends a receive without"
        start   1, short_receiver
        call    restart
        expect  edx, L4_RECEIVE_CANCELLED
        jmp     passed

out_of_send:
        group   "a restart ends a send"
        start   1, sender
        call    restart
        expect  edx, L4_SEND_CANCELLED
        ipc     L4_NO_IPC, NOW, 0, 0, L4_RECEIVE_OPEN, L4_NIL   ; it waits no longer to send
        expect  eax, L4_RECEIVE_TIMEOUT
        jmp     passed

out_of_fault:
        group   "a restart ends a page fault, and registers stay"
        start   1, faulty
        call    let_run
        expect_state 1, 0x1                                     ; it runs, with its pager
        call    restart
        expect  ebx, 4711
        jmp     passed

out_of_death:
        group   "a restart revives a halted thread"
        start   1, illegal
        call    let_run
        expect_state 1, 0xF
        ex_regs 1, UNCHANGED, UNCHANGED
        expect  edx, illegal
        expect_state 1, 0xF
        call    restart
        expect  dword [told_esp], stack_of(1)
        jmp     passed

itself:
        group   "a thread restarts itself"
        ex_regs 0, .there, UNCHANGED
        call    failed
.there:
        expect  eax, eax
        jmp     passed

states:
        group   "thread_schedule tells states"
        expect_state 0, 0x0
        start   1, receiver
        call    let_run
        expect_state 1, 0xC
        start   1, short_receiver
        call    let_run
        expect_state 1, 0xC
        start   1, sender
        call    let_run
        expect_state 1, 0xD
        start   1, faulty
        call    let_run
        expect_state 1, 0x1
        start   1, illegal
        call    let_run
        expect_state 1, 0xF
        start   1, spin_1
        expect_state 1, 0x0
        start   1, receiver
        jmp     passed

partners:
        group   "thread_schedule tells partners"
        start   1, receiver
        call    let_run
        schedule own(1), UNCHANGED
        expect  esi, 0
        expect  edi, 0
        start   1, short_receiver
        call    let_run
        schedule own(1), UNCHANGED
        expect  esi, L4_ROOT_LOW
        expect  edi, L4_INITIAL_HIGH
        start   1, sender
        call    let_run
        schedule own(1), UNCHANGED
        expect  esi, L4_ROOT_LOW
        expect  edi, L4_INITIAL_HIGH
        start   1, faulty
        call    let_run
        schedule own(1), UNCHANGED
        expect  esi, L4_SIGMA0_LOW
        jmp     passed

no_thread:
        group   "thread_schedule knows who does not exist"
        schedule own(7), UNCHANGED
        expect  eax, -1
        expect  esi, 0
        expect  ecx, 0
        schedule L4_NIL, UNCHANGED
        expect  eax, -1
        jmp     passed

preempters:
        group   "preempters are remembered"
        mov     eax, UNCHANGED
        mov     esi, own(1)
        mov     edi, L4_INITIAL_HIGH
        mov     ebx, puppet(2)
        mov     ebp, L4_INITIAL_HIGH
        int     L4_THREAD_SCHEDULE
        expect  ebx, 0
        expect  ebp, 0
        schedule own(1), UNCHANGED
        expect  ebx, puppet(2)
        expect  ebp, L4_INITIAL_HIGH
        jmp     passed

parameters:
        group   "parameters are told as they were set"
        schedule own(1), 100 | 3 << 8 | DEFAULT_SLICE
        and     eax, 0xFFF0FFFF
        expect  eax, PRIORITY | DEFAULT_SLICE
        schedule own(1), UNCHANGED
        and     eax, 0xFFF0FFFF
        expect  eax, 100 | 3 << 8 | DEFAULT_SLICE
        schedule own(1), PRIORITY | DEFAULT_SLICE
        jmp     passed

preemption:
        group   "a thread of higher priority runs at once"
        mov     dword [count], 0
        start   1, counter
        call    let_run
        schedule own(1), PRIORITY + 1 | DEFAULT_SLICE
        ipc     L4_SHORT, L4_NEVER, 0, 0, L4_NO_IPC, own(1)
        expect  dword [count], 1
        schedule own(1), PRIORITY - 1 | DEFAULT_SLICE
        ipc     L4_SHORT, L4_NEVER, 0, 0, L4_NO_IPC, own(1)
        expect  dword [count], 1
        schedule own(1), PRIORITY + 1 | DEFAULT_SLICE           ; it is ready, so it runs now
        expect  dword [count], 2
        schedule own(1), PRIORITY | DEFAULT_SLICE
        jmp     passed

own_priority:
        group   "who lowers its own priority waits"
        mov     dword [count], 0
        start   1, counter
        call    let_run
        ipc     L4_SHORT, L4_NEVER, 0, 0, L4_NO_IPC, own(1)
        expect  dword [count], 0
        schedule L4_ROOT_LOW, PRIORITY - 1 | DEFAULT_SLICE
        expect  dword [count], 1
        schedule L4_ROOT_LOW, PRIORITY | DEFAULT_SLICE
        jmp     passed

yielding:
        group   "thread_switch, to a thread and to anybody"
        mov     dword [count], 0
        start   1, counter
        call    let_run
        schedule own(1), PRIORITY - 1 | DEFAULT_SLICE
        ipc     L4_SHORT, L4_NEVER, 0, 0, L4_NO_IPC, own(1)
        xor     esi, esi
        xor     edi, edi
        int     L4_THREAD_SWITCH                                ; not to one of lower priority
        expect  dword [count], 0
        mov     esi, own(1)
        mov     edi, L4_INITIAL_HIGH
        int     L4_THREAD_SWITCH
        expect  dword [count], 1
        schedule own(1), PRIORITY | DEFAULT_SLICE
        ipc     L4_SHORT, L4_NEVER, 0, 0, L4_NO_IPC, own(1)
        xor     esi, esi
        int     L4_THREAD_SWITCH
        expect  dword [count], 2
        jmp     passed

donation:
        group   "a call runs its server on the caller's time slice"
        mov     dword [spins], 0
        start   1, server
        call    let_run
        schedule own(1), PRIORITY - 20 | DEFAULT_SLICE
        call    spinners_wait
        ipc     L4_SHORT, L4_NEVER, 1, 2, 0, own(1)             ; the short path
        expect  eax, 0
        expect  edx, 2
        ipc     L4_SHORT, SECOND, 5, 2, 0, own(1)               ; the other
        expect  eax, 0
        expect  edx, 6
        expect  dword [spins], 0
        jmp     stop_spinners

; Thread 3 spins with less priority than the root thread and more than the server.
spinners_wait:
        start   3, spin_1
        schedule own(3), PRIORITY - 10 | DEFAULT_SLICE
        ret

stop_spinners:
        start   2, sleep
        start   3, sleep
        schedule own(2), PRIORITY | DEFAULT_SLICE
        schedule own(3), PRIORITY | DEFAULT_SLICE
        call    let_run
        jmp     passed

; Lets threads 2 and 3 spin below the root thread: for 61 ms.
SIXTY_MS        equ 0x3C0A00AA                  ; 60 * 4^5 us
spin_both:
        mov     dword [spins], 0
        mov     dword [spins + 4], 0
        ipc     L4_NO_IPC, SIXTY_MS, 0, 0, 0, L4_NIL
        expect  eax, L4_RECEIVE_TIMEOUT
        mov     eax, [spins]
        mov     edx, [spins + 4]
        ret

round_robin:
        group   "threads of the same priority share the time"
        start   2, spin_1
        start   3, spin_2
        schedule own(2), PRIORITY - 1 | DEFAULT_SLICE
        schedule own(3), PRIORITY - 1 | DEFAULT_SLICE
        call    spin_both
        mov     ecx, eax
        shr     ecx, 1
        lea     ebx, [eax * 2]
        expect_between edx, ecx, ebx
        jmp     passed

slices:
        group   "and longer time slices get more"
        schedule own(2), PRIORITY - 1 | 10 << 20 | 20 << 24     ; 20 ms
        schedule own(3), PRIORITY - 1 | 11 << 20 | 16 << 24     ; 4 ms
        call    spin_both
        shr     eax, 1
        expect_between edx, 1, eax
        jmp     passed

strictness:
        group   "threads of lower priority get nothing"
        schedule own(3), PRIORITY - 2 | DEFAULT_SLICE
        call    spin_both
        expect  edx, 0
        jmp     stop_spinners

processor_time:
        group   "thread_schedule tells processor time"
        start   2, spin_1
        schedule own(2), PRIORITY - 1 | DEFAULT_SLICE
        mov     [before], ecx
        expect  edx, 0
        call    spin_both
        schedule own(2), UNCHANGED
        sub     ecx, [before]
        expect_between ecx, 44000, 80000
        start   2, sleep
        schedule own(2), PRIORITY | DEFAULT_SLICE
        call    let_run
        jmp     passed

timeout_left:
        group   "thread_schedule tells what is left of a timeout"
        start   1, receiver
        call    let_run
        schedule own(1), UNCHANGED
        mov     ecx, edx                                        ; mantissa:8, exponent:4, 0:20
        shr     ecx, 20
        and     ecx, 15
        expect_between ecx, 1, 15
        neg     ecx
        add     ecx, 15
        add     ecx, ecx
        shr     edx, 24
        shl     edx, cl
        expect_between edx, 700000, 1060000
        start   1, short_receiver
        call    let_run
        schedule own(1), UNCHANGED
        expect  edx, 0
        jmp     passed

crowd:
        group   "128 threads in a task"
        mov     dword [count], 0
        mov     dword [before], THREADS
.next:
        ex_regs [before], one_of_many, stack_of(0)              ; they use no stack
        expect  eax, 0
        inc     dword [before]
        cmp     dword [before], 128
        jb      .next
        call    let_run
        expect  dword [count], 128 - THREADS
        jmp     passed

%include "test-report.inc"

before:         dd 0
count:          dd 0
told_esp:       dd 0
spins:          dd 0, 0
                align 16
stacks:         times THREADS * STACK db 0
