package org.orrery.cli.validate;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.orrery.cli.time.Mode;
import org.orrery.cli.time.Stage;
import org.orrery.cpu.Cause;
import org.orrery.pc.profile.Profile;

/**
 * Measures one instruction as Intel's table assumes it: cache and TLB warm, operands aligned, buffers empty, and behind an instruction that
 * executes for several clocks, so that nothing of its decoding shows. The third time round counts.
 */
final class Bench {
    /** The 2-1-2 bus without wait states that the table assumes. */
    private static final Profile MACHINE = Profile.byName("486dx50-212");

    private static final int ROUNDS = 3;
    private static final int FNOP_CLOCKS = 3;

    private static final String PROGRAM = """
            %%include "stage.inc"
            %%define rAX %s
            %%define rSP %s
            %%define PTR %s
            SIZE    equ     %d
            BASE    equ     %s
            SEL     equ     %s
            DSEL    equ     %s
            RCX_rcl equ     0xD0
            RCX_rcr equ     0xD8
                    bits    %d
                    org     CODE - BASE
            again:  mov     esp, STACK - BASE
                    mov     ebx, DATA_EBX - BASE
                    mov     esi, DATA_ESI - BASE
                    mov     edi, DATA_EDI - BASE
                    mov     ebp, DATA_EBP - BASE
                    mov     eax, 0
                    mov     edx, 0
            %s
                    align   16
                    %s
            test:   %s
                    %s
                    align   16
            after:  %s
            back:   jmp     again
            """;

    private final ClockCase row;
    private final Guest guest;
    private final int test;

    private Bench(ClockCase row) {
        this.row = row;
        guest = new Guest(row.row(), source(row), row.mode(), MACHINE);
        guest.resumeAt(row.has("outer") ? "back" : "after");
        test = row.has("task") ? Stage.address("task_return") : guest.address("test");
    }

    /** CPU clocks that the instruction of a case takes. */
    static long measure(ClockCase row) {
        return new Bench(row).run();
    }

    private static String source(ClockCase row) {
        boolean wide = row.mode().bits() == 32;
        boolean user = row.mode() == Mode.USER;
        String before = Arrays.stream(row.before().split(" ; "))
                .map(line -> "        " + line)
                .collect(Collectors.joining("\n"));
        return String.format(
                PROGRAM,
                wide ? "eax" : "ax",
                wide ? "esp" : "sp",
                wide ? "dword" : "word",
                row.mode().bits() / 8,
                wide ? "0" : "SEGMENT_BASE",
                !wide ? "SEGMENT_BASE >> 4" : user ? "CODE3" : "CODE0",
                !wide ? "SEGMENT_BASE >> 4" : user ? "DATA3" : "DATA0",
                row.mode().bits(),
                before,
                filler(row),
                row.instruction(),
                row.has("x87") ? "fnop" : "nop",
                row.has("outer") ? "int VECTOR_RING0" : "nop");
    }

    /** What lets buffers and pipeline drain: CLI, whose five clocks hide all decoding, where it is allowed. */
    private static String filler(ClockCase row) {
        if (row.has("bare")) {
            return "times 8 nop";
        }
        if (row.has("intr")) {
            return "sti\n times 8 cld";
        }
        boolean allowed = row.mode() != Mode.USER && row.mode() != Mode.V86_IOPL0;
        return allowed ? "times 5 cli" : "times 12 cld";
    }

    private long run() {
        for (int round = 1; round < ROUNDS; round++) {
            guest.runTo(test);
            instruction();
        }
        guest.runTo(test);
        long before = clocks();
        instruction();
        if (row.has("x87")) {
            guest.step();
            return clocks() - before - FNOP_CLOCKS;
        }
        return clocks() - before;
    }

    private long clocks() {
        return row.has("own") ? guest.cycles(Cause.EXECUTE, Cause.PREFIX, Cause.DECODE) : guest.now();
    }

    /** The instruction under test, or the event that comes at it. */
    private void instruction() {
        if (row.has("nmi")) {
            guest.cpu().raiseNmi();
        }
        guest.cpu().setIntr(row.has("intr"));
        guest.instruction();
        guest.cpu().setIntr(false);
        if (row.has("halt")) {
            guest.cpu().raiseNmi();
        }
    }
}
