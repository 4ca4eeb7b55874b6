; In kernels built with checks: does the mapping database hold what mapdb.asm says? After each change of it.

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

; Keeps all registers, and the flags. In a debug kernel with many mappings only every so often, in another one only when
; there have been a few changes for each page table that there is to look through, lest all time goes into it.
check_mappings:
        pushfd
        pushad
        dec     dword [until_check]
        jns     .end
%if DEBUG
        mov     eax, [mapping_count]
        shr     eax, 8
%else
        mov     eax, [tables_seen]
        shl     eax, 3
%endif
        mov     [until_check], eax
        cld
        mov     dword [mappings_seen], 0
        mov     dword [tables_seen], 0
        xor     ebp, ebp                        ; task
.task:
        mov     ebx, [spaces + ebp * 4]
        test    ebx, ebx
        jz      .next_task
        add     ebx, KERNEL_BASE
        xor     edi, edi                        ; address
.table:
        mov     eax, edi
        mov     edx, ebx
        call    find_pte
        jc      .next_table
        inc     dword [tables_seen]
        mov     esi, eax
        mov     ecx, PAGE / 4
.entry:                                         ; from ESI on, ECX entries left
        push    edi
        mov     edi, esi
        xor     eax, eax
        repe scasd
        mov     esi, edi
        pop     edi
        je      .next_table
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
        jnz     .entry
.next_table:
        add     edi, TABLE_SPAN
        cmp     edi, PORT_END
        jb      .table
.next_task:
        inc     ebp
        cmp     ebp, TASKS
        jb      .task
        xor     edi, edi
        xor     ebp, ebp
        call    check_free_mappings
.end:
        popad
        popfd
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
