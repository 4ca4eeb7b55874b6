package org.orrery.debugger;

import java.util.ArrayList;
import java.util.List;
import org.orrery.cpu.Cpu;

/** The callers of the code that runs now, by the chain of frame pointers; functions that keep none are missing from it. */
public final class Backtrace {
    private static final int MOST = 64;

    private Backtrace() {}

    /**
     * Linear addresses: the present one, then return addresses from the innermost caller outwards. The chain ends where a frame is not
     * mapped or does not lie above the one before.
     */
    public static List<Integer> addresses(Guest guest) {
        List<Integer> addresses = new ArrayList<>(List.of(guest.pc()));
        int code = guest.cpu().segmentBase(Cpu.CS);
        int stack = guest.cpu().segmentBase(Cpu.SS);
        int frame = guest.cpu().register(Cpu.EBP);
        int below = guest.cpu().register(Cpu.ESP);
        while (addresses.size() < MOST
                && Integer.compareUnsigned(frame, below) >= 0
                && guest.memory().mapped(stack + frame)
                && guest.memory().mapped(stack + frame + 7)) {
            int back = guest.memory().read(stack + frame + 4, 4);
            if (back == 0) {
                break;
            }
            addresses.add(code + back);
            below = frame + 1;
            frame = guest.memory().read(stack + frame, 4);
        }
        return addresses;
    }
}
