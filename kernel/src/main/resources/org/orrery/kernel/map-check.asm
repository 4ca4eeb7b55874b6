; In kernels built with checks: does the mapping database hold what mapdb.asm says? What changes it makes a note of each
; mapping and of each place that it changes (note_mapping, note_place in kernel.inc); on the way out of the kernel all
; trees that these are in are looked through.

%if CHECKS
        phase "check"

; What is true or else a panic: condition code of a good end, what is wrong otherwise.
%macro holds 2
        j%1     %%well
        push    dword %%text
        jmp     mappings_wrong
%%text: db      %2, 13, 10, 0
%%well:
%endmacro

; The whole database. Keeps no register but ESP.
check_mappings:
        mov     dword [mappings_seen], 0
        mov     dword [note_count], 0
        xor     ebp, ebp                        ; task
.task:
        mov     ebx, [spaces + ebp * 4]
        test    ebx, ebx
        jz      .next
        add     ebx, KERNEL_BASE
        call    check_space
.next:
        inc     ebp
        cmp     ebp, TASKS
        jb      .task
        xor     edi, edi
        xor     ebp, ebp
        jmp     check_free_mappings

; All page tables of task EBP with directory EBX. Keeps EBX, EBP.
check_space:
        mov     edi, ebx
        mov     ecx, PORT_END / TABLE_SPAN
.next:                                          ; from EDI on, ECX entries left
        xor     eax, eax
        repe    scasd
        je      .end
        push    ecx
        push    edi
        mov     esi, [edi - 4]
        and     esi, PTE_FRAME
        add     esi, KERNEL_BASE
        sub     edi, ebx
        shl     edi, 20
        sub     edi, TABLE_SPAN
        call    check_table
        pop     edi
        pop     ecx
        test    ecx, ecx
        jnz     .next
.end:
        ret

; The page table ESI for the address EDI of task EBP with directory EBX. Keeps EBX, EBP.
check_table:
        mov     ecx, PAGE / 4
.next:                                          ; from ESI on, ECX entries left
        push    edi
        mov     edi, esi
        xor     eax, eax
        repe    scasd
        mov     esi, edi
        pop     edi
        je      .end
        push    edi
        push    ecx
        lea     eax, [esi - 4]
        mov     edx, eax
        and     edx, PAGE - 1
        shl     edx, 10
        add     edi, edx
        call    check_entry
        pop     ecx
        pop     edi
        test    ecx, ecx
        jnz     .next
.end:
        ret

; Free mappings are marked so, and all others were seen.
check_free_mappings:
        mov     eax, [mappings_seen]
        mov     ecx, [free_mappings]
.free:
        test    ecx, ecx
        jz      .counted
        cmp     dword [ecx + mapping.place], 0
        holds   e, "a free mapping has a place"
        inc     eax
        mov     ecx, [ecx + mapping.next]
        jmp     .free
.counted:
        cmp     eax, [mapping_count]
        holds   e, "a mapping is neither free nor in a page table, or is twice"
        ret

; Entry EAX, which is not empty, of address EDI of task EBP with directory EBX. Keeps EBX, ESI, EDI, EBP.
check_entry:
        mov     ecx, [eax + PAGE]
        test    byte [eax], PTE_PRESENT
        holds   nz, "an entry is not present, but not empty either"
        inc     dword [mappings_seen]
        test    ecx, ecx
        holds   nz, "a page is present without a mapping"
        mov     edx, edi
        or      edx, ebp
        cmp     [ecx + mapping.place], edx
        holds   e, "a mapping has another place than its page"
        mov     edx, [ecx + mapping.next]
        test    edx, edx
        jz      .last
        cmp     [edx + mapping.previous], ecx
        holds   e, "the next's previous is another"
.last:
        push    eax
        cmp     edi, PORT_BASE
        jb      .memory
        call    check_port
.memory:
        cmp     dword [ecx + mapping.parent], 0
        jne     .child
        call    check_root
        pop     eax
        ret
.child:
        call    check_child
        pop     eax
        ret

; What there are notes of, and then there are none any more. Keeps no register but ESP.
check_notes:
        mov     dword [tree_seen], 0
.next:
        mov     ecx, [note_count]
        dec     ecx
        js      .end
        mov     [note_count], ecx
        mov     eax, [notes + ecx * 8 + 4]
        mov     ecx, [notes + ecx * 8]
        test    ecx, ecx
        jz      .place
        cmp     dword [ecx + mapping.place], 0
        je      .next                           ; it ceased to be after all
        call    check_tree
        jmp     .next
.place:
        call    check_gone
        jmp     .next
.end:
        ret

; All of the tree that mapping ECX is in, unless that was the last one looked at.
check_tree:
        mov     eax, ecx
        mov     ecx, [ecx + mapping.parent]
        test    ecx, ecx
        jnz     check_tree
        cmp     eax, [tree_seen]
        je      .end
        mov     [tree_seen], eax
.mapping:
        push    eax
        mov     ecx, [eax + mapping.place]
        call    entry_of_place
        holds   nc, "a mapping has a place without a page table"
        pop     ecx
        cmp     [eax + PAGE], ecx
        holds   e, "a mapping's page has another mapping"
        push    ecx
        call    check_entry
        pop     eax
        mov     eax, [eax + mapping.next]
        test    eax, eax
        jnz     .mapping
.end:
        ret

; Nothing is at place EAX any more, or again something that is right.
check_gone:
        mov     ecx, eax
        call    entry_of_place
        jc      .end
        mov     ecx, [eax]
        or      ecx, [eax + PAGE]
        jnz     check_entry
.end:
        ret

; EAX = the entry of place ECX, which is address EDI of task EBP with directory EBX. CF set if there is no page table.
entry_of_place:
        mov     ebp, ecx
        mov     edi, ecx
        and     ebp, MAPPING_TASK
        and     edi, PTE_FRAME
        mov     ebx, [spaces + ebp * 4]
        cmp     ebx, 1
        jb      .end
        add     ebx, KERNEL_BASE
        mov     eax, edi
        mov     edx, ebx
        call    find_pte
.end:
        ret

; Notes of the mapping, or of the place, on the stack, which goes. If there are too many, all will be looked at. Both keep
; all registers and the flags.
note_touched:
        pushfd
        push    ecx
        push    dword [esp + 12]
        push    dword 0
        jmp     note
note_gone:
        pushfd
        push    ecx
        push    dword 0
        push    dword [esp + 16]
note:
        mov     ecx, [note_count]
        cmp     ecx, MAX_NOTES
        jae     .full
        inc     dword [note_count]
        pop     dword [notes + ecx * 8 + 4]
        pop     dword [notes + ecx * 8]
        pop     ecx
        popfd
        ret     4
.full:
        mov     dword [until_check], 0
        add     esp, 8
        pop     ecx
        popfd
        ret     4

MAX_NOTES       equ 512

; The root ECX is at address EDI of task EBP, its entry is EAX.
check_root:
        cmp     ebp, L4_SIGMA0_TASK
        holds   e, "a root is not sigma0's"
        cmp     dword [ecx + mapping.previous], 0
        holds   e, "a root is not the first of its tree"
        mov     edx, [eax]
        mov     eax, edi
        call    sigma0_page
        holds   nc, "a root is not sigma0's own page"
        xor     eax, edx
        test    eax, PTE_FRAME
        holds   z, "a root has another frame than its page"
        ret

; The child ECX, its entry is EAX.
check_child:
        mov     edx, [ecx + mapping.previous]
        test    edx, edx
        holds   nz, "a child has none before it"
        cmp     [edx + mapping.next], ecx
        holds   e, "the previous' next is another"
.climb:                                         ; the parent is the previous, or one above that
        cmp     edx, [ecx + mapping.parent]
        je      .in_order
        mov     edx, [edx + mapping.parent]
        test    edx, edx
        jnz     .climb
        inc     edx
.in_order:
        holds   e, "a child is not among those of its parent"
        push    dword [eax]
        push    ecx
        mov     ecx, [ecx + mapping.parent]
        cmp     dword [ecx + mapping.place], 0
        holds   ne, "a parent is free"
        call    mapping_entry
        pop     ecx
        pop     edx
        mov     eax, [eax]
        xor     eax, edx
        test    eax, PTE_FRAME
        holds   z, "a child has another frame"
        test    eax, PTE_WRITE
        jz      .end
        test    edx, PTE_WRITE
        holds   z, "a child can write, but its parent cannot"
.end:
        ret

; The port at EDI is allowed in the bitmap of directory EBX. Keeps all registers.
check_port:
        pushad
        mov     ecx, edi
        shr     ecx, 12
        movzx   ecx, cx
        mov     edx, ebx
        call    port_bit
        bt      [eax], ecx
        holds   nc, "a port is mapped, but forbidden"
        popad
        ret

; The line on the stack, about address EDI of task EBP, and the end of the run.
mappings_wrong:
        mov     esi, panic_text
        call    print
        mov     esi, mapping_text
        call    print
        lea     eax, [edi + ebp]
        call    print_hex
        mov     esi, mapping_colon
        call    print
        pop     esi
        call    print
        mov     al, EXIT_PANIC
        jmp     exit

mapping_text:   db "mapping at ", 0
mapping_colon:  db ": ", 0
%endif
