package org.orrery.cli;

import org.orrery.debugger.ipc.IpcReport;

/**
 * What one message costs, for programs.
 *
 * @param machine profile and memory size
 * @param clockHz the machine's CPU clocks in a second
 */
record IpcFigures(String machine, long clockHz, IpcReport ipc) {}
