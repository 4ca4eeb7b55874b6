package org.orrery.debugger.measure;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.orrery.debugger.measure.AddressMap.Range;

/**
 * Which phase a cycle belongs to. Code that a source marked with {@code phase} has the phase of its address; what no address can tell
 * has phases of its own:
 *
 * <ul>
 *   <li>{@link #ENTER}: an INT instruction executed at CPL 3 that reached its handler;
 *   <li>{@link #EXCEPTION}: an instruction that faulted, with the delivery of the fault;
 *   <li>{@link #INTERRUPT}: the delivery of a hardware interrupt;
 *   <li>{@link #USER} and {@link #SUPERVISOR}: unmarked code at CPL 3 and below.
 * </ul>
 *
 * <p>An IRET back to user mode has the phase of its own address, as every other instruction has.
 */
public final class PhaseMap {
    public static final String ENTER = "enter kernel";
    public static final String EXCEPTION = "exception entry";
    public static final String INTERRUPT = "interrupt entry";
    public static final String USER = "user";
    public static final String SUPERVISOR = "supervisor";

    private static final int USER_LEVEL = 3;

    private final AddressMap marked;
    private final List<String> names;
    final int enter;
    final int exception;
    final int interrupt;
    private final int user;
    private final int supervisor;

    /** Phases by the addresses that were marked; a name may occur more than once. */
    public PhaseMap(List<Range> ranges) {
        marked = AddressMap.of(ranges);
        Set<String> all = new LinkedHashSet<>(marked.names());
        all.addAll(List.of(ENTER, EXCEPTION, INTERRUPT, USER, SUPERVISOR));
        names = List.copyOf(new ArrayList<>(all));
        enter = names.indexOf(ENTER);
        exception = names.indexOf(EXCEPTION);
        interrupt = names.indexOf(INTERRUPT);
        user = names.indexOf(USER);
        supervisor = names.indexOf(SUPERVISOR);
    }

    /** The names of all phases, by number. */
    public List<String> names() {
        return names;
    }

    /** The phase of an instruction by its linear address and the privilege level it runs at. */
    public int phase(int linear, int cpl) {
        int row = marked.row(linear);
        if (row != AddressMap.NO_ROW) {
            return row;
        }
        return cpl == USER_LEVEL ? user : supervisor;
    }
}
