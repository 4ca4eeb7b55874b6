; Follows the hot page: the TSS finds the port bitmap at a distance of at most 64 KB. This is the bitmap of tasks
; without ports; tasks with ports have another one here (see own_port_bitmap).
                resb 2 * PAGE          ; port_bitmap
                resb 1                 ; the processor reads two bytes at a time
                alignb PAGE
spaces:         resd TASKS             ; physical addresses of the tasks' page directories, 0 for no task
task_low:       resd TASKS             ; id_low and id_high that the tasks' lthreads 0 have, or had last
task_high:      resd TASKS
irq_owners:     resd IRQS              ; TCBs of the threads that the interrupts are attached to, or 0
irq_pending:    resd 1                 ; a bit for each
ready_rings:    resd PRIORITIES
wakeup_rings:   resd WAKEUP_RINGS
                resb PAGE
boot_stack_top:
modules:        resb MAX_SERVERS * module_size
server_entries: resd MAX_SERVERS
module_count:   resd 1
module_number:  resd 1
start_pages:    resd 1                 ; physical addresses
raw_modules:    resd 1
free_pages:     resd 1                 ; of the pool: linked by their first dwords
free_pairs:     resd 1
free_mappings:  resd 1                 ; see mapdb.asm
stale_pages:    resd 1                 ; pages whose entries changed since the TLB was right
dying_spaces:   resd 1                 ; see task.asm
breath:         resd 1                 ; how long until interrupts are let in
map_source:     resd 1                 ; see map.asm
map_target:     resd 1
map_last:       resd 1
map_limit:      resd 1
map_rights:     resd 1
map_from:       resd 1
map_entry:      resd 1
%if CHECKS
mapping_count:  resd 1                 ; free or not
mappings_seen:  resd 1
tree_seen:      resd 1                 ; the root of the tree that was looked through last
until_check:    resd 1                 ; checks until the next one of everything
check_next:     resd 1                 ; the thread that runs next
check_rings:    resb 1                 ; the ready rings have changed since the last check
                alignb 4
check_mask:     resd 1                 ; the bit of a page table entry that says that it is to be checked
note_count:     resd 1
notes:          resd MAX_NOTES * 2     ; of a mapping, or of a place: the other one is 0
tcb_page_count: resd 1
tcb_pages:      resd MAX_TCB_PAGES * 2 ; page table entry and address
%endif
