package org.orrery.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.orrery.cpu.state.StateWriter;

class InterruptTest {
    private static TestBoard board(String hex) {
        TestBoard board = TestBoard.flat("0F0115002F0000 0F011D062F0000" + hex);
        board.tables();
        board.gate(0x20, 0x4000, 0);
        board.load(0x4000, "CF");
        return board.steps(2);
    }

    @Test
    void stiHoldsInterruptsOffForOneInstruction() {
        TestBoard board = board("FB 40 40 40");
        board.cpu.setIntr(true);
        board.steps(2);
        assertThat(board.register(Cpu.EAX)).isEqualTo(1);
        board.steps(1);
        assertThat(board.cpu.lastVector()).isEqualTo(0x20);
        assertThat(board.cpu.eip()).isEqualTo(0x4000);
    }

    @Test
    void lssHoldsNothingOff() {
        TestBoard board = board("FB 0FB22500900000 40 40");
        board.store(0x9000, 0x7800);
        board.store(0x9004, 0x10);
        board.cpu.setIntr(true);
        board.steps(3);
        assertThat(board.cpu.eip()).isEqualTo(0x4000);
        assertThat(board.register(Cpu.EAX)).isZero();
    }

    @Test
    void stiBeforeHltLosesNoWakeUp() {
        TestBoard board = board("FB F4 40");
        board.cpu.setIntr(true);
        board.steps(2);
        assertThat(board.cpu.halted()).isTrue();
        board.steps(1);
        assertThat(board.cpu.halted()).isFalse();
        board.cpu.setIntr(false);
        board.steps(2);
        assertThat(board.register(Cpu.EAX)).isEqualTo(1);
    }

    @Test
    void theAcknowledgeCyclesWaitForBufferedWrites() {
        TestBoard board = board("FB 90 90");
        board.steps(2);
        for (int i = 0; i < 3; i++) {
            board.cpu.core().mmu.bus.write(0x9000, 4);
        }
        board.cpu.setIntr(true);
        Ledger ledger = board.cpu.ledger();
        long waited = ledger.cycles(Cause.DEVICE_WAIT);
        board.steps(1);
        assertThat(board.cpu.eip()).isEqualTo(0x4000);
        assertThat(ledger.cycles(Cause.DEVICE_WAIT) - waited).isEqualTo(3 * 2);
    }

    @Test
    void haltChargesTheTimeUntilTheNextEvent() {
        TestBoard board = board("FB F4 40");
        int wake = board.events.register(now -> board.cpu.setIntr(true));
        board.steps(2);
        long start = board.cpu.ledger().now();
        board.events.schedule(wake, start + 5000);
        board.steps(1);
        assertThat(board.cpu.ledger().cycles(Cause.HALT)).isEqualTo(5000);
        board.steps(1);
        assertThat(board.cpu.eip()).isEqualTo(0x4000);
    }

    @Test
    void haltWithoutAnyEventIsDead() {
        TestBoard board = board("FA F4");
        assertThat(board.cpu.run(EventQueue.NEVER)).isEqualTo(Stop.DEAD_HALT);
    }

    @Test
    void aRepeatedStringInstructionIsInterruptedBetweenIterationsAndGoesOn() {
        TestBoard board = board("FB FC BF00900000 B955555555 B9E8030000 B041 F3AA 90");
        board.steps(6);
        int wake = board.events.register(now -> board.cpu.setIntr(true));
        board.events.schedule(wake, board.cpu.ledger().now() + 300);
        board.cpu.run(board.cpu.ledger().now() + 310);
        int left = board.register(Cpu.ECX);
        assertThat(left).isBetween(900, 990);
        assertThat(board.register(Cpu.EDI)).isEqualTo(0x9000 + 1000 - left);
        board.cpu.setIntr(false);
        board.cpu.run(board.cpu.ledger().now() + 5000);
        assertThat(board.memory.peek8(0x9000 + 999)).isEqualTo(0x41);
        assertThat(board.register(Cpu.ECX)).isZero();
    }

    @Test
    void requestStopComesBackFromAnEndlessLoop() {
        TestBoard board = board("EBFE");
        int stop = board.events.register(now -> board.cpu.requestStop());
        board.events.schedule(stop, 10_000);
        assertThat(board.cpu.run(EventQueue.NEVER)).isEqualTo(Stop.REQUESTED);
        assertThat(board.cpu.ledger().now()).isBetween(10_000L, 10_010L);
    }

    @Test
    void howOftenTheLoopIsLeftChangesNeitherStateNorTime() {
        String code = "FC BF00900000 BE00A00000 B9C8000000 F3A4 BF00900000 B932000000 F3AB B10A 49 75FD F4";
        TestBoard whole = TestBoard.flat(code);
        whole.cpu.run(EventQueue.NEVER);
        TestBoard stepped = TestBoard.flat(code);
        for (int i = 0; i < 2000 && !stepped.cpu.halted(); i++) {
            stepped.cpu.step();
        }
        TestBoard chunked = TestBoard.flat(code);
        while (!chunked.cpu.halted()) {
            chunked.cpu.run(chunked.cpu.ledger().now() + 7);
        }
        assertThat(state(stepped)).isEqualTo(state(whole));
        assertThat(stepped.cpu.ledger().cycles(Cause.EXECUTE))
                .isEqualTo(chunked.cpu.ledger().cycles(Cause.EXECUTE));
        assertThat(stepped.cpu.instructions()).isEqualTo(chunked.cpu.instructions());
    }

    private static String state(TestBoard board) {
        StateWriter out = new StateWriter();
        board.cpu.save(out);
        return Integer.toHexString(Arrays.hashCode(out.toByteArray())) + " at "
                + board.cpu.ledger().now();
    }
}
