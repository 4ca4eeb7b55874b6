; Sigma0: the first server. It owns all memory that is not the kernel's, one to one, and gives each page away once.
;
; Requests are two words (EDX, EBX), answers short messages with an fpage, or two zeros:
;   SIGMA0_ANY_PAGE        any free page of RAM
;   SIGMA0_KIP, SIGMA0_KIP the kernel info page, to read
;   an I/O fpage           these ports
;   address + 1, 22 << 2   the 4 MB from that address on
;   address                the page at that address; bit 1 does not matter; from DEVICE_SPACE on the 4 MB around it
; The last is also the form of the kernel's page fault messages (the second word is then EIP): a server's pages are
; given to it as it touches them. A page fault that cannot be served is not answered, so that the thread stays where it
; is instead of faulting for ever. To tell them from requests: EIP is never below one page, but for a jump there, and
; then it equals the address; page 0 is therefore never given away.

        bits 32
%include "l4.inc"
layout kip, "kip.layout"
layout server, "kip.layout"

PAGE            equ 4096
FREE            equ 0                           ; owners of a page: a task number, or
RESERVED        equ 0xFFFF
DEVICE_SPACE    equ 0x40000000                  ; the 2 GB of devices from address 2 GB on appear from here on
DEVICE_SPACE_END equ 0xC0000000
MEGABYTE        equ 0x100000
DEVICES         equ 0xA0000                     ; up to MEGABYTE

%ifndef ORIGIN
%define ORIGIN 0x00200000
%endif
        org ORIGIN

section .text
global _start
_start:                                          ; ECX kernel info page, EBX multiboot information
        phase "start"
        mov     [kernel_info], ecx
        call    make_owners
        call    reserve

        phase "wait"
wait_request:
        mov     eax, L4_NO_IPC
        mov     ecx, L4_NO_FAULTS
        mov     ebp, L4_RECEIVE_OPEN
        int     L4_IPC
        test    al, L4_ERROR_MASK
        jnz     wait_request

        phase "serve"
serve:                                          ; ESI:EDI client, EDX and EBX its request
        mov     ecx, esi
        shr     ecx, L4_TASK_SHIFT
        and     ecx, L4_TASK_MASK
        mov     [client], ecx
        call    decide
        jc      wait_request
        mov     ecx, L4_SEND_NOW | L4_NO_FAULTS
        mov     ebp, L4_RECEIVE_OPEN
        int     L4_IPC
        test    al, L4_ERROR_MASK
        jz      serve
        jmp     wait_request

; The answer to the request EDX, EBX: EAX send descriptor, EDX and EBX words. CF set for no answer. Keeps ESI, EDI.
decide:
        cmp     edx, SIGMA0_ANY_PAGE
        je      any_page
        cmp     edx, SIGMA0_KERNEL_PAGE
        je      refuse
        mov     eax, edx
        shr     eax, 28
        cmp     eax, L4_IO_FPAGE >> 28
        je      ports
        test    dl, 1
        jz      page
        cmp     ebx, 22 << 2
        je      superpage
        cmp     edx, SIGMA0_KIP
        jne     refuse
        cmp     bl, SIGMA0_KIP
        jne     refuse
        mov     edx, [kernel_info]
        lea     ebx, [edx + L4_PAGE]
        jmp     give

any_page:
        mov     eax, [owners]                   ; RAM below it is free, but for the servers
        shr     eax, 12
.next:
        dec     eax
        cmp     eax, MEGABYTE / PAGE
        jb      refuse
        mov     edx, eax
        call    owner
        cmp     word [ecx], FREE
        jne     .next
        mov     eax, [client]
        mov     [ecx], ax
        shl     edx, 12
        lea     ebx, [edx + (L4_PAGE | L4_FPAGE_WRITE)]
        jmp     give

; Ports have no owners, but only initial servers get them.
ports:
        cmp     edi, L4_INITIAL_HIGH
        jne     refuse
        mov     ebx, edx
        and     ebx, ~3
        xor     edx, edx
        jmp     give

; A page that is free or the client's own.
page:
        mov     eax, edx
        shr     edx, 12
        jz      .refused
        cmp     edx, DEVICE_SPACE / PAGE
        jae     .device
        cmp     edx, [pages]
        jae     .refused
        call    take_page
        jc      .refused
        mov     edx, eax
        and     edx, -PAGE
        lea     ebx, [edx + (L4_PAGE | L4_FPAGE_WRITE)]
        jmp     give
.device:                                        ; by 4 MB
        cmp     edx, DEVICE_SPACE_END / PAGE
        jae     .refused
        shr     edx, 10
        lea     ecx, [device_owners + edx * 2 - DEVICE_SPACE / (1024 * PAGE) * 2]
        call    take
        jc      .refused
        shl     edx, 22
        lea     ebx, [edx + (22 << 2 | L4_FPAGE_WRITE)]
        jmp     give
.refused:
        cmp     ebx, PAGE                       ; a page fault?
        jae     .silent
        and     eax, ~2
        cmp     eax, ebx
        jne     refuse
.silent:
        stc
        ret

; 4 MB that are free or the client's own, all of them.
superpage:
        and     edx, -(1024 * PAGE)
        jz      refuse                          ; page 0 is in it
        mov     ebx, edx
        shr     edx, 12
        add     edx, 1024
        cmp     edx, [pages]
        ja      refuse
        mov     eax, 1024
.check:
        dec     edx
        call    may_take
        jc      refuse
        dec     eax
        jnz     .check
        mov     eax, 1024
.take:
        call    take_page
        inc     edx
        dec     eax
        jnz     .take
        mov     edx, ebx
        or      ebx, 22 << 2 | L4_FPAGE_WRITE
        jmp     give

; The answer is the fpage EBX with send base EDX.
give:
        mov     eax, L4_SEND_FPAGE
        clc
        ret

refuse:
        xor     eax, eax
        xor     edx, edx
        xor     ebx, ebx
        ret                                     ; CF is clear

; Page number EDX becomes the client's. CF set if it is another's. Keeps all but ECX.
take_page:
        call    owner

; The same for what has its owner noted at ECX.
take:
        call    may_take_noted
        jc      .end
        push    eax
        mov     eax, [client]
        mov     [ecx], ax
        pop     eax
.end:
        ret

; CF set if page number EDX is neither free nor the client's. ECX = where its owner is noted. Keeps all others.
may_take:
        call    owner
may_take_noted:
        push    eax
        movzx   eax, word [ecx]
        test    eax, eax
        jz      .end                            ; CF is clear
        cmp     eax, [client]
        je      .end
        stc
.end:
        pop     eax
        ret

; ECX = where the owner of page number EDX is noted.
owner:
        mov     ecx, [owners]
        lea     ecx, [ecx + edx * 2]
        ret

; The table of owners, two bytes for each page of RAM, goes right below the servers' start pages.
make_owners:
        mov     esi, [kernel_info]
        mov     eax, [esi + kip.memory_high]
        shr     eax, 12
        mov     [pages], eax
        lea     ecx, [eax * 2 + PAGE - 1]
        and     ecx, -PAGE
        mov     edi, [esi + kip.server + server.start_page]
        sub     edi, ecx
        mov     [owners], edi
        mov     edx, edi
        lea     ebp, [edi + ecx]
        shr     ecx, 2
        xor     eax, eax
        cld
        rep     stosd
        mov     eax, L4_SIGMA0_TASK
        jmp     note

; What is not free from the start: the kernel's memory, the servers' and some of the PC's own. EBX multiboot
; information.
reserve:
        mov     eax, RESERVED
        mov     edx, 0
        mov     ebp, PAGE
        call    note
        mov     edx, [ebx + 4]                  ; mem_lower: KB of RAM below DEVICES
        shl     edx, 10
        mov     ebp, DEVICES
        call    note
        mov     edx, [esi + kip.image_low]
        mov     ebp, [esi + kip.image_high]
        call    note
        mov     edx, [esi + kip.pool_low]
        mov     ebp, [esi + kip.pool_high]
        call    note
        mov     ebx, [esi + kip.servers]
        lea     esi, [esi + kip.server]
.server:
        mov     eax, [esi + server.task]
        mov     edx, [esi + server.low]
        mov     ebp, [esi + server.high]
        call    note
        mov     edx, [esi + server.start_page]
        lea     ebp, [edx + PAGE]
        call    note
        add     esi, server_size
        dec     ebx
        jnz     .server
        ret

; Notes AX as owner of the pages from address EDX up to EBP. Keeps EAX, EBX, ESI.
note:
        shr     edx, 12
        add     ebp, PAGE - 1
        shr     ebp, 12
.page:
        cmp     edx, ebp
        jae     .end
        call    owner
        mov     [ecx], ax
        inc     edx
        jmp     .page
.end:
        ret

section .data
kernel_info:    dd 0
owners:         dd 0
pages:          dd 0                            ; pages of RAM
client:         dd 0                            ; its task number
device_owners:  times (DEVICE_SPACE_END - DEVICE_SPACE) / (1024 * PAGE) dw FREE
