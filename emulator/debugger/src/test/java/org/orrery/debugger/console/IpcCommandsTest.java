package org.orrery.debugger.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.orrery.debugger.DebugSession;
import org.orrery.debugger.MiniKernel;

class IpcCommandsTest {
    private final DebugSession session = new DebugSession(MiniKernel.machine(), MiniKernel.info());
    private final StringWriter printed = new StringWriter();
    private final Shell shell = new Shell(session, new Output(new PrintWriter(printed), false));

    private String run(String... lines) {
        for (String line : lines) {
            printed.getBuffer().setLength(0);
            shell.execute(line);
        }
        return printed.toString();
    }

    @Test
    void aFailedSendIsShownWithItsError() {
        assertThat(run("ipc")).startsWith("ipc 1: call  4.0 > 7.0").contains("result    non-existent partner");
    }

    @Test
    void aCallIsShownWithItsWordsAndItsCost() {
        assertThat(run("ipc", "ipc"))
                .startsWith("ipc 2: call  4.0 > 5.0")
                .contains("words     00000000 676e6970 \"....ping\"")
                .contains("receive   from anybody")
                .contains("timeouts  send never, receive never")
                .contains("result    ok")
                .containsPattern("enter kernel +\\d+ +1 +71 +execute 71")
                .containsPattern("return +\\d+ +2 +54")
                .containsPattern("TLB miss, page 00\\d+000, by 00100\\w+ <ipc")
                .contains("<server.answer>");
    }

    @Test
    void anAnswerNamesTheCallAndTheRoundTrip() {
        assertThat(run("ipc 3"))
                .contains("ipc 3: reply and wait  5.0 > 4.0")
                .containsPattern("answers   ipc 2, round trip \\d+ cycles")
                .contains("timeouts  send 0, receive never");
    }

    @Test
    void anIpcIsNotMissedByNextOrByBreakpoints() {
        assertThat(run("b client.next", "c", "n 6")).contains("<client+0x2f>");
        assertThat(run("p $edx")).startsWith("0x1 ");
        assertThat(run("delete", "ipc")).startsWith("ipc 4: call");
    }

    @Test
    void finishLeavesTheKernel() {
        assertThat(run("b ipc.to_server", "c", "p $cpl")).startsWith("0x0 ");
        assertThat(run("finish", "p $cpl")).startsWith("0x3 ");
        assertThat(run("info r eip")).startsWith("eip 001001");
    }

    @Test
    void threadsAreListedAndTheRunningOneIsMarked() {
        assertThat(run("ipc 2", "threads"))
                .containsPattern("  4\\.0 +00180000")
                .containsPattern("\\* 5\\.0 +00180400")
                .contains("calls");
    }

    @Test
    void theTlbShowsPagesWithTheirRights() {
        assertThat(run("ipc", "tlb")).containsPattern("0 +\\d+ +00100000 +00100000 +UW[D-] +_start");
    }

    @Test
    void accountsBeginAnewWithoutForgettingMessagesOnTheirWay() {
        assertThat(run("ipc 2", "ledger reset", "ledger phases")).containsPattern("total +0 ");
        assertThat(run("ipc")).contains("reply and wait  5.0 > 4.0").contains("answers   ipc 2");
        assertThat(run("ledger phases")).contains("load message").containsPattern("return +\\d+");
    }
}
