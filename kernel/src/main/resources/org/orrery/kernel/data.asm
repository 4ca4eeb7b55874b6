; Kernel variables that do not belong to a thread.

        phase
        align 16
ready_ring:     dd 0
slice:          dd 0                   ; ticks left
now:            dd 0                   ; ticks since boot
memory_end:     dd 0                   ; physical addresses
pool_start:     dd 0
pool_next:      dd 0
pool_end:       dd 0
kernel_space:   dd 0                   ; physical addresses of page directories
sigma0_space:   dd 0
zero_page:      dd 0                   ; page table entries
zero_table:     dd 0
window_space:   dd 0                   ; page directory whose window may be in the TLB, or 0
