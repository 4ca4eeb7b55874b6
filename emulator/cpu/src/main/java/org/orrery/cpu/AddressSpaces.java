package org.orrery.cpu;

import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;

/**
 * The what-if of a tagged TLB: gives each page directory a number, which tags its TLB entries. When the numbers run out the TLB is flushed
 * and numbering begins anew.
 */
final class AddressSpaces implements Stateful {
    private static final int LIMIT = 4095;

    /** Page directories by number less one. */
    private final int[] directories = new int[LIMIT];

    private int count;

    int number(int directory, Tlb tlb) {
        for (int i = 0; i < count; i++) {
            if (directories[i] == directory) {
                return i + 1;
            }
        }
        if (count == LIMIT) {
            tlb.flush();
            count = 0;
        }
        directories[count++] = directory;
        return count;
    }

    @Override
    public String stateName() {
        return "spaces";
    }

    @Override
    public void save(StateWriter out) {
        out.putInts("directories", directories);
        out.put("count", count);
    }

    @Override
    public void load(StateReader in) {
        in.getInts("directories", directories);
        count = in.getInt("count");
    }
}
