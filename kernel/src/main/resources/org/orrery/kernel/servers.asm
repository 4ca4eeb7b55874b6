; The initial servers become tasks, after their programs were put in place (see modules.asm).

        phase "boot"

; A task with one thread for each server. It starts with EAX = L4_BOOT_MAGIC and EBX = its start page; sigma0 also with
; ECX = the kernel info page's address.
create_servers:
        call    prepare_tasks
        xor     edx, edx
.server:
        mov     [module_number], edx
        mov     ebp, edx
        shl     ebp, 4
        add     ebp, kernel_info + kip.server
        mov     eax, [ebp + server.task]
        call    new_space
        jc      .small
        mov     edx, eax
        mov     eax, [ebp + server.task]
        shl     eax, L4_TASK_SHIFT
        or      eax, 1                          ; its first version
        mov     ecx, [ebp + server.task]
        mov     [task_low + ecx * 4], eax
        mov     ebx, L4_INITIAL_HIGH
        call    new_thread
        jc      .small
        mov     esi, [ebx + tcb.ksp]
        mov     eax, [ebp + server.start_page]
        mov     dword [esi + frame.eax], L4_BOOT_MAGIC
        mov     [esi + frame.ebx], eax
        add     eax, PAGE
        mov     [esi + frame.user_esp], eax
        mov     edx, [module_number]
        mov     eax, [server_entries + edx * 4]
        mov     [esi + frame.eip], eax
        test    edx, edx
        jz      .sigma0
        mov     dword [ebx + tcb.pager_low], L4_SIGMA0_LOW
        mov     dword [ebx + tcb.pager_high], L4_INITIAL_HIGH
        jmp     .start
.sigma0:
        mov     dword [esi + frame.ecx], PHYS(kernel_info)
        mov     eax, [ebx + tcb.pdir]
        mov     [sigma0_space], eax
        call    give_all_ports
.start:
        call    make_ready
        mov     edx, [module_number]
        inc     edx
        cmp     edx, [module_count]
        jb      .server
        ret
.small:
        mov     esi, small_memory
        jmp     boot_failed

; All ports to the thread EBX.
give_all_ports:
        mov     eax, ebx
        call    own_port_bitmap
        mov     edx, [ebx + tcb.pdir]
        add     edx, KERNEL_BASE
        xor     esi, esi
.port:
        mov     ecx, esi
        call    port_bit
        mov     dword [eax], 0
        add     esi, 32
        cmp     esi, 0x10000
        jb      .port
        ret

; What user programs may know about the machine and the servers.
fill_kernel_info:
        mov     edi, kernel_info
        mov     eax, [memory_end]
        mov     [edi + kip.memory_high], eax
        mov     dword [edi + kip.image_low], IMAGE_PHYS
        mov     dword [edi + kip.image_high], PHYS(bss_end)
        mov     eax, [pool_start]
        mov     [edi + kip.pool_low], eax
        mov     eax, [pool_end]
        mov     [edi + kip.pool_high], eax
        lea     ebx, [edi + kip.server]
        lea     ecx, [edi + kip.sigma0_esp]
        xor     edx, edx
        call    .boot_server
        lea     ebx, [edi + kip.server + server_size]
        lea     ecx, [edi + kip.root_esp]
        inc     edx
        call    .boot_server
        lea     ecx, [edi + kip.dedicated]
.dedicated:
        inc     edx
        cmp     edx, [module_count]
        jae     .end
        cmp     edx, 2 + DEDICATED
        jae     .end
        add     ebx, server_size
        mov     eax, [ebx + server.low]
        mov     [ecx], eax
        mov     eax, [ebx + server.high]
        mov     [ecx + 4], eax
        add     ecx, 8
        jmp     .dedicated
.end:
        ret

; Stack, entry and memory of server EDX, whose entry in the list is EBX, to ECX.
.boot_server:
        mov     eax, [ebx + server.start_page]
        add     eax, PAGE
        mov     [ecx], eax
        mov     eax, [server_entries + edx * 4]
        mov     [ecx + 4], eax
        mov     eax, [ebx + server.low]
        mov     [ecx + 8], eax
        mov     eax, [ebx + server.high]
        mov     [ecx + 12], eax
        ret

DEDICATED       equ 5                  ; memory descriptors of that name in the kernel info page
