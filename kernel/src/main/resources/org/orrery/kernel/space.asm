; Address spaces: page directories and page tables, the TCB array's memory, and the pool that all this comes from.
;
; A page directory is known by its physical address (tcb.pdir, what CR3 holds); its contents are reached at
; KERNEL_BASE more. Entries from USER_TOP on are the kernel's and the same in all directories, but for the one of
; the port bitmap in tasks that may use ports.

        phase "space"

; A page of the kernel's pool, zeroed: EAX its address. CF set if the pool is used up. Keeps all other registers.
alloc_page:
        mov     eax, [free_pages]
        test    eax, eax
        jnz     .freed
        mov     eax, [pool_next]
        cmp     eax, [pool_end]
        jae     .split
        add     dword [pool_next], PAGE
        add     eax, KERNEL_BASE
        jmp     clear_page
.freed:
        push    dword [eax]
        pop     dword [free_pages]
        jmp     clear_page
.split:                                         ; half a pair; the other half will never be part of one again
        mov     eax, [free_pairs]
        test    eax, eax
        jz      .none
        push    dword [eax]
        pop     dword [free_pairs]
        add     eax, PAGE
        call    free_page
        sub     eax, PAGE
        jmp     clear_page
.none:
        stc
        ret

; The same for two pages in a row.
alloc_pair:
        mov     eax, [free_pairs]
        test    eax, eax
        jnz     .freed
        mov     eax, [pool_end]
        sub     eax, [pool_next]
        cmp     eax, 2 * PAGE
        jb      .end
        mov     eax, [pool_next]
        add     dword [pool_next], 2 * PAGE
        add     eax, KERNEL_BASE
        jmp     .clear
.freed:
        push    dword [eax]
        pop     dword [free_pairs]
.clear:
        add     eax, PAGE
        call    clear_page
        sub     eax, PAGE
        jmp     clear_page
.end:
        ret

; The page at EAX becomes zeros. CF is clear then. Keeps all registers.
clear_page:
        push    eax
        push    ecx
        push    edi
        mov     edi, eax
        mov     ecx, PAGE / 4
        xor     eax, eax
        cld
        rep     stosd
        pop     edi
        pop     ecx
        pop     eax
        ret

; The page EAX goes back to the pool. Keeps all registers.
free_page:
        push    dword [free_pages]
        pop     dword [eax]
        mov     [free_pages], eax
        ret

; The pair of pages EAX goes back to the pool. Keeps all registers.
free_pair:
        push    dword [free_pairs]
        pop     dword [eax]
        mov     [free_pairs], eax
        ret

; The page table entry of address EAX in directory EDX (an address): EAX its address.
; CF set if there is no page table. Keeps all other registers.
find_pte:
        push    ecx
        mov     ecx, eax
        shr     ecx, 22
        mov     ecx, [edx + ecx * 4]
        test    ecx, ecx
        jz      .none
        and     ecx, PTE_FRAME
        shr     eax, 10
        and     eax, 0xFFC
        lea     eax, [KERNEL_BASE + eax + ecx]
        pop     ecx
        clc
        ret
.none:
        pop     ecx
        stc
        ret

; The same for the address of a user page or of a port, with a new page table where there was none. CF set if the pool
; is used up.
make_pte:
        push    ecx
        mov     ecx, eax
        call    find_pte
        jnc     .end
        call    alloc_pair
        jc      .end
        sub     eax, KERNEL_BASE
        push    ecx
        cmp     ecx, PORT_BASE
        jae     .ports
        or      eax, USER_TABLE
.ports:
        shr     ecx, 22
        mov     [edx + ecx * 4], eax
        pop     eax
        call    find_pte
.end:
        pop     ecx
        ret

; A new address space for task EAX with nothing in its user part: EAX its directory's address.
; CF set if the pool is used up. Keeps EBX, ESI, EBP.
new_space:
        push    esi
        mov     edi, eax
        call    alloc_page
        jc      .end
        lea     ecx, [eax - KERNEL_BASE]
        mov     [spaces + edi * 4], ecx
        mov     esi, [kernel_space]
        add     esi, KERNEL_BASE + (USER_TOP >> 20)
        lea     edi, [eax + (USER_TOP >> 20)]
        mov     ecx, (PAGE - (USER_TOP >> 20)) / 4
        cld
        rep     movsd
        clc
.end:
        pop     esi
        ret

; The page of the TCB array at address EAX gets memory of its own, if it has none. CF set if the pool is used up.
; Keeps EBX, ESI, EDI, EBP.
;
; Unused TCBs are there to be read, as zeros in one page for all of them, so that ipc need not ask whether a TCB
; exists: no id equals theirs.
back_tcb:
        push    ebx
        mov     ebx, eax
        mov     edx, [kernel_space]
        add     edx, KERNEL_BASE
        shr     eax, 22
        mov     ecx, [edx + eax * 4]
        cmp     ecx, [zero_table]
        jne     .table
        call    back_tcb_table
        jc      .end
.table:
        mov     eax, ebx
        call    find_pte
        mov     ecx, [eax]
        cmp     ecx, [zero_page]
        jne     .done
        mov     ecx, eax
        call    alloc_page
        jc      .end
        lea     eax, [eax - KERNEL_BASE + KERNEL_PTE]
        mov     [ecx], eax
        invlpg  [ebx]
%if CHECKS
        call    note_tcb_page
%endif
.done:
        clc
.end:
        pop     ebx
        ret

; A page table of its own for the TCBs around EBX, in all spaces. EDX is kept: the kernel's directory.
back_tcb_table:
        push    edi
        push    ebx
        call    alloc_page
        jc      .end
        mov     edi, eax
        push    eax
        mov     eax, [zero_page]
        mov     ecx, PAGE / 4
        cld
        rep     stosd
        pop     eax
        lea     eax, [eax - KERNEL_BASE + KERNEL_PTE]
        shr     ebx, 22
        mov     [edx + ebx * 4], eax
        mov     ecx, TASKS - 1
.space:
        mov     edi, [spaces + ecx * 4]
        test    edi, edi
        jz      .next
        mov     [KERNEL_BASE + edi + ebx * 4], eax
.next:
        dec     ecx
        jns     .space
        mov     eax, cr3
        mov     cr3, eax
        clc
.end:
        pop     ebx
        pop     edi
        ret

TASKS           equ 2048

; What stands behind unused TCBs and unused port bitmaps, for boot.
prepare_zero_pages:
        mov     edx, [kernel_space]
        add     edx, KERNEL_BASE
        call    alloc_page
        lea     eax, [eax - KERNEL_BASE + ZERO_PTE]
        mov     [zero_page], eax
        call    alloc_page
        mov     edi, eax
        lea     ecx, [eax - KERNEL_BASE + KERNEL_PTE]
        mov     [zero_table], ecx
        mov     eax, [zero_page]
        mov     ecx, PAGE / 4
        cld
        rep     stosd
%if VIRTUAL_TCBS
        lea     edi, [edx + (TCB_BASE >> 20)]
        mov     ecx, (TCB_MASK + tcb_size) >> 22
%else
        lea     edi, [edx + (TCB_TABLE >> 20)]
        mov     ecx, 1 + ((TCB_MASK + tcb_size) >> 22)
%endif
        mov     eax, [zero_table]
        rep     stosd
        ret

; The TSS with a port bitmap that forbids all ports, for boot.
prepare_task_state:
        mov     edi, port_bitmap
        mov     eax, -1
        mov     ecx, (2 * PAGE + 4) / 4
        cld
        rep     stosd
        mov     eax, tss
        mov     word [gdt + TASK_STATE], TSS_LIMIT
        mov     [gdt + TASK_STATE + 2], ax
        shr     eax, 16
        mov     [gdt + TASK_STATE + 4], al
        mov     [gdt + TASK_STATE + 7], ah
        ret
