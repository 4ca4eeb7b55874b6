package org.orrery.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.orrery.pc.Machine;
import org.orrery.pc.MachineBuilder;
import org.orrery.pc.profile.MemorySize;
import org.orrery.pc.profile.Profile;
import picocli.CommandLine.Option;

/** Which machine to build. */
final class MachineOptions {
    @Option(
            names = "--machine",
            paramLabel = "PROFILE",
            defaultValue = Profile.DEFAULT,
            completionCandidates = ProfileNames.class,
            description =
                    "The machine: ${COMPLETION-CANDIDATES}, or a profile's JSON file (default: ${DEFAULT-VALUE}).")
    private String machine;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description = "Main memory, such as 32M; from 1M to 256M (default: the profile's).")
    private String memory;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Change a value of the machine's profile, such as dram.firstRead=3; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    /** Names for help and completion. */
    static final class ProfileNames implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return Profile.names().iterator();
        }
    }

    /** Whether this names a machine, not an image. */
    static boolean isProfile(String name) {
        return Profile.names().contains(name) || name.endsWith(".json");
    }

    /** The machine asked for. */
    String machine() {
        return machine;
    }

    /** Begins the machine asked for. */
    MachineBuilder builder() {
        return builder(machine);
    }

    /** Begins a machine with the memory asked for. */
    MachineBuilder builder(String profile) {
        MachineBuilder builder = Machine.builder(Profile.byName(profile, settings));
        return memory == null ? builder : builder.memory(MemorySize.parse(memory));
    }
}
