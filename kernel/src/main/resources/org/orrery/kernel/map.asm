; Mapping: pages, or ports, of the sender become the receiver's as well. What is given must be the sender's own, and no
; right grows on the way. Sigma0 owns all memory that is not the kernel's, whether or not it has touched it.
; The kernel is not interrupted, so one set of variables (map_...) serves.

        phase "map"

; EBP sender, EBX receiver, EAX send base, EDX fpage sent, ECX receive window. CF set if the pool is used up.
; Keeps all registers.
;
; The fpage may be smaller than the window or the other way round: the send base then says which part of the larger one
; is meant, by its bits below the larger one's size. Fpages of nonsense map nothing.
map:
        pushad
        mov     edi, eax                        ; send base
        mov     eax, edx
        shr     eax, 28
        cmp     eax, L4_IO_FPAGE >> 28
        je      .ports
        mov     eax, ecx
        call    fpage_mask
        mov     esi, eax                        ; window's bytes - 1
        jc      .nothing
        mov     eax, edx
        call    fpage_mask                      ; fpage's bytes - 1
        jc      .nothing
        mov     [map_rights], edx

        not     eax                             ; source: the fpage, with the send base's bits inside it
        and     edx, eax
        not     eax
        push    edi
        and     edi, eax
        or      edx, edi
        pop     edi
        not     esi                             ; target: the window, with the send base's bits inside it
        and     ecx, esi
        not     esi
        and     edi, esi
        or      edi, ecx
        cmp     eax, esi                        ; both to the size of the smaller
        jbe     .smaller
        mov     eax, esi
.smaller:
        mov     [map_last], eax
        not     eax
        and     edx, eax
        and     edi, eax
        mov     [map_source], edx
        mov     [map_target], edi
        call    map_pages
        jmp     .done
.ports:
        call    map_ports
.done:
        sbb     ecx, ecx
        mov     eax, cr3                        ; one of the spaces may be the current one
        mov     cr3, eax
        neg     ecx                             ; CF as it was
        popad
        ret
.nothing:
        clc
        popad
        ret

; EAX = bytes of the fpage EAX less one. CF set if its size is not one of a page up to the whole space.
; Keeps all other registers.
fpage_mask:
        push    ecx
        shr     eax, 2
        and     eax, 63
        cmp     eax, 12
        jb      .end
        mov     ecx, 32
        sub     ecx, eax
        jb      .end
        mov     eax, -1
        shr     eax, cl                         ; clears CF or sets it
        clc
.end:
        pop     ecx
        ret

; Page by page, from map_source to map_target. Keeps EBX, EBP. CF set if the pool is used up.
map_pages:
        xor     esi, esi                        ; offset
.page:
        mov     eax, [map_source]
        mov     edi, [map_target]
        add     eax, esi
        add     edi, esi
        cmp     eax, USER_TOP
        jae     .done
        cmp     edi, USER_TOP
        jae     .done
        call    source_page
        jc      .no_table
        test    eax, PTE_PRESENT
        jz      .next
        call    map_page
        jc      .end
.next:
        add     esi, PAGE
        jmp     .more
.no_table:                                      ; nothing up to the next page table's start
        mov     eax, [map_source]
        add     esi, eax
        and     esi, -TABLE_SPAN
        add     esi, TABLE_SPAN
        sub     esi, eax
.more:
        cmp     esi, [map_last]
        jbe     .page
.done:
        clc
.end:
        ret

; The sender's page table entry for address EAX: EAX its value, map_entry its address or 0.
; CF set if there is nothing at all under the whole page table.
source_page:
        mov     dword [map_entry], 0
        mov     edx, [ebp + tcb.pdir]
        cmp     edx, [sigma0_space]
        je      .sigma0
        add     edx, KERNEL_BASE
        call    find_pte
        jc      .end
        mov     [map_entry], eax
        mov     eax, [eax]
        clc
.end:
        ret
.sigma0:
        cmp     [memory_end], eax
        jb      .end
        call    sigma0_page
        jnc     .end
        xor     eax, eax
        ret

; The page that the entry EAX means becomes the receiver's at address EDI. CF set if the pool is used up.
; Keeps EBX, ESI, EBP.
map_page:
        mov     ecx, eax
        test    byte [map_rights], L4_FPAGE_WRITE
        jnz     .writable
        and     ecx, ~PTE_WRITE
.writable:
        mov     edx, [ebx + tcb.pdir]
        add     edx, KERNEL_BASE
        mov     eax, edi
        call    make_pte
        jc      .end
        mov     edx, [eax]
        xor     edx, ecx
        test    edx, PTE_FRAME | PTE_PRESENT
        jnz     .store
        or      ecx, [eax]                      ; the same page is there already: it keeps its rights
.store:
        mov     edx, [map_entry]
        test    edx, edx
        jz      .granted
        test    byte [map_rights], L4_FPAGE_GRANT
        jz      .granted
        mov     dword [edx], 0
.granted:
        mov     [eax], ecx
        clc
.end:
        ret

; The page table entry that sigma0 has for its address EAX: EAX its value. CF set if the page is not sigma0's.
; Its memory is mapped one to one: all but the kernel's, and the kernel info page to read. From 640 KB to 1 MB there
; are devices. Keeps all other registers.
sigma0_page:
        and     eax, PTE_FRAME
        cmp     eax, PHYS(kernel_info)
        je      .info
        cmp     eax, IMAGE_PHYS
        jb      .low
        cmp     eax, PHYS(bss_end)
        jb      .none
        cmp     eax, [memory_end]
        jae     .none
        cmp     eax, [pool_start]
        jb      .memory
        cmp     eax, [pool_end]
        jb      .none
.memory:
        or      eax, PTE_PRESENT | PTE_WRITE | PTE_USER | PTE_USED
        ret
.low:
        cmp     eax, 0xA0000
        jb      .memory
        or      eax, PTE_PRESENT | PTE_WRITE | PTE_USER | PTE_USED | PTE_UNCACHED
        ret
.info:
        or      eax, PTE_PRESENT | PTE_USER | PTE_USED
        ret
.none:
        stc
        ret

; I/O fpage EDX of EBP to EBX through window ECX, an I/O fpage too or the whole space: the ports that are in both and
; that the sender may use, the receiver may use too. CF set if the pool is used up. Keeps EBX, EBP.
map_ports:
        mov     eax, ecx
        and     eax, 0xFC
        cmp     eax, L4_WHOLE_SPACE
        jne     .window
        mov     ecx, L4_ALL_PORTS
.window:
        cmp     ecx, L4_IO_FPAGE
        jb      .nothing
        mov     eax, ecx
        call    port_range
        jc      .nothing
        mov     edi, eax                        ; first of the window
        mov     esi, ecx                        ; and how many
        mov     eax, edx
        call    port_range
        jc      .nothing
        cmp     ecx, esi                        ; the smaller range is inside the other, or nothing is in both
        jbe     .smaller
        xchg    eax, edi
        xchg    ecx, esi
.smaller:
        neg     esi
        and     esi, eax
        cmp     esi, edi
        jne     .nothing
        mov     esi, eax
        mov     edi, ecx
        mov     eax, ebx
        call    own_port_bitmap
        jc      .end
.port:
        mov     eax, ebp
        call    port_bit
        bt      [eax], ecx
        jc      .next                           ; a set bit forbids
        mov     eax, ebx
        call    port_bit
        btr     [eax], ecx
.next:
        inc     esi
        dec     edi
        jnz     .port
.nothing:
        clc
.end:
        ret

; EAX = the first port of the I/O fpage EAX, ECX = how many. CF set if its size is nonsense. Keeps all other registers.
port_range:
        mov     ecx, eax
        shr     ecx, 2
        and     ecx, 63                         ; log2
        cmp     ecx, 17
        cmc
        jc      .end
        push    edx
        mov     edx, 1
        shl     edx, cl
        mov     ecx, edx
        neg     edx
        shr     eax, 12
        movzx   eax, ax
        and     eax, edx
        pop     edx                             ; CF is clear
.end:
        ret

; The bit of port ESI in the bitmap of thread EAX: EAX the dword's address, ECX the bit's number in it.
port_bit:
        mov     edx, [eax + tcb.pdir]
        add     edx, KERNEL_BASE
        mov     ecx, esi
        shr     ecx, 3
        and     ecx, ~3
        add     ecx, port_bitmap
        mov     eax, ecx
        call    find_pte
        mov     eax, [eax]
        and     eax, PTE_FRAME
        and     ecx, PAGE - 1
        lea     eax, [KERNEL_BASE + eax + ecx]
        mov     ecx, esi
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
