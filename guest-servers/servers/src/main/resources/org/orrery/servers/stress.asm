; Many threads in many tasks send each other messages, with random timeouts. Each message tells its sender, its receiver
; and how many there were before it between these two; the receiver checks that, and in the end both sides' counts have
; to be the same. All tasks have the same memory, page by page as they touch it: this program's, the root task.
; Command line: n=MILLISECONDS s=SEED.

        bits 32
%include "l4.inc"
layout kip, "kip.layout"

PAGE            equ 4096
TASKS           equ 64                          ; 20, 21, ...
FIRST_TASK      equ 20
THREADS_LOG     equ 4                           ; log2 of a task's threads
EACH            equ 1 << THREADS_LOG
THREADS         equ TASKS * EACH
DEFAULT_MS      equ 500
GRACE_US        equ 5000000                     ; for all to come to an end
INTERVAL        equ 0x0A0000AA                  ; 10 ms to receive, none to send
DRAIN           equ 0xA00000AA                  ; 164 ms to receive, longer than any message waits
INFO            equ 0x60000000
INFO_WINDOW     equ INFO | L4_PAGE | L4_RECEIVE_FPAGE

; a thread's block: what it counts, its messages, and its stack at the end
BLOCK_LOG       equ 9
BLOCK           equ 1 << BLOCK_LOG
BLOCK_SEED      equ 0
BLOCK_SENT      equ 4
BLOCK_RECEIVED  equ 8
BLOCK_FAILED    equ 12                          ; messages that were not taken in time
BLOCK_PARTNER   equ 16                          ; number of the thread that a message is for
BLOCK_SEND      equ 32                          ; message buffers
BLOCK_RECEIVE   equ 96
DWORDS          equ 8                           ; in a long message

%ifndef ORIGIN
%define ORIGIN 0x00400000
%endif
        org ORIGIN

section .text
global _start
_start:
        mov     esi, [ebx + 16]
        mov     eax, DEFAULT_MS
        call    parse_count
        imul    eax, eax, 1000
        mov     [duration], eax
        mov     esi, [ebx + 16]
        mov     eax, 1
        mov     cl, 's'
        call    parse_letter
        mov     [first_seed], eax
        call    ask_console
        call    ask_info
        xor     ebx, ebx
.task:
        call    make_task
        inc     ebx
        cmp     ebx, TASKS
        jb      .task
        call    raise

; The pager of all tasks, and the clock.
serve:
        mov     eax, L4_NO_IPC
        mov     ecx, INTERVAL
        mov     ebp, L4_RECEIVE_OPEN
        int     L4_IPC
.received:
        push    eax
        call    look
        pop     eax
        test    al, L4_ERROR_MASK
        jnz     serve
        and     edx, -PAGE
        cmp     edx, ORIGIN
        jb      serve
        cmp     edx, memory_end
        jae     serve
        lock or dword [edx], 0                  ; it must be ours first
        lea     ebx, [edx + (L4_PAGE | L4_FPAGE_WRITE)]
        mov     eax, L4_SEND_FPAGE
        mov     ecx, INTERVAL
        mov     ebp, L4_RECEIVE_OPEN
        int     L4_IPC
        jmp     .received

%include "info.inc"

; The root task comes before all others. The tasks have got its old priority, which is sigma0's.
raise:
        mov     esi, L4_ROOT_LOW
        mov     edi, L4_INITIAL_HIGH
        or      eax, -1
        mov     ebx, eax
        mov     ebp, eax
        int     L4_THREAD_SCHEDULE
        and     eax, 0xFFF0FF00
        or      eax, 200
        mov     esi, L4_ROOT_LOW
        mov     edi, L4_INITIAL_HIGH
        mov     ebx, L4_INVALID
        mov     ebp, ebx
        int     L4_THREAD_SCHEDULE
        ret

; Task number EBX of ours starts. Keeps EBX.
make_task:
        push    ebx
        lea     esi, [ebx + FIRST_TASK]
        shl     esi, L4_TASK_SHIFT
        mov     edi, L4_INITIAL_HIGH
        mov     eax, 127
        mov     ecx, ebx
        shl     ecx, THREADS_LOG + BLOCK_LOG
        add     ecx, blocks + BLOCK
        mov     edx, first_thread
        mov     ebx, L4_ROOT_LOW
        mov     ebp, L4_INITIAL_HIGH
        int     L4_TASK_NEW
        pop     ebx
        mov     eax, text_no_task
        test    esi, esi
        jz      fail
        and     esi, (1 << L4_LTHREAD_SHIFT) - 1
        mov     [version], esi                  ; the same for all: none has been there before
        ret

; Is it time to end, and have all ended? Keeps EBX, EDX, ESI, EDI.
look:
        pushad
        mov     eax, [wrong]
        test    eax, eax
        jnz     fail
        mov     eax, [INFO + kip.clock]
        cmp     dword [started], THREADS
        je      .started
        add     eax, [duration]
        mov     [end_time], eax
        jmp     .end
.started:
        sub     eax, [end_time]
        js      .end
        mov     dword [stop], 1
        cmp     dword [finished], THREADS
        je      balance
        cmp     eax, GRACE_US
        mov     eax, text_hang
        ja      fail
.end:
        popad
        ret

; All threads have ended: what one sent another received.
balance:
        xor     esi, esi                        ; sender
.sender:
        xor     edi, edi
.receiver:
        mov     eax, esi
        shl     eax, THREADS_LOG + 6
        mov     ecx, edi
        shl     ecx, THREADS_LOG + 6
        mov     al, [sent + eax + edi]
        cmp     al, [received + ecx + esi]
        mov     eax, text_lost
        jne     fail
        inc     edi
        cmp     edi, THREADS
        jb      .receiver
        mov     eax, esi
        shl     eax, BLOCK_LOG
        mov     ecx, [blocks + eax + BLOCK_SENT]
        add     [total_sent], ecx
        mov     ecx, [blocks + eax + BLOCK_RECEIVED]
        add     [total_received], ecx
        mov     ecx, [blocks + eax + BLOCK_FAILED]
        add     [total_failed], ecx
        inc     esi
        cmp     esi, THREADS
        jb      .sender
        mov     eax, [total_sent]
        cmp     eax, [total_received]
        mov     eax, text_lost
        jne     fail
        mov     esi, text_seed
        mov     eax, [first_seed]
        call    print_number
        mov     eax, THREADS
        call    print_number
        mov     eax, TASKS
        call    print_number
        mov     eax, [total_sent]
        call    print_number
        mov     eax, [total_failed]
        call    print_number
        call    print
        mov     al, 0
        jmp     exit

; The text EAX, and the end of the run.
fail:
        push    eax
        mov     esi, text_name
        call    print
        pop     esi
        call    print
        mov     al, 1
        jmp     exit

; The text ESI, which moves on, and then EAX in decimal.
print_number:
        push    eax
        call    print
        pop     eax
        jmp     print_decimal

%include "console.inc"
%include "stress-thread.inc"

section .data
duration:       dd 0                            ; microseconds
first_seed:     dd 0
end_time:       dd 0
started:        dd 0                            ; threads: they wait for each other
version:        dd 0                            ; in the ids of all tasks
stop:           dd 0                            ; not 0: no more messages
finished:       dd 0                            ; threads that have ended
wrong:          dd 0                            ; what a thread has found, a text
total_sent:     dd 0
total_received: dd 0
total_failed:   dd 0
text_name:      db "stress: ", 0
text_no_task:   db "a task could not be made", 13, 10, 0
text_hang:      db "not all threads came to an end", 13, 10, 0
text_lost:      db "messages sent and received are not the same", 13, 10, 0
text_code:      db "ipc returned an error that cannot be", 13, 10, 0
text_receiver:  db "a message came to the wrong receiver", 13, 10, 0
text_source:    db "a message came under a wrong name", 13, 10, 0
text_order:     db "a message was lost, duplicated or came out of order", 13, 10, 0
text_content:   db "a message came damaged", 13, 10, 0
text_seed:      db "stress: seed ", 0
                db ": ", 0
                db " threads in ", 0
                db " tasks, ", 0
                db " messages sent and received, ", 0
                db " not taken in time", 13, 10, 0

section .bss
        alignb  PAGE
blocks:         resb THREADS * BLOCK
        alignb  PAGE
sent:           resb THREADS * THREADS          ; low bytes of counts, by sender and receiver
received:       resb THREADS * THREADS          ; by receiver and sender
memory_end:
