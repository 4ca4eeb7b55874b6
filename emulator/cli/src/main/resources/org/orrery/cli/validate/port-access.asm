; The access to a port of the paper's table 5. The table of ports and the table of port links of B are in the cache but not in the TLB.

%include "stage.inc"

                bits    32
                org     CODE

%macro page 1                           ; goes on at a linear address
                times   %1 - CODE - ($ - $$) db 0
%endmacro

again:          mov     al, [port_table]
                mov     al, [port_link_table]
                invlpg  [port_table]
                invlpg  [port_link_table]
                mov     ecx, own_links
                times   8 cld
measured:       and     ecx, ~3                 ; restrict index
                mov     eax, [ecx]              ; load port link
                mov     edx, [eax]              ; load port entry
                cmp     edx, 0                  ; check empty
                jz      again
                mov     [reply], edx            ; enter A for reply
                mov     ebx, [reply_index]      ; get B's reply index
                mov     [ebx], edx              ; set B's reply link
measured_end:   jmp     again

                align   16
own_links:      dd      port_table
reply:          dd      0
reply_index:    dd      port_link_table

                page    0x11000
port_table:     dd      1
                page    0x12000
port_link_table:
                dd      0
