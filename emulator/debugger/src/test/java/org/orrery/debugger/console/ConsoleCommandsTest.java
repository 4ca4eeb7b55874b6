package org.orrery.debugger.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.orrery.debugger.DebugSession;
import org.orrery.debugger.FlatMachine;
import org.orrery.isa.debug.DebugInfo;
import org.orrery.isa.debug.DebugInfo.Kind;
import org.orrery.isa.debug.DebugInfo.Symbol;

class ConsoleCommandsTest {
    private static final int MAIN = FlatMachine.CODE;
    private static final int WORK = MAIN + 0x10;

    /** Calls work three times, which adds one to a counter; then halts for good. */
    private final DebugSession session = new DebugSession(
            FlatMachine.with(
                    0xB9, 3, 0, 0, 0, // main: mov ecx, 3
                    0xE8, 6, 0, 0, 0, // main.loop: call work
                    0x49, 0x75, 0xF8, // dec ecx; jnz main.loop
                    0xFA, 0xF4, 0x90, // cli; hlt; nop
                    0x55, 0x89, 0xE5, // work: push ebp; mov ebp, esp
                    0xFF, 0x05, 0, 0x10, 0x20, 0, // inc dword [counter]
                    0x5D, 0xC3), // pop ebp; ret
            new DebugInfo.Builder()
                    .symbol(new Symbol("main", MAIN, 16, Kind.FUNCTION))
                    .symbol(new Symbol("work", WORK, 11, Kind.FUNCTION))
                    .symbol(new Symbol("counter", 0x201000, 4, Kind.OBJECT))
                    .phase(new DebugInfo.Phase("working", WORK, WORK + 11))
                    .build());

    private final StringWriter printed = new StringWriter();
    private final Shell shell = new Shell(session, new Output(new PrintWriter(printed), false));

    /** Runs commands and returns what the last of them printed. */
    private String run(String... lines) {
        for (String line : lines) {
            printed.getBuffer().setLength(0);
            shell.execute(line);
        }
        return printed.toString();
    }

    @Test
    void aStepShowsWhereTheGuestIsAndWhatItTook() {
        assertThat(run("step"))
                .contains("00100005 <main+0x5>:  e806000000")
                .contains("call work")
                .containsPattern("cycle \\d+, \\d+ more");
    }

    @Test
    void nextRunsOverACallAndFinishOutOfIt() {
        assertThat(run("step", "next")).contains("0010000a <main+0xa>");
        assertThat(run("break work", "c", "finish")).contains("0010000a <main+0xa>");
        assertThat(run("print byte [counter]")).startsWith("0x2 ");
    }

    @Test
    void breakpointsStopAtSymbolsUnderConditions() {
        assertThat(run("break work if $ecx==1")).startsWith("breakpoint 1 at 00100010 <work>");
        assertThat(run("c")).startsWith("breakpoint 1").contains("00100010 <work>");
        assertThat(run("p $ecx")).startsWith("0x1 = 1");
        assertThat(run("info breakpoints")).contains("if $ecx==1, hit 1 time");
    }

    @Test
    void aTemporaryBreakpointGoesAndAnIgnoredOneWaits() {
        assertThat(run("tb work", "c")).startsWith("temporary breakpoint 1");
        assertThat(run("info b")).startsWith("no breakpoints");
        assertThat(run("b work", "ignore 2 1", "c", "p $ecx")).startsWith("0x1 ");
    }

    @Test
    void aWatchStopsAfterTheChange() {
        assertThat(run("watch counter", "c")).contains("watch 1 at 00201000 <counter>: 00000000 became 00000001");
        assertThat(run("info registers eip")).startsWith("eip 00100019");
    }

    @Test
    void theEndOfTheGuestIsSaidOnceAndForAll() {
        assertThat(run("c")).contains("halted");
        assertThat(run("step")).startsWith("the guest's run has ended");
    }

    @Test
    void memoryIsShownLinearAndPhysical() {
        assertThat(run("x/4xb main")).startsWith("00100000 <main>:  b9  03  00  00");
        assertThat(run("x/2i main")).contains("=> 00100000 <main>").contains("call work");
        assertThat(run("xp/1xw 0x100000")).contains("000003b9");
        assertThat(run("x/1xw 0x100000", "")).startsWith("00100004 <main+0x4>:");
        assertThat(run("x/d main+1")).endsWith("  3" + System.lineSeparator());
    }

    @Test
    void backtraceFollowsFramePointers() {
        assertThat(run("b *work".replace("*", ""), "c", "step 2", "bt"))
                .contains("0  00100013 <work+0x3>")
                .contains("1  0010000a <main+0xa>");
    }

    @Test
    void cyclesAreKeptByCauseAndPhase() {
        assertThat(run("c", "ledger")).contains("execute").contains("total");
        assertThat(run("ledger phases"))
                .contains("working")
                .contains("supervisor")
                .contains("100.0 %");
        assertThat(run("ledger functions")).contains("main").contains("work");
    }

    @Test
    void cacheAndTlbAreShown() {
        assertThat(run("step", "cache")).contains("1 of 512 lines valid");
        assertThat(run("cache 0")).contains("00100000");
        assertThat(run("tlb")).contains("0 of 32 entries valid");
    }

    @Test
    void anEmptyLineRepeatsAStepButNotAPrint() {
        assertThat(run("step", "")).contains("00100010 <work>");
        assertThat(run("print 1", "")).isEmpty();
    }

    @Test
    void registersAreShownWithTheirHiddenPartsAndCanBeSet() {
        assertThat(run("info r segments"))
                .contains("cs 0008  base 00000000  limit ffffffff  code readable, 32-bit, dpl 0");
        assertThat(run("set $eax = 0x1234", "p/x $ax")).startsWith("00001234");
        assertThat(run("info registers")).contains("eax 00001234").contains("cpl 0");
    }

    @Test
    void everyCommandHasHelpAndItsExamplesAreOfItself() {
        run("help");
        for (Command command : shell.registry().commands()) {
            assertThat(printed.toString()).contains(command.usage());
            assertThat(command.summary()).isNotEmpty().doesNotEndWith(".");
            assertThat(command.examples())
                    .isNotEmpty()
                    .allSatisfy(
                            e -> assertThat(shell.registry().find(e).command()).isSameAs(command));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "break nowhere | there is no symbol 'nowhere'",
                "break mai | there is no symbol 'mai'; near it: main",
                "ipc | this guest does not say that it is an L4 Version 2 kernel",
                "threads | the guest's files describe no thread control block",
                "delete 7 | there is no breakpoint 7",
                "x/16q main | '/16q': expected a count",
                "set cr3 = 1 | 'cr3' cannot be set",
                "cache 128 | the cache has sets 0 to 127",
                "print | an expression is expected",
                "until | an expression is expected",
                "step foo | there is no symbol 'foo'"
            })
    void wrongInputGetsOneLine(String line, String message) {
        assertThat(run(line)).startsWith(message);
        assertThat(printed.toString().lines()).hasSize(1);
    }

    @Test
    void unmappedMemoryIsSaidPlainly() {
        session.guest().machine().cpu().setControl(3, 0x300000);
        session.guest().machine().cpu().setControl(0, 0x8000_0011);
        assertThat(run("x/4xw main")).contains("linear address 00100000 is not mapped");
        assertThat(run("x/4i main")).startsWith("linear address 00100000 is not mapped");
        assertThat(run("p [main]")).startsWith("linear address 00100000 is not mapped");
        assertThat(run("xp/xw 0x100000")).contains("000003b9");
        assertThat(run("stack")).contains("is not mapped");
        assertThat(run("bt")).contains("0  00100000 <main>");
    }

    @Test
    void completionKnowsCommandsSymbolsAndRegisters() {
        Completion completion = new Completion(shell.registry(), session.guest());
        assertThat(completion.candidates("di"))
                .contains("disable", "disassemble")
                .doesNotContain("step");
        assertThat(completion.candidates("info r")).containsExactly("registers");
        assertThat(completion.candidates("break wo")).containsExactly("work");
        assertThat(completion.candidates("break main+cou")).containsExactly("main+counter");
        assertThat(completion.candidates("p $ea")).containsExactly("$eax");
        assertThat(completion.candidates("ledger ")).contains("phases", "functions", "reset");
        assertThat(completion.candidates("help bre")).containsExactly("break");
    }
}
