package org.orrery.debugger;

import org.orrery.debugger.ipc.IpcRecord;
import org.orrery.pc.Outcome;

/** Why control came back to the debugger. */
public sealed interface DebugStop {
    /** The steps that were asked for are done, or the place that was asked for is reached. */
    record Done() implements DebugStop {}

    /** A breakpoint was reached. */
    record AtBreakpoint(Breakpoint breakpoint) implements DebugStop {}

    /** Watched bytes changed. */
    record Changed(Breakpoint watch, int before, int now) implements DebugStop {}

    /** A message arrived, or failed. */
    record Message(IpcRecord record) implements DebugStop {}

    /** The user interrupted the run. */
    record Interrupted() implements DebugStop {}

    /** The guest ended the run, or cannot go on. */
    record Ended(Outcome outcome) implements DebugStop {}
}
