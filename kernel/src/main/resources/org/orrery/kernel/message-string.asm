; The strings of a message in memory. Included among what may touch user memory, see message.asm; registers as there.

; EAX strings. One may be in several pieces on either side, each a string dope of its own; all but the last have
; L4_STRING_MORE. Dopes that have received something can be sent as they are.
copy_strings:
        mov     [ebp + COPY + copy.from_count], eax
        mov     ecx, [ebp + COPY + copy.size]
        mov     edx, [ebp + COPY + copy.source]
        call    first_string
        mov     [ebp + COPY + copy.from], edx
        mov     ecx, [ebp + COPY + copy.room]
        mov     eax, ecx
        shr     eax, L4_STRINGS_SHIFT
        and     eax, 31
        mov     edx, [ebp + COPY + copy.target]
        test    edx, edx
        jz      message_cut
        mov     [ebp + COPY + copy.to_count], eax
        call    first_string
        mov     [ebp + COPY + copy.to], edx
.string:
        call    next_target
        call    next_source
.piece:
        mov     ecx, [ebp + COPY + copy.from_left]
        cmp     ecx, [ebp + COPY + copy.to_left]
        jbe     .fits
        mov     ecx, [ebp + COPY + copy.to_left]
.fits:
        call    copy_bytes
        cmp     dword [ebp + COPY + copy.from_left], 0
        je      .source_empty
        call    target_done                     ; the target is full
        test    dword [ebp + COPY + copy.to_size], L4_STRING_MORE
        jz      message_cut
        call    next_target
        jmp     .piece
.source_empty:
        cmp     dword [ebp + COPY + copy.from_count], 0
        je      .string_ends
        test    dword [ebp + COPY + copy.from_size], L4_STRING_MORE
        jz      .string_ends
        call    next_source
        jmp     .piece
.string_ends:
        call    target_done
        cmp     dword [ebp + COPY + copy.to_count], 0
        je      .no_target
        test    dword [ebp + COPY + copy.to_size], L4_STRING_MORE
        jz      .no_target
        call    next_target                     ; the rest of this string's pieces stay empty
        jmp     .string_ends
.no_target:
        cmp     dword [ebp + COPY + copy.from_count], 0
        jne     .string
        ret

; EDX = the first string dope of the message buffer EDX with size dope ECX, which has EAX of them. Keeps EBX, EBP.
first_string:
        shr     ecx, L4_DWORDS_SHIFT
        lea     edx, [edx + ecx * 4 + L4_MESSAGE_DWORDS]
        shl     eax, 4                          ; L4_STRING_DOPE is 16
        add     eax, edx
        cmp     eax, USER_TOP
        ja      message_bad
        ret

; The next piece that the sender has.
next_source:
        mov     eax, [ebp + COPY + copy.from]
        add     dword [ebp + COPY + copy.from], L4_STRING_DOPE
        dec     dword [ebp + COPY + copy.from_count]
        mov     ecx, [eax + L4_STRING_SEND]
        mov     eax, [eax + L4_STRING_SEND_AT]
        mov     [ebp + COPY + copy.from_size], ecx
        and     ecx, L4_STRING_MORE - 1
        mov     [ebp + COPY + copy.from_at], eax
        mov     [ebp + COPY + copy.from_left], ecx

; The string of ECX bytes at EAX is not too long, and a user's.
check_string:
        jecxz   .end
        cmp     ecx, L4_LONGEST_STRING
        ja      message_bad
        cmp     eax, USER_TOP
        jae     message_bad
        add     eax, ecx
        cmp     eax, USER_TOP
        ja      message_bad
.end:
        ret

; The next piece that the receiver has room for.
next_target:
        cmp     dword [ebp + COPY + copy.to_count], 0
        je      message_cut
        mov     edi, [ebp + COPY + copy.to]
        add     dword [ebp + COPY + copy.to], L4_STRING_DOPE
        dec     dword [ebp + COPY + copy.to_count]
        call    map_window
        mov     ecx, [edi + L4_STRING_RECEIVE]
        mov     eax, [edi + L4_STRING_RECEIVE_AT]
        mov     [ebp + COPY + copy.to_size], ecx
        and     ecx, L4_STRING_MORE - 1
        mov     [ebp + COPY + copy.to_at], eax
        mov     [ebp + COPY + copy.to_left], ecx
        mov     dword [ebp + COPY + copy.to_done], 0
        jmp     check_string

; The receiver's string dope tells what came.
target_done:
        add     dword [ebp + COPY + copy.done], 1 << L4_STRINGS_SHIFT
        mov     edi, [ebp + COPY + copy.to]
        sub     edi, L4_STRING_DOPE
        call    map_window
        mov     ecx, [ebp + COPY + copy.to_size]
        mov     eax, [ebp + COPY + copy.to_done]
        mov     edx, [ebp + COPY + copy.to_at]
        and     ecx, L4_STRING_MORE
        sub     edx, eax
        or      eax, ecx
        mov     [edi + L4_STRING_SEND], eax
        mov     [edi + L4_STRING_SEND_AT], edx
        ret

; ECX bytes of the pieces.
copy_bytes:
        jecxz   .end
        mov     esi, [ebp + COPY + copy.from_at]
        mov     edi, [ebp + COPY + copy.to_at]
        push    ecx
        call    map_window
        mov     edx, ecx
        shr     ecx, 2
        call    copy_dwords
        mov     ecx, edx
        and     ecx, 3
        rep     movsb
        pop     ecx
        add     [ebp + COPY + copy.from_at], ecx
        sub     [ebp + COPY + copy.from_left], ecx
        add     [ebp + COPY + copy.to_at], ecx
        sub     [ebp + COPY + copy.to_left], ecx
        add     [ebp + COPY + copy.to_done], ecx
.end:
        ret
