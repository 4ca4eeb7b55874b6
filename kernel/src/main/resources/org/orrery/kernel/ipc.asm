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
; The words in EDX and EBX are never touched. Whatever is not the plain case goes to ipc_slow with all registers
; as they came. Sender and receiver must be in one clan, which is to have the same id_high: the chief, the depth and the
; site are in it. A partner's id_high is not looked at, since its state tells it: in an open receive the state is its
; id_high, and only a partner in the same clan waits for me in a state that equals my id_low.
;
; At the right: 486 clocks of the instruction with everything in the cache, and their sum; in brackets TLB misses, four
; in all, the tables and this code being on one page.

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
        jmp     ipc_slow
%endif
        cmp     ebp, L4_RECEIVE_OPEN            ; closed 0, open 1            1   72
        ja      ipc_memory                      ;                             1   73
%if REPLY_AND_WAIT
        je      ipc_reply                       ;                             1   74
%else
        je      ipc_slow
%endif

; Call: send, then receive from the same thread only. The partner is a server: it waits for anybody.
        test    eax, eax                        ; a short message?            1   75
        jnz     ipc_memory                      ;                             1   76
        phase "access partner"
        mov     eax, esi                        ;                             1   77
        and     eax, TCB_MASK                   ;                             1   78
        look_up_tcb
        add     eax, TCB_BASE + HOT_LINE        ;                             1   79
        test    cl, 0x0F                        ; wait for ever?              1   80
        jnz     ipc_slow_restore                ;                             1   81
        cmp     [eax + ID_LOW], esi             ; the thread that is meant?   2   83 [+9 its TCB]
        jne     ipc_slow_restore                ;                             1   84
        cmp     [eax], edi                      ; waits for anybody?          2   86
        jne     ipc_slow_restore                ;                             1   87
        cmp     [esp + MINE + ID_HIGH], edi     ; in my clan?                 2   89
        jne     nearby ipc_slow_restore         ;                             1   90
        phase "switch stack"
        keep_rings
        mov     [esp + MINE], esi               ; I wait for the partner      1   91
        mov     esi, [esp + MINE + ID_LOW]      ; EDI is my id_high already   1   92
        mov     [eax], ebp                      ; it is ready (0)             1   93
        phase "switch address space"
        mov     ecx, [eax + PDIR]               ;                             1   94
        cmp     [esp + MINE + PDIR], ecx        ;                             2   96
        lea     esp, [eax - FRAME_BYTES]        ;                             1   97
        mov     [tss_esp0], eax                 ;                             1   98
        je      .same_space                     ;                             1   99
        mov     cr3, ecx                        ;                             4  103 [+9 this page]
.same_space:
        phase "return"
        xor     eax, eax                        ; success                     1  104
        reload_segments
        iretd                                   ;                            36  140 [+9 stack, +9 user code]

; Reply and wait: send, then receive from anybody. The partner is a client: it waits for me.
        phase "check message"
        align 16
ipc_reply:                                      ; the taken jump is 2 more         76
        test    eax, eax                        ;                             1   77
        jnz     ipc_memory                      ;                             1   78
        phase "access partner"
        mov     eax, esi                        ;                             1   79
        and     eax, TCB_MASK                   ;                             1   80
        look_up_tcb
        add     eax, TCB_BASE + HOT_LINE        ;                             1   81
        test    cl, 0x0F                        ; wait for ever?              1   82
        jnz     ipc_slow_restore                ;                             1   83
        cmp     [eax + ID_LOW], esi             ; the thread that is meant?   2   85 [+9 its TCB]
        jne     ipc_slow_restore                ;                             1   86
        cmp     [esp + MINE + ID_HIGH], edi     ; in my clan?                 2   88
        jne     ipc_slow_restore                ;                             1   89
        mov     esi, [esp + MINE + ID_LOW]      ;                             1   90
        cmp     [eax], esi                      ; waits for me?               2   92
        jne     ipc_slow_reply                  ;                             1   93
        mov     ecx, [esp + MINE + SENDERS]     ;                             1   94
        test    ecx, ecx                        ; nobody waits to send to me? 1   95
        jnz     ipc_slow_queued                 ;                             1   96
        phase "switch stack"
        keep_rings
        mov     [esp + MINE], edi               ; I wait for anybody          1   97
        mov     [eax], ecx                      ; the client is ready (0)     1   98
        phase "switch address space"
        mov     ecx, [eax + PDIR]               ;                             1   99
        cmp     [esp + MINE + PDIR], ecx        ;                             2  101
        lea     esp, [eax - FRAME_BYTES]        ;                             1  102
        mov     [tss_esp0], eax                 ;                             1  103
        je      .same_space                     ;                             1  104
        mov     cr3, ecx                        ;                             4  108 [+9 this page]
.same_space:
        phase "return"
        xor     eax, eax                        ;                             1  109
        reload_segments
        iretd                                   ;                            36  145 [+9 stack, +9 user code]

        phase "slow ipc"
ipc_slow_queued:
        xor     ecx, ecx                        ; of the timeouts only the receive timeout matters: it was "never"
ipc_slow_reply:
        mov     esi, [eax + ID_LOW]
ipc_slow_restore:
        xor     eax, eax                        ; fall through
