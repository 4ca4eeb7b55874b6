package org.orrery.pc;

import java.time.LocalDateTime;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.orrery.pc.device.MarkPort;
import org.orrery.pc.profile.MemorySize;
import org.orrery.pc.profile.Profile;

/** What may be chosen about a machine before it is built. Consumers get bytes, 0 to 255, on the thread that runs the machine. */
public final class MachineBuilder {
    /** The first day of the conference at which the paper on fast IPC was read: any fixed date makes runs repeatable. */
    public static final LocalDateTime DEFAULT_START = LocalDateTime.of(1993, 12, 5, 9, 0);

    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2099;
    private static final IntConsumer DISCARD = value -> {};

    final Profile profile;
    int memory;
    LocalDateTime start = DEFAULT_START;
    IntConsumer console = DISCARD;
    IntConsumer serial2 = DISCARD;
    IntConsumer debugConsole = DISCARD;
    Consumer<MarkPort.Mark> markListener = mark -> {};
    boolean qemuExit;

    MachineBuilder(Profile profile) {
        this.profile = profile;
        memory = profile.memory();
    }

    /**
     * Bytes of RAM, in place of the profile's default.
     *
     * @throws org.orrery.pc.profile.ProfileException if no machine can have it
     */
    public MachineBuilder memory(int bytes) {
        MemorySize.check(bytes);
        memory = bytes;
        return this;
    }

    /** Takes what the guest sends through the first serial port. */
    public MachineBuilder console(IntConsumer sink) {
        console = sink;
        return this;
    }

    /** Takes what the guest sends through the second serial port. */
    public MachineBuilder serial2(IntConsumer sink) {
        serial2 = sink;
        return this;
    }

    /** Takes what the guest writes to port E9h. */
    public MachineBuilder debugConsole(IntConsumer sink) {
        debugConsole = sink;
        return this;
    }

    /** Is told of each mark when the guest makes it; must leave the machine as it is. */
    public MachineBuilder markListener(Consumer<MarkPort.Mark> listener) {
        markListener = listener;
        return this;
    }

    /** The time of day at cycle 0, from 1900 to 2099. */
    public MachineBuilder start(LocalDateTime time) {
        if (time.getYear() < FIRST_YEAR || time.getYear() > LAST_YEAR) {
            throw new IllegalArgumentException("the clock knows the years 1900 to 2099, not " + time.getYear());
        }
        start = time;
        return this;
    }

    /** Whether the exit status is QEMU's {@code (value << 1) | 1} instead of the byte written. */
    public MachineBuilder qemuExit(boolean qemu) {
        qemuExit = qemu;
        return this;
    }

    public Machine build() {
        return new Machine(this);
    }
}
