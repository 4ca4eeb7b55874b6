; From the boot loader to paging: a multiboot 1 image whose header says itself where it belongs. Until `high`
; everything runs at physical addresses, so labels are taken through PHYS.

MULTIBOOT_HEADER equ 0x1BADB002
MULTIBOOT_FLAGS  equ 0x00010003        ; modules on pages, memory size, addresses are in the header
MBI_MEMORY       equ 1                 ; bits of mbi.flags
MBI_CMDLINE      equ 4
MBI_MODULES      equ 8

CR0_SET          equ 0x8001002A        ; PG, WP, NE, TS, MP
CR0_CACHE_OFF    equ 0x60000000        ; CD, NW

MAX_MEMORY_KB    equ 0xFFC00           ; above 1 MB: memory from 1 GB on is not used
MIN_POOL         equ 0x40000           ; the kernel's own memory, in bytes
MAX_POOL         equ 0x2000000

        phase "boot"
        align 4
multiboot:
        dd      MULTIBOOT_HEADER, MULTIBOOT_FLAGS, -(MULTIBOOT_HEADER + MULTIBOOT_FLAGS)
        dd      PHYS(multiboot), IMAGE_PHYS, PHYS(image_end), PHYS(bss_end), PHYS(start)

_start          equ start - image_start + IMAGE_PHYS    ; as an ELF file has it
start:                                  ; EAX magic, EBX multiboot information
        cli
        cld
        mov     esp, PHYS(boot_stack_top)
        mov     ebp, eax
        call    serial_init
        mov     esi, PHYS(not_multiboot)
        cmp     ebp, L4_BOOT_MAGIC
        jne     boot_failed
        mov     esi, PHYS(no_information)
        mov     eax, [ebx + mbi.flags]
        and     eax, MBI_MEMORY | MBI_MODULES
        cmp     eax, MBI_MEMORY | MBI_MODULES
        jne     boot_failed
        mov     esi, PHYS(no_modules)
        cmp     dword [ebx + mbi.mods_count], 2
        jb      boot_failed
        mov     esi, PHYS(many_modules)
        cmp     dword [ebx + mbi.mods_count], MAX_SERVERS
        ja      boot_failed
        mov     esi, PHYS(small_memory)
        call    choose_pool
        jc      boot_failed
        call    loader_below
        jc      boot_failed
        call    build_kernel_space
        mov     cr3, eax
        mov     eax, cr0
        and     eax, ~CR0_CACHE_OFF
        or      eax, CR0_SET
        mov     cr0, eax
        mov     eax, high
        jmp     eax

; The kernel's own memory: the upper eighth of what it reaches. CF set if memory is too small.
; EBX multiboot information. Keeps EBX, ESI.
choose_pool:
        mov     eax, [ebx + mbi.mem_upper]
        cmp     eax, MAX_MEMORY_KB
        jbe     .memory
        mov     eax, MAX_MEMORY_KB
.memory:
        shl     eax, 10
        add     eax, 0x100000
        and     eax, PTE_FRAME
        mov     [PHYS(memory_end)], eax
        cmp     eax, KERNEL_REACH
        jbe     .reached
        mov     eax, KERNEL_REACH
.reached:
        mov     [PHYS(pool_end)], eax
        mov     edx, eax
        shr     edx, 3
        and     edx, PTE_FRAME
        cmp     edx, MIN_POOL
        jae     .not_small
        mov     edx, MIN_POOL
.not_small:
        cmp     edx, MAX_POOL
        jbe     .not_large
        mov     edx, MAX_POOL
.not_large:
        sub     eax, edx
        mov     [PHYS(pool_start)], eax
        cmp     eax, PHYS(bss_end)              ; CF if the image reaches into it
        ret

; CF set if anything that the loader left for us reaches into the pool. Keeps EBX, ESI.
loader_below:
        mov     edx, [PHYS(pool_start)]
        lea     eax, [ebx + mbi_size]
        cmp     edx, eax
        jb      .end
        mov     edi, [ebx + mbi.mods_addr]
        mov     ecx, [ebx + mbi.mods_count]
        mov     eax, ecx
        shl     eax, 4                          ; module_size is 16
        add     eax, edi
        cmp     edx, eax
        jb      .end
.module:
        cmp     edx, [edi + module.end]
        jb      .end
        cmp     edx, [edi + module.cmdline]
        jb      .end
        add     edi, module_size
        dec     ecx
        jnz     .module
        clc
.end:
        ret

; The kernel's address space with the window on physical memory, and the image also where it runs now.
; EAX = physical address of the page directory. Keeps EBX, ESI.
build_kernel_space:
        mov     edx, [PHYS(pool_end)]
        mov     ecx, edx
        add     ecx, TABLE_SPAN - 1
        shr     ecx, 22                         ; page tables
        mov     ebp, ecx
        inc     ecx                             ; and the directory
        shl     ecx, 10
        xor     eax, eax
        mov     edi, [PHYS(pool_start)]
        rep     stosd
        mov     [PHYS(pool_next)], edi
        mov     edi, [PHYS(pool_start)]
        mov     [PHYS(kernel_space)], edi
        lea     eax, [edi + PAGE + KERNEL_PTE]
        mov     [edi], eax                      ; the image at its physical address: until `high`
        lea     ecx, [edi + (KERNEL_BASE >> 20)]
.table:
        mov     [ecx], eax
        add     eax, PAGE
        add     ecx, 4
        dec     ebp
        jnz     .table
        lea     ecx, [edi + PAGE]
        mov     eax, KERNEL_PTE
.page:
        mov     [ecx], eax
        add     ecx, 4
        add     eax, PAGE
        cmp     eax, edx
        jb      .page
        mov     eax, edi
        ret

high:                                   ; paging is on, EBX multiboot information
        mov     esp, boot_stack_top
        mov     eax, [kernel_space]
        mov     dword [eax + KERNEL_BASE], 0
        add     ebx, KERNEL_BASE
        call    prepare_zero_pages
        call    prepare_task_state
        lgdt    [gdt_pointer]
        lidt    [idt_pointer]
        jmp     KERNEL_CODE:.segments
.segments:
        mov     eax, KERNEL_DATA
        mov     ss, ax
        call    load_user_segments
        mov     eax, TASK_STATE
        ltr     ax
        xor     eax, eax                        ; no local table: what a reset leaves is one at 0, in user memory
        lldt    ax
        call    start_servers                   ; EBX still
        call    fill_kernel_info
        call    create_idle
        call    find_fpu
        call    pic_init
        call    pit_init
        jmp     schedule

; A line, and the end of the run. ESI the line.
boot_failed:
        call    print
        mov     al, EXIT_BOOT
        jmp     exit

not_multiboot:  db "boot: not started by a multiboot loader", 13, 10, 0
no_information: db "boot: the loader tells no memory size or no modules", 13, 10, 0
no_modules:     db "boot: two modules wanted at least: sigma0, then a server", 13, 10, 0
many_modules:   db "boot: too many modules", 13, 10, 0
small_memory:   db "boot: not enough memory for these modules", 13, 10, 0
