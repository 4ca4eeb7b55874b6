; The smallest kernel that exchanges messages as L4 Version 2 does, and its two threads, for tests of the debugger. It is
; entered in flat 32-bit protected mode. The server waits for anybody; the client sends to nobody first, then calls the server
; ROUNDS times, and ends the run with status 0.

        bits 32
layout tcb, "mini.layout"
debug abi, "l4-v2"

ROUNDS          equ 50
CLIENT          equ 0x180000            ; control blocks
SERVER          equ 0x180400
TSS             equ 0x182000
IDT             equ 0x183000
DIRECTORY       equ 0x184000            ; maps the first 4 MB one to one for all
TABLE           equ 0x185000
CLIENT_LOW      equ 4 << 17 | 1
SERVER_LOW      equ 5 << 17 | 1
ID_HIGH         equ 4 << 17
TOP             equ tcb.id_low          ; of a stack in its block
FRAME           equ 20                  ; what INT pushes

        org 0x100000
_start:
        lgdt    [gdt_pointer]
        mov     edi, TSS
        mov     ecx, (DIRECTORY + 0x1000 - TSS) / 4
        xor     eax, eax
        rep stosd
        mov     eax, 7                  ; present, writable, user
.page:
        stosd
        add     eax, 0x1000
        cmp     eax, 0x400007
        jne     .page
        mov     dword [DIRECTORY], TABLE | 7
        mov     eax, DIRECTORY
        mov     cr3, eax
        mov     eax, cr0
        or      eax, 0x80000000
        mov     cr0, eax
        mov     eax, ipc
        mov     [IDT + 0x30 * 8], ax
        mov     word [IDT + 0x30 * 8 + 2], 8
        mov     word [IDT + 0x30 * 8 + 4], 0xEE00
        shr     eax, 16
        mov     [IDT + 0x30 * 8 + 6], ax
        lidt    [idt_pointer]
        mov     word [TSS + 8], 0x10    ; SS0
        mov     ax, 0x28
        ltr     ax
        mov     ax, 0x23
        mov     ds, ax
        mov     es, ax
        mov     dword [CLIENT + tcb.id_low], CLIENT_LOW
        mov     dword [CLIENT + tcb.id_high], ID_HIGH
        mov     dword [SERVER + tcb.id_low], SERVER_LOW
        mov     dword [SERVER + tcb.id_high], ID_HIGH
        mov     esp, CLIENT + TOP
        mov     ecx, client
        call    prepare
        mov     esp, SERVER + TOP
        mov     ecx, server
        call    prepare
        mov     dword [TSS + 4], SERVER + TOP
        mov     esp, SERVER + TOP - FRAME
        iretd

; Pushes a frame that starts user code at ECX, with all ports allowed.
prepare:
        pop     edx
        push    0x23
        push    0x200000
        push    0x3002
        push    0x1B
        push    ecx
        jmp     edx

        phase "check message"
ipc:
        cmp     eax, -1
        je      .wait
        cmp     esi, SERVER_LOW
        je      .to_server
        cmp     esi, CLIENT_LOW
        jne     .nobody
        phase "access partner"
.to_client:
        mov     eax, CLIENT + TOP
        mov     esi, SERVER_LOW
        inc     dword [SERVER + tcb.calls]
        jmp     .switch
.to_server:
        mov     eax, SERVER + TOP
        mov     esi, CLIENT_LOW
        inc     dword [CLIENT + tcb.calls]
        phase "switch stack"
.switch:
        mov     [TSS + 4], eax
        lea     esp, [eax - FRAME]
        phase "switch address space"
        mov     ecx, cr3
        mov     cr3, ecx
        phase "return"
        xor     eax, eax
        iretd
        phase "check message"
.wait:                                  ; the server, once, before the client runs
        mov     eax, CLIENT + TOP
        mov     [TSS + 4], eax
        lea     esp, [eax - FRAME]
        iretd
.nobody:
        mov     eax, 0x10
        iretd

        phase "user"
        align   16
server:
        mov     eax, -1
        mov     ebp, 1
        xor     ecx, ecx
        int     0x30
.answer:
        phase "load message"
        inc     edx
        xor     eax, eax
        mov     ebp, 1
        mov     ecx, 0x10
        int     0x30
        phase "inspect message"
        test    eax, eax
        jz      .answer
        phase "user"
        jmp     server

        align   16
client:
        xor     eax, eax
        xor     ebp, ebp
        xor     ecx, ecx
        mov     esi, 7 << 17 | 1
        mov     edi, ID_HIGH
        int     0x30
        mov     al, 1
        out     0xE8, al
        xor     edx, edx
        mov     ebx, "ping"
        phase "load message"
.next:
        xor     eax, eax
        xor     ebp, ebp
        xor     ecx, ecx
        mov     esi, SERVER_LOW
        mov     edi, ID_HIGH
        int     0x30
        phase "inspect message"
        test    eax, eax
        jnz     .end
        cmp     edx, ROUNDS
        jne     .next
        phase "user"
.end:
        out     0xF4, al
.stop:
        jmp     .stop

        align   8
gdt:
        dq      0
        dq      0x00CF9A000000FFFF      ; 08 kernel code
        dq      0x00CF92000000FFFF      ; 10 kernel data
        dq      0x00CFFA000000FFFF      ; 1B user code
        dq      0x00CFF2000000FFFF      ; 23 user data
        dw      0x67, TSS & 0xFFFF      ; 28
        db      TSS >> 16, 0x89, 0, 0
gdt_pointer:
        dw      gdt_pointer - gdt - 1
        dd      gdt
idt_pointer:
        dw      0x31 * 8 - 1
        dd      IDT
