; The temporary mapping of the paper's table 4, but for its 20 clocks of move-data start-up, whose instructions the paper does not give.
; The page directories of A and B and the receive buffer are in the cache but not in the TLB.

%include "stage.inc"

                bits    32
                org     CODE

%macro page 1                           ; goes on at a linear address
                times   %1 - CODE - ($ - $$) db 0
%endmacro

REGION_SHIFT    equ     22
WINDOW          equ     0x300 * 4

again:          mov     ebp, directory_a + WINDOW
                mov     edi, 4
                mov     esi, buffer + 128
                mov     al, [directory_a]
                mov     al, [directory_b]
                mov     al, [buffer + 128]
                invlpg  [directory_a]
                invlpg  [directory_b]
                invlpg  [buffer]
                times   8 cld
measured:       mov     ecx, [receive_address]
                mov     ebx, ecx
                shr     ebx, REGION_SHIFT
                mov     edx, [directory_of_b]
                mov     eax, [edx + ebx * 4]
                mov     [ebp + edi * 4], eax
                mov     eax, [edx + ebx * 4 + 4]
                mov     [ebp + edi * 4 + 4], eax
                and     ecx, 0xFFF
                add     ecx, esi
                mov     al, [ecx]               ; what the copy would touch first
measured_end:   jmp     again

                align   4
receive_address:
                dd      0
directory_of_b: dd      directory_b

                page    0x11000
directory_a:    times   4096 db 0
directory_b:    times   4096 db 0
buffer:         times   192 db 0
