; Sigma0's memory: all that is not the kernel's, one to one. The mapping of a page, the root of its tree, is made when
; the page is first touched or mapped on.

        phase "map"

; Sigma0's mapping of its address EAX, made now if it is one of its own pages: ECX the mapping and EAX its entry, or ECX =
; 0 and EAX = -1. CF set if the pool is used up. Keeps EBX, ESI, EDI, EBP.
sigma0_mapping:
        push    edi
        mov     edi, eax
        mov     edx, [sigma0_space]
        add     edx, KERNEL_BASE
        call    find_pte
        jc      .not_yet
        mov     ecx, [eax + PAGE]
        test    ecx, ecx
        jnz     .end                            ; CF is clear
.not_yet:
        mov     eax, edi
        call    sigma0_page
        jc      .none
        push    eax
        mov     eax, edi
        call    make_pte
        mov     ecx, eax
        pop     edx
        jc      .end
        call    new_mapping
        jc      .end
        mov     [ecx], edx
        mov     [ecx + PAGE], eax
        push    ecx
        xor     ecx, ecx                        ; a root
        mov     edx, edi
        and     edx, PTE_FRAME
        or      edx, L4_SIGMA0_TASK
        call    link_mapping
        mov     ecx, eax
        pop     eax
        clc
.end:
        pop     edi
        ret
.none:
        xor     ecx, ecx
        or      eax, -1
        pop     edi
        ret

; The page table entry that sigma0 has for its address EAX: EAX its value. CF set if the page is not sigma0's.
; Its memory is mapped one to one: all RAM but the kernel's, and the kernel info page to read. From 640 KB to 1 MB there
; are devices, and so from 2 GB on, which sigma0 has at DEVICE_BASE. All ports. Keeps all other registers.
sigma0_page:
        and     eax, PTE_FRAME
        cmp     eax, DEVICE_BASE
        jae     .beyond
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
.beyond:
        cmp     eax, PORT_BASE
        jae     .port
        add     eax, DEVICE_SHIFT + (PTE_PRESENT | PTE_WRITE | PTE_USER | PTE_USED | PTE_UNCACHED)
        clc
        ret
.port:
        cmp     eax, PORT_END
        jae     .none
        sub     eax, PORT_BASE - KERNEL_PTE
        ret

DEVICE_BASE     equ 0x40000000
DEVICE_SHIFT    equ 0x40000000

; A page fault of sigma0, on the stack as in fault; EBP the thread, EAX the address.
sigma0_fault:
        test    byte [esp + fault.error], PF_PRESENT
        jnz     halt_thread
        call    sigma0_mapping
        jc      halt_thread
        test    ecx, ecx
        jz      halt_thread
        check_invariants
        popad
        add     esp, 8
        iretd

PF_PRESENT      equ 1                           ; in the error code: there is a page, but not with this right
