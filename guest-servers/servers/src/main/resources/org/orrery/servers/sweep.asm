; The client of the sweep over message sizes: calls the server in task 5 with so many bytes and gets as many back.
; Command line: n=COUNT round trips in the measured part; for the others see sweep.inc.

        bits 32
%include "l4.inc"

SERVER_LOW      equ ((L4_ROOT_TASK + 1) << L4_TASK_SHIFT) | 1
DEFAULT_TRIPS   equ 1000
WARM_UP         equ 20
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
        mov     [command_line], esi
        mov     eax, DEFAULT_TRIPS
        call    parse_count
        mov     [trips], eax
        call    sweep_setup
        call    ask_console
        mov     edx, L4_IO_FPAGE | MARK_PORT << 12
        call    ask_ports
        mov     dword [left], WARM_UP
        call    checked
        jc      .failed
        mov     eax, [trips]
        mov     [left], eax
        mov     al, 1
        out     MARK_PORT, al
        call    measured
        mov     al, 2
        out     MARK_PORT, al
        jc      .failed
        mov     dword [left], 1
        call    checked
        jc      .failed
        mov     al, 0
        jmp     exit
.failed:
        mov     esi, text_bad
        call    print
        mov     al, 1
        jmp     exit

; Round trips whose last word is a new one each time and has to come back. CF set if another comes.
        phase "check"
checked:
        call    last_words
        mov     eax, [left]
        mov     [esi], eax
        mov     dword [edi], -1
        mov     edx, eax
        mov     ebx, eax
        call    round_trip
        jc      .end
        mov     [answer], ebx
        call    last_words
        mov     eax, [left]
        cmp     [edi], eax
        jne     .bad
        dec     dword [left]
        jnz     checked
        clc
        ret
.bad:
        stc
.end:
        ret

; ESI, EDI: where the last word of the message goes out and comes in.
last_words:
        mov     eax, [bytes]
        cmp     eax, SWEEP_SHORT
        jbe     .short
        lea     esi, [outgoing + 8 + eax]
        lea     edi, [incoming + 8 + eax]
        ret
.short:
        mov     esi, answer
        mov     edi, answer
        ret

; One call with the words EDX, EBX. CF set if it fails.
round_trip:
        mov     eax, [send_descriptor]
        mov     ebp, [receive_buffer]
        xor     ecx, ecx
        mov     esi, SERVER_LOW
        mov     edi, L4_INITIAL_HIGH
        int     L4_IPC
        test    al, L4_ERROR_MASK
        jnz     .bad
        clc
        ret
.bad:
        stc
        ret

; The measured part, with a warm cache and with a cold one. CF set if a call failed.
%macro calls 1
        phase "load message"
        mov     esi, SERVER_LOW
        mov     edi, L4_INITIAL_HIGH
        mov     eax, [send_descriptor]
        mov     ebp, [receive_buffer]
        xor     ecx, ecx
        int     L4_IPC
        phase "inspect message"
        test    al, L4_ERROR_MASK
        jnz     measured_bad
        dec     dword [left]
        jnz     %1
        clc
        ret
%endmacro

measured:
        cmp     dword [cold], 0
        jne     cold_calls
        align   16
warm_calls:
        calls   warm_calls
cold_calls:
        call    evict
        calls   cold_calls
measured_bad:
        stc
        ret

        phase "start"
%include "console.inc"
%include "sweep.inc"

section .data
trips:          dd 0
left:           dd 0
answer:         dd 0
text_bad:       db "sweep: wrong answer", 13, 10, 0
%include "sweep-data.inc"
