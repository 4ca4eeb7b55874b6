package org.orrery.debugger.ipc;

import org.orrery.cpu.Cpu;
import org.orrery.debugger.measure.Measurement;
import org.orrery.debugger.measure.Moment;

/**
 * Watches a machine that a {@link Measurement} steps, and makes a record of each IPC. An IPC is seen where INT 30h executes at CPL 3, and
 * where a thread comes back to CPL 3.
 */
public final class IpcWatch {
    private static final int IPC = 0x30;
    private static final int PAGE_FAULT = 14;
    private static final int USER_LEVEL = 3;

    private final Cpu cpu;
    private final Measurement measurement;
    private final ThreadLocator threads;
    private final IpcTracer tracer;
    private final IpcListener listener;

    private int cpl;
    private int eip;

    /** Watches from the present on. */
    public IpcWatch(Cpu cpu, Measurement measurement, ThreadLocator threads, IpcListener listener) {
        this.cpu = cpu;
        this.measurement = measurement;
        this.threads = threads;
        this.listener = listener;
        tracer = new IpcTracer(measurement::between);
        cpl = cpu.cpl();
        eip = cpu.eip();
    }

    /** To be called after each step of the measurement. */
    public void afterStep() {
        int vector = cpu.lastVector();
        if (vector >= 0) {
            entered(vector);
        } else if (cpl != USER_LEVEL && cpu.cpl() == USER_LEVEL) {
            returned();
        }
        cpl = cpu.cpl();
        eip = cpu.eip();
    }

    private void entered(int vector) {
        Moment start = measurement.beforeLastStep();
        ThreadId thread = threads.current().orElse(null);
        if (thread == null || cpl != USER_LEVEL) {
            tracer.entered(start);
        } else if (vector == IPC && measurement.lastEnteredByInt()) {
            tracer.asked(thread, IpcRegisters.of(cpu), start);
            listener.asked(thread, start);
        } else if (vector == PAGE_FAULT && !measurement.lastEnteredByInt()) {
            tracer.faulted(thread, cpu.control(2), eip, start);
        } else {
            tracer.entered(start);
        }
    }

    private void returned() {
        threads.current()
                .map(thread -> tracer.returned(thread, IpcRegisters.of(cpu), measurement.now()))
                .ifPresent(listener::ended);
    }
}
