; Mapping, granting, unmapping, with children as puppets. See test.inc.

        bits 32
%include "children.inc"
%include "test.inc"
layout kip, "kip.layout"
layout server, "kip.layout"

%ifndef ORIGIN
%define ORIGIN 0x00280000
%endif
        org ORIGIN

ALL             equ L4_UNMAP_FLUSH | L4_UNMAP_OWN
READ_ONLY       equ 0
RW              equ L4_PAGE | L4_FPAGE_WRITE
RO              equ L4_PAGE
X               equ 0x50000000                  ; places in the children
Y               equ 0x60004000
Z               equ 0x9FFFF000
TEXT            equ 0x11110000                  ; what is on a page: TEXT plus its number

section .text
global _start
_start:
        call    ask_console
        call    make_pages
        group   "children"
        call    make_children
        call    passed
        call    info_page
        call    sigma0_pages
        call    recursion
        call    own_unmap
        call    read_only
        call    smaller_rights
        call    more_rights
        call    replace
        call    back_home
        call    grant
        call    grant_read_only
        call    grant_home
        call    windows
        call    large
        call    whole_space
        call    nonsense
        call    ports
        call    used_up
        jmp     all_passed

; Pages of our own, with their numbers in them.
make_pages:
        mov     eax, TEXT
        mov     edi, pages
.page:
        mov     [edi], eax
        inc     eax
        add     edi, PAGE
        cmp     edi, pages_end
        jb      .page
        ret

INFO            equ 0x70000000

info_page:
        group   "kernel info page"
        ipc     L4_SHORT, L4_NEVER, SIGMA0_KIP, SIGMA0_KIP, INFO | L4_PAGE | L4_RECEIVE_FPAGE, L4_SIGMA0_LOW
        expect  eax, L4_FPAGE_RECEIVED
        expect  dword [INFO + kip.magic], 0x4BE6344C
        expect  dword [INFO + kip.version], 2
        movzx   eax, byte [INFO + kip.version_string]
        shl     eax, 4
        expect  dword [INFO + eax], "Orre"
        expect  dword [INFO + kip.memory_low], 0
        mov     eax, [INFO + kip.memory_high]
        expect  eax, [INFO + kip.pool_high]
        lea     ecx, [eax - (15 << 20)]         ; 16 MB, or somewhat less
        cmp     ecx, (1 << 20) + 1
        sbb     ecx, ecx
        expect  ecx, -1
        shr     eax, 3                          ; the pool is the upper eighth
        and     eax, -PAGE
        mov     ecx, [INFO + kip.pool_high]
        sub     ecx, [INFO + kip.pool_low]
        expect  ecx, eax
        expect  dword [INFO + kip.image_low], 1 << 20
        expect  dword [INFO + kip.root_eip], _start
        expect  dword [INFO + kip.root_low], ORIGIN
        expect  dword [INFO + kip.servers], 5
        mov     eax, [INFO + kip.clock]
        call    let_run
        sub     eax, [INFO + kip.clock]
        neg     eax
        sub     eax, 10000
        cmp     eax, 5000
        sbb     eax, eax
        expect  eax, -1
        jmp     passed

; asks sigma0, for the whole space: w0, w1
%macro sigma0 2
        ipc     L4_SHORT, L4_NEVER, %1, %2, L4_WHOLE_SPACE | L4_RECEIVE_FPAGE, L4_SIGMA0_LOW
%endmacro

; sigma0 says no to: w0, w1
%macro refused 2
        sigma0  %1, %2
        expect  eax, 0
        expect  edx, 0
        expect  ebx, 0
%endmacro

FOUR_MB         equ 22 << 2
RAM_4_MB        equ 0x800000                    ; 4 MB of RAM that nobody uses
DEVICES         equ 0x40000000                  ; sigma0's place for what is at 2 GB
NO_MEMORY       equ 0x2000000                   ; above RAM, below DEVICES

sigma0_pages:
        group   "sigma0's protocol"
        sigma0  SIGMA0_ANY_PAGE, 0
        expect  eax, L4_FPAGE_RECEIVED
        lea     eax, [edx + RW]
        expect  ebx, eax
        mov     [edx], eax
        mov     [any], edx
        sigma0  [any], 0                        ; the same again
        expect  eax, L4_FPAGE_RECEIVED
        expect  edx, [any]
        sigma0  SIGMA0_ANY_PAGE, 0              ; another
        expect  eax, L4_FPAGE_RECEIVED
        cmp     edx, [any]
        setne   al
        expect  al, 1
        sigma0  RAM_4_MB | 1, FOUR_MB
        expect  eax, L4_FPAGE_RECEIVED
        expect  edx, RAM_4_MB
        expect  ebx, RAM_4_MB | FOUR_MB | L4_FPAGE_WRITE
        sigma0  RAM_4_MB | 1, FOUR_MB
        expect  eax, L4_FPAGE_RECEIVED
        sigma0  RAM_4_MB + 5 * PAGE, 0
        expect  eax, L4_FPAGE_RECEIVED
        sigma0  DEVICES + 0x12345000, 0         ; 4 MB of devices
        expect  eax, L4_FPAGE_RECEIVED
        expect  edx, DEVICES + 0x12000000
        expect  ebx, (DEVICES + 0x12000000) | FOUR_MB | L4_FPAGE_WRITE
        sigma0  0xB8000, 0                      ; the screen
        expect  eax, L4_FPAGE_RECEIVED
        refused 4, 0                            ; page 0
        refused NO_MEMORY, 0
        refused NO_MEMORY | 1, FOUR_MB
        refused 1, FOUR_MB                      ; with servers in it
        refused 0x100000, 0                     ; the kernel
        refused [INFO + kip.pool_low], 0
        refused 0xFFFFFFFE, 0                   ; for kernels only
        refused 1, 0
        refused 0xC0000000, 0
        order   0, PUPPET_EDI, L4_INITIAL_HIGH
        play    0, L4_SHORT, L4_NEVER, [any], 0, L4_WHOLE_SPACE | L4_RECEIVE_FPAGE, L4_SIGMA0_LOW
        ask     0, PUPPET_TELL, PUPPET_EAX      ; somebody else
        expect  edx, 0
        play    0, L4_SHORT, L4_NEVER, DEVICES + 0x12000000, 0, L4_WHOLE_SPACE | L4_RECEIVE_FPAGE, L4_SIGMA0_LOW
        ask     0, PUPPET_TELL, PUPPET_EAX
        expect  edx, 0
        play    0, L4_SHORT, L4_NEVER, RAM_4_MB | 1, FOUR_MB, L4_WHOLE_SPACE | L4_RECEIVE_FPAGE, L4_SIGMA0_LOW
        ask     0, PUPPET_TELL, PUPPET_EAX
        expect  edx, 0
        jmp     passed

recursion:
        group   "unmapping what was mapped on"
        give    0, 0, pages + RW, X + L4_PAGE
        pass    0, 1, 0, X + RW, Y + L4_PAGE
        pass    1, 2, 0, Y + RW, Z + L4_PAGE
        give    3, 0, pages + RW, X + L4_PAGE
        writes  2, Z, TEXT + 100
        sees    0, X, TEXT + 100
        sees    3, X, TEXT + 100
        mov     dword [pages], TEXT
        sees    1, Y, TEXT
        unmap   pages + L4_PAGE, L4_UNMAP_FLUSH
        faults  0, X
        faults  1, Y
        faults  2, Z
        faults  3, X
        expect  dword [pages], TEXT
        give    0, 0, pages + RW, X + L4_PAGE   ; and again
        sees    0, X, TEXT
        unmap   pages + L4_PAGE, ALL            ; our own too: sigma0 gives it back
        faults  0, X
        expect  dword [pages], TEXT
        jmp     passed

own_unmap:
        group   "unmapping by one in between"
        give    0, 0, pages + RW, X + L4_PAGE
        pass    0, 1, 0, X + RW, Y + L4_PAGE
        pass    1, 2, 0, Y + RW, Z + L4_PAGE
        play_unmap 1, Y + L4_PAGE, L4_UNMAP_FLUSH
        faults  2, Z
        sees    1, Y, TEXT
        pass    1, 2, 0, Y + RW, Z + L4_PAGE
        play_unmap 1, Y + L4_PAGE, ALL
        faults  2, Z
        faults  1, Y
        sees    0, X, TEXT
        play_unmap 0, X + L4_PAGE, ALL
        faults  0, X
        expect  dword [pages], TEXT
        jmp     passed

read_only:
        group   "taking back the right to write"
        give    0, 0, pages + RW, X + L4_PAGE
        pass    0, 1, 0, X + RW, Y + L4_PAGE
        pass    0, 2, 0, X + RW, Z + L4_PAGE
        pass    1, 3, 0, Y + RW, X + L4_PAGE
        play_unmap 1, Y + L4_PAGE, READ_ONLY
        writes  1, Y, TEXT + 1
        writes  2, Z, TEXT + 2
        write_faults 3, X
        pass    1, 3, 0, Y + RW, X + L4_PAGE
        unmap   pages + L4_PAGE, READ_ONLY
        sees    0, X, TEXT + 2
        sees    1, Y, TEXT + 2
        sees    2, Z, TEXT + 2
        sees    3, X, TEXT + 2
        mov     dword [pages], TEXT
        sees    3, X, TEXT
        unmap   pages + L4_PAGE, READ_ONLY | L4_UNMAP_OWN
        mov     dword [pages], TEXT + 3         ; sigma0 lets us write again
        mov     dword [pages], TEXT
        sees    0, X, TEXT
        write_faults 0, X                       ; but nobody else: and now they lose it all
        faults  3, X
        faults  2, Z
        faults  1, Y
        jmp     passed

smaller_rights:
        group   "rights do not grow on the way"
        give    0, 0, pages + RO, X + L4_PAGE
        pass    0, 1, 0, X + RW, Y + L4_PAGE
        sees    1, Y, TEXT
        write_faults 1, Y
        sees    0, X, TEXT
        write_faults 0, X
        jmp     passed

more_rights:
        group   "mapping again with more rights, and with fewer"
        give    0, 0, pages + RO, X + L4_PAGE
        pass    0, 1, 0, X + RO, Y + L4_PAGE
        give    0, 0, pages + RW, X + L4_PAGE
        writes  0, X, TEXT + 5
        sees    1, Y, TEXT + 5
        give    0, 0, pages + RO, X + L4_PAGE   ; takes nothing away
        writes  0, X, TEXT
        write_faults 1, Y
        unmap   pages + L4_PAGE, L4_UNMAP_FLUSH
        jmp     passed

replace:
        group   "mapping where something else is"
        give    0, 0, pages + RW, X + L4_PAGE
        pass    0, 1, 0, X + RW, Y + L4_PAGE
        give    0, 0, pages + PAGE + RW, X + L4_PAGE
        sees    0, X, TEXT + 1
        faults  1, Y
        give    1, 0, pages + PAGE + RW, Y + L4_PAGE    ; the same page from two
        pass    0, 1, 0, X + RW, Y + L4_PAGE
        sees    1, Y, TEXT + 1
        play_unmap 0, X + L4_PAGE, L4_UNMAP_FLUSH       ; the last one counts
        faults  1, Y
        unmap   pages + PAGE + L4_PAGE, L4_UNMAP_FLUSH
        faults  0, X
        jmp     passed

back_home:
        group   "mapping back to where it came from"
        give    0, 0, pages + RW, X + L4_PAGE
        pass    0, 1, 0, X + RW, Y + L4_PAGE
        pass    1, 0, 0, Y + RW, X + L4_PAGE    ; it has it already
        sees    0, X, TEXT
        sees    1, Y, TEXT
        pass    1, 0, 0, Y + RW, Z + L4_PAGE    ; a second time in one space
        sees    0, Z, TEXT
        play_unmap 0, X + L4_PAGE, L4_UNMAP_FLUSH
        faults  0, Z
        faults  1, Y
        sees    0, X, TEXT
        unmap   pages + L4_PAGE, L4_UNMAP_FLUSH
        jmp     passed

GRANT           equ L4_PAGE | L4_FPAGE_GRANT
GRANT_RW        equ GRANT | L4_FPAGE_WRITE

grant:
        group   "granting"
        give    0, 0, pages + RW, X + L4_PAGE
        pass    0, 1, 0, X + RW, Y + L4_PAGE
        pass    0, 2, 0, X + GRANT_RW, Z + L4_PAGE
        faults  0, X
        writes  2, Z, TEXT + 7
        sees    1, Y, TEXT + 7                  ; that derives from 2 now
        play_unmap 2, Z + L4_PAGE, L4_UNMAP_FLUSH
        faults  1, Y
        unmap   pages + L4_PAGE, L4_UNMAP_FLUSH
        faults  2, Z
        mov     dword [pages], TEXT
        give    0, 0, pages + GRANT_RW, X + L4_PAGE     ; ours: gone, and asked of sigma0 again
        writes  0, X, TEXT + 8
        expect  dword [pages], TEXT + 8
        mov     dword [pages], TEXT
        sees    0, X, TEXT
        unmap   pages + L4_PAGE, L4_UNMAP_FLUSH
        sees    0, X, TEXT                      ; it has it from sigma0
        play_unmap 0, X + L4_PAGE, ALL
        jmp     passed

grant_read_only:
        group   "granting without the right to write"
        give    0, 0, pages + RW, X + L4_PAGE
        pass    0, 1, 0, X + RW, Y + L4_PAGE
        pass    0, 2, 0, X + GRANT, Z + L4_PAGE
        sees    1, Y, TEXT
        sees    2, Z, TEXT
        write_faults 1, Y
        write_faults 2, Z
        faults  0, X
        jmp     passed

grant_home:
        group   "granting to where it came from"
        give    0, 0, pages + RW, X + L4_PAGE
        pass    0, 1, 0, X + RW, Y + L4_PAGE
        pass    1, 2, 0, Y + RW, Z + L4_PAGE
        pass    1, 0, 0, Y + GRANT_RW, X + L4_PAGE
        sees    0, X, TEXT
        faults  1, Y
        faults  2, Z
        pass    0, 1, 0, X + RW, Y + L4_PAGE
        pass    0, 1, 0, X + GRANT_RW, Y + L4_PAGE      ; to where it is already
        writes  1, Y, TEXT
        faults  0, X
        unmap   pages + L4_PAGE, L4_UNMAP_FLUSH
        faults  1, Y
        jmp     passed

FOUR_PAGES      equ 14 << 2
EIGHT_PAGES     equ 15 << 2

windows:
        group   "fpages and windows of several pages"
        give    0, 0, pages + FOUR_PAGES + L4_FPAGE_WRITE, X + FOUR_PAGES
        sees    0, X, TEXT
        sees    0, X + 3 * PAGE, TEXT + 3
        faults  0, X + 4 * PAGE
        unmap   pages + PAGE + L4_PAGE, L4_UNMAP_FLUSH          ; one of them
        faults  0, X + PAGE
        sees    0, X + 2 * PAGE, TEXT + 2
        unmap   pages + EIGHT_PAGES, L4_UNMAP_FLUSH             ; more than that
        faults  0, X
        faults  0, X + 3 * PAGE
        give    0, 2 * PAGE + 5, pages + FOUR_PAGES, X + L4_PAGE  ; the send base selects
        sees    0, X, TEXT + 2
        give    0, X + 4 * PAGE, pages + FOUR_PAGES, X + EIGHT_PAGES
        sees    0, X + 4 * PAGE, TEXT
        sees    0, X + 7 * PAGE, TEXT + 3
        sees    0, X, TEXT + 2
        give    0, pages + 8 * PAGE, L4_WHOLE_SPACE, Y - 4 * PAGE + EIGHT_PAGES
        sees    0, Y, TEXT + 12
        sees    0, Y - PAGE, TEXT + 11
        give    0, 0, pages + FOUR_PAGES, L4_WHOLE_SPACE        ; at the send base
        sees    0, 3 * PAGE, TEXT + 3
        write_faults 0, 0
        unmap   pages + EIGHT_PAGES, L4_UNMAP_FLUSH
        unmap   pages + 8 * PAGE + EIGHT_PAGES, L4_UNMAP_FLUSH
        faults  0, Y
        faults  0, 3 * PAGE
        faults  0, X + 7 * PAGE
        jmp     passed

large:
        group   "4 MB at once"
        mov     dword [RAM_4_MB], TEXT + 50
        mov     dword [RAM_4_MB + 1023 * PAGE], TEXT + 51
        give    0, 0, RAM_4_MB + FOUR_MB + L4_FPAGE_WRITE, (X & -0x400000) + FOUR_MB
        sees    0, X, TEXT + 50
        sees    0, X + 1023 * PAGE, TEXT + 51
        give    1, 0, RAM_4_MB + FOUR_MB, (X & -0x400000) + FOUR_MB
        sees    1, X + 1023 * PAGE, TEXT + 51
        unmap   RAM_4_MB + FOUR_MB, READ_ONLY
        sees    0, X + 1023 * PAGE, TEXT + 51
        write_faults 0, X + 512 * PAGE
        unmap   RAM_4_MB + FOUR_MB, L4_UNMAP_FLUSH
        faults  0, X
        faults  1, X
        faults  0, X + 1023 * PAGE
        faults  1, X + 1023 * PAGE
        expect  dword [RAM_4_MB + 1023 * PAGE], TEXT + 51
        jmp     passed

; The children need their code and stacks again.
%macro all_start 0
%assign n 0
%rep CHILDREN
        order   n, PUPPET_EDX, 0
        call    serve_start
%assign n n + 1
%endrep
%endmacro

whole_space:
        group   "the whole space"
        give    0, 0, pages + RW, X + L4_PAGE
        call    let_run                         ; all wait for orders then
        unmap   L4_WHOLE_SPACE, READ_ONLY       ; even the children's stacks
        all_start
        sees    0, X, TEXT
        write_faults 0, X
        give    0, 0, pages + RW, X + L4_PAGE
        call    let_run
        unmap   L4_WHOLE_SPACE, L4_UNMAP_FLUSH  ; and then all of that
        all_start
        faults  0, X
        jmp     passed

nonsense:
        group   "fpages of nonsense"
        give    0, 0, pages + RW, X + L4_PAGE
        unmap   pages + 11 * 4, L4_UNMAP_FLUSH  ; half a page
        unmap   pages + 33 * 4, L4_UNMAP_FLUSH
        unmap   0xC0000000 + L4_PAGE, ALL
        unmap   0xE0000000 + FOUR_MB, ALL
        unmap   L4_ALL_PORTS + 4, ALL
        sees    0, X, TEXT
        play    0, L4_NO_IPC, L4_NEVER, 0, 0, X + 11 * 4 + L4_RECEIVE_FPAGE, L4_ROOT_LOW
        ipc     L4_SEND_FPAGE, L4_SEND_NOW, 0, pages + PAGE + RW, L4_NO_IPC, child(0)
        expect  eax, 0
        sees    0, X, TEXT
        give    0, 0, 0xE0000000 + RW, X + L4_PAGE
        sees    0, X, TEXT
        give    0, 0xE0000000, pages + RW, L4_WHOLE_SPACE
        unmap   pages + L4_PAGE, L4_UNMAP_FLUSH
        faults  0, X
        jmp     passed

DELAY_PORT      equ 0x80                        ; writes to it do nothing
DELAY_PORTS     equ L4_IO_FPAGE | DELAY_PORT << 12 | 3 << 2
ONE_PORT        equ L4_IO_FPAGE | (DELAY_PORT + 2) << 12

; puppet, port: it may
%macro outs 2
        order   %1, PUPPET_OUT, %2
        ask     %1, PUPPET_TELL, PUPPET_EAX
%endmacro

; puppet, port: it may not, which is its end
%macro halts 2
        order   %1, PUPPET_OUT, %2
        ipc     L4_SHORT, TEN_MS, 1, 2, 0, child(%1)
        expect  eax, L4_SEND_TIMEOUT
%endmacro

ports:
        group   "ports"
        mov     edx, DELAY_PORTS
        call    ask_ports
        expect  eax, L4_FPAGE_RECEIVED
        give    0, 0, DELAY_PORTS, L4_WHOLE_SPACE
        pass    0, 1, 0, L4_ALL_PORTS, L4_ALL_PORTS
        pass    0, 2, 0, ONE_PORT, L4_ALL_PORTS
        pass    0, 3, 0, ONE_PORT | L4_FPAGE_GRANT, DELAY_PORTS
        pass    1, 4, 0, DELAY_PORTS, ONE_PORT
        outs    0, DELAY_PORT
        outs    1, DELAY_PORT + 2
        outs    1, DELAY_PORT + 7
        outs    2, DELAY_PORT + 2
        outs    3, DELAY_PORT + 2
        outs    4, DELAY_PORT + 2
        halts   0, DELAY_PORT + 2               ; granted away
        unmap   DELAY_PORTS, READ_ONLY          ; has no meaning
        outs    1, DELAY_PORT + 2
        play_unmap 3, ONE_PORT, L4_UNMAP_FLUSH
        outs    3, DELAY_PORT + 2
        halts   2, DELAY_PORT + 2
        halts   4, DELAY_PORT + 2
        outs    1, DELAY_PORT + 1
        unmap   DELAY_PORTS, L4_UNMAP_FLUSH
        halts   1, DELAY_PORT + 1
        halts   3, DELAY_PORT + 2
        out     DELAY_PORT, al
        jmp     passed

; 4 MB to ever more places of a child, until the kernel has no memory for that.
used_up:
        group   "no memory for mappings"
        mov     esi, (FIRST_PUPPET + 10) << L4_TASK_SHIFT
        mov     eax, 4
        call    make_child
        expect  esi, child(10)
        mov     dword [place], DEVICES + 0x20000000
.more:
        mov     eax, [place]
        lea     eax, [eax + FOUR_MB + L4_RECEIVE_FPAGE]
        mov     [window], eax
        order   10, PUPPET_EAX, L4_NO_IPC
        order   10, PUPPET_ECX, L4_NEVER
        order   10, PUPPET_EBP, [window]
        order   10, PUPPET_ESI, L4_ROOT_LOW
        order   10, PUPPET_EDI, L4_INITIAL_HIGH
        order   10, PUPPET_GO, 0
        ipc     L4_SEND_FPAGE, SECOND, 0, RAM_4_MB + FOUR_MB, L4_NO_IPC, child(10)
        add     dword [place], 0x400000
        test    eax, eax
        jz      .more
        expect  eax, L4_SEND_MAP
        ask     10, PUPPET_TELL, PUPPET_EAX
        expect  edx, L4_RECEIVE_MAP | L4_FPAGE_RECEIVED
        sees    10, DEVICES + 0x20000000 + 1023 * PAGE, TEXT + 51
        mov     esi, 40 << L4_TASK_SHIFT        ; no memory for a task either
        mov     eax, 4
        call    make_child
        expect  esi, L4_NIL
        unmap   RAM_4_MB + FOUR_MB, L4_UNMAP_FLUSH
        faults  10, DEVICES + 0x20000000 + 1023 * PAGE
        cmp     dword [place], DEVICES + 0x20000000 + 10 * 0x400000
        sbb     eax, eax
        expect  eax, 0                          ; it were many
        give    10, 0, RAM_4_MB + FOUR_MB, DEVICES + 0x20000000 + FOUR_MB
        sees    10, DEVICES + 0x20000000 + 1023 * PAGE, TEXT + 51
        unmap   RAM_4_MB + FOUR_MB, L4_UNMAP_FLUSH
        mov     esi, child(10)                  ; its end frees all of it
        xor     eax, eax
        xor     ebx, ebx
        int     L4_TASK_NEW
        expect  esi, child(10) + 1
        mov     eax, 4
        call    make_child
        expect  esi, child(10) + 2
        jmp     passed

%include "children-code.inc"
        align   16 * PAGE
pages:          times 16 * PAGE db 0
pages_end:
%include "test-report.inc"

any:            dd 0
place:          dd 0
window:         dd 0
