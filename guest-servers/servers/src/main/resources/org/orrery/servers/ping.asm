; The client of the ping-pong: calls the server in task 5, checks what comes back, says so and ends the run.
; Command line: n=COUNT round trips in the measured part.

        bits 32
%include "l4.inc"

PONG_LOW        equ ((L4_ROOT_TASK + 1) << L4_TASK_SHIFT) | 1
DEFAULT_TRIPS   equ 10000
WARM_UP         equ 1000
MARK_PORT       equ 0xE8                        ; 1 before the measured part, 2 after it

%ifndef ORIGIN
%define ORIGIN 0x00210000
%endif
        org ORIGIN

section .text
global _start
_start:                                          ; EBX multiboot information
        phase "start"
        mov     esi, [ebx + 16]                 ; command line
        mov     eax, DEFAULT_TRIPS
        call    parse_count
        test    eax, eax
        jz      .default
        mov     [trips], eax
.default:
        call    ask_console
        mov     edx, L4_IO_FPAGE | MARK_PORT << 12
        call    ask_ports
        call    warm_up
        jc      .failed
        mov     al, 1
        out     MARK_PORT, al
        call    measured
        mov     al, 2
        out     MARK_PORT, al
        jc      .failed
        mov     esi, text_name
        call    print
        mov     eax, [trips]
        call    print_decimal
        mov     esi, text_good
        call    print
        mov     al, 0
        jmp     exit
.failed:
        mov     esi, text_bad
        call    print
        mov     al, 1
        jmp     exit

; Round trips with words that differ each time. CF set if a wrong answer comes.
        phase "warm up"
warm_up:
        mov     dword [seed], 1
        mov     dword [left], WARM_UP
.next:
        mov     eax, [seed]
        imul    eax, eax, 1103515245
        add     eax, 12345
        mov     [seed], eax
        mov     edx, eax
        mov     ebx, eax
        not     ebx
        xor     eax, eax
        mov     ecx, L4_NEVER
        xor     ebp, ebp
        mov     esi, PONG_LOW
        mov     edi, L4_INITIAL_HIGH
        int     L4_IPC
        test    eax, eax
        jnz     .bad
        cmp     esi, PONG_LOW
        jne     .bad
        cmp     edi, L4_INITIAL_HIGH
        jne     .bad
        mov     eax, [seed]
        not     eax
        cmp     ebx, eax
        jne     .bad
        not     eax
        inc     eax
        cmp     edx, eax
        jne     .bad
        dec     dword [left]
        jnz     .next
        clc
        ret
.bad:
        stc
        ret

; Round trips as short as they can be: w0 counts them up to w1, and the server does the counting.
; CF set if one failed.
        align   16
measured:
        xor     edx, edx
        mov     ebx, [trips]
        phase "load message"
.next:
        mov     esi, PONG_LOW
        mov     edi, L4_INITIAL_HIGH
        xor     eax, eax                        ; short
        xor     ebp, ebp                        ; closed
        xor     ecx, ecx                        ; for ever
        int     L4_IPC
        phase "inspect message"
        test    eax, eax
        jnz     .bad
        cmp     edx, ebx
        jne     .next
        phase "warm up"
        cmp     ebx, [trips]
        jne     .bad
        clc
        ret
.bad:
        stc
        ret

        phase "start"
%include "console.inc"

section .data
trips:          dd DEFAULT_TRIPS
seed:           dd 0
left:           dd 0
text_name:      db "pingpong: ", 0
text_good:      db " round trips, all answers right", 13, 10, 0
text_bad:       db "pingpong: wrong answer", 13, 10, 0
