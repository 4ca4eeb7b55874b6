; Boot modules become the initial servers: the first sigma0 (task 2), the next the root task (4), then 5, 6, ...
;
; A module is an ELF32 executable with addresses of its own, and is put there in physical memory, since sigma0 maps
; memory one to one. Its server gets a start page, which holds a multiboot information with its command line, and the
; end of which is its first stack.
;
; Above the servers: the raw modules, moved there to be out of the way, then the start pages, then the pool.

        phase "boot"

START_CMDLINE   equ 0x80               ; in a start page
START_CMDLINE_END equ 0x800

elf_magic       equ 0x464C457F
ELF_KIND        equ 0x00030002         ; e_type executable, e_machine 386
ELF_CLASS       equ 0x0101             ; 32 bits, low byte first
PT_LOAD         equ 1

; EBX the multiboot information's address.
start_servers:
        mov     edi, modules
        mov     esi, [ebx + mbi.mods_addr]
        add     esi, KERNEL_BASE
        mov     ecx, [ebx + mbi.mods_count]
        mov     [module_count], ecx
        shl     ecx, 2
        cld
        rep     movsd
        call    make_start_pages
        call    move_modules
        call    load_modules
        jmp     create_servers

; Command lines go to the start pages. EBX the multiboot information's address.
make_start_pages:
        mov     edi, [module_count]
        shl     edi, 12
        neg     edi
        add     edi, [pool_start]
        mov     [start_pages], edi
        add     edi, KERNEL_BASE
        xor     edx, edx
.page:
        push    edi
        xor     eax, eax
        mov     ecx, PAGE / 4
        rep     stosd
        pop     edi
        mov     dword [edi + mbi.flags], MBI_MEMORY | MBI_CMDLINE
        mov     eax, [ebx + mbi.mem_lower]
        mov     [edi + mbi.mem_lower], eax
        mov     eax, [ebx + mbi.mem_upper]
        mov     [edi + mbi.mem_upper], eax
        lea     eax, [edi - KERNEL_BASE + START_CMDLINE]
        mov     [edi + mbi.cmdline], eax
        mov     eax, edx
        shl     eax, 4
        mov     esi, [modules + eax + module.cmdline]
        test    esi, esi
        jz      .next                           ; none
        add     esi, KERNEL_BASE
        push    edi
        add     edi, START_CMDLINE
        mov     ecx, START_CMDLINE_END - START_CMDLINE - 1
.character:
        lodsb
        stosb
        test    al, al
        loopnz  .character
        pop     edi
.next:
        add     edi, PAGE
        inc     edx
        cmp     edx, [module_count]
        jb      .page
        ret

; Raw modules go up to the start pages, the last one first, so that none is overwritten: they must come in ascending
; order and end below their new places.
move_modules:
        mov     ebx, [start_pages]
        mov     edx, [module_count]
.module:
        dec     edx
        js      .end
        mov     ebp, edx
        shl     ebp, 4
        add     ebp, modules
        mov     ecx, [ebp + module.end]
        mov     esi, [ebp + module.start]
        sub     ecx, esi
        jb      bad_module
        cmp     [ebp + module.end], ebx
        ja      .small
        sub     ebx, ecx
        and     ebx, PTE_FRAME
        cmp     ebx, esi
        jb      .small
        cmp     ebx, PHYS(bss_end)
        jb      .small
        lea     eax, [ebx + ecx]
        mov     [ebp + module.start], ebx
        mov     [ebp + module.end], eax
        lea     esi, [KERNEL_BASE + esi + ecx - 1]
        lea     edi, [KERNEL_BASE + eax - 1]
        std
        rep     movsb
        cld
        jmp     .module
.end:
        mov     [raw_modules], ebx
        ret
.small:
        mov     esi, small_memory
        jmp     boot_failed

; Each module's program to its place, and its entry in the list of servers of the kernel info page.
load_modules:
        xor     edx, edx
.module:
        mov     [module_number], edx
        mov     ebx, edx
        shl     ebx, 4
        add     ebx, modules
        mov     ebp, edx
        shl     ebp, 4
        add     ebp, kernel_info + kip.server
        call    load_module
        mov     edx, [module_number]
        call    server_task
        mov     [ebp + server.task], eax
        mov     eax, edx
        shl     eax, 12
        add     eax, [start_pages]
        mov     [ebp + server.start_page], eax
        inc     edx
        mov     [kernel_info + kip.servers], edx
        cmp     edx, [module_count]
        jb      .module
        ret

; The task number EAX of module EDX.
server_task:
        mov     eax, L4_SIGMA0_TASK
        test    edx, edx
        jz      .end
        lea     eax, [edx + L4_ROOT_TASK - 1]
.end:
        ret

; Checks the ELF file of module EBX, copies its segments; EBP its entry in the list of servers.
load_module:
        mov     esi, [ebx + module.start]
        mov     ecx, [ebx + module.end]
        sub     ecx, esi                        ; bytes in the file
        add     esi, KERNEL_BASE
        cmp     ecx, elf_size
        jb      bad_module
        cmp     dword [esi + elf.magic], elf_magic
        jne     bad_module
        cmp     word [esi + elf.class], ELF_CLASS
        jne     bad_module
        cmp     dword [esi + elf.kind], ELF_KIND
        jne     bad_module
        cmp     word [esi + elf.phentsize], elf_segment_size
        jne     bad_module
        movzx   edx, word [esi + elf.phnum]
        test    edx, edx
        jz      bad_module
        mov     eax, edx
        shl     eax, 5                          ; elf_segment_size is 32
        add     eax, [esi + elf.phoff]
        jc      bad_module
        cmp     eax, ecx
        ja      bad_module
        mov     dword [ebp + server.low], -1
        mov     dword [ebp + server.high], 0
        mov     edi, [esi + elf.phoff]
        cmp     edi, ecx
        ja      bad_module
        add     edi, esi
.segment:
        cmp     dword [edi + elf_segment.type], PT_LOAD
        jne     .next
        cmp     dword [edi + elf_segment.memsz], 0
        je      .next
        call    measure_segment
.next:
        add     edi, elf_segment_size
        dec     edx
        jnz     .segment
        and     dword [ebp + server.low], PTE_FRAME
        add     dword [ebp + server.high], PAGE - 1
        and     dword [ebp + server.high], PTE_FRAME
        mov     eax, [esi + elf.entry]
        cmp     eax, [ebp + server.low]
        jb      bad_module
        cmp     eax, [ebp + server.high]
        jae     bad_module
        call    check_place
        jmp     copy_segments

; Segment EDI, of the ECX bytes at ESI: inside of the file, and inside of free memory? Widens EBP's limits by it.
measure_segment:
        mov     eax, [edi + elf_segment.filesz]
        cmp     eax, [edi + elf_segment.memsz]
        ja      bad_module
        add     eax, [edi + elf_segment.offset]
        jc      bad_module
        cmp     eax, ecx
        ja      bad_module
        mov     eax, [edi + elf_segment.vaddr]
        cmp     eax, PHYS(bss_end)
        jb      bad_place
        cmp     eax, [ebp + server.low]
        jae     .not_lower
        mov     [ebp + server.low], eax
.not_lower:
        add     eax, [edi + elf_segment.memsz]
        jc      bad_place
        cmp     eax, [raw_modules]
        ja      short bad_place
        cmp     eax, [ebp + server.high]
        jbe     .not_higher
        mov     [ebp + server.high], eax
.not_higher:
        ret

; No page of server EBP is one of an earlier server.
check_place:
        mov     eax, kernel_info + kip.server
        mov     ecx, [ebp + server.low]
        mov     edx, [ebp + server.high]
.server:
        cmp     eax, ebp
        jae     .end
        cmp     edx, [eax + server.low]
        jbe     .next
        cmp     ecx, [eax + server.high]
        jb      bad_place
.next:
        add     eax, server_size
        jmp     .server
.end:
        ret

; The segments of the checked ELF file at ESI to their places; the rest of each page is zero.
copy_segments:
        mov     ebx, esi
        mov     edi, [ebp + server.low]
        mov     ecx, [ebp + server.high]
        sub     ecx, edi
        shr     ecx, 2
        add     edi, KERNEL_BASE
        xor     eax, eax
        rep     stosd
        movzx   edx, word [ebx + elf.phnum]
        mov     eax, [ebx + elf.phoff]
        add     eax, ebx
.segment:
        cmp     dword [eax + elf_segment.type], PT_LOAD
        jne     .next
        mov     esi, [eax + elf_segment.offset]
        add     esi, ebx
        mov     edi, [eax + elf_segment.vaddr]
        add     edi, KERNEL_BASE
        mov     ecx, [eax + elf_segment.filesz]
        rep     movsb
.next:
        add     eax, elf_segment_size
        dec     edx
        jnz     .segment
        mov     eax, [ebx + elf.entry]
        mov     edx, [module_number]
        mov     [server_entries + edx * 4], eax
        ret

bad_module:
        mov     esi, not_executable
        jmp     module_failed
bad_place:
        mov     esi, place_taken

; Text ESI about the module module_number, and the end of the run.
module_failed:
        push    esi
        mov     esi, module_text
        call    print
        mov     eax, [module_number]
        inc     eax
        call    print_hex
        pop     esi
        jmp     boot_failed

module_text:    db "boot: module ", 0
not_executable: db " is not an ELF32 executable for the 386, or is damaged", 13, 10, 0
place_taken:    db " is linked where there is no free memory", 13, 10, 0
