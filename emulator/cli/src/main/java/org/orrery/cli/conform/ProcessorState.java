package org.orrery.cli.conform;

import java.util.Map;
import java.util.SortedMap;

/**
 * A state of a 16-bit processor and its memory, or of a state after what differs from the one before. Whoever makes one must not change
 * the maps afterwards.
 *
 * @param registers 16-bit values
 * @param memory bytes, 0 to 255, by physical address
 */
record ProcessorState(Map<Register, Integer> registers, SortedMap<Integer, Integer> memory) {

    int get(Register register) {
        return registers.get(register);
    }
}
