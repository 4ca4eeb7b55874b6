; I/O ports: a bitmap for each task that has any, and I/O fpages.

        phase "map"

; The ports that are in the I/O fpage EDX and in the window ECX, an I/O fpage too or the whole space: EAX the address of
; the first one's page, ECX of the last one's. CF set if there are none. Keeps EBX, EBP.
common_ports:
        mov     eax, ecx
        and     eax, 0xFC
        cmp     eax, L4_WHOLE_SPACE
        jne     .window
        mov     ecx, L4_ALL_PORTS
.window:
        mov     eax, ecx
        call    port_range
        jc      .end
        mov     edi, eax                        ; the window's
        mov     esi, ecx
        mov     eax, edx
        call    port_range
        jc      .end
        cmp     eax, edi                        ; one range is inside the other, or nothing is in both
        jae     .first
        mov     eax, edi
.first:
        cmp     ecx, esi
        jbe     .last
        mov     ecx, esi
.last:
        cmp     ecx, eax                        ; CF set if the last is before the first
.end:
        ret

; EAX = the address of the page of the first port in the I/O fpage EAX, ECX = of the last. CF set if its size is
; nonsense, or if it is no I/O fpage. Keeps all other registers.
port_range:
        cmp     eax, L4_IO_FPAGE
        jb      .end
        mov     ecx, eax
        shr     ecx, 2
        and     ecx, 63                         ; log2 of ports
        cmp     ecx, 17
        cmc
        jc      .end
        push    edx
        mov     edx, PAGE
        shl     edx, cl                         ; bytes of their pages
        neg     edx
        sub     eax, L4_IO_FPAGE - PORT_BASE
        and     eax, edx
        mov     ecx, edx
        not     ecx
        or      ecx, eax
        and     ecx, PTE_FRAME
        pop     edx                             ; CF is clear
.end:
        ret

; The bit of port ECX in the bitmap of directory EDX: EAX the dword's address, ECX the bit's number in it. Keeps EDX.
port_bit:
        push    ecx
        shr     ecx, 3
        and     ecx, ~3
        add     ecx, port_bitmap
        mov     eax, ecx
        call    find_pte
        mov     eax, [eax]
        and     eax, PTE_FRAME
        and     ecx, PAGE - 1
        lea     eax, [KERNEL_BASE + eax + ecx]
        pop     ecx
        and     ecx, 31
        ret

; The address space of thread EAX gets a port bitmap of its own, if it has none: still one that forbids all ports.
; For that it gets its own page table for the kernel's first 4 MB, with two pages exchanged.
; CF set if the pool is used up. Keeps EBX, ESI, EDI, EBP.
own_port_bitmap:
        push    esi
        push    edi
        mov     edx, [eax + tcb.pdir]
        add     edx, KERNEL_BASE + (KERNEL_BASE >> 20)  ; the directory entry
        mov     eax, [kernel_space]
        mov     esi, [KERNEL_BASE + eax + (KERNEL_BASE >> 20)]
        cmp     esi, [edx]
        jne     .own
        call    alloc_page
        jc      .end
        and     esi, PTE_FRAME
        add     esi, KERNEL_BASE
        mov     edi, eax
        mov     ecx, PAGE / 4
        cld
        rep     movsd
        mov     esi, eax
        lea     edi, [eax + ((port_bitmap - image_start + IMAGE_PHYS) >> 10)]
        call    .page
        jc      .end
        call    .page
        jc      .end
        lea     eax, [esi - KERNEL_BASE + KERNEL_PTE]
        mov     [edx], eax
        mov     dword [stale_pages], FEW_PAGES + 1
.own:
        clc
.end:
        pop     edi
        pop     esi
        ret

; A page of ones to the table entry EDI, which moves on.
.page:
        call    alloc_page
        jc      .none
        lea     ecx, [eax - KERNEL_BASE + KERNEL_PTE]
        mov     [edi], ecx
        push    edi
        mov     edi, eax
        mov     eax, -1
        mov     ecx, PAGE / 4
        rep     stosd
        pop     edi
        add     edi, 4
        clc
.none:
        ret
