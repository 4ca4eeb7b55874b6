; fpage_unmap: what derives from the caller's pages, or ports, goes, or can only be read any longer.
;
; In: EAX fpage, ECX mask. All registers undefined after it.

        phase "unmap"

fpage_unmap:
        pushad
        push    dword return_to_user
        mov     ebx, ecx
        call    fpage_range
        jc      .end
        mov     edi, eax
        mov     esi, ecx
        mov     ebp, cr3
        add     ebp, KERNEL_BASE
        mov     dword [breath], BREATH
.page:                                          ; EDI the next address, ESI the last, EBX mask, EBP directory
        mov     eax, edi
        mov     edx, ebp
        call    find_pte
        jc      .no_table
        mov     ecx, [eax + PAGE]
        test    ecx, ecx
        jz      .next
        call    unmap_page
        jc      .breathe
.next:
        add     edi, PAGE
.more:
        cmp     edi, esi
        ja      .end
        dec     dword [breath]
        jns     .page
.breathe:
        call    breathe
        jmp     .page
.no_table:
        or      edi, TABLE_SPAN - 1
        inc     edi
        jmp     .more
.end:
        call    settle_tlb
        check_invariants
        ret                                     ; to return_to_user

; Mapping ECX and those that derive from it, as mask EBX says. CF set if it is to be called again. Keeps all but EAX, EDX.
unmap_page:
        test    bl, L4_UNMAP_FLUSH
        jz      .protect
        call    remove_derived
        jc      .end
        test    ebx, ebx                        ; L4_UNMAP_OWN is its sign
        jns     .end                            ; CF is clear
        call    remove_mapping
        clc
.end:
        ret
.protect:
        cmp     edi, PORT_BASE                  ; ports cannot be read-only
        jae     .done
        call    protect_derived
        test    ebx, ebx
        jns     .done
        call    protect_mapping
.done:
        clc
        ret

; EAX = the first address that fpage EAX means, ECX the last; of the ports' pages if it is an I/O fpage. CF set if it
; means nothing. Keeps all other registers.
fpage_range:
        cmp     eax, L4_IO_FPAGE
        jae     port_range
        mov     ecx, eax
        call    fpage_mask
        jc      .end
        xchg    eax, ecx
        push    ecx
        not     ecx
        and     eax, ecx
        pop     ecx
        or      ecx, eax
        cmp     ecx, USER_TOP
        jb      .user
        mov     ecx, USER_TOP - 1
.user:
        cmp     ecx, eax                        ; CF set if all of it is the kernel's
.end:
        ret
