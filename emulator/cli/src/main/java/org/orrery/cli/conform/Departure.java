package org.orrery.cli.conform;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A rule on where an i486 rightly does otherwise than the hardware that was captured: which captures it is about, and what it makes of
 * the expectation.
 */
record Departure(String name, List<Predicate<Situation>> conditions, Effect effect, String reason) {

    /** What a departure changes. */
    @FunctionalInterface
    interface Effect {
        Expectation apply(Expectation expected, Situation situation);
    }

    boolean isAbout(Situation situation) {
        return situation.decodes() && conditions.stream().allMatch(condition -> condition.test(situation));
    }

    static Effect incomparable() {
        return (expected, situation) -> new Expectation(expected.capture(), expected.anyFlags(), false);
    }

    static Effect anyFlags(int flags) {
        return (expected, situation) ->
                new Expectation(expected.capture(), expected.anyFlags() | flags, expected.comparable());
    }

    static Effect undefinedFlags() {
        return (expected, situation) -> anyFlags(situation.flagsUndefined()).apply(expected, situation);
    }

    /** The exception has another number: its vector leads to where the captured one does. */
    static Effect vector(int vector) {
        return (expected, situation) -> {
            Capture capture = expected.capture();
            SortedMap<Integer, Integer> memory = new TreeMap<>(capture.before().memory());
            for (int i = 0; i < 4; i++) {
                memory.put(4 * vector + i, capture.byteBefore(4 * capture.exception() + i));
            }
            ProcessorState before = new ProcessorState(capture.before().registers(), memory);
            return with(expected, before, capture.after(), vector);
        };
    }

    /** String registers are as they were before the iteration that faulted. */
    static Effect restart() {
        return (expected, situation) -> {
            Capture capture = expected.capture();
            Map<Register, Integer> changed = new EnumMap<>(capture.after().registers());
            changed.putAll(situation.restart());
            ProcessorState after = new ProcessorState(changed, capture.after().memory());
            return with(expected, capture.before(), after, capture.exception());
        };
    }

    /** The instruction raises an exception, whose vector leads to the HLT that follows the instruction. */
    static Effect faults(int vector) {
        return (expected, situation) -> {
            ProcessorState before = expected.capture().before();
            int ip = before.get(Register.IP);
            int target = ip + situation.instruction().length & 0xFFFF;
            SortedMap<Integer, Integer> memory = new TreeMap<>(before.memory());
            putWord(memory, 4 * vector, target);
            putWord(memory, 4 * vector + 2, before.get(Register.CS));

            SortedMap<Integer, Integer> frame = new TreeMap<>();
            int flags = before.get(Register.FLAGS) & Register.FLAGS_OF_REAL_MODE;
            push(frame, before, 2, flags);
            push(frame, before, 4, before.get(Register.CS));
            push(frame, before, 6, ip);
            Map<Register, Integer> changed = new EnumMap<>(Register.class);
            changed.put(Register.SP, before.get(Register.SP) - 6 & 0xFFFF);
            changed.put(Register.IP, target + 1 & 0xFFFF);
            changed.put(Register.FLAGS, flags & ~Register.INTERRUPT_AND_TRAP_FLAGS);
            return with(
                    expected,
                    new ProcessorState(before.registers(), memory),
                    new ProcessorState(changed, frame),
                    vector);
        };
    }

    private static void push(SortedMap<Integer, Integer> memory, ProcessorState before, int below, int word) {
        putWord(memory, (before.get(Register.SS) << 4) + (before.get(Register.SP) - below & 0xFFFF), word);
    }

    private static void putWord(SortedMap<Integer, Integer> memory, int address, int word) {
        memory.put(address, word & 0xFF);
        memory.put(address + 1, word >>> 8);
    }

    private static Expectation with(Expectation expected, ProcessorState before, ProcessorState after, int exception) {
        Capture c = expected.capture();
        Capture changed = new Capture(c.index(), c.name(), c.code(), before, after, exception);
        return new Expectation(changed, expected.anyFlags(), expected.comparable());
    }
}
