; Tasks.

        phase "tasks"

task_new:
        xor     esi, esi                        ; no task
        xor     edi, edi
        iretd
