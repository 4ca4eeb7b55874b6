package org.orrery.pc.device;

import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;

/**
 * The battery-backed bytes of the real-time clock, filled as the set-up program of an AT leaves them. Source: IBM AT technical reference,
 * "CMOS RAM configuration information"; bytes 34h and 35h as QEMU and Bochs use them.
 */
public final class CmosMemory {
    private static final int EQUIPMENT = 0x14;
    private static final int BASE_KB = 0x15;
    private static final int EXTENDED_KB = 0x17;
    private static final int CHECKED_FIRST = 0x10;
    private static final int CHECKED_LAST = 0x2D;
    private static final int CHECKSUM = 0x2E;
    private static final int EXTENDED_FOUND_KB = 0x30;
    private static final int CENTURY = 0x32;
    private static final int ABOVE_16M = 0x34;
    private static final int WITH_FPU = 2;

    private final byte[] bytes = new byte[128];

    /**
     * @param memory bytes of RAM
     * @param century the first two digits of the year
     */
    public CmosMemory(int memory, boolean fpu, int century) {
        int extendedKb = Math.min((memory >> 10) - 1024, 0xFFFF);
        bytes[EQUIPMENT] = (byte) (fpu ? WITH_FPU : 0);
        putWord(BASE_KB, 640);
        putWord(EXTENDED_KB, extendedKb);
        putWord(EXTENDED_FOUND_KB, extendedKb);
        putWord(ABOVE_16M, Math.max(0, memory - (16 << 20)) >> 16);
        bytes[CENTURY] = (byte) (century / 10 << 4 | century % 10);
        int sum = 0;
        for (int i = CHECKED_FIRST; i <= CHECKED_LAST; i++) {
            sum += bytes[i] & 0xFF;
        }
        bytes[CHECKSUM] = (byte) (sum >> 8);
        bytes[CHECKSUM + 1] = (byte) sum;
    }

    private void putWord(int index, int value) {
        bytes[index] = (byte) value;
        bytes[index + 1] = (byte) (value >> 8);
    }

    int read(int index) {
        return bytes[index] & 0xFF;
    }

    void write(int index, int value) {
        bytes[index] = (byte) value;
    }

    void save(StateWriter out) {
        out.putBytes("cmos", bytes);
    }

    void load(StateReader in) {
        in.getBytes("cmos", bytes);
    }
}
