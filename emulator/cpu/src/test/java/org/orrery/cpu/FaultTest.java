package org.orrery.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FaultTest {
    @Test
    void iretGoesToRing3AndAnInterruptComesBackOnTheStackOfTheTss() {
        TestBoard board = TestBoard.inRing3("CD30");
        board.gate(0x30, 0x4000, 3);
        assertThat(board.cpu.cpl()).isEqualTo(3);
        assertThat(board.cpu.selector(Cpu.SS)).isEqualTo(0x23);
        long before = board.cpu.ledger().cycles(Cause.EXECUTE);
        board.steps(1);
        assertThat(board.cpu.cpl()).isZero();
        assertThat(board.cpu.eip()).isEqualTo(0x4000);
        assertThat(board.register(Cpu.ESP)).isEqualTo(0x7000 - 20);
        assertThat(board.memory.peek32(0x7000 - 4)).isEqualTo(0x23);
        assertThat(board.memory.peek32(0x7000 - 8)).isEqualTo(0x6000);
        assertThat(board.memory.peek32(0x7000 - 16)).isEqualTo(0x1B);
        assertThat(board.memory.peek32(0x7000 - 20)).isEqualTo(0x5002);
        assertThat(board.cpu.ledger().cycles(Cause.EXECUTE) - before)
                .as("INT to an inner level")
                .isEqualTo(71);
    }

    @Test
    void anInterruptThroughAGateOfHigherPrivilegeIsAGeneralProtectionFaultNamingTheGate() {
        TestBoard board = TestBoard.inRing3("CD31");
        board.gate(0x31, 0x4000, 0);
        board.gate(13, 0x4100, 0);
        board.steps(1);
        assertThat(board.cpu.eip()).isEqualTo(0x4100);
        assertThat(board.memory.peek32(board.register(Cpu.ESP))).isEqualTo(8 * 0x31 + 2);
        assertThat(board.memory.peek32(board.register(Cpu.ESP) + 4))
                .as("restarts at INT")
                .isEqualTo(0x5000);
    }

    @Test
    void anErrorCodeTakesFourBytesOfAStackButWritesTwo() {
        TestBoard board = TestBoard.inRing3("CD31");
        board.gate(0x31, 0x4000, 0);
        board.gate(13, 0x4100, 0);
        board.store(0x7000 - 24, 0xA5A5A5A5);
        board.steps(1);
        assertThat(board.register(Cpu.ESP)).isEqualTo(0x7000 - 24);
        assertThat(board.memory.peek32(0x7000 - 24)).isEqualTo(0xA5A50000 | 8 * 0x31 + 2);
    }

    @Test
    void aReturnThroughA16BitFrameToA32BitStackHasTheSelectorInTheUpperHalfOfESP() {
        TestBoard board =
                TestBoard.withTables("666A23 66680060 666A1B 66680050 66CB").steps(5);
        assertThat(board.cpu.selector(Cpu.CS)).isEqualTo(0x1B);
        assertThat(board.cpu.eip()).isEqualTo(0x5000);
        assertThat(board.register(Cpu.ESP)).isEqualTo(0x00236000);
    }

    @Test
    void faultsOnTheWayToAHandlerAreExternalUnlessTheProgramAskedForIt() {
        assertThat(errorOfTaskGateToData("0FFF", 6)).as("an undefined opcode").isEqualTo(0x10 | 1);
        assertThat(errorOfTaskGateToData("CD06", 6)).as("INT 6").isEqualTo(0x10);
    }

    private static int errorOfTaskGateToData(String hex, int vector) {
        TestBoard board = TestBoard.withTables(hex);
        board.gate(13, 0x4100, 0);
        board.store(0x2800 + 8 * vector, 0x10 << 16);
        board.store(0x2804 + 8 * vector, 0x8500);
        board.steps(1);
        assertThat(board.cpu.eip()).isEqualTo(0x4100);
        return board.memory.read16(board.register(Cpu.ESP));
    }

    @Test
    void ring3MayNotHalt() {
        TestBoard board = TestBoard.inRing3("F4");
        board.gate(13, 0x4100, 0);
        board.steps(1);
        assertThat(board.cpu.eip()).isEqualTo(0x4100);
        assertThat(board.memory.peek32(board.register(Cpu.ESP))).isZero();
    }

    @Test
    void aPageFaultLeavesRegistersAsTheyWereAndTellsAddressAndReason() {
        TestBoard board = TestBoard.inRing3("B823000000 8ED8 8F05 00900000 90").steps(2);
        board.gate(14, 0x4200, 0);
        board.pageTables();
        board.store(0x11000 + 4 * 9, 0);
        board.steps(1);
        assertThat(board.cpu.eip()).isEqualTo(0x4200);
        assertThat(board.cpu.control(2)).isEqualTo(0x9000);
        assertThat(board.memory.peek32(board.register(Cpu.ESP)))
                .as("not present, write, user")
                .isEqualTo(6);
        assertThat(board.memory.peek32(board.register(Cpu.ESP) + 4)).isEqualTo(0x5007);
        assertThat(board.memory.peek32(board.register(Cpu.ESP) + 16))
                .as("ESP of POP m")
                .isEqualTo(0x6000);
    }

    @Test
    void anOperandAcrossIntoAMissingPageFaultsWhereThatPageBegins() {
        TestBoard board = TestBoard.withTables("A1FE8F0000"); // mov eax, [8FFEh]
        board.gate(14, 0x4200, 0);
        board.pageTables();
        board.store(0x11000 + 4 * 9, 0);
        board.steps(1);
        assertThat(board.cpu.eip()).isEqualTo(0x4200);
        assertThat(board.cpu.control(2)).isEqualTo(0x9000);
    }

    @Test
    void anOperandAcrossTwoPagesInOneFrameGoesOnWhereTheFrameBegins() {
        TestBoard board = TestBoard.withTables("A1FE8F0000 A3FE8F0000"); // mov eax, [8FFEh] / mov [8FFEh], eax
        board.pageTables();
        board.store(0x11000 + 4 * 9, 0x8007);
        board.store(0x8000, 0x11223344);
        board.store(0x8FFC, 0x55667788);
        board.store(0x9000, 0);
        board.steps(2);
        assertThat(board.register(Cpu.EAX)).isEqualTo(0x33445566);
        assertThat(board.memory.peek32(0x8000)).isEqualTo(0x11223344);
        assertThat(board.memory.peek32(0x9000)).isZero();
    }

    @Test
    void pushAllAcrossAMissingPageChangesNothing() {
        TestBoard board = TestBoard.withTables("BC18900000 60");
        board.gate(14, 0x4200, 0);
        board.pageTables();
        board.store(0x11000 + 4 * 8, 0);
        board.store(0x9000, 0x11223344);
        board.steps(1);
        board.steps(1);
        assertThat(board.memory.peek32(0x9000)).isEqualTo(0x11223344);
    }

    @Test
    void aReadOnlyPageStopsTheSupervisorOnlyWithWriteProtect() {
        TestBoard board = TestBoard.withTables("C70500900000 78563412 C70500900000 01000000");
        board.gate(14, 0x4200, 0);
        board.pageTables();
        board.store(0x11000 + 4 * 9, 9 << 12 | 5);
        board.cpu.setControl(0, 0x8000_0011);
        board.steps(1);
        assertThat(board.memory.peek32(0x9000)).isEqualTo(0x12345678);
        board.cpu.setControl(0, 0x8001_0011);
        board.steps(1);
        assertThat(board.cpu.eip()).isEqualTo(0x4200);
        assertThat(board.memory.peek32(board.register(Cpu.ESP)))
                .as("present, write, supervisor")
                .isEqualTo(3);
    }

    @Test
    void staleTlbEntriesAreUsedUntilTheyAreFlushed() {
        TestBoard board = TestBoard.withTables("A100900000 A100900000 0F20D8 0F22D8 A100900000");
        board.pageTables();
        board.store(0x9000, 1);
        board.store(0xA000, 2);
        board.steps(1);
        board.store(0x11000 + 4 * 9, 10 << 12 | 7);
        board.steps(1);
        assertThat(board.register(Cpu.EAX)).isEqualTo(1);
        board.steps(3);
        assertThat(board.register(Cpu.EAX)).isEqualTo(2);
    }

    @Test
    void aTlbMissCostsThirteenClocksUncachedAndNineCached() {
        TestBoard board = TestBoard.withTables("EB00 A100900000 A100A00000 A100900000");
        board.pageTables();
        for (int page : new int[] {9, 10}) {
            board.store(0x11000 + 4 * page, page << 12 | 0x27);
        }
        board.store(0x10000, 0x11027);
        board.steps(2);
        long walk = board.cpu.ledger().cycles(Cause.TLB_WALK);
        board.steps(1);
        assertThat(board.cpu.ledger().cycles(Cause.TLB_WALK) - walk)
                .as("cached entries")
                .isEqualTo(9);
        walk = board.cpu.ledger().cycles(Cause.TLB_WALK);
        board.steps(1);
        assertThat(board.cpu.ledger().cycles(Cause.TLB_WALK) - walk).as("a hit").isZero();
    }

    @Test
    void aFaultWithoutAnyHandlerEndsInATripleFault() {
        TestBoard board = TestBoard.flat("0F0B");
        board.cpu.setControl(0, 0x11);
        Stop stop = board.cpu.run(1_000_000);
        assertThat(stop).isEqualTo(Stop.TRIPLE_FAULT);
        assertThat(board.cpu.stopReason()).contains("triple fault").contains("0008:00001000");
    }

    @Test
    void divideErrorReportsTheInstructionItself() {
        TestBoard board = TestBoard.withTables("31C9 F7F1");
        board.gate(0, 0x4300, 0);
        board.steps(2);
        assertThat(board.cpu.eip()).isEqualTo(0x4300);
        assertThat(board.memory.peek32(board.register(Cpu.ESP))).isEqualTo(0x1015 + 2);
    }

    @Test
    void whatIsNotExecutedStopsWithOneLineThatNamesIt() {
        CpuConfig sx = new CpuConfig("i486SX", false, 0x0420, false, 1, 8192, 4, MemoryTiming.ZERO_WAIT, false, false);
        TestBoard board = TestBoard.flat(sx, "D9E8");
        assertThat(board.cpu.run(1000)).isEqualTo(Stop.NOT_EXECUTED);
        assertThat(board.cpu.stopReason())
                .startsWith("fld1")
                .contains("0008:00001000")
                .endsWith("is not executed");
        assertThat(board.cpu.eip()).isEqualTo(0x1000);
    }
}
