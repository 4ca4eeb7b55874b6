; The root task of the hostile tasks: it makes them and is their pager, counts their system calls, ends them when they do
; not make any, or at random, and makes them again. Beside it plays a ping-pong with task 5 that has to stay right. The
; run ends after so many system calls, or with status 1 at the first wrong answer.
; Command line: n=CALLS s=SEED.

        bits 32
%include "l4.inc"
layout kip, "kip.layout"

PAGE            equ 4096
PONG_LOW        equ ((L4_ROOT_TASK + 1) << L4_TASK_SHIFT) | 1
DEFAULT_CALLS   equ 50000
FORGED          equ 20000                       ; more calls than can be between two looks: 5,000,000 cycles, 250 for a call
LOOK            equ 16                          ; messages from one look to the next
CHECK_US        equ 100000                      ; from one look after the tasks to the next
PRIORITY        equ 200                         ; of this task and its partner
HOSTILE_PRIORITY equ 100                        ; of what it makes
HOSTILE_MCP     equ 127                         ; and what that can make of it: less than sigma0's
INTERVAL        equ 0x0A00FFAA                  ; 10 ms to receive, none to send, nor for page faults
TRIPS           equ 8                           ; round trips between two pauses
INFO            equ 0x60000000
INFO_WINDOW     equ INFO | L4_PAGE | L4_RECEIVE_FPAGE

%include "hostile.inc"

%ifndef ORIGIN
%define ORIGIN 0x00280000
%endif
        org ORIGIN

section .text
global _start
_start:
        mov     esi, [ebx + 16]
        mov     eax, DEFAULT_CALLS
        call    parse_count
        mov     [wanted], eax
        mov     esi, [ebx + 16]
        mov     eax, 1
        mov     cl, 's'
        call    parse_letter
        mov     [first_seed], eax
        mov     [own_block + BLOCK_SEED], eax
        call    ask_console
        call    ask_info
        call    touch_pages
        mov     esi, L4_ROOT_LOW
        mov     edx, PRIORITY
        call    set_priority
        mov     esi, PONG_LOW
        mov     edx, PRIORITY
        call    set_priority
        call    start_pinger
        xor     ebx, ebx
.task:
        call    make_task
        inc     ebx
        cmp     ebx, HOSTILE_TASKS
        jb      .task

wait_fault:
        mov     eax, L4_NO_IPC
        mov     ecx, INTERVAL
        mov     ebp, L4_RECEIVE_OPEN
        int     L4_IPC
.received:
        push    eax
        call    look
        pop     eax
        test    al, L4_ERROR_MASK
        jnz     wait_fault
        call    find_page
        jc      wait_fault
        mov     ecx, INTERVAL
        mov     ebp, L4_RECEIVE_OPEN
        int     L4_IPC
        jmp     .received

%include "info.inc"

; All pages that may be given away are there, to write.
touch_pages:
        mov     eax, hostile_code
.code:
        lock or dword [eax], 0
        add     eax, PAGE
        cmp     eax, hostile_code_end
        jb      .code
        mov     eax, counts
.memory:
        lock or dword [eax], 0
        add     eax, PAGE
        cmp     eax, memory_end
        jb      .memory
        ret

start_pinger:
        mov     eax, 1
        mov     ecx, pinger_stack_end
        mov     edx, pinger
        or      esi, -1
        mov     edi, esi
        mov     ebx, esi
        mov     ebp, esi
        int     L4_LTHREAD_EX_REGS
        ret

; Hostile task EBX starts, or starts again. Keeps EBX, ESI, EDI, EDX.
make_task:
        pushad
        inc     dword [tasks_made]
        lea     esi, [ebx + FIRST_HOSTILE]
        shl     esi, L4_TASK_SHIFT
        inc     esi
        mov     edi, L4_INITIAL_HIGH
        push    ebx
        mov     eax, HOSTILE_MCP
        mov     ecx, HOSTILE_DATA + BLOCK
        mov     edx, hostile_first
        mov     ebx, L4_ROOT_LOW
        mov     ebp, L4_INITIAL_HIGH
        int     L4_TASK_NEW
        pop     ebx
        mov     [ids + ID_HOSTILE * 8 + ebx * 8], esi
        mov     [ids + ID_HOSTILE * 8 + ebx * 8 + 4], edi
        mov     [ids + ID_SELF * 8], esi
        mov     [ids + ID_SELF * 8 + 4], edi
        pushad
        mov     edx, HOSTILE_PRIORITY           ; not the one of its creator
        call    set_priority
        popad
        call    give_numbers
        call    fill_data
        popad
        ret

; The hostile task EBX, of id ESI, has the right to make its children. Keeps EBX.
give_numbers:
        xor     ecx, ecx
.child:
        push    ebx
        push    ecx
        push    esi
        mov     eax, esi
        lea     esi, [ecx + ebx * CHILDREN + FIRST_CHILD]
        shl     esi, L4_TASK_SHIFT
        inc     esi
        mov     edi, L4_INITIAL_HIGH
        xor     ebx, ebx
        xor     ebp, ebp
        int     L4_TASK_NEW
        mov     eax, esi
        pop     esi
        pop     ecx
        pop     ebx
        mov     [ids + ID_CHILD * 8 + ecx * 8], eax
        mov     [ids + ID_CHILD * 8 + ecx * 8 + 4], edi
        inc     ecx
        cmp     ecx, CHILDREN
        jb      .child
        ret

; The data pages of hostile task EBX as they are in the beginning.
fill_data:
        imul    edi, ebx, PAGES_EACH * PAGE
        add     edi, data_pages
        mov     dword [ids + ID_PAGER * 8], L4_ROOT_LOW
        call    fill_page
        mov     eax, [ids + ID_SELF * 8]        ; for its children, which have none
        mov     [ids + ID_PAGER * 8], eax
        xor     eax, eax
        mov     [ids + ID_SELF * 8], eax
        mov     [ids + ID_CHILD * 8], eax
        mov     [ids + (ID_CHILD + 1) * 8], eax
        mov     dword [left], CHILDREN
.child:
        call    fill_page
        dec     dword [left]
        jnz     .child
        ret

; The data page EDI, which moves on: seeds and ids.
fill_page:
        mov     ebp, own_block
        mov     edx, THREADS
.block:
        call    random
        stosd
        xor     eax, eax
        mov     ecx, BLOCK / 4 - 1
        rep     stosd
        dec     edx
        jnz     .block
        mov     esi, ids
        mov     ecx, ID_COUNT * 2
        rep     movsd
        add     edi, PAGE - (THREADS * BLOCK + ID_COUNT * 8)
        ret

; The answer to the page fault at EDX of ESI:EDI: EAX send descriptor, EDX send base, EBX fpage. CF set if it gets none.
; Keeps ESI, EDI. What is nowhere in particular is scratch memory, mostly.
find_page:
        mov     ecx, esi
        shr     ecx, L4_TASK_SHIFT
        and     ecx, L4_TASK_MASK
        sub     ecx, FIRST_HOSTILE
        cmp     ecx, HOSTILE_TASKS
        cmc
        jc      .end
        and     edx, -PAGE
        mov     ebx, edx
        cmp     edx, hostile_code
        jb      .data
        cmp     edx, hostile_code_end
        jb      .read
.data:
        sub     ebx, HOSTILE_DATA
        cmp     ebx, COUNTS - HOSTILE_DATA
        ja      .scratch
        je      .counts
        imul    ecx, ecx, PAGES_EACH * PAGE
        lea     ebx, [data_pages + ebx + ecx]
        jmp     .write
.counts:
        mov     ebx, counts
        jmp     .write
.scratch:
        imul    ecx, ecx, SCRATCH_SIZE
        sub     ebx, SCRATCH - HOSTILE_DATA
        cmp     ebx, SCRATCH_SIZE
        jb      .inside
        mov     ebp, own_block
        push    ecx
        call    random
        pop     ecx
        test    eax, 7 << 20
        jz      .silent
        test    eax, 7 << 24
        jz      .words
        and     eax, SCRATCH_SIZE - PAGE
        mov     ebx, eax
.inside:
        lea     ebx, [scratch_pages + ebx + ecx]
.write:
        or      ebx, L4_FPAGE_WRITE
.read:
        or      ebx, L4_PAGE
        mov     eax, L4_SEND_FPAGE
        clc
.end:
        ret
.words:
        xor     eax, eax
        ret
.silent:
        stc
        ret

; Every so often: counts, and looks after the tasks. Keeps EBX, EDX, ESI, EDI.
look:
        dec     dword [until_look]
        jns     .end
        mov     dword [until_look], LOOK
        pushad
        call    count
        mov     eax, [INFO + kip.clock]
        sub     eax, [last_check]
        cmp     eax, CHECK_US
        jb      .done
        add     [last_check], eax
        call    check_tasks
.done:
        popad
.end:
        ret

; Adds the calls made since the last time. More than can be is not counted: somebody has written it there.
count:
        xor     ecx, ecx
        xor     edx, edx
.kind:
        xor     eax, eax
        xchg    [counts + ecx * 4], eax
        cmp     eax, FORGED
        jae     .next
        add     [totals + ecx * 4], eax
.next:
        add     edx, [totals + ecx * 4]
        inc     ecx
        cmp     ecx, CALLS
        jb      .kind
        mov     [total], edx
        cmp     edx, [wanted]
        jae     report
        ret

; Tasks that have made no call are made again, and sometimes one of the others.
check_tasks:
        mov     ebp, own_block
        call    random
        mov     edi, eax
        and     edi, 2 * HOSTILE_TASKS - 1      ; one of them at half of the times
        xor     ebx, ebx
.task:
        call    calls_of
        xchg    [last_calls + ebx * 4], eax
        cmp     [last_calls + ebx * 4], eax
        je      .again
        cmp     ebx, edi
        jne     .next
.again:
        call    make_task
.next:
        inc     ebx
        cmp     ebx, HOSTILE_TASKS
        jb      .task
        ret

; EAX = the sum of the calls that the threads of hostile task EBX have made.
calls_of:
        imul    edx, ebx, PAGES_EACH * PAGE
        xor     eax, eax
        mov     ecx, THREADS
.thread:
        add     eax, [data_pages + edx + BLOCK_CALLS]
        add     edx, BLOCK
        dec     ecx
        jnz     .thread
        ret

%include "hostile-pinger.inc"
%include "console.inc"
%include "hostile-code.inc"

section .data
wanted:         dd 0
first_seed:     dd 0
own_block:      dd 0                            ; its seed
until_look:     dd LOOK
last_check:     dd 0
last_calls:     times HOSTILE_TASKS dd 0
left:           dd 0
left_trips:     dd 0
ping_word:      dd 1
trips:          dd 0
tasks_made:     dd 0
total:          dd 0
totals:         times CALLS dd 0
ids:            dd L4_ROOT_LOW, L4_INITIAL_HIGH                         ; see hostile.inc
                dd L4_ROOT_LOW | 1 << L4_LTHREAD_SHIFT, L4_INITIAL_HIGH
                dd PONG_LOW, L4_INITIAL_HIGH
                dd L4_SIGMA0_LOW, L4_INITIAL_HIGH
                times ID_SERIAL - ID_HOSTILE dd 0, 0
                dd 5, 0
                dd 1 << L4_LTHREAD_SHIFT, 0
                dd L4_INVALID, L4_INVALID
text_wrong:     db "hostile: a wrong answer came to the ping-pong", 13, 10, 0
text_seed:      db "hostile: seed ", 0
text_calls:     db ": ", 0
text_kinds:     db " system calls: ipc ", 0
                db ", id_nearest ", 0
                db ", fpage_unmap ", 0
                db ", thread_switch ", 0
                db ", thread_schedule ", 0
                db ", lthread_ex_regs ", 0
                db ", task_new ", 0
                db "; ", 0
                db " tasks made, ", 0
                db " round trips, all answers right", 13, 10, 0

section .bss
        alignb  PAGE
counts:         resb PAGE
data_pages:     resb HOSTILE_TASKS * PAGES_EACH * PAGE
scratch_pages:  resb HOSTILE_TASKS * SCRATCH_SIZE
memory_end:
pinger_stack:   resb 256
pinger_stack_end:
