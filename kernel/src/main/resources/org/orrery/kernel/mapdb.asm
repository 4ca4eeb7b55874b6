; The mapping database: from which page of which address space a page came. What is present in a user's address space is
; a mapping; the mappings of a frame are a tree, whose root is sigma0's page and in which the children of a mapping are
; those that were made from it.
;
; What always holds:
; - A user's page table entry is present if and only if its shadow, the dword one page after it, is the address of a
;   mapping. (User page tables are pairs of pages.) That mapping's place is the page's address and task.
; - All mappings of a tree have the same frame, and a frame has one tree. A child has no right that its parent has not.
; - A root is sigma0's own page of that frame (see sigma0_page), its parent and previous are 0.
; - A tree is a list in pre-order, each mapping being followed by all that derive from it. So the next of a mapping is
;   a child of it, or it has none.
;
; Ports are pages too: PORT_BASE + 4096 * port. Their page tables hang in the directory like others, but not marked
; present, so that the processor does not see them. When an entry there comes or goes, so does the right to the port in
; the task's port bitmap; sigma0's bitmap always allows all.
;
; Long operations let interrupts in: every so often they call `breathe`, after which all that was known about the
; database has to be looked up again. In between nothing else runs, so that one set of variables serves.

MAPPING_TASK    equ L4_TASK_MASK       ; in mapping.place
BREATH          equ 64                 ; pages and mappings to handle between two points where interrupts may come
LARGE_FPAGE     equ 18 << 2            ; up to that size (256 KB) an fpage is mapped without a breath
FEW_PAGES       equ 8                  ; up to so many INVLPG (12 clocks each) cost less than all TLB misses after a flush

        phase "map"

; EAX = a mapping that is not in use. CF set if the pool is used up. Keeps all other registers.
new_mapping:
        mov     eax, [free_mappings]
        test    eax, eax
        jnz     .take
        call    alloc_page
        jc      .end
%if CHECKS
        add     dword [mapping_count], PAGE / mapping_size
%endif
        push    ecx
        lea     ecx, [eax + PAGE - mapping_size]
.link:
        mov     [ecx - mapping_size + mapping.next], ecx
        sub     ecx, mapping_size
        cmp     ecx, eax
        ja      .link
        pop     ecx
.take:
        push    dword [eax + mapping.next]
        pop     dword [free_mappings]
        clc
.end:
        ret

; The unused mapping EAX becomes that of place EDX, a child of mapping ECX, or a root if ECX is 0. Keeps all but EDX.
link_mapping:
        note_mapping eax
        mov     [eax + mapping.place], edx
        mov     [eax + mapping.parent], ecx
        mov     [eax + mapping.previous], ecx
        xor     edx, edx
        test    ecx, ecx
        jz      .last
        mov     edx, [ecx + mapping.next]
        mov     [ecx + mapping.next], eax
        test    edx, edx
        jz      .last
        mov     [edx + mapping.previous], eax
.last:
        mov     [eax + mapping.next], edx
        ret

; EDX = the page directory of the task of place EAX. Keeps all other registers.
place_directory:
        mov     edx, eax
        and     edx, MAPPING_TASK
        mov     edx, [spaces + edx * 4]
        add     edx, KERNEL_BASE
        ret

; EAX = the page table entry of mapping ECX. Keeps all but EDX.
mapping_entry:
        mov     eax, [ecx + mapping.place]
        call    place_directory
        push    ecx
        mov     ecx, eax
        shr     ecx, 22
        mov     edx, [edx + ecx * 4]
        and     edx, PTE_FRAME
        shr     eax, 10
        and     eax, 0xFFC
        lea     eax, [KERNEL_BASE + edx + eax]
        pop     ecx
        ret

; The mapping ECX, from which none derives, ceases to be. Keeps all but EAX, EDX.
remove_mapping:
        call    mapping_entry
        mov     dword [eax], 0
        mov     dword [eax + PAGE], 0
        mov     eax, [ecx + mapping.place]
        note_place eax
        call    entry_gone
        mov     eax, [ecx + mapping.next]
        mov     edx, [ecx + mapping.previous]
        note_mapping edx
        test    edx, edx
        jz      .root
        mov     [edx + mapping.next], eax
.root:
        test    eax, eax
        jz      .last
        mov     [eax + mapping.previous], edx
.last:
        mov     dword [ecx + mapping.place], 0
        mov     eax, [free_mappings]
        mov     [ecx + mapping.next], eax
        mov     [free_mappings], ecx
        ret

; All mappings that derive from ECX cease to be, leaves first. CF set if [breath] ran out before the last: then it is to
; be called again. Keeps all but EAX, EDX.
remove_derived:
        push    ebx
        mov     ebx, ecx
.down:
        mov     edx, [ecx + mapping.next]
        test    edx, edx
        jz      .leaf
        cmp     [edx + mapping.parent], ecx
        jne     .leaf
        mov     ecx, edx
        jmp     .down
.leaf:
        cmp     ecx, ebx
        je      .end                            ; CF is clear
        dec     dword [breath]
        js      .out_of_breath
        push    dword [ecx + mapping.parent]
        call    remove_mapping
        pop     ecx
        jmp     .down
.out_of_breath:
        mov     ecx, ebx
        stc
.end:
        pop     ebx
        ret

; The same, without taking breath. Keeps all but EAX, EDX.
remove_all_derived:
        push    dword [breath]
        mov     dword [breath], 0x7FFFFFFF
        call    remove_derived
        pop     dword [breath]
        ret

; All mappings that derive from ECX lose the right to write. Keeps all but EAX, EDX.
protect_derived:
        push    ebx
        mov     ebx, ecx
.next:
        mov     edx, [ecx + mapping.next]
        test    edx, edx
        jz      .end
.climb:                                         ; from ECX to the parent of its next; that being above EBX is the end
        cmp     [edx + mapping.parent], ecx
        je      .derived
        cmp     ecx, ebx
        je      .end
        mov     ecx, [ecx + mapping.parent]
        jmp     .climb
.derived:
        mov     ecx, edx
        call    protect_mapping
        jmp     .next
.end:
        mov     ecx, ebx
        pop     ebx
        ret

; Mapping ECX loses the right to write. Keeps all but EAX, EDX.
protect_mapping:
        call    mapping_entry
        test    dword [eax], PTE_WRITE
        jz      .end
        and     dword [eax], ~PTE_WRITE
        note_mapping ecx
        mov     eax, [ecx + mapping.place]
        jmp     invalidate
.end:
        ret

; The entry of place EAX was cleared. Keeps all registers.
entry_gone:
        cmp     eax, PORT_BASE
        jb      invalidate
        push    eax
        push    ecx
        push    edx
        call    place_directory
        mov     ecx, eax
        and     eax, MAPPING_TASK
        cmp     eax, L4_SIGMA0_TASK
        je      .end
        shr     ecx, 12
        movzx   ecx, cx
        call    port_bit
        bts     [eax], ecx
.end:
        pop     edx
        pop     ecx
        pop     eax
        ret

; The TLB must not say any longer what it may know about place EAX. Keeps all registers.
invalidate:
        push    eax
        push    edx
        call    place_directory
        push    eax
        mov     eax, cr3
        sub     edx, KERNEL_BASE
        cmp     eax, edx
        jne     .other
        pop     eax
        inc     dword [stale_pages]
        cmp     dword [stale_pages], FEW_PAGES
        ja      .end                            ; too many: settle_tlb
        and     eax, PTE_FRAME
        invlpg  [eax]
.end:
        pop     edx
        pop     eax
        ret
.other:                                         ; CR3 is loaded before it is the current space,
        cmp     [window_space], eax
        pop     eax
        jne     .end
        mov     dword [stale_pages], FEW_PAGES + 1      ; but the window may show it
        jmp     .end

; After changes of page tables: the TLB knows what is in them. Keeps all registers.
settle_tlb:
        cmp     dword [stale_pages], FEW_PAGES
        mov     dword [stale_pages], 0
        jbe     .end
        push    eax
        mov     eax, cr3
        mov     cr3, eax
        pop     eax
.end:
        ret

; In the midst of a long operation: interrupts come, and others may run, before it goes on. Keeps all registers.
breathe:
        call    settle_tlb
        sti
        nop
        cli
        mov     dword [breath], BREATH
        ret
        ret
