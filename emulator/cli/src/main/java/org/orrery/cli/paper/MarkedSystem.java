package org.orrery.cli.paper;

import org.orrery.cli.system.SystemLoader;
import org.orrery.debugger.measure.Measurement;
import org.orrery.isa.debug.DebugInfo;
import org.orrery.pc.Machine;
import org.orrery.pc.Outcome;
import org.orrery.pc.profile.Profile;
import org.orrery.servers.GuestSystem;

/** A system that writes to port E8h where the part of it begins that is to be watched step by step. */
final class MarkedSystem {
    private static final String KERNEL = "kernel";
    private static final long LIMIT = 1_000_000_000L;

    private final Machine machine;
    private final DebugInfo info;

    /** A system at its first mark. */
    MarkedSystem(Profile profile, GuestSystem system) {
        Machine[] built = new Machine[1];
        built[0] = Machine.builder(profile)
                .markListener(mark -> {
                    if (built[0].marks().size() == 1) {
                        built[0].requestStop();
                    }
                })
                .build();
        machine = built[0];
        info = SystemLoader.debugInfo(KERNEL, system);
        SystemLoader.load(machine, KERNEL, system);
        Outcome outcome = machine.run(LIMIT);
        if (outcome.ending() != Outcome.Ending.STOPPED) {
            throw new IllegalStateException("no mark was made: " + outcome);
        }
    }

    Machine machine() {
        return machine;
    }

    /** A measurement that begins now. */
    Measurement measurement() {
        return Measurement.of(machine, info);
    }

    /** The linear address of a label. */
    int address(String label) {
        return info.symbol(label)
                .orElseThrow(() -> new IllegalStateException("no " + label))
                .address();
    }
}
