; The server of the ping-pong: answers (w0, w1) with (w0 + 1, w1), whoever asks.

        bits 32
%include "l4.inc"

%ifndef ORIGIN
%define ORIGIN 0x00220000
%endif
        org ORIGIN

section .text
global _start
_start:
        phase "wait"
        mov     eax, L4_NO_IPC
        mov     ecx, L4_NO_FAULTS
        mov     ebp, L4_RECEIVE_OPEN
        int     L4_IPC
        test    eax, eax
        jnz     _start

        align   16
answer:                                         ; EAX = 0: short; ESI:EDI is the client
        phase "load message"
        inc     edx
        mov     ebp, L4_RECEIVE_OPEN
        mov     ecx, L4_SEND_NOW | L4_NO_FAULTS
        int     L4_IPC
        phase "inspect message"
        test    eax, eax
        jz      answer
        jmp     _start
