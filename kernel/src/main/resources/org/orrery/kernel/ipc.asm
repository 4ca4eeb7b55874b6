; The short path of ipc: a short message to a thread that waits for it, and then to wait oneself.
;
; In:  EAX send descriptor, ECX timeouts, EDX and EBX message words, EBP receive descriptor, ESI:EDI partner
; Out: EAX message dope, EDX and EBX message words, ESI:EDI sender; ECX and EBP undefined
;
; A thread that waits here has nothing on its kernel stack but what the INT pushed, FRAME_BYTES in all, so that
; whoever wakes it knows its stack pointer without loading it. Its hot line (state, id_low, id_high, pdir: 16 bytes,
; one cache line) lies just above the top of the stack: one register points at the line and is the new TSS.esp0.
; Neither the ready ring nor any timer list is touched: the ring may hold blocked threads, and need not hold the
; running one.
;
; The words in EDX and EBX are never touched, as long as both have registers (MESSAGE_REGISTERS). Whatever is not the
; plain case goes to ipc_slow with all registers as they came. Sender and receiver must be in one clan, which is to have
; the same id_high: the chief, the depth and the site are in it. A partner's id_high is not looked at, since its state
; tells it: in an open receive the state is its id_high, and only a partner in the same clan waits for me in a state that
; equals my id_low.
;
; At the right: the instruction's bytes, its clocks with everything in the cache, and their sum; in brackets TLB misses,
; four in all, the tables and this code being on one page. No instruction waits for the address of the one before it,
; has an index, or a displacement and an immediate. What the decoder cannot hide is the 0F of mov cr3: 1 clock more.

HOT_LINE        equ tcb.state
ID_LOW          equ tcb.id_low - HOT_LINE
ID_HIGH         equ tcb.id_high - HOT_LINE
PDIR            equ tcb.pdir - HOT_LINE
SENDERS         equ tcb.senders - HOT_LINE
FRAME_BYTES     equ 20                          ; SS, ESP, EFLAGS, CS, EIP
MINE            equ FRAME_BYTES                 ; [esp + MINE]: my own hot line, right after entry

        align 16
        phase "check message"
ipc:                                            ; int 0x30                   71   71
        load_segments
%if !REGISTER_MESSAGES
        jmp     ipc_memory
%endif
        cmp     ebp, L4_RECEIVE_OPEN            ; closed 0, open 1        3   1   72
        ja      ipc_buffer                      ;                         6   1   73
%if REPLY_AND_WAIT
        je      ipc_reply                       ;                         2   1   74
%else
        je      ipc_reply_in_two
%endif

; Call: send, then receive from the same thread only. The partner is a server: it waits for anybody.
        test    eax, eax                        ; a short message?        2   1   75
        jnz     ipc_receive                     ;                         6   1   76
        phase "access partner"
        mov     eax, esi                        ;                         2   1   77
        and     eax, TCB_MASK                   ;                         5   1   78
        look_up_tcb eax
        add     eax, TCB_BASE + HOT_LINE        ;                         5   1   79
        test    cl, 0x0F                        ; wait for ever?          3   1   80
        jnz     ipc_slow_restore                ;                         6   1   81
        cmp     [eax + ID_LOW], esi             ; the thread meant?       3   2   83 [+9 its TCB]
        jne     ipc_slow_restore                ;                         6   1   84
        cmp     [eax], edi                      ; waits for anybody?      2   2   86
        jne     ipc_slow_restore                ;                         6   1   87
        cmp     [esp + MINE + ID_HIGH], edi     ; in my clan?             4   2   89
        jne     nearby ipc_slow_restore         ;                         2   1   90
        phase "switch stack"
        keep_rings
        store_words
        mov     [esp + MINE], esi               ; I wait for the partner  4   1   91
        mov     esi, [esp + MINE + ID_LOW]      ; EDI is my id_high       4   1   92
        mov     [eax], ebp                      ; it is ready (0)         2   1   93
        phase "switch address space"
        mov     ecx, [eax + PDIR]               ;                         3   1   94
        cmp     [esp + MINE + PDIR], ecx        ;                         4   2   96
        lea     esp, [eax - FRAME_BYTES]        ;                         3   1   97
        mov     [tss_esp0], eax                 ;                         5   1   98
        je      .same_space                     ;                         2   1   99
        mov     cr3, ecx                        ;                         3   4  103 [+9 this page]
.same_space:
        phase "return"
        load_words
        xor     eax, eax                        ; success                 2   1  104
        check_invariants
        reload_segments
        iretd                                   ;                         1  36  140 [+9 stack, +9 user code]

; Reply and wait: send, then receive from anybody. The partner is a client: it waits for me.
        phase "check message"
        align 16
ipc_reply:                                      ; the taken jump is 2 more         76
        test    eax, eax                        ;                         2   1   77
        jnz     ipc_receive                     ;                         6   1   78
        phase "access partner"
        mov     eax, esi                        ;                         2   1   79
        and     eax, TCB_MASK                   ;                         5   1   80
        look_up_tcb eax
        add     eax, TCB_BASE + HOT_LINE        ;                         5   1   81
        test    cl, 0x0F                        ; wait for ever?          3   1   82
        jnz     ipc_slow_restore                ;                         2   1   83
        cmp     [eax + ID_LOW], esi             ; the thread meant?       3   2   85 [+9 its TCB]
        jne     ipc_slow_restore                ;                         2   1   86
        cmp     [esp + MINE + ID_HIGH], edi     ; in my clan?             4   2   88
        jne     ipc_slow_restore                ;                         2   1   89
        mov     esi, [esp + MINE + ID_LOW]      ;                         4   1   90
        cmp     [eax], esi                      ; waits for me?           2   2   92
        jne     ipc_slow_reply                  ;                         2   1   93
        mov     ecx, [esp + MINE + SENDERS]     ;                         4   1   94
        test    ecx, ecx                        ; nobody sends to me?     2   1   95
        jnz     ipc_slow_queued                 ;                         2   1   96
        phase "switch stack"
        keep_rings
        store_words
        mov     [esp + MINE], edi               ; I wait for anybody      4   1   97
        mov     [eax], ecx                      ; the client is ready     2   1   98
        phase "switch address space"
        mov     ecx, [eax + PDIR]               ;                         3   1   99
        cmp     [esp + MINE + PDIR], ecx        ;                         4   2  101
        lea     esp, [eax - FRAME_BYTES]        ;                         3   1  102
        mov     [tss_esp0], eax                 ;                         5   1  103
        je      .same_space                     ;                         2   1  104
        mov     cr3, ecx                        ;                         3   4  108 [+9 this page]
.same_space:
        phase "return"
        load_words
        xor     eax, eax                        ;                         2   1  109
        check_invariants
        reload_segments
        iretd                                   ;                         1  36  145 [+9 stack, +9 user code]

        phase "slow ipc"
ipc_slow_queued:
        xor     ecx, ecx                        ; of the timeouts only the receive timeout matters: it was "never"
ipc_slow_reply:
        mov     esi, [eax + ID_LOW]
ipc_slow_restore:
        xor     eax, eax
        jmp     ipc_slow
