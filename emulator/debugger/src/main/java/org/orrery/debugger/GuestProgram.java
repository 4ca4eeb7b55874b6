package org.orrery.debugger;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.orrery.debugger.measure.AddressMap.Range;

/**
 * What the debugger knows about the guest's software, from the files it was loaded from.
 *
 * @param symbols by name and address
 * @param phases marked address ranges, linear
 * @param functions address ranges of functions, linear
 * @param structures by name
 * @param properties what a kernel says about itself, such as {@code abi} with the value {@code l4-v2}
 */
public record GuestProgram(
        Symbols symbols,
        List<Range> phases,
        List<Range> functions,
        Map<String, Structure> structures,
        Map<String, String> properties) {

    /** Nothing is known. */
    public static final GuestProgram UNKNOWN =
            new GuestProgram(new Symbols(List.of()), List.of(), List.of(), Map.of(), Map.of());

    /**
     * A structure in the guest's memory.
     *
     * @param size bytes
     */
    public record Structure(String name, int size, List<Field> fields) {
        /** A field of this name. */
        public Optional<Field> field(String wanted) {
            return fields.stream().filter(f -> f.name.equals(wanted)).findFirst();
        }
    }

    /**
     * A field of a structure.
     *
     * @param offset bytes from its start
     * @param size bytes
     */
    public record Field(String name, int offset, int size) {}

    /** Whether it is a kernel with the IPC interface of L4 Version 2. */
    public boolean speaksL4() {
        return "l4-v2".equals(properties.get("abi"));
    }
}
