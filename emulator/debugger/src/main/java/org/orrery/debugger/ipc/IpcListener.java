package org.orrery.debugger.ipc;

import org.orrery.debugger.measure.Moment;

/** Is told what an {@link IpcWatch} sees. */
public interface IpcListener {
    /** A thread executed the INT of an IPC at a moment. */
    default void asked(ThreadId thread, Moment at) {}

    /** A message is over. */
    default void ended(IpcRecord record) {}
}
