; Does the same few things over and over, to be watched from outside: page faults of a child that this task is the pager
; of, interrupts that it handles while the child runs, and unmapping a page that the child has so many times. It measures
; nothing itself. The kernel's work lies between child.touch and child.touch, child.interrupt and interrupts.handled, and
; unmaps.call and unmaps.called; the last mark says how many mappings there are to unmap, 0 before that.

        bits 32
%include "l4.inc"

CHILD           equ 20                          ; a task number
PAGE            equ 4096
ROUNDS          equ 8                           ; of each thing
MOST            equ 64                          ; mappings
WINDOW          equ 0x00800000                  ; where the child gets them
MARK_PORT       equ 0xE8
SERIAL_IRQ      equ 4 + 1                       ; as id
IER             equ COM1 + 1                    ; bit 1: interrupt when empty
IIR             equ COM1 + 2
MCR             equ COM1 + 4                    ; bit 3 lets the interrupt out
CHILD_SPINS     equ 1000
UNCHANGED       equ -1
SLICE           equ 0xFFF00000                  ; in a parameter word
LOW_PRIORITY    equ 64                          ; so that an interrupt's handler runs before the child goes on

; what the child is told to do
DO_TOUCH        equ 0
DO_INTERRUPT    equ 1

%ifndef ORIGIN
%define ORIGIN 0x00210000
%endif
        org ORIGIN

section .text
global _start
_start:
        phase "start"
        call    ask_console
        mov     edx, L4_IO_FPAGE | MARK_PORT << 12
        call    ask_ports
        call    attach_serial
        call    make_child
        inc     byte [page]                     ; it is ours now
        mov     al, 0
        out     MARK_PORT, al
        call    page_faults
        call    interrupts
        call    unmaps
        mov     al, 0
        jmp     exit

; The child, with its code, the ports of COM1 and a low priority. It is then ready.
make_child:
        mov     esi, CHILD << L4_TASK_SHIFT
        mov     eax, 255
        xor     ecx, ecx
        mov     edx, child
        mov     ebx, L4_ROOT_LOW
        mov     ebp, L4_INITIAL_HIGH
        int     L4_TASK_NEW
        mov     [child_low], esi
        mov     eax, UNCHANGED
        call    schedule_child
        and     eax, SLICE
        mov     al, LOW_PRIORITY
        call    schedule_child
        inc     byte [child_page]               ; it is ours now
        call    await_child
        mov     eax, L4_SEND_FPAGE
        mov     ebx, child_page + L4_PAGE
        call    answer
        mov     eax, L4_SEND_FPAGE
        mov     ebx, L4_IO_FPAGE | COM1 << 12 | 3 << 2

; The child gets this message, EAX, EDX, EBX. EDX, EBX = its next one.
answer:
        mov     ecx, L4_NEVER
        xor     ebp, ebp
        mov     esi, [child_low]
        mov     edi, L4_INITIAL_HIGH
        int     L4_IPC
        test    al, L4_ERROR_MASK
        jnz     bad
        ret

; thread_schedule of the child with the parameter word EAX. EAX = the old one.
schedule_child:
        mov     ebx, UNCHANGED
        mov     esi, [child_low]
        mov     edi, L4_INITIAL_HIGH
        int     L4_THREAD_SCHEDULE
        ret

await_child:
        mov     eax, L4_NO_IPC
        jmp     answer

bad:
        mov     al, 1
        jmp     exit

        phase "page faults"
page_faults:
        mov     dword [left], ROUNDS
.next:
        call    flush_page
        mov     eax, L4_SHORT
        mov     edx, DO_TOUCH
        call    answer
        cmp     edx, WINDOW
        jne     bad
        mov     eax, L4_SEND_FPAGE
        mov     ebx, page + (L4_PAGE | L4_FPAGE_WRITE)
        call    answer
        dec     dword [left]
        jnz     .next
        ret

; Nobody else has the page any more.
flush_page:
        mov     eax, page + L4_PAGE
        mov     ecx, L4_UNMAP_FLUSH
        int     L4_FPAGE_UNMAP
        ret

        phase "interrupts"
interrupts:
        mov     dx, MCR
        mov     al, 8
        out     dx, al
        mov     dword [left], ROUNDS
.next:
        mov     eax, L4_SHORT
        mov     edx, DO_INTERRUPT
        mov     ecx, L4_NEVER
        mov     ebp, L4_NO_IPC
        mov     esi, [child_low]
        mov     edi, L4_INITIAL_HIGH
        int     L4_IPC
        test    eax, eax
        jnz     bad
        mov     ecx, L4_NEVER
        call    await_serial
.handled:
        test    eax, eax
        jnz     bad
        mov     dx, IER
        out     dx, al
        mov     dx, IIR
        in      al, dx
        call    await_child
        dec     dword [left]
        jnz     .next
        ret

attach_serial:
        mov     ecx, L4_RECEIVE_NOW

; A message from the interrupt, with timeouts ECX.
await_serial:
        mov     eax, L4_NO_IPC
        xor     ebp, ebp
        mov     esi, SERIAL_IRQ
        xor     edi, edi
        int     L4_IPC
        ret

        phase "unmap"
unmaps:
        mov     dword [mappings], 1
.count:
        mov     al, [mappings]
        out     MARK_PORT, al
        mov     dword [left], ROUNDS
.next:
        call    map_page
        mov     eax, page + L4_PAGE
        mov     ecx, L4_UNMAP_FLUSH
.call:
        int     L4_FPAGE_UNMAP
.called:
        dec     dword [left]
        jnz     .next
        shl     dword [mappings], 1
        cmp     dword [mappings], MOST
        jbe     .count
        ret

; The child gets the page at so many addresses.
map_page:
        xor     eax, eax
.next:
        push    eax
        mov     edx, eax
        shl     edx, 12
        add     edx, WINDOW
        mov     eax, L4_SEND_FPAGE
        mov     ebx, page + (L4_PAGE | L4_FPAGE_WRITE)
        call    answer
        pop     eax
        inc     eax
        cmp     eax, [mappings]
        jb      .next
        ret

; The child, in a page of its own: it does what it is told, or takes an fpage.
        align   PAGE
child_page:     dd 0
        phase "child"
child:
        mov     eax, L4_SHORT
        mov     ecx, L4_NEVER
        mov     ebp, L4_WHOLE_SPACE | L4_RECEIVE_FPAGE
        mov     esi, L4_ROOT_LOW
        mov     edi, L4_INITIAL_HIGH
        int     L4_IPC
        test    eax, eax
        jnz     child
        cmp     edx, DO_INTERRUPT
        je      .serial
.touch:
        test    dword [WINDOW], 0
        jmp     child
.serial:
        mov     dx, IER
        mov     al, 2
        mov     ecx, CHILD_SPINS
.interrupt:
        out     dx, al
.spin:
        dec     ecx
        jnz     .spin
        jmp     child
        align   PAGE

        phase "start"
%include "console.inc"

section .data
child_low:      dd 0
left:           dd 0
mappings:       dd 0
        align   PAGE
page:           times PAGE db 1
