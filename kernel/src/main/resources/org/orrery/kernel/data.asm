; Kernel variables that do not belong to a thread.

        phase
        align 16
slice:          dd 0                   ; ticks left of the running time slice
slice_owner:    dd IDLE_TCB            ; whose it is: not always the running thread's
woken:          dd 0                   ; highest priority + 1 of the threads that became ready since the last look
ready_map:      times PRIORITIES / 32 dd 0      ; a bit for each priority: its ring has threads
ready_top:      dd 0                   ; a priority above which all rings are empty
special_state:  db 0                   ; see fpu.asm
has_fpu:        db 0
                align 4
fpu_owner:      dd 0                   ; TCB of the thread whose state is in the FPU, or 0
irq_mask:       dd 0xFFFA              ; a set bit masks; all but the timer and the slave
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
