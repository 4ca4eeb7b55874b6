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
