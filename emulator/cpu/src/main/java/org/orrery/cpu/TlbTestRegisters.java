package org.orrery.cpu;

import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;

/**
 * TR6 and TR7, by which software writes and looks up TLB entries. TR6: linear page, V (11), D (10), D# (9), U (8), U# (7), W (6), W# (5), C
 * (0; 1 looks up, 0 writes). TR7: physical page, PL (4: a write replaces way REP, a look-up hit), REP (bits 3-2). Layout recalled from the i486
 * Programmer's Reference Manual, unverified; the pseudo-LRU bits of TR7 read as zero.
 */
final class TlbTestRegisters implements Stateful {
    private static final int PAGE = ~0xFFF;
    private static final int VALID = 1 << 11;
    private static final int DIRTY = 1 << 10;
    private static final int USER = 1 << 8;
    private static final int WRITABLE = 1 << 6;
    private static final int LOOK_UP = 1;
    private static final int HIT = 1 << 4;

    private final Tlb tlb;
    private int command;
    private int data;

    TlbTestRegisters(Tlb tlb) {
        this.tlb = tlb;
    }

    int read(int number) {
        return number == 6 ? command : data;
    }

    /** A write to TR6 carries out the command. */
    void write(int number, int value) {
        if (number == 7) {
            data = value;
            return;
        }
        command = value;
        if ((value & LOOK_UP) != 0) {
            lookUp();
        } else {
            tlb.replace(command & PAGE, way(), (command & VALID) != 0, data & PAGE, attributes());
        }
    }

    private int way() {
        int set = command >>> 12 & 7;
        return (data & HIT) != 0 ? data >> 2 & 3 : tlb.victim(set);
    }

    private int attributes() {
        return ((command & USER) != 0 ? Tlb.USER : 0)
                | ((command & WRITABLE) != 0 ? Tlb.WRITABLE : 0)
                | ((command & DIRTY) != 0 ? Tlb.DIRTY : 0);
    }

    private void lookUp() {
        int entry = tlb.find(command);
        if (entry == Tlb.MISS) {
            data = 0;
        } else {
            data = tlb.physicalPage(entry) | HIT | (entry & 3) << 2;
        }
    }

    @Override
    public String stateName() {
        return "tlb test registers";
    }

    @Override
    public void save(StateWriter out) {
        out.put("command", command);
        out.put("data", data);
    }

    @Override
    public void load(StateReader in) {
        command = in.getInt("command");
        data = in.getInt("data");
    }
}
