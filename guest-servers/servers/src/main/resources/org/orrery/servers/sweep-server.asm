; The server of the sweep over message sizes: sends back what it gets, whoever asks.
; Command line: see sweep.inc.

        bits 32
%include "l4.inc"

%ifndef ORIGIN
%define ORIGIN 0x00220000
%endif
        org ORIGIN

section .text
global _start
_start:                                          ; EBX multiboot information
        phase "start"
        mov     esi, [ebx + 16]
        mov     [command_line], esi
        call    sweep_setup
        cmp     dword [send_descriptor], L4_SHORT
        je      .wait
        mov     dword [send_descriptor], incoming
        mov     eax, [incoming + 4]
        mov     [incoming + 8], eax             ; what comes in goes out again
.wait:
        mov     eax, L4_NO_IPC
        mov     ecx, L4_NEVER
        mov     ebp, [receive_buffer]
        or      ebp, L4_RECEIVE_OPEN
        int     L4_IPC
        test    al, L4_ERROR_MASK
        jnz     .wait

        cmp     dword [cold], 0
        jne     cold_answers
        jmp     warm_answers

; ESI:EDI is the client.
%macro answers 1
        phase "load message"
        mov     eax, [send_descriptor]
        mov     ebp, [receive_buffer]
        inc     ebp                             ; L4_RECEIVE_OPEN
        mov     ecx, L4_SEND_NOW
        int     L4_IPC
        phase "inspect message"
        test    al, L4_ERROR_MASK
        jz      %1
        jmp     _start.wait
%endmacro

        align   16
warm_answers:
        answers warm_answers
cold_answers:
        call    evict
        answers cold_answers

        phase "start"
%include "console.inc"
%include "sweep.inc"

section .data
%include "sweep-data.inc"
