package org.orrery.pc.profile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.orrery.cpu.CpuConfig;

/**
 * A kind of machine.
 *
 * @param name as on the command line, for instance {@code 486dx50}
 * @param description one line for people
 * @param clockHz CPU clocks in a second
 * @param memory bytes of RAM unless the user asks for another size
 * @param cpu what the CPU has to know
 * @param uncached ranges of RAM that the board keeps out of caches
 * @param devices how long devices take
 * @param sources where each value comes from, by the name of its field
 */
public record Profile(
        String name,
        String description,
        long clockHz,
        int memory,
        CpuConfig cpu,
        List<AddressRange> uncached,
        DeviceTimes devices,
        Map<String, String> sources) {
    /** The machine of the paper whose figures the kernel is measured against. */
    public static final String DEFAULT = "486dx50";

    private static final List<String> NAMES =
            List.of("486dx50", "486dx33", "486dx2-66", "486dx2-66sl", "486sx25", "486dx50-212");

    /** The profiles that come with the emulator. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * Finds a profile: one of {@link #names()}, or a file in the same form, which is taken as such if it has a {@code /} or ends in {@code
     * .json}.
     *
     * @throws ProfileException if there is none, or if it cannot be used
     */
    public static Profile byName(String name) {
        return byName(name, Map.of());
    }

    /**
     * Finds a profile and changes some of its values.
     *
     * @param settings new values, as in the JSON, by the names of their fields
     * @throws ProfileException if there is none, or if it cannot be used
     */
    public static Profile byName(String name, Map<String, String> settings) {
        if (name.contains("/") || name.endsWith(".json")) {
            return read(Path.of(name), settings);
        }
        if (!NAMES.contains(name)) {
            throw new ProfileException("no machine profile '" + name + "'; there are " + String.join(", ", NAMES)
                    + ", or give a profile's file");
        }
        String file = name + ".json";
        try (InputStream in = Profile.class.getResourceAsStream(file)) {
            return new ProfileReader(file, settings).read(in.readAllBytes());
        } catch (IOException e) {
            throw new ProfileException(file + ": " + e.getMessage());
        }
    }

    private static Profile read(Path file, Map<String, String> settings) {
        try {
            return new ProfileReader(file.toString(), settings).read(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new ProfileException(file + ": cannot read the profile");
        }
    }
}
