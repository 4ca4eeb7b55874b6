; A thread that a test plays with: it does what the root task tells it, one message at a time.
; The first word says what, the second is a value:
;   0..6   register EAX, ECX, EDX, EBX, EBP, ESI, EDI of the next ipc := value
;   GO     an ipc with these registers; they are then what it returned
;   TELL   answers the register whose number the value is
;   PEEK   answers the dword at the value
;   POKE   the dword at the value := register EDX
;   JUMP   jumps to the value
;   OUT    writes a byte to the port that the value is

        bits 32
%include "l4.inc"
%include "puppet.inc"

%ifndef ORIGIN
%define ORIGIN 0x00240000
%endif
        org ORIGIN

section .text
global _start
_start:
wait_order:
        mov     eax, L4_NO_IPC
        mov     ecx, L4_NEVER
        xor     ebp, ebp
        mov     esi, L4_ROOT_LOW
        mov     edi, L4_INITIAL_HIGH
        int     L4_IPC
        test    eax, eax
        jnz     wait_order
        cmp     edx, PUPPET_GO
        jb      .register
        je      .go
        cmp     edx, PUPPET_TELL
        je      .tell
        cmp     edx, PUPPET_PEEK
        je      .peek
        cmp     edx, PUPPET_POKE
        je      .poke
        cmp     edx, PUPPET_OUT
        je      .out
        cmp     edx, PUPPET_JUMP
        jne     wait_order
        jmp     ebx
.out:
        mov     edx, ebx
        out     dx, al
        jmp     wait_order
.register:
        mov     [registers + edx * 4], ebx
        jmp     wait_order
.tell:
        mov     edx, [registers + ebx * 4]
        jmp     .answer
.peek:
        mov     edx, [ebx]
.answer:
        xor     eax, eax
        mov     ecx, L4_SEND_NOW
        mov     ebp, L4_NO_IPC
        int     L4_IPC
        jmp     wait_order
.poke:
        mov     edx, [registers + 8]
        mov     [ebx], edx
        jmp     wait_order
.go:
        mov     eax, [registers]
        mov     ecx, [registers + 4]
        mov     edx, [registers + 8]
        mov     ebx, [registers + 12]
        mov     ebp, [registers + 16]
        mov     esi, [registers + 20]
        mov     edi, [registers + 24]
        int     L4_IPC
        mov     [registers], eax
        mov     [registers + 4], ecx
        mov     [registers + 8], edx
        mov     [registers + 12], ebx
        mov     [registers + 16], ebp
        mov     [registers + 20], esi
        mov     [registers + 24], edi
        jmp     wait_order

section .data
registers:      times 7 dd 0
