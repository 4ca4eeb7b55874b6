package org.orrery.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;

class CacheTestRegistersTest {
    private static final int ADDRESS = 0x4560;
    private static final int SET = ADDRESS >>> 4 & 127;
    private static final int VALID = 1 << 10;
    private static final int WRITE = 1;
    private static final int READ = 2;
    private static final int FLUSH = 3;
    private static final int CACHE_OFF = 0x4000_0011;
    private static final int CACHE_OFF_AND_WRITES_STAY = 0x6000_0011;

    private TestBoard board;
    private Mmu mmu;
    private CacheTestRegisters registers;

    @BeforeEach
    void cacheOff() {
        board = TestBoard.flat("90");
        board.cpu.setControl(0, CACHE_OFF);
        mmu = board.cpu.core().mmu;
        registers = mmu.cacheTest;
    }

    private void writeLine(int address, int way, int status, int... dwords) {
        for (int i = 0; i < 4; i++) {
            registers.write(5, i << 2);
            registers.write(3, dwords[i]);
        }
        registers.write(4, address & ~0x7FF | status);
        registers.write(5, address & 0x7F0 | way << 2 | WRITE);
    }

    private int readDword(int set, int way, int index) {
        registers.write(5, set << 4 | way << 2 | READ);
        registers.write(5, index << 2);
        return registers.read(3);
    }

    @Test
    void aLineThatWasWrittenHidesMemoryFromReadsAndFromCode() {
        board.store(ADDRESS + 4, 0x11111111);
        writeLine(ADDRESS, 2, VALID, 1, 0x22222222, 3, 4);
        assertThat(mmu.read32(ADDRESS + 4)).isEqualTo(0x22222222);
        assertThat(mmu.read8(ADDRESS + 12)).isEqualTo(4);
        assertThat(mmu.read32(ADDRESS + 16)).as("behind it").isZero();
        assertThat(mmu.read32(ADDRESS + 14)).as("half of it").isZero();
        board.cpu.setEip(ADDRESS);
        writeLine(ADDRESS, 2, VALID, 0x90909041, 0, 0, 0);
        board.steps(1);
        assertThat(board.register(Cpu.ECX)).as("INC ECX from the line").isEqualTo(1);
    }

    @Test
    void codeThatRanBeforeItsLineIsWrittenIsDecodedAgain() {
        board.load(ADDRESS, "41");
        board.cpu.setRegister(Cpu.EDX, 0);
        board.cpu.setEip(ADDRESS);
        board.steps(1);
        writeLine(ADDRESS, 0, VALID, 0x90909042, 0, 0, 0);
        board.cpu.setEip(ADDRESS);
        board.steps(1);
        registers.write(5, FLUSH);
        board.cpu.setEip(ADDRESS);
        board.steps(1);
        assertThat(board.register(Cpu.EDX)).as("INC EDX of the line").isEqualTo(1);
        assertThat(board.register(Cpu.ECX)).as("INC ECX before and after").isEqualTo(2);
    }

    @Test
    void aWriteGoesToLineAndMemory() {
        writeLine(ADDRESS, 0, VALID, 1, 2, 3, 4);
        mmu.write16(ADDRESS + 6, 0xABCD);
        assertThat(readDword(SET, 0, 1)).isEqualTo(0xABCD0002);
        registers.write(5, FLUSH);
        assertThat(mmu.read32(ADDRESS + 4)).isEqualTo(0xABCD0000);
    }

    @Test
    void itWorksAsMemoryWhereThereIsNone() {
        int nowhere = 0xC000_0560;
        writeLine(nowhere, 1, VALID, 1, 2, 3, 4);
        mmu.write32(nowhere + 8, 0x12345678);
        assertThat(mmu.read32(nowhere + 8)).isEqualTo(0x12345678);
        assertThat(mmu.read32(nowhere + 16)).isEqualTo(-1);
        registers.write(5, FLUSH);
        assertThat(mmu.read32(nowhere + 8)).isEqualTo(-1);
    }

    @Test
    void anInvalidLineHidesNothingButCanBeRead() {
        writeLine(ADDRESS, 3, 0, 5, 6, 7, 8);
        assertThat(mmu.read32(ADDRESS)).isZero();
        assertThat(readDword(SET, 3, 2)).isEqualTo(7);
        assertThat(registers.read(4) & VALID).isZero();
    }

    @Test
    void aReadTellsTagValidBitAndTheStateOfTheSet() {
        writeLine(ADDRESS, 1, VALID, 0, 0, 0, 0);
        writeLine(0x8000 | ADDRESS & 0x7FF, 3, VALID, 0, 0, 0, 0);
        registers.write(5, SET << 4 | 1 << 2 | READ);
        int status = registers.read(4);
        assertThat(status & ~0x7FF).isEqualTo(ADDRESS & ~0x7FF);
        assertThat(status & VALID).isEqualTo(VALID);
        assertThat(status >>> 3 & 15).as("valid bits of ways 1 and 3").isEqualTo(0b1010);
        assertThat(status >>> 7 & 7).isEqualTo(PseudoLru.touch(PseudoLru.touch(0, 1), 3));
    }

    @Test
    void aLineThatAReadFilledShowsItsMemory() {
        board.cpu.setControl(0, 0x11);
        board.store(ADDRESS + 8, 0x5555AAAA);
        mmu.read32(ADDRESS);
        assertThat(readDword(SET, 0, 2)).isEqualTo(0x5555AAAA);
        assertThat(registers.read(4) & ~0x7F).isEqualTo(ADDRESS & ~0x7FF | VALID | PseudoLru.touch(0, 0) << 7);
    }

    @Test
    void replacementShowsMemoryAgain() {
        writeLine(ADDRESS, 0, VALID, 1, 2, 3, 4);
        board.cpu.setControl(0, 0x11);
        for (int i = 1; i < 8; i++) {
            mmu.read32(ADDRESS + 0x800 * i);
        }
        assertThat(mmu.read32(ADDRESS)).isZero();
    }

    @Test
    void withNWWritesThatHitStayInTheCache() {
        board.cpu.setControl(0, 0x11);
        board.store(ADDRESS, 0x11111111);
        mmu.read32(ADDRESS);
        board.cpu.setControl(0, CACHE_OFF_AND_WRITES_STAY);
        mmu.write32(ADDRESS, 0x22222222);
        mmu.write32(ADDRESS + 14, 0x33333333);
        assertThat(mmu.read32(ADDRESS)).isEqualTo(0x22222222);
        assertThat(mmu.read32(ADDRESS + 14)).isEqualTo(0x33333333);
        mmu.cache.flush();
        assertThat(mmu.read32(ADDRESS)).isEqualTo(0x11111111);
        assertThat(mmu.read32(ADDRESS + 12)).as("hit").isZero();
        assertThat(mmu.read32(ADDRESS + 16)).as("missed").isEqualTo(0x3333);
    }

    @Test
    void aSnapshotHasTheLinesAndRegisters() {
        writeLine(ADDRESS, 2, VALID, 1, 0x22222222, 3, 4);
        StateWriter out = new StateWriter();
        board.cpu.save(out);
        TestBoard other = TestBoard.flat("90");
        other.cpu.load(new StateReader(out.toByteArray()));
        assertThat(other.cpu.core().mmu.read32(ADDRESS + 4)).isEqualTo(0x22222222);
        other.cpu.reset();
        assertThat(other.cpu.core().mmu.read32(ADDRESS + 4)).isZero();
    }
}
