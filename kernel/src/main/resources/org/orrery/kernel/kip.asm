; The kernel info page, in the classic layout. Users map it read-only; sigma0 finds its address in ECX at start.

        phase
kernel_info:
        dd      0x4BE6344C                      ; "L4", 0xE6, "K"
        dd      2                               ; version of the interface
        db      (.version - kernel_info) / 16
        times   kip.servers - ($ - kernel_info) db 0
        dd      0                               ; kip.servers
        times   kip.server - ($ - kernel_info) db 0
        times   MAX_SERVERS * server_size db 0
        align   16
.version:
        db      "Orrery L4 Version 2", 0
