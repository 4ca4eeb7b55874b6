; Mapping: pages, or ports, of the sender become the receiver's as well, or instead. What is given must be the sender's
; own, and no right grows on the way. Sigma0 owns all memory that is not the kernel's, whether or not it has touched it.

        phase "map"

; EBP sender, EBX receiver, EAX send base, EDX fpage sent, ECX receive window. CF set if the pool is used up.
; Keeps all registers.
;
; The fpage may be smaller than the window or the other way round: the send base then says which part of the larger one
; is meant, by its bits below the larger one's size. Fpages of nonsense map nothing.
;
; If the two are locked to each other (see message.asm) interrupts are let in, and others run, while many pages are mapped.
map:
        pushad
        mov     [map_rights], edx
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
        mov     dword [map_limit], USER_TOP
        jmp     .pages
.ports:
        call    common_ports
        jc      .nothing
        call    select_ports
        mov     eax, ebx
        call    own_port_bitmap
        jc      .settle
.pages:
        call    map_pages
.settle:
        sbb     ecx, ecx
        call    settle_tlb
        neg     ecx                             ; CF as it was
        popad
        ret
.nothing:
        clc
        popad
        ret

; The pages from EAX to ECX, ports, are to be mapped. Keeps EAX, EBX, EBP.
select_ports:
        mov     [map_source], eax
        mov     [map_target], eax
        sub     ecx, eax
        mov     [map_last], ecx
        mov     dword [map_limit], PORT_END
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

; Page by page, from map_source to map_target, addresses below map_limit. Keeps EBX, EBP. CF set if the pool is used up.
map_pages:
        mov     dword [breath], BREATH
        xor     esi, esi                        ; offset
.page:
        mov     eax, [map_source]
        mov     edi, [map_target]
        add     eax, esi
        add     edi, esi
        cmp     eax, [map_limit]
        jae     .done
        cmp     edi, [map_limit]
        jae     .done
        call    source_mapping
        jc      .end
        test    ecx, ecx
        jz      .nothing
        call    map_page
        jc      .end
.next:
        add     esi, PAGE
.more:
        cmp     esi, [map_last]
        ja      .done
        dec     dword [breath]
        jns     .page
        cmp     [ebp + tcb.receiver], ebx
        jne     .page
        call    breathe_in_map
        jmp     .page
.done:
        clc
.end:
        ret
.nothing:
        test    eax, eax
        jnz     .next
        mov     eax, [map_source]               ; nothing up to the next page table's start
        add     esi, eax
        and     esi, -TABLE_SPAN
        add     esi, TABLE_SPAN
        sub     esi, eax
        jmp     .more

; Breathes between two pages. Keeps all registers.
breathe_in_map:
        push    dword [map_source]
        push    dword [map_target]
        push    dword [map_last]
        push    dword [map_limit]
        push    dword [map_rights]
        call    breathe
        pop     dword [map_rights]
        pop     dword [map_limit]
        pop     dword [map_last]
        pop     dword [map_target]
        pop     dword [map_source]
        ret

; What the sender EBP has at address EAX: ECX the mapping, EAX its page table entry; or ECX = 0, and also EAX = 0 if there
; is no page table. CF set if the pool is used up.
source_mapping:
        mov     edx, [ebp + tcb.pdir]
        cmp     edx, [sigma0_space]
        je      sigma0_mapping
        add     edx, KERNEL_BASE
        call    find_pte
        jc      .no_table
        mov     ecx, [eax + PAGE]
        ret
.no_table:
        xor     eax, eax
        xor     ecx, ecx
        ret

; The page of mapping ECX, whose entry is EAX, becomes the receiver's at address EDI. CF set if the pool is used up.
; Keeps EBX, ESI, EDI, EBP.
;
; Something else that is there goes, with all that derives from it. The same page may be there already: as a child of
; the mapping that is sent it can gain the right to write; as the mapping itself, or one above it, it gains nothing.
map_page:
        mov     [map_from], ecx
        mov     [map_entry], eax
        mov     edx, [ebx + tcb.pdir]
        add     edx, KERNEL_BASE
        mov     eax, edi
        call    make_pte
        jc      .end
        mov     ecx, [eax + PAGE]
        test    ecx, ecx
        jz      .empty
        mov     edx, [map_entry]
        mov     edx, [edx]
        xor     edx, [eax]
        test    edx, PTE_FRAME
        jnz     .replace
        call    at_or_above_source
        je      .there_already
        mov     edx, [ecx + mapping.parent]
        cmp     edx, [map_from]
        jne     .replace
        test    byte [map_rights], L4_FPAGE_GRANT
        jz      widen_rights
.replace:
        push    eax
        call    remove_all_derived
        call    remove_mapping
        pop     eax
.empty:
        test    byte [map_rights], L4_FPAGE_GRANT
        jz      add_child
        mov     ecx, [map_from]
        cmp     dword [ecx + mapping.parent], 0 ; sigma0's own pages stay its own
        je      add_child
        jmp     move_mapping

.there_already:
        test    byte [map_rights], L4_FPAGE_GRANT
        jz      .end                            ; CF is clear
        cmp     ecx, [map_from]
        je      .end
        mov     ecx, [map_from]                 ; what is granted is the sender's no longer
        call    remove_all_derived
        call    remove_mapping
        clc
.end:
        ret

; ZF set if mapping ECX is map_from or one that map_from derives from. Keeps all but EDX.
at_or_above_source:
        mov     edx, [map_from]
.up:
        cmp     edx, ecx
        je      .end
        mov     edx, [edx + mapping.parent]
        test    edx, edx
        jnz     .up
        inc     edx                             ; clears ZF
.end:
        ret

; Mapping ECX with entry EAX, a child of map_from, gets the right to write if that is sent. CF is clear then.
widen_rights:
        test    byte [map_rights], L4_FPAGE_WRITE
        jz      .end
        mov     edx, [map_entry]
        mov     edx, [edx]
        and     edx, PTE_WRITE
        or      [eax], edx
        note_mapping ecx
        mov     eax, [ecx + mapping.place]
        call    invalidate
        clc
.end:
        ret

; The empty entry EAX, of the receiver's address EDI, gets a child of map_from. CF set if the pool is used up.
add_child:
        push    esi
        mov     esi, eax
        call    new_mapping
        jc      .end
        mov     [esi + PAGE], eax
        call    receiver_place
        mov     ecx, [map_from]
        call    link_mapping
        mov     edx, [map_entry]
        mov     edx, [edx]
        test    byte [map_rights], L4_FPAGE_WRITE
        jnz     .store
        and     edx, ~PTE_WRITE
.store:
        mov     [esi], edx
        call    entry_came
        clc
.end:
        pop     esi
        ret

; Mapping ECX with entry map_entry moves to the empty entry EAX, of the receiver's address EDI. CF is clear then.
move_mapping:
        push    eax
        mov     eax, [ecx + mapping.place]
        note_place eax
        call    receiver_place
        mov     [ecx + mapping.place], edx
        note_mapping ecx
        mov     edx, [map_entry]
        push    dword [edx]
        mov     dword [edx], 0
        mov     dword [edx + PAGE], 0
        call    entry_gone
        pop     edx
        pop     eax
        mov     [eax], edx
        mov     [eax + PAGE], ecx
        test    byte [map_rights], L4_FPAGE_WRITE
        jnz     .end
        call    protect_derived
        call    protect_mapping
.end:
        call    entry_came
        clc
        ret

; EDX = the place of the receiver's address EDI. Keeps all other registers.
receiver_place:
        mov     edx, ebx
        shr     edx, L4_TASK_SHIFT
        and     edx, MAPPING_TASK
        or      edx, edi
        ret

; The receiver's entry for address EDI was empty and is so no longer. Keeps all but EAX, ECX, EDX.
entry_came:
        cmp     edi, PORT_BASE
        jb      .end
        mov     edx, [ebx + tcb.pdir]
        add     edx, KERNEL_BASE
        mov     ecx, edi
        shr     ecx, 12
        movzx   ecx, cx
        call    port_bit
        btr     [eax], ecx
.end:
        ret
