; Follows the hot page: the TSS finds the port bitmap at a distance of at most 64 KB. This is the bitmap of tasks
; without ports; tasks with ports have another one here (see own_port_bitmap).
                resb 2 * PAGE          ; port_bitmap
                resb 1                 ; the processor reads two bytes at a time
                alignb PAGE
spaces:         resd TASKS             ; physical addresses of the tasks' page directories, 0 for no task
wakeup_rings:   resd WAKEUP_RINGS
                resb PAGE
boot_stack_top:
modules:        resb MAX_SERVERS * module_size
server_entries: resd MAX_SERVERS
module_count:   resd 1
module_number:  resd 1
start_pages:    resd 1                 ; physical addresses
raw_modules:    resd 1
